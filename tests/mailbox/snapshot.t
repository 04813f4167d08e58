#!/usr/bin/python3
"""`snapshot` over a mailbox asks for all of its messages, each question once, and its file gives the same verdicts.
Prints TAP. SPDX-License-Identifier: MIT"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "dns")]
import boxlib                                   # noqa: E402
from boxlib import mail, mbox                   # noqa: E402
from loopback import Server, kind_of, reply     # noqa: E402

DOMAINS = [f"shop{i}.example.com" for i in range(4)]


def zone(query, over):
    name = query.question[0].name.to_text(omit_final_dot=True).lower()
    if kind_of(query) == "TXT" and name.startswith("_dmarc.shop"):
        return [reply(query, records=[("TXT", f'"v=DMARC1; p=reject; n={name}"')])]
    if kind_of(query) == "TXT" and name in DOMAINS:
        return [reply(query, records=[("TXT", '"v=spf1 ip4:192.0.2.1 -all"')])]
    return [reply(query, "NXDOMAIN")]


def message(domain):
    return (f"Return-Path: <a@{domain}>\nReceived: from x.example.org ([192.0.2.1]) by mx.example.net; Mon, 5 Jan 2026 10:00:00 +0000\n"
            .encode() + mail(domain).replace(b"ann@example.com", f"ann@{domain}".encode()))


def main():
    box = boxlib.Box()
    path = box.write("box", mbox(*(message(d) for d in DOMAINS), b"", *(message(d) for d in DOMAINS)))
    with Server(zone) as server:
        done = box.run("snapshot", "--dns-server", server.address, path)
        live = box.run("report", "--format", "json", "--dns-server", server.address, path)
        asked = [str(seen) for seen in server.seen]
    text = done.stdout.decode()
    box.check(done.returncode == 2 and b"message 5: the message is empty" in done.stderr, "an unreadable message is told", done.stderr)
    box.check(all(text.count(f"_dmarc.{d}. ") == 1 for d in DOMAINS), "every message's answers stand in it, once", text)
    box.write("all.dns", done.stdout)
    _, stored, _ = box.report(path, dns=box.path("all.dns"))
    results = [r["dmarc"]["rfc9989"]["result"] if "dmarc" in r else None for r in stored]
    box.same(results, ["pass"] * 4 + [None] + ["pass"] * 4, "the file gives the verdicts again")
    box.check(live.returncode == 2 and live.stdout.count(b'"result":"pass"') > 8, "as live DNS gave them", live.stderr)
    with Server(zone) as server:
        done = box.run("snapshot", "--index", "2", "--dns-server", server.address, path)
    text = done.stdout.decode()
    box.check(done.returncode == 0 and "_dmarc.shop1." in text and "_dmarc.shop2." not in text, "snapshot --index", text)
    box.check(len(asked) > 0, "the server was asked")
    folder = [box.write(f"mail/{d}.eml", message(d)) for d in DOMAINS]
    with Server(zone) as server:
        done = box.run("snapshot", "--dns-server", server.address, os.path.dirname(folder[0]))
    box.check(done.returncode == 0 and all(f"_dmarc.{d}. " in done.stdout.decode() for d in DOMAINS), "snapshot of a folder", done.stderr)
    with Server(zone) as server:
        done = box.run("snapshot", "--dns-server", server.address, path, "--index", "10")
    box.check(done.returncode == 2 and b"there is no message 10: it holds 9" in done.stderr and not done.stdout, "no such message", done.stderr)
    box.done()


main()
