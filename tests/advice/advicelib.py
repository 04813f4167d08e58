"""Messages for tests of advice: built from what matters, with their DNS, and what the program says of them.
SPDX-License-Identifier: MIT"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
sys.path.insert(0, os.path.join(ROOT, "tests", "dkim"))
import signer  # noqa: E402

# Received today: of a mail of long ago a missing key says nothing, which is a pattern of its own.
TODAY = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
AT = TODAY.strftime("%Y-%m-%dT%H:%M:%SZ")
DATE = TODAY.strftime("%a, %d %b %Y %H:%M:%S +0000")
BODY = b"Hello,\r\n\r\nthis is the text.\r\n"


def hop(helo, ip, by="mx.receiver.example", name=None, date=DATE):
    """A Received field; `name` is what reverse DNS says of the client."""
    client = f"({name} [{ip}])" if name else f"([{ip}])"
    return f"Received: from {helo} {client}\r\n by {by} with ESMTPS id x1;\r\n {date}\r\n"


class Mail:
    """One message. `sign`: domains that sign, or (domain, tags) where a tag is special; `after`: what somebody did
    to the signed bytes; `dns`: lines of the zone, in which all that is not named does not exist."""

    def __init__(self, author="news@brand.example", mail_from=None, helo=None, ip="192.0.2.10", name=None,
                 to="reader@receiver.example", sign=(), dns=(), head="", above="", below="", after=None, spf=None,
                 dmarc="v=DMARC1; p=reject; rua=mailto:d@brand.example", more=""):
        self.author, self.to = author, to
        self.domain = author.rsplit("@", 1)[-1].rstrip(">")
        self.mail_from = author if mail_from is None else mail_from
        envelope = self.mail_from.rsplit("@", 1)[-1]
        self.helo = helo or (f"mail.{envelope}" if envelope else "mail.host.example")
        self.ip, self.name = ip, name
        self.signers = [(s, {}) if isinstance(s, str) else s for s in sign]
        self.lines = list(dns)
        if dmarc:
            self.lines.append(f'_dmarc.{self.domain}. 300 IN TXT "{dmarc}"')
        if spf:
            parts = " ".join(f'"{spf[i:i + 200]}"' for i in range(0, len(spf), 200))
            self.lines.append(f"{envelope}. 300 IN TXT {parts}")
        self.head, self.above, self.below, self.after, self.more = head, above, below, after, more

    def bytes(self):
        head = (f"From: {self.author}\r\nTo: {self.to}\r\nSubject: Hello\r\nDate: {DATE}\r\n"
                f"Message-ID: <1@{self.domain}>\r\n{self.more}").encode()
        fields = b""
        for domain, tags in self.signers:
            tags = dict(tags)
            tags.setdefault("s", "ed")
            own = signer.sign(tags.pop("key", None), head, BODY, d=domain, **tags)
            fields += own
        signed, body = (head, BODY) if not self.after else self.after(head, BODY)
        received = hop(self.helo, self.ip, name=self.name)
        front = f"Return-Path: <{self.mail_from}>\r\n{self.above}{received}{self.below}".encode()
        return front + fields + self.head.encode() + signed + b"\r\n" + body

    def zone(self):
        lines = [";! snapshot 1", ";! complete ."] + self.lines
        for domain, tags in self.signers:
            if tags.get("s", "ed") == "ed":
                lines.append(f'ed._domainkey.{domain}. 300 IN TXT "{signer.ED_RECORD}"')
        return "\n".join(lines) + "\n"


class Folder:
    """Writes messages and asks the program about them."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.eml = os.path.join(self.folder.name, "case.eml")
        self.dns = os.path.join(self.folder.name, "zone")

    def put(self, mail):
        with open(self.eml, "wb") as out:
            out.write(mail.bytes())
        with open(self.dns, "w", encoding="utf-8") as out:
            out.write(mail.zone())

    def run(self, *options, form="json"):
        environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", NO_COLOR="1", TZ="UTC")
        done = subprocess.run([PROGRAM, "report", "--format", form, "--second-opinions", "off", "--dns", self.dns,
                               "--at", AT, *options, self.eml], env=environment, capture_output=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"exit {done.returncode}: {done.stderr[:600]!r}")
        return done.stdout.decode()

    def report(self, mail=None, *options):
        if mail:
            self.put(mail)
        return json.loads(self.run(*options))


def verdict(report):
    return report["dmarc"]["rfc9989"]["result"]


def ids_of(tree):
    found = {tree["id"]}
    for child in tree["children"]:
        found |= ids_of(child)
    return found


def advice(report, pattern):
    """The advice of that pattern, or None."""
    return next((a for a in report["advice"] if a["pattern"] == pattern), None)


def options_of(item):
    """The edits of an advice as the command line takes them."""
    return [word for edit in item["edits"] for word in ("--what-if", f"{edit['key']}={edit['value']}")]


class Tap:
    def __init__(self):
        self.count = self.bad = 0

    def ok(self, good, name, note=""):
        self.count += 1
        self.bad += not good
        print(f"{'' if good else 'not '}ok {self.count} - {name}", flush=True)
        if not good and note != "":
            print(f"#   {note}", flush=True)

    def end(self):
        print(f"1..{self.count}")
        raise SystemExit(1 if self.bad else 0)
