#!/usr/bin/python3
"""Whatever a message, a DNS answer or a file's name says: it is text in every format, never markup, a link, a
mention or a control sequence. SPDX-License-Identifier: MIT"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from exportlib import FORMATS, INVISIBLE, Page, Tap, run

PAYLOADS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style></title></pre></code>",
    "</details></section></main></body>", "<!-- ", "-->", "&lt;b&gt;&#60;i&#62;", "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))", "![i](http://evil.example/p.png)", "`</code>`", "``` ```` `````", "`````", "~~~", "| a | b |", "a|b|c", "@octocat @team/x", "#1 org/repo#2 !3 $4 %5 ~bug &6",
    "http://evil.example/ www.evil.example", "<http://evil.example> <x@evil.example>", "*b* **c** _i_ __u__ ~~s~~", ":tada: :smile:",
    "GH-1 ABC-12 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef", "\\ \\` \\| \\", "- [ ] task", "{noformat}{code}[~admin] {{x}}", "# head", "> quote", "1. one", "=== ---",
    "[a]: http://evil.example", "[^1]", "$x^2$ $$y$$", "\x1b[31m\x1b]0;title\x07\x9b31m", "\u202egnp.exe\u2066 \u200b\u200f\ufeff", "\u0085 \u2028 \u2029 \U000e0041", "{0}{*}{#1} %s %n $1", "=cmd|' /C calc'!A0",
]


def message(bad):
    """`bad` wherever a header field can hold text."""
    word = "".join(bad.split()) or "x"
    quoted = bad.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'Return-Path: <"{quoted}"@bounce.example.com>\n'
        f"Authentication-Results: mx.{word}.example ({bad}); spf=pass ({bad}) reason=\"{quoted}\" smtp.mailfrom=\"{quoted}\"@bounce.example.com;\n"
        f"\tdkim=fail reason={word} header.d={word}.example header.i=\"{quoted}\"@example.com; x-{word}={word} policy.{word}={word}\n"
        f"Received-SPF: pass ({bad}) client-ip=192.0.2.1; envelope-from=\"{quoted}\"@bounce.example.com; helo={word};\n"
        f"ARC-Seal: i=1; a=rsa-sha256; t=1; cv={word}; d={word}.example; s={word}; b={word}\n"
        f"ARC-Message-Signature: i=1; a={word}; c={word}; d={word}.example; s={word}; h={word}; bh=x; b=y\n"
        f"ARC-Authentication-Results: i=1; {word}; spf=pass ({bad})\n"
        f"Received: from {word} ({word} [192.0.2.1] {bad}) by {word}.example.com with {word} id {word}\n"
        f"\tfor <\"{quoted}\"@example.com>; Tue, 1 Sep 2026 10:00:00 +0000 ({bad})\n"
        f"DKIM-Signature: v=1; a={word}; c={word}/{word}; d=example.com; s=sel; i=\"{quoted}\"@example.com; h=from:{word}; bh=x; b=y; l={word}\n"
        f"DKIM-Signature: v=1; a=rsa-sha256; d={word}; s={word}; h=from:{word}; bh=eA==; b=eQ==\n"
        f'From: "{quoted}" <"{quoted}"@example.com>\n'
        f'Sender: "{quoted}" <s{word}@example.com>\nReply-To: {bad} <r@{word}.example>\n'
        f"To: {bad} <t@example.com>\nSubject: {bad}\nMessage-ID: <{word}@{word}>\n"
        f"List-Unsubscribe: <http://{word}>\nDate: {bad}\nContent-Type: text/plain; x=\"{quoted}\"\n\n{bad}\n"
    ).encode("utf-8", "surrogateescape")


def bounce(bad):
    return (
        f"Return-Path: <>\nReceived: from mx.example.com (mx.example.com [192.0.2.1]) by in.example.jp; Tue, 1 Sep 2026 10:00:00 +0000\n"
        f"From: MAILER-DAEMON@mx.example.com\nTo: a@example.jp\nSubject: {bad}\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        f"{bad}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {bad}\n\nFinal-Recipient: rfc822; x@example.com {bad}\n"
        f"Action: failed\nStatus: 5.7.26\nRemote-MTA: dns; {bad}\nDiagnostic-Code: smtp; 550-5.7.26 {bad}\n 550 5.7.26 {bad}\n\n"
        f"--b\nContent-Type: message/rfc822\n\nFrom: {bad} <a@example.jp>\nSubject: {bad}\nTo: {bad}\n\n{bad}\n--b--\n"
    ).encode("utf-8", "surrogateescape")


def zone(bad):
    text = "".join(f"\\{byte:03d}" for byte in bad.encode("utf-8", "surrogateescape"))[:200 * 4]
    return (
        ";! snapshot 1\n"
        f'bounce.example.com. 300 IN TXT "v=spf1 ip4:192.0.2.1 include:{"".join(c for c in bad if c.isalnum() and c.isascii())}.example {text} exp=exp.example.com -all"\n'
        f'exp.example.com. 300 IN TXT "{text}"\n'
        f'_dmarc.example.com. 300 IN TXT "v=DMARC1; p=reject; {text}; rua=mailto:{text}@example.com"\n'
        f'sel._domainkey.example.com. 300 IN TXT "v=DKIM1; n={text}; p={text}"\n'
        ";! complete com.\n;! complete example.\n").encode()


def markdown_faults(text):
    """By the reference implementation of GitHub's dialect, with its extensions and without its filter."""
    done = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist",
                           "-e", "footnotes"], input=text.encode(), capture_output=True, timeout=60)
    if done.returncode:
        done = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"],
                              input=text.encode(), capture_output=True, timeout=60, check=True)
    page = done.stdout.decode()
    faults = [tag for tag in re.findall(r"<\s*/?\s*([a-zA-Z!][\w-]*)", page)
              if tag not in ("h2", "h3", "p", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "blockquote")]
    faults += re.findall(r"<(?:code|pre|p|td|th|li|ol|ul|tr|table|strong|h2|h3)\s+(?!class=\"language-text\"|lang=\"text\"|start=)[^>]*>", page)
    outside = re.sub(r"<pre[^>]*>.*?</pre>|<code>.*?</code>", " ", page, flags=re.S)
    outside = re.sub(r"<[^>]*>", " ", outside)
    faults += re.findall(r"[@#!$~^`|\\\[\]{}*_]\w*|://|www\.|:\w+:", outside)
    rows = re.findall(r"<table>(.*?)</table>", page, re.S)
    for table in rows:
        if len({len(re.findall(r"<t[dh]", row)) for row in table.split("<tr>")[1:]}) > 1:
            faults.append("uneven table")
    if text.count("\n| --- ") != len(rows):
        faults.append(f"{text.count(chr(10) + '| --- ')} tables, {len(rows)} seen")
    return faults


def faults_of(form, raw):
    text = raw.decode("utf-8")      # anything else is a fault that raises
    found = INVISIBLE.findall(text)
    if form == "json":
        for line in text.splitlines():
            json.loads(line)
    if form == "html":
        page = Page(text)
        found += page.faults + page.uneven()
    if form == "markdown":
        found += markdown_faults(text)
    return found


def main():
    tap = Tap()
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        for number, bad in enumerate(PAYLOADS):
            faults, seen = [], set()
            name = "".join(c for c in bad if c not in "/\0")[:60]
            for kind, make in (("message", message), ("bounce", bounce)):
                path = folder / f"{number}{name}{kind}.eml"
                path.write_bytes(make(bad))
                dns = folder / "zone.dns"
                dns.write_bytes(zone(bad))
                for form in FORMATS:
                    for more in ([], ["--redact"]):
                        raw = run("report", "--format", form, "--dns", dns, *more, path)
                        faults += [f"{kind} {form} {more}: {fault!r}" for fault in faults_of(form, raw)]
                        seen.add(len(raw) > 500)
            tap.check(f"{bad[:40].encode('unicode_escape').decode()}", not faults and seen == {True}, *faults[:12])
    finally:
        shutil.rmtree(folder)
    tap.done()


main()
