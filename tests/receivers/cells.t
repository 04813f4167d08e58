#!/usr/bin/python3
"""The 16 cells of SPF by DKIM: Gmail's bulk rules agree with the chart, and a mail that does not exist yet is judged
by what can be judged. SPDX-License-Identifier: MIT"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from receiverlib import FOLDER, Tap, call, rules, verdicts  # noqa: E402

tap = Tap()
# Rows SPF, columns DKIM: aligned, unaligned, fail, none. DMARC passes in 7, Gmail's bulk rule in 3.
DMARC = ["pppp", "pfff", "pfff", "pfff"]
GMAIL = ["yynn", "ynnn", "nnnn", "nnnn"]
ALL = ["yyyy", "yyyy", "yynn", "yynn"]      # one of the two is enough where nobody asks for more
SPF = [("example.jp", "pass"), ("esp.example", "pass"), ("example.jp", "fail"), ("example.jp", "none")]
DKIM = ["example.jp", "esp.example", "example.jp:fail", None]
ZONES = {"none": '_dmarc.example.jp. IN TXT "v=DMARC1; p=none"\n',
         "reject": '_dmarc.example.jp. IN TXT "v=DMARC1; p=reject"\n', "without": ""}
for name, record in ZONES.items():
    with open(os.path.join(FOLDER.name, name + ".dns"), "w") as file:
        file.write(";! snapshot 1\n;! complete .\nexample.jp. IN A 192.0.2.1\nesp.example. IN A 192.0.2.2\n" + record)


def cell(spf, dkim, zone):
    domain, result = SPF[spf]
    options = ["--from", "a@example.jp", "--mail-from", f"b@{domain}", "--spf", result,
               "--dns", os.path.join(FOLDER.name, zone + ".dns"), "--format", "json"]
    done = call("check", *options, *(["--dkim", DKIM[dkim]] if DKIM[dkim] else []))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


met = 0
for spf in range(4):
    for dkim in range(4):
        where = f"SPF {'aligned unaligned fail none'.split()[spf]}, DKIM {'aligned unaligned fail none'.split()[dkim]}"
        found = cell(spf, dkim, "none")
        want = "pass" if GMAIL[spf][dkim] == "y" else "fail"
        met += want == "pass"
        tap.same(("pass" if DMARC[spf][dkim] == "p" else "fail", want, "pass" if ALL[spf][dkim] == "y" else "fail"),
                 (found["dmarc"]["rfc9989"]["result"], verdicts(found)["gmail-bulk"], verdicts(found)["gmail"]), where)
        asked = rules(found)["gmail-bulk"]
        tap.same(("pass" if spf < 2 else "fail", "pass" if dkim < 2 else "fail",
                  "pass" if DMARC[spf][dkim] == "p" else "fail", "pass"),
                 tuple(asked[rule][0] for rule in ("spf", "dkim", "alignment", "dmarc-record")), f"{where}: its rules")
        strict = cell(spf, dkim, "reject")
        tap.same(want, verdicts(strict)["gmail-bulk"], f"{where}: p=reject changes nothing here")
        bare = cell(spf, dkim, "without")
        tap.same(("fail", asked["alignment"][0]), (rules(bare)["gmail-bulk"]["dmarc-record"][0],
                                                   rules(bare)["gmail-bulk"]["alignment"][0]), f"{where}: without a record")
tap.same(3, met, "three cells")
found = cell(0, 0, "none")
for rule in ("tls", "ptr", "one-click", "message-id", "format", "dkim-key"):
    tap.same(("not-applicable", "rule-no-message"), rules(found)["gmail-bulk"][rule], f"no message yet: {rule}")
tap.end()
