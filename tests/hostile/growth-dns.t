#!/usr/bin/python3
"""Traps in DNS: records of any length and number, chains, macros over what a message says, names of 127 labels. What a record may
cost grows with its size and with the message's, never with their product. Sizes by factor as argument (make torture). Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trap import SAMPLE, Traps, command

FROM = "From: Ann <ann@example.com>\nSubject: x\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n"
# Each of them below com. or example. that is not in the zone does not exist.
COMPLETE = ";! snapshot 1\n;! complete com.\n;! complete example.\n;! complete arpa.\n"
SIGNATURE = "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=eA==; b=eA==\n"
LABELS = "a." * 120


def text(name, content):
    """A TXT record of any length, as strings of 250 bytes."""
    content = content.replace("\\", "\\\\").replace('"', '\\"')
    return f"{name} 300 IN TXT ( " + "\n".join(f'"{content[at:at + 250]}"' for at in range(0, len(content), 250)) + " )\n"


def many(piece):
    return lambda n: "".join(piece(i) for i in range(n))


def spf(record, *more):
    """SPF of the envelope's domain: `record` of n, and other records."""
    return lambda n: text("example.com.", "v=spf1 " + record(n) + " -all") + "".join(part(n) if callable(part) else part for part in more)


# Name, records for n, what stands above From: for n (or None), n; below 0: one record, which cannot be larger (dns/zonefile.c).
CASES = (
    ("SPF of many ip4", spf(many(lambda i: f"ip4:198.51.100.{i % 250} ")), None, -14000),
    ("SPF of many exists with macros", spf(many(lambda i: f"exists:%{{i}}.%{{l1r-}}.x{i}.example ")), None, -6000),
    ("SPF of many modifiers", spf(many(lambda i: f"x{i}=%{{s}} ")), None, -16000),
    ("SPF of one modifier often", spf(many(lambda i: f"redirect=x{i}.example ")), None, -12000),
    ("SPF of percent signs", spf(lambda n: "exists:" + "%%" * n + ".example"), None, -120000),
    ("SPF of macros of a long local part", spf(lambda n: "exists:" + "%{l100r.-+_}" * n + ".example"),
     lambda n: f"Return-Path: <{'a.b-c+d_' * (n // 8)}@example.com>\n", -20000),
    ("explanations of a long local part", spf(lambda n: "exp=e.example", lambda n: text("e.example.", "%{L}%{S}%{l1r.}" * n)),
     lambda n: f"Return-Path: <{'a.' * (n // 8)}a@example.com>\n", -16000),
    ("SPF of one word", spf(lambda n: "a" * n), None, -240000),
    ("SPF of blanks", spf(lambda n: " " * n), None, -240000),
    ("SPF of colons and slashes", spf(lambda n: "ip4:" * n + "/" * n), None, -48000),
    ("many SPF records of a name", lambda n: many(lambda i: text("example.com.", f"v=spf1 ip4:192.0.2.{i % 250} x=a{i} -all"))(n), None, 20000),
    ("many records beside SPF's", lambda n: many(lambda i: text("example.com.", f"site-verification={i}"))(n) +
     text("example.com.", "v=spf1 -all"), None, 8000),
    ("includes, deep and wide", lambda n: many(lambda i: text("example.com." if i == 0 else f"i{i}.example.", "v=spf1 " + " ".join(
        f"include:i{10 * i + k}.example" for k in range(1, 11)) + " ip4:192.0.2.7" * 20 + " -all"))(n), None, 800),
    ("redirects in a circle", lambda n: many(lambda i: text("example.com." if i == 0 else f"i{i}.example.",
                                                            f"v=spf1 redirect=i{(i + 1) % n}.example"))(n), None, 4000),
    ("addresses of a host", spf(lambda n: "a:h.example a:h.example/24 a:h.example a:h.example",
                                many(lambda i: f"h.example. 300 IN A 198.51.{i // 250 % 250}.{i % 250}\n")), None, 8000),
    ("hosts of mx", spf(lambda n: "mx mx mx", many(lambda i: f"example.com. 300 IN MX {i % 9} h{i}.example.\n")), None, 8000),
    ("names of ptr", spf(lambda n: "ptr ptr:x.example exists:%{p}.example", many(lambda i: f"1.2.0.192.in-addr.arpa. 300 IN PTR h{i}.example.\n")),
     None, 8000),
    ("key: tags", lambda n: text("s._domainkey.example.com.", "v=DKIM1; " + many(lambda i: f"x{i}=y; ")(n) + "p=eA=="), SIGNATURE, -28000),
    ("key: p=", lambda n: text("s._domainkey.example.com.", "v=DKIM1; p=" + "QUFB" * n), SIGNATURE, -60000),
    ("key: h= and s=", lambda n: text("s._domainkey.example.com.", "v=DKIM1; h=" + "x:" * n + "y; s=" + "a:" * n + "b; p=eA=="), SIGNATURE, -60000),
    ("key: notes in quoted-printable", lambda n: text("s._domainkey.example.com.", "v=DKIM1; n=" + "=41=3B" * n + "; p=eA=="), SIGNATURE, -40000),
    ("keys of one name", lambda n: many(lambda i: text("s._domainkey.example.com.", f"v=DKIM1; n={i}; p=eA=="))(n), SIGNATURE, 4000),
    ("DMARC: tags", lambda n: text("_dmarc.example.com.", "v=DMARC1; p=none; " + many(lambda i: f"x{i}=y; ")(n)), None, -28000),
    ("DMARC: one tag often", lambda n: text("_dmarc.example.com.", "v=DMARC1; p=none; " + "pct=50; rua=mailto:a@example.net; " * n), None, -7000),
    ("DMARC: addresses of rua", lambda n: text("_dmarc.example.com.", "v=DMARC1; p=none; rua=" + ",".join(
        f"mailto:a@r{i}.example!10m" for i in range(n))), None, -9000),
    ("DMARC: semicolons", lambda n: text("_dmarc.example.com.", "v=DMARC1; p=none" + ";" * n), None, -240000),
    ("DMARC: records of one name", lambda n: many(lambda i: text("_dmarc.example.com.", f"v=DMARC1; p=none; x={i}"))(n), None, 4000),
    ("a chain of aliases", lambda n: "example.com. 300 IN CNAME c0.example.\n" + many(lambda i: f"c{i}.example. 300 IN CNAME c{i + 1}.example.\n")(n),
     None, 16000),
    ("names of 127 labels in From:", lambda n: "", lambda n: "Sender: s@example.com\nFrom: " + ",\n ".join(
        f"a@{LABELS}b{i}.com" for i in range(n)) + "\n", 8000),
    ("names of 127 labels, a record each", lambda n: many(lambda i: text(f"_dmarc.{'a.' * (i % 110)}b{i}.com.", "v=DMARC1; p=none"))(n),
     lambda n: "Sender: s@example.com\nFrom: " + ", ".join(f"a@{LABELS}b{i}.com" for i in range(12)) + "\n", 8000),
    ("names that look alike", lambda n: "", lambda n: "Reply-To: " + ",\n ".join(f"a@rn{i}cro5oft-examp1e.com" for i in range(n)) + "\nFrom: " + ",\n ".join(
        f"a@m{i}crosoft-example.com" for i in range(n)) + "\n", 8000),
    ("signers that look alike", lambda n: "", lambda n: "".join(f"DKIM-Signature: v=1; a=rsa-sha256; d=examp1e{i}.com; s=s; h=from; bh=eA==; b=eA==\n"
                                                               for i in range(n)), 2000),
)


def main():
    traps = Traps()

    def prepare(records, above, options):
        def made(n):
            head = "" if above is None else above if isinstance(above, str) else above(n)
            start = "" if "Return-Path" in head else "Return-Path: <ann@example.com>\n"
            path = traps.write("x.eml", (start + head + ("" if "From:" in head else FROM) + "\nx\n").encode())
            zone = traps.write("x.dns", (COMPLETE + records(n)).encode())
            return lambda: command("report", "--second-opinions", "off", "--ip", "192.0.2.1", "--helo", "example.com", *options, "--dns", zone, path)
        return made

    for name, records, above, n in CASES:
        traps.trap(name, prepare(records, above, ("--format", "json")), n, (0,))
    for form in ("text", "html", "markdown", "steps"):
        for name, records, above, n in CASES:
            if name in ("SPF of many ip4", "DMARC: tags", "key: tags", "names of 127 labels in From:", "many SPF records of a name", "DMARC: addresses of rua"):
                traps.trap(f"{name}: {form}", prepare(records, above, ("--format", form)), n, (0,))
    traps.end(700)


main()
