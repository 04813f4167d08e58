#!/usr/bin/python3
"""What scripts may rely on is written down, as TAP: each key of the reports that tests/golden holds is named in
doc/INTERFACE.md. SPDX-License-Identifier: MIT"""
import glob
import json
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)

# Behind these keys stand names of the message's own, or records of which the page names only the beginning.
OPEN = ("properties", "trace")


def keys(value):
    """All keys at any depth."""
    if isinstance(value, list):
        return set().union(*map(keys, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(keys(below) for key, below in value.items() if key not in OPEN))


with open("doc/INTERFACE.md", encoding="utf-8") as page:
    named = set(re.findall(r"[a-z_0-9]+", page.read()))
reports = []
for path in sorted(glob.glob("tests/golden/*.json")):
    with open(path, encoding="utf-8") as file:
        reports.append(json.load(file))
silent = sorted({key for report in reports for key in keys(report)} - named)
silent = [key for key in silent if not key.endswith("_unicode")]
print("1..1")
print(f"{'not ' if silent else ''}ok 1 - doc/INTERFACE.md names the keys of {len(reports)} reports: {' '.join(silent)}")
