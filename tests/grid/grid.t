#!/usr/bin/python3
"""2,000 random DMARC questions, the program beside model.py, in both columns. Prints TAP.
GRID_COUNT and GRID_SEED ask for more or other ones. SPDX-License-Identifier: MIT"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import grid     # noqa: E402

COUNT = int(os.environ.get("GRID_COUNT", "2000"))
SEED = int(os.environ.get("GRID_SEED", "9989"))

print("1..3")
wrong, tally, verdicts = grid.run(COUNT, SEED, show=5)
passes = sum(number for what, number in tally.items() if what.endswith("WRONG PASS"))
print(f"{'not ' if passes else ''}ok 1 - no pass that the model does not give")
print(f"{'not ' if wrong else ''}ok 2 - {COUNT} cases in both columns, seed {SEED}")
for what, number in tally.most_common():
    print(f"# {number} x {what}")
# A grid in which most results never come up would show little.
few = [f"{name} {result}" for name in ("rfc9989", "rfc7489")
       for result in ("pass", "fail", "none", "temperror", "unknown") if verdicts[(name, result)] < COUNT // 50]
print(f"{'not ' if few else ''}ok 3 - every result comes up {' '.join(few)}")
