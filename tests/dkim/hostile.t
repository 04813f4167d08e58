#!/usr/bin/python3
"""Messages made to break a verifier: each ends soon, with the right verdict. Prints TAP.

The time limits are some twenty times what a slow machine needs; what is quadratic misses them by far.
SPDX-License-Identifier: MIT"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: Plans"
BODY = b"Hello.\r\n"
SEEN = {}


def mail(head=HEAD, body=BODY, signed_body=None, extra=b"", **tags):
    key = tags.pop("key", KEY)
    field = signer.sign(key, head, body if signed_body is None else signed_body, **tags)
    return field + extra + head + b"\r\n\r\n" + body


def cases():
    """name, message, results of all signatures, seconds"""
    yield "NUL and 8-bit body", mail(body=b"a\0b\xff\xfe\r\n\0\r\n"), ["ok"], 20
    yield "NUL body, simple", mail(body=b"\0\r\n\0\0", canon="simple/simple"), ["ok"], 20
    yield "NUL changed", mail(body=b"a\0b\r\n", signed_body=b"a\0c\r\n"), ["body-hash"], 20
    odd = HEAD + b"\r\nX-Odd: a\0b\xff caf\xc3\xa9 \x01"
    for canon in ("relaxed/relaxed", "simple/simple"):
        yield f"NUL and 8-bit field, {canon}", mail(odd, names="from:x-odd", canon=canon), ["ok"], 20
    changed = mail(odd, names="from:x-odd")
    yield "behind a NUL in a field", changed.replace(b"b\xff caf", b"c\xff caf"), ["signature"], 20
    yield "a name with a NUL is another name", \
        signer.sign(KEY, HEAD, BODY) + HEAD + b"\r\nSubject\0x: y\r\n\r\n" + BODY, ["ok"], 20
    long = HEAD + b"\r\nX-Long: " + b"word  word\r\n\t" * 870000 + b"end"
    yield "a field of 10 MB, relaxed", mail(long, names="from:x-long"), ["ok"], 60
    yield "a field of 10 MB, changed", mail(long, names="from:x-long").replace(b"\tend", b"\tEnd"), ["signature"], 60
    blanks = HEAD + b"\r\nX-Long: a" + b" \t" * 2500000 + b"b"
    yield "blanks of 5 MB", mail(blanks, names="from:x-long"), ["ok"], 60
    many = b"".join(b"X-%d: y\r\n" % i for i in range(200000))
    yield "200,000 fields", mail(extra=many), ["ok"], 60
    same = b"X: y\r\n" * 200000
    yield "200,000 fields of one name, all signed", mail(same + HEAD, names="from:" + ":".join(["x"] * 10000)), \
        ["ok"], 60
    names = "from:" + ":".join(f"x-{i}" for i in range(10000))
    yield "h= with 10,000 names, none there", mail(names=names), ["ok"], 20
    yield "h= with 10,000 times From", mail(names=":".join(["from"] * 10000)), ["ok"], 20
    both = mail(extra=many, names=names.replace("x-", "y-"))
    yield "10,000 names and 200,000 fields", both, ["ok"], 60
    one = signer.sign(KEY, HEAD, BODY, names=names.replace("x-", "y-"))
    yield "100 such signatures over such a header", one * 100 + many + HEAD + b"\r\n\r\n" + BODY, ["ok"] * 100, 120
    broken = HEAD.replace(b"Ann <", b"Anne <")
    yield "100 such signatures that fail", one * 100 + many + broken + b"\r\n\r\n" + BODY, \
        ["signature"] * 100, 120
    big = b"x" * 78 + b"\r\n"
    large = big * 260000
    plain = signer.sign(KEY, HEAD, large)
    yield "100 signatures, 20 MB", plain * 100 + HEAD + b"\r\n\r\n" + large, ["ok"] * 100, 60
    yield "100 that fail, 20 MB", plain * 100 + HEAD + b"\r\n\r\ny" + large, ["body-hash"] * 100, 60
    cut = b"".join(signer.sign(KEY, HEAD, large[:80000], l=str(80 * i)) for i in range(1, 101))
    yield "100 signatures, each with its own l=", cut + HEAD + b"\r\n\r\n" + large, ["ok-unsigned-tail"] * 100, 60
    yield "101 signatures", signer.sign(KEY, HEAD, BODY) * 101 + HEAD + b"\r\n\r\n" + BODY, ["ok"] * 100, 60
    lines = b"\r\n" * 3000000
    yield "3,000,000 empty lines at the end", mail(body=BODY + lines, signed_body=BODY), ["ok"], 60
    yield "the same, then text", mail(body=BODY + lines + b"x", signed_body=BODY), ["body-hash"], 60
    marks = b"____\r\n" * 500000
    yield "500,000 footers", mail(body=BODY + marks, signed_body=b"z"), ["body-hash"], 60
    froms = b">From x\r\n" * 500000
    yield "500,000 >From", mail(body=BODY + froms, signed_body=b"z"), ["body-hash"], 60
    yield "a line of 10 MB of >", mail(body=b">" * 10000000, signed_body=b"z"), ["body-hash"], 60
    yield "10 MB of CR", mail(body=b"\r" * 10000000, signed_body=b"z"), ["body-hash"], 60
    yield "10 MB of blanks", mail(body=b" \t" * 5000000, canon="simple/relaxed", signed_body=b""), ["ok"], 60
    tags = "; ".join(f"x{i}=y" for i in range(20000))
    yield "20,000 tags", mail(q="dns/txt; " + tags), ["ok"], 60
    yield "a b= of 1 MB", mail().replace(b" b=", b" b=" + b"AAAA" * 250000), ["signature"], 60
    tagged = mail(HEAD.replace(b"Plans", b"[" * 10000))
    yield "10,000 brackets in Subject", tagged.replace(b"bob", b"rob"), ["signature"], 60
    copies = "|".join(["Subject:x=20y"] * 5000)
    yield "z= with 5,000 copies", mail(z=copies).replace(b"Plans", b"Plots"), ["signature"], 60


def main():
    bench = signer.Bench(signer.zone({"good": "v=DKIM1; p=" + PUBLIC, "ed": signer.ED_RECORD}))
    slowest = (0, "")
    for name, message, want, limit in cases():
        start = time.monotonic()
        report = bench.report(message, "--at", "2026-11-22T00:00:00Z", timeout=300)
        spent = time.monotonic() - start
        got = [s["reason"] for s in report["dkim"]]
        fits = got == want
        slowest = max(slowest, (spent, name))
        bench.check(fits and spent < limit, name, (f"{spent:.1f} s", got[:3]))
        if "101" in name:
            bench.check(bool(signer.findings(report, "dkim-too-many")), "more than 100 are a finding")
    print(f"# slowest: {slowest[1]}, {slowest[0]:.2f} s")
    bench.done()


main()
