"""The survey of a mailbox as the program counts it, and as a database answers, in one form to compare.
SPDX-License-Identifier: MIT"""
import collections
import json
import os

import mixed
from scalelib import PROGRAM, run

COUNT = 2000
JUDGES = ("dmarc", "gmail-bulk", "yahoo-bulk", "microsoft-bulk")


def make(place):
    """(reports as the program printed them, its survey). The corpus is in `place`."""
    mixed.write(place, COUNT)
    said = []
    for words in (["report", "--second-opinions", "off"], ["survey"]):
        status, out, fault = run(PROGRAM, words[0], "--format", "json", "--dns", "zone.dns", *words[1:], "box", "folder",
                                 where=place)
        assert status == 2 and out, (words, status, fault)      # a few files there are no messages
        said.append(out)
    with open(os.path.join(place, "reports.json"), "wb") as out:
        out.write(said[0])
    return said[0], json.loads(said[1])


def key(group):
    return (group["author_domain"], group["envelope_domain"], tuple(group["signers"]), group["network"],
            tuple(group["verdicts"][judge] for judge in JUDGES))


def groups_wanted(survey):
    return [(*key(group), group["count"], group["first"], group["last"], group["example"]["path"],
             group["example"]["index"]) for group in survey["groups"]]


def groups_found(rows):
    """Of rows as survey_groups has them."""
    return [(row["author_domain"], row["envelope_domain"], tuple(row["signers"]), row["network"],
             (row["dmarc"], row["gmail"], row["yahoo"], row["microsoft"]), row["count"], row["first"], row["last"],
             row["example_path"], row["example_index"]) for row in rows]


def compare(tap, survey, groups, chart, totals, advice):
    """Lists of dictionaries, as the database has answered."""
    want, found = groups_wanted(survey), groups_found(groups)
    tap.ok(len(want) > 300, f"the survey has many groups: {len(want)}")
    missing, extra = list(set(want) - set(found)), list(set(found) - set(want))
    tap.ok(not missing and not extra and len(want) == len(found), f"the query has the same {len(found)} groups",
           f"missing {missing[:3]}, too many {extra[:3]}")
    # Groups that differ in verdicts only have no order of their own in the query.
    tap.ok([one[:4] for one in want] == [one[:4] for one in found], "… in the same order")
    tap.ok({one[4] for one in found} and len({one[4] for one in found}) > 5, "with verdicts of several kinds")
    cells = {(cell["spf"], cell["dkim"]): cell["count"] for cell in survey["chart"] if cell["count"]}
    if survey["unknown"]:
        cells[None, None] = survey["unknown"]
    tap.same(cells, {(row["spf"], row["dkim"]): row["count"] for row in chart}, "the same chart")
    tap.same([(survey["messages"], survey["unreadable"])], [(row["messages"], row["unreadable"]) for row in totals],
             "the same totals")
    tap.ok(survey["unreadable"] > 0, "… some cannot be read")
    told = collections.Counter()
    for group in survey["groups"]:
        for one in group["advice"]:
            told[(*key(group), one["pattern"], one["who"])] += one["count"]
    answered = {(row["author_domain"], row["envelope_domain"], tuple(row["signers"]), row["network"],
                 (row["dmarc"], row["gmail"], row["yahoo"], row["microsoft"]), row["pattern"], row["who"]): row["count"]
                for row in advice}
    tap.ok(told == answered and len(told) > 20, f"the same advice for each: {len(told)}",
           list({**told, **answered}.items())[:2] + [len(answered)])
