#!/usr/bin/python3
"""Old mail whose key is gone: told apart from forgery, and only a trusted host's word turns it. Prints TAP.
SPDX-License-Identifier: MIT"""
import email.utils
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
DAY = 86400
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: Plans"
BODY = b"Hello.\r\n"
ZONE = signer.zone({"good": "v=DKIM1; p=" + PUBLIC, "revoked": "v=DKIM1; p=", "junk": "v=DKIM1; p=!",
                    "_dmarc.example.com": "v=DMARC1; p=reject"},
                   [";! servfail down._domainkey.example.com."])
GOOD = " dkim=pass header.d=example.com header.s=gone"


def message(days, reports=(), selector="gone", extra=b"", host="mx.example.net"):
    """Received `days` ago; `reports` are Authentication-Results of the receiving host; None: no Received field."""
    head = "".join(f"Authentication-Results: {text}\r\n" for text in reports)
    if days is not None:
        date = email.utils.formatdate(time.time() - days * DAY)
        head += (f"Received: from out.example.com (out.example.com [192.0.2.1]) by {host} with ESMTP"
                 f" id 1; {date}\r\n")
    return head.encode() + extra + signer.sign(KEY, HEAD, BODY, s=selector) + HEAD + b"\r\n\r\n" + BODY


def main():
    bench = signer.Bench(ZONE)
    trust = ("--trust", "mx.example.net")
    envelope = ("--mail-from", "b@example.org", "--ip", "192.0.2.1")
    mx = "mx.example.net;"
    second = signer.sign(KEY, HEAD, BODY, s="gone2")

    def expect(name, mail, want, *options):
        """want: (DKIM reason, DMARC result, finding or None)"""
        report = bench.report(mail, *envelope, *options)
        told = [f["id"] for f in report["findings"] if f["id"].startswith("dkim-key-gone")]
        got = (report["dkim"][0]["reason"], report["dmarc"]["rfc9989"]["result"],
               told[0] if told else None)
        bench.check(got == want and report["dkim"][0]["result"] != "pass", name, got)
        return report

    gone, vouched = "dkim-key-gone", "dkim-key-gone-vouched"
    old = message(700, [mx + GOOD])
    report = expect("old, a trusted host passed it", old, ("no-key", "pass", vouched), *trust)
    dmarc = report["dmarc"]["rfc9989"]
    dkim = [i for i in dmarc["identifiers"] if i["mechanism"] == "dkim"]
    bench.check(dmarc["basis"] == "reported" and dkim[0]["authenticated"] is True and
                dkim[0]["reported"] == "pass", "the verdict rests on what was reported", (dmarc["basis"], dkim))
    bench.check(report["dkim"][0]["result"] == "permerror", "what was recomputed stays as it is")
    bench.check(not signer.findings(report, "dkim-report-differs"), "and does not count as a contradiction")
    expect("old, revoked, passed", message(700, [mx + GOOD.replace("gone", "revoked")], "revoked"),
           ("key-revoked", "pass", vouched), *trust)
    expect("old, passed without naming the selector", message(700, [mx + " dkim=pass header.d=example.com"]),
           ("no-key", "pass", vouched), *trust)
    expect("31 days", message(31, [mx + GOOD]), ("no-key", "pass", vouched), *trust)
    # Everything else stays a fail.
    expect("fresh: no key is no key", message(1, [mx + GOOD]), ("no-key", "fail", None), *trust)
    expect("29 days", message(29, [mx + GOOD]), ("no-key", "fail", None), *trust)
    expect("dated in the future", message(-400, [mx + GOOD]), ("no-key", "fail", None), *trust)
    expect("old, nobody trusted", old, ("no-key", "fail", gone))
    for name, mail, want in (("of an old key", old, "key-gone"), ("for a fresh mail", message(1), "dkim-key")):
        advice = [a["pattern"] for a in bench.report(mail, *envelope)["advice"]]
        bench.check(advice[:1] == [want], f"the advice {name}", advice)
    expect("old, another host trusted", old, ("no-key", "fail", gone), "--trust", "mx.example.org")
    expect("old, no report", message(700), ("no-key", "fail", gone), *trust)
    expect("old, reported fail", message(700, [mx + GOOD.replace("pass", "fail")]), ("no-key", "fail", gone), *trust)
    expect("old, another domain passed", message(700, [mx + GOOD.replace("=example.com", "=example.org")]),
           ("no-key", "fail", gone), *trust)
    expect("old, two trusted words that differ",
           message(700, [mx + GOOD, mx + GOOD.replace("pass", "fail")]), ("no-key", "fail", gone), *trust)
    expect("old, two signatures of that domain, no selector named",
           message(700, [mx + " dkim=pass header.d=example.com"], extra=second), ("no-key", "fail", gone), *trust)
    expect("old, key unreadable", message(700, [mx + GOOD.replace("gone", "junk")], "junk"),
           ("key-syntax", "fail", None), *trust)
    expect("old, no time of receipt", message(None, [mx + GOOD]), ("no-key", "fail", None), *trust)
    expect("old, DNS down", message(700, [], "down"), ("key-dns", "temperror", None), *trust)
    altered = message(700, [mx + " dkim=pass header.d=example.com header.s=good"], "good").replace(b"Hello", b"Hallo")
    expect("old, altered, key there: a trusted word does not help", altered, ("body-hash", "fail", None), *trust)
    forged = message(700, [], extra=b"Received: from x by y.example.com; Wed, 1 Jan 2020 00:00:00 +0000\r\n"
                     b"Authentication-Results: " + (mx + GOOD).encode() + b"\r\n")
    expect("old, the trusted name written by the sender", forged, ("no-key", "fail", gone), *trust)
    arc = message(700, [], extra=b"ARC-Authentication-Results: i=1; " + (mx + GOOD).encode() + b"\r\n")
    expect("old, only an ARC field says so", arc, ("no-key", "fail", gone), *trust)
    bench.done()


main()
