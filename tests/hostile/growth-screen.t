#!/usr/bin/python3
"""The screen before messages of too much of everything, mailboxes without end, and lessons that were made to tire it: opening one and
walking through all its views costs as much as it is long, and what one key costs has a bound. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from strange import PROGRAM, ROOT, too_much
from terminal import Terminal
from trap import ENVIRONMENT, FACTOR, Traps

# Each view, its end, a search in it, other rows; whatever asks something is left again.
VIEWS = b"1234567890RVmweW"
WALK = [key for view in VIEWS for key in (bytes([view]) + b"G", b"\t/Zq\r")] + [b"2", b"\x1b[4~", b"G!]", b"v", b"6", b"c", b"?"]
LISTED = [b"G", b"s", b"ss", b"ss", b"S", b"&&", b"/Zq", b"\r", b"W", b"G", b"s", b"&", b"\x1b", b"7", b"\x1b"]
PASTED = (b"> Received: from mx.example.net (mx.example.net [192.0.2.1]) by in.example.com; Tue, 1 Sep 2026 10:00:00 +0000\n> From: Ann <ann@example.com>\n"
          b"> To: bob@example.net\n> Subject: x\n> Date: Tue, 1 Sep 2026 10:00:00 +0000\n> Message-ID: <a@example.com>\n")
SEEN = os.environ.get("SEEN")
# What is larger than 32 MB malloc() gets from the kernel and gives back each time: clean pages cost a step there, which is no growth of ours.
os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=2000000000:glibc.malloc.trim_threshold=2000000000")


def walk(keys, *arguments):
    """Its status. With SEEN, which key cost what (ticks of 10 ms)."""
    terminal = Terminal([PROGRAM, "--second-opinions", "off", *arguments], (100, 30), **{k: ENVIRONMENT[k] for k in ("LC_ALL", "XDG_CONFIG_HOME", "XDG_STATE_HOME")})
    terminal.start()
    alive, before, costs = terminal.settle(), 0, []
    for key in (b"", *keys):
        alive = alive and (terminal.press(key) if key else True)
        if SEEN:
            now = terminal.ticks()
            costs.append((now - before, key))
            before = now
    if not alive:
        return f"it ended by itself: {terminal.end()}"
    if SEEN:
        print("#", [cost for cost in costs if cost[0] > 3])
    os.write(terminal.fd, b"\x1b\x1b\x1bqqqqqqy")
    return terminal.end()


def mailbox(n):
    return b"".join(b"From a@example.com Tue Sep  1 10:00:00 2026\nFrom: A%d <a@d%d.example>\nSubject: x%d\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\nx\n\n"
                    % (i, i, i) for i in range(n))


def lesson(traps, text, n):
    folder = os.path.dirname(traps.write("05-x/lesson.txt", b"title: x\nminutes: 5\nhour: 2\n\n--- read\n" + text * n + b"\n"))
    for name in ("message.eml", "message.dns"):
        shutil.copy(os.path.join(ROOT, "samples/lessons/02-form-in-your-name", name), folder)
    return folder


def lesson_size(length):
    """How often a piece so long is repeated: one of 1 MB is refused (lesson/script.c)."""
    return min(16000 * FACTOR, 1000000 // length)


def main():
    traps = Traps()

    def opened(make, name, keys):
        def prepare(n):
            path = traps.write(name, make(n))
            return lambda: walk(keys, "--offline", path)
        return prepare

    for name, make, n in too_much():
        traps.trap(f"screen: {name}", opened(make, "x.eml", WALK), n, (0,))
    traps.trap("screen: a mailbox", opened(mailbox, "x.mbox", LISTED), 8000, (0,))
    traps.trap("screen: a header pasted", opened(lambda n: PASTED + b"> X-Y: z\n" * n, "x.txt", WALK), 20000, (0,))

    def played(text):
        def prepare(n):
            folder = lesson(traps, text, n)
            return lambda: walk([b" ", b" ", b"\x1b[6~", b"e", b"\x1b", b"\t", b"\t", b"L"], "lesson", folder)
        return prepare
    traps.trap("screen: a page of a lesson", played(b"word {spf} and {dkim|more} "), -lesson_size(27), (0,))
    traps.trap("screen: paragraphs of a lesson", played(b"word {spf}\n\n"), -lesson_size(12), (0,))
    traps.end(700)


main()
