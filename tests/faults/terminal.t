#!/usr/bin/python3
"""Terminals that go, that nobody describes, of sizes that nothing fits into; standard streams that are closed: a message, a socket
and a report never take each other's place. As TAP. SPDX-License-Identifier: MIT"""
import fcntl
import itertools
import json
import os
import resource
import struct
import subprocess
import sys
import termios
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faultlib import (PATIENCE, PROGRAM, TORTURE, Place, Tap, Terminal, adopt, default_signals, kill_session, left_behind, mailbox,       # noqa: E402
                      processes_of, sized)

KEYS = (b"1", b"2", b"5", b"6", b"7", b"9", b"0", b"?", b"\x1b", b"j", b"\t", b"\r", b"x", b"\x1b", b":tree\r")


# ---- a terminal that is closed ----

def gone(tap, place, name, words, rounds):
    """The other end is closed under a running screen: it ends, and so do all its processes."""
    found = []
    for _ in range(rounds):
        terminal = Terminal(place, words)
        if place.random.random() < 0.8:
            terminal.wait(b"quit> " if "--plain" in words else b"\x1b[?1049h")
            for _ in range(place.random.randrange(4)):
                terminal.press(place.random.choice(KEYS))
                terminal.pump(0.02)
        else:
            time.sleep(place.random.random() * 0.05)
        os.close(terminal.side)
        os.close(terminal.fd)
        try:
            terminal.process.wait(20)
        except subprocess.TimeoutExpired:
            found.append(f"it goes on: {processes_of(terminal.session)}")
        left = left_behind(terminal.session)
        found += [f"left behind: {left}"] if left else []
        kill_session(terminal.session)
        tap.add("terminals that went")
    tap.check(not found, f"{name}: the terminal goes, {rounds} times", *found)


# ---- terminals of all kinds ----

def kinds(tap, place, message):
    names = ("", "dumb", "unknown", "nonsense", "../../../etc/passwd", "x" * 5000, "a\x1b[31mb", "xterm\n", "%s%n", "vt52", "xterm-direct",
             "linux", "hurd", "tek4014", "adm3a", "xterm+256color", None)
    for name in names if TORTURE else ("dumb", "nonsense"):
        terminal = Terminal(place, [message], TERM=name)
        terminal.pump(0.5)
        terminal.press(b"2\x1b\x1bqqq\rquit\r" if name not in ("linux", "xterm-direct") else b"2\x1b\x1bqqq")
        status = terminal.finish()
        shown = bytes(terminal.out)
        tap.check(status == 0 or (status == 2 and b"no terminal" in shown and b"\x1b[31m" not in shown), f"TERM={str(name)[:30]!r}", status,
                  shown[-300:])
        if status == 0:
            tap.same(terminal.faults(), [], "… left as it was")
        terminal.close()


def sizes(tap, place, message, box):
    for words in ([message], ["--offline", box], ["lesson", "01"]):
        found = []
        every = ((0, 0), (1, 1), (2, 1), (1, 200), (200, 1), (3, 3), (10, 2), (10000, 10000), (65535, 65535), (65535, 1), (1, 65535))
        for size in every if TORTURE else place.random.sample(every, 4):
            terminal = Terminal(place, words, size=size)
            terminal.wait(b"\x1b[?1049h")
            for key in KEYS[:sized(5, 99)]:
                terminal.press(key)
                terminal.pump(0.02)
            status = terminal.leave()
            found += [f"{size}: status {status}: {bytes(terminal.out[-200:])!r}"] if status != 0 else []
            found += [f"{size}: {fault}" for fault in terminal.faults()]
            terminal.close()
        tap.check(not found, f"{words[0][-12:]}: sizes from 0x0 to 65535x65535", *found)


def resized(tap, place, message):
    """From one size to another while keys come."""
    terminal = Terminal(place, [message])
    terminal.wait(b"\x1b[?1049h")
    for _ in range(sized(20, 300)):
        width, height = (place.random.choice((0, 1, 2, 7, 40, 80, 300, 3000)) for _ in range(2))
        fcntl.ioctl(terminal.side, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        terminal.press(place.random.choice(KEYS))
        terminal.pump(0.01)
    fcntl.ioctl(terminal.side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    status = terminal.leave()
    tap.check(status == 0 and not terminal.faults(), "its size changes all the time", status, *terminal.faults())
    terminal.close()


# ---- standard streams ----

def start(place, words, closed, seen, **streams):
    def before():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for fd in closed:
            os.close(fd)
    return subprocess.Popen([PROGRAM, *words], env=place.environment(), cwd=place.path("mail"), start_new_session=True, preexec_fn=before,
                            stdin=streams.get("stdin", subprocess.DEVNULL), stdout=seen, stderr=seen)


def streams(tap, place, message, box, pasted):
    """Every set of the three is closed, for every command. What still is open gets what it gets when nothing is closed, or a complaint."""
    commands = (["report", "--format", "json", message], ["report", "--offline", "--format", "json", "-j", "2", box],
                ["survey", "--offline", "--format", "json", "-j", "2", box], ["survey", "--list", box], ["repair", pasted],
                ["snapshot", "--dns-server", "127.0.0.1@1", "--dns-timeout", "1", message], ["lesson"], ["info"], ["--plain", message],
                ["report", "-"], [message], ["lesson", "01"])
    if not TORTURE:
        commands = [words for words in commands if words[0] not in ("snapshot", "info")]
    for words in commands:
        found = []
        for n in (1, 2, 3):
            for closed in itertools.combinations((0, 1, 2), n):
                path = place.path("seen")
                with open(path, "wb") as seen:
                    run = start(place, words, closed, seen)
                try:
                    status = run.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    status = "no end"
                    kill_session(run.pid)
                    run.wait()
                with open(path, "rb") as stream:
                    out = stream.read()
                if status not in (0, 2) or (1 in closed and status == 0):
                    found.append(f"without {closed}: status {status}: {out[-300:]!r}")
                if words[0] == "report" and "json" in words and 1 not in closed:
                    found += [f"without {closed}: no JSON: {line[:100]!r}" for line in out.splitlines() if not is_json(line)]
                left = left_behind(run.pid)
                found += [f"without {closed}: left behind: {left}"] if left else []
                tap.add("commands with streams closed")
        tap.check(not found, f"streams closed: {' '.join(os.path.basename(word) for word in words)}", *found)


def is_json(line):
    if line.startswith(b"fromscope: "):
        return True
    try:
        json.loads(line)
        return True
    except ValueError:
        return False


def untouched(tap, place, message):
    """The message, and what lies beside it, are as they were after all that."""
    with open(message, "rb") as stream:
        data = stream.read()
    with open(os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "samples", "webform.eml"), "rb") as stream:
        tap.check(stream.read() == data, "nothing was written into the message")


def main():
    default_signals()
    adopt()
    tap, place = Tap(), Place()
    message, pasted = place.sample("webform.eml"), place.sample("pasted-gmail.txt")
    box = place.write("mail/box.mbox", mailbox(60))
    streams(tap, place, message, box, pasted)
    untouched(tap, place, message)
    gone(tap, place, "a message", [message], sized(3, 200))
    gone(tap, place, "a mailbox", ["--offline", box], sized(2, 200))
    gone(tap, place, "a lesson", ["lesson", "01"], sized(2, 100))
    gone(tap, place, "without a screen", ["--plain", message], sized(2, 100))
    kinds(tap, place, message)
    sizes(tap, place, message, box)
    resized(tap, place, message)
    tap.same(place.strays(), [], "nothing is left")
    place.remove()
    tap.end()


main()
