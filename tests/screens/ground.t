#!/usr/bin/python3
"""Colors on a terminal that says how light its background is: at once, in pieces, never; and where it is not asked.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tally import check, end  # noqa: E402
from terminal import Terminal  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
OTHER, OTHER_LIGHT = "33", "38;5;94"        # "passed, but for another domain": yellow, and what is read on white
WHITE, BLACK = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", b"\x1b]11;rgb:0000/0000/0000\x07"


def journey(name, light, *options, asked=True, ground=(), **more):
    """What is on the screen, and in which colors, and whether keys work as ever."""
    environment = {"TERM": "xterm-256color", **more}
    terminal = Terminal([PROGRAM, "--offline", "--second-opinions", "off", "--dns", "samples/webform.dns", *options,
                         "samples/webform.eml"], ground=ground, **environment)
    questions = []
    take = terminal.take

    def watch(text):
        questions.extend(["?"] * text.count("\x1b]11;?"))
        take(text)

    terminal.take = watch
    try:
        wanted = OTHER_LIGHT if light else OTHER
        here = terminal.wait(lambda: any("SAID BY" in row for row in terminal.rows()) and
                             wanted in terminal.colors)
        terminal.quiet()
        check(f"{name}: the colors", here, sorted(terminal.colors), *terminal.rows())
        check(f"{name}: no others", light or OTHER_LIGHT not in terminal.colors, sorted(terminal.colors))
        check(f"{name}: {'asked once' if asked else 'not asked'}", len(questions) == (1 if asked else 0), questions)
        check(f"{name}: the answer was no key", not any("does nothing" in row for row in terminal.rows()),
              *terminal.rows())
        terminal.press("2")
        check(f"{name}: keys are keys", terminal.wait(lambda: any("[2 Tree]" in row for row in terminal.rows())),
              *terminal.rows())
        check(f"{name}: nothing strange is sent", not terminal.faults, *terminal.faults)
    finally:
        terminal.close()


journey("a light background", True, ground=(WHITE,))
journey("a light background, said in pieces", True, ground=(WHITE[:3], WHITE[3:14], WHITE[14:-1], WHITE[-1:]))
journey("a dark background", False, ground=(BLACK,))
journey("nothing said", False)
journey("the width of characters is given", True, "--ambiguous", "1", ground=(WHITE,))
journey("8 colors: nobody is asked", False, asked=False, ground=(WHITE,), TERM="xterm")
sys.exit(end())
