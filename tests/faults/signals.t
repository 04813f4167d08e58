#!/usr/bin/python3
"""Signals at moments of chance, to every process that a run has: the one that was started, its workers, the one that asks DNS, second
opinions, all at once. Nobody is left after two seconds, no zombie, no stray file; who loses a worker says so; the terminal is as it was;
progress, history and saved files are whole. As TAP.
SPDX-License-Identifier: MIT"""
import faulthandler
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faultlib import (PATIENCE, PROGRAM, Place, Tap, Terminal, adopt, default_signals, kill_session, left_behind,       # noqa: E402
                      mailbox, processes_of, sized)

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
ROUNDS = sized(8, 200)


def victims(session, whom):
    """Pids: of the one that was started, of another, of all."""
    there = [pid for pid, state, _, _ in processes_of(session) if state != "Z"]
    if whom == "first":
        return [session]
    return [pid for pid in there if pid != session] if whom == "other" else there


def strike(place, session, whom, number):
    """The name of who was hit; None where nobody was there any more."""
    names = {pid: name for pid, _, name, _ in processes_of(session)}
    hit = victims(session, whom)
    if whom == "other" and hit:
        hit = [place.random.choice(hit)]
    for pid in hit:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass
    return (whom if whom != "other" else names.get(hit[0], "another")) if hit else None


def usual_kinds(rounds, rand):
    """(whom, signal) for so many rounds; every pair comes in turn."""
    pairs = [(whom, number) for number in SIGNALS for whom in ("other", "first", "all")]
    rand.shuffle(pairs)
    return [pairs[i % len(pairs)] for i in range(rounds)]


# ---- commands that print ----

def verdicts_of(out):
    """DMARC's, of all reports in an output; ValueError where a line is no JSON."""
    return {report["dmarc"]["rfc9989"]["result"] for report in map(json.loads, out.splitlines()) if "dmarc" in report}


class Commands:
    """`usual`: standard output where nothing happens."""

    def __init__(self, tap, place, name, words, catches=(), compare=True):
        self.tap, self.place, self.name, self.words, self.catches, self.compare = tap, place, name, words, catches, compare
        start = time.monotonic()
        self.usual = place.run(*words)
        self.seconds = time.monotonic() - start
        self.verdicts = verdicts_of(self.usual.out) | {"unknown", "temperror"} if words[0] == "report" and "json" in words else None

    def judge(self, whom, number, status, out, err):
        """Of a run that somebody else than its first process was hit in."""
        if status not in (0, 2, self.usual.status):
            return [f"status {status}"]
        found = []
        if status == 2 and self.usual.status == 0 and not err and b"died" not in out:
            found.append("status 2 without a word")
        if self.verdicts:
            try:
                found += [f"another verdict: {verdict}" for verdict in verdicts_of(out) - self.verdicts]
            except ValueError as error:
                found.append(f"no JSON: {error}")
        if status == self.usual.status == 0 and self.compare and out != self.usual.out:
            found.append("another output with status 0")
        if whom == "fromscope" and number != signal.SIGKILL and status != self.usual.status:
            found.append("a worker went of a signal that is its parent's to answer")
        return found

    def judge_first(self, number, status):
        usual = (-number, 128 + number) if number in self.catches else (-number,)
        return [] if status in (*usual, 0, 2, self.usual.status) else [f"status {status}"]

    def one(self, whom, number):
        run = subprocess.Popen([PROGRAM, *self.words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=self.place.environment(), cwd=self.place.path("mail"), start_new_session=True)
        time.sleep(self.place.random.random() * self.seconds * 1.1)
        hit = strike(self.place, run.pid, whom, number)
        try:
            out, err = run.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            kill_session(run.pid)
            run.communicate()
            return [f"{hit}, {number.name}: it did not end"]
        found = self.judge(hit, number, run.returncode, out, err) if hit not in ("first", "all") else self.judge_first(number, run.returncode)
        left = left_behind(run.pid)
        found += [f"left behind: {left}"] if left else []
        found += [f"left: {name}" for name in self.place.strays()]
        self.tap.add(f"signals to {hit or 'nobody (it had ended)'}")
        return [f"{hit}, {number.name}: {text}: {out[-200:]!r} {err[-300:]!r}" for text in found]

    def all(self, rounds=ROUNDS):
        found = []
        for whom, number in usual_kinds(rounds, self.place.random):
            found += self.one(whom, number)
        self.tap.check(not found, f"{self.name}: {rounds} signals", *found)


# ---- the screen ----

KEYS = (b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9", b"0", b"j", b"k", b"G", b" ", b"\t", b"\r", b"/example\r", b"n", b"?", b"\x1b",
        b":theme\r", b"\x1b", b"x\x1b", b"D\x1b")


def screen(tap, place, name, words, rounds, keys=KEYS, begin=None, afterwards=None):
    found = []
    for whom, number in usual_kinds(rounds, place.random):
        if begin:
            begin()
        terminal = Terminal(place, words)
        terminal.wait(b"\x1b[?1049h")
        terminal.pump(place.random.random() * 0.2)
        for _ in range(place.random.randrange(8)):
            terminal.press(place.random.choice(keys))
            terminal.pump(place.random.random() * 0.04)
        hit = strike(place, terminal.session, whom, number)
        alive = hit not in ("first", "all") or number == 0
        if alive:
            terminal.pump(0.2)
        status = terminal.leave() if alive else terminal.finish()
        wanted = terminal.may_end_with() if alive and number == signal.SIGKILL else (0,) if alive else (-number, 128 + number, 0)
        faults = [] if status in wanted else [f"status {status}, not {wanted}"]
        if alive or number != signal.SIGKILL:
            faults += terminal.faults()
        left = left_behind(terminal.session)
        faults += [f"left behind: {left}"] if left else []
        faults += [f"left: {stray}" for stray in place.strays()]
        faults += afterwards() if afterwards else []
        found += [f"{hit}, {number.name}: {fault}: {bytes(terminal.out[-300:])!r}" for fault in faults]
        terminal.close()
        tap.add(f"signals on the screen to {hit or 'nobody'}")
    tap.check(not found, f"{name}: {rounds} signals", *found)


# ---- what is kept: progress and saved files ----

LESSON_KEYS = (b" ", b" ", b" ", b"a", b"b", b"1", b"3", b"s", b"\r", b"c", b"2")
ENTRY = re.compile(r"\[[\w-]+\]\Z|[\w-]+ = .*\Z|[;#].*\Z|\Z")


def kept(place):
    """What of progress was there before must be there afterwards; begin() and afterwards() of screen()."""
    path = place.path("state", "fromscope", "progress")

    def begin():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as out:
                out.write("; progress 1\n[90-other]\npage = 3\nright = 2:1\n")

    def afterwards():
        with open(path, encoding="utf-8") as file:
            text = file.read()
        done = place.run("lesson")
        faults = [] if done.status == 0 and not done.err else [f"the list of lessons: {done!r}"]
        if "[90-other]" not in text or "right = 2:1" not in text or not text.endswith("\n"):
            faults.append(f"progress: {text!r}")
        return faults + [f"progress: {line!r}" for line in text.splitlines() if not ENTRY.match(line)]
    return begin, afterwards


def whole_exports(place, message):
    """Every file that was written beside the message is one that is written when nothing happens."""
    folder = os.path.dirname(message)
    before = set(os.listdir(folder))
    ends = {".html": b"</html>\n", ".json": b"}\n", ".md": b"\n", ".txt": b"\n", ".csv": b"\n", ".dns": b"\n"}

    def afterwards():
        found = []
        for name in set(os.listdir(folder)) - before:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                data = file.read()
            if not data.endswith(ends.get(os.path.splitext(name)[1], b"\n")) or not data:
                found.append(f"{name}: {len(data)} bytes: {data[-60:]!r}")
            os.unlink(path)
        return found
    return afterwards


def silent_server():
    """It takes questions and says nothing."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    return server


def main():
    faulthandler.register(signal.SIGUSR1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    default_signals()
    adopt()
    tap, place = Tap(), Place()
    box = place.write("mail/box.mbox", mailbox(sized(150, 600), b"Hello.\n" * 2000, b"ann@d%d.example"))
    message, pasted = place.sample("campaign.eml"), place.sample("pasted-gmail.txt")
    server = silent_server()
    address = f"127.0.0.1@{server.getsockname()[1]}"
    stops = (signal.SIGINT, signal.SIGTERM)
    Commands(tap, place, "report of a mailbox, JSON", ["report", "--offline", "--format", "json", "-j", "2", box]).all()
    Commands(tap, place, "report of a mailbox, HTML", ["report", "--offline", "--format", "html", "-j", "2", box]).all(sized(2, ROUNDS))
    Commands(tap, place, "… isolated", ["report", "--offline", "--isolate", "--format", "json", "--index", "1",
             box]).all(sized(3, ROUNDS))
    Commands(tap, place, "survey", ["survey", "--offline", "--format", "json", "-j", "2", box], stops).all()
    Commands(tap, place, "list", ["survey", "--list", box]).all(sized(3, ROUNDS))
    Commands(tap, place, "report with second opinions", ["report", "--format", "json", "--second-opinions", "on", message],
             compare=False).all()
    Commands(tap, place, "report with live DNS that is silent", ["report", "--format", "json", "--no-beside", "--dns-server", address,
             "--dns-timeout", "1", message], compare=False).all(sized(3, ROUNDS))
    Commands(tap, place, "snapshot with live DNS that is silent", ["snapshot", "--dns-server", address, "--dns-timeout", "1", message],
             compare=False).all(sized(1, ROUNDS))
    Commands(tap, place, "repair", ["repair", pasted]).all(sized(3, ROUNDS))
    screen(tap, place, "screen, a message", [message], sized(6, 600))
    screen(tap, place, "screen, a mailbox", ["--offline", box], sized(3, 300))
    begin, afterwards = kept(place)
    screen(tap, place, "screen, a lesson: progress", ["lesson", "01"], sized(4, 300), LESSON_KEYS, begin, afterwards)
    exported = place.sample("campaign.eml", "exports")
    screen(tap, place, "screen, saving", [exported], sized(4, 300), (b"x\r", b"x\x1b[B\r", b"x\x1b[B\x1b[B\x1b[B\r", b"x\x1b[B\x1b[B\x1b[B\x1b[B\r"),
           None, whole_exports(place, exported))
    server.close()
    place.remove()
    tap.end()


main()
