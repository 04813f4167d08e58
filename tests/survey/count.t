#!/usr/bin/python3
"""A survey against an independent count of the same messages' reports; what text says; domains; what cannot be read.
Prints TAP. SPDX-License-Identifier: MIT"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import surveylib                                            # noqa: E402
from surveylib import Box, Mail, Tap                        # noqa: E402


def reports(box, *paths):
    done = box.run("report", "--format", "json", "--second-opinions", "off", *paths)
    return [json.loads(line) for line in done.stdout.splitlines()]


def independent(box, path, messages):
    want = surveylib.finish(surveylib.count(reports(box, path)))
    survey = box.survey(path)
    got = surveylib.counted(survey)
    for name in ("messages", "unreadable", "unknown", "chart"):
        box.same(got[name], want[name], f"{name} as counted from the reports")
    box.same(sorted(map(str, got["groups"])), sorted(map(str, want["groups"])), "the groups are those of the reports")
    for part in ("count", "first", "last", "example", "advice"):
        box.same({k: g[part] for k, g in got["groups"].items()}, {k: g[part] for k, g in want["groups"].items()},
                 f"their {part}")
    box.check(len(survey["groups"]) > 15 and len(messages) == survey["messages"], "there is something to count",
              len(survey["groups"]))
    box.same((survey["first"], survey["last"]), (min(g["first"] for g in want["groups"].values()),
                                                 max(g["last"] for g in want["groups"].values())), "first and last of all")
    results = {}
    for key, group in want["groups"].items():
        results[key[4]] = results.get(key[4], 0) + group["count"]
    box.same(survey["results"]["dmarc"], results, "verdicts of all")
    counts = [g["count"] for g in survey["groups"]]
    box.same(counts, sorted(counts, reverse=True), "the most frequent first")
    return survey


def contract(box, survey):
    """INTERFACE.md's keys, in its order, ours behind them."""
    box.same(list(survey)[:6], ["format", "messages", "unreadable", "chart", "unknown", "groups"], "keys of the contract")
    box.same(len(survey["chart"]), 16, "16 cells")
    box.same(sum(c["count"] for c in survey["chart"]) + survey["unknown"], survey["messages"], "cells and unknown are all")
    group = [k for k in survey["groups"][0] if not k.endswith("_unicode")]
    box.same(group[:10], ["author_domain", "envelope_domain", "signers", "network", "count", "first", "last", "example",
                          "verdicts", "advice"], "keys of a group")
    box.same(sorted(survey["groups"][0]["verdicts"]), ["dmarc", "gmail-bulk", "microsoft-bulk", "yahoo-bulk"], "verdicts")
    box.same(survey["part"], False, "it is whole")
    known = {g["service"] for g in survey["groups"]}
    box.check({"amazonses", "sendgrid", "google-workspace"} <= known, "services by name", known)
    broken = [g for g in survey["groups"] if g["envelope_domain"] == "lists.example"]
    box.same((broken[0]["signers"], broken[0]["unverified"]), ([], ["brand.example", "lists.example"]),
             "a signature that does not verify is no signer")
    puny = [g for g in survey["groups"] if g["author_domain"] == "xn--bcher-kva.example"]
    box.same(puny[0]["author_domain_unicode"], "b\u00fccher.example", "a name in its own letters")


def domains(box, path, whole):
    below = box.survey("--domain", "Brand.Example.", path)
    names = {g["author_domain"] for g in below["groups"]}
    box.same(names, {"brand.example", "eu.brand.example"}, "--domain: it, and what lies below it")
    want = [g for g in whole["groups"] if g["author_domain"] in names]
    box.same(below["groups"], want, "its groups are the same")
    box.same(below["elsewhere"] + below["messages"], whole["messages"], "the others are counted as left out")
    none = box.survey("--domain", "nobody.example", path)
    box.same((none["messages"], none["groups"], none["elsewhere"]), (0, [], whole["messages"]), "a domain of nobody")
    text = box.run("survey", "--domain", "nobody.example", path).stdout.decode()
    box.check("0 messages" in text and "nobody.example" in text, "said in the text", text)
    done = box.run("survey", "--domain", "no name", path)
    box.same((done.returncode, done.stdout), (2, b""), "no domain name is a usage error")


def several(box, path, whole):
    parts = [box.write(f"part{i}.mbox", surveylib.mbox_bytes(box.messages[i::3])) for i in range(3)]
    together = box.survey(*parts)
    for name in ("messages", "chart", "results", "first", "last"):
        box.same(together[name], whole[name], f"three mailboxes: {name}")
    box.same([[g[k] for k in ("author_domain", "count", "advice")] for g in together["groups"]],
             [[g[k] for k in ("author_domain", "count", "advice")] for g in whole["groups"]], "three mailboxes: groups")
    missing = box.run("survey", "--format", "json", parts[0], box.path("missing.mbox"), parts[1])
    seen = json.loads(missing.stdout)
    box.check(missing.returncode == 2 and b"missing.mbox" in missing.stderr, "a file that is not there: status 2", missing.stderr)
    box.same(seen["messages"], len(box.messages[0::3]) + len(box.messages[1::3]), "the others are counted")


def unreadable(box):
    for name, data in (("a.eml", Mail(**surveylib.senders()[0][1]).bytes()), ("b.eml", b""), ("c.eml", b"no header here\n")):
        box.write("Box/cur/" + name, data)
    for name in ("new", "tmp"):
        os.makedirs(box.path("Box/" + name))
    survey = box.survey(box.path("Box"), status=2)
    want = sum("from" not in r for r in reports(box, box.path("Box")))
    box.same((survey["messages"], survey["unreadable"]), (1, want), "what cannot be read is counted apart")
    box.same([os.path.basename(f["place"]["path"]) for f in survey["unreadable_examples"]], ["b.eml", "c.eml"][:want], "and named")
    text = box.run("survey", box.path("Box")).stdout.decode()
    box.check("NOT READ" in text and "b.eml" in text, "and named in the text", text)


def statuses(box, path):
    box.same(box.run("survey", "--exit-code", path).returncode, 1, "--exit-code: the worst: fail")
    box.same(box.run("survey", path).returncode, 0, "else 0")
    good = box.write("good.mbox", surveylib.mbox_bytes([Mail(**surveylib.senders()[0][1]).bytes()] * 3))
    box.same(box.run("survey", "--exit-code", good).returncode, 0, "--exit-code: all pass")
    box.same(box.run("survey", "--exit-code", "--offline", good).returncode, 4, "--exit-code: unknown")
    for words in (["survey"], ["survey", "--format", "html", good], ["report", "--format", "csv", good],
                  ["report", "--merge", good], ["report", "--domain", "a.example", good],
                  ["survey", "--merge", "--domain", "a.example", good]):
        done = box.run(*words)
        box.same((done.returncode, done.stdout), (2, b""), "usage: " + " ".join(words[:3]))


def offline(box, path, whole):
    survey = box.survey("--offline", path)
    box.check(survey["unknown"] > survey["messages"] * 0.9 and survey["messages"] == whole["messages"],
              "offline: nearly all unknown", survey["unknown"])
    box.check(all(g["verdicts"]["dmarc"] != "pass" for g in survey["groups"]), "and no pass")


def texts(box, path):
    for width in (None, 45, 60, 120):
        text = box.run("survey", path).stdout.decode() if not width else at_width(box, path, width)
        wide = [line for line in text.splitlines() if len(line) > (width or 80)]
        box.check(not wide, f"fits {width or 80} columns", wide[:3])
    text = box.run("survey", path).stdout.decode()
    for words in ("Amazon SES", "Twilio SendGrid", "brand.example", "WHO SENDS AS WHOM", "Whoever uses the service",
                  "TOKEN1._domainkey.brand.example. IN CNAME", "CHART", "Nothing proves who sent these"):
        box.check(words in text, f"the text says: {words}")
    box.check(text.index("1  Amazon SES as brand.example") < text.index("2  Twilio SendGrid as brand.example"),
              "the sender with most failures first")
    ascii_text = box.run("survey", "--ascii", path).stdout.decode()
    box.check(ascii_text.isascii() and "x fail" in ascii_text, "--ascii")
    box.check("\033[" in box.run("survey", "--color", "always", path).stdout.decode(), "--color always")
    box.check("\033[" not in text, "else none")
    japanese = box.run("survey", "--lang", "ja", path).stdout.decode()
    box.check(not [line for line in japanese.splitlines() if columns(line) > 80], "Japanese fits 80 columns, too")


def columns(line):
    import unicodedata
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in line)


def at_width(box, path, width):
    import fcntl
    import pty
    import struct
    import subprocess
    import termios
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    process = subprocess.Popen([surveylib.PROGRAM, "survey", "--color", "never", "--dns", box.zone, path], stdout=side,
                               stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=box.environment())
    os.close(side)
    out = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    process.wait()
    os.close(main)
    return out.decode().replace("\r\n", "\n")


def redacted(box):
    mail = Mail(author="Taro Yamada <taro.yamada@brand.example>", mail_from="0100@amazonses.com", ip="198.51.100.5",
                sign=["amazonses.com"], spf=surveylib.AMAZON, to="hanako@receiver.example")
    path = box.write("person.mbox", surveylib.mbox_bytes([mail.bytes()] * 2))
    for form in ("text", "json", "csv"):
        text = box.run("survey", "--redact", "--format", form, path).stdout.decode()
        box.check("yamada" not in text and "hanako" not in text and "brand.example" in text, f"--redact: {form}", text)


def main():
    tap = Tap()
    box = Box(tap)
    box.messages, zone = surveylib.mailbox()
    box.zone = box.write("zone", zone)
    path = box.write("all.mbox", surveylib.mbox_bytes(box.messages))
    whole = independent(box, path, box.messages)
    contract(box, whole)
    domains(box, path, whole)
    several(box, path, whole)
    unreadable(box)
    statuses(box, path)
    offline(box, path, whole)
    texts(box, path)
    redacted(box)
    tap.end()


main()
