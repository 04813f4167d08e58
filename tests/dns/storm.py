"""Messages and answers made to cause as many questions to DNS as can be.

SPDX-License-Identifier: MIT
"""
import base64
import hashlib

import nacl.signing

from loopback import either, kind_of, reply

KEY = nacl.signing.SigningKey(hashlib.sha256(b"storm").digest())
PUBLIC = base64.b64encode(bytes(KEY.verify_key)).decode()
BODY = b"Hello\r\n"
BODY_HASH = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
FIELDS = [("From", "{author}"), ("To", "bob@example.net"), ("Subject", "storm"),
          ("Date", "Mon, 16 Nov 2026 09:59:59 +0000")]


def deep(label, labels=12):
    """A name with so many labels, so that a tree walk takes all its steps."""
    return ".".join([label] + [f"{label}-{n}" for n in range(labels - 2)] + ["example"])


def sign(tags, text, fields):
    """The value with its b= (relaxed/relaxed, ed25519)."""
    def relaxed(name, value):
        return name.lower().encode() + b":" + b" ".join(value.encode().split()) + b"\r\n"

    signed = b"".join(relaxed(name, value) for name, value in fields)
    own = relaxed(tags, text).rstrip(b"\r\n")
    digest = hashlib.sha256(signed + own).digest()
    return text + base64.b64encode(KEY.sign(digest).signature).decode()


def signature(domain, selector, fields):
    return "DKIM-Signature: " + sign("DKIM-Signature", f"v=1; a=ed25519-sha256; c=relaxed/relaxed; d={domain}; s={selector}; "
                                     f"h={':'.join(name for name, _ in fields)}; bh={BODY_HASH}; b=", fields)


def arc_set(number, domain):
    """Not valid, but its keys are asked for where a check goes that far."""
    tail = f"d={domain}; s=a{number}; t=1763287200; "
    return [f"ARC-Seal: i={number}; a=ed25519-sha256; cv={'none' if number == 1 else 'pass'}; {tail}b=AAAA",
            f"ARC-Message-Signature: i={number}; a=ed25519-sha256; c=relaxed/relaxed; d=m{domain}; s=m{number}; h=from:to; "
            f"bh={BODY_HASH}; b=AAAA", f"ARC-Authentication-Results: i={number}; mx.example.net; spf=pass smtp.mailfrom=x.example"]


def message(signatures=0, authors=1, sets=0, reported=0, sender="storm.example"):
    """The bytes of a message with so many of each."""
    author = ", ".join(f"a@{deep(f'author{n}')}" for n in range(authors))
    fields = [(name, value.format(author=author)) for name, value in FIELDS]
    lines = [f"Return-Path: <user@{sender}>"]
    if reported:
        lines.append("Authentication-Results: mx.example.net" + "".join(
            f";\r\n dkim=pass header.d={deep(f'r{n}')} header.s=x" for n in range(reported)))
    lines.append("Received: from helo.{0} (helo.{0} [192.0.2.10]) by mx.example.net with ESMTP id 1;\r\n"
                 " Mon, 16 Nov 2026 10:00:00 +0000".format(sender))
    for number in range(sets, 0, -1):
        lines += arc_set(number, deep(f"arc{number}", 4))
    lines += [signature(deep(f"s{n}"), f"k{n}", fields) for n in range(signatures)]
    lines += [f"{name}: {value}" for name, value in fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + BODY


def answers(query, over):
    """Everything is there, nothing helps: the next question has to be asked, too."""
    name, kind = query.question[0].name.to_text().lower().rstrip("."), kind_of(query)
    if "_domainkey" in name and kind == "TXT":
        return either(reply(query, records=[("TXT", f'"v=DKIM1; k=ed25519; p={PUBLIC}"')]), over)
    if name.startswith("_dmarc.author") and name.count(".") == 12:
        return either(reply(query, records=[("TXT", '"v=DMARC1; p=reject"')]), over)
    if "_dmarc" in name:
        return either(reply(query, "NXDOMAIN"), over)
    if kind == "TXT":
        first = name.split(".")[0]
        terms = " ".join(f"mx:{first}-m{n}.example" for n in range(9))
        return either(reply(query, records=[("TXT", f'"v=spf1 {terms} ptr -all"')]), over)
    if kind == "MX":
        return either(reply(query, records=[("MX", f"{n} h{n}.{name}.") for n in range(10)]), over)
    if kind == "PTR":
        return either(reply(query, records=[("PTR", f"p{n}.example.") for n in range(40)]), over)
    if kind == "A":
        return either(reply(query, records=[("A", "203.0.113.9")]), over)
    return either(reply(query), over)
