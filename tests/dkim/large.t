#!/usr/bin/python3
"""Large bodies: several hashes of one, at once by two threads, and what is not tried any more when none fits. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
HEAD = b"From: Ann <ann@example.com>\r\nTo: list@example.net\r\nSubject: Plans"
OPTIONS = ("--at", "2026-11-22T00:00:00Z", "--second-opinions", "off")
LINE = b"a line of a long text, with single blanks, again and again, until there is much of it\r\n"


def text(octets, odd, at):
    """Lines that relaxed canonicalization leaves alone, but for `odd` behind the part `at` of them."""
    before = int(octets * at) // len(LINE)
    return LINE * before + odd + LINE * (octets // len(LINE) - before)


def outcomes(bench, fields, body):
    report = bench.report(fields + HEAD + b"\r\n\r\n" + body, *OPTIONS)
    return [one["reason"] for one in report["dkim"]], report


def hashes(bench, name, body):
    """Signed by both canonicalizations, and with l=; with each line end; and with a changed octet."""
    kinds = [{"canon": "relaxed/relaxed"}, {"canon": "relaxed/simple"}, {"canon": "relaxed/relaxed", "l": "700000"},
             {"canon": "relaxed/simple", "l": "1500000"}]
    fields = b"".join(signer.sign(KEY, HEAD, body, **kind) for kind in kinds)
    wanted = ["ok", "ok", "ok-unsigned-tail", "ok-unsigned-tail"]
    for ends, sent in (("CRLF", body), ("LF", body.replace(b"\r\n", b"\n"))):
        got, _ = outcomes(bench, fields, sent)
        bench.check(got == wanted, f"{name}, {ends}: all hashes fit", got)
    last = body[:-6] + b"#" + body[-5:]
    got, _ = outcomes(bench, fields, last)
    bench.check(got == ["body-hash", "body-hash"] + wanted[2:], f"{name}: a change at the end is seen", got)
    first = b"#" + body[1:]
    got, _ = outcomes(bench, fields, first)
    bench.check(got == ["body-hash"] * 4, f"{name}: a change at the beginning is seen by all", got)


def diagnosis(bench, body, footer):
    field = signer.sign(KEY, HEAD, body)
    got, report = outcomes(bench, field, body + footer)
    shown = subprocess.run([signer.PROGRAM, "report", "--format", "html", "--dns", bench.dns, *OPTIONS,
                            os.path.join(bench.folder.name, "case.eml")], capture_output=True, check=False)
    untried = b"not looked for to the end" in shown.stdout
    return got, untried, [one["text"] for one in signer.findings(report, "dkim-body-cause")]


def main():
    bench = signer.Bench(signer.zone({"good": "v=DKIM1; p=" + PUBLIC}))
    for name, odd, at in (("the same for both", b"", 0), ("different from the start", b"two  blanks \r\n", 0),
                          ("different in the middle", b"a\ttab\r\n", 0.5), ("different at the end", b"a blank \r\n", 1)):
        hashes(bench, name, text(3 << 20, odd, at))
    footer = b"_______\r\nlist mailing list\r\nhttp://list.example.net/\r\n"
    got, untried, found = diagnosis(bench, text(20 << 20, b"", 0), footer)
    bench.check(got == ["body-hash"] and len(found) == 1 and "end of the body: 3." in found[0] and not untried, "20 MB: the cause is found", found)
    # simple's hash costs nothing where it is the same: it is known not to fit, and the rest is not tried.
    got, untried, found = diagnosis(bench, text(40 << 20, b"", 0), footer)
    bench.check(got == ["body-hash"] and not found and untried, "40 MB: what was not tried is said", found)
    body = text(40 << 20, b"two  blanks\r\n", 0.5)
    wrong = signer.sign(KEY, HEAD, body, bh=signer.sign(KEY, HEAD, body, canon="relaxed/simple").split(b"bh=")[1]
                        .split(b";")[0].decode())
    got, report = outcomes(bench, wrong + signer.sign(KEY, HEAD, body, canon="relaxed/simple"), body)
    found = [one["text"] for one in signer.findings(report, "dkim-body-cause")]
    bench.check(got == ["body-hash", "ok"] and len(found) == 1 and "by simple canonicalization" in found[0],
                "40 MB: what another signature had hashed is known", found)
    bench.done()


main()
