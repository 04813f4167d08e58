#!/usr/bin/python3
"""The word of a host that is trusted (--trust): in its own field, of this author, and of nobody's name that was made to look like more.

Nothing else is known here: no DNS, no signature. So a pass is the trusted host's, or it is wrong. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys
import tempfile

FROMSCOPE = os.environ.get("FROMSCOPE", "build/fromscope")
BORDER = "Received: from mail.example.net (mail.example.net [192.0.2.66])\r\n by mx.example.org (Postfix) with ESMTPS id 1; " \
         "Mon, 23 Nov 2026 01:00:00 +0000\r\n"
BELOW = "Received: from pc (pc.example.net [192.0.2.67])\r\n by mail.example.net with ESMTP id 0; Mon, 23 Nov 2026 00:59:59 +0000\r\n"
REST = "From: Ann <ann@bank.example>\r\nTo: bob@example.org\r\nSubject: x\r\n\r\nHello\r\n"
ALL = "spf=pass smtp.mailfrom=ann@bank.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example"
FIELD = "Authentication-Results: mx.example.org; "
# What mx.example.org itself may have written.
ITS_OWN = [
    FIELD + ALL, "authentication-results:MX.Example.ORG;" + ALL, "Authentication-Results : mx.example.org; " + ALL,
    "Authentication-Results: mx.example.org 1; " + ALL, "Authentication-Results: (x) mx.example.org (y)\r\n (z)\r\n 1; " + ALL,
    "Authentication-Results:\r\n \"mx.example.org\"; " + ALL, FIELD + "dmarc=pass (p=reject) header.from=bank.example", FIELD + "dmarc=pass",
    FIELD + "dmarc=PASS header.from=Bank.Example", FIELD + "dmarc = pass header . from = bank.example",
]
# Another field, another host, a version that nobody knows.
NOT_ITS_OWN = [name + ": mx.example.org; " + ALL for name in (
    "X-Authentication-Results", "XAuthentication-Results", "Authentication-Results-X", "Authentication-Results-Original",
    "X-Original-Authentication-Results", "Old-Authentication-Results", "Resent-Authentication-Results", "Trusted-Authentication-Results",
    "X-MS-Exchange-Authentication-Results", "ARC-Authentication-Results")] + [
    "ARC-Authentication-Results: i=1; mx.example.org; " + ALL, "Authentication-Results: i=1; mx.example.org; " + ALL] + [
    "Authentication-Results: " + name + "; " + ALL for name in (
        "mx.example.org 2", "mx.example.org 99", "mx.example.org/1", "mx.example.org.", "xmx.example.org", "mx-example.org", "example.org",
        "mx.example.org.example.net", "mx.example.org@example.net", "mx.example.org,example.net", "mx.example.org:1", "'mx.example.org'",
        "<mx.example.org>", "[mx.example.org]", "(mx.example.org)", "mx. example.org", "=?utf-8?q?mx.example.org?=", "mx.ex\u0430mple.org",
        "mx.example\u3002org", "mx.example.org\0", "")]
# Its own field, but of somebody else, or with a name in it that was made to be cut short.
OF_OTHERS = [FIELD + text for text in (
    "dmarc=pass header.from=example.net", "dmarc=pass header.from=bank.example.example.net", "dmarc=pass header.from=x.bank.example",
    "spf=pass smtp.mailfrom=a@example.net; dmarc=pass header.from=example.net", "dmarc=pass header.from=bank.example(.example.net",
    "dkim=pass header.d=bank.example(.example.net; dmarc=pass", "spf=pass smtp.mailfrom=a@bank.example(.example.net; dmarc=pass",
    "spf=pass smtp.mailfrom=\"a@bank.example; dmarc=pass", "dkim=fail (x; dmarc=pass", "dkim=fail (dmarc=pass)",
    "dkim=fail reason=\"x; dmarc=pass\"", "dkim=fail reason=\"x\\\"; dmarc=pass\"", "dmarc=bestguesspass", "dmarc=passed", "dmarc=pass.",
    "dmarc/2=pass header.from=bank.example", "x-dmarc=pass header.from=bank.example", "dmarc=none; dmarc=pass", "arc=pass", "none")]


# Where the policy is known, and whom SPF allows is not: then the trusted host's word for SPF decides.
POLICY = ";! snapshot 1\n_dmarc.bank.example. 300 IN TXT \"v=DMARC1; p=reject\"\n"
SPF = "Received-SPF: pass (mx.example.org: x) receiver=mx.example.org; client-ip=192.0.2.66; envelope-from=ann@bank.example\r\n"
SPF_CASES = ((SPF + BORDER + BELOW, "pass"), (BORDER + SPF + BELOW, None), (BORDER + SPF, None), (BORDER + BELOW + SPF, None),
             (SPF.replace("mx.", "") + BORDER + BELOW, None))


def spf_alone(folder, number):
    zone, path = os.path.join(folder, "zone"), os.path.join(folder, "spf.eml")
    with open(zone, "w", encoding="ascii") as out:
        out.write(POLICY)
    for head, want in SPF_CASES:
        number += 1
        with open(path, "w", encoding="ascii") as out:
            out.write("Return-Path: <ann@bank.example>\r\n" + head + REST)
        done = subprocess.run([FROMSCOPE, "report", "--dns", zone, "--trust", "mx.example.org", "--second-opinions", "off", "--format",
                               "json", path], stdout=subprocess.PIPE, check=True)
        got = json.loads(done.stdout)["dmarc"]["rfc9989"]["result"]
        print(f"{'ok' if (got == 'pass') == (want == 'pass') else 'not ok'} {number} - Received-SPF: {head[:60]!a}: {got}")
    return number


def reports(heads, folder, *trusted):
    paths = []
    for index, head in enumerate(heads):
        paths.append(os.path.join(folder, f"{index:03}.eml"))
        with open(paths[-1], "wb") as out:
            out.write((head + REST).encode())
    done = subprocess.run([FROMSCOPE, "report", "--offline", "--no-beside", "--second-opinions", "off", "--format", "json",
                           *[word for host in trusted or ("mx.example.org",) for word in ("--trust", host)], *paths], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def unfounded(folder, number):
    """A pass for a signature that nobody finds here is believed where its host is, but not without a word."""
    signature = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=bank.example; s=a; h=from; bh=AAAA; b=AAAA\r\n"
    word = FIELD + "dkim=pass header.d=bank.example\r\n"
    heads = [("no signature", BORDER + word, True), ("a signature", BORDER + word + signature, False),
             ("no pass", BORDER + word.replace("pass", "none"), False), ("another host's word", BORDER + word.replace("mx.", "x."), False)]
    for (name, _, want), report in zip(heads, reports([head[1] for head in heads], folder)):
        number += 1
        got = [f["id"] for f in report["findings"]].count("reported-unfounded")
        print(f"{'ok' if got == want else 'not ok'} {number} - a pass for what is not here, {name}: {got}")
    return number


def unheard(folder, number):
    """A host that said nothing is told where others did: its name may be mistyped. A final dot makes no other host."""
    word = BORDER + FIELD + ALL + "\r\n"
    cases = [(("mx.example.org",), word, "pass", 0), (("MX.Example.org.",), word, "pass", 0), (("mx.example.net", "mx.example.org."), word, "pass", 0),
             (("mx.example.net",), word, "", 1), (("*",), word, "", 1), (("*.example.org",), word, "", 1), (("mx.example.org..",), word, "", 1),
             ((".",), word, "", 1), (("mx.example.or",), word, "", 1), (("https://mx.example.org/",), word, "", 1),
             (("mx.example.org",), BORDER, "", 0), (("mx.example.org",), BORDER + "ARC-" + FIELD.replace(": ", ": i=1; ") + ALL + "\r\n", "", 1)]
    for hosts, head, want, told in cases:
        number += 1
        report = reports([head], folder, *hosts)[0]
        got = report["dmarc"]["rfc9989"]["result"], [f["id"] for f in report["findings"]].count("trust-unheard")
        print(f"{'ok' if (got[0] == 'pass') == bool(want) and got[1] == told else 'not ok'} {number} - --trust {' '.join(hosts)}: {got}")
    return number


def main():
    cases = [("its own", field, BORDER + field + "\r\n" + BELOW, "pass") for field in ITS_OWN]
    cases += [("its own, above", field, field + "\r\n" + BORDER + BELOW, "pass") for field in ITS_OWN]
    for field in NOT_ITS_OWN + OF_OTHERS:
        cases.append(("above", field, field + "\r\n" + BORDER + BELOW, None))
        cases.append(("below", field, BORDER + field + "\r\n" + BELOW, None))
    cases += [("outside", field, BORDER + BELOW + field + "\r\n", None) for field in ITS_OWN]
    with tempfile.TemporaryDirectory() as folder:
        for number, ((place, field, _, want), report) in enumerate(zip(cases, reports([c[2] for c in cases], folder)), 1):
            got = [report["dmarc"][rfc]["result"] for rfc in ("rfc9989", "rfc7489")]
            good = got == [want] * 2 if want else "pass" not in got
            print(f"{'' if good else 'not '}ok {number} - {place}: {field!a}")
            if not good:
                print(f"#   got {got}")
        print(f"1..{unheard(folder, unfounded(folder, spf_alone(folder, len(cases))))}")


sys.exit(main())
