#!/usr/bin/python3
"""A file that changes while it is read: cut short, replaced, appended to, deleted, written anew, at moments of chance. A mapped file that
becomes shorter takes a process away (SIGBUS); nobody but that message may feel it, and it is told. As TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from faultlib import PROGRAM, PATIENCE, Place, Tap, Terminal, adopt, default_signals, kill_session, left_behind, mailbox, sized       # noqa: E402



def long_message(place, size):
    """A sample with a long body; its signature does not fit it any more, which is what its verdict says, whatever happens."""
    with open(place.sample("webform.eml", "samples"), "rb") as stream:
        head = stream.read().split(b"\n\n", 1)[0]
    return head + b"\n\n" + b"A line of a long message, and another one.\n" * (size // 43)


# ---- what happens to a file ----

def cut(path, data, rand):
    os.truncate(path, rand.choice((0, 100, 4096, len(data) // 2, len(data) - 1)))


def replace(path, data, rand):
    with open(path + ".other", "wb") as out:
        out.write(data[:rand.randrange(len(data))])
    os.rename(path + ".other", path)


def append(path, data, rand):
    with open(path, "ab") as out:
        out.write(data[:rand.randrange(100000)])


def delete(path, data, rand):
    del data, rand
    os.unlink(path)


def anew(path, data, rand):
    """As `cp` over a file that is there does it."""
    with open(path, "wb") as out:
        out.write(data[:rand.randrange(len(data))])


CHANGES = (cut, cut, replace, append, delete, anew)


# ---- reports ----

def words_for(command, path):
    return {"report": ["report", "--no-beside", "--offline", "--format", "json", path],
            "survey": ["survey", "--no-beside", "--offline", "--format", "json", "-j", "2", path],
            "list": ["survey", "--list", path],
            "merge": ["survey", "--merge", "--format", "json", path],
            "repair": ["repair", path]}[command]


def faults_of(command, status, out, err):
    if status not in (0, 2):
        return [f"status {status}"]
    if status == 2 and not err and b"died" not in out and b"unreadable" not in out:
        return ["status 2 without a word"]
    try:
        lines = [json.loads(line) for line in out.splitlines()] if command in ("report", "survey") else []
    except ValueError as error:
        return [f"no JSON: {error}"]
    if command == "report":
        return [f"a pass: {line}" for line in lines if "dmarc" in line and line["dmarc"]["rfc9989"]["result"] == "pass"]
    return []


def during(tap, place, command, data, usual, rounds):
    """`usual`: how long it takes when nothing happens."""
    found = []
    for _ in range(rounds):
        rand = place.random
        path = place.write("mail/changing", data)
        run = subprocess.Popen([PROGRAM, *words_for(command, path)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=place.environment(), start_new_session=True)
        change = rand.choice(CHANGES)
        time.sleep(rand.random() * usual)
        change(path, data, rand)
        try:
            out, err = run.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            kill_session(run.pid)
            out, err = run.communicate()
            found.append(f"{change.__name__}: it did not end")
        left = left_behind(run.pid)
        found += [f"{change.__name__}: {fault}: {out[-300:]!r} {err[-300:]!r}" for fault in faults_of(command, run.returncode, out, err)]
        found += [f"{change.__name__}: left behind {left}"] if left else []
        found += [f"{change.__name__}: {name}" for name in place.strays()]
        tap.add("files that changed")
        tap.add("… and that was told", run.returncode == 2)
    tap.check(not found, f"{command}: a file of {len(data)} bytes changes, {rounds} times", *found)


def time_of(place, command, data):
    path = place.write("mail/changing", data)
    start = time.monotonic()
    done = place.run(*words_for(command, path))
    assert done.status == 0, done
    return time.monotonic() - start


# ---- for sure: it has been mapped, and the end has not been read ----

def cut_under(place, command, path, seconds):
    """Status, and all that is said, of a run that has its file cut short so many seconds after it began."""
    shutil.copy(path, path + ".1")
    run = subprocess.Popen([PROGRAM, *words_for(command, path + ".1")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           env=place.environment(), start_new_session=True)
    time.sleep(seconds)
    os.truncate(path + ".1", 4096)
    out, err = run.communicate(timeout=PATIENCE)
    return run.returncode, out + err, left_behind(run.pid)


def under_a_worker(tap, place):
    """A large mailbox is cut short while a worker goes through it. When that is depends on the machine: it is tried until it was so."""
    path = place.write("mail/large.mbox", mailbox(6000, b"x\n" * 2000))
    for command in ("report", "survey", "list"):
        start = time.monotonic()
        place.run(*words_for(command, path))
        usual, told, found = time.monotonic() - start, False, []
        for i in range(60):
            status, said, left = cut_under(place, command, path, usual * (i % 20) / 20)
            told = b"shorter" in said
            if status not in (0, 2) or (told and status == 0) or left:
                found.append(f"status {status}, left behind {left}: {said[-300:]!r}")
            if told:
                break
        tap.check(told and not found, f"{command}: a mailbox is cut short under a worker: it is told", f"after {i + 1} times", *found)


# ---- on the screen ----

KEYS = (b"0", b"G", b"6", b"2", b"G", b"j", b"/another\r", b"n", b"R\x1b", b"\r", b"\x1b", b"9", b"7", b"3")


def on_screen(tap, place, name, data, options, rounds):
    """It changes while somebody looks at it. The screen goes on, or a process of its went and the screen says so; it never goes itself."""
    found = []
    for _ in range(rounds):
        rand = place.random
        path = place.write("mail/changing", data)
        terminal = Terminal(place, [*options, path])
        terminal.wait(b"\x1b[?1049h")
        terminal.pump(rand.random() * 0.3)
        change = rand.choice(CHANGES)
        change(path, data, rand)
        for _ in range(rand.randrange(2, 8)):
            terminal.press(rand.choice(KEYS))
            terminal.pump(0.03)
        status = terminal.leave()
        found += [f"{change.__name__}: status {status}: {bytes(terminal.out[-300:])!r}"] if status not in terminal.may_end_with() else []
        found += [f"{change.__name__}: {fault}" for fault in terminal.faults()]
        left = left_behind(terminal.session)
        found += [f"{change.__name__}: left behind {left}"] if left else []
        terminal.close()
        tap.add("files that changed on the screen")
    tap.check(not found, f"screen: {name} changes, {rounds} times", *found)


def main():
    default_signals()
    adopt()
    tap, place = Tap(), Place()
    long = long_message(place, 3000000)
    short = long_message(place, 20000)
    small = mailbox(4000)
    # Of 4,000 a report is 90 MB of JSON, which this test reads for longer than the program writes it.
    few = mailbox(400)
    merged = place.run(*words_for("survey", place.write("mail/many.mbox", mailbox(1500, author=b"ann@d%d.example")))).out
    for command, data in (("report", long), ("report", short), ("repair", long), ("report", few), ("survey", small), ("list", small),
                          ("merge", merged)):
        usual = time_of(place, command, data)
        during(tap, place, command, data, usual, sized(3, 200))
    under_a_worker(tap, place)
    on_screen(tap, place, "a message", long, ["--no-beside", "--offline"], sized(3, 200))
    on_screen(tap, place, "a mailbox", small, ["--no-beside", "--offline"], sized(2, 200))
    place.remove()
    tap.end()


main()
