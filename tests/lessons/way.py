"""A message on its way: what is signed, passed on, altered and sealed, hop by hop, from the author up.
SPDX-License-Identifier: MIT

    way = Way(lesson, "message", TEXT)
    way.sign(author, FIELDS)                            # a DKIM-Signature
    way.alter(("\\nBye", "\\nBye\\n--\\nfooter"))           # somebody changes it
    way.top(TRACE)                                      # fields of a host on the way
    way.seal(key, "mx.list.example", FIELDS)            # an ARC set, of what that host's results say
    way.arrive(TRACE, lesson.want(...), arc="pass")     # written; other engines are asked at the end"""
import email.utils
import re
import types

import dkim

from kit import samples


class Dated(dkim.DKIM):
    """Signs with a last day, x=."""

    until = 0

    def gen_header(self, fields, *rest, **more):
        fields.insert(next(at for at, tag in enumerate(fields) if tag[0] == b"h"), (b"x", b"%d" % self.until))
        return super().gen_header(fields, *rest, **more)


class Way:
    def __init__(self, lesson, name, text):
        self.lesson, self.name = lesson, name
        self.bytes = text.replace("\n", "\r\n").encode()
        self.at(re.search(r"^Date: (.*)$", text, re.MULTILINE)[1])

    def at(self, date):
        """Signatures from here on are of this time."""
        samples.SIGNED_AT = int(email.utils.parsedate_to_datetime(date).timestamp())
        dkim.time = types.SimpleNamespace(time=lambda now=samples.SIGNED_AT: now)

    def sign(self, key, fields, days=None):
        if days is None:
            self.bytes = key.sign(self.bytes, fields)
            return
        dated = Dated(self.bytes, signature_algorithm=b"rsa-sha256")
        dated.until = samples.SIGNED_AT + days * 86400
        self.bytes = dated.sign(key.selector.encode(), key.domain.encode(), key.private,
                                canonicalize=(b"relaxed", b"relaxed"),
                                include_headers=[f.encode() for f in fields.split()]) + self.bytes

    def alter(self, *changes):
        for before, after in changes:
            before, after = (part.replace("\n", "\r\n").encode() for part in (before, after))
            assert self.bytes.count(before) == 1, before
            self.bytes = self.bytes.replace(before, after)

    def top(self, text):
        self.bytes = text.replace("\n", "\r\n").encode() + self.bytes

    def seal(self, key, host, fields):
        lines = dkim.arc_sign(self.bytes, key.selector.encode(), key.domain.encode(), key.private, host.encode(),
                              include_headers=[f.encode() for f in fields.split()])
        assert len(lines) == 3, self.name
        self.bytes = b"".join(lines) + self.bytes

    def arrive(self, trace="", want=None, arc=None, zone=None):
        self.top(trace)
        (self.lesson.folder / f"{self.name}.eml").write_bytes(self.bytes)
        if want:
            self.lesson.wanted.append((self.name, zone or self.name, want))
        if arc:
            samples.FOLDER = self.lesson.folder
            snapshot = samples.Snapshot(zone or self.name)
            cv, _, reason = dkim.arc_verify(self.bytes, dnsfunc=snapshot.txt)
            self.lesson.say(cv == arc.encode(), f"{self.name}.eml: dkimpy finds the ARC chain {cv.decode()} ({reason})")
