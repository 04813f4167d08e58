#!/usr/bin/python3
"""Messages that a worker cannot do before something is loaded (Outlook's .msg, character sets, MIME that is not plain, bounces
written as pages) stand among others: each is done, in its place, by any number of workers, and by a process of its own. As TAP.
SPDX-License-Identifier: MIT"""
import base64
import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from batchlib import Batch, boxlib      # noqa: E402


def outlook(title):
    return boxlib.outlook({0x007D: f"From: {title} <ann@example.com>\r\nTo: bob@example.net\r\nSubject: {title}\r\n"
                                   "Date: Mon, 5 Jan 2026 10:00:00 +0000\r\n", 0x1000: "body"})


def page(title):
    """A bounce that is written as a page, and nothing else."""
    return (f"Return-Path: <>\nFrom: {title} <MAILER-DAEMON@mx.example.com>\nSubject: Undeliverable\nMIME-Version: 1.0\n"
            "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
            "PHA+WW91ciBtZXNzYWdlIGNvdWxkIG5vdCBiZSBkZWxpdmVyZWQgdG86PC9wPjxiPmFAZXhhbXBsZS5uZXQ8L2I+PHA+UmVtb3RlIHNl\n"
            "cnZlciByZXR1cm5lZCAnNTUwIDUuNy4xIHJlbGF5IGRlbmllZCc8L3A+\n").encode()


def japanese(title):
    """Its author's name and its body need a character set that a first worker does not have."""
    name = base64.b64encode("梅".encode("iso2022_jp")).decode()
    return (f"From: =?ISO-2022-JP?B?{name}?= {title} <ann@example.com>\nTo: bob@example.net\nSubject: =?Shift_JIS?B?k/qWew==?=\n"
            "Date: Mon, 05 Jan 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=ISO-2022-JP\n\n"
            "hello\n").encode()


def odd(title):
    """MIME of which GMime is asked what it means."""
    return (f"From: {title} <ann@example.com>\nTo: bob@example.net\nSubject: odd\nDate: Mon, 05 Jan 2026 10:00:00 +0000\n"
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary*0=\"ab\"; boundary*1=\"cd\"\n\n--abcd\n"
            "Content-Type: text/plain; charset*=us-ascii'en'utf-8\n\nhello\n--abcd--\n").encode()


def main():
    box, rng = Batch(), random.Random(23)
    makers = {"msg": outlook, "page": page, "japanese": japanese, "odd": odd, "plain": lambda title: boxlib.mail(title)}
    names, want = [], []
    for i in range(120):
        kind = "plain" if i < 20 or rng.random() < 0.6 else rng.choice(list(makers))
        names.append(box.write(f"m/{i:03}", makers[kind](f"F{i}")))
        want.append((f"F{i}", kind))
    runs = []
    for options in (["-j", "1"], ["-j", "2"], ["-j", "4"], ["--isolate", "-j", "3"]):
        run = box.run("report", "--offline", "--second-opinions", "off", "--format", "json", *options, *names, timeout=600)
        runs.append((run.returncode, run.stdout, run.stderr))
        reports = [json.loads(line) for line in run.stdout.splitlines()]
        box.same([title.split()[-1] for title in boxlib.titles(reports)], [title for title, _ in want], f"each in its place: {options}")
        box.check(runs[-1] == runs[0] and run.returncode == 0 and not run.stderr, "… the same from all", (run.returncode, run.stderr[:300]))
    by_kind = {}
    for report, (_, kind) in zip(reports, want):
        by_kind.setdefault(kind, []).append(report)
    box.same(sorted(by_kind), sorted(makers), "all kinds are there")
    box.same({r["source"]["kind"] for r in by_kind["msg"]}, {"msg"}, "Outlook's are read as such")
    box.same({(r["delivery_status"] or {}).get("status") for r in by_kind["page"]}, {"5.7.1"}, "bounces that are pages are read")
    box.check(all("梅" in r["from"]["addresses"][0]["name"] for r in by_kind["japanese"]), "names in other character sets, too",
              by_kind["japanese"][0]["from"])
    run = box.run("survey", "--offline", "--format", "json", "-j", "3", *names)
    alone = box.run("survey", "--offline", "--format", "json", "-j", "1", *names)
    box.same((run.returncode, run.stdout), (0, alone.stdout), "a survey of them, from 3 workers and from one")
    box.same(json.loads(run.stdout)["messages"], 120, "… counts each")
    box.done()


main()
