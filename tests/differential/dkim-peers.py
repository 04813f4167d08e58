#!/usr/bin/python3
"""Random signed and mutated messages: our DKIM verdict beside dkimpy's.

dkim.py [COUNT] [SEED]   prints the agreement and every difference.
Differences that the RFCs settle in our favour are named in KNOWN and counted apart.
SPDX-License-Identifier: MIT"""
import base64
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

import dkim
import nacl.signing

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))


def make_keys():
    """Keys of every kind, made afresh: they protect nothing."""
    keys = {}
    for name, bits in (("r1024", 1024), ("r2048", 2048), ("r768", 768)):
        pem = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True).stdout
        public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=pem,
                                capture_output=True).stdout
        keys[name] = (pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public), b"rsa-sha256")
    seed = nacl.signing.SigningKey(b"fromscope differential test key.")
    keys["ed"] = (base64.b64encode(bytes(seed)), b"v=DKIM1; k=ed25519; p=" +
                  base64.b64encode(bytes(seed.verify_key)), b"ed25519-sha256")
    keys["testing"] = (keys["r2048"][0], keys["r2048"][1] + b"; t=y", b"rsa-sha256")
    keys["other"] = (keys["r2048"][0], keys["r1024"][1], b"rsa-sha256")
    return keys


def random_body(rng):
    pieces = [b"word", b" ", b"  ", b"\t", b"\r\n", b"\r\n\r\n", b"\r\n\r\n\r\n", b"caf\xc3\xa9", b"\xff",
              b".", b"=20", b"-- \r\n", b"\r\n.\r\n", b" \r\n"]
    return b"".join(rng.choice(pieces) for _ in range(rng.randrange(0, 40)))


def random_message(rng):
    fields = [b"From: A <a@example.com>", b"To: b@example.net", b"Subject: hello  there",
              b"Date: Wed, 18 Nov 2026 10:00:00 +0000", b"Message-ID: <1@example.com>",
              b"X-Long: one\r\n two\r\n\tthree  ", b"MIME-Version: 1.0", b"Reply-To: c@example.org",
              b"X-Empty:", b"Received: from a by b; Wed, 18 Nov 2026 10:00:01 +0000"]
    chosen = [fields[0]] + rng.sample(fields[1:], rng.randrange(1, len(fields)))
    rng.shuffle(chosen)
    return b"\r\n".join(chosen) + b"\r\n\r\n" + random_body(rng)


def sign(rng, message, keys):
    name = rng.choice(list(keys))
    pem, _, algorithm = keys[name]
    canon = (rng.choice([b"simple", b"relaxed"]), rng.choice([b"simple", b"relaxed"]))
    names = [b"from"] + rng.sample([b"to", b"subject", b"date", b"message-id", b"x-long", b"x-empty",
                                    b"reply-to", b"mime-version", b"from", b"absent"], rng.randrange(0, 8))
    return dkim.sign(message, name.encode(), b"example.com", pem, canonicalize=canon,
                     signature_algorithm=algorithm, include_headers=names,
                     length=rng.random() < 0.2) + message


def mutate(rng, message):
    head, _, body = message.partition(b"\r\n\r\n")
    kind = rng.randrange(14)
    if kind == 0 and body:
        at = rng.randrange(len(body))
        body = body[:at] + bytes([body[at] ^ (1 << rng.randrange(7))]) + body[at + 1:]
    elif kind == 1:
        body += rng.choice([b"\r\n", b"\r\n\r\n", b" ", b"footer\r\n", b"x"])
    elif kind == 2:
        body = body.replace(b" ", b"  ", 1)
    elif kind == 3:
        at = rng.randrange(len(head))
        head = head[:at] + bytes([head[at] ^ (1 << rng.randrange(5))]) + head[at + 1:]
    elif kind == 4:
        head = rng.choice([b"From: evil@example.net\r\n", b"Subject: other\r\n", b"To: x@y.example\r\n"]) + head
    elif kind == 5:
        head = re.sub(rb"(?i)^subject:", b"SUBJECT :", head, flags=re.M)
    elif kind == 6:
        head += b"\r\nX-Added: yes"
    elif kind == 7:
        lines = head.split(b"\r\n")
        at = rng.randrange(len(lines))
        head = b"\r\n".join(lines[:at] + lines[at + 1:])
    elif kind == 8:
        head = head.replace(b"hello  there", b"hello\r\n there")
    elif kind == 9:
        tag = rng.choice([b"v=1", b"c=", b"d=example.com", b"; s=", b"q=dns/txt", b"a="])
        head = head.replace(tag, tag[:-1] + b"z", 1)
    elif kind == 10:
        body = body.rstrip(b"\r\n")
    return head + b"\r\n\r\n" + body


def theirs(message, keys):
    def txt(name, timeout=5):
        selector = (name if isinstance(name, bytes) else name.encode()).split(b".")[0].decode("latin-1")
        return keys[selector][1] if selector in keys else None
    try:
        return "pass" if dkim.verify(message, dnsfunc=txt, minkey=1024) else "not"
    except Exception as fault:      # dkimpy lets some malformed fields escape as errors
        return "error " + type(fault).__name__


def judged(signature, message):
    """Why a difference is settled by the RFC and not by us, or None."""
    head, _, body = message.partition(b"\r\n\r\n")
    reason = signature["reason"] if signature else "no-dkim-signature"
    if reason in ("i-outside-d", "syntax", "no-dkim-signature"):
        return "a damaged field: RFC 6376, 3.5 makes it no signature or no valid one"
    if len(re.findall(rb"(?im)^from[ \t]*:", head)) != 1:
        return "no From or two: dkimpy refuses the message, RFC 6376, 5.4.2 still verifies what h= selects"
    if re.search(rb"(?m)^[!-9;-~]+[ \t]+:", head):
        return "blanks before a colon (RFC 5322, 4.5.8): dkimpy does not read the message"
    if any(not re.match(rb"[!-9;-~]+:|[ \t]", line) for line in head.split(b"\r\n")):
        return "a line that is no field: dkimpy does not read the message"
    relaxed = signature["canonicalization"].endswith("/relaxed")
    if relaxed and re.search(rb"[ \t]$", body):
        return "blanks at the end of a last line without CRLF: dkimpy keeps them, RFC 6376, 3.4.4 drops them"
    return None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    rng = random.Random(seed)
    keys = make_keys()
    messages = []
    for _ in range(count):
        signed = sign(rng, random_message(rng), keys)
        messages.append(mutate(rng, signed) if rng.random() < 0.7 else signed)
    with tempfile.TemporaryDirectory() as folder:
        zone = os.path.join(folder, "zone")
        with open(zone, "wb") as out:
            out.write(b";! snapshot 1\n;! complete .\n")
            for name, (_, record, _) in keys.items():
                parts = [record[i:i + 200] for i in range(0, len(record), 200)]
                out.write(name.encode() + b"._domainkey.example.com. 300 IN TXT " +
                          b" ".join(b'"' + part + b'"' for part in parts) + b"\n")
        paths = []
        for i, message in enumerate(messages):
            paths.append(os.path.join(folder, f"{i}.eml"))
            with open(paths[-1], "wb") as out:
                out.write(message)
        done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", zone, "--at",
                               "2026-11-22T00:00:00Z"] + paths, capture_output=True)
    reports = {r["source"]["path"]: r for r in map(json.loads, done.stdout.splitlines())}
    agree, passes, known, differences = 0, 0, {}, 0
    for path, message in zip(paths, messages):
        report = reports[path]
        signatures = report["dkim"]
        # dkimpy verifies the topmost signature only.
        ours = signatures[0]["result"] if signatures else "none"
        reason = signatures[0]["reason"] if signatures else "no-dkim-signature"
        want = theirs(message, keys)
        passes += ours == "pass"
        if (ours == "pass") == (want == "pass"):
            agree += 1
            continue
        why = judged(signatures[0] if signatures else None, message)
        if why:
            known[why] = known.get(why, 0) + 1
            continue
        differences += 1
        print(f"DIFFERENT: ours {ours} ({reason}), dkimpy {want}\n{message!r}\n")
    print(f"seed {seed}: {count} messages, {agree} agree, {passes} of them pass here, "
          f"{sum(known.values())} judged, {differences} open")
    for why, times in known.items():
        print(f"  {times} x {why}")
    sys.exit(differences > 0)


main()
