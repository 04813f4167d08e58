"""Signs messages for tests: a second, plain reading of RFC 6376, 3.4 to 3.7, and keys made afresh.
SPDX-License-Identifier: MIT"""
import base64
import hashlib
import json
import os
import re
import subprocess
import tempfile

import nacl.signing
from dkim.crypto import HASH_ALGORITHMS, RSASSA_PKCS1_v1_5_sign, parse_pem_private_key

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
AT = 1795305600     # 2026-11-22T00:00:00Z
ED = nacl.signing.SigningKey(b"fromscope: it protects nothing..")
ED_RECORD = "v=DKIM1; k=ed25519; p=" + base64.b64encode(bytes(ED.verify_key)).decode()


def rsa(bits):
    """A private key as PEM and its public half as p= holds it."""
    pem = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True,
                         check=True).stdout
    public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=pem,
                            capture_output=True, check=True).stdout
    return pem, base64.b64encode(public).decode()


def header(mode, name, value):
    """One field as it is hashed; `value` is what stands behind the colon."""
    if mode == "simple":
        return name + b":" + value + b"\r\n"
    value = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.lower().rstrip(b" \t") + b":" + value + b"\r\n"


def canonical_body(mode, body):
    lines = body.split(b"\r\n")
    if mode == "relaxed":
        lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if lines:
        return b"\r\n".join(lines) + b"\r\n"
    return b"\r\n" if mode == "simple" else b""


def fields(head):
    """The header as (name, value) pairs."""
    found = []
    for line in re.split(rb"\r\n(?![ \t])", head):
        name, _, value = line.partition(b":")
        found.append((name, value))
    return found


def signed_data(head, names, mode, own):
    left = fields(head)
    data = b""
    for name in names:
        for at in range(len(left) - 1, -1, -1):
            if left[at][0].lower().strip() == name.lower():
                data += header(mode, *left.pop(at))
                break
    return data + header(mode, b"DKIM-Signature", own)[:-2]


def plain_shape(pairs):
    """How the tags are written: what stands before the signature's value, and behind it."""
    return b" " + "; ".join(f"{t}={v}" for t, v in pairs).encode() + b"; b=", b""


def sign(key, head, body, canon="relaxed/relaxed", names="from:to:subject", shape=plain_shape, **tags):
    """The DKIM-Signature field with its line end. `key` is a PEM, or None for ed25519; a tag of None is left out."""
    modes = canon.split("/")
    hashed = canonical_body(modes[1], body)
    if tags.get("l"):
        hashed = hashed[:int(tags["l"])]
    values = {"v": "1", "a": "rsa-sha256" if key else "ed25519-sha256", "c": canon, "d": "example.com",
              "s": "good" if key else "ed", "h": names,
              "bh": base64.b64encode(hashlib.sha256(hashed).digest()).decode()}
    values.update(tags)
    before, behind = shape([(t, v) for t, v in values.items() if v is not None])
    data = signed_data(head, [n.strip().encode() for n in values["h"].split(":")], modes[0], before + behind)
    if key:
        hasher = HASH_ALGORITHMS[b"rsa-sha256"]()
        hasher.update(data)
        signature = RSASSA_PKCS1_v1_5_sign(hasher, parse_pem_private_key(key))
    else:
        signature = ED.sign(hashlib.sha256(data).digest()).signature
    return b"DKIM-Signature:" + before + base64.b64encode(signature) + behind + b"\r\n"


def zone(records, more=()):
    """A snapshot with key records by selector, or by whole name where there is a dot in it."""
    lines = [";! snapshot 1", ";! complete ."]
    for selector, text in records.items():
        name = selector if "." in selector else f"{selector}._domainkey.example.com"
        parts = [text[i:i + 200] for i in range(0, len(text), 200)] or [""]
        lines.append(f"{name}. 300 IN TXT " + " ".join(f'"{part}"' for part in parts))
    return "\n".join(lines + list(more)) + "\n"


class Bench:
    """A folder with a zone; opens messages with the program and reads its JSON. Counts as TAP."""

    def __init__(self, zone_text):
        self.folder = tempfile.TemporaryDirectory()
        self.dns = os.path.join(self.folder.name, "zone")
        self.count = 0
        with open(self.dns, "w", encoding="ascii") as out:
            out.write(zone_text)

    def report(self, message, *options, timeout=60):
        path = os.path.join(self.folder.name, "case.eml")
        with open(path, "wb") as out:
            out.write(message)
        done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", self.dns, *options, path],
                              capture_output=True, timeout=timeout)
        if done.returncode != 0:
            raise RuntimeError(f"exit {done.returncode}: {done.stderr[:500]!r}")
        return json.loads(done.stdout)

    def check(self, good, name, got=None):
        self.count += 1
        print(f"{'' if good else 'not '}ok {self.count} - {name}")
        if not good:
            print(f"#   got {got}")

    def done(self):
        print(f"1..{self.count}")
        self.folder.cleanup()


def steps(tree, wanted):
    found = [tree] if tree["id"] == wanted else []
    for child in tree["children"]:
        found += steps(child, wanted)
    return found


def findings(report, wanted):
    return [f for f in report["findings"] if f["id"] == wanted]
