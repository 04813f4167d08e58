#!/usr/bin/python3
"""What follows from the receiving host's own results (dmarc.*.claimed) equals its own DMARC word, in every receiver's manner;
a copy in its name below the border changes nothing and is called suspicious.

SPDX-License-Identifier: MIT"""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import receivers

FROMSCOPE = os.environ.get("FROMSCOPE", "build/fromscope")
COUNT = int(os.environ.get("COUNT", "150"))
SEED = int(os.environ.get("SEED", "4"))
done = 0


def ok(good, what, *notes):
    global done
    done += 1
    print(f"{'ok' if good else 'not ok'} {done} - {what}")
    for note in notes:
        for line in str(note).splitlines():
            print(f"# {line}")


def reports(headers, folder, *options):
    paths = []
    for index, lines in enumerate(headers):
        paths.append(os.path.join(folder, f"{index}.eml"))
        with open(paths[-1], "wb") as file:
            file.write(("\n".join(lines) + "\n\nx\n").encode("utf-8", "surrogateescape"))
    run = subprocess.run([FROMSCOPE, "report", "--offline", "--no-beside", "--format", "json", "--second-opinions", "off", *options, *paths],
                         stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def claimed(report):
    return [report["dmarc"][rfc]["claimed"] for rfc in ("rfc9989", "rfc7489")]


def suspicious(report):
    return [h["line"] for h in report["reported"] if h["suspicious"]]


def text(lines, report):
    facts = [(i["mechanism"], i["domain"], i["reported"], i["aligned"]) for i in report["dmarc"]["rfc7489"]["identifiers"]]
    return "\n".join(lines) + f"\n=> {claimed(report)} {facts} suspicious {suspicious(report)}"


def equal_verdict(kind, cases, headers, seen):
    off = [text(h, r) for c, h, r in zip(cases, headers, seen) if claimed(r) != [c.verdict] * 2]
    ok(not off, f"{kind}: the claim is the receiver's word in {len(cases) - len(off)} of {len(cases)}", *off[:2])
    alarms = [text(h, r) for h, r in zip(headers, seen) if suspicious(r)]
    ok(not alarms, f"{kind}: nothing genuine is suspicious", *alarms[:2])
    bold = [text(h, r) for h, r in zip(headers, seen) if r["dmarc"]["rfc9989"]["result"] in ("pass", "fail")]
    ok(not bold, f"{kind}: nobody is trusted, so no verdict follows", *bold[:2])


def below_the_border(kind, lines, stamp):
    """Under everything that servers wrote, as a sender would have it."""
    at = max(i for i, line in enumerate(lines) if line.startswith("Received:")) + 1
    if kind == "proton":            # which puts its own there, and removes what came in its name
        return None
    return lines[:at] + [stamp] + lines[at:]


def unmoved_by_forgery(kind, cases, headers, seen, folder):
    changed = [below_the_border(kind, h, receivers.forged(kind, c)) for c, h in zip(cases, headers)]
    if None in changed:
        return
    missed = []
    for lines, before, after in zip(changed, seen, reports(changed, folder)):
        if claimed(before) != claimed(after) or len(suspicious(after)) != 1:
            missed.append(text(lines, after))
    ok(not missed, f"{kind}: a forged stamp below the border is suspicious and changes nothing", *missed[:2])


MX = "Authentication-Results: mx.example; "
# What is reported, in single cases: RFC 9989's claim and RFC 7489's.
BY_HAND = [
    ("the same name needs no record's mode", [MX + "spf=pass smtp.mailfrom=example.com; dmarc=pass"], "pass", "pass"),
    ("a subdomain: the list knows, the walk goes by the host", [MX + "spf=pass smtp.mailfrom=b.example.com; dmarc=pass"], "pass", "pass"),
    ("a subdomain without the host's word on DMARC", [MX + "spf=pass smtp.mailfrom=b.example.com"], "unknown", "unknown"),
    ("a word on another author settles nothing", [MX + "spf=pass smtp.mailfrom=b.example.com; dmarc=pass header.from=other.example"], "unknown", "pass"),
    ("nor one on an author who was blacked out", [MX + "spf=pass smtp.mailfrom=b.example.com; dmarc=pass header.from=[redacted]"], "unknown", "pass"),
    ("strict, by the host's word", [MX + "spf=pass smtp.mailfrom=b.example.com; dmarc=fail"], "fail", "pass"),
    ("the host's pass alone proves no name", [MX + "spf=pass smtp.mailfrom=x.net; dkim=pass header.d=y.org; dmarc=pass"], "fail", "fail"),
    ("nor does it fail where no check is told of", [MX + "dmarc=pass header.from=example.com"], "unknown", "unknown"),
    ("nor where there was no signature", [MX + "dkim=none; dmarc=pass"], "unknown", "unknown"),
    ("its fail is one, whatever it rests on", [MX + "dmarc=fail header.from=example.com"], "fail", "fail"),
    ("no record: nothing follows", [MX + "spf=pass smtp.mailfrom=example.com; dmarc=bestguesspass"], "unknown", "unknown"),
    ("permerror: nothing follows", [MX + "spf=pass smtp.mailfrom=example.com; dmarc=permerror"], "unknown", "unknown"),
    ("HELO's name is not MAIL FROM's", ["Return-Path: <a@x.net>", MX + "spf=pass smtp.helo=example.com; dmarc=fail"], "fail", "fail"),
    ("but stands in for an empty one", ["Return-Path: <>", MX + "spf=pass smtp.helo=example.com; dmarc=pass"], "pass", "pass"),
    ("MAIL FROM's result counts, not HELO's", [MX + "spf=fail smtp.mailfrom=example.com; spf=pass smtp.helo=example.com; dmarc=fail"], "fail", "fail"),
    ("i= below d=, and the signature at hand says which", [MX + "dkim=pass header.i=@b.c.example.com; dmarc=pass",
     "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; i=@b.c.example.com; s=s; h=from; bh=AAAA; b=AAAA"], "pass", "pass"),
    ("several hosts: the topmost speaks", [MX + "spf=fail smtp.mailfrom=example.com; dmarc=fail",
     "Authentication-Results: other.example; dkim=pass header.d=example.com; dmarc=pass"], "fail", "fail"),
    ("a sealer's copy is not the host's word", ["ARC-" + MX + "i=1; dkim=pass header.d=example.com; dmarc=pass", MX + "dkim=none; dmarc=fail"], "fail", "fail"),
    ("what was set aside is not, either", ["Authentication-Results-Original: mx.example; dkim=pass header.d=example.com; dmarc=pass", MX + "dkim=none; dmarc=fail"],
     "fail", "fail"),
    ("Received-SPF alone", ["Received-SPF: Pass (x: domain of example.com designates 192.0.2.1 as permitted sender)"], "unknown", "unknown"),
    ("Received-SPF where the results leave SPF out", ["Received-SPF: Pass client-ip=192.0.2.1; envelope-from=a@example.com", MX + "dkim=none; dmarc=pass"], "pass", "pass"),
]
AUTHORS = ["From: a@example.com", "From: =?utf-8?q?Bank?=_<a@example.com>", "From: \"a\" <a@example.com", "From: <a@example.com.>", "From: ,_<a@example.com>",
           "From: J\udcf6rg <a@example.com>", "From: =?x-unknown?q?=E9?= <a@example.com>", "From:\n a@EXAMPLE.COM (A)"]


def by_hand(folder):
    headers = [lines + [author] for author in AUTHORS for _, lines, _, _ in BY_HAND]
    seen = iter(reports(headers, folder))
    for author in AUTHORS:
        wrong = [f"{what}: {text(lines + [author], report)}" for (what, lines, *want), report in zip(BY_HAND, seen) if claimed(report) != want]
        ok(not wrong, f"{len(BY_HAND)} cases by hand with {author!a}", *wrong)


# With --trust mx.example: who is believed, and who is not.
TRUSTED = [
    ("the host itself", [MX + "dkim=pass header.d=example.com; dmarc=pass header.from=example.com"], "pass"),
    ("a sealer's copy of it", ["ARC-Authentication-Results: i=1; mx.example; dkim=pass header.d=example.com; dmarc=pass",
     "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=AAAA"], "unknown"),
    ("what somebody set aside", ["X-Original-" + MX + "dkim=pass header.d=example.com; dmarc=pass"], "unknown"),
    ("a name in encoded words", ["Authentication-Results: =?utf-8?q?mx.example=3B?= dkim=pass header.d=example.com; dmarc=pass"], "unknown"),
    ("below a stranger's field", ["Received: from a.example ([192.0.2.1]) by mx.example.org; x", "Received: from b.example by a.example; x",
     MX + "dkim=pass header.d=example.com; dmarc=pass"], "unknown"),
    ("HELO's pass", ["Return-Path: <a@x.net>", MX + "spf=pass smtp.helo=example.com; dmarc=fail"], "fail"),
]


def by_signature(folder):
    """A result that names i= alone speaks of the signature with that i=, whose d= counts."""
    lines = [MX + "dkim=pass header.i=@b.c.example.com; dmarc=pass", "From: a@example.com",
             "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; i=@b.c.example.com; s=s; h=from; bh=AAAA; b=AAAA"]
    found = reports([lines], folder)[0]["dmarc"]["rfc9989"]["identifiers"]
    said = [(i["domain"], i["reported"]) for i in found if i["mechanism"] == "dkim"]
    ok(said == [("example.com", "pass")], "i= leads to its signature", said)


def by_itself(folder):
    """A host that says pass for names that cannot have passed is not quoted as saying fail."""
    path = os.path.join(folder, "itself.eml")
    for said, want in (("pass", "mx.example said DMARC pass, but by the names"), ("fail", "If mx.example is right: fail.")):
        with open(path, "w", encoding="ascii") as file:
            file.write(f"{MX}spf=pass smtp.mailfrom=x.net; dkim=pass header.d=y.org; dmarc={said}\nFrom: a@example.com\n\nx\n")
        told = subprocess.run([FROMSCOPE, "report", "--offline", "--no-beside", "--second-opinions", "off", path], stdout=subprocess.PIPE,
                              check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout.decode()
        ok(want in " ".join(told.split()), f"names of others, and dmarc={said}", told[:600])


def by_crowd(folder):
    """Eleven authors, ten of them looked at: that those passed is no pass, and nobody may hide as the last."""
    names = [f"d{i}.example" for i in range(10)]
    lines = [MX + "; ".join(f"dkim=pass header.d={name}" for name in names) + "; dmarc=pass"]
    for authors, want in ((names, "pass"), (names + ["bank.example"], "unknown")):
        report = reports([lines + ["From: " + ", ".join("a@" + name for name in authors)]], folder, "--trust", "mx.example")[0]
        got = [report["dmarc"]["rfc9989"][key] for key in ("result", "claimed")]
        ok(got == [want] * 2, f"{len(authors)} author domains, ten of which passed: {want}", got)


def by_trust(folder):
    headers = [lines + ["From: a@example.com"] for _, lines, _ in TRUSTED]
    for (what, _, want), report in zip(TRUSTED, reports(headers, folder, "--trust", "mx.example")):
        got = report["dmarc"]["rfc7489"]["result"]
        proved = any(i["authenticated"] for i in report["dmarc"]["rfc7489"]["identifiers"])
        good = got == want and proved == (want == "pass")
        ok(good, f"--trust: {what}: {want}", *([] if good else [got, proved, json.dumps(report["reported"])]))


def main():
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        for kind in receivers.ALL:
            cases = [receivers.Case(rng) for _ in range(COUNT)]
            headers = [receivers.header(rng, kind, case) for case in cases]
            seen = reports(headers, folder)
            equal_verdict(kind, cases, headers, seen)
            unmoved_by_forgery(kind, cases, headers, seen, folder)
        by_hand(folder)
        by_trust(folder)
        by_signature(folder)
        by_itself(folder)
        by_crowd(folder)
    print(f"1..{done}")


main()
