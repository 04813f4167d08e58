#!/usr/bin/python3
"""Traps in text that somebody pasted, and in files that somebody gave away: settings, keys, themes, lessons, glossaries, files of a
class, what a learner did. 32 MB of text and 1 MB of settings at torture's size (argument 16). Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trap import ROOT, SAMPLE, Traps, command

HEAD = (b"Received: from mx.example.net (mx.example.net [192.0.2.1]) by in.example.com; Tue, 1 Sep 2026 10:00:00 +0000\n"
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=eA==; b=eA==\n"
        b"From: Ann <ann@example.com>\nTo: bob@example.net\nSubject: x\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n")
LINES = HEAD + b"X-Long: a\n\n"


def lines(before, text, after=b"\n"):
    return b"".join(before + line + after for line in text.splitlines())


def to(size, piece, start=b"", end=b""):
    return start + piece * max(1, (size - len(start) - len(end)) // len(piece)) + end


# Name, text of n bytes, n.
PASTED = (
    ("quoted by >", lambda n: to(n, b"> and a line of text\n", lines(b"> ", LINES)), 2000000),
    ("quoted, a header of many fields", lambda n: to(n, lines(b"> ", HEAD)), 2000000),
    ("quoted ever deeper", lambda n: lines(b"> ", LINES) + b"".join(b">" * (i % 200) + b" x\n" for i in range(n // 100)), 2000000),
    ("numbers of lines", lambda n: lines(b"", b"".join(b"%d: %s\n" % (i, line) for i, line in enumerate((HEAD * (n // len(HEAD))).splitlines(), 1))), 2000000),
    ("indented", lambda n: to(n, lines(b"    ", HEAD)), 2000000),
    ("indented ever deeper", lambda n: HEAD + b"".join(b" " * (i % 300) + b"x: y\n" for i in range(n // 150)), 2000000),
    ("HTML: tags", lambda n: to(n, b"<b>x</b>", b"<html><body><pre>" + HEAD + b"\n"), 2000000),
    ("HTML: open tags", lambda n: to(n, b"<div class=x>", b"<html><body>" + lines(b"<div>", HEAD, b"</div>\n")), 2000000),
    ("HTML: less-than", lambda n: to(n, b"<", b"<html><body><pre>" + HEAD), 2000000),
    ("HTML: comments", lambda n: to(n, b"<!-- ", b"<html><body><pre>" + HEAD), 2000000),
    ("HTML: scripts that never end", lambda n: to(n, b"<script>", b"<html><body><pre>" + HEAD), 2000000),
    ("HTML: attributes", lambda n: to(n, b" a='<' b=\">\"", b"<html><body><pre>" + HEAD + b"<a"), 2000000),
    ("HTML: entities", lambda n: to(n, b"&lt;&amp;amp;&#x3c;&", b"<html><body><pre>" + HEAD), 2000000),
    ("HTML: blanks and breaks", lambda n: to(n, b"&nbsp;<br>", b"<html><body>" + lines(b"", HEAD, b"<br>\n")), 2000000),
    ("HTML: tables", lambda n: to(n, b"<tr><td>SPF:<td>PASS with IP 192.0.2.1</tr>", b"<html><table>"), 2000000),
    ("escapes of lines", lambda n: to(n, b"\\n", HEAD.replace(b"\n", b"\\n")), 2000000),
    ("escapes of all kinds", lambda n: to(n, b"\\u0041\\x41\\\"\\\\", b'{"raw": "' + HEAD.replace(b"\n", b"\\r\\n")), 2000000),
    ("backslashes", lambda n: to(n, b"\\", HEAD.replace(b"\n", b"\\n")), 2000000),
    ("flat: fields", lambda n: to(n, HEAD.replace(b"\n", b" ")), 500000),
    ("flat: words", lambda n: to(n, b"word and word ", HEAD.replace(b"\n", b" ")), 2000000),
    ("flat: names of fields", lambda n: to(n, b"From: To: Received: ", HEAD.replace(b"\n", b" ")), 500000),
    ("flat: colons", lambda n: to(n, b"x: ", HEAD.replace(b"\n", b" ")), 500000),
    ("flat: quotation marks", lambda n: to(n, b'" From: ', HEAD.replace(b"\n", b" ")), 500000),
    ("flat: parentheses", lambda n: to(n, b"( From: ", HEAD.replace(b"\n", b" ")), 500000),
    ("flat: dates", lambda n: to(n, b"Tue, 1 Sep 2026 10:00:00 +0000 ", HEAD.replace(b"\n", b" ")), 500000),
    ("flat: semicolons", lambda n: to(n, b"b=; d=; ", HEAD.replace(b"\n", b" ")), 500000),
    ("Gmail's page", lambda n: to(n, b"SPF:\tPASS with IP 192.0.2.1 Learn more\n", b"Original Message\nMessage ID\t<a@example.com>\nCreated at:\tTue, 1 Sep 2026\n"
                                  b"From:\tAnn <ann@example.com>\nTo:\tbob@example.net\nSubject:\tx\n") + HEAD + b"\nx\n", 2000000),
    ("Gmail's pages, one after the other", lambda n: to(n, b"Original Message\nMessage ID\t<a@example.com>\nFrom:\tA <a@example.com>\nSPF:\tPASS\n\n"), 2000000),
    ("one line", lambda n: HEAD + b"\n" + b"x" * n, 2000000),
    ("one line without a header", lambda n: b"x" * n, 2000000),
    ("one word of a field", lambda n: b"Subject: " + b"x" * n + b"\n" + HEAD + b"\nx\n", 2000000),
    ("short lines", lambda n: to(n, b"a\n", HEAD), 2000000),
    ("short lines of a body", lambda n: to(n, b"a\n", HEAD + b"\n"), 2000000),
    ("empty lines", lambda n: to(n, b"\n", b"", HEAD), 2000000),
    ("empty lines between fields", lambda n: to(n, HEAD.replace(b"\n", b"\n\n")), 2000000),
    ("fences", lambda n: to(n, b"```\n", b"```\n" + HEAD), 2000000),
    ("lines that were folded anew", lambda n: to(n, b"X-Long: aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa\naaaa\n", HEAD), 2000000),
    ("soft line ends", lambda n: to(n, b"=\n", HEAD + b"\n"), 2000000),
    ("strange blanks", lambda n: to(n, "\u00a0\u200b\ufeff".encode(), lines("\u00a0".encode(), HEAD)), -8000000),
    ("typographic characters", lambda n: to(n, "“x” – ".encode(), HEAD.replace(b'"', "“".encode())), 2000000),
    ("black bars", lambda n: to(n, b"XXXXX [REDACTED] ***** ", HEAD + b"X-A: "), 2000000),
    ("second messages", lambda n: to(n, HEAD + b"\nbody\n\n-----Original Message-----\n"), 2000000),
    ("signatures wrapped", lambda n: to(n, b"b=AAAA\n BBBB\n", HEAD + b"DKIM-Signature: v=1; d=example.com; "), 2000000),
    ("bytes of no character set", lambda n: to(n, b"\x80\x93\xff", HEAD), 2000000),
)
MANY = lambda piece: lambda n: b"".join(piece(i) for i in range(n))
LESSON = b"title: x\nminutes: 5\nhour: 2\n\n"
PROFILE = b"[profile]\nname=x\norder=1\nas-of=2026-07-02\nsource=https://example.com/\n"
# Name, what kind of file, how it begins, its n-th piece, n.
FILES = (
    ("settings: keys that are none", "config", b"[fromscope]\n", lambda i: b"k%d=v\n" % i, 16000),
    ("settings: one often", "config", b"[fromscope]\n", lambda i: b"trust=a%d.example\n" % i, 16000),
    ("settings: sections", "config", b"", lambda i: b"[s%d]\n" % i, 16000),
    ("settings: trust in one line", "config", b"[fromscope]\ntrust=", lambda i: b"a%d.example," % i, 16000),
    ("settings: lines that are none", "config", b"", lambda i: b"x\n", 16000),
    ("settings: keys of a command, often", "config", b"[keys]\n", lambda i: b"help=F%d\n" % (i % 12), 16000),
    ("settings: keys in one line", "config", b"[keys]\nhelp=", lambda i: b"F%d, " % (i % 12), 16000),
    ("settings: letters in one line", "config", b"[keys]\nhelp=", lambda i: b"%s, " % chr(0x3400 + i % 9000).encode(), 16000),
    ("settings: commands that are none", "config", b"[keys]\n", lambda i: b"c%d=F1\n" % i, 4000),
    ("theme: roles that are none", "x.theme", b"[roles]\n", lambda i: b"k%d=red on blue\n" % i, 16000),
    ("theme: one role often", "x.theme", b"[roles]\n", lambda i: b"title=red bold underline\n", 16000),
    ("theme: words", "x.theme", b"[roles]\ntitle=", lambda i: b"bold ", 40000),
    ("lesson: choices", "lesson.txt", LESSON + b"--- choose\nid: a\nWhich?\n\n", lambda i: b"* c%d\n" % i, 16000),
    ("lesson: keys that are none", "lesson.txt", LESSON + b"--- read\n", lambda i: b"k%d: v\n" % i, 16000),
    ("lesson: paragraphs", "lesson.txt", LESSON + b"--- read\n", lambda i: b"a {term%d|b} c\n\n" % i, 16000),
    ("lesson: one paragraph", "lesson.txt", LESSON + b"--- read\n", lambda i: b"{spf} {x%d|y} " % i, 16000),
    ("lesson: braces", "lesson.txt", LESSON + b"--- read\n", lambda i: b"{", 200000),
    ("lesson: questions", "lesson.txt", LESSON, lambda i: b"--- predict spf-check\nid: q%d\nexpect: pass\nHow?\n\nwhy:\nSo.\n\n" % i, 4000),
    ("lesson: questions of one name", "lesson.txt", LESSON, lambda i: b"--- predict dmarc\nid: q\nexpect: pass\nHow?\n\n", 4000),
    ("lesson: sections that are none", "lesson.txt", LESSON, lambda i: b"--- x%d\n" % i, 16000),
    ("lesson: changes", "lesson.txt", LESSON + b"--- what-if\n", lambda i: b"set: from=a%d@example.com\n" % i, 4000),
    ("lesson: lines", "lesson.txt", LESSON + b"--- read\n", lambda i: b"more\n", 40000),
    ("glossary: terms", "glossary.en.txt", b"", lambda i: b"--- t%d\ntitle: t\nalso: a%d\nsee: t%d\nA {t%d}.\n\n" % (i, i, i + 1, i), 8000),
    ("glossary: other names of one", "glossary.en.txt", b"--- t\ntitle: t\nalso: ", lambda i: b"a%d, " % i, 16000),
    ("glossary: references of one", "glossary.en.txt", b"--- t\ntitle: t\nsee: ", lambda i: b"a%d, " % i, 16000),
    ("progress: lessons", "progress", b"", lambda i: b"[l%d]\npage=3\nright=0:2\nmissed=a\n" % i, 8000),
    ("progress: one lesson often", "progress", b"", lambda i: b"[02-form-in-your-name]\npage=3\n", 16000),
    ("progress: items in one line", "progress", b"[02-form-in-your-name]\nmissed=", lambda i: b"q%d, " % i, 16000),
    ("receivers: rules", "receivers/gmail.ini", PROFILE, lambda i: b"[x%d]\ncheck=spf\neffect=reject\n" % i, 8000),
    ("receivers: codes of a rule", "receivers/gmail.ini", PROFILE + b"[spf]\neffect=reject\ncode=", lambda i: b"5.7.%d, " % i, 16000),
    ("receivers: keys that are none", "receivers/gmail.ini", PROFILE + b"[spf]\neffect=reject\n", lambda i: b"k%d=v\n" % i, 16000),
    ("providers: sections", "providers.ini", b"", lambda i: b"[p%d]\nname=P\nspf=p%d.example\ndkim=p%d.example\nhost=p%d.example\n" % (i, i, i, i), 8000),
    ("history: commands", "history", b"", lambda i: b"tree %d\n" % i, 40000),
)


def file_trap(traps, kind, start, piece):
    def made(n):
        content = start + MANY(piece)(n) + b"\n"
        if kind == "lesson.txt":
            folder = os.path.dirname(traps.write("05-x/" + kind, content))
            for name in ("message.eml", "message.dns"):
                shutil.copy(os.path.join(ROOT, "samples/lessons/02-form-in-your-name", name), folder)
            return lambda: command("lesson", "--check", folder)
        if kind == "x.theme":
            place = traps.write(kind, content)
            return lambda: command("--plain", "--offline", "--theme", place, SAMPLE)
        place = os.path.dirname(os.path.dirname(traps.write("f/fromscope/" + kind, content)))
        place = os.path.dirname(place) if "/" in kind else place
        env = {"XDG_CONFIG_HOME": place, "XDG_STATE_HOME": place}
        if kind == "progress":
            return lambda: command("lesson", env=env)
        if kind == "glossary.en.txt":
            return lambda: command("lesson", "--check", os.path.join(ROOT, "samples/lessons/01-two-senders"), env=env)
        if kind in ("config", "history"):
            return lambda: command("--plain", "--offline", SAMPLE, env=env)
        return lambda: command("report", "--offline", "--format", "json", SAMPLE, env=env)
    return made


def main():
    traps = Traps()
    for name, text, n in PASTED:
        def pasted(size, make=text):
            path = traps.write("x.txt", make(size))
            return lambda: command("repair", path)
        traps.trap(f"pasted: {name}", pasted, n)
    for name, kind, start, piece, n in FILES:
        traps.trap(name, file_trap(traps, kind, start, piece), n)
    traps.end(700)


main()
