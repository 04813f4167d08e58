#!/usr/bin/python3
"""The corners of the screen: survey, what if, predict, lessons, the palette, prompts, pasted text, and files with names that no one
should have, all full of strange bytes. Whatever is typed, pasted, refused or played, what reaches the terminal is text, or a
sequence of a short list. Prints TAP. SPDX-License-Identifier: MIT"""
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from strange import PAYLOADS, PROGRAM, ROOT, Tap, faults, from_domain, inner, mark, message, word, zone
from terminal import Terminal, ended, rest_of

SIZES = ((80, 24), (100, 30), (60, 16))
MARKS = (b"\\x", b"<U+")
COMMANDS = (b"what-if from=", b"what-if txt:", b"goal sender ", b"search ", b"open ", b"trust ", b"distrust ", b"border ", b"dns ", b"glossary ",
            b"letter ", b"class ", b"export ", b"shown ", b"try ", b"lesson ", b"room ", b"")


def pasted(text):
    """As a terminal sends what was pasted; it takes away what would end it."""
    return b"\x1b[200~" + text.replace(b"\x1b[201~", b"") + b"\x1b[201~"


def session(keys, size, where, *arguments):
    """What was wrong; how many keys changed something."""
    terminal = Terminal([PROGRAM, *arguments], size, XDG_STATE_HOME=where, XDG_CONFIG_HOME=where, XDG_DATA_HOME=where)
    terminal.start()
    seen = 0
    for key in keys:
        before = len(terminal.out)
        # What comes right behind a paste is taken for more of it, and an escape for the beginning of a key. What a key changed is
        # seen behind it, too: however slow the program is where others have the processor.
        if not terminal.press(key):
            break
        seen += len(terminal.out) > before
    what = f"{arguments[:1]} {size}"
    if ended(terminal.pid):
        return [f"{what}: it ended by itself behind {seen} keys: {bytes(terminal.out[-300:])!r}"]
    for key in (b"\x1b", b"\x1b", b"\x1b", b"qqqqqqy"):
        terminal.press(key)
    status = terminal.end()
    rest = rest_of(bytes(terminal.out))
    found = [f"{what}: {fault}" for fault in faults(rest)]
    if status != 0:
        found.append(f"{what}: status {status}")
    if seen < len(keys) // 3:
        found.append(f"{what}: only {seen} of {len(keys)} keys changed anything")
    if not any(mark in rest for mark in MARKS):
        found.append(f"{what}: no visible mark was seen")
    return found


def write(folder, name, content):
    path = os.path.join(os.fsencode(folder), name)
    with open(path, "wb") as out:
        out.write(content)
    return path


def palette(bad, place, number):
    """Commands with such an argument, and files that are not there, or cannot be."""
    for command in COMMANDS[number % 2::2]:
        yield from (b":", pasted(command + mark("palette", bad)), b"\r", b"\x1b")
    for command in (b"open ", b"class ", b"lesson "):
        yield from (b":", pasted(command + os.path.join(place, b"none" + word(bad) + b".csv")), b"\r", b"\x1b")
    yield from (b":", b"zz" + b"\x1b[A", b"\t", b"\x1b", b"/", pasted(mark("search", bad)), b"\r", b"n", b"\x1b", b"x", b"\r", pasted(mark("export", bad)), b"\r", b"\x1b")


def message_keys(bad, place, number):
    yield from (b"w", b"\r", pasted(mark("what if", bad)), b"\r", b"j", b"\r", pasted(word(mark("what if", bad))), b"\r", b"\t", b"G", b"u", b"\x1b")
    yield from palette(bad, place, number)
    yield from (b"2", b"P", b" ", b"a", b"1", b" ", b"b", b"2", b"j", b" ", b"P", b"y", b"8", b"G", b"e", b"G", b"\x1b", b"0", b"G", b"L", b"\x1b")
    yield from (b"i", pasted(message(bad)), b"\x04", b"G", b"R", b"\x1b", b"\x1b")


def list_keys(bad):
    yield from (b"G", b"s", b"s", b"&", b"&", b"/", pasted(mark("list search", bad)), b"\r", b"\x1b", b"W", b"G", b"s", b"S", b"\t", b"G", b"&", b"&", b"\r", b"\x1b",
                b"x", b"\x1b", b"7", b"j", b"l", b"\r", b"\x1b", b"\x1b", b"\r", b"1", b"\x1b")


def lesson(folder, bad):
    """A lesson whose every text, name and value has such bytes."""
    source, where = os.path.join(ROOT, "samples/lessons/02-form-in-your-name"), os.path.join(os.fsencode(folder), b"05-" + word(bad)[:30].replace(b"/", b"."))
    shutil.copytree(os.fsencode(source), where)
    with open(os.path.join(where, b"lesson.txt"), "rb") as whole:
        lines = whole.read().splitlines()
    text = mark("lesson", bad)
    made = [line + text if line and not line.startswith((b"---", b"expect", b"misconception", b"id:", b"hour", b"minutes", b"teaches", b"why:")) else line for line in lines]
    write(where, b"lesson.txt", b"\n".join(made) + b"\n")
    os.unlink(os.path.join(where, b"lesson.ja.txt"))
    write(where, b"message.eml", message(bad))
    return where


def main():
    tap = Tap()
    for number, (name, bad) in enumerate(PAYLOADS.items()):
        folder = tempfile.mkdtemp()
        try:
            place = os.fsencode(folder)
            plain = bytes(c for c in bad if c not in b"/\0")[:40]
            size, found = SIZES[number % len(SIZES)], []
            dns = write(folder, b"zone.dns", zone(bad))
            one = write(folder, b"m" + plain + b".eml", message(bad) if number % 2 else inner(bad))
            box = write(folder, b"b" + plain + b".mbox", b"".join(b"From a@example.com Tue Sep  1 10:00:00 2026\n" + part + b"\n" for part in (
                message(bad), message(bad, "encoded"), from_domain(bad), inner(bad))))
            played = [b" ", b" ", b" ", b"a", b"1", b" ", b" ", b"s", b" ", b"\t", b"G", b"\t", b"e", b"\x1b", b" ", b" ", b"b", b"L", b"G"]
            runs = ((list(message_keys(bad, place, number)), size, folder, "--dns", dns, one), (list(list_keys(bad)), size, folder, "--dns", dns, box),
                    (played, size, folder, "lesson", lesson(folder, bad)))
            with ThreadPoolExecutor(len(runs)) as pool:
                for faulty in pool.map(lambda run: session(*run), runs):
                    found += faulty
            tap.check(not found, name, *found)
        finally:
            shutil.rmtree(folder)
    tap.end()


main()
