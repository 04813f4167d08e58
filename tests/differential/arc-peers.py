#!/usr/bin/python3
"""Random ARC chains of one to four hops, mutated: our verdict beside dkimpy's.

arc-peers.py [COUNT] [SEED]   prints the agreement and every difference; exits 1 where one is open.
The chains are sealed by dkimpy. Differences that RFC 8617 settles are named by judged() and counted apart.
SPDX-License-Identifier: MIT"""
import json
import logging
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
quiet = logging.getLogger("quiet")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
quiet.setLevel(logging.CRITICAL + 1)

HEAD = (b"From: A <a@example.com>\r\nTo: b@example.net\r\nSubject: hello  there\r\n"
        b"Date: Wed, 18 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0")
BODIES = [b"Hello,\r\nthis is  a test.\r\n\r\n", b"", b"one line\r\n", b"a \r\n\tb\r\n\r\n\r\n", b"no end"]


def make_keys():
    pem, public = signer.rsa(1024)
    big, big_public = signer.rsa(2048)
    weak, weak_public = signer.rsa(768)
    return {"one": (pem, f"v=DKIM1; p={public}".encode()), "two": (big, f"v=DKIM1; k=rsa; p={big_public}".encode()),
            "weak": (weak, f"v=DKIM1; p={weak_public}".encode()), "other": (pem, f"v=DKIM1; p={big_public}".encode()),
            "revoked": (pem, b"v=DKIM1; p="), "missing": (pem, None)}


def txt_of(keys):
    def txt(name, timeout=5):
        name = name if isinstance(name, bytes) else name.encode()
        return keys.get(name.split(b".")[0].decode("latin-1"), (None, None))[1]
    return txt


def seal(rng, message, hop, keys):
    """One more hop; the first must say cv=none, dkimpy takes the others' from an Authentication-Results field."""
    name = rng.choice(["one", "two"]) if rng.random() < 0.93 else rng.choice(list(keys))
    host = b"hop%d.example.net" % hop
    arc = b"" if hop == 1 else b"; arc=" + (b"pass" if rng.random() < 0.95 else b"fail")
    stamped = b"Authentication-Results: " + host + b"; spf=pass smtp.mailfrom=example.com" + arc + b"\r\n" + message
    names = [b"from", b"to", b"subject", b"date"] + rng.sample([b"message-id", b"mime-version", b"cc", b"from"],
                                                               rng.randrange(0, 4))
    lines = dkim.arc_sign(stamped, name.encode(), b"example.net", keys[name][0], host, include_headers=names,
                          logger=quiet, standardize=rng.random() < 0.2)
    lines = [line if line.endswith(b"\r\n") else line + b"\r\n" for line in lines]
    return b"".join(lines) + (stamped if rng.random() < 0.5 else message)


def relay(rng, message):
    """What a list does between two hops, at times."""
    kind = rng.randrange(6)
    if kind == 0:
        return message.replace(b"Subject: hello", b"Subject: [list] hello")
    if kind == 1:
        return message + b"-- \r\nfooter\r\n"
    if kind == 2:
        return b"Received: from x by y; Wed, 18 Nov 2026 10:00:01 +0000\r\n" + message
    return message


def arc_lines(head):
    lines = re.split(rb"\r\n(?![ \t])", head)
    return lines, [i for i, line in enumerate(lines) if line[:4].lower() == b"arc-"]


def mutate(rng, message):
    head, _, body = message.partition(b"\r\n\r\n")
    lines, arc = arc_lines(head)
    at = rng.choice(arc)
    kind = rng.randrange(16)
    if kind == 0:
        body = body + rng.choice([b"x\r\n", b"\r\n", b" ", b"\r\n\r\n"])
    elif kind == 1:
        place = rng.randrange(len(lines[at]))
        lines[at] = lines[at][:place] + bytes([lines[at][place] ^ (1 << rng.randrange(5))]) + lines[at][place + 1:]
    elif kind == 2:
        del lines[at]
    elif kind == 3:
        lines.insert(rng.randrange(len(lines) + 1), lines[at])
    elif kind == 4:
        rng.shuffle(lines)
    elif kind == 5:
        lines[at] = re.sub(rb"cv=\w+", b"cv=" + rng.choice([b"none", b"pass", b"fail", b"x", b"Pass"]), lines[at])
    elif kind == 6:
        lines[at] = re.sub(rb"i=(\d+)", lambda m: b"i=%d" % (int(m[1]) + rng.choice([-1, 1, 50])), lines[at], count=1)
    elif kind == 7:
        lines[at] = re.sub(rb"([;:]) ", rb"\1\r\n\t", lines[at], count=1)
    elif kind == 8:
        name, _, value = lines[at].partition(b":")
        lines[at] = name.swapcase() + b":" + value.replace(b"; ", b";   ", 1)
    elif kind == 9:
        lines = [line.replace(b"hello  there", rng.choice([b"hello there", b"hallo"])) for line in lines]
    elif kind == 10:
        lines.insert(0, rng.choice([b"From: x@example.org", b"To: z@example.org", b"X-New: y", b"Cc: q@example.org"]))
    elif kind == 11:
        lines[at] = lines[at].replace(b"example.net", b"example.org")
    elif kind == 12:
        lines[at] += rng.choice([b"; h=from", b"; x=y", b";", b"; v=1", b"; a=rsa-sha256", b"; t=5"])
    elif kind == 13:
        a, b = rng.choice(arc), rng.choice(arc)
        lines[a], lines[b] = lines[b], lines[a]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def theirs(message, keys):
    try:
        verdict, _, why = dkim.arc_verify(message, logger=quiet, dnsfunc=txt_of(keys), minkey=1024)
    except Exception as fault:      # dkimpy lets some malformed fields escape as errors
        return "error", type(fault).__name__
    return {dkim.CV_Pass: "pass", dkim.CV_Fail: "fail", dkim.CV_None: "none", None: "ended"}[verdict], why


def tags_of(line):
    """The tag names of an ARC field."""
    value = re.sub(rb"\s+", b"", line.partition(b":")[2])
    return [part.partition(b"=")[0] for part in value.split(b";")]


def sane(message):
    """Every ARC field is a tag list of good names, none repeated."""
    lines, arc = arc_lines(message.partition(b"\r\n\r\n")[0])
    for at in arc:
        if lines[at][:7].lower() == b"arc-aut":
            continue
        tags = tags_of(lines[at])
        if tags and tags[-1] == b"":
            tags.pop()
        if len(set(tags)) != len(tags) or not all(re.fullmatch(rb"[A-Za-z][A-Za-z0-9_]*", t) for t in tags):
            return False
    return True


def in_order(message):
    """The sets stand as hops put them: newest on top, in each the seal, the signature, the results."""
    lines, arc = arc_lines(message.partition(b"\r\n\r\n")[0])
    kinds = {b"s": 0, b"m": 1, b"a": 2}
    places = []
    for at in arc:
        number = re.search(rb"(?:^|[\s;:])i\s*=\s*(\d+)", lines[at])
        places.append((-int(number[1]) if number else 0, kinds.get(lines[at][4:5].lower(), 3)))
    return places == sorted(places)


def judged(report, message, verdict, why):
    """Why a difference is settled by RFC 8617 and not by us; or None."""
    ours, reason = report["arc"]["result"], report["arc"]["reason"]
    head, _, body = message.partition(b"\r\n\r\n")
    if verdict in ("error", "fail") and ours == "none":
        return "no ARC field by that name is left: nothing to validate (5.2, step 1)"
    if ours == "fail" and reason == "structure":
        return "a set is incomplete, doubled, misnumbered or has a wrong cv= (5.2, step 3)"
    if ours == "fail" and not sane(message):
        return "an ARC field is no valid tag list (4.1.2 and 4.1.3, RFC 6376, 3.2)"
    if (ours, reason) == ("unknown", "text-repaired") and report["source"]["kind"] == "paste":
        return "a first line that looks like no field: read as a paste that may have lost some of it, which proves no fail"
    if len(re.findall(rb"(?im)^from[ \t]*:", head)) != 1:
        return "two From fields: dkimpy refuses the message, RFC 6376, 5.4.2 verifies what h= selects"
    if any(not re.match(rb"[!-9;-~]+:|[ \t]", line) for line in head.split(b"\r\n")):
        return "a line that is no field: dkimpy does not read the message"
    if re.search(rb"[ \t]$", body):
        return "blanks at the end of a last line without CRLF: RFC 6376, 3.4.4 drops them"
    if ours == "pass" and not in_order(message):
        return "fields in another order: seals are hashed by instance, not by place (5.1.1); dkimpy goes by place"
    if ours == "pass" and (verdict, why) == ("error", "IndexError"):
        return "\" i=N;\" is not written so: dkimpy looks for these bytes, RFC 6376, 3.2 allows other blanks"
    older = [line for line in arc_lines(head)[0] if re.match(rb"(?i)arc-message-signature:", line)]
    if ours == "pass" and verdict in ("error", "fail") and len(older) > 1:
        newest = max(report["arc"]["instances"], key=lambda i: i["i"])
        broken = [i for i in report["arc"]["instances"] if i["ams"] != "pass"]
        if newest["ams"] == "pass" and broken and all(i["seal"] == "pass" for i in report["arc"]["instances"]):
            return "an older message signature cannot be read: only the newest must verify (5.2, steps 4 and 5)"
    return None


def chain(rng, keys):
    message = HEAD + b"\r\n\r\n" + rng.choice(BODIES)
    for hop in range(1, rng.randrange(1, 5) + 1):
        message = seal(rng, relay(rng, message) if hop > 1 else message, hop, keys)
    return message


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    rng = random.Random(seed)
    keys = make_keys()
    messages = []
    for _ in range(count):
        message = chain(rng, keys)
        messages.append(mutate(rng, message) if rng.random() < 0.7 else message)
    with tempfile.TemporaryDirectory() as folder:
        zone = os.path.join(folder, "zone")
        with open(zone, "w", encoding="ascii") as out:
            out.write(signer.zone({f"{name}._domainkey.example.net": record.decode()
                                   for name, (_, record) in keys.items() if record}))
        reports = {}
        for i, message in enumerate(messages):
            with open(os.path.join(folder, f"{i}.eml"), "wb") as out:
                out.write(message)
        for start in range(0, count, 300):
            paths = [os.path.join(folder, f"{i}.eml") for i in range(start, min(start + 300, count))]
            done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", zone, *paths], capture_output=True)
            for report in map(json.loads, done.stdout.splitlines()):
                reports[report["source"]["path"]] = report
        results = [reports[os.path.join(folder, f"{i}.eml")] for i in range(count)]
    agree, known, still_open, seen = 0, {}, 0, {}
    for message, report in zip(messages, results):
        ours = report["arc"]["result"]
        verdict, why = theirs(message, keys)
        seen[ours] = seen.get(ours, 0) + 1
        # "ended": the newest seal says cv=fail; RFC 8617, 5.2, step 2 calls that fail.
        if ours == ("fail" if verdict in ("ended", "error") else verdict):
            agree += 1
            continue
        settled = judged(report, message, verdict, why)
        if settled:
            known[settled] = known.get(settled, 0) + 1
            continue
        still_open += 1
        print(f"DIFFERENT: ours {ours} ({report['arc']['reason']}), dkimpy {verdict} ({why})\n{message!r}\n")
    print(f"seed {seed}: {count} chains, {agree} agree, {sum(known.values())} judged, {still_open} open; ours: "
          + ", ".join(f"{result} {n}" for result, n in sorted(seen.items())))
    for why, times in sorted(known.items()):
        print(f"  {times} x {why}")
    sys.exit(still_open > 0 or not seen.get("pass"))


main()
