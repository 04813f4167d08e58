#!/usr/bin/python3
"""What is said of DMARC while one question of DNS stays open holds whatever its answer would have been. Prints TAP.

Random cases of cases.py. At one name DNS has trouble, or the snapshot says nothing; then the same case is asked again with answers of
many kinds there. No verdict, policy, record, organizational domain or alignment that was told without the answer may change with it:
a fail for DNS trouble would be seen here, without any model of the RFCs.
TROUBLE_COUNT and TROUBLE_SEED ask for more or other ones. SPDX-License-Identifier: MIT"""
import collections
import os
import random
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases    # noqa: E402
import grid     # noqa: E402

COUNT = int(os.environ.get("TROUBLE_COUNT", "300"))
SEED = int(os.environ.get("TROUBLE_SEED", "4101"))
GROUPS = 30     # of one process: they share a public suffix list
SETTLED = ("pass", "fail", "none")
TOLD = ("policy", "policy_tag", "applied", "applied_sampled", "record_domain", "org_domain")


def answers(rng):
    """What else DNS might have said at a name of a record: all kinds that end a walk or let it go on."""
    return [[cases.record(rng)], ["v=DMARC1; p=reject"], ["v=DMARC1; p=none; psd=y; np=reject"], ["v=DMARC1; p=none; sp=quarantine; psd=n"],
            ["v=DMARC1; p=none; aspf=s; adkim=s"], [cases.record(rng), cases.record(rng)], [cases.other_text(rng)], "nxdomain", "nodata"]


def group(rng):
    """One case as (how it is asked, case): twice without an answer, then with all answers."""
    case = dict(cases.make_case(rng), complete=True, default="nxdomain", trusted=True, says_dmarc=None)
    case["dns"] = {name: "nodata" if said == "missing" else said for name, said in case["dns"].items()}
    trouble = rng.choice(["servfail", "timeout", "bogus"])
    if rng.random() < 0.15:     # whether the author's name exists at all
        case["dns"]["_dmarc." + case["author"]] = "nxdomain"
        return [(trouble, dict(case, author_exists=trouble)), ("missing", dict(case, author_exists="missing", complete=False))] + \
               [(said, dict(case, author_exists=said)) for said in ("nxdomain", "nodata", "record")]
    own = "_dmarc." + case["author"]
    name = rng.choice([*case["dns"], own])
    if name.endswith("." + case["author"]) and case["author_exists"] in ("nxdomain", "missing"):
        case["author_exists"] = "nodata"    # with a record at or below it the author's name exists
    at = lambda said, **more: dict(case, dns=dict(case["dns"], **{name: said}), **more)
    return [(trouble, at(trouble)), ("missing", at("missing", complete=False))] + [(said, at(said)) for said in answers(rng)]


def broken(column, other):
    """What `column` told, and `other`, which knows more, tells otherwise."""
    names = [name for name in TOLD if column[name] is not None and column[name] != other[name]]
    if column["result"] in SETTLED and column["result"] != other["result"]:
        names.insert(0, "result")
    for mine, theirs in zip(column["identifiers"], other["identifiers"], strict=True):
        assumed = "assumed" in mine["mode"] and mine["aligned"]     # "if it is relaxed", and that is said
        told = ("authenticated",) if assumed else ("aligned", "authenticated")
        names += [f"identifiers.{name}" for name in told if mine[name] not in (None, theirs[name])]
    return names


def check(asked, got, tally):
    """Of one group: a line for what broke."""
    faults = []
    for (how, case), report in list(zip(asked, got))[:2]:
        for column in ("rfc9989", "rfc7489"):
            tally[(column, report[column]["result"])] += 1
            for (said, _), other in list(zip(asked, got))[2:]:
                names = broken(report[column], other[column])
                if names:
                    faults.append(f"{column} {', '.join(names)}: told for {how}, not for {said}: author {case['author']}")
                    faults += ["  " + line for line in [cases.message(case).splitlines()[0], *cases.zone(case).splitlines()]]
    return faults


def main():
    rng, tally, faults = random.Random(SEED), collections.Counter(), []
    for done in range(0, COUNT, GROUPS):
        groups = [group(rng) for _ in range(min(GROUPS, COUNT - done))]
        with tempfile.TemporaryDirectory() as folder:
            got = iter(grid.ask([case for asked in groups for _, case in asked], rng.choice(cases.LISTS), folder))
        for asked in groups:
            faults += check(asked, [next(got) for _ in asked], tally)
    print("1..2")
    print(f"{'not ' if faults else ''}ok 1 - {COUNT} cases, seed {SEED}: nothing that was told without an answer changes with it")
    for line in faults[:60]:
        print(f"# {line}")
    print(f"# without the answer: " + ", ".join(f"{column} {result} {number}" for (column, result), number in sorted(tally.items())))
    few = [f"{column} {result}" for column in ("rfc9989", "rfc7489") for result in ("pass", "fail", "none", "temperror", "unknown")
           if tally[(column, result)] < COUNT // 50]
    print(f"{'not ' if few else ''}ok 2 - every result comes up {' '.join(few)}")


main()
