#!/usr/bin/python3
"""What if: every change that the chart offers leads to the cell that it was asked for, and there is one wherever there
can be one. SPDX-License-Identifier: MIT"""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chartlib import CELLS, Tap, cell, example, moves, plain, reports  # noqa: E402

tap = Tap()


def offers(path, home):
    commands = ["chart"]
    asked = {}
    for place in CELLS:
        if place == home:
            continue
        commands += moves(*place)(home) + ["w"]
        asked[len(commands) - 1] = place
    answers = plain(commands + ["quit"], path)
    found = {}
    for at, place in asked.items():
        match = re.search(r"Changes that lead here \(to make one, type what-if KEY=VALUE\): (.*?) *$", answers[at])
        found[place] = [re.sub(r"^\d+\. ", "", one).split(" and ") for one in match[1].split("; ")] if match else []
    return found


# Of a mail with no signature none can be bad.
for home in CELLS:
    found = offers(example(*home), home)
    none = sorted(place for place, ways in found.items() if not ways)
    want = sorted((spf, "fail") for spf, dkim in CELLS if dkim == "fail" and home[1] == "none")
    tap.same(want, none, f"SPF {home[0]}, DKIM {home[1]}: a way to every cell that can be reached")
    faults = []
    for place, ways in found.items():
        for way in ways[:2]:
            options = [option for edit in way for option in ("--what-if", edit)]
            got = cell(reports(example(*home), *options)[0])
            if got != place:
                faults.append((place, way, got))
    tap.ok(not faults, f"SPF {home[0]}, DKIM {home[1]}: the first two of each lead there", *faults)

tap.end()
