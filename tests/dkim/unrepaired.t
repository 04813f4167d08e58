#!/usr/bin/python3
"""Messages as they were sent, with characters and words in them that pasted text has, too: nothing is repaired, so that what was signed
verifies, and what was changed after that fails. Prints TAP.

SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
TRACE = b"Received: from a.example.com (a.example.com [192.0.2.1])\r\n by mx.example.net with ESMTPS id 1; " \
        b"Mon, 23 Nov 2026 01:00:00 +0000\r\n"
FIELDS = {"From": "Ann <ann@example.com>", "To": "bob@example.net", "Subject": "Plans", "Date": "Mon, 23 Nov 2026 01:00:00 +0000",
          "Message-ID": "<1@example.com>"}
BODY = b"Hello,\r\nthis is a test.\r\n"
CHARACTERS = {"no-break blank": "\u00a0", "zero-width blank": "\u200b", "narrow no-break blank": "\u202f", "wide blank": "\u3000",
              "byte order mark": "\ufeff", "soft hyphen": "\u00ad", "left-to-right mark": "\u200e", "curly quote": "\u201c",
              "wide colon": "\uff1a", "wide less-than": "\uff1c", "wide at": "\uff20", "angle": "\u2039"}
# Places where people and their programs put any character (RFC 6532); what servers and signers write is not among them.
PLACES = {"in a name": ("From", "A{}nn <ann@example.com>"), "before <": ("From", "Ann{}<ann@example.com>"),
          "at the start of a quoted name": ("From", "\"{}Ann\" <ann@example.com>"), "in To": ("To", "B{} <bob@example.net>, x{}<c@example.net>"),
          "in Subject": ("Subject", "a{}b {}"), "at the start of Subject": ("Subject", "x\r\n {}b"), "behind a Message-ID": ("X-A", "v{}w"),
          "in the name of a file": ("Content-Type", "text/plain; name=\"a{}b.txt\""), "in a disposition": ("Content-Disposition", "inline; filename=a{}b.txt"),
          "in a link": ("List-Unsubscribe", "<https://example.com/{}>"), "in an organization": ("Organization", "The {} House")}
WORDS = ("<b>From: eve@example.net <b>From: eve@example.net", "<br>From: eve@example.net<br>To: ann@example.com", "&lt;b&gt; <br>&amp; &#64;", "\\r\\nFrom: x\\n", "``` x ```", "From: a To: b Subject: c Date: d", "xxx@xxx.xxx [redacted]",
         "> From: x", "=3D=20=\r\n abc", "-----Original Message-----", "SPF: PASS DKIM: PASS", "{\"From\": \"x@y.example\"}")


def message(changed, canon):
    fields = dict(FIELDS)
    fields.update(changed)
    head = "\r\n".join(f"{name}: {value}" for name, value in fields.items()).encode()
    return TRACE + signer.sign(KEY, head, BODY, canon, "from:to:subject") + head + b"\r\n\r\n" + BODY


def cases():
    for what, character in CHARACTERS.items():
        for place, (name, text) in PLACES.items():
            yield f"{what} {place}", {name: text.replace("{}", character)}
    for words in WORDS:
        yield f"{words!a} in Subject", {"Subject": words}
        yield f"{words!a} in a field of its own", {"X-Note": "a\r\n " + words}


def main():
    bench = signer.Bench(signer.zone({"good": "v=DKIM1; p=" + PUBLIC}))
    found, paths = [], []
    for name, changed in cases():
        for canon in ("relaxed/relaxed", "simple/simple"):
            whole = message(changed, canon)
            found += [(f"{name}, {canon}", ["pass"]), (f"{name}, {canon}, changed", ["fail"])]
            for bytes_ in (whole, whole.replace(b"\r\nSubject: ", b"\r\nSubject: Re: ")):
                paths.append(os.path.join(bench.folder.name, f"{len(paths):04}.eml"))
                with open(paths[-1], "wb") as out:
                    out.write(bytes_)
    done = subprocess.run([signer.PROGRAM, "report", "--format", "json", "--dns", bench.dns, *paths], stdout=subprocess.PIPE, check=True)
    for (name, want), report in zip(found, map(json.loads, done.stdout.splitlines())):
        got = [signature["result"] for signature in report["dkim"]]
        bench.check(got == want and report["source"]["fidelity"] == "raw", name, (got, report["source"]))
    bench.check(len(found) == len(done.stdout.splitlines()), "a report for each")
    bench.done()


main()
