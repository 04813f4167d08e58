#!/usr/bin/python3
"""Signed and sealed messages for journeys: signed.py FOLDER writes them there, with `zone`, their DNS.
SPDX-License-Identifier: MIT"""
import logging
import os
import re
import sys

import dkim

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "dkim"))
import signer       # noqa: E402

QUIET = logging.getLogger("quiet")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False
HEAD = (b"From: Ann <ann@example.com>\r\nTo: list@example.net\r\nSubject: Plans  for today\r\n"
        b"Date: Wed, 18 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.com>\r\nReply-To: ann@example.com")
BODY = b"Hello,\r\n\r\nthis is  a test.\r\nbye\r\n"
FOOTER = b"_______\r\nlist mailing list\r\nhttp://list.example.net/\r\n"


def seal(message, key, hop, domain, verdicts, chain):
    """One more hop, that reports `verdicts` and the chain as it found it."""
    host = b"mx.%s" % domain
    arc = b"" if chain is None else b"; arc=" + chain
    stamped = b"Authentication-Results: " + host + b"; " + verdicts + arc + b"\r\n" + message
    lines = dkim.arc_sign(stamped, b"hop%d" % hop, domain, key, host,
                          include_headers=[b"from", b"to", b"subject", b"date"], logger=QUIET)
    return b"".join(line if line.endswith(b"\r\n") else line + b"\r\n" for line in lines) + message


def chain(key, dkim_field, change=lambda message: message):
    """Two hops; `change` is what happens between them."""
    spf = b"spf=pass smtp.mailfrom=ann@example.com; dkim=pass header.d=example.com; "
    first = seal(dkim_field + HEAD + b"\r\n\r\n" + BODY, key, 1, b"example.org",
                 spf + b"dmarc=pass header.from=example.com", None)
    return seal(change(first), key, 2, b"example.net",
                b"spf=fail smtp.mailfrom=ann@example.com; dmarc=fail header.from=example.com", b"pass")


def main(folder):
    pem, public = signer.rsa(1024)
    _, other = signer.rsa(1024)
    record = "v=DKIM1; p=" + public
    good = signer.sign(pem, HEAD, BODY, names="from:from:to:subject:date", t=1795000000, x=1895000000)
    short = signer.sign(pem, HEAD, BODY, l=str(len(signer.canonical_body("relaxed", BODY))))
    strange = signer.sign(pem, HEAD, BODY, d="example.org")

    def write(name, message):
        with open(os.path.join(folder, name + ".eml"), "wb") as out:
            out.write(message)

    plain = HEAD + b"\r\n\r\n" + BODY
    write("good", good + strange + plain)
    write("footer", good + plain + FOOTER)
    write("subject", good + plain.replace(b"Subject: ", b"Subject: [list] "))
    write("tail", short + plain + FOOTER)
    write("above", b"Subject: Win a prize\r\n" + good + plain)
    write("plain", plain)
    write("unusable", good.replace(b"a=rsa-sha256", b"a=rsa-sha1") + plain)
    write("attack", b"Subject: \x1b[2J\x1b]0;owned\x07 \xe2\x80\xae tail\r\n" + good + plain)
    write("many", good * 10000 + b"".join(b"X-Field-%d: value\r\n" % i for i in range(40000)) + plain)
    write("chain", chain(pem, good))
    write("list", chain(pem, good, lambda m: m.replace(b"Subject: ", b"Subject: [list] ") + FOOTER))
    whole = chain(pem, good)
    write("seal", re.sub(rb"(i=2; a=rsa-sha256;.*?\bb=)(\w)", lambda m: m[1] + (b"A" if m[2] != b"A" else b"B"), whole,
                         count=1, flags=re.S | re.I))
    write("hole", re.sub(rb"ARC-Seal: i=1;.*?\r\n(?![ \t])", b"", whole, count=1, flags=re.S))
    hosts = {f"hop{n}._domainkey.{d}": record for n, d in ((1, "example.org"), (2, "example.net"))}
    with open(os.path.join(folder, "zone"), "w", encoding="ascii") as out:
        out.write(signer.zone({"good": record, "wrong": "v=DKIM1; p=" + other,
                               "good._domainkey.example.org": record,
                               "_dmarc.example.com": "v=DMARC1; p=reject", **hosts}))


if __name__ == "__main__":
    main(sys.argv[1])
