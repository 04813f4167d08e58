#!/usr/bin/python3
"""A real authoritative server with signed zones: secure, insecure and bogus are told apart, what is bogus is
never used, and behind a server that strips signatures nothing looks forged. SPDX-License-Identifier: MIT"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rdatatype

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from loopback import PROGRAM, Server, Tap, either, probe
from nsd import Nsd, sign, write_zone

LONG = " ".join('"' + "x" * 255 + '"' for _ in range(235))      # 60 KB
GOOD = ["@ IN TXT \"v=spf1 ip4:192.0.2.10 -all\"", "_dmarc IN TXT \"v=DMARC1; p=reject\"",
        "ns IN A 127.0.0.1", "@ IN MX 10 mx", "mx IN A 192.0.2.25", "mx IN AAAA 2001:db8::25",
        "@ IN A 192.0.2.10",
        "alias IN CNAME far", "far IN CNAME further.plain.example.", "near IN CNAME mx",
        "null IN MX 0 .", f"long IN TXT {LONG}", "*.wild IN TXT \"wild\"", "dname IN DNAME plain.example.",
        "caps IN PTR Host.Good.Example."]
PLAIN = ["@ IN TXT \"v=spf1 -all\"", "ns IN A 127.0.0.1", "further IN TXT \"the end\"", "@ IN A 192.0.2.7"]
MESSAGE = """Return-Path: <user@{0}>
Received: from mx.{0} (mx.{0} [192.0.2.10]) by mx.example.net with ESMTP id 1;
 Mon, 16 Nov 2026 10:00:00 +0000
From: user@{0}
To: someone@example.net
Subject: test
Message-ID: <1@{0}>
Date: Mon, 16 Nov 2026 09:59:59 +0000

Hello
"""


def build(folder):
    """Zones below a signed root: good (secure), plain (no DS), bad (altered), late (expired)."""
    zones, delegations = {}, ["ns. IN A 127.0.0.1"]
    for name, lines, expire in (("good", GOOD, None), ("bad", GOOD, None), ("late", GOOD, "20210101000000")):
        origin = f"{name}.example."
        signed, ds, _ = sign(folder, origin, write_zone(folder, origin, lines), expire)
        if name == "bad":
            text = signed.read_text()
            altered = text.replace("ip4:192.0.2.10", "ip4:192.0.2.11")
            assert altered != text
            signed.write_text(altered)
        zones[origin] = signed
        delegations += [f"{origin} IN NS ns.{origin}", f"ns.{origin} IN A 127.0.0.1", ds]
    zones["plain.example."] = write_zone(folder, "plain.example.", PLAIN)
    delegations += ["plain.example. IN NS ns.plain.example.", "ns.plain.example. IN A 127.0.0.1"]
    root, _, key = sign(folder, ".", write_zone(folder, ".", delegations))
    zones["."] = root
    return zones, key


def strip(upstream):
    """A forwarder that knows nothing of DNSSEC, as many routers."""
    port = int(upstream.split("@")[1])

    def handler(query, over):
        query.use_edns(-1)
        answer = dns.query.udp(query, "127.0.0.1", port=port, timeout=5)
        for section in (answer.answer, answer.authority):
            section[:] = [rrset for rrset in section if rrset.rdtype not in
                          (dns.rdatatype.RRSIG, dns.rdatatype.NSEC, dns.rdatatype.DS)]
        return either(answer, over)

    return handler


def check_answers(tap, server, anchor):
    cases = [
        ("TXT", "good.example", "noerror", "secure"), ("MX", "good.example", "noerror", "secure"),
        ("AAAA", "mx.good.example", "noerror", "secure"), ("AAAA", "good.example", "nodata", "secure"),
        ("TXT", "ghost.good.example", "nxdomain", "secure"), ("TXT", "ghost", "nxdomain", "secure"),
        ("A", "near.good.example", "noerror", "secure"), ("TXT", "alias.good.example", "noerror", "insecure"),
        ("TXT", "a.wild.good.example", "noerror", "secure"), ("MX", "null.good.example", "noerror", "secure"),
        ("TXT", "further.dname.good.example", "noerror", "insecure"),
        ("PTR", "caps.good.example", "noerror", "secure"), ("TXT", "long.good.example", "noerror", "secure"),
        ("TXT", "plain.example", "noerror", "insecure"), ("TXT", "ghost.plain.example", "nxdomain", "insecure"),
        ("AAAA", "plain.example", "nodata", "insecure"),
        ("TXT", "bad.example", "bogus", "bogus"), ("TXT", "_dmarc.bad.example", "noerror", "secure"),
        ("TXT", "late.example", "bogus", "bogus"), ("TXT", "ghost.late.example", "bogus", "bogus"),
    ]
    answers, _ = probe(server, *[(kind, name) for kind, name, _, _ in cases], anchor=anchor, timeout=60)
    for (kind, name, status, dnssec), answer in zip(cases, answers):
        got = (answer["status"], answer["dnssec"])
        tap.check(got == (status, dnssec), f"{kind} {name}: {status}, {dnssec}", str(got))
        if status != "noerror":
            tap.check(answer["records"] == [] and answer["ttl"] is None, f"{kind} {name}: no records")
    records = {(answer["name"], answer["type"]): answer["records"] for answer in answers}
    tap.check(records["long.good.example", "TXT"][0][0] == 235 * 255, "60 KB of TXT came whole")
    tap.check([r[1] for r in records["alias.good.example", "TXT"]] == ['"the end"'], "aliases are followed")
    tap.check(records["null.good.example", "MX"][0][1] == "0 .", "a null MX")
    tap.check(records["mx.good.example", "AAAA"][0] == [16, "2001:db8::25"], "AAAA")


def check_unknown(tap, nsd):
    """No anchor fits, or signatures are stripped: unknown, and nothing looks forged."""
    with Server(strip(nsd.address)) as router:
        for title, server, anchor in (("another root's anchor", nsd.address, "-"),
                                      ("signatures stripped", router.address, nsd.anchor)):
            answers, _ = probe(server, ("TXT", "good.example"), ("TXT", "bad.example"), ("TXT", "ghost.good.example"),
                               anchor=anchor, timeout=60)
            got = [(a["status"], a["dnssec"]) for a in answers]
            tap.check(got == [("noerror", "unknown"), ("noerror", "unknown"), ("nxdomain", "unknown")],
                      f"{title}: unknown", str(got))


def program(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def report(path, *options):
    return json.loads(program("report", "--format", "json", *options, path)[1])


def check_verdicts(tap, nsd, folder):
    options = ["--dns-server", nsd.address, "--trust-anchor", nsd.anchor, "--dns-timeout", 60]
    seen = {}
    for name in ("good", "plain", "bad", "late"):
        path = pathlib.Path(folder, f"{name}.eml")
        path.write_text(MESSAGE.format(f"{name}.example"))
        live = report(path, *options)
        stored = pathlib.Path(folder, f"{name}.snapshot")
        stored.write_text(program("snapshot", *options, path)[1])
        again = report(path, "--dns", stored)
        seen[name] = live
        for key in ("spf", "dmarc"):
            tap.check(live[key] == again[key], f"{name}: its snapshot gives the same {key}", stored.read_text())
        pick = lambda r: [(d["name"], d["type"], d["status"], d["dnssec"], d["ttl"], d["records"]) for d in r["dns"]]
        tap.check(pick(live) == pick(again), f"{name}: and the same answers", stored.read_text(),
                  pick(live), pick(again))
    result = {name: (r["spf"]["mail_from"]["result"], r["dmarc"]["rfc9989"]["result"]) for name, r in seen.items()}
    tap.check(result["good"] == ("pass", "pass"), "good: pass", str(result))
    tap.check(result["bad"][0] == "temperror", "bad: what is bogus is not used", str(result))
    tap.check(result["late"] == ("temperror", "temperror"), "late: temperror", str(result))
    bogus = [f for f in seen["bad"]["findings"] if f["id"] == "dns-bogus"]
    tap.check(len(bogus) == 1 and "bad.example" in bogus[0]["text"], "the finding names it", str(bogus))


def check_options(tap, folder):
    (path := pathlib.Path(folder, "any.eml")).write_text(MESSAGE.format("good.example"))
    pathlib.Path(folder, "no.key").write_text("example. IN A 192.0.2.1\n")
    for option, value in (("--trust-anchor", f"{folder}/no.key"), ("--trust-anchor", f"{folder}/absent"),
                          ("--trust-anchor", folder), ("--trust-anchor", "/dev/null"), ("--dns-server", "example.com"),
                          ("--dns-server", "127.0.0.1@0"), ("--dns-server", "127.0.0.1@"), ("--dns-server", ""),
                          ("--dns-timeout", "0"), ("--dns-timeout", "-1"), ("--dns-timeout", "nan"),
                          ("--dns-timeout", "1e9")):
        status, out, err = program("report", option, value, path)
        tap.check(status == 2 and not out and option in err and re.fullmatch(r"fromscope: .*\n", err),
                  f"{option} {value if folder not in value else 'FILE'}: refused", status, err)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        zones, anchor = build(folder)
        with Nsd(folder, zones) as nsd:
            nsd.anchor = anchor
            check_answers(tap, nsd.address, anchor)
            check_unknown(tap, nsd)
            check_verdicts(tap, nsd, folder)
        check_options(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
