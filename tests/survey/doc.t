#!/usr/bin/python3
"""The picture in doc/survey.md is what the program prints. `doc.t --write` puts it there. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import surveylib                                            # noqa: E402
from surveylib import Box, Tap                              # noqa: E402

PAGE = os.path.join(surveylib.HERE, "..", "..", "doc", "survey.md")
PICTURE = re.compile(r"(<!-- made by tests/survey/doc.t.*?-->\n```\n)(.*?)(```\n)", re.S)


def main():
    tap = Tap()
    box = Box(tap)
    messages, zone = surveylib.mailbox()
    box.zone = box.write("zone", zone)
    box.write("october.mbox", surveylib.mbox_bytes(messages))
    text = box.run("survey", "october.mbox").stdout.decode()
    shown = "$ fromscope survey october.mbox\n" + text
    with open(PAGE, encoding="utf-8") as stream:
        page = stream.read()
    if "--write" in sys.argv:
        with open(PAGE, "w", encoding="utf-8") as out:
            out.write(PICTURE.sub(lambda m: m[1] + shown + m[3], page))
        return
    found = PICTURE.search(page)
    box.same(found and found[2], shown, "the picture is what it prints")
    tap.end()


main()
