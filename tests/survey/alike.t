#!/usr/bin/python3
"""Names in lists that are made to be taken for others: marked wherever they stand, and no other is. Prints TAP.
SPDX-License-Identifier: MIT"""
import csv
import io
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import surveylib                                            # noqa: E402
from surveylib import Box, Tap                              # noqa: E402

# Domain in From:, how many messages, whom it looks like.
SENDERS = [("brand.example", 5, None),
           ("bra1ncl.example", 1, None),
           ("branc1.example", 2, "brand.example"),
           ("brancl.example", 2, "brand.example"),
           ("mail.paypa1.com", 3, "paypal.com"),
           ("www.amazon.co.jp.login.example", 1, "amazon.com"),
           ("paypal.com", 1, None),
           ("brand-shop.example", 1, None),
           ("xn--bcher-kva.example", 1, None)]


def mailbox(senders):
    messages = [f"From: Someone <a@{domain}>\nTo: b@brand.example\nDate: Thu, 1 Oct 2026 08:00:0{i} +0000\n"
                f"Subject: of {domain}\n\ntext\n".encode() for domain, count, _ in senders for i in range(count)]
    return surveylib.mbox_bytes(messages)


def main():
    tap = Tap()
    box = Box(tap)
    box.zone = box.write("zone", ";! snapshot 1\n;! complete .\n")
    box.write("box", mailbox(SENDERS))
    wanted = {domain: like for domain, _, like in SENDERS}
    marked = {domain: like for domain, like in wanted.items() if like}

    whole = box.survey("box")
    box.same({g["author_domain"]: g["looks_like"] for g in whole["groups"]}, wanted, "JSON: groups[].looks_like")
    table = list(csv.DictReader(io.StringIO(box.run("survey", "--format", "csv", "box").stdout.decode(), newline="")))
    box.same({r["author_domain"]: r["looks_like"] or None for r in table}, wanted, "CSV: looks_like")
    text = box.run("survey", "box").stdout.decode()
    rows = [line.split() for line in text[text.index("WHO SENDS"):text.index("G Y M: ")].splitlines()[2:] if line.strip()]
    box.same(sorted(row[2 if row[1] == "!" else 1][-12:] + row[1][:1] for row in rows),
             sorted(domain[-12:] + ("!" if like else domain[0]) for domain, like in wanted.items()),
             "text: a mark before these, the long one that is cut, too, and before no others")
    flat = " ".join(text.split())
    box.same([domain for domain, like in marked.items() if f"{domain} looks like {like}, and is another domain." in flat],
             list(marked), "text: a line for each of them")
    box.same(text.count("looks like"), len(marked), "text: and for no other")

    # Parts: in the one a name stands alone.
    for name, senders in ("one", SENDERS[:1]), ("two", SENDERS[1:]):
        box.write(name, mailbox(senders))
        box.write(name + ".json", json.dumps(box.survey(name)))
    two = json.load(open(box.path("two.json"), encoding="utf-8"))
    box.same([g["looks_like"] for g in two["groups"] if g["author_domain"] == "brancl.example"], [None], "alone it is like nobody")
    merged = box.survey("--merge", "one.json", "two.json")
    box.same([(g["author_domain"], g["looks_like"]) for g in merged["groups"]],
             [(g["author_domain"], g["looks_like"]) for g in whole["groups"]], "surveys added up: as the whole")

    # The contract has four columns (and there is no analysis).
    lines = [line.split("\t") for line in box.run("survey", "--list", "box").stdout.decode().splitlines()]
    box.same({len(line) for line in lines}, {4}, "--list: four columns, as ever")

    said = box.run("--plain", "box", input=b"\nsurvey\nquit\n").stdout.decode()
    rows = [" ".join(part.split()) for part in said.split("No. ")]
    flat = " ".join(said.split())
    box.same(flat.count("; looks like paypal.com; of mail.paypa1.com"), 3, "line by line: its row says it")
    box.check("brancl.example looks like brand.example, and is another domain." in flat, "line by line: so does its group", rows)
    tap.end()


main()
