"""A mailbox as an organization has it: some senders, some signatures, some forwarders, and mail made to hurt whoever
counts it; the same bytes every time. With its zone.
SPDX-License-Identifier: MIT"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "dkim"))
import signer  # noqa: E402

BODY = b"Hello,\r\n\r\nthis is the text.\r\n"
DOMAINS = [f"a{number}.example" for number in range(9)]
SIGNERS = [f"s{number:02}.example" for number in range(14)]
HOSTILE = [
    b"From: \"a\x00b\" <x@a1.example>", b"From: =?utf-8?B?AAAAAA==?= <x\x01@a1.example>", b"From: \xff\xfe <x@a2.example>",
    "From: \u202egnp.exe\u2066 <x@a3.example>".encode(), b"From: <\"a\\u0000\\\\\"@a4.example>",
    b"From: x@a1.example, y@a2.example", b"From: nobody", b"To: only@example.net", b"From: =1+1 <x@a5.example>",
    b"From: '); DROP TABLE reports; -- <x@a6.example>", b"From: <x@" + b"l" * 3000 + b".example>",
    "From: <x@b\u00fccher.example>".encode(), b"From: <x@\x00\x00.example>", b"From: \xed\xa0\x80\xf4\x90\x80\x80 <x@a7.example>",
    b"From: <x@a0.example>\r\nSubject: \\u0000 \x00 \\\\u0000 \"\\\" \x7f \xc2\x85",
    b"From: <x@a0.example>\r\nAuthentication-Results: mx.example.net; dkim=pass reason=\"\x00\\u0000\" header.d=\x00.example",
    b"From: <x@a0.example>\r\nDKIM-Signature: v=1; a=rsa-sha256; d=\x00a.example; s=\x00; h=from; bh=AAAA; b=AAAA",
    b"From: <x@a0.example>\r\nDKIM-Signature: v=1; a=rsa-sha256; d=" + b"9" * 400 + b"; l=99999999999999999999999; t=1e400; "
    b"x=9223372036854775808; s=s; h=from; bh=AAAA; b=AAAA",
]
DATES = ["Tue, 1 Sep 2026 10:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 +0000",
         "Mon, 1 Jan 0001 00:00:00 +0000", "Tue, 1 Sep 2026 10:00:60 +0000", "Tue, 1 Sep 99999 10:00:00 +0000",
         "Tue, 1 Sep 2026 10:00:00 +9959", "Sun, 30 Feb 2026 10:00:00 +0000", "Tue, 1 Sep 2026 10:00:00 JST", "\x00"]


def zone():
    lines = [";! snapshot 1", ";! complete ."]
    for number, domain in enumerate(DOMAINS):
        policy = ("none", "quarantine", "reject")[number % 3]
        if number != 8:
            lines.append(f'_dmarc.{domain}. 300 IN TXT "v=DMARC1; p={policy}"')
        lines.append(f'ed._domainkey.{domain}. 300 IN TXT "{signer.ED_RECORD}"')
        if number != 7:
            lines.append(f'{domain}. 300 IN TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/33 {"~" if number % 2 else "-"}all"')
        lines.append(f'bounce.{domain}. 300 IN TXT "v=spf1 ip4:198.51.100.0/24 -all"')
    lines += [f'ed._domainkey.{domain}. 300 IN TXT "{signer.ED_RECORD}"' for domain in SIGNERS]
    lines += [";! servfail slow.example.", ";! servfail _dmarc.slow.example."]
    return "\n".join(lines) + "\n"


def addresses(chance):
    kind = chance.randrange(8)
    if kind < 5:
        return f"{chance.choice(['192.0.2', '198.51.100', '203.0.113'])}.{chance.randrange(256)}"
    if kind < 7:
        return f"2001:db8:{chance.choice(['', '0:', '7:', 'ffff:', '8000:1:'])}:{chance.randrange(1, 0xffff):x}"
    return chance.choice(["::1", "2001:db8::", "::ffff:192.0.2.7", "2001:0:0:1:2:3:4:5", "0:0:5::1", "1:2:3:4:5:6:7:8"])


def templates(chance, count):
    """Signed headers with their bodies: many messages have the same."""
    found = []
    for number in range(count):
        author = chance.choice([*DOMAINS, "slow.example"])
        head = (f"From: Ann {number} <ann@{author}>\r\nTo: bob@example.net\r\nSubject: Template {number}\r\n"
                "Date: Tue, 1 Sep 2026 10:00:00 +0000\r\n").encode()
        fields = b""
        for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 3, 14])):
            domain = chance.choice([author, chance.choice(DOMAINS), "unknown.example"])
            own = signer.sign(None, head, BODY, d=domain)
            if chance.random() < 0.2:
                own = own.replace(b"bh=", b"bh=A")
            fields += own
        if number == 0:
            # More of them than a survey keeps.
            fields = b"".join(signer.sign(None, head, BODY, d=domain) for domain in SIGNERS)
        envelope = chance.choice([author, author, "bounce." + author, chance.choice(DOMAINS), "", None])
        found.append((author, envelope, fields + head, BODY))
    return found


def received(chance, number, date=None):
    date = date or f"Tue, {chance.randrange(1, 28)} Sep 2026 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} +0000"
    ip = addresses(chance)
    shown = f"IPv6:{ip}" if ":" in ip else ip
    return (f"Received: from mail.host.example (mail.host.example [{shown}])\r\n by mx.example.net with ESMTPS id x{number};\r\n"
            f" {date}\r\n").encode()


def messages(count, seed=1):
    chance = random.Random(seed)
    known = templates(chance, 70)
    for number in range(count):
        if number % 20 == 7:
            extra = chance.choice(HOSTILE)
            yield received(chance, number, chance.choice(DATES)) + extra + b"\r\n", BODY
            continue
        _, envelope, head, body = chance.choice(known)
        above = b"" if envelope is None else f"Return-Path: <{'bounce@' + envelope if envelope else ''}>\r\n".encode()
        yield above + received(chance, number) + head, body


def write(place, count, seed=1):
    """`place`/box, an mbox, and `place`/folder, a Maildir in which three of four files are no messages."""
    with open(os.path.join(place, "box"), "wb") as out:
        for head, body in messages(count, seed):
            out.write(b"From bounce@example.com Tue Sep  1 10:00:00 2026\n" + head.replace(b"\r\n", b"\n") + b"\n" +
                      body.replace(b"\r\n", b"\n") + b"\n")
    os.makedirs(os.path.join(place, "folder", "cur"))
    for name in ("new", "tmp"):
        os.mkdir(os.path.join(place, "folder", name))
    for number, text in enumerate((b"", b"there is no header\n", b"From: x@a1.example\n\nHello\n", b"\x00\n" * 100)):
        with open(os.path.join(place, "folder", "cur", f"{number}:2,S"), "wb") as out:
            out.write(text)
    with open(os.path.join(place, "zone.dns"), "w", encoding="ascii") as out:
        out.write(zone())
