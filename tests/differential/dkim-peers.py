#!/usr/bin/python3
"""Random signed and mutated messages: our DKIM verdict, each signature's, beside dkimpy's and libopendkim's.

dkim-peers.py [COUNT] [SEED]   prints the agreement and every difference; exits 1 where one is open.
Differences that the RFCs settle are named by judged() and counted apart. libopendkim takes part where
libopendkim-dev is installed.
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

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "dkim"))
import signer       # noqa: E402

PROGRAM = signer.PROGRAM
AT = int(time.time())


def make_keys():
    """By selector: private key (None: ed25519), record, and whether the record itself keeps it from passing."""
    keys = {}
    pairs = {bits: signer.rsa(bits) for bits in (768, 1024, 2048)}
    pem, public = pairs[1024]

    def add(name, record, key=pem):
        keys[name] = (key, record.encode())
    add("r1024", f"v=DKIM1; k=rsa; p={public}")
    add("r2048", f"v=DKIM1; k=rsa; p={pairs[2048][1]}", pairs[2048][0])
    add("r768", f"v=DKIM1; p={pairs[768][1]}", pairs[768][0])
    add("ed", signer.ED_RECORD, None)
    add("testing", f"v=DKIM1; t=y; p={public}")
    add("other", f"v=DKIM1; p={pairs[2048][1]}")
    add("bare", f"p={public}")
    add("notes", f"v=DKIM1; n=hello there; x_y=z; p={public};")
    add("dash", f"v=DKIM1; x-y=z; p={public}")
    add("folded", f"v=DKIM1 ; k = rsa ; p = {public[:60]} {public[60:130]}  {public[130:]} ")
    add("hashes", f"v=DKIM1; h=sha1:sha256; p={public}")
    add("sha1", f"v=DKIM1; h=sha1; p={public}")
    add("email", f"v=DKIM1; s=email; p={public}")
    add("chat", f"v=DKIM1; s=chat; p={public}")
    add("strict", f"v=DKIM1; t=s; p={public}")
    add("both", f"v=DKIM1; t=y:s; p={public}")
    add("last", f"p={public}; v=DKIM1")
    add("two", f"v=DKIM2; p={public}")
    add("revoked", "v=DKIM1; p=")
    add("kind", f"v=DKIM1; k=dsa; p={public}")
    add("edkind", f"v=DKIM1; k=ed25519; p={public}")
    return keys


def random_body(rng):
    pieces = [b"word", b" ", b"  ", b"\t", b"\r\n", b"\r\n\r\n", b"\r\n\r\n\r\n", b"caf\xc3\xa9", b"\xff",
              b".", b"=20", b"-- \r\n", b"\r\n.\r\n", b" \r\n"]
    return b"".join(rng.choice(pieces) for _ in range(rng.randrange(0, 40)))


def random_head(rng):
    fields = [b"From: A <a@example.com>", b"To: b@example.net", b"Subject: hello  there",
              b"Date: Wed, 18 Nov 2026 10:00:00 +0000", b"Message-ID: <1@example.com>",
              b"X-Long: one\r\n two\r\n\tthree  ", b"MIME-Version: 1.0", b"Reply-To: c@example.org",
              b"X-Empty:", b"Received: from a by b; Wed, 18 Nov 2026 10:00:01 +0000", b"X-Long: again"]
    chosen = [fields[0]] + rng.sample(fields[1:], rng.randrange(1, len(fields)))
    rng.shuffle(chosen)
    return b"\r\n".join(chosen)


def random_shape(rng):
    """Tags in any order, folded anywhere the grammar allows it, with or without a semicolon at the end."""
    def shape(pairs):
        pairs = list(pairs)
        if rng.random() < 0.6:
            rng.shuffle(pairs)
        place = rng.randrange(len(pairs) + 1)
        blank = lambda: rng.choice([b"", b"", b" ", b"\r\n ", b"\r\n\t", b"  "])
        text = lambda tag, value: tag.encode() + blank() + b"=" + blank() + value.encode()
        before = [text(t, v) for t, v in pairs[:place]]
        behind = [text(t, v) for t, v in pairs[place:]]
        join = lambda parts: b"".join(blank() + part + blank() + b";" for part in parts)
        end = join(behind)
        if end and rng.random() < 0.5:
            end = end[:-1].rstrip(b" \r\n\t")
        return b" " + join(before) + rng.choice([b" ", b"\r\n "]) + b"b=", (b";" if end else b"") + end
    return shape


def random_tags(rng, canon):
    tags = {}
    if rng.random() < 0.3:
        tags["i"] = rng.choice(["@example.com", "a@example.com", "a@sub.example.com", "@SUB.Example.Com",
                                "a@notexample.com", "a@example.org", "@com"])
    if rng.random() < 0.3:
        tags["t"] = str(AT + rng.choice([-100000, -1, 0]))
    if rng.random() < 0.3:
        tags["x"] = str(AT + rng.choice([-1000000, 100000, 10000000]))
    if rng.random() < 0.2:
        tags["q"] = "dns/txt"
    if rng.random() < 0.1:
        tags["z"] = "From:a@example.com|Subject:x=20y"
    if rng.random() < 0.1:
        tags["unknown"] = "value"
    if canon == "simple/simple" and rng.random() < 0.5:
        tags["c"] = rng.choice([None, "simple"])
    if canon == "relaxed/simple" and rng.random() < 0.5:
        tags["c"] = "relaxed"
    return tags


def sign(rng, head, body, name, keys):
    """A field by our own signer, in any shape, or by dkimpy."""
    key, _ = keys[name]
    canon = rng.choice(["simple", "relaxed"]) + "/" + rng.choice(["simple", "relaxed"])
    names = ["from"] + rng.sample(["to", "subject", "date", "message-id", "x-long", "x-long", "x-empty", "reply-to",
                                   "mime-version", "from", "absent"], rng.randrange(0, 8))
    if rng.random() < 0.3:
        if key is None:
            key = base64.b64encode(bytes(signer.ED))
        return dkim.sign(head + b"\r\n\r\n" + body, name.encode(), b"example.com", key,
                         canonicalize=tuple(canon.encode().split(b"/")), length=rng.random() < 0.2,
                         signature_algorithm=b"ed25519-sha256" if name == "ed" else b"rsa-sha256",
                         include_headers=[n.encode() for n in names])
    tags = random_tags(rng, canon)
    if rng.random() < 0.15:
        tags["l"] = str(rng.randrange(len(signer.canonical_body(canon.split("/")[1], body)) + 3))
    glue = rng.choice([":", ":", " : ", ":\r\n "])
    written = glue.join(rng.choice([n, n.upper(), n.title()]) for n in names)
    return signer.sign(key, head, body, canon, written, random_shape(rng), s=name, **tags)


def mutate(rng, message):
    head, _, body = message.partition(b"\r\n\r\n")
    kind = rng.randrange(15)
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
    elif kind == 11:
        head = re.sub(rb"(?m)^(To|Subject|Date): ", lambda m: m[1].swapcase() + b":  ", head, count=1)
    elif kind == 12:
        lines = re.split(rb"\r\n(?![ \t])", head)
        rng.shuffle(lines)
        head = b"\r\n".join(lines)
    return head + b"\r\n\r\n" + body


# ---- the peers ----

def by_dkimpy(message, keys, index):
    def txt(name, timeout=5):
        selector = (name if isinstance(name, bytes) else name.encode()).split(b".")[0].decode("latin-1")
        return keys[selector][1] if selector in keys else None
    try:
        verified = dkim.DKIM(message, minkey=1024).verify(idx=index, dnsfunc=txt)
        return "pass" if verified else "not"
    except Exception as fault:      # dkimpy lets some malformed fields escape as errors
        return "error " + type(fault).__name__


def build_opendkim(folder):
    program = os.path.join(folder, "opendkim-peer")
    done = subprocess.run(["cc", "-w", "-o", program, os.path.join(HERE, "opendkim-peer.c"), "-lopendkim"],
                          capture_output=True)
    return program if done.returncode == 0 else None


def by_opendkim(program, folder, keys, paths):
    """Verdicts by path: a list of (selector, verdict)."""
    records = os.path.join(folder, "keys")
    with open(records, "wb") as out:
        for name, (_, record) in keys.items():
            out.write(name.encode() + b"._domainkey.example.com " + record + b"\n")
    verdicts = {}
    for start in range(0, len(paths), 200):
        done = subprocess.run([program, records] + paths[start:start + 200], capture_output=True)
        current = None
        for line in done.stdout.decode("latin-1").splitlines():
            if line.startswith(" "):
                selector, verdict = line.rsplit(" ", 1)
                current.append((selector.strip(), verdict))
            else:
                current = verdicts.setdefault(line, [])
    return verdicts


def damaged(message):
    head = message.partition(b"\r\n\r\n")[0]
    if len(re.findall(rb"(?im)^from[ \t]*:", head)) != 1:
        return "no From or two: the library refuses the message; RFC 6376, 5.4.2 still verifies what h= selects"
    if re.search(rb"(?m)^[!-9;-~]+[ \t]+:", head):
        return "blanks before a colon (RFC 5322, 4.5): the library does not read it so"
    if head[:1] in (b" ", b"\t") or any(not re.match(rb"[!-9;-~]+:|[ \t]", line) for line in head.split(b"\r\n")):
        return "a line that is no field: the library does not read the message"
    return None


def judged(peer, signature, report, message, keys, theirs):
    """Why a difference is settled by the RFC and not by us; or None."""
    reason = signature["reason"]
    record = keys.get(signature["selector"], (None, b""))[1]
    body = message.partition(b"\r\n\r\n")[2]
    ours = signature["result"]
    relaxed = signature["canonicalization"].endswith("/relaxed")
    if ours != "pass" and reason in ("syntax", "missing-tag", "version", "i-outside-d"):
        return f"{reason}: RFC 6376, 3.2, 3.5 and 6.1.1 make it no valid signature"
    if reason == "key-mismatch":
        return "the key's t=s, s=, h= or k= forbids it (RFC 6376, 3.6.1): the library does not look"
    if reason == "key-syntax" and b"; v=DKIM1" in record:
        return "v= is not the first tag of the key (RFC 6376, 3.6.1)"
    if reason == "key-syntax" and b"x-y=" in record:
        return "a tag name with a dash in the key: outside the grammar of RFC 6376, 3.2"
    if reason == "key-syntax" and b"k=ed25519" in record and signature["selector"] == "edkind":
        return "the key says k=ed25519 and holds an RSA key (RFC 8463, 4): the library does not look"
    if reason == "l-exceeds-body":
        return "l= is longer than the body (RFC 6376, 3.5): the library goes on"
    others = [s["reason"] for s in report["dkim"] if s is not signature]
    if theirs == "none" and ours == "pass" and {"syntax", "missing-tag", "version", "i-outside-d"} & set(others):
        return "another signature is malformed: libopendkim gives up all, RFC 6376, 6.1 judges each alone"
    if ours == "pass" and theirs != "pass" and damaged(message):
        return damaged(message)
    if peer == "dkimpy" and relaxed and re.search(rb"[ \t]$", body):
        return "blanks at the end of a last line without CRLF: RFC 6376, 3.4.4 drops them"
    if peer == "dkimpy" and ours == "fail" and re.search(rb"[\x0b\x0c]", message):
        return "a form feed: dkimpy takes it for a blank, RFC 6376, 2.8 knows SP and HTAB only"
    if peer == "opendkim" and ours == "pass" and re.search(rb"(?<!\r)\n", message):
        return "a bare LF among CRLF: read as a line end here and by dkimpy, as an octet by libopendkim"
    return None


# ---- comparing ----

def write_messages(folder, messages):
    os.makedirs(folder, exist_ok=True)
    paths = []
    for i, message in enumerate(messages):
        paths.append(os.path.join(folder, f"{i}.eml"))
        with open(paths[-1], "wb") as out:
            out.write(message)
    return paths


def our_reports(folder, keys, paths):
    dns = os.path.join(folder, "zone")
    with open(dns, "w", encoding="ascii") as out:
        out.write(signer.zone({name: record.decode() for name, (_, record) in keys.items()}))
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(AT))
    reports = {}
    for start in range(0, len(paths), 500):
        done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", dns, "--at", at] +
                              paths[start:start + 500], capture_output=True)
        for report in map(json.loads, done.stdout.splitlines()):
            reports[report["source"]["path"]] = report
    return reports


class Tally:
    def __init__(self):
        self.agree, self.passes, self.open, self.known = {}, 0, 0, {}

    def compare(self, peer, ours, theirs, why, message):
        if (ours == "pass") == (theirs == "pass"):
            self.agree[peer] = self.agree.get(peer, 0) + 1
        elif why:
            self.known[(peer, why)] = self.known.get((peer, why), 0) + 1
        else:
            self.open += 1
            print(f"DIFFERENT: ours {ours}, {peer} {theirs}\n{message!r}\n")


def compare_message(tally, report, message, keys, opendkim):
    signatures = report["dkim"]
    for index, signature in enumerate(signatures):
        ours = signature["result"]
        tally.passes += ours == "pass"
        theirs = by_dkimpy(message, keys, index)
        tally.compare("dkimpy", f"{ours}" if ours == "pass" else f"{ours} {signature['reason']}", theirs,
                      judged("dkimpy", signature, report, message, keys, theirs), message)
        if opendkim is None:
            continue
        # Signatures that libopendkim cannot read are not in its list: not passed.
        same = [v for s, v in opendkim if s.lower() == (signature["selector"] or "").lower()]
        theirs = same[0] if same else "none"
        tally.compare("opendkim", ours, theirs, judged("opendkim", signature, report, message, keys, theirs), message)
    return len(signatures)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    rng = random.Random(seed)
    keys = make_keys()
    messages = []
    for _ in range(count):
        head, body = random_head(rng), random_body(rng)
        names = rng.sample(list(keys), rng.choice([1, 1, 1, 2, 3]))
        message = b"".join(sign(rng, head, body, name, keys) for name in names) + head + b"\r\n\r\n" + body
        messages.append(mutate(rng, message) if rng.random() < 0.6 else message)
    tally, signatures = Tally(), 0
    with tempfile.TemporaryDirectory() as folder:
        paths = write_messages(folder, messages)
        reports = our_reports(folder, keys, paths)
        program = build_opendkim(folder)
        # libopendkim wants a CRLF at the end, which canonicalization adds anyway (RFC 6376, 3.4.3).
        ended = write_messages(os.path.join(folder, "ended"),
                               [m if m.endswith(b"\r\n") else m + b"\r\n" for m in messages])
        verdicts = by_opendkim(program, folder, keys, ended) if program else {}
        for path, other, message in zip(paths, ended, messages):
            signatures += compare_message(tally, reports[path], message, keys, verdicts.get(other))
    print(f"seed {seed}: {count} messages, {signatures} signatures, {tally.passes} of them pass here; agree: "
          + ", ".join(f"{peer} {n}" for peer, n in sorted(tally.agree.items()))
          + f"; {sum(tally.known.values())} judged, {tally.open} open")
    if not program:
        print("  without libopendkim: libopendkim-dev is not installed")
    for (peer, why), times in sorted(tally.known.items()):
        print(f"  {times} x {peer}: {why}")
    sys.exit(tally.open > 0 or tally.passes == 0)


main()
