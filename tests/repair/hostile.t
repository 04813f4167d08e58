#!/usr/bin/python3
"""A megabyte of whatever makes a careless repair slow: bounded time, as TAP.

Measured: at most 0.5 s each on a machine with other work; the limit is 20 times that.
SPDX-License-Identifier: MIT"""
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "corpus"))
import damage       # noqa: E402

LIMIT = 10
SIZE = 1_000_000
# Repeated up to SIZE, behind a beginning.
TEXTS = (
    ("", "("), ("", "<"), ("", '"'), ("", ":"), ("", "To: "), ("", "Date: "), ("Subject: ", "Date: Mon, 1 "), ("", "X-a:"),
    ("", "\\nFrom: "), ("", "&lt;"), ("", "<br>"), ("", "> "), ("", ">\n"), ("", "a\n"), ("", "\n"), ("", "\r"),
    ("", "From: a@b.example\n"), ("", "From: a@b.example\n\n"), ("DKIM-Signature: v=1; h=", "From:"),
    ("DKIM-Signature: v=1; z=", "|From:a"), ("DKIM-Signature: ", "h=;"), ("DKIM-Signature: bh=3D;d=3D;", "=3D"), ("", "SPF: PASS\n"),
    ("", "From: <a@b "), ("", "Received: from x ("), ("", 'From: "('), ("", "To: xxx@xxx.xxx, "), ("To: ", "*"), ("To: ", "@"),
    ("To: ", "\u25cf"), ("", '"From: a@example.jp '), ("X-", "abcX-"), ("", "aFrom: b"), ("", "```\n"), ("", "From\u00a0: \u00a0"),
    ("", "From\uff1a"), ("", "Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000 "), ("Content-Type: a/b; boundary=", "x"),
    ("Content-Type: a/b; boundary=a ", "x--a"), ("", "1: To: a@b.example\n"), ("Original Message\n", "SPF SPF"), ("", "X-A: " + "b" * 90))


def main():
    probe = damage.Probe()
    print(f"1..{len(TEXTS) + 1}")
    for number, (begin, piece) in enumerate(TEXTS, 1):
        text = begin + piece * (SIZE // len(piece.encode()))
        start = time.monotonic()
        probe.repair(text)
        took = time.monotonic() - start
        print(f"{'ok' if took < LIMIT else 'not ok'} {number} - {begin + piece!r:.50} again and again: {took:.2f} s")
    start = time.monotonic()
    _, needed, _, counts = probe.repair("From: a@example.jp\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\n" + "> From: x\n" * 5_000_000)
    took = time.monotonic() - start
    print(f"{'ok' if took < 20 and not needed else 'not ok'} {len(TEXTS) + 1} - a sound message of 50 MB: {took:.2f} s")
    return probe.close()


if __name__ == "__main__":
    sys.exit(main())
