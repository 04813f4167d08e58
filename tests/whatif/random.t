#!/usr/bin/python3
"""Random stacks of edits against the files that they stand for, as TAP: what `report --what-if` says of a
message is what `report` says of the message that was really sent so, with that DNS.
SPDX-License-Identifier: MIT"""
import base64
import json
import os
import random
import subprocess
import sys
import tempfile

import dkim

FROMSCOPE = os.environ["FROMSCOPE"]
COUNT = int(os.environ.get("COUNT", "200"))
SEED = int(os.environ.get("SEED", "20261122"))

PEM = subprocess.run(["openssl", "genrsa", "-traditional", "1024"], capture_output=True, check=True).stdout
PUBLIC = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=PEM, capture_output=True,
                        check=True).stdout

DOMAINS = ["example.com", "www.example.com", "mail.example.com", "example.jp", "mail.example.jp",
           "example.net", "bounce.example.net"]


def key_record():
    text = "v=DKIM1; k=rsa; p=" + base64.b64encode(PUBLIC).decode()
    return " ".join(f'"{text[i:i + 200]}"' for i in range(0, len(text), 200))


class Sent:
    """A message as it was sent, and the DNS of that day."""

    def __init__(self, complete):
        self.complete = complete
        self.author = "user@example.jp"
        self.sender = None
        self.reply_to = None
        self.mail_from = "webmaster@www.example.com"
        self.helo = "www.example.com"
        self.ip = "192.0.2.10"
        self.signers = ["example.com", "example.net"]
        self.added = []
        self.zone = {
            ("www.example.com", "TXT"): ['"v=spf1 ip4:192.0.2.10 -all"'],
            ("example.com", "TXT"): ['"v=spf1 include:www.example.com ~all"'],
            ("example.jp", "TXT"): ['"v=spf1 ip4:198.51.100.1 -all"'],
            ("bounce.example.net", "TXT"): ['"v=spf1 a -all"'],
            ("bounce.example.net", "A"): ["192.0.2.10"],
            ("_dmarc.example.com", "TXT"): ['"v=DMARC1; p=quarantine; sp=none"'],
            ("_dmarc.example.jp", "TXT"): ['"v=DMARC1; p=reject; rua=mailto:d@example.jp"'],
            ("_dmarc.mail.example.jp", "TXT"): ['"v=DMARC1; p=none; aspf=s"'],
        }
        for domain in DOMAINS:
            self.zone[f"k._domainkey.{domain}", "TXT"] = [key_record()]
        self.told = set()       # answers whose records are an edit's
        self.on_the_way = []
        self.keyed = False      # some key is edited
        self.said = False       # some signature is said to be valid

    def headers(self):
        lines = [f"From: {self.author}", "To: support@example.com", "Subject: hello",
                 "Date: Wed, 18 Nov 2026 10:15:00 +0900", "Message-ID: <1@www.example.com>"]
        if self.sender:
            lines.append(f"Sender: {self.sender}")
        if self.reply_to:
            lines.append(f"Reply-To: {self.reply_to}")
        return lines

    def bytes(self):
        body = "This is the text.\r\nIt has two lines.\r\n"
        core = ("\r\n".join(self.headers()) + "\r\n\r\n" + body).encode()
        signed = []
        for domain in self.signers + self.added:
            field = dkim.sign(core, b"k", domain.encode(), PEM, include_headers=[b"From", b"To", b"Subject"],
                              canonicalize=(b"relaxed", b"relaxed"))
            signed.append(field.decode().rstrip("\r\n"))
        top = [f"Return-Path: <{self.mail_from}>",
               f"Received: from {self.helo} ({self.helo} [{self.ip}])\r\n by mx.example.com with ESMTPS id 4fB;"
               " Wed, 18 Nov 2026 10:15:07 +0900"]
        fields = top + signed + self.headers()
        octets = bytearray(body.encode())
        for kind, a, b in self.on_the_way:
            if kind == "byte":
                octets[a] = ord("y") if octets[a] == ord("x") else ord("x")
            else:
                fields.insert(b - 1, fields.pop(a - 1))
        return ("\r\n".join(fields) + "\r\n\r\n").encode() + bytes(octets)

    def zone_text(self):
        out = [";! snapshot 1"]
        if self.complete:
            out.append(";! complete .")
        for (name, kind), records in sorted(self.zone.items()):
            if isinstance(records, str):
                out.append(f";! {records} {name}. {kind}")
            else:
                out += [f"{name}. 300 IN {kind} {record}" for record in records]
        return "\n".join(out) + "\n"


def some_address(rng):
    return f"{rng.choice('abc')}@{rng.choice(DOMAINS)}"


def edit_dns(sent, rng):
    """A signature that is said to be valid asks for no key: either that, or a key is edited."""
    name, kind = rng.choice(sorted(sent.zone) + [("_dmarc.www.example.com", "TXT"), ("_dmarc.com", "TXT"),
                                                 ("mail.example.com", "TXT")] +
                            [(f"_dmarc.{sent.author.partition('@')[2]}", "TXT")] * 6)
    if "_domainkey" in name:
        if sent.said:
            return []
        sent.keyed = True
    status = rng.choice(["nxdomain", "nodata", "servfail", "timeout", None, None, None])
    if status:
        sent.told.discard((name, kind))
        sent.zone[name, kind] = status
        return [f"dns={name} {kind} {status}"]
    text = rng.choice(["v=DMARC1; p=none", "v=DMARC1; p=reject; aspf=s; adkim=s", "v=DMARC1; p=quarantine; psd=n"]
                      if name.startswith("_dmarc") else
                      ["v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 -all", "v=spf1 include:example.com ?all"])
    record = {"TXT": f'"{text}"', "A": "203.0.113.7"}[kind]
    if "_domainkey" in name:
        return []
    # Several edits of one name and type are one answer.
    before = sent.zone[name, kind] if (name, kind) in sent.told else []
    sent.zone[name, kind] = before + [record]
    sent.told.add((name, kind))
    return [f"dns={name} {kind} {record}"]


def edit_signer(sent, rng):
    if sent.on_the_way or sent.keyed:   # a signature that is said to be valid is not altered
        return []
    number = rng.randrange(len(sent.signers))
    sent.said = True
    sent.signers[number] = rng.choice(DOMAINS)
    return [f"dkim.{number + 1}.d={sent.signers[number]}"]


def one_edit(sent, rng):
    """Changes `sent`, and says the edit that stands for it."""
    kind = rng.choice(["from", "from", "mail-from", "helo", "ip", "sender", "reply-to", "dns", "dns", "d", "add",
                       "byte", "order"])
    if kind == "from":
        sent.author = some_address(rng)
        return [f"from={sent.author}"]
    if kind == "mail-from":
        sent.mail_from = rng.choice([some_address(rng), ""])
        return [f"mail-from={sent.mail_from or '<>'}"]
    if kind == "helo":
        sent.helo = rng.choice(DOMAINS)
        return [f"helo={sent.helo}"]
    if kind == "ip":
        sent.ip = rng.choice(["192.0.2.10", "198.51.100.1", "203.0.113.7"])
        return [f"ip={sent.ip}"]
    if kind == "sender":
        sent.sender = some_address(rng)
        return [f"sender={sent.sender}"]
    if kind == "reply-to":
        sent.reply_to = some_address(rng)
        return [f"reply-to={sent.reply_to}"]
    if kind == "dns":
        return edit_dns(sent, rng)
    if kind == "d":
        return edit_signer(sent, rng)
    if kind == "add":
        if sent.on_the_way or sent.keyed:
            return []
        sent.said = True
        sent.added.append(rng.choice(DOMAINS))
        return [f"dkim.add={sent.added[-1]}"]
    if sent.said:
        return []
    if kind == "byte":
        at = rng.randrange(10)
        sent.on_the_way.append(("byte", at, 0))
        return [f"body-byte={at}"]
    a, b = rng.randint(1, 8), rng.randint(1, 8)
    sent.on_the_way.append(("order", a, b))
    return [f"header-order={a}>{b}"]


def tag_edits(sent, rng, governing):
    """Tags of the record that was found; None: there is none to edit."""
    tag, value = rng.choice([("p", "none"), ("p", "reject"), ("sp", "quarantine"), ("aspf", "s"), ("adkim", "s"),
                             ("aspf", "r"), ("t", "y"), ("pct", "20")])
    records = sent.zone.get((f"_dmarc.{governing}", "TXT"))
    if not isinstance(records, list):
        return []
    parts = [part.strip() for part in records[0].strip('"').split(";")]
    parts = [part for part in parts if part and not part.startswith(tag + "=")] + [f"{tag}={value}"]
    sent.zone[f"_dmarc.{governing}", "TXT"] = ['"' + "; ".join(parts) + '"']
    return [f"{tag}={value}"]


def report(path, zone, *options):
    run = subprocess.run([FROMSCOPE, "report", "--format", "json", "--second-opinions", "off", "--dns", zone,
                          *options, path], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        return None, run.stderr
    return json.loads(run.stdout), ""


def essence(found):
    """What the edits may change, without how it is known."""
    out = {"from": found["from"]["domain"],
           "sender": found["sender"] and found["sender"]["address"],
           "reply_to": found["reply_to"] and found["reply_to"]["address"],
           "spf": [found["spf"]["mail_from"][key] for key in ("result", "domain", "reason")],
           "dkim": sorted((d["domain"], d["result"]) for d in found["dkim"])}
    for rfc in ("rfc9989", "rfc7489"):
        dmarc = found["dmarc"][rfc]
        out[rfc] = {key: dmarc[key] for key in ("result", "policy", "applied", "record_domain", "org_domain")}
        out[rfc]["identifiers"] = sorted(
            (i["mechanism"], i["domain"] or "", str(i["authenticated"]), str(i["aligned"]), i["mode"])
            for i in dmarc["identifiers"])
    return out


def stack(rng, number, folder):
    """The message as it was, its zone, the edits, and the message that they stand for."""
    complete = number % 4 != 3
    plain, sent = Sent(complete), Sent(complete)
    edits = []
    for _ in range(rng.randint(1, 4)):
        edits += one_edit(sent, rng)
    paths = []
    for name, one in (("was", plain), ("sent", sent)):
        for end, text in ((".eml", one.bytes()), (".zone", one.zone_text().encode())):
            path = os.path.join(folder, f"{number}-{name}{end}")
            with open(path, "wb") as file:
                file.write(text)
            paths.append(path)
    if rng.random() < 0.3:
        found, _ = report(paths[2], paths[3])
        governing = found["dmarc"]["rfc9989"]["record_domain"]
        legacy = found["dmarc"]["rfc7489"]["record_domain"]
        if governing and governing == legacy:
            edits += tag_edits(sent, rng, governing)
            with open(paths[3], "w", encoding="utf-8") as file:
                file.write(sent.zone_text())
    return edits, paths


def main():
    rng = random.Random(SEED)
    faults = []
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COUNT):
            edits, (was, was_zone, sent, sent_zone) = stack(rng, number, folder)
            before = open(was, "rb").read()
            options = [part for edit in edits for part in ("--what-if", edit)]
            got, fault = report(was, was_zone, *options)
            want, _ = report(sent, sent_zone)
            if got is None:
                faults.append(f"{number} {edits}: {fault}")
                continue
            verdict = want["dmarc"]["rfc9989"]["result"]
            seen[verdict] = seen.get(verdict, 0) + 1
            a, b = essence(got), essence(want)
            if a != b:
                faults.append(f"{number} {edits}: " + "; ".join(
                    f"{key}: {a[key]} but sent so: {b[key]}" for key in a if a[key] != b[key]))
            if open(was, "rb").read() != before:
                faults.append(f"{number} {edits}: the file was changed")
    print("1..2")
    print(f"{'not ' if faults else ''}ok 1 - {COUNT} stacks of edits say what the sent files say (seed {SEED})")
    for fault in faults[:20]:
        print(f"#   {fault}")
    wanted = {"pass", "fail", "none", "temperror", "unknown"}
    missing = wanted - set(seen)
    print(f"{'not ' if missing else ''}ok 2 - of all verdicts: {seen}")
    sys.exit(1 if faults or missing else 0)


main()
