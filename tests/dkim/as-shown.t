#!/usr/bin/python3
"""A header as a mail program shows it: decoded, dated in the reader's words, broken at the edge of a terminal. A signature that does
not fit it is no proof of a change; one that fits is, still, and a message that has its body is never taken for such a text.

Prints TAP. SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
ENCODED, DECODED = b"=?UTF-8?Q?Das_Caf=C3=A9_=C3=B6ffnet?=", "Das Café öffnet".encode()
DATE, SHOWN = b"Sun, 22 Nov 2026 05:00:00 +0100", "22. November 2026 um 05:00:00 MEZ".encode()
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: " + ENCODED + b"\r\nDate: " + DATE + b"\r\nMessage-ID: <1@example.com>"
PLAIN = HEAD.replace(ENCODED, b"Das Cafe")
BODY = b"Hello.\r\n"
TRACE = b"Return-Path: <ann@example.com>\r\nReceived: from out.example.com ([192.0.2.1]) by mx.example.org; Sun, 22 Nov 2026 04:00:00 +0000\r\n"
ZONE = {"good": "v=DKIM1; p=" + PUBLIC, "_dmarc.example.com": "v=DMARC1; p=reject", "example.com": "v=spf1 -all"}


def wrapped(text, width=60):
    """As a terminal's text is copied: nothing marks a line that goes on."""
    return b"\r\n".join(line[at:at + width] for line in text.split(b"\r\n") for at in range(0, max(len(line), 1), width))


def main():
    bench = signer.Bench(signer.zone(ZONE))
    names = "from:to:subject:date"
    head = TRACE + signer.sign(KEY, HEAD, BODY, names=names) + HEAD
    plain = TRACE + signer.sign(KEY, PLAIN, BODY, names=names) + PLAIN
    none, copied, changed = ("unknown", "body-unavailable", "ok"), ("unknown", "text-repaired", "unknown"), ("fail", "signature", "mismatch")
    for name, text, want, verdict in (
            ("the header as it came", head + b"\r\n", none, "unknown"),
            ("the same, its lines unfolded", head.replace(b"\r\n ", b" ") + b"\r\n", none, "unknown"),
            ("a decoded Subject", head.replace(ENCODED, DECODED) + b"\r\n", copied, "unknown"),
            ("a date in the reader's words", plain.replace(DATE, SHOWN) + b"\r\n", copied, "unknown"),
            ("lines broken at the edge of a terminal", wrapped(plain) + b"\r\n", copied, "unknown"),
            ("a Subject that somebody changed", plain.replace(b"Das Cafe", b"The bill") + b"\r\n", changed, "fail"),
            ("a whole message with raw characters in its Subject", head.replace(ENCODED, DECODED) + b"\r\n\r\n" + BODY, changed, "fail"),
            ("a whole message with such a date", plain.replace(DATE, SHOWN) + b"\r\n\r\n" + BODY, changed, "fail")):
        report = bench.report(text)
        found = report["dkim"][0]
        got = (found["result"], found["reason"], found["header_hash"])
        bench.check(got == want, f"{name}: {want[0]}, {want[1]}", got)
        bench.check(report["dmarc"]["rfc9989"]["result"] == verdict, f"{name}: DMARC {verdict}", report["dmarc"]["rfc9989"])
    decoded = signer.sign(KEY, HEAD.replace(ENCODED, DECODED), BODY, names=names) + HEAD.replace(ENCODED, DECODED)
    report = bench.report(TRACE + decoded + b"\r\n")
    bench.check(report["dkim"][0]["header_hash"] == "ok", "raw characters that were signed so fit", report["dkim"][0])
    bench.done()


main()
