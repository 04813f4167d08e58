#!/usr/bin/python3
"""Every pattern: a message that needs its advice gets it, one that almost does not, does not.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from advicelib import Folder, Tap, ids_of, options_of, verdict  # noqa: E402
from cases import CASES, FIRST  # noqa: E402

tap = Tap()
folder = Folder()
for pattern, (needs, almost) in CASES.items():
    report = folder.report(needs)
    found = [a["pattern"] for a in report["advice"]]
    tap.ok(pattern in found, f"{pattern}: where it is needed", f"{verdict(report)}: {found}")
    for item in report["advice"]:
        if item["proved"]:
            after = folder.report(None, *options_of(item))
            tap.ok(verdict(after) == "pass", f"{pattern}: with {item['pattern']} it passes", verdict(after))
        if item["turns"]:
            tap.ok(item["turns"] in ids_of(report["tree"]), f"{pattern}: {item['pattern']} turns a step there is",
                   item["turns"])
    report = folder.report(almost)
    found = [a["pattern"] for a in report["advice"]]
    tap.ok(pattern not in found, f"{pattern}: not where it is not", f"{verdict(report)}: {found}")
for name, (pattern, mail) in FIRST.items():
    found = [a["pattern"] for a in folder.report(mail)["advice"]]
    tap.ok(found[:1] == [pattern] and "forwarder" not in found, f"{pattern} first: {name}", str(found))
# What no forger's mail, and no forwarded one, is told.
for name, never in (("a forward that nobody signed", "web-form-visitor"), ("a forward that nobody signed", "sign-yourself"),
                    ("a stranger who wants the answers", "sending-service"),
                    ("a stranger who wants the answers", "own-mail-from"),
                    ("a domain that nobody has", "spf-missing"), ("a domain that nobody has", "sign-yourself")):
    found = [a["pattern"] for a in folder.report(FIRST[name][1])["advice"]]
    tap.ok(never not in found, f"{name}: no {never}", str(found))
tap.end()
