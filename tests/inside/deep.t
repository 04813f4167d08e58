#!/usr/bin/python3
"""Messages inside messages: how deep, and how many, `--inner` goes, and that it says what it leaves out. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import Tap  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
tap = Tap()


def nested(levels):
    """A message with so many below each other."""
    text = "From: a0@example.com\r\nSubject: the innermost\r\n\r\nhello\r\n"
    for level in range(1, levels + 1):
        text = (f"From: a{level}@example.com\r\nSubject: level {level}\r\nMIME-Version: 1.0\r\n"
                f"Content-Type: message/rfc822\r\n\r\n{text}")
    return text


def beside(count):
    """A message with so many in it."""
    parts = "".join(f"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a{i}@example.com\r\n\r\nhello\r\n\r\n"
                    for i in range(count))
    return f"From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/digest; boundary=b\r\n\r\n{parts}--b--\r\n"


def findings(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "mail.eml")
        with open(path, "w", encoding="ascii", newline="") as file:
            file.write(text)
        done = subprocess.run([PROGRAM, "report", "--offline", "--second-opinions", "off", "--inner", "--format", "json",
                               path], capture_output=True, text=True, timeout=120, check=False)
    return [[f["id"] for f in json.loads(line)["findings"] if f["id"].startswith("inner-")]
            for line in done.stdout.splitlines()]


tap.same([[]] * 11, findings(nested(10)), "ten levels are all there are")
tap.same([[]] * 10 + [["inner-too-deep"]], findings(nested(12)), "the eleventh report says that there are more")
tap.same([[]] * 201, findings(beside(200)), "two hundred messages beside each other")
tap.same([["inner-too-many"]] + [[]] * 200, findings(beside(201)), "one more is said, and left out")
tap.end()
