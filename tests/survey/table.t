#!/usr/bin/python3
"""A survey as CSV, read by others; and names that a stranger chose to do harm. Prints TAP.
SPDX-License-Identifier: MIT"""
import csv
import io
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import surveylib                                            # noqa: E402
from surveylib import Box, Mail, Tap                        # noqa: E402

FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
HOSTILE = ['=cmd|"calc"!A1,2.mbox', "+1+1.mbox", "-1.mbox", "@SUM(1).mbox", "\x1b[2J\x1b]0;x\x07.mbox", "a\tb\r\nc.mbox",
           "\u202etxt.mbox", "a;b,c\"d.mbox", " blank .mbox", "\uff1d1.mbox", "<script>.mbox"]


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def same_as_json(box, path):
    done = box.run("survey", "--format", "csv", path)
    groups = box.survey(path)["groups"]
    table = rows(done.stdout)
    box.check(all(line.endswith("\r") for line in done.stdout.decode().split("\n")[:-1]), "lines end in CRLF")
    box.same(len(table), len(groups), "a row for each group")
    for name in ("author_domain", "envelope_domain", "network", "count", "first", "last", "service", "spf_term"):
        box.same([r[name] for r in table], ["" if g[name] is None else str(g[name]) if not str(g[name]).startswith("-")
                                            else "'" + g[name] for g in groups], f"column {name}")
    box.same([r["signers"].split() for r in table], [g["signers"] for g in groups], "column signers")
    for name in ("dmarc", "gmail-bulk", "yahoo-bulk", "microsoft-bulk"):
        box.same([r[name] for r in table], [g["verdicts"][name] for g in groups], f"column {name}")
    box.same([r["advice_pattern"] for r in table], [g["advice"][0]["pattern"] for g in groups], "column advice_pattern")
    box.same([r["advice_text"] for r in table], [g["advice"][0]["text"] for g in groups], "column advice_text")
    box.check(any(" | " in r["advice_record"] for r in table), "a record of several lines in one cell")


def hostile(box):
    raw = surveylib.mbox_bytes([Mail(**surveylib.senders()[3][1]).bytes()] * 2)
    for name in HOSTILE:
        os.makedirs(box.path("in"), exist_ok=True)
        with open(os.path.join(os.fsencode(box.path("in")), os.fsencode(name)), "wb") as out:
            out.write(raw)
        arguments = [b"survey", b"--dns", os.fsencode(box.zone), b"--format", b"csv", b"--", os.fsencode(name)]
        import subprocess
        done = subprocess.run([os.fsencode(surveylib.PROGRAM), *arguments], capture_output=True, env=box.environment(),
                              cwd=box.path("in"))
        table = rows(done.stdout) if done.returncode == 0 else []
        cells = [cell for row in table for cell in row.values() if cell]
        box.check(len(table) == 1 and not [c for c in cells if c[0] in FORMULA], f"no formula: {name!r}", (done.returncode, done.stdout, done.stderr))
        box.check(not harmful(done.stdout.replace(b"\r\n", b"\n")), f"nothing raw in CSV: {name!r}", done.stdout)
        for form in (b"text", b"json"):
            arguments[4] = form
            done = subprocess.run([os.fsencode(surveylib.PROGRAM), *arguments], capture_output=True, env=box.environment(),
                                  cwd=box.path("in"))
            box.check(done.returncode == 0 and not harmful(done.stdout), f"nothing raw in {form.decode()}: {name!r}", done.stdout[:400])


def harmful(data):
    text = data.decode()
    return [c for c in text if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or ord(c) in range(0x202A, 0x202F)]


def domains(box):
    """Names in the message itself."""
    odd = ["=1+1.example", "-x.example", "a\x1b[31m.example", "\u202e.example", "a b.example", "x" * 300 + ".example"]
    messages = []
    for name in odd:
        raw = Mail(**surveylib.senders()[0][1]).bytes()
        messages.append(raw.replace(b"brand.example", name.encode()))
    path = box.write("names.mbox", surveylib.mbox_bytes(messages))
    for form in ("text", "json", "csv"):
        done = box.run("survey", "--format", form, path)
        box.check(done.returncode == 0 and not harmful(done.stdout.replace(b"\r\n", b"\n")), f"odd domains: {form}",
                  (done.returncode, done.stderr))
        if form == "csv":
            cells = [c for r in rows(done.stdout) for c in r.values() if c]
            box.check(not [c for c in cells if c[0] in FORMULA], "no formula in a domain", cells)
        if form == "json":
            box.same(json.loads(done.stdout)["messages"], len(odd), "each is counted")


def main():
    tap = Tap()
    box = Box(tap)
    messages, zone = surveylib.mailbox()
    box.zone = box.write("zone", zone)
    path = box.write("all.mbox", surveylib.mbox_bytes(messages))
    same_as_json(box, path)
    hostile(box)
    domains(box)
    tap.end()


main()
