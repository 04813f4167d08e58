#!/usr/bin/python3
"""Every outcome of the contract's DKIM table, each from a message signed here for it. Prints TAP.
SPDX-License-Identifier: MIT"""
import base64
import hashlib
import json
import os
import re
import subprocess
import tempfile

from dkim.crypto import HASH_ALGORITHMS, RSASSA_PKCS1_v1_5_sign, parse_pem_private_key

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
AT = 1795305600     # 2026-11-22T00:00:00Z

BODY = "Hello,\r\n\r\nthis is a test.\r\n"
HEADER = [("From", "A <a@example.com>"), ("To", "b@example.net"), ("Subject", "Hello")]


def key(bits):
    """Made afresh, but for the largest: that would take a minute, so it lies here and protects nothing."""
    if bits == 8192:
        with open(os.path.join(HERE, "rsa8192.pem"), "rb") as kept:
            pem = kept.read()
    else:
        pem = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True).stdout
    public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=pem,
                            capture_output=True).stdout
    return pem, base64.b64encode(public).decode()


KEY, PUBLIC = key(2048)
WEAK_KEY, WEAK_PUBLIC = key(768)
BIG_KEY, BIG_PUBLIC = key(8192)


def relaxed(name, value):
    value = re.sub(r"[ \t]+", " ", value).strip()
    return f"{name.lower()}:{value}\r\n"


def sign(pem=KEY, body=BODY, hash_name="sha256", names="from:to:subject", header=None, **changes):
    """A message with one relaxed/relaxed signature; `changes` override tags, None leaves one out."""
    header = header or HEADER
    length = changes.get("l")
    hashed = body.encode()[:int(length)] if length and int(length) <= len(body) else body.encode()
    digest = hashlib.new(hash_name, hashed).digest()
    tags = {"v": "1", "a": "rsa-sha256", "c": "relaxed/relaxed", "d": "example.com", "s": "good",
            "h": names, "bh": base64.b64encode(digest).decode()}
    tags.update(changes)
    value = "; ".join(f"{tag}={text}" for tag, text in tags.items() if text is not None) + "; b="
    left = list(header)     # each name takes the next instance from the bottom (RFC 6376, 5.4.2)
    data = ""
    for name in names.split(":"):
        for at in range(len(left) - 1, -1, -1):
            if left[at][0].lower() == name.lower():
                data += relaxed(*left.pop(at))
                break
    data += relaxed("DKIM-Signature", value)[:-2]
    hasher = HASH_ALGORITHMS[f"rsa-{hash_name}".encode()]()
    hasher.update(data.encode())
    signature = base64.b64encode(RSASSA_PKCS1_v1_5_sign(hasher, parse_pem_private_key(pem)))
    lines = [f"DKIM-Signature: {value}{signature.decode()}"] + [f"{n}: {v}" for n, v in header]
    return "\r\n".join(lines) + "\r\n\r\n" + body


def zone():
    def record(selector, text):
        parts = [text[i:i + 200] for i in range(0, len(text), 200)] or [""]
        return f"{selector}._domainkey.example.com. 300 IN TXT " + " ".join(f'"{p}"' for p in parts)
    good = f"v=DKIM1; k=rsa; p={PUBLIC}"
    folded = "v=DKIM1;  k = rsa ;\\009p=" + PUBLIC[:100] + " " + PUBLIC[100:] + ";"
    records = {"good": good, "folded": folded, "testing": good + "; t=y", "strict": good + "; t=s",
               "revoked": "v=DKIM1; p=", "weak": f"k=rsa; p={WEAK_PUBLIC}", "big": f"p={BIG_PUBLIC}",
               "junk": "v=DKIM1; p=!!!!", "nop": "v=DKIM1; k=rsa", "late": f"p={PUBLIC}; v=DKIM1",
               "badv": f"v=DKIM2; p={PUBLIC}", "sha1only": f"v=DKIM1; h=sha1; p={PUBLIC}",
               "chat": f"v=DKIM1; s=tlsrpt; p={PUBLIC}", "ed": f"v=DKIM1; k=ed25519; p={PUBLIC}",
               "capitals": f"v=DKIM1; k=RSA; h=SHA256; s=EMAIL; t=S; p={PUBLIC}",
               "lists": f"v=DKIM1; h=sha1 : sha256; s=tlsrpt:*; t=y:s; p={PUBLIC}",
               "blanks": f"v=DKIM1; s=em ail; p={PUBLIC}", "gap": f"v=DKIM1; h=sha 256; p={PUBLIC}",
               "nok": f"v=DKIM1; k=; p={PUBLIC}", "other": f"v=DKIM1; p={WEAK_PUBLIC}"}
    lines = [";! snapshot 1", ";! complete com.", ";! servfail down._domainkey.example.com."]
    lines += [record(selector, text) for selector, text in records.items()]
    # Two records at one name: the second is the one that fits (RFC 6376, 6.1.2).
    lines += [record("two", "v=DKIM1; p="), record("two", good)]
    return "\n".join(lines) + "\n"


GOOD = sign()
HEAD, _, _ = GOOD.partition("\r\n\r\n")
CASES = [
    # name, message, (result, reason), other values to hold
    ("ok", GOOD, ("pass", "ok"), {"header_hash": "ok", "body_hash": "ok", "key_bits": 2048}),
    ("bare LF", GOOD.replace("\r\n", "\n"), ("pass", "ok"), {}),
    ("missing last newline", GOOD.rstrip("\r\n"), ("pass", "ok"), {}),
    ("relaxed header rewritten", GOOD.replace("Subject: Hello", "SUBJECT:   Hello  "), ("pass", "ok"), {}),
    ("folded key record", sign(s="folded"), ("pass", "ok"), {}),
    ("second of two keys", sign(s="two"), ("pass", "ok"), {}),
    ("8192 bits", sign(BIG_KEY, s="big"), ("pass", "ok"), {"key_bits": 8192}),
    ("testing", sign(s="testing"), ("pass", "ok"), {"testing": True}),
    ("unsigned tail", sign(l="20") + "footer\r\n", ("pass", "ok-unsigned-tail"), {"unsigned_tail": 15}),
    ("future", sign(t=str(AT + 3600)), ("pass", "ok-future"), {}),
    ("not yet expired", sign(t="1", x=str(AT + 1)), ("pass", "ok"), {}),
    ("over-signed and whole", sign(names="from:to:subject:subject"), ("pass", "ok"), {}),
    ("i= below d=", sign(i="a@sub.example.com"), ("pass", "ok"), {}),
    ("body changed", GOOD.replace("test.", "joke."), ("fail", "body-hash"),
     {"header_hash": "ok", "body_hash": "mismatch"}),
    ("header changed", GOOD.replace("Subject: Hello", "Subject: Hullo"), ("fail", "signature"),
     {"header_hash": "mismatch", "body_hash": "ok"}),
    ("over-signed field added", "Subject: New\r\n" + sign(names="from:to:subject:subject"),
     ("fail", "signature"), {}),
    ("both changed", GOOD.replace("test.", "joke.").replace("Hello", "Hullo"), ("fail", "both"), {}),
    ("expired", sign(t="1", x=str(AT - 1)), ("fail", "expired"), {"header_hash": "ok", "body_hash": "ok"}),
    ("l= beyond the body", sign(l="999"), ("fail", "l-exceeds-body"), {}),
    ("other key", sign(s="good", pem=WEAK_KEY), ("fail", "signature"), {}),
    ("repeated tag", GOOD.replace("; d=", "; v=1; d="), ("permerror", "syntax"), {}),
    ("broken base64", GOOD.replace("; b=", "; b=*"), ("permerror", "syntax"), {}),
    ("x= before t=", sign(t="100", x="99"), ("permerror", "syntax"), {}),
    ("l= no number", GOOD.replace("; b=", "; l=1x; b="),
     ("permerror", "syntax"), {}),
    ("unknown q=", sign(q="carrier/pigeon"), ("permerror", "syntax"), {}),
    # RFC 6376, 3.5: names of letters, digits and hyphens, and nothing is asked about others; underscores are forgiven.
    ("d= swallowed the next tag", sign(d="example.com+i=@example.com", i="a@example.com"), ("permerror", "syntax"), {"domain": None}),
    ("d= with an @", sign(d="example.com@example.net"), ("permerror", "syntax"), {"domain": None}),
    ("d= with a slash", sign(d="a/b.example.com"), ("permerror", "syntax"), {"domain": None}),
    ("d= with a parenthesis", sign(d="example.com)"), ("permerror", "syntax"), {"domain": None}),
    ("s= with an @", sign(s="good@x"), ("permerror", "syntax"), {"selector": None}),
    ("s= with an equals sign", sign(s="good=x"), ("permerror", "syntax"), {"selector": None}),
    ("d= with a blank in it", sign(d="example. com"), ("permerror", "syntax"), {"domain": "example.com"}),
    ("d= folded", sign(d="example\r\n .com"), ("permerror", "syntax"), {"domain": "example.com"}),
    ("d= with a dot at the end", sign(d="example.com."), ("permerror", "syntax"), {"domain": "example.com"}),
    ("s= with a blank in it", sign(s="go od"), ("permerror", "syntax"), {"selector": "good"}),
    ("s= with a dot at the end", sign(s="good."), ("permerror", "syntax"), {"selector": "good"}),
    ("i= with a dot at the end", sign(i="@example.com."), ("permerror", "syntax"), {}),
    ("h= with a blank in a name", sign(names="fr om:to:subject"), ("permerror", "syntax"), {}),
    # Each of these has a grammar without blanks inside its words.
    ("c= with a blank in a word", sign(c="rela xed/relaxed"), ("permerror", "syntax"), {}),
    ("c= with blanks around the slash", sign(c="relaxed / relaxed"), ("permerror", "syntax"), {}),
    ("q= with a blank in a method", sign(q="dns /txt"), ("permerror", "syntax"), {}),
    ("q= with blanks around colons", sign(q="x : dns/txt"), ("pass", "ok"), {}),
    ("i= with a blank in its domain", sign(i="a@sub. example.com"), ("permerror", "syntax"), {}),
    ("i= with a blank behind the @", sign(i="a@ example.com"), ("permerror", "syntax"), {}),
    ("i= with a blank before the @", sign(i='"a b"@example.com'), ("pass", "ok"), {}),
    ("key: a blank in s=", sign(s="blanks"), ("permerror", "key-mismatch"), {}),
    ("key: a blank in h=", sign(s="gap"), ("permerror", "key-mismatch"), {}),
    ("k= that says nothing", sign(s="nok"), ("permerror", "key-mismatch"), {}),
    ("i= no domain name", sign(i="a@x=y.example.com"), ("permerror", "syntax"), {}),
    ("i= below with an underscore", sign(i="a@_x.example.com"), ("pass", "ok"), {}),
    ("s= of two labels", sign(s="us_er.good-2"), ("permerror", "no-key"), {"selector": "us_er.good-2"}),
    ("d= a U-label", sign(d="b\u00fccher.example.com"), ("permerror", "no-key"), {"domain": "xn--bcher-kva.example.com"}),
    ("no s=", sign(s=None), ("permerror", "missing-tag"), {}),
    ("version", sign(v="2"), ("permerror", "version"), {}),
    ("i= outside d=", sign(i="a@example.net"), ("permerror", "i-outside-d"), {}),
    ("i= a longer word", sign(i="a@notexample.com"), ("permerror", "i-outside-d"), {}),
    ("From unsigned", sign(names="to:subject"), ("permerror", "from-unsigned"), {}),
    ("no key", sign(s="absent"), ("permerror", "no-key"), {"header_hash": "unknown", "body_hash": "ok"}),
    ("key without p=", sign(s="nop"), ("permerror", "key-syntax"), {}),
    ("key is junk", sign(s="junk"), ("permerror", "key-syntax"), {}),
    ("key: v= not first", sign(s="late"), ("permerror", "key-syntax"), {}),
    ("key: other v=", sign(s="badv"), ("permerror", "key-syntax"), {}),
    ("revoked", sign(s="revoked"), ("permerror", "key-revoked"), {}),
    ("weak", sign(WEAK_KEY, s="weak"), ("permerror", "key-weak"), {"key_bits": 768}),
    ("key for another hash", sign(s="sha1only"), ("permerror", "key-mismatch"), {}),
    ("key for another service", sign(s="chat"), ("permerror", "key-mismatch"), {}),
    ("key: t=s and i= below", sign(s="strict", i="a@sub.example.com"), ("permerror", "key-mismatch"), {}),
    ("key: t=s and i= equal", sign(s="strict", i="a@example.com"), ("pass", "ok"), {}),
    # RFC 6376, 3.6.1: quoted in ABNF, so in any case (RFC 5234, 2.3); lists with white space around colons.
    ("key: words in capitals", sign(s="capitals", i="a@example.com"), ("pass", "ok"), {}),
    ("key: t=S and i= below", sign(s="capitals", i="a@sub.example.com"), ("permerror", "key-mismatch"), {}),
    ("key: lists", sign(s="lists", i="a@example.com"), ("pass", "ok"), {"testing": True}),
    ("key: a list with s, and i= below", sign(s="lists", i="a@sub.example.com"), ("permerror", "key-mismatch"), {}),
    ("rsa-sha1", sign(a="rsa-sha1", hash_name="sha1"), ("permerror", "algorithm-historic"), {}),
    ("algorithm", sign(a="rsa-md5"), ("permerror", "algorithm-unknown"), {}),
    ("SERVFAIL", sign(s="down"), ("temperror", "key-dns"), {}),
    ("headers only", HEAD, ("unknown", "body-unavailable"), {"header_hash": "ok", "body_hash": "unavailable"}),
    ("headers only, changed", HEAD.replace("Subject: Hello", "Subject: Hullo"), ("fail", "signature"), {}),
    ("outside the snapshot", sign(d="example.org", header=[("From", "a@example.org")], names="from"),
     ("unknown", "not-in-snapshot"), {}),
]


# The name of a sealer: what is none is not shown.
SEALED = ("ARC-Seal: i=1; a=rsa-sha256; cv=none; d=%s; s=%s; b=QUJD\r\n"
          "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; h=from; bh=QUJD; b=QUJD\r\n"
          "ARC-Authentication-Results: i=1; mx.example.com; spf=pass\r\n"
          "From: user@example.com\r\n\r\nText.\r\n")
SEALS = [("example.com", "s1", "example.com"), ("example.com@example.net", "s1", None), ("example.com+x=1", "s1", None),
         ("example.com", "s@1", "example.com"), ("example.com", "s/1", "example.com")]


def whole(message, folder, *options):
    path = os.path.join(folder, "case.eml")
    with open(path, "w", newline="") as out:
        out.write(message)
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--at", "2026-11-22T00:00:00Z",
                           *options, path], capture_output=True, timeout=30)
    return json.loads(done.stdout)


def run(message, folder, *options):
    return whole(message, folder, *options)["dkim"][0]


def main():
    print(f"1..{len(CASES) + 1 + len(SEALS)}")
    with tempfile.TemporaryDirectory() as folder:
        dns = os.path.join(folder, "zone")
        with open(dns, "w") as out:
            out.write(zone())
        for number, (name, message, (result, reason), more) in enumerate(CASES, 1):
            got = run(message, folder, "--dns", dns)
            good = ((got["result"], got["reason"]) == (result, reason) and
                    all(got[k] == v for k, v in more.items()))
            print(f"{'' if good else 'not '}ok {number} - {name}")
            if not good:
                print(f"#   want {result} {reason} {more}\n#   got {json.dumps(got)}")
        got = run(GOOD, folder, "--offline")
        good = (got["result"], got["reason"], got["body_hash"]) == ("unknown", "offline", "ok")
        print(f"{'' if good else 'not '}ok {len(CASES) + 1} - offline")
        for number, (domain, selector, sealer) in enumerate(SEALS, len(CASES) + 2):
            report = whole(SEALED % (domain, selector, domain, selector), folder, "--dns", dns)
            shown = report["arc"]["instances"][0]["sealer"]
            good = (report["arc"]["result"] == "fail" and shown == sealer)
            print(f"{'' if good else 'not '}ok {number} - a seal by {selector}, {domain}")
            if not good:
                print(f"#   {report['arc']}")


main()
