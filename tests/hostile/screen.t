#!/usr/bin/python3
"""The screen, and what commands print onto a terminal: every byte that fromscope sends is text, or a sequence of a short list,
whatever a message says. Every view is opened, at three sizes. The terminal here obeys nothing and reads everything.
SPDX-License-Identifier: MIT"""
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from strange import PAYLOADS, PROGRAM, ROOT, Tap, faults, from_domain, inner, mark, message, zone
from terminal import Terminal, ended, rest_of

SIZES = ((80, 24), (44, 14), (200, 60))
KEYS = (b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9", b"0", b"?", b"\x1b", b"\r", b" ", b"G", b"/", b"Zq\r", b"n", b"\t", b"D", b"c",
        b"\x1b", b"R", b"\x1b", b"m", b"\x1b", b"I", b"\x1b", b"V", b"\x1b", b"S", b"\x1b")


def on_screen(path, dns, size):
    terminal = Terminal([PROGRAM, "--dns", dns, path], size)
    terminal.start()
    seen = 0
    for key in KEYS:
        before = len(terminal.out)
        if not terminal.press(key):
            break
        seen += len(terminal.out) > before
    if ended(terminal.pid):
        return [f"{size}: it ended by itself: {bytes(terminal.out[-200:])!r}"]
    for key in (b"\x1b", b"\x1b", b"qqqqy"):
        terminal.press(key)
    status = terminal.end()
    found = [f"{size}: {fault}" for fault in faults(rest_of(bytes(terminal.out)))]
    if status != 0:
        found.append(f"{size}: status {status}")
    if seen < 10:
        found.append(f"{size}: only {seen} keys changed anything")
    return found


def printed(found, *arguments):
    terminal = Terminal([PROGRAM, *arguments], (100, 30))
    status = terminal.end()
    found += [f"{arguments[0]} on a terminal: {fault}" for fault in faults(rest_of(bytes(terminal.out)))]
    if status not in (0, 2) or len(terminal.out) < 50:
        found.append(f"{arguments}: status {status}, {bytes(terminal.out[-200:])!r}")


def main():
    tap = Tap()
    for number, (name, bad) in enumerate(PAYLOADS.items()):
        folder = tempfile.mkdtemp()
        try:
            plain = bytes(c for c in bad if c not in b"/\0")[:50]
            paths = [os.path.join(os.fsencode(folder), kind + plain + b".eml") for kind in (b"m", b"b")]
            for path, make in zip(paths, (message, inner)):
                with open(path, "wb") as out:
                    out.write(make(bad))
            dns = os.path.join(folder, "zone.dns")
            with open(dns, "wb") as out:
                out.write(zone(bad))
            found = []
            found += on_screen(paths[number % 2], dns, SIZES[number % len(SIZES)])
            if number % 3 == 0:
                found += on_screen(os.fsencode(folder), dns, SIZES[(number + 1) % len(SIZES)])
            for arguments in (("report", "--dns", dns), ("repair",), ("survey", "--dns", dns), ("survey", "--list"), ("snapshot", "--offline")):
                printed(found, *arguments, paths[0])
            tap.check(not found, name, *found)
        finally:
            shutil.rmtree(folder)
    tap.end()


main()
