"""What the tests of hostile bytes share: bytes that no reader may meet as they are, messages that have them in every place
that is shown, and what may stand in an output. The lists are this test's own, from Unicode's, not the program's.
SPDX-License-Identifier: MIT"""
import base64
import os
import re
import subprocess
import sys
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope")))

# Two of a sanitizer's own faults: its strstr() measures the rest of the text each time, which is quadratic by itself; what it takes for
# the memory of a thread may be none, and its search for leaks dies of it (an address that leaves 16 when divided by 4,096).
if "asan" in PROGRAM:
    os.environ["ASAN_OPTIONS"] = ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), "intercept_strstr=0", "intercept_tls_get_addr=0")))

# DerivedCoreProperties.txt: Default_Ignorable_Code_Point; noncharacters besides.
IGNORABLE = ((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
             (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
             (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF))
OTHER = (0x2800, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)


def is_strange(char):
    code = ord(char)
    return (unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or code in OTHER or
            any(low <= code <= high for low, high in IGNORABLE))


NOT_PLAIN = re.compile("[^\t\n -~]")


def text(*codes):
    return "a".join(map(chr, codes)).encode("utf-8", "surrogatepass")


# By name: bytes. None has a line end: that is no byte of a value.
PAYLOADS = {
    "7-bit escapes": b"\x1b[31m\x1b]0;title\x07\x1b]8;;http://evil.example/\x1b\\x\x1b]52;c;QQ==\x07\x1bP1$r\x1b\\\x1b[6n\x1b[?1049l\x1bc\x1b(0",
    "other control characters": bytes(c for c in range(1, 32) if c not in (9, 10, 13, 27)) + b"\x7f",
    "8-bit escapes as bytes": b"\x9b31m\x9d0;title\x9c\x90q\x9c\x84\x85\x8d\x9f\x9e",
    "8-bit escapes as UTF-8": "".join(chr(c) for c in range(0x80, 0xA0)).encode() + b"31m",
    "bidi controls": text(0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)) + b"gpj.exe",
    "zero width, fillers": text(0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2064, 0xFEFF, 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5,
                                0x180B, 0x180E, 0x180F, 0x2800, 0x3164, 0xFFA0, 0xFFF9, 0x1D173),
    "tags, variation selectors": text(0xE0001, 0xE0041, 0xE007F, 0xFE00, 0xFE0F, 0xE0100, 0xE01EF, 0xE0FFF),
    "line ends that are none, private, none at all": text(0x85, 0x2028, 0x2029, 0xE000, 0xF8FF, 0x10FFFD, 0xFFFE, 0xFDD0, 0x10FFFF),
    "no UTF-8": b"\xc0\xaf\xe0\x80\x9b\xf0\x80\x80\x9b\xed\xa0\x80\xed\xb0\x80\xf4\x90\x80\x80\xf8\x88\x80\x80\x80\xff\xfe\xe3\x81\xc2",
    "cells that begin a formula": b"=cmd|' /C calc'!A0\x1b[2J",
}
PLACES = []


def mark(place, bad):
    """A word that tells in an output where it came from, and the bytes behind it."""
    if place not in PLACES:
        PLACES.append(place)
    return b"Zq%02dz" % PLACES.index(place) + bad


def word(bad):
    """Where a blank, or what ends a token, would only make it less of a value."""
    return bytes(c for c in bad if c not in b" ;,()<>[]\"\\'@/=:|!") or b"x"


def quoted(bad):
    return bad.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def encoded(bad):
    """As an encoded word: these bytes are text that a header may hold."""
    return b"=?utf-8?B?" + base64.b64encode(bad) + b"?="


def head(bad, kind):
    """Every field that is shown; `kind` says in which form."""
    w = lambda place: word(mark(place, bad)) if kind == "raw" else word(mark(place, b"")) + b"x"
    v = lambda place: mark(place, bad) if kind == "raw" else encoded(mark(place, bad))
    q = lambda place: quoted(mark(place, bad)) if kind == "raw" else quoted(encoded(mark(place, bad)))
    return b"".join((
        b'Return-Path: <"' + q("return-path") + b'"@bounce.example.com>\n',
        b"Authentication-Results: mx." + w("authserv-id") + b".example (" + v("results comment") + b"); spf=pass (" + v("spf comment") +
        b') reason="' + q("results reason") + b'" smtp.mailfrom="' + q("results property") + b'"@bounce.example.com;\n\tdkim=' +
        w("result") + b" header.d=" + w("results d") + b".example header.s=" + w("results s") + b"; x-" + w("method") + b"=" +
        w("result of method") + b" policy." + w("property") + b"=" + w("value") + b"\n",
        b"Received-SPF: pass (" + v("received-spf comment") + b") client-ip=192.0.2.1; envelope-from=\"" + q("received-spf") +
        b'"@bounce.example.com; helo=' + w("received-spf helo") + b"\n",
        b"ARC-Seal: i=1; a=" + w("seal a") + b"; t=1; cv=" + w("cv") + b"; d=" + w("seal d") + b".example; s=" + w("seal s") + b"; b=YQ==\n",
        b"ARC-Message-Signature: i=1; a=" + w("ams a") + b"; c=" + w("ams c") + b"; d=" + w("ams d") + b".example; s=" + w("ams s") +
        b"; h=" + w("ams h") + b"; bh=eA==; b=eQ==\n",
        b"ARC-Authentication-Results: i=1; " + w("aar id") + b"; spf=pass (" + v("aar comment") + b")\n",
        b"Received: from " + w("helo") + b" (" + w("ptr") + b" [192.0.2.1] " + v("received comment") + b") by " + w("by") +
        b".example.com with " + w("with") + b" id " + w("id") + b"\n\tfor <\"" + q("for") +
        b'"@example.com>; Tue, 1 Sep 2026 10:00:00 +0000 (' + v("date comment") + b")\n",
        b"DKIM-Signature: v=1; a=" + w("dkim a") + b"; c=" + w("dkim c") + b"; d=example.com; s=sel; i=\"" + q("dkim i") +
        b"\"@example.com; h=from:" + w("dkim h") + b"; bh=eA==; b=eQ==; l=" + w("dkim l") + b"\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=" + w("dkim d") + b"; s=" + w("selector") + b"; h=from; bh=eA==; b=eQ==\n",
        b'From: "' + q("from name") + b'" <"' + q("from local") + b'"@example.com>\n',
        b'Sender: "' + q("sender name") + b'" <s' + w("sender local") + b"@" + w("sender domain") + b".example>\n",
        b"Reply-To: " + v("reply-to name") + b" <r@" + w("reply-to domain") + b".example>\n",
        b"To: " + v("to") + b" <t@example.com>\nSubject: " + v("subject") + b"\nMessage-ID: <" + w("message-id") + b"@example.com>\n",
        b"List-Id: " + v("list id") + b" <" + w("list id name") + b".example.com>\nList-Unsubscribe: <http://" + w("unsubscribe") + b">\n",
        b"Date: " + v("date") + b"\n" + w("field name") + b": " + v("field") + b"\n"))


def message(bad, kind="raw"):
    return head(bad, kind) + b"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + mark("body", bad) + b"\n"


def from_domain(bad):
    """A domain in From: that is none."""
    return b"From: A <a@" + word(mark("from domain", bad)) + b".example>\nSubject: x\n\nx\n"


def inner(bad):
    """Messages inside, attached and in a bounce, whose texts are shown, too."""
    name = b'name="' + quoted(mark("attachment name", bad)) + b'.eml"'
    return (b"Return-Path: <>\nReceived: from mx.example.com (mx.example.com [192.0.2.1]) by in.example.jp; "
            b"Tue, 1 Sep 2026 10:00:00 +0000\nFrom: MAILER-DAEMON@mx.example.com\nTo: a@example.jp\nSubject: " +
            mark("bounce subject", bad) + b"\nMIME-Version: 1.0\n"
            b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n" +
            mark("bounce text", bad) + b"\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; " +
            mark("reporting mta", bad) + b"\n\nFinal-Recipient: rfc822; x@example.com " + mark("recipient", bad) +
            b"\nAction: failed\nStatus: 5.7.26\nRemote-MTA: dns; " + mark("remote mta", bad) +
            b"\nDiagnostic-Code: smtp; 550-5.7.26 " + mark("diagnostic", bad) + b"\n 550 5.7.26 " + mark("diagnostic, 2", bad) +
            b"\n\n--b\nContent-Type: message/rfc822; " + name + b"\nContent-Disposition: attachment; file" + name + b"\n\n" +
            message(bad) + b"--b--\n")


def zone(bad):
    escaped = lambda place, most=100: b"".join(b"\\%03d" % byte for byte in mark(place, bad)[:most])
    return (b";! snapshot 1\nbounce.example.com. 300 IN TXT \"v=spf1 ip4:192.0.2.77 include:" + escaped("spf include", 60) +
            b".example " + escaped("spf term") + b" exp=exp.example.com -all\"\n"
            b'exp.example.com. 300 IN TXT "' + escaped("explanation") + b'"\n'
            b'_dmarc.example.com. 300 IN TXT "v=DMARC1; p=reject; ' + escaped("dmarc tag") + b"; rua=mailto:" +
            escaped("dmarc rua") + b'@example.com"\nsel._domainkey.example.com. 300 IN TXT "v=DKIM1; n=' + escaped("key note") +
            b"; p=" + escaped("key") + b'"\n1.2.0.192.in-addr.arpa. 300 IN PTR ' + escaped("dns name", 60) +
            b".example.\nexample.com. 300 IN CNAME " + escaped("cname", 30) + b".example.com.\n"
            b";! complete com.\n;! complete example.\n;! complete arpa.\n")


def too_much():
    """Messages of too much of one thing: name, its bytes for n, n."""
    head = b"From: Ann <ann@example.com>\nTo: bob@example.net\nSubject: x\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n"
    hop = (b"Received: from h%d.example (h%d.example [192.0.2.%d]) by mx%d.example with ESMTP id a; Tue, 1 Sep 2026 10:00:00 +0000\n")
    signature = b"v=1; a=rsa-sha256; c=relaxed/relaxed; d=d%d.example; s=s; h=from:to:subject; bh=eA==; b=eA=="
    each = lambda piece, behind=head + b"\nx\n": lambda n: b"".join(piece(i) for i in range(n)) + behind
    return (
        ("signatures", each(lambda i: b"DKIM-Signature: " + signature % i + b"\n"), 500),
        ("ARC sets", each(lambda i: b"ARC-Seal: i=%d; a=rsa-sha256; cv=pass; d=d%d.example; s=s; b=eA==\nARC-Message-Signature: i=%d; %s\n"
                          b"ARC-Authentication-Results: i=%d; x.example; spf=pass smtp.mailfrom=d%d.example\n"
                          % (i + 1, i, i + 1, (signature % i)[5:], i + 1, i)), 50),
        ("results", each(lambda i: b"Authentication-Results: mx%d.example; spf=pass smtp.mailfrom=a@d%d.example; dkim=fail header.d=e%d.example\n"
                         % (i, i, i)), 2000),
        ("hops", each(lambda i: hop % (i, i, i % 250, i)), 2000),
        ("authors", lambda n: b"From: " + b",\n ".join(b"A%d <a@d%d.example>" % (i, i) for i in range(n)) + b"\nSubject: x\n\nx\n", 4000),
        ("recipients", lambda n: b"To: " + b",\n ".join(b"A%d <a@d%d.example>" % (i, i) for i in range(n)) + b"\n" + head + b"\nx\n", 8000),
        ("fields", each(lambda i: b"X-%d: y\n" % i), 50000),
        ("bytes of a field", lambda n: b"X-Long: " + b"word " * n + b"\n" + head + b"\nx\n", 400000),
        ("bytes of From:", lambda n: b"From: " + b"word " * n + b"<a@example.com>\nSubject: " + b"word " * n + b"\n\nx\n", 200000),
        ("bytes of a line", lambda n: head + b"\n" + b"x" * n + b"\n", 8000000),
        ("lines", lambda n: head + b"\n" + b"x\n" * n, 1000000),
        ("parts", lambda n: head + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain; name=a.txt\n\nx\n" * n +
         b"--b--\n", 10000),
        ("messages inside", lambda n: head + b"Content-Type: multipart/digest; boundary=b\n\n" + (b"--b\n\n" + head + b"\nx\n") * n + b"--b--\n", 2000),
        ("lines of a bounce", lambda n: b"Return-Path: <>\nFrom: MAILER-DAEMON@example.com\nSubject: Undelivered\nContent-Type: multipart/report; "
         b"report-type=delivery-status; boundary=b\n\n--b\n\n550 5.7.26 no\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n" +
         b"".join(b"Final-Recipient: rfc822; a%d@example.com\nAction: failed\nStatus: 5.7.26\nDiagnostic-Code: smtp; 550 5.7.26 no\n\n" % i
                  for i in range(n)) + b"--b--\n", 4000),
    )


# What fromscope itself writes: styles, and links to the RFC editor and nobody else.
STYLE = re.compile(r"\x1b\[[0-9;:]*m")
LINK = re.compile(r"\x1b\]8;(?:id=[\w-]+)?;(?:https://www\.rfc-editor\.org/rfc/rfc[0-9]{3,5}(?:#section-[0-9.]+)?)?(?:\x1b\\|\x07)")


def faults(raw, styles=False, crlf=False):
    """What stands in an output and may not, with the place that it came from."""
    try:
        out = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"no UTF-8: {raw[max(error.start - 40, 0):error.end + 10]!r} {where(raw[:error.start].decode('utf-8', 'replace'))}"]
    if styles:
        out = LINK.sub("", STYLE.sub("", out))
    if crlf:
        out = out.replace("\r\n", "\n")
    return [f"{found.group()!r} in {out[max(found.start() - 30, 0):found.end() + 10]!r} {where(out[:found.start()])}"
            for found in [one for one in NOT_PLAIN.finditer(out) if is_strange(one.group())][:3]]


def where(before):
    marks = re.findall(r"[Zz]q(\d\d)z", before[-300:])
    return f"({PLACES[int(marks[-1])]})" if marks and int(marks[-1]) < len(PLACES) else "(no place known)"


def run(*arguments, given=b"", **environment):
    """(status, standard output, standard error), as bytes."""
    settings = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANGUAGE": "", "XDG_CONFIG_HOME": "/nonexistent", **environment}
    done = subprocess.run([PROGRAM, *arguments], env=settings, input=given, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


class Tap:
    def __init__(self):
        self.count = self.bad = 0

    def check(self, good, name, *details):
        self.count += 1
        self.bad += not good
        print(f"{'' if good else 'not '}ok {self.count} - {name}", flush=True)
        for detail in details[:12] if not good else ():
            print("#   " + ascii(detail)[:400])

    def end(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.bad else 0)
