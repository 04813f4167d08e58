#!/usr/bin/python3
"""The worked DMARC cases of the public suite once more, in both columns, as assumptions of `check`. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checklib import ROOT, Tap, one

SUITE = os.path.join(os.environ.get("CONFORMANCE_DIR", os.path.join(ROOT, "..", "shared", "conformance")),
                     "dmarc-treewalk.json")


def zone(case):
    """Existence stands in the option, so the zone says nothing of it."""
    lines = [";! snapshot 1", ";! complete ."]
    for name, texts in case["dns"].items():
        if texts == "SERVFAIL":
            lines.append(f";! servfail {name}.")
        else:
            lines += [f'{name}. 300 IN TXT "{text}"' for text in texts]
    return "\n".join(lines) + "\n"


def options(case):
    """Of several SPF names only one can be the envelope's; no case has them."""
    found = ["--from", f"someone@{case['author']}",
             "--author-exists", "yes" if case["author"] in case["existing"] else "no"]
    senders = [domain for mechanism, domain in case["identifiers"] if mechanism == "spf"]
    assert len(senders) < 2, case["name"]
    found += ["--spf", "pass", "--mail-from", f"bounce@{senders[0]}"] if senders else ["--spf", "none"]
    for mechanism, domain in case["identifiers"]:
        if mechanism == "dkim":
            found += ["--dkim", domain]
    return found


def run(case, folder):
    paths = [os.path.join(folder, name) for name in ("case.zone", "list.dat")]
    contents = [zone(case), "// ===BEGIN ICANN DOMAINS===\n" + "\n".join(case["psl"] or ["invalid"]) + "\n"]
    for path, content in zip(paths, contents):
        with open(path, "w") as out:
            out.write(content)
    return one(*options(case), "--dns", paths[0], "--psl", paths[1])


def faults_of(want, got):
    pairs = [("result", want["result"].split()[0], got["result"]), ("queries", want["queries"], got["queries"]),
             ("basis", "assumed", got["basis"])]
    if "record" in want:
        pairs.append(("record", want["record"], got["record_domain"]))
    if "org" in want:
        pairs.append(("org", want["org"], got["org_domain"]))
    if "policy" in want:
        pairs += [("policy", want["policy"], f"{got['policy_tag']}={got['policy']}"),
                  ("applied", want["applied"], got["applied"])]
    faults = [f"{what}: want {a}, got {b}" for what, a, b in pairs if a != b]
    for key, text in want.get("alignment", {}).items():
        found = [i for i in got["identifiers"] if [i["mechanism"], i["domain"]] == key.split(":")]
        if not found or found[0]["aligned"] is not (not text.startswith("not ")):
            faults.append(f"{key} {text}: got {found}")
        elif "org=" in text and found[0]["org_domain"] != text.split("org=")[1]:
            faults.append(f"{key} {text}: org {found[0]['org_domain']}")
    return faults


if not os.path.exists(SUITE):
    print(f"1..0 # SKIP no suite at {SUITE}")
    sys.exit()
with open(SUITE) as suite:
    cases = json.load(suite)
tap = Tap()
with tempfile.TemporaryDirectory() as folder:
    for case in cases:
        report = run(case, folder)
        for column in ("rfc9989", "rfc7489"):
            faults = faults_of(case[column], report["dmarc"][column])
            tap.ok(not faults, f"{case['name']} {column}", "; ".join(faults))
tap.end()
