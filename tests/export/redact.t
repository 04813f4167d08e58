#!/usr/bin/python3
"""--redact: no local part, no name of a person and no word of a Subject that stands in a message is left in any
format, wherever it stood and however it was encoded; domains and verdicts are. SPDX-License-Identifier: MIT"""
import base64
import json
import pathlib
import quopri
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from exportlib import FORMATS, PROGRAM, ROOT, Page, Tap, run

SYLLABLES = "zor bex quil vam nad ruk plo fey gim tuz wob kez dri yol hux".split()
JAPANESE = ["黒沢明彦", "三船敏郎", "志村喬治", "原節子様", "請求書番号", "見積依頼"]


class People:
    """Invented words, each unlike all others, and what must not be seen of them."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.secrets = set()

    def word(self):
        while True:
            word = "".join(self.random.choices(SYLLABLES, k=3))
            if word not in self.secrets:
                self.secrets.add(word)
                return word

    def local(self):
        a, b, c = self.word(), self.word(), self.word()
        return self.random.choice([a, f"{a}.{b}", f"{a}+{b}", f"{a}-{b}", f"{a}_{b}", f'"{a} {b}"', f"{a}.{b}.{c}", a.upper()])

    def name(self):
        if self.random.random() < 0.25:
            word = self.random.choice(JAPANESE)
            self.secrets.add(word)
            return word
        return f"{self.word().title()} {self.word().title()}"

    def encoded(self, text):
        raw = text.encode()
        kind = self.random.randrange(3)
        if kind == 0 or not text.isascii() and kind == 2:
            return f"=?utf-8?B?{base64.b64encode(raw).decode()}?="
        if kind == 1:
            return "=?UTF-8?q?" + quopri.encodestring(raw, header=True).decode().replace("?", "=3F") + "?="
        return text

    def mailbox(self, domain):
        name = self.encoded(self.name())
        shown = name if name.startswith("=?") else f'"{name}"'
        return f"{shown} <{self.local()}@{domain}>"

    def subject(self):
        return self.encoded(" ".join(self.word() for _ in range(4)))


def message(people):
    local = people.local()
    srs = f"SRS0=Ab+1=X7=example.jp={people.word()}"
    batv = f"prvs=0123456789={people.word()}"
    verp = f"bounces+{people.word()}=example.org"
    sender = people.random.choice([local, srs, batv, verp, people.word()])
    word = people.word()
    return (
        f"Return-Path: <{sender}@bounce.example.com>\nDelivered-To: {word}@example.net\n"
        f"Authentication-Results: mx.example.net; spf=pass (mx.example.net: domain of {sender}@bounce.example.com designates 192.0.2.1)\n"
        f" smtp.mailfrom={sender}@bounce.example.com; dkim=pass header.i={word}@example.com; dmarc=fail (p=REJECT) header.from=example.jp;\n"
        f" auth=pass smtp.auth={people.word()}\n"
        f"Received-SPF: pass (mx.example.net: domain of {sender}@bounce.example.com designates 192.0.2.1) client-ip=192.0.2.1;\n"
        f" envelope-from=\"{sender.strip(chr(34))}@bounce.example.com\"; helo=out.example.com;\n"
        f"Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.net with ESMTPS id Q1\n"
        f" for <{word}@example.net>; Tue, 1 Sep 2026 10:00:00 +0000\n"
        f"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=sel; i={people.word()}@example.com; h=from:subject; bh=eA==; b=eQ==\n"
        f"From: {people.mailbox('example.jp')}{people.random.choice(['', ', ' + people.mailbox('example.org')])}\n"
        f"Sender: {people.mailbox('example.com')}\nReply-To: {people.mailbox('example.jp')}\n"
        f"To: {people.mailbox('example.net')}, {people.mailbox('example.com')}\nCc: {people.mailbox('example.net')}\n"
        f"Subject: {people.subject()}\nMessage-ID: <{people.word()}.{people.word()}@out.example.com>\n"
        f"List-Unsubscribe: <mailto:{people.word()}@example.com>\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\n"
        f"{people.word()} text\n")


def bounce(people):
    who = people.word()
    inner = message(people)
    name = people.name()
    return (
        f"Return-Path: <>\nReceived: from mx.example.com (mx.example.com [192.0.2.1]) by in.example.jp for <{who}@example.jp>; Tue, 1 Sep 2026 10:00:00 +0000\n"
        f"From: Mail System <MAILER-DAEMON@mx.example.com>\nTo: {who}@example.jp\nSubject: Undelivered: {people.subject()}\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        f"<{people.local()}@example.com>: host mx.example.com said: 550 5.1.1 {name}'s box\n\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example.com\n\nOriginal-Recipient: rfc822;{who}@example.com\nFinal-Recipient: rfc822; {people.word()}@example.com\n"
        f"Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; in.example.com\nDiagnostic-Code: smtp; 550 5.1.1 <{people.word()}@example.com> unknown, see https://help.example.com/?u={people.word()}%40example.com\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n")


def zone(people):
    return (
        ";! snapshot 1\n"
        'bounce.example.com. 300 IN TXT "v=spf1 exists:%{l}.%{lr-}._spf.example.com exists:%{s}.x.example.com -all exp=exp.example.com"\n'
        'exp.example.com. 300 IN TXT "%{s} may not send: ask %{l} at %{o}"\n'
        f'_dmarc.example.jp. 300 IN TXT "v=DMARC1; p=reject; rua=mailto:{people.word()}@example.jp; ruf=mailto:{people.word()}@example.jp"\n'
        ";! complete com.\n;! complete example.jp.\n;! nxdomain _dmarc.jp.\n;! complete org.\n;! complete net.\n")


def leaks(people, raw):
    """What is left of the secrets, as it is or encoded."""
    text = raw.decode("utf-8")
    small = text.lower()
    found = {word for word in people.secrets if word in small}
    for encoded in re.findall(r"=\?utf-8\?b\?([^?]*)\?=", text, re.I):
        found.add(encoded)
    for word in people.secrets:
        if not word.isascii() and "".join(f"\\u{ord(c):04x}" for c in word) in small:
            found.add(word)
    return found


def check_random(tap, folder, count):
    lost = {form: set() for form in FORMATS}
    missed = []
    bare = 0
    for seed in range(count):
        people = People(seed)
        make = (message, bounce)[seed % 2]
        path = folder / f"m{seed}.eml"
        path.write_text(make(people), encoding="utf-8")
        dns = folder / "zone.dns"
        dns.write_text(zone(people), encoding="utf-8")
        for form in FORMATS:
            raw = run("report", "--format", form, "--redact", "--dns", dns, path)
            lost[form] |= {f"seed {seed}: {word}" for word in leaks(people, raw)}
            if b"example.com" not in raw:
                missed.append(f"seed {seed} {form}")
        bare += bool(leaks(people, run("report", "--format", "json", "--dns", dns, path)))
    for form in FORMATS:
        tap.check(f"{form}: nobody is named ({count} messages)", not lost[form], *sorted(lost[form])[:12])
    tap.check("domains stay", not missed, *missed[:12])
    tap.check("without --redact somebody is", bare == count, bare)


def check_follow(tap, folder):
    """The same local part has the same mask; another one another."""
    path = folder / "follow.eml"
    path.write_text("From: Abc <abc@example.jp>\nSender: def@example.com\nReply-To: ABC@example.net\n\n", encoding="ascii")
    reply = json.loads(run("report", "--format", "json", "--redact", "--offline", path))
    got = [reply["from"]["addresses"][0]["address"], reply["sender"]["address"], reply["reply_to"]["address"]]
    tap.check("who is the same stays the same", got == ["u1@example.jp", "u2@example.com", "u1@example.net"], got)
    one = json.loads(run("report", "--format", "json", "--redact", "samples/webform.eml"))
    bare = json.loads(run("report", "--format", "json", "samples/webform.eml"))
    author = one["from"]["addresses"][0]["address"]
    tap.check("the author is u1", author == "u1@example.jp", author)
    sender = one["envelope"]["mail_from"]["address"]
    tap.check("the envelope's sender is somebody else", re.fullmatch(r"u[2-9]@www\.example\.com", sender), sender)
    tap.check("the verdicts are the same", one["dmarc"]["rfc9989"]["result"] == bare["dmarc"]["rfc9989"]["result"])

    def ids(step):
        return (step["id"], step["result"], step["rule"], [ids(child) for child in step["children"]])

    tap.check("and so is the tree", ids(one["tree"]) == ids(bare["tree"]))
    tap.check("the file's folders are not told", one["source"]["path"] == "webform.eml", one["source"]["path"])


def check_names_of_files(tap, folder):
    path = folder / "Quilvam, Zorbex - affair Kezdri.eml"
    path.write_text("From: Zorbex Quilvam <zq@example.jp>\nSubject: the Kezdri affair\n\n", encoding="utf-8")
    for form in FORMATS:
        text = run("report", "--format", form, "--redact", "--offline", path).decode()
        tap.check(f"{form}: a file named after its Subject", not re.search("zorbex|quilvam|kezdri", text, re.I),
                  re.findall(".*(?:zorbex|quilvam|kezdri).*", text, re.I)[:3])


def check_others(tap, folder):
    form = run("check", "--redact", "--from", "zorbex@example.jp", "--mail-from", "quilvam@example.com", "--offline")
    tap.check("check, too", b"zorbex" not in form and b"quilvam" not in form, form[:300])
    for command in ("repair", "snapshot"):
        done = subprocess.run([PROGRAM, command, "--redact", "samples/webform.eml"], cwd=ROOT, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=60)
        tap.check(f"{command}: says that it cannot", done.returncode == 2 and not done.stdout and b"--redact" in done.stderr,
                  done)
    mbox = folder / "box.mbox"
    mbox.write_text("".join(f"From a@b Tue Sep  1 10:00:00 2026\nFrom: Zorbex{n} <q{n}zor@example.jp>\nSubject: s\n\nx\n\n"
                            for n in range(3)), encoding="utf-8")
    text = run("report", "--redact", "--offline", "--format", "html", mbox).decode()
    tap.check("a mailbox", "orbex" not in text and text.count("DMARC: ") >= 3 and not Page(text).faults)


def main():
    tap = Tap()
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        check_random(tap, folder, int(sys.argv[1]) if len(sys.argv) > 1 else 60)
        check_follow(tap, folder)
        check_names_of_files(tap, folder)
        check_others(tap, folder)
    finally:
        shutil.rmtree(folder)
    tap.done()


main()
