#!/usr/bin/python3
"""Each of the 16 cells by its example and by a mail that does not exist yet: both verdicts, the mark, the way back.
SPDX-License-Identifier: MIT"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chartlib import CELLS, DMARC, FOLDER, GMAIL, Tap, call, cell, example, moves, plain, reports  # noqa: E402

tap = Tap()
tap.same((7, 3), (list(DMARC.values()).count("p"), list(GMAIL.values()).count("y")), "7 cells pass, 3 meet Gmail's rule")


def bulk(report):
    return {one["profile"]: one["result"] for one in report["receivers"]}["gmail-bulk"]


# ---- the examples ----

for spf, dkim in CELLS:
    where = f"SPF {spf}, DKIM {dkim}"
    report = reports(example(spf, dkim))[0]
    tap.same((spf, dkim), cell(report), f"{where}: its example stands there")
    want = ("pass" if DMARC[spf, dkim] == "p" else "fail", "pass" if GMAIL[spf, dkim] == "y" else "fail")
    tap.same(want, (report["dmarc"]["rfc9989"]["result"], bulk(report)), f"{where}: verdicts of its example")
    told, value = plain(["chart", "record"], example(spf, dkim))[:2]
    words = (f"DMARC: {'+ pass' if want[0] == 'pass' else 'x FAIL'}", f"Gmail: {'+ yes' if want[1] == 'pass' else 'x NO'}")
    tap.ok("HERE:" in told and "CELL:" not in told and all(word in told for word in words),
           f"{where}: the chart says the same of the cell under the mark", told)
    tap.ok("DMARC: - none" in value and "Gmail: x NO" in value and "a DMARC record (p=none is enough)" in value,
           f"{where}: without a record", value)

# ---- a mail that does not exist yet: whatever a check comes to ----

ZONE = os.path.join(FOLDER.name, "zone.dns")
with open(ZONE, "w", encoding="utf-8") as file:
    file.write(';! snapshot 1\n;! complete .\nexample.jp. IN A 192.0.2.1\nesp.example. IN A 192.0.2.2\n'
               '_dmarc.example.jp. IN TXT "v=DMARC1; p=reject"\n')
SPF = {"pass": None, "fail": "fail", "softfail": "fail", "neutral": "fail", "permerror": "fail", "none": "none"}
DKIM = {"": "none", ":pass": None, ":fail": "fail", ":permerror": "fail", ":neutral": "fail", ":policy": "fail"}


def passed(domain):
    return "aligned" if domain == "example.jp" else "unaligned"


faults = []
tried = 0
for envelope in "example.jp", "esp.example":
    for spf, row in SPF.items():
        for signer in "example.jp", "esp.example":
            for dkim, column in DKIM.items():
                want = (row or passed(envelope), column or passed(signer))
                options = [f"--dkim={signer}{dkim}"] if dkim else []
                got = json.loads(call("check", "--from", "a@example.jp", "--mail-from", f"b@{envelope}", "--spf", spf,
                                      "--dns", ZONE, "--format", "json", *options))
                found = (got["dmarc"]["rfc9989"]["result"], bulk(got))
                wish = ("pass" if DMARC[want] == "p" else "fail", "pass" if GMAIL[want] == "y" else "fail")
                tried += 1
                if found != wish or (cell(got) or want) != want:
                    faults.append((envelope, spf, signer, dkim, want, wish, cell(got), found))
tap.ok(not faults, f"{tried} mails that do not exist yet", *faults[:9])

# ---- Enter ----

SAMPLE = "samples/webform.eml"
HOME = ("unaligned", "unaligned")
for spf, dkim in CELLS:
    answers = plain(["chart", *moves(spf, dkim)(HOME), "open", "chart", "back", "back", "quit"], SAMPLE)
    if (spf, dkim) == HOME:
        tap.ok(any("Tree:" in answer for answer in answers), f"{spf}, {dkim}: on its own cell the tree", answers)
        continue
    text = " ".join(answers)
    tap.ok(f"webform.eml > cell-{spf}-{dkim}.eml" in text, f"{spf}, {dkim}: Enter opens its example", text[-900:])
    last = answers[-2]
    tap.ok("webform.eml; DMARC: x FAIL" in last and "Chart:" in last, f"{spf}, {dkim}: and Esc leads back to the chart", last)

# What the command line says of the message that was opened is not said of an example.
text = " ".join(plain(["chart", "up", "open", "chart", "quit"], "--offline", "--ip", "192.0.2.77", SAMPLE))
tap.ok("cell-aligned-unaligned.eml; DMARC: + PASS" in text, "an example keeps its own DNS and addresses", text[-900:])
text = " ".join(plain(["chart", "up", "open", "chart", "quit"], "--dns", "samples/webform.dns", SAMPLE))
tap.ok("cell-aligned-unaligned.eml; DMARC: + PASS" in text, "whatever snapshot was named", text[-900:])
text = " ".join(plain(["chart", "up", "open", "chart", "left", "open", "quit"], SAMPLE))
tap.ok("webform.eml > cell-aligned-aligned.eml; DMARC: + PASS" in text, "from example to example the way back stays short",
       text[-900:])
tap.end()
