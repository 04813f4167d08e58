#!/usr/bin/python3
"""DKIM and ARC on text that is not as it was sent: a hash that fits proves, one that does not proves nothing.

Each message is signed here, then handed to the analysis as what it may have become. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import dkim         # noqa: E402
import signer       # noqa: E402

PROBE = os.path.join(os.environ.get("BUILD", os.path.join(signer.ROOT, "build")), "tests", "fidelity-probe")
KEY, PUBLIC = signer.rsa(1024)
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: A plan for the\r\n coming year"
BODY = b"Hello.\r\n\r\nBye.\r\n"
ZONE = {"good": "v=DKIM1; p=" + PUBLIC, "revoked": "v=DKIM1; p=", "odd": "v=DKIM1; k=rsa; p=AAAA",
        "_dmarc.example.com": "v=DMARC1; p=reject", "example.com": "v=spf1 -all"}


def mail(body=BODY, **tags):
    key = tags.pop("key", KEY)
    return signer.sign(key, HEAD, BODY, **tags) + HEAD + b"\r\n\r\n" + body


def flat(message):
    """Each field on one line, as a paste has it: folding became one blank."""
    head, _, body = message.partition(b"\r\n\r\n")
    return re.sub(rb"\r\n[ \t]+", b" ", head).replace(b"\r\n", b"\n") + b"\n\n" + body.replace(b"\r\n", b"\n")


def no_body(message):
    return flat(message).partition(b"\n\n")[0] + b"\n"


class Bench(signer.Bench):
    def probe(self, fidelity, message, at=signer.AT):
        path = os.path.join(self.folder.name, "case.eml")
        with open(path, "wb") as out:
            out.write(message)
        done = subprocess.run([PROBE, fidelity, "0", str(at), self.dns, path], capture_output=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"exit {done.returncode}: {done.stderr[:500]!r}")
        return json.loads(done.stdout)

    def expect(self, name, fidelity, message, want, at=signer.AT):
        """want: result, reason, header_hash, body_hash of the first signature."""
        report = self.probe(fidelity, message, at)
        first = report["dkim"][0]
        got = tuple(first[k] for k in ("result", "reason", "header_hash", "body_hash"))
        self.check(got == want, f"{name}, {fidelity}", (got, want))
        return report


VALID = ("unknown", "body-unavailable", "ok", "unavailable")
OPEN = ("unknown", "text-repaired", "unknown", "unavailable")
COPY = ("reflowed", "fragments")


def text_grades(bench):
    for grade in COPY:
        for name, message in (("folding lost", flat(mail())), ("folding lost, no body", no_body(mail())),
                              ("the very bytes", mail())):
            report = bench.expect(name, grade, message, VALID)
            bench.check(report["dmarc"]["rfc9989"]["result"] == "unknown", f"{name}: DMARC is open",
                        report["dmarc"]["rfc9989"]["result"])
            bench.check(bool(signer.findings(report, "signature-needs-original")), f"{name}: says what is missing")
        bench.expect("another body", grade, flat(mail(body=b"Other.\r\n")), VALID)
        bench.expect("a field changed", grade, flat(mail()).replace(b"plan", b"plot"), OPEN)
        bench.expect("a blank lost", grade, flat(mail()).replace(b"A plan", b"Aplan"), OPEN)
        bench.expect("simple header", grade, flat(mail(canon="simple/relaxed")), OPEN)
        bench.expect("simple header, the very bytes", grade, mail(canon="simple/simple"), OPEN)
        bench.expect("l=", grade, flat(mail(l="3")), VALID)


def damaged_fields(bench):
    """What cannot be read of the field may have been lost with the copy."""
    good = flat(mail())
    cut = re.sub(rb"; b=[^\n]*", b"", good)
    for grade in COPY + ("reencoded",):
        open_ = ("unknown", "text-repaired", "unknown", "unknown")
        bench.expect("b= cut off", grade, cut, open_)
        bench.expect("semicolon lost", grade, good.replace(b"; a=rsa-sha256", b" a=rsa-sha256"), open_)
        bench.expect("stars in b=", grade, re.sub(rb"b=....", b"b=****", good, count=1), open_)
        bench.expect("h= cut short", grade, good.replace(b"h=from:to:subject", b"h=to"), open_)
        bench.expect("redacted i=", grade, flat(mail(i="@elsewhere.example")), open_)
        bench.expect("algorithm glued", grade, good.replace(b"a=rsa-sha256", b"a=rsa-sha256c"), open_)
        bench.expect("historic algorithm", grade, good.replace(b"a=rsa-sha256", b"a=rsa-sha1"),
                     ("permerror", "algorithm-historic", "unknown", "unknown"))
    for grade in COPY + ("-",):
        for tag, mark in (("d", "[redacted]"), ("s", "xxxx"), ("d", "●●●.example"), ("b", "[redacted]")):
            black = re.sub(rb" %s=[^;\n]*" % tag.encode(), f" {tag}={mark}".encode(), good, count=1)
            bench.expect(f"blacked out {tag}={mark}", grade, black, ("unknown", "text-repaired", "unknown", "unknown"))
    bench.expect("b= cut off", "-", cut, ("permerror", "missing-tag", "unknown", "unknown"))


def facts_that_stay(bench):
    """DNS says these, or a tag that is read whole; the copy is not to blame."""
    for grade in COPY:
        bench.expect("no key", grade, flat(mail(s="gone")), ("permerror", "no-key", "unknown", "unavailable"))
        bench.expect("revoked", grade, flat(mail(s="revoked")), ("permerror", "key-revoked", "unknown", "unavailable"))
        bench.expect("key damaged", grade, flat(mail(s="odd")), ("permerror", "key-syntax", "unknown", "unavailable"))
        late = str(signer.AT - 60)
        bench.expect("expired", grade, flat(mail(x=late)), ("fail", "expired", "ok", "unavailable"))
        bench.expect("expired, and a field changed", grade, flat(mail(x=late)).replace(b"plan", b"plot"),
                     ("fail", "expired", "unknown", "unavailable"))
        bench.expect("digits of x= lost", grade, flat(mail(x="1895305600")).replace(b"x=1895305600", b"x=1895"), OPEN)


def reencoded(bench):
    report = bench.expect("complete, line ends changed", "reencoded", mail().replace(b"\r\n", b"\n"),
                          ("pass", "ok", "ok", "ok"))
    bench.check(report["dmarc"]["rfc9989"]["result"] == "pass", "DMARC passes on two hashes that fit")
    bench.check(not signer.findings(report, "signature-needs-original"), "nothing is missing")
    bench.expect("body changed", "reencoded", mail(body=b"Other.\r\n"), ("unknown", "text-repaired", "ok", "unknown"))
    bench.expect("field changed", "reencoded", mail().replace(b"plan", b"plot"),
                 ("unknown", "text-repaired", "unknown", "ok"))
    bench.expect("both changed", "reencoded", mail(body=b"x").replace(b"plan", b"plot"),
                 ("unknown", "text-repaired", "unknown", "unknown"))
    bench.expect("shorter than l=", "reencoded", mail(body=b"H", l="9"), ("unknown", "text-repaired", "ok", "unknown"))
    bench.expect("longer than l=", "reencoded", mail(l="3"), ("pass", "ok-unsigned-tail", "ok", "ok"))
    bench.expect("simple", "reencoded", mail(canon="simple/simple"), ("pass", "ok", "ok", "ok"))
    bench.expect("no body", "reencoded", no_body(mail()), VALID)


def raw(bench):
    """For raw bytes nothing is forgiven."""
    bench.expect("whole", "-", mail(), ("pass", "ok", "ok", "ok"))
    bench.expect("body changed", "-", mail(body=b"Other.\r\n"), ("fail", "body-hash", "ok", "mismatch"))
    bench.expect("field changed", "-", mail().replace(b"plan", b"plot"), ("fail", "signature", "mismatch", "ok"))
    bench.expect("headers only", "-", no_body(mail()), VALID)
    bench.expect("headers only, field changed", "-", no_body(mail()).replace(b"plan", b"plot"),
                 ("fail", "signature", "mismatch", "unavailable"))
    bench.expect("headers, so marked", "headers", mail(), VALID)


def marked(bench):
    """A host that is named "hidden" in a message as it was sent: marked as a hidden place, but nothing else is changed. Such a
    place excuses only the hash that covers it, and fits where the sender himself wrote it."""
    def sent(message=mail(), mark=b"(from a@xxx.xxx)"):
        return b"Received: by mx.example.org " + mark + b"; Sun, 22 Nov 2026 04:00:00 +0000\r\n" + message
    def written(canon):
        head = HEAD.replace(b"bob@example.net", b"xxx@xxx.example")
        return signer.sign(KEY, head, BODY, canon=canon) + head + b"\r\n\r\n" + BODY
    for name, message, want in (("whole", sent(), ("pass", "ok", "ok", "ok")),
                                ("simple", sent(mail(canon="simple/simple")), ("pass", "ok", "ok", "ok")),
                                ("body changed", sent(mail(body=b"Other.\r\n")), ("fail", "body-hash", "ok", "mismatch")),
                                ("body blackened", sent(mail(body=b"Hello XXXX.\r\n")), ("unknown", "text-repaired", "ok", "unknown")),
                                ("field changed", sent(mail().replace(b"plan", b"plot")), ("fail", "signature", "mismatch", "ok")),
                                ("field cut off", sent(re.sub(rb"; b=[^\r\n]*", b"", mail())),
                                 ("permerror", "missing-tag", "unknown", "unknown")),
                                ("signed so", written("relaxed/relaxed"), ("pass", "ok", "ok", "ok")),
                                ("signed so, simple", written("simple/simple"), ("pass", "ok", "ok", "ok")),
                                ("signed so, and another field changed", written("relaxed/relaxed").replace(b"plan", b"plot"),
                                 ("unknown", "text-repaired", "unknown", "ok")),
                                ("a signed place", mail().replace(b"bob@example.net", b"bob@xxx.xxx"),
                                 ("unknown", "text-repaired", "unknown", "ok")),
                                ("another repair, too", re.sub(rb"(?m)^", b"> ", sent()), VALID)):
        report = bench.report(message)
        first = report["dkim"][0]
        got = tuple(first[k] for k in ("result", "reason", "header_hash", "body_hash"))
        bench.check(got == want and "redacted" in [r["id"] for r in report["source"]["repairs"]] and
                    report["source"]["fidelity"] == "fragments", f"a hidden place, {name}", (got, report["source"]))


def marked_edited(bench):
    """What is edited is hashed as it is edited, not as it was written."""
    head = HEAD.replace(b"bob@example.net", b"xxx@xxx.example")
    message = signer.sign(KEY, head, BODY) + head + b"\r\n\r\n" + BODY
    bench.check(bench.report(message)["dkim"][0]["result"] == "pass", "a hidden place that was signed: pass")
    for edit in ("body-byte=1", "header-order=2>4", "header-order=4>2"):
        got = bench.report(message, "--what-if", edit)["dkim"][0]["result"]
        bench.check(got == "unknown", f"{edit}: no pass of what was written before", got)


def inputs(step):
    return {i["name"]: i["value"] for i in step["inputs"]}


def grades_named(bench):
    report = bench.probe("reflowed", flat(mail()))
    body, header = (inputs(signer.steps(report["tree"], f"dkim-{part}")[0]) for part in ("body", "header"))
    bench.check(body.get("fidelity") == "reflowed" and body.get("fidelity-needed") == "raw", "body step names grades", body)
    bench.check(header.get("fidelity-needed") == "reflowed", "header step: re-flowed text will do", header)
    header = inputs(signer.steps(bench.probe("reflowed", flat(mail(canon="simple/simple")))["tree"], "dkim-header")[0])
    bench.check(header.get("fidelity-needed") == "headers", "header step of simple: not so", header)
    body = inputs(signer.steps(bench.probe("-", mail())["tree"], "dkim-body")[0])
    bench.check("fidelity" not in body, "raw bytes: nothing to say", body)


def arc(bench):
    """python3-dkim seals; what then is lost or changed leaves the chain open."""
    plain = HEAD.replace(b"\r\n coming", b" coming") + b"\r\n\r\n" + BODY
    stamped = b"Authentication-Results: seal.example; arc=none\r\n" + plain
    # timestamp fixed by the library's clock; the judgement here knows no expiry
    fields = dkim.arc_sign(stamped, b"good", b"example.com", KEY, b"seal.example",
                           include_headers=[b"from", b"to", b"subject"])
    sealed = b"".join(fields) + stamped
    cases = (
        ("whole", "-", sealed, "pass", "ok"),
        ("folding lost", "reflowed", flat(sealed), "unknown", "body-unavailable"),
        ("folding lost, no body", "fragments", no_body(sealed), "unknown", "body-unavailable"),
        ("a sealed field changed", "reflowed", flat(sealed).replace(b"seal.example; arc", b"seel.example; arc"),
         "unknown", None),
        ("a sealed field changed", "-", sealed.replace(b"plan", b"plot"), "fail", "message-signature"),
        ("a signed field changed", "reflowed", flat(sealed).replace(b"plan", b"plot"), "unknown", "text-repaired"),
        ("a signed field changed", "reencoded", sealed.replace(b"plan", b"plot"), "unknown", "text-repaired"),
        ("body changed", "reencoded", sealed.replace(b"Bye", b"Bya"), "unknown", "text-repaired"),
        ("complete", "reencoded", sealed, "pass", "ok"),
        ("the seal lost", "reflowed", re.sub(rb"(?m)^ARC-Seal:.*\n", b"", flat(sealed)), "unknown", "text-repaired"),
        ("the seal lost", "-", re.sub(rb"ARC-Seal:.*?\r\n(?![ \t])", b"", sealed, flags=re.S), "fail", "structure"),
    )
    for name, grade, message, result, reason in cases:
        got = bench.probe(grade, message)["arc"]
        bench.check(got["result"] == result and reason in (None, got["reason"]), f"ARC, {name}, {grade}",
                    (got["result"], got["reason"]))


def fragments(bench):
    """What is not in the text is not known; what is missing is said."""
    piece = b"Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=a@example.com\nSubject: x\n"
    open_, none = ("unknown", "author-not-pasted"), ("none", "no-author")
    for grade, message, want in (("fragments", piece, open_), ("reflowed", piece, open_), ("-", piece, open_), ("reencoded", piece, open_),
                                 ("-", piece + b"\n", none), ("reencoded", piece + b"\nHello\n", none)):
        report, (result, reason) = bench.probe(grade, message), want
        got, spf = report["dmarc"]["rfc9989"], report["spf"]["mail_from"]
        bench.check((got["result"], got["reason"]) == (result, reason), f"no From:, {grade}", got)
        bench.check((spf["result"], spf["reason"]) == ("unknown", "no-ip"), f"no client, {grade}", spf)
        bench.check(not report["advice"] if result == "unknown" else True, f"no advice on what is not known, {grade}",
                    report["advice"])


def cut_short(bench):
    """Copied from the top, stopped somewhere in the header: what lacks From: refutes nothing, and its last field may be half."""
    signed = mail()
    field = signed[:signed.index(HEAD)]
    above = b"Subject: x\n" + field
    first = lambda report: tuple(report["dkim"][0][k] for k in ("result", "reason"))
    for name, message, want in (
            ("a signature above From:", above, ("unknown", "text-repaired")),
            ("the same and the empty line", above + b"\n", ("fail", "both")),
            ("half a signature", above[:above.index(b"b=") - 8], ("unknown", "text-repaired")),
            ("half a signature below From:", HEAD + b"\r\n" + field[:field.index(b"h=")], ("unknown", "text-repaired")),
            ("a field behind it", HEAD + b"\r\n" + field[:field.index(b"h=")].rstrip() + b"\r\nX-A: b\r\n", ("permerror", "missing-tag"))):
        got = first(bench.probe("-", message))
        bench.check(got == want, f"cut short, {name}", got)
    seal = b"ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.com; s=good; b=AAAA\n"
    for name, message, want in (("cut", seal, "unknown"), ("whole", seal + HEAD + b"\r\n\r\n", "fail")):
        got = bench.probe("-", message)["arc"]["result"]
        bench.check(got == want, f"an ARC set of which a part is missing, {name}", got)


def unsigned(bench):
    """A part of a message without a signature is no unsigned message."""
    for grade, result, reason in (("fragments", "unknown", "signature-not-pasted"), ("reflowed", "fail", "no-aligned-pass"),
                                  ("-", "fail", "no-aligned-pass")):
        got = bench.probe(grade, b"Return-Path: <x@other.example>\n" + HEAD + b"\n\nx\n")["dmarc"]["rfc9989"]
        bench.check((got["result"], got["reason"]) == (result, reason), f"no signature, {grade}", got)
    for field in (b"Cc: xxx@xxx.example", b"Reply-To: <redacted>", b"Cc: <***@example.org>", b"In-Reply-To: <[email protected]>"):
        report = bench.report(b"Return-Path: <x@other.example>\n" + HEAD + b"\n" + field + b"\n\nx\n")
        got = (report["source"]["fidelity"], report["dmarc"]["rfc9989"]["result"])
        bench.check(got == ("fragments", "fail"), f"{field!r} hides no signature", got)
    got = bench.probe("fragments", b"Return-Path: <x@other.example>\n" + flat(mail(s="gone")))["dmarc"]["rfc9989"]
    bench.check(got["result"] == "fail", "a signature is there, and its key is not: fragments", got)


def main():
    bench = Bench(signer.zone(ZONE))
    for group in (text_grades, damaged_fields, facts_that_stay, reencoded, raw, marked, marked_edited, grades_named, arc, fragments, cut_short, unsigned):
        group(bench)
    bench.done()


main()
