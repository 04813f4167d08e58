#!/usr/bin/python3
"""A second From field above and inside a signed message, in every spelling that some program reads as one: it is seen, or told, and
the signature of the other author never gives a DMARC pass to what a reader may see.

Prints TAP. SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: A plan\r\nMessage-ID: <1@example.com>"
BODY = b"Hello.\r\n"
ZONE = {"good": "v=DKIM1; p=" + PUBLIC, "_dmarc.example.com": "v=DMARC1; p=reject", "_dmarc.example.net": "v=DMARC1; p=reject",
        "example.com": "v=spf1 -all", "example.net": "v=spf1 -all"}
TRACE = b"Received: by mx.example.org; Sun, 22 Nov 2026 04:00:00 +0000\r\n"
# RFC 5322, 4.5 allows blanks before the colon, 3.2.2 folding behind it; names have no case.
FIELDS = ["From: eve@example.net", "From:eve@example.net", "FROM: eve@example.net", "from: eve@example.net", "fRoM:\teve@example.net",
          "From : eve@example.net", "From  :eve@example.net", "From\t: eve@example.net", "From \t :\teve@example.net",
          "From:\r\n eve@example.net", "From:\r\n\t\r\n eve@example.net", "From: Eve\r\n <eve@example.net>", "From: <eve@example.net> (ann@example.com)",
          "From: ann@example.com <eve@example.net>", "From: eve@example.net, ann@example.com", "From: team: eve@example.net;",
          "From: =?utf-8?q?ann=40example.com?= <eve@example.net>", "From: \"ann@example.com\" <eve@example.net>",
          "From: @example.com:eve@example.net", "From: eve@[192.0.2.1]", "From: eve", "From: eve@example.net\0", "\0From: eve@example.net", "\0\0From : eve@example.net",
          "From\u200b: eve@example.net", "\u200bFrom: eve@example.net", "From\uff1a eve@example.net", "From\u00a0: eve@example.net"]
# A field that names nobody: a reader sees no author, or these words.
NOBODY = ["From:", "From: ", "From:\r\n ", "From: (eve@example.net)", "From: Eve:;", "From: <>", "From: ,", "From: Eve <>"]
# No field by any RFC; programs that drop controls, or unfold before they look for the colon (as JavaMail does, which trims the name),
# show the author.
DISGUISED = ["From\0: eve@example.net", "F\0rom: eve@example.net", "From\x0b: eve@example.net", "\x01From: eve@example.net", "From\x7f: eve@example.net",
             "From\r: eve@example.net", "\0\rFrom: eve@example.net", "From\r\n : eve@example.net", "From\r\n\t:\r\n eve@example.net", "From \0: Eve <eve@example.net>",
             "From\x1f: ann@example.com <eve@example.net>"]
# No field by the RFC, but a program may see one: it has to be told.
TOLD = {"X-One: 1\rFrom: eve@example.net": "header-bare-cr", "\rX-One: 1\r\nX-Two: 2\rFrom: eve@example.net": "header-bare-cr",
        "junk\r\n From: eve@example.net": "from-beside", "Sender From: eve@example.net": "from-beside", "From eve@example.org Sun\rFrom: eve@example.net": "from-beside"}


def main():
    bench = signer.Bench(signer.zone(ZONE))
    signed = TRACE + signer.sign(KEY, HEAD, BODY) + HEAD + b"\r\n\r\n" + BODY
    places = {"on the first line": signed, "below a trace field": TRACE + signed}
    bench.check(bench.report(signed)["dmarc"]["rfc9989"]["result"] == "pass", "without it: a pass")
    for place, message in places.items():
        cut = len(message) - len(signed)
        for field in FIELDS:
            report = bench.report(message[:cut] + field.encode() + b"\r\n" + message[cut:])
            got = [report["dmarc"][rfc]["result"] for rfc in ("rfc9989", "rfc7489")]
            seen = [a["address"] for a in report["from"]["addresses"]]
            bench.check(len(seen) >= 2 and seen[0] != "ann@example.com" and report["from"]["domain"] is None and "pass" not in got and
                        "from-repeated" in report["from"]["problems"], f"{field!a} {place}", (got, report["from"]))
        for field in NOBODY:
            for above in (True, False):
                at = cut if above else message.index(b"To: bob")
                report = bench.report(message[:at] + field.encode() + b"\r\n" + message[at:])
                got = [report["dmarc"][rfc]["result"] for rfc in ("rfc9989", "rfc7489")]
                bench.check(got == ["unknown"] * 2 and report["from"]["domain"] is None and "from-repeated" in report["from"]["problems"] and
                            {"from-field-empty", "from-malformed"} & set(report["from"]["problems"]),
                            f"{field!a} {place}, {'above' if above else 'beneath'} the signed one", (got, report["from"]))
    for field in DISGUISED:
        for at in (0,) * ("\0" not in field) + (len(TRACE), message.index(b"To: bob"), message.index(b"\r\n\r\n") + 2):     # a NUL in the first line: a binary file
            report = bench.report(message[:at] + field.encode() + b"\r\n" + message[at:])
            got = [report["dmarc"][rfc]["result"] for rfc in ("rfc9989", "rfc7489")]
            bench.check("pass" not in got and report["from"]["domain"] is None and {"from-disguised", "from-unrepaired"} & set(report["from"]["problems"]) and
                        "eve@example.net" in [a["address"] for a in report["from"]["addresses"]], f"{field!a} at {at}", (got, report["from"]))
    for blanks in (" ", "\t", " \t  "):     # what continues no line is read as a field by many
        report = bench.report(blanks.encode() + b"From: eve@example.net\r\n" + signed)
        got = (report["dmarc"]["rfc9989"]["result"], report["from"])
        bench.check(got[0] != "pass" and report["from"]["problems"][0] == "from-repeated" and signer.findings(report, "header-junk-line"),
                    f"behind {blanks!a} on the first line", got)
    bench.report(b"From: eve\r\n" + signed)
    done = signer.subprocess.run([signer.PROGRAM, "report", "--dns", bench.dns, os.path.join(bench.folder.name, "case.eml")],
                                 capture_output=True, timeout=60)
    bench.check(b"whose domain cannot be read" in done.stdout and b"Each by itself: example.com: pass" in done.stdout, "the answer says so",
                done.stdout[:600])
    bench.check(b"Nothing that could be" in done.stdout and b"--ip" not in done.stdout, "nothing is asked for that would change nothing",
                done.stdout[:900])
    for field, finding in TOLD.items():
        report = bench.report(TRACE + field.encode() + b"\r\n" + signed)
        bench.check(signer.findings(report, finding), f"{field!a} is told: {finding}", [f["id"] for f in report["findings"]])
    several = bench.report(b"X-One: 1\rFrom: eve@example.net\r\n" + TRACE + b"X-Two: 2\rFrom: eve@example.org\r\n" + signed)
    told = signer.findings(several, "header-bare-cr")
    lines = [1, TRACE.count(b"\n") + 2]
    bench.check([f["severity"] for f in told] == ["warning"] and f"(line {lines[0]}, {lines[1]})" in told[0]["text"]
                and len(told[0]["spans"]) == 2, "every field that holds a carriage return is named", told)
    bench.done()


main()
