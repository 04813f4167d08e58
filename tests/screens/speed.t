#!/usr/bin/python3
"""That hands are answered and nothing runs for nothing, with limits far above what is measured (tests/bench measures).
Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
import screen  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
REDRAW = os.path.join(os.environ["BUILD"], "tests", "bench", "redraw")
SANITIZED = b"__asan_init" in open(PROGRAM, "rb").read()

done = subprocess.run([REDRAW, "200"], capture_output=True, text=True, timeout=120, check=False)
median = float(done.stdout.split()[0]) if done.stdout else None
limit = 400 if SANITIZED else 40
print("1..3")
print(f"{'' if median is not None and median < limit else 'not '}ok 1 - a key in a tree of 1,000 nodes: {median} ms of CPU, at most {limit}")
spent, woken = screen.idle([PROGRAM, os.path.join(ROOT, "samples", "webform.eml")], 2)
print(f"{'' if spent <= 4 else 'not '}ok 2 - 2 s of an idle screen: {spent} ticks")
print(f"{'' if woken <= 40 else 'not '}ok 3 - in which it was woken {woken} times")
