#!/usr/bin/python3
"""Likely causes of a failed hash: each change is made to a signed message, and must be told. Prints TAP.
SPDX-License-Identifier: MIT"""
import base64
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
OTHER, _ = signer.rsa(1024)
RECORD = "v=DKIM1; p=" + PUBLIC
HEAD = (b"From: Ann <ann@example.com>\r\nTo: list@example.net\r\nSubject: Plans\r\n for today\r\n"
        b"Reply-To: Ann <ann@example.com>")
BODY = b"Hello,\r\n\r\nthis is  a test.\r\nFrom here to there.\r\n.dot\r\n--\r\nbye\r\n"


def body_cases():
    sign = lambda body=BODY, **tags: signer.sign(KEY, HEAD, body, **tags)
    plain, simple = sign(), sign(canon="relaxed/simple")
    footer = b"_______\r\nlist mailing list\r\nhttp://list.example.net/\r\n"
    many = b"".join(b"advertisement %d\r\n" % i for i in range(300))
    yield "footer", plain, HEAD, BODY + footer, "at the end of the body: 3."
    yield "footer, empty line before", plain, HEAD, BODY + b"\r\n" + footer, "at the end of the body: 4."
    yield "footer without a mark", simple, HEAD, BODY + b"an ad\r\n", "at the end of the body: 1."
    yield "300 lines more", simple, HEAD, BODY + many, "at the end of the body: 300."
    yield "long footer behind a mark", plain, HEAD, BODY + b"\r\n-- \r\n" + b"x\r\n" * 5000, "the body: 5002."
    yield "an empty body got a footer", sign(b""), HEAD, b"Sent by a phone\r\n", "at the end of the body: 1."
    yield "banner", plain, HEAD, b"CAUTION: external\r\nLook twice.\r\n\r\n" + BODY, "at the top of the body: 3."
    yield "other canonicalization", sign(bh=sign(canon="relaxed/simple").split(b"bh=")[1].split(b";")[0].decode()), \
        HEAD, BODY, "by simple canonicalization"
    yield "blanks lost under simple", simple, HEAD, BODY.replace(b"is  a", b"is a"), None
    yield "blanks at line ends", simple, HEAD, BODY.replace(b"test.\r\n", b"test. \r\n"), "blanks were added"
    yield ">From", plain, HEAD, BODY.replace(b"\nFrom here", b"\n>From here"), '"From ": 1.'
    two = BODY.replace(b".dot", b"From now on\r\n>From then\r\n.dot")
    yield "one of several >From", sign(two), HEAD, two.replace(b"\nFrom now", b"\n>From now"), '"From ": 1.'
    yield "all of several >From", sign(two), HEAD, \
        two.replace(b"\nFrom ", b"\n>From ").replace(b">From then", b">>From then"), '"From ": 3.'
    yield "dots doubled", plain, HEAD, BODY.replace(b"\n.dot", b"\n..dot"), "dots at the start"
    dots = BODY.replace(b"\n.dot", b"\n..dot")
    yield "a dot lost", sign(dots), HEAD, dots.replace(b"\n..dot", b"\n.dot"), "dots at the start"
    yield "CR CR LF", plain, HEAD, BODY.replace(b"\r\n", b"\r\r\n"), "CRs without LF"
    yield "CR alone", plain, HEAD, BODY.replace(b"test.\r\n", b"test.\r"), "CRs without LF"
    yield "signature blank lost", sign(BODY.replace(b"--\r\n", b"-- \r\n"), canon="relaxed/simple"), HEAD, BODY, \
        'blank behind "--"'
    coded = HEAD + b"\r\nContent-Transfer-Encoding: base64"
    yield "base64 on the way", plain, coded, base64.encodebytes(BODY).replace(b"\n", b"\r\n"), "(base64)"
    quoted = HEAD + b"\r\nContent-Transfer-Encoding: Quoted-Printable"
    yield "quoted-printable on the way", plain, quoted, BODY.replace(b"test", b"t=\r\n=65st"), "(Quoted-Printable)"
    wrapped = b"--xyz\r\nContent-Type: text/plain\r\n\r\n" + BODY + b"\r\n--xyz\r\n\r\nfooter\r\n--xyz--\r\n"
    yield "wrapped by a list", plain, HEAD, wrapped, "wrapped into a part"
    hashed = lambda data: base64.b64encode(signer.hashlib.sha256(data).digest()).decode()
    yield "hashed with LF", sign(bh=hashed(BODY.replace(b"\r\n", b"\n"))), HEAD, BODY, "end in LF"
    yield "hashed without last line end", sign(bh=hashed(BODY.rstrip(b"\r\n")), canon="relaxed/simple"), HEAD, BODY, \
        "without the line end"
    yield "hashed with empty lines", sign(bh=hashed(BODY + b"\r\n\r\n"), canon="relaxed/simple"), HEAD, \
        BODY + b"\r\n\r\n", "without any canonicalization"
    yield "something else", plain, HEAD, BODY.replace(b"test", b"joke"), None
    yield "shortened", plain, HEAD, BODY[:-10], None
    yield "changed in the first part (l=)", sign(l="20"), HEAD, BODY.replace(b"Hello", b"Hallo") + b"tail", None
    yield "footer and a change", plain, HEAD, BODY.replace(b"test", b"joke") + footer, None


def header_cases():
    sign = lambda **tags: signer.sign(KEY, HEAD, BODY, **tags)
    over = "from:to:subject:reply-to:reply-to:cc"
    plain = sign()
    swap = lambda old, new: HEAD.replace(old, new)
    yield "list tag", plain, swap(b"Plans", b"[list] Plans"), '"[list]" was put into Subject'
    reply = HEAD.replace(b"Plans", b"Re: Plans")
    yield "list tag behind Re:", signer.sign(KEY, reply, BODY), reply.replace(b"Re: Pl", b"Re: [list] Pl"), "[list]"
    yield "spam tag", plain, swap(b"Plans", b"***SPAM*** Plans"), '"***SPAM***"'
    yield "word in front", plain, swap(b"Plans", b"EXTERNAL: Plans"), '"EXTERNAL:"'
    quoted = HEAD.replace(b"Plans", b'"Ann\'s" plans - now')
    curly = quoted.replace(b'"Ann\'s"', "\u201cAnn\u2019s\u201d".encode()).replace(b" - ", " \u2013 ".encode())
    yield "curly quotes", signer.sign(KEY, quoted, BODY), curly, "in Subject are no longer those that are typed"
    yield "tag and curly quotes", signer.sign(KEY, quoted, BODY), curly.replace("\u201cA".encode(), "[list] \u201cA".encode()), \
        "Which one cannot be told"
    yield "tag under simple", sign(canon="simple/simple"), swap(b"Plans", b"[list] Plans"), '"[list]"'
    yield "From rewritten", plain, swap(b"From: Ann <ann@example.com>", b"From: Ann via list <list@example.net>"), \
        "the address that Reply-To holds"
    yield "over-signed field added", sign(h=over), HEAD + b"\r\nCc: x@example.org", "a field Cc was added"
    yield "second Reply-To on top", sign(h=over), b"Reply-To: list@example.net\r\n" + HEAD, "a field Reply-To was added"
    yield "second To below", plain, HEAD + b"\r\nTo: y@example.org", "a field To was added"
    yield "tag and added field", sign(h=over), swap(b"Plans", b"[list] Plans") + b"\r\nCc: x@example.org", \
        "two signed fields were changed: [list], Cc"
    yield "tag and second To below", plain, swap(b"Plans", b"[list] Plans") + b"\r\nTo: y@example.org", \
        "two signed fields were changed: [list], To"
    yield "tag and second Reply-To on top", sign(h=over), b"Reply-To: list@example.net\r\n" + swap(b"Plans", b"[list] Plans"), \
        "two signed fields were changed: [list], Reply-To"
    yield "unfolded under simple", sign(canon="simple/relaxed"), swap(b"Plans\r\n for", b"Plans for"), \
        "Which one cannot be told"
    yield "refolded under simple", sign(canon="simple/relaxed"), swap(b"\r\n for", b"\r\n\tfor"), "folded otherwise"
    joined = swap(b"Plans\r\n for", b"Plans for")
    yield "folded under simple", signer.sign(KEY, joined, BODY, canon="simple/relaxed"), HEAD, "Subject was folded"
    yield "c= says relaxed, hashed simple", simple_as_relaxed(), HEAD, "by simple canonical"
    twice = b"Comments: one\r\nComments: two\r\n" + HEAD
    yield "order", signer.sign(KEY, twice, BODY, names="from:comments:comments"), \
        b"Comments: two\r\nComments: one\r\n" + HEAD, "changed places"
    copies = "From:Ann=20<ann@example.com>|To:list@example.net|Subject:Plans=20for=20today"
    yield "z= knows", sign(z=copies), swap(b"Plans\r\n for today", b"Plots").replace(b"list@", b"lost@"), \
        "changed after signing: To, Subject."
    yield "another key", signer.sign(OTHER, HEAD, BODY), HEAD, "not the one that signed"
    yield "b= damaged", plain.replace(plain[-20:-12], b"AAAAAAAA"), HEAD, "not the one that signed"
    yield "untold, but the right key", plain, swap(b"Plans", b"Plots"), "Which one cannot be told"
    ed = signer.sign(None, HEAD, BODY)
    yield "ed25519: list tag", ed, swap(b"Plans", b"[list] Plans"), '"[list]"'
    yield "ed25519: untold", ed, swap(b"Plans", b"Plots"), None


def simple_as_relaxed():
    """c= promises relaxed, but the header was hashed by simple canonicalization."""
    real = signer.signed_data
    signer.signed_data = lambda head, names, mode, own: real(head, names, "simple", own)
    try:
        return signer.sign(KEY, HEAD, BODY)
    finally:
        signer.signed_data = real


def judge(bench, name, report, kind, want):
    found = signer.findings(report, f"dkim-{kind}-cause")
    notes = signer.steps(report["tree"], "dkim-diagnosis")
    texts = [f["text"] for f in found]
    failed = report["dkim"][0]["result"] == "fail"
    if want is None:
        good = failed and not found and len(notes) == 1 and notes[0]["result"] == "unknown"
    else:
        good = (failed and len(found) == 1 and want in texts[0] and len(notes) == 1 and
                notes[0]["result"] == "info")
    bench.check(good, f"{kind}: {name}", (report["dkim"][0]["reason"], texts, [n["result"] for n in notes]))


def line_ends(bench, options):
    """Hashed as it stood, where line ends are not all alike: each of the ways to write them is tried."""
    body, mixed = BODY + b"\r\n\r\n", BODY.replace(b"\r\n", b"\n", 1) + b"\r\n\r\n"
    bare = body.replace(b"\r\n", b"\n")
    for name, signed, there, want in (("LF in the file, CRLF hashed", body, bare, "without any canonicalization"),
                                      ("LF in the file, LF hashed", bare, bare, "end in LF"),
                                      ("mixed, as it stands", mixed, mixed, "without any canonicalization"),
                                      ("mixed, CRLF hashed", body, mixed, "without any canonicalization"),
                                      ("mixed, LF hashed", bare, mixed, "end in LF")):
        hashed = base64.b64encode(signer.hashlib.sha256(signed).digest()).decode()
        field = signer.sign(KEY, HEAD, BODY, bh=hashed, canon="relaxed/simple")
        judge(bench, name, bench.report(field + HEAD + b"\r\n\r\n" + there, *options), "body", want)


def main():
    bench = signer.Bench(signer.zone({"good": RECORD, "ed": signer.ED_RECORD}))
    options = ("--at", "2026-11-22T00:00:00Z")
    for name, field, head, body, want in body_cases():
        judge(bench, name, bench.report(field + head + b"\r\n\r\n" + body, *options), "body", want)
    for name, field, head, want in header_cases():
        judge(bench, name, bench.report(field + head + b"\r\n\r\n" + BODY, *options), "header", want)
    # What passes needs no explanation.
    passing = bench.report(signer.sign(KEY, HEAD, BODY) + HEAD + b"\r\n\r\n" + BODY, *options)
    bench.check(passing["dkim"][0]["result"] == "pass" and
                not signer.steps(passing["tree"], "dkim-diagnosis"), "a good signature is not explained")
    # Advice goes by what was found out: a tagged Subject is no forward.
    tagged = signer.sign(KEY, HEAD, BODY) + HEAD.replace(b"Subject: ", b"Subject: [list] ") + b"\r\n\r\n" + BODY
    zone = signer.Bench(signer.zone({"good": RECORD}) +
                        '_dmarc.example.com. 300 IN TXT "v=DMARC1; p=reject"\n')
    advice = zone.report(tagged, *options, "--mail-from", "a@example.net", "--ip", "192.0.2.1")["advice"]
    bench.check(advice and advice[0]["pattern"] == "header-altered", "advice: header-altered", advice)
    # Bare LF, as files on Unix hold it: the same causes are found.
    message = (signer.sign(KEY, HEAD, BODY) + HEAD + b"\r\n\r\n" + BODY + b"-- \r\nad\r\n").replace(b"\r\n", b"\n")
    found = signer.findings(bench.report(message, *options), "dkim-body-cause")
    bench.check(len(found) == 1 and "end of the body: 2." in found[0]["text"], "bare LF: footer", found)
    line_ends(bench, options)
    bench.done()


main()
