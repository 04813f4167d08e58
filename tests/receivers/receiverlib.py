"""What the tests of receivers' rules share: messages that are really signed, the program, TAP.
SPDX-License-Identifier: MIT"""
import base64
import json
import os
import subprocess
import sys
import tempfile

import dkim

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "check"))
from checklib import Tap  # noqa: E402,F401

PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
FOLDER = tempfile.TemporaryDirectory()
KEYS = {}


def key(bits):
    """(private key, public key as in a record), made once a run."""
    if bits not in KEYS:
        pem = subprocess.run(["openssl", "genrsa", str(bits)], capture_output=True, check=True).stdout
        der = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=pem,
                             capture_output=True, check=True).stdout
        KEYS[bits] = (pem, base64.b64encode(der).decode())
    return KEYS[bits]


# The usual message: a shop's newsletter, right in every respect.
FIELDS = [
    ("Return-Path", "<news@shop.example>"),
    ("Received", "from mail.shop.example (mail.shop.example [192.0.2.10])\n"
                 "\tby mx.example.jp (Postfix) with ESMTPS id 4ABC\n"
                 "\tfor <taro@example.jp>; Wed, 18 Nov 2026 12:00:00 +0900 (JST)"),
    ("From", "Shop <news@shop.example>"),
    ("To", "taro@example.jp"),
    ("Subject", "News"),
    ("Date", "Wed, 18 Nov 2026 11:59:58 +0900"),
    ("Message-ID", "<n1@shop.example>"),
    ("List-Unsubscribe", "<https://shop.example/u/1>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain"),
]
SIGNED = [b"from", b"to", b"subject", b"date", b"message-id", b"list-unsubscribe",
          b"list-unsubscribe-post"]
ZONE = ['shop.example. IN TXT "v=spf1 ip4:192.0.2.10 -all"',
        '_dmarc.shop.example. IN TXT "v=DMARC1; p=none"']


def fields(change=None):
    """FIELDS with some replaced (None: left out; a list: repeated), others added at the end."""
    out, left = [], dict(change or {})
    for name, value in FIELDS:
        value = left.pop(name, value)
        out += [(name, one) for one in value] if isinstance(value, list) else \
            [] if value is None else [(name, value)]
    return out + [(name, value) for name, value in left.items() if value is not None]


def write(name, parts, zone, sign=({"d": "shop.example"},), alter=None):
    """A message file with its snapshot; returns the path. `alter` changes the bytes after signing."""
    head = "".join(f"{field}: {value}\n" for field, value in parts)
    raw = (head + "\nGood day\n").replace("\n", "\r\n").encode()
    lines = [";! snapshot 1", ";! complete .", *zone]
    for number, how in enumerate(sign):
        private, public = key(how.get("bits", 2048))
        domain, selector = how["d"], f"s{number}"
        signature = dkim.sign(raw, selector.encode(), domain.encode(), private,
                              include_headers=how.get("h", SIGNED))
        raw = signature + raw
        if not how.get("hidden"):
            record = f"v=DKIM1; k=rsa; p={public}"
            chunks = " ".join(f'"{record[i:i + 250]}"' for i in range(0, len(record), 250))
            lines.append(f"{selector}._domainkey.{domain}. IN TXT ( {chunks} )")
        else:
            lines.append(f";! timeout {selector}._domainkey.{domain}.")
    path = os.path.join(FOLDER.name, name + ".eml")
    with open(path, "wb") as file:
        file.write(alter(raw) if alter else raw)
    with open(path[:-4] + ".dns", "w") as file:
        file.write("\n".join(lines) + "\n")
    return path


def call(*options, environment=None):
    env = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", NO_COLOR="1", TZ="UTC", **(environment or {}))
    return subprocess.run([PROGRAM, *options], env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60)


def report(path, *options, environment=None):
    done = call("report", "--format", "json", "--second-opinions", "off", *options, path,
                environment=environment)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def rules(found):
    """{profile: {rule: (result, reason)}}"""
    return {one["profile"]: {rule["id"]: (rule["result"], rule["reason"]) for rule in one["rules"]}
            for one in found["receivers"]}


def verdicts(found):
    return {one["profile"]: one["result"] for one in found["receivers"]}
