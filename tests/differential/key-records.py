#!/usr/bin/python3
"""Random DKIM key records: a reading of RFC 6376, 3.2 and 3.6.1, RFC 8301 and RFC 8463 of this script's own beside the program's,
and beside dkimpy's and libopendkim's.

key-records.py [COUNT] [SEED]   prints the agreement and every difference; exits 1 where one is open.
Every message holds one signature that is good but for its key record. Where the program agrees with the model and one of the
libraries does not, the model's reason is the judgment; a pass that a library does not share has to be named by judged().
SPDX-License-Identifier: MIT"""
import base64
import collections
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

HEAD = b"From: A <a@example.com>\r\nTo: b@example.net\r\nSubject: hello"
BODY = b"one line\r\n"
BLANKS = ["", "", "", " ", "\t", "  ", "\r\n "]


# ---- what is asked ----

def make_keys():
    """By name: how a signature is made, and the public key as p= holds it."""
    weak, good, other = signer.rsa(768), signer.rsa(1024), signer.rsa(1024)
    bare = subprocess.run(["openssl", "rsa", "-RSAPublicKey_out", "-outform", "DER"], input=good[0], capture_output=True,
                          check=True).stdout
    edwards = bytes(signer.ED.verify_key)
    wrapped = bytes.fromhex("302a300506032b6570032100") + edwards
    return {"rsa": good, "pkcs1": (good[0], base64.b64encode(bare).decode()), "weak": weak, "other": (good[0], other[1]),
            "ed": (None, base64.b64encode(edwards).decode()), "edwrapped": (None, base64.b64encode(wrapped).decode()),
            "edshort": (None, base64.b64encode(edwards[:31]).decode())}


def words(rng, good, bad, many):
    chosen = [rng.choice(good if rng.random() < 0.85 else bad) for _ in range(rng.choice(many))]
    return ":".join(rng.choice(BLANKS) + word + rng.choice(BLANKS) for word in chosen)


def public_value(rng, public):
    dice = rng.random()
    if dice < 0.05:
        return rng.choice(["", " ", "\t", "\r\n "])
    if dice < 0.10:
        return rng.choice(["=", "A", "====", public + "===", "!" + public, public[:9] + "-" + public[10:], public[:-9], "AAAA"])
    if dice < 0.15:
        return public.rstrip("=")
    text = public
    for _ in range(rng.choice([0, 0, 0, 1, 3])):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(BLANKS) + text[at:]
    return text


def tags_of(rng, kind, public):
    tags = [("p", public_value(rng, public))] if rng.random() < 0.97 else []
    if rng.random() < 0.6:
        tags.insert(0, ("v", "DKIM1" if rng.random() < 0.9 else rng.choice(["DKIM2", "dkim1", "DKIM1.0", "", "DKIM 1", "1"])))
    if rng.random() < (0.95 if kind.startswith("ed") else 0.4):
        right = "ed25519" if kind.startswith("ed") else "rsa"
        tags.append(("k", right if rng.random() < 0.85 else rng.choice(["rsa", "ed25519", "RSA", "dsa", "", "r sa", "rsa-sha256"])))
    if rng.random() < 0.3:
        tags.append(("h", words(rng, ["sha256", "sha1", "SHA256"], ["", "sha 256", "sha512", "x-y", "*"], [1, 1, 2, 3])))
    if rng.random() < 0.3:
        tags.append(("s", words(rng, ["email", "*", "chat", "Email"], ["", "em ail", "e-mail", "all"], [1, 1, 2])))
    if rng.random() < 0.4:
        tags.append(("t", words(rng, ["y", "s", "x"], ["", "y s", "S", "ys", "s-"], [1, 1, 2])))
    if rng.random() < 0.2:
        tags.append(rng.choice([("n", "a note, with = and :"), ("x", ""), ("x_1", "?"), ("P", "no key"), ("g", "*"), ("n", "\xe4")]))
    return tags


def record(rng, kind, public):
    tags = tags_of(rng, kind, public)
    if rng.random() < 0.15:
        rng.shuffle(tags)
    if rng.random() < 0.03:
        tags.append(rng.choice(tags or [("p", "")]))
    blank = lambda: rng.choice(BLANKS) if rng.random() < 0.4 else ""
    parts = [f"{blank()}{name}{blank()}={blank()}{value}{blank()}" for name, value in tags]
    if rng.random() < 0.06:
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(["", " ", "stray", "=x", "1x=y", "x-y=z", "x y=z", "n=a\x01b", "n=\x7f",
                                                                "n=\rb", "n=a\nb", "n=\r\nb"]))
    return ";".join(parts) + rng.choice(["", ";", "; "] if rng.random() < 0.98 else [";;", "; ;"])


def make_case(rng, keys, number):
    kind = rng.choice(["rsa"] * 6 + ["ed"] * 3 + ["pkcs1", "weak", "other", "edwrapped", "edshort"])
    secret, public = keys[kind]
    tags = {"i": rng.choice(["@sub.example.com", "a@example.com", "@EXAMPLE.com"])} if rng.random() < 0.3 else {}
    field = signer.sign(secret, HEAD, BODY, s=f"k{number}", **tags)
    return {"kind": kind, "inside": "sub." in tags.get("i", ""), "record": record(rng, kind, public),
            "message": field + HEAD + b"\r\n\r\n" + BODY}


# ---- the model ----

FWS = r"(?:[ \t]|\r\n[ \t])+"       # also several folds in a row, as RFC 5322, 4.2 still reads them
VALUE = r"[\x21-\x3a\x3c-\x7e\x80-\xff]"
TAG = re.compile(rf"(?:{FWS})?([A-Za-z][A-Za-z0-9_]*)(?:{FWS})?=(?:{FWS})?((?:{VALUE}+(?:{FWS}{VALUE}+)*)?)(?:{FWS})?")


def trim(text):
    return text.strip(" \t\r\n")


def read_tags(text):
    """3.2: names and values, or None. A blank line behind the last semicolon is let pass, as everybody does."""
    parts = text.split(";")
    if len(parts) > 1 and not trim(parts[-1]):
        parts.pop()
    tags = {}
    for part in parts:
        found = TAG.fullmatch(part)
        if not found or found[1] in tags:
            return None
        tags[found[1]] = found[2]
    return tags


def has_word(value, *wanted):
    return any(trim(word).lower() in wanted for word in value.split(":"))


def public_key(value, edwards):
    """The octets of a usable key, or a word for what is wrong."""
    digits = re.sub(r"[ \t\r\n]", "", value)
    bare = re.sub(r"={1,2}$", "", digits)
    if not re.fullmatch(r"[A-Za-z0-9+/]+", bare) or len(bare) % 4 == 1:
        return "key-syntax"
    octets = base64.b64decode(bare + "=" * (-len(bare) % 4))
    if edwards:
        return octets if len(octets) == 32 else "key-syntax"
    return octets


def model(case, keys):
    """pass, or the reason why not."""
    tags = read_tags(case["record"])
    if tags is None or "p" not in tags:
        return "key-syntax"
    if "v" in tags and (tags["v"] != "DKIM1" or next(iter(tags)) != "v"):
        return "key-syntax"
    if not tags["p"]:
        return "key-revoked"
    kind = tags.get("k", "rsa").lower()
    octets = public_key(tags["p"], kind == "ed25519")
    if isinstance(octets, str):
        return octets
    if kind not in ("rsa", "ed25519"):
        return "key-mismatch"
    known = {base64.b64decode(public): name for name, (_, public) in keys.items()}.get(octets)
    if kind == "rsa" and known not in ("rsa", "pkcs1", "weak", "other"):
        return "key-syntax"
    if kind == "rsa" and known == "weak":
        return "key-weak"
    if kind != ("ed25519" if case["kind"].startswith("ed") else "rsa"):
        return "key-mismatch"
    if not has_word(tags.get("h", "sha256"), "sha256") or not has_word(tags.get("s", "*"), "*", "email"):
        return "key-mismatch"
    if case["inside"] and has_word(tags.get("t", ""), "s"):
        return "key-mismatch"
    return "pass" if known in ("rsa", "pkcs1", "ed") else "signature"


# ---- the others ----

def quoted(text):
    octets = text.encode("latin-1")
    return " ".join('"' + "".join(f"\\{o:03d}" for o in octets[at:at + 150]) + '"' for at in range(0, max(1, len(octets)), 150))


def by_program(cases, folder):
    zone = os.path.join(folder, "zone")
    with open(zone, "w", encoding="ascii") as out:
        out.write(";! snapshot 1\n;! complete .\n")
        for number, case in enumerate(cases):
            out.write(f"k{number}._domainkey.example.com. 300 IN TXT {quoted(case['record'])}\n")
    answers = []
    for start in range(0, len(cases), 400):
        paths = [os.path.join(folder, f"{number}.eml") for number in range(start, min(start + 400, len(cases)))]
        done = subprocess.run([signer.PROGRAM, "report", "--format", "json", "--dns", zone, *paths], capture_output=True, check=True)
        answers += [json.loads(line)["dkim"][0] for line in done.stdout.splitlines()]
    return ["pass" if one["result"] == "pass" else one["reason"] for one in answers]


def by_dkimpy(case):
    def txt(name, timeout=5):
        return case["record"].encode("latin-1")
    try:
        return dkim.DKIM(case["message"], minkey=1024).verify(dnsfunc=txt)
    except Exception:       # dkimpy lets some malformed records escape as errors
        return False


def by_opendkim(cases, folder):
    """Whether each passes, and None where it cannot be asked: its file of keys has lines."""
    program, records = os.path.join(folder, "peer"), os.path.join(folder, "records")
    built = subprocess.run(["cc", "-w", "-o", program, os.path.join(HERE, "opendkim-peer.c"), "-lopendkim"], capture_output=True)
    if built.returncode:
        return [None] * len(cases)
    passed = [None if re.search(r"[\x00\r\n]|^[ \t]|^$", case["record"]) else False for case in cases]
    with open(records, "wb") as out:
        for number, case in enumerate(cases):
            if passed[number] is not None:
                out.write(f"k{number}._domainkey.example.com ".encode() + case["record"].encode("latin-1") + b"\n")
    for start in range(0, len(cases), 200):
        paths = [os.path.join(folder, f"{number}.eml") for number in range(start, min(start + 200, len(cases)))]
        done = subprocess.run([program, records, *paths], capture_output=True)
        for number in re.findall(r"^ k(\d+) pass$", done.stdout.decode("latin-1"), re.M):
            passed[int(number)] = True
    return passed


def judged(peer, case):
    """Why a library may refuse what passes here."""
    tags = read_tags(case["record"])
    if re.search(r"[\x80-\xff]", case["record"]):
        return "an octet above 127 (RFC 8616, 5)"
    if case["kind"] == "pkcs1":
        return "an RSAPublicKey without its wrapping, as RFC 6376, 3.6.1 asks"
    if re.search(r"[ \t]", tags["p"]):
        return "blanks in p= (RFC 6376, 3.6.1: base64string has FWS)"
    if not re.sub(r"\s", "", tags["p"]).endswith("=") and case["kind"] == "ed":
        return "p= without its padding: no digit of it is missing"
    if peer == "dkimpy" and tags.get("k", "rsa") not in ("rsa", "ed25519"):
        return "k= in other letters: literals of a grammar have no case (RFC 5234, 2.3)"
    if peer == "dkimpy" and tags.get("s", "*") not in ("*", "email"):
        return "s= in other letters, or a list (RFC 6376, 3.6.1)"
    return None


# ---- comparing ----

def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    rng = random.Random(seed)
    keys = make_keys()
    cases = [make_case(rng, keys, number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases):
            with open(os.path.join(folder, f"{number}.eml"), "wb") as out:
                out.write(case["message"])
        ours, theirs = by_program(cases, folder), by_opendkim(cases, folder)
    seen, wrong, settled, agree = collections.Counter(), 0, collections.Counter(), collections.Counter()
    for case, got, opendkim in zip(cases, ours, theirs, strict=True):
        want = model(case, keys)
        seen[want] += 1
        if got != want:
            wrong += 1
            print(f"DIFFERENT: wanted {want}, got {got}: {case['kind']}, i= below d= {case['inside']}\n  {case['record']!r}")
            continue
        for peer, passed in (("dkimpy", by_dkimpy(case)), ("opendkim", opendkim)):
            if passed is None:
                continue
            why = judged(peer, case) if want == "pass" else want
            if passed == (want == "pass"):
                agree[peer] += 1
            elif why:
                settled[f"{peer} {'passes' if passed else 'refuses'}: {why}"] += 1
            else:
                wrong += 1
                print(f"DIFFERENT: passes here, {peer} refuses: {case['kind']}\n  {case['record']!r}")
    print(f"seed {seed}: {count} key records, {wrong} open; dkimpy agrees on {agree['dkimpy']}, libopendkim on {agree['opendkim']}; "
          + ", ".join(f"{what} {number}" for what, number in sorted(seen.items())))
    for why, number in sorted(settled.items()):
        print(f"  {number} x {why}")
    sys.exit(wrong > 0 or not seen["pass"])


main()
