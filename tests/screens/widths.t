#!/usr/bin/python3
"""Characters of all kinds in From: and Subject: on terminals that draw ambiguous ones in one column or in two: every
column stays where it is. And the question that tells the program which: answered, answered late, or not at all.
SPDX-License-Identifier: MIT"""
import base64
import os
import sys
import tempfile
import time
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from tally import check, end  # noqa: E402
from terminal import Terminal, columns  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]

TEXTS = {
    "zalgo": "Z" + "\u0301\u0302\u0303\u0316" * 20 + "al" + "\u0489" * 9 + "go",
    "family": "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 four " * 3,
    "tones": "\U0001F469\U0001F3FD\u200D\U0001F4BB \U0001F44D\U0001F3FF ok",
    "flags": "\U0001F1EF\U0001F1F5\U0001F1FA\U0001F1F8\U0001F1E9" * 4,
    "hearts": "\u2764\uFE0F\u2764\uFE0F\u200D\U0001F525 1\uFE0F\u20E3",
    "hebrew": "\u05E9\u05DC\u05D5\u05DD 12 \u05E2\u05D5\u05DC\u05DD | x",
    "arabic": "\u0645\u0631\u062D\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 123 (a)",
    "thai": "\u0E01\u0E33\u0E25\u0E31\u0E07 \u0E19\u0E49\u0E33 \u0E20\u0E32\u0E29\u0E32\u0E44\u0E17\u0E22",
    "hindi": "\u0939\u093F\u0928\u094D\u0926\u0940 \u0915\u093E\u0930\u094D\u092F " * 3,
    "hangul": "\u1100\u1161\u11A8\u1102\u1161 \uAC01",
    "fullwidth": "\uFF26\uFF35\uFF2C\uFF2C\u3000\uFF57\uFF49\uFF44\uFF54\uFF48 \u6F22\u5B57" * 2,
    "kana": "\uFF76\uFF9E\uFF77\uFF9E\uFF78\uFF9F\uFF8A\uFF9F" * 4,
    "zero": "a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf\u00ADg",
    "bidi": "\u202Eevil\u202C \u2066iso\u2069 \u200E\u200F",
    "ambiguous": "\u2605\u2606\u25CB\u25CF \u2460 \u2026\u2192 \u201Cq\u201D \u03B1\u03B2 \u041F\u0440\u0438 \u00D7\u00F7\u00A7",
    "tags": "\U0001F3F4\U000E0067\U000E0062\U000E007F x",
    "bytes": "\x7f\x01 \x9b31m \x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07",
}


def word(text):
    return "=?utf-8?B?" + base64.b64encode(text.encode()).decode() + "?="


def mailbox(folder):
    path = os.path.join(folder, "box.mbox")
    with open(path, "w", encoding="utf-8") as out:
        for text in TEXTS.values():
            out.write(f"From x@example.com Tue Sep  1 10:00:00 2026\nFrom: {word(text)} <a@example.com>\n"
                      f"Subject: {word(text)}\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\n{text}\n\n".replace("\r", ""))
    return path


def start(path, *options, **more):
    return Terminal([PROGRAM, "--offline", "--second-opinions", "off", *options, path], **more)


def has(terminal, text):
    return lambda: any(text in row for row in terminal.rows())


def misplaced(terminal):
    """Rows of the list whose columns do not stand below the headings."""
    rows = terminal.cells
    head = next(y for y, row in enumerate(terminal.rows()) if " FROM" in row and "VERDICT" in row)
    subject, verdict = terminal.column(head, "SUBJECT"), terminal.column(head, "VERDICT")
    wrong = []
    for y in range(head + 1, head + 1 + len(TEXTS)):
        row = rows[y]
        if row[subject - 1] != " " or row[subject] in (" ", "") or row[verdict - 1] != " " or row[verdict] not in "-?x+":
            wrong.append("".join(row))
    return wrong


def settled(terminal):
    """Waits for all rows and their verdicts, where they belong; a busy machine says nothing for a while before that."""
    terminal.wait(lambda: has(terminal, "VERDICT")() and not misplaced(terminal))
    terminal.quiet()


def spilled(terminal):
    """Cells that hold more than one character of a width: somebody's cursor went astray."""
    return ["".join(row) for row in terminal.cells
            if sum(columns(c[0], terminal.ambiguous) for c in row if c) != terminal.width]


def journey(path, ambiguous, width, height, *options, **more):
    name = f"{width} columns, ambiguous {ambiguous} {' '.join(options)}".strip()
    terminal = start(path, *options, width=width, height=height, ambiguous=ambiguous, **more)
    try:
        check(f"{name}: the list comes", terminal.wait(has(terminal, "VERDICT")), *terminal.rows())
        settled(terminal)
        wrong = misplaced(terminal)
        check(f"{name}: columns stand below their headings", not wrong, *wrong)
        check(f"{name}: nothing strange is sent", not terminal.faults, *terminal.faults)
        bad = [row for row in terminal.rows() for c in row
               if unicodedata.category(c) in ("Cf", "Cc", "Co") or c == "\ufffd"]
        check(f"{name}: nothing invisible is on the screen", not bad, *bad)
        bad = []
        for _ in range(len(TEXTS)):
            terminal.press("\r")
            terminal.wait(has(terminal, "Overview"))
            terminal.quiet()
            bad += spilled(terminal)
            rules = [row for row in terminal.rows() if row.count("-") > width * 2 // 3]
            bad += [row for row in rules if sum(columns(c, ambiguous) for c in row) != width]
            terminal.press("0")
            terminal.wait(has(terminal, "[0"))
            terminal.quiet()
            bad += spilled(terminal)
            terminal.press("\x1b")
            terminal.quiet()
            terminal.press("\x1b")
            terminal.wait(has(terminal, "VERDICT"))
            terminal.press("j")
        check(f"{name}: each message, each source: rows are as wide as the window", not bad, *bad)
        settled(terminal)
        check(f"{name}: the list is as it was", not misplaced(terminal), *terminal.rows())
    finally:
        terminal.close()


def starred(terminal):
    """The row with the ambiguous characters, as text."""
    return next((row for row in terminal.rows() if "\u2605" in row), "")


def answers(path):
    """(what the terminal does, its answer's delay, options) -> whether columns are right in the end."""
    for name, ambiguous, answer, options, asked in (
            ("asked, answers at once", 2, 0.0, (), 1), ("asked, answers late", 2, 0.4, (), 1),
            ("asked, says one", 1, 0.0, (), 1), ("asked, never answers", 1, None, (), 1),
            ("told 2, not asked", 2, 0.0, ("--ambiguous", "2"), 0), ("told 1, not asked", 1, 0.0, ("--ambiguous", "1"), 0)):
        terminal = start(path, *options, ambiguous=ambiguous, answer=answer, height=30)
        try:
            terminal.wait(has(terminal, "VERDICT"))
            if answer:
                terminal.wait(lambda: not terminal.due and terminal.asked > 0)
            settled(terminal)
            check(f"{name}: columns are right", not misplaced(terminal), *terminal.rows())
            check(f"{name}: the stars are there", starred(terminal), *terminal.rows())
            check(f"{name}: asked {asked} times", terminal.asked == asked, str(terminal.asked))
            check(f"{name}: the question left nothing", "\u25CB" not in "".join(terminal.rows()[:2]), *terminal.rows()[:2])
        finally:
            terminal.close()


def typed_ahead(path):
    """Keys that were pressed before the answer count, in their order."""
    terminal = start(path, ambiguous=2, answer=0.2, height=30)
    try:
        terminal.wait(lambda: terminal.asked)
        terminal.press("j")
        terminal.wait(lambda: not terminal.due)
        terminal.press("\r")
        check("keys before and after the answer are keys", terminal.wait(has(terminal, "2 of ")) or
              has(terminal, "Overview")(), *terminal.rows())
    finally:
        terminal.close()


def left_over(path):
    """What comes too late is not typed into the shell."""
    script = f"{PROGRAM} --offline {path}; read -t 2 rest; printf 'rest=<%s>' \"$rest\" | cat -v"
    terminal = Terminal(["bash", "-c", script], ambiguous=2, answer=0.3, height=30)
    try:
        terminal.wait(lambda: terminal.asked)
        terminal.wait(has(terminal, "VERDICT"))
        time.sleep(0.1)
        terminal.press("q")
        terminal.wait(has(terminal, "rest=<"), 30)
        check("an answer that comes after q is not typed into the shell", any(
            row.startswith("rest=<>") for row in terminal.rows()), *terminal.rows()[-3:])
        check("columns are kept apart while the program runs, and not after", terminal.modes.count("8l") == 1 and
              terminal.modes.count("8h") == 1, *terminal.modes)
    finally:
        terminal.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = mailbox(folder)
        journey(path, 1, 80, 30, "--ambiguous", "1")
        journey(path, 2, 80, 30)
        journey(path, 2, 61, 30, "--ambiguous", "2", "--ascii")
        answers(path)
        typed_ahead(path)
        left_over(path)
    return end()


if __name__ == "__main__":
    sys.exit(main())
