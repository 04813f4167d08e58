#!/usr/bin/python3
"""A mailbox on the chart: counts agree with the report of each message, Enter lists those of a cell.
SPDX-License-Identifier: MIT"""
import collections
import os
import random
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chartlib import CELLS, LESSON, NAMES, STATES, Tap, cell, example, plain, reports, write_box  # noqa: E402

tap = Tap()
ZONE = os.path.join(LESSON, "message.dns")


def counts(text):
    """Of each cell (and None): own, told."""
    found = {}
    for spf, dkim in CELLS:
        match = re.search(rf"SPF {NAMES[spf]}, DKIM {NAMES[dkim]}: (\d+)(?: \((\d+)\))?;", text)
        found[spf, dkim] = (int(match[1]), int(match[2] or 0)) if match else None
    match = re.search(r"no cell: (\d+)", text)
    found[None] = (int(match[1]), 0) if match else None
    return found


def wanted(all_reports):
    own, told = collections.Counter(), collections.Counter()
    for report in all_reports:
        own[cell(report)] += 1
        if cell(report) is None and cell(report, True):
            told[cell(report, True)] += 1
    return {place: (own[place], told[place] if place else 0) for place in [*CELLS, None]}


def compare(box, name, *options):
    found = counts(plain(["chart", "quit"], *options, box)[0])
    want = wanted(reports(*options, box))
    tap.same({k: v for k, v in want.items() if v != (0, 0)}, {k: v for k, v in found.items() if v != (0, 0)}, name)
    return found


chance = random.Random(7)
weights = [chance.randrange(0, 5) for _ in CELLS]
paths = [example(*place) for place, weight in zip(CELLS, weights) for _ in range(weight)]
chance.shuffle(paths)
box = write_box("mixed", paths)
found = compare(box, "a mixed mailbox", "--dns", ZONE)
tap.same([(weight, 0) for weight in weights], [found[place] for place in CELLS], "as many as were put there")
compare(box, "offline: no cells of their own, some in brackets", "--offline")
samples = [f"samples/{name}.eml" for name in ("webform", "webform-fixed", "campaign", "ses-default", "ses-custom")]
found = counts(plain(["chart", "quit"], *samples)[0])
want = wanted(reports(*samples))
tap.same({k: v for k, v in want.items() if v != (0, 0)}, {k: v for k, v in found.items() if v != (0, 0)},
         "several files, each with its own snapshot")

for spf, dkim in ("aligned", "aligned"), ("fail", "none"), ("none", "unaligned"):
    keys = ["down"] * STATES.index(spf) + ["right"] * STATES.index(dkim)
    answers = plain(["chart", *keys, "open", "quit"], "--dns", ZONE, box)
    rows = re.findall(r"(?<!\S)(\d+)\. [+x] ", answers[-2])
    want = [str(i + 1) for i, path in enumerate(paths) if path == example(spf, dkim)]
    tap.same(want[:20], rows, f"Enter lists those in SPF {spf}, DKIM {dkim}")
answers = plain(["chart", *["down"] * 4, "open", "&", "quit"], "--dns", ZONE, box)
tap.ok("None stands in that cell so far" in answers[-3], "none without a cell", answers[-3])
tap.ok("1. " in answers[-2], "& shows all again", answers[-2])

# What was tried with a message says nothing of its row.
answers = plain(["open 1", "what-if spf=fail", "what-if dkim.1=fail", "back", "chart", "quit"], "--dns", ZONE,
                write_box("two", [example("aligned", "aligned")] * 2))
tap.ok("SPF aligned, DKIM aligned: 2;" in " ".join(answers), "an edited message keeps its place", answers)
tap.end()
