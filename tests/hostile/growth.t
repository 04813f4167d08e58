#!/usr/bin/python3
"""Traps for every parser that is not a message's header: unpacking, mailboxes, snapshots, lessons, themes, surveys, pasted text;
and the traps inside of one header that tests/limits/hostile.t does not set. CPU time for n and for 4n grows no faster than
they do, and memory has a bound. A number as argument makes all sizes that many times as large (make torture). Prints TAP.
SPDX-License-Identifier: MIT"""
import gzip
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trap import SAMPLE, Traps, command

HEAD = b"From: Ann <ann@example.com>\r\nSubject: x\r\nDate: Tue, 1 Sep 2026 10:00:00 +0000\r\n"
REPORT = ("report", "--offline", "--second-opinions", "off", "--format", "json")


def fields(name, piece, start=b"", end=b""):
    return lambda n: name + b": " + start + piece * n + end + b"\r\n" + HEAD + b"\r\nx\r\n"


def nested(layers, n):
    data = b"\0" * n
    for _ in range(layers):
        data = gzip.compress(data, 6, mtime=0)
    return data


def alike(n, few=("az", "c8")):
    """As many names that fall into one place of a table whose hash is h * 33 + c."""
    bits = max(n - 1, 1).bit_length()
    return ["".join(few[i >> bit & 1] for bit in range(bits)).encode() for i in range(n)]


def alike_fields(n):
    return (b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from:to; bh=eA==; b=eA==\r\n" +
            b"".join(b"X-%s: x\r\n" % name for name in alike(n)) + HEAD + b"\r\nx\r\n")


def alike_tags(n):
    return b"DKIM-Signature: v=1; " + b"".join(b"%s=x; " % name for name in alike(n)) + b"\r\n" + HEAD + b"\r\nx\r\n"


def alike_listed(n):
    return (b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; bh=eA==; b=eA==; h=from:" + b":".join(alike(n)) + b"\r\n" +
            HEAD + b"\r\nx\r\n")


def alike_domains(n):
    return b"From: " + b", ".join(b"x@%s.example" % name for name in alike(n)) + b"\r\nSubject: x\r\n\r\nx\r\n"


def alike_people(n):
    return b"From: " + b", ".join(b"%s@example.com" % name for name in alike(n, ("a`", "b?"))) + b"\r\nSubject: x\r\n\r\nx\r\n"


def alike_zone(n):
    return b"$ORIGIN example.com.\n" + b"".join(b"%s 300 IN A 192.0.2.1\n" % name for name in alike(n))


def survey(n):
    groups = [{"author_domain": f"d{i}.example", "envelope_domain": None, "signers": [], "network": None, "count": 1, "first": None,
               "last": None, "example": None, "verdicts": {}, "advice": []} for i in range(n)]
    return json.dumps({"format": 1, "messages": n, "unreadable": 0, "chart": [], "unknown": n, "groups": groups}).encode()


# Name, command, what the file is called, its bytes for n, n.
CASES = (
    ("gzip of zeros", REPORT, "bomb.eml.gz", lambda n: gzip.compress(HEAD + b"\r\n" + b"\0" * n, mtime=0), 20000000),
    ("gzip of gzip of zeros", REPORT, "bomb.eml.gz", lambda n: nested(3, n), 20000000),
    ("comments inside each other", REPORT, "x.eml", fields(b"From", b"(", b"a@example.com ", b""), 400000),
    ("… that end", REPORT, "x.eml", lambda n: b"From: " + b"(" * n + b")" * n + b" a@example.com\r\nSubject: x\r\n\r\nx", 400000),
    ("quoted pairs", REPORT, "x.eml", fields(b"From", b'\\"', b'"', b'" <a@example.com>'), 400000),
    ("address groups", REPORT, "x.eml", fields(b"To", b"g:a@example.com;,"), 40000),
    ("encoded words", REPORT, "x.eml", fields(b"Subject", b"=?utf-8?Q?=41?=\r\n "), 40000),
    ("encoded words that never end", REPORT, "x.eml", fields(b"Subject", b"=?utf-8?Q?"), 100000),
    ("results in one field", REPORT, "x.eml", fields(b"Authentication-Results", b" spf=pass smtp.mailfrom=a.example;", b"mx.example;"), 20000),
    ("properties of one result", REPORT, "x.eml", fields(b"Authentication-Results", b" a.b=c", b"mx.example; spf=pass"), 100000),
    ("tags of a signature", REPORT, "x.eml", fields(b"DKIM-Signature", b" x=y;", b"v=1;"), 100000),
    ("names in h=", REPORT, "x.eml", fields(b"DKIM-Signature", b":from", b"v=1; a=rsa-sha256; d=example.com; s=s; bh=eA==; b=eA==; h=from"), 50000),
    ("b= with blanks", REPORT, "x.eml", fields(b"DKIM-Signature", b" A", b"v=1; a=rsa-sha256; d=example.com; s=s; bh=eA==; h=from; b="), 300000),
    ("dates", REPORT, "x.eml", fields(b"Date", b"Tue, 1 (x) "), 100000),
    ("a Received field of words", REPORT, "x.eml", fields(b"Received", b"from a by b with c id d for e via f ", b""), 20000),
    ("MIME parameters", REPORT, "x.eml", fields(b"Content-Type", b"; a*%d=b", b"text/plain"), 50000),
    ("parts", REPORT, "x.eml", lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * n + b"--b--\r\n", 10000),
    ("boundaries that almost fit", REPORT, "x.eml", lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bx\r\n--\r\n" * n, 100000),
    ("names that fall together: fields", REPORT, "x.eml", alike_fields, 20000),
    ("… in h=", REPORT, "x.eml", alike_listed, 20000),
    ("… tags", REPORT, "x.eml", alike_tags, 20000),
    ("… domains in From:", REPORT, "x.eml", alike_domains, 20000),
    ("… people, masked", (*REPORT, "--redact"), "x.eml", alike_people, 20000),
    ("… names of a snapshot", None, "x.dns", alike_zone, 20000),
    ("one line", REPORT, "x.eml", lambda n: HEAD + b"\r\n" + b"x" * n, 8000000),
    ("a mailbox of separators", ("survey", "--list"), "x.mbox", lambda n: b"From a@example.com Tue Sep  1 10:00:00 2026\n" * n, 50000),
    ("From lines without a blank line", ("survey", "--list"), "x.mbox", lambda n: b"From a@example.com Tue Sep  1 10:00:00 2026\nSubject: x\n\n" +
     b"x\nFrom here\n" * n, 200000),
    ("a snapshot of many lines", None, "x.dns", lambda n: b"$ORIGIN example.com.\n" + b"".join(b"h%d 300 IN A 192.0.2.1\n" % i for i in range(n)), 20000),
    ("… of one name", None, "x.dns", lambda n: b"$ORIGIN example.com.\n" + b"".join(b'@ 300 IN TXT "%d"\n' % i for i in range(n)), 20000),
    ("… of names of many labels", None, "x.dns", lambda n: b"".join(b"%d.%sexample.com. 300 IN A 192.0.2.1\n" % (i, b"a." * 100) for i in range(n)), 10000),
    ("… in one parenthesis", None, "x.dns", lambda n: b"example.com. 300 IN TXT (" + b' "a"\n' * n + b")\n", 50000),
    ("a theme", ("report", "--offline", "--theme"), "x.theme", lambda n: b"[x]\n" + b"".join(b"k%d=v\n" % i for i in range(n)), 50000),
    ("a lesson of pages", ("lesson", "--check"), "x/lesson", lambda n: b"[lesson]\ntitle=x\n" + b"[page]\ntext=x\n" * n, 20000),
    ("a survey inside each other", ("survey", "--merge"), "x.json", lambda n: b'{"format":1,"x":' + b"[" * n + b"]" * n + b"}", 1000000),
    ("a survey of groups", ("survey", "--merge", "--format", "json"), "x.json", survey, 5000),
    ("pasted: quoted by many", ("repair",), "x.txt", lambda n: b"".join(b"> " + line + b"\n" for line in (HEAD + b"\r\n").split(b"\r\n")) + b"> > > x\n" * n, 50000),
    ("pasted: one line of names", ("repair",), "x.txt", lambda n: b"From: a@example.com To: b@example.net Subject: x " * n, 5000),
    ("pasted: entities", ("repair",), "x.txt", lambda n: b"From: a@example.com\nSubject: " + b"&lt;&amp;lt;" * n + b"\n\nx\n", 50000),
    ("pasted: tags", ("repair",), "x.txt", lambda n: b"<html><pre>From: a@example.com\nSubject: x\n" + b"<b><" * n + b"\n\nx\n", 50000),
    ("pasted: base64", ("repair",), "x.txt", lambda n: b"RnJvbTogYUBleGFtcGxlLmNvbQo= \n" * n, 50000),
)


def run_of(words, path):
    if words is None:
        return lambda: command("report", "--second-opinions", "off", "--dns", path, SAMPLE)
    if "--theme" in words:
        return lambda: command(*words, path, SAMPLE)
    return lambda: command(*words, os.path.dirname(path) if "--check" in words else path)


def main():
    traps = Traps()
    for name, words, kind, make, n in CASES:
        def prepare(size, words=words, kind=kind, make=make):
            return run_of(words, traps.write(kind, make(size)))
        traps.trap(name, prepare, n)
    traps.end(700)


main()
