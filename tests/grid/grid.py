#!/usr/bin/python3
"""The DMARC grid: random questions, answered by the program and by model.py, compared field by field in both columns.

grid.py [COUNT] [SEED] [--show N]   prints the agreement and the first N differences in full.
SPDX-License-Identifier: MIT"""
import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)
import cases    # noqa: E402
import model    # noqa: E402

PROGRAM = os.environ.get("FROMSCOPE", os.path.join(HERE, "..", "..", "build", "fromscope"))
BATCH = 250     # messages of one process: they share a public suffix list


def complete(case, psl):
    """What the model needs to know beyond what the generator made up."""
    spf = any(claim["mechanism"] == "spf" for claim in case["claims"])
    # Without any word on SPF the envelope stays unknown, and it might be the author's.
    case["envelope_open"] = not spf and not (case["trusted"] and case["says_spf_none"])
    case["psl"] = psl
    return case


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", newline="") as out:
        out.write(text)


def ask(batch, psl, folder):
    """One process for all: each message has its DNS beside it."""
    write(folder, "list.dat", "// ===BEGIN ICANN DOMAINS===\n" + "\n".join(psl) + "\n// ===END ICANN DOMAINS===\n")
    for number, case in enumerate(batch):
        write(folder, f"{number}.eml", cases.message(case))
        write(folder, f"{number}.dns", cases.zone(case))
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--psl", "list.dat", "--trust", "suite.test"] +
                          [f"{number}.eml" for number in range(len(batch))], cwd=folder, capture_output=True, timeout=600)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace")[:2000])
    return [json.loads(line)["dmarc"] for line in done.stdout.splitlines()]


IDENTIFIER = ["mechanism", "domain", "reported", "authenticated", "aligned", "mode", "org_domain"]


def differences(want, got):
    """Names of the fields that differ; in identifiers the first field that does."""
    names = [key for key in want if key != "identifiers" and want[key] != got[key]]
    theirs = [{key: one[key] for key in IDENTIFIER} for one in got["identifiers"] if one["domain"]]
    if len(theirs) != len(want["identifiers"]):
        names.append("identifiers")
    for wanted, have in zip(want["identifiers"], theirs):
        names += [f"identifiers.{key}" for key in IDENTIFIER if wanted[key] != have[key]]
    return list(dict.fromkeys(names))


def differs(want):
    """INTERFACE.md's differ: another result, or another policy for a message that fails."""
    walk, listed = want["rfc9989"], want["rfc7489"]
    return walk["result"] != listed["result"] or (walk["result"] == "fail" and walk["applied"] != listed["applied"])


def run(count, seed, show=0, out=sys.stdout):
    """Number of cases that differ, and what the cases came to."""
    rng = random.Random(seed)
    tally, wrong, verdicts = collections.Counter(), 0, collections.Counter()
    done = 0
    while done < count:
        psl = cases.LISTS[(done // BATCH) % len(cases.LISTS)]
        batch = [complete(cases.make_case(rng), psl) for _ in range(min(BATCH, count - done))]
        with tempfile.TemporaryDirectory() as folder:
            answers = ask(batch, psl, folder)
        for case, got in zip(batch, answers, strict=True):
            want, bad = model.model(case), False
            for name in ("rfc9989", "rfc7489"):
                verdicts[(name, want[name]["result"])] += 1
                names = differences(want[name], got[name])
                if got[name]["result"] == "pass" != want[name]["result"]:
                    names.insert(0, "WRONG PASS")
                tally.update(f"{name} {what}" for what in names)
                bad = bad or bool(names)
                if names and show > 0:
                    show -= 1
                    report(case, name, names, want[name], got[name], out)
            if got["differ"] != differs(want) or got["differ"] != bool(got["why"]) or "?" in (got["why"] or ""):
                tally["differ or why"] += 1
                print(f"# differ {got['differ']}, wanted {differs(want)}, why {got['why']}", file=out)
                report(case, "rfc9989", ["differ or why"], want["rfc9989"], got["rfc9989"], out)
                report(case, "rfc7489", ["differ or why"], want["rfc7489"], got["rfc7489"], out)
                bad = True
            wrong += bad
        done += len(batch)
    return wrong, tally, verdicts


def report(case, name, names, want, got, out):
    print(f"# {name} differs in {', '.join(names)}\n#   author {case['author']} list {case['psl']}", file=out)
    for line in (cases.message(case).splitlines()[0] + "\n" + cases.zone(case)).splitlines():
        print(f"#   {line}", file=out)
    for side, value in (("want", want), ("got ", got)):
        brief = {key: value[key] for key in want if key != "identifiers"}
        print(f"#   {side} {json.dumps(brief)}", file=out)
        for one in value["identifiers"]:
            print(f"#          {json.dumps([one[key] for key in IDENTIFIER])}", file=out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("seed", nargs="?", type=int, default=int(time.time()))
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    wrong, tally, verdicts = run(options.count, options.seed, options.show)
    print(f"seed {options.seed}: {options.count} cases in both columns, {wrong} differ")
    for (name, result), number in sorted(verdicts.items()):
        print(f"  {name} {result}: {number}")
    for what, number in tally.most_common():
        print(f"  differs: {number} x {what}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
