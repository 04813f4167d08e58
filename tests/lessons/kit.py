"""What the modules of lessons write with: messages, snapshots, and what other engines say about them.
SPDX-License-Identifier: MIT

    def write(lesson):
        key = lesson.key("s2026", "kitano.example")
        lesson.zone("message", "A bookshop.", ZONE.format(key=key.record))
        lesson.message("message", TEXT, trace=TRACE, signers=[(key, "from to subject date")],
                       want=lesson.want("192.0.2.40", "aya@kitano.example", "mail.kitano.example", "pass", [True]))

The keys depend on their names alone. `t=` of a signature is the time of Date:."""
import email.utils
import functools
import importlib.machinery
import importlib.util
import pathlib
import re

import dkim
import spf

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def load_samples():
    loader = importlib.machinery.SourceFileLoader("make_samples", str(HERE.parent / "make-samples"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


samples = load_samples()
make_key = functools.lru_cache(None)(samples.Key)

# Names and addresses for documents (RFC 2606, 6761, 5737, 3849; JPRS for example.jp), and what else looks like one.
NAMES = re.compile(r"(^|\.)(example|example\.(com|net|org|jp))$")
TOP_LEVEL = re.compile(r"^(com|net|org|jp|example)$")
ADDRESSES = re.compile(r"^(192\.0\.2|198\.51\.100|203\.0\.113)\.")


class Lesson:
    """One folder, named like its module."""

    def __init__(self, folder):
        self.name, self.folder = folder.name, folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.good, self.wanted = True, []

    def key(self, selector, domain):
        return make_key(selector, domain)

    def want(self, ip, mail_from, helo, spf_result, signatures=()):
        """SPF by pyspf for these, and what dkimpy says of each signature, topmost first."""
        return ip, mail_from, helo, spf_result, list(signatures)

    def zone(self, name, title, text):
        samples.FOLDER = self.folder
        samples.write_zone(name, title, text)

    def message(self, name, text, trace="", signers=(), want=None, altered=None, zone=None):
        """`signers`: (key, names of fields), the last one's signature stands highest. `altered`: (before, after), a
        change on the way, after signing. `trace`: what the receiving host put on top."""
        date = re.search(r"^Date: (.*)$", text, re.MULTILINE)
        if date:
            samples.SIGNED_AT = int(email.utils.parsedate_to_datetime(date[1]).timestamp())
        message = text.replace("\n", "\r\n").encode()
        for key, fields in signers:
            message = key.sign(message, fields)
        if altered:
            before, after = (part.replace("\n", "\r\n").encode() for part in altered)
            assert message.count(before) == 1, altered
            message = message.replace(before, after)
        (self.folder / f"{name}.eml").write_bytes(trace.replace("\n", "\r\n").encode() + message)
        if want:
            self.wanted.append((name, zone or name, want))

    def finish(self):
        for name, zone, want in self.wanted:
            self.check(name, zone, *want)
        for path in sorted(self.folder.iterdir()):
            self.check_reserved(path)
        return self.good

    def say(self, good, text):
        self.good = self.good and good
        print(f"{'ok    ' if good else 'WRONG '} {self.name}/{text}")

    def check(self, name, zone, ip, mail_from, helo, spf_result, signatures):
        samples.FOLDER = self.folder
        snapshot = samples.Snapshot(zone)
        message = (self.folder / f"{name}.eml").read_bytes()
        count = message.split(b"\r\n\r\n")[0].count(b"\r\nDKIM-Signature:")
        got = [verify(message, at, snapshot) for at in range(count)]
        spf.DNSLookup = snapshot.for_spf
        said, _ = spf.check2(ip, mail_from, helo)
        self.say(got == signatures and said == spf_result,
                 f"{name}.eml: dkimpy verifies {sum(got)} of {count} signatures, pyspf says {said}")

    def check_reserved(self, path):
        """No name and no address that belongs to somebody."""
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?s)(\bb=|\bp=|\bbh=)[A-Za-z0-9+/=\s\"]{40,}", "", text)     # keys and hashes
        text = re.sub(r"RFC \d+[^)\uff09]*|[\d.]+\.in-addr\.arpa", "", text)            # sections, turned addresses
        for name in re.findall(r"@([A-Za-z0-9.-]+[A-Za-z0-9])", text):
            if not NAMES.search(name.lower()) and not TOP_LEVEL.match(name):
                self.say(False, f"{path.name}: {name} is not reserved")
        for address in re.findall(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", text):
            if not ADDRESSES.match(address):
                self.say(False, f"{path.name}: {address} is no address for documents")


def verify(message, at, snapshot):
    try:
        return dkim.DKIM(message).verify(idx=at, dnsfunc=snapshot.txt)
    except dkim.DKIMException:
        return False
