#!/usr/bin/python3
"""Sound messages are left alone whatever their body looks like, and no repair loses a byte of header text, as TAP.

SPDX-License-Identifier: MIT"""
import os
import random
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "corpus"))
import damage       # noqa: E402
import headers      # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope")))
COUNT = 1500
# Repairs that change white space only.
REFLOW = {"one-line", "glued-lines", "folding", "blank-lines"}
DAMAGES = ("one_line", "one_line_collapsed", "glued", "unindented", "wrapped", "few_lines", "spread", "doubled")


def bodies(other):
    """What stands in bodies: other people's headers, in every form that would be damage in a header."""
    flat = damage.one_line(other)
    return ("", "hello\n", other, damage.quoted(other), damage.numbered(other), damage.indented(other), flat, damage.glued(other),
            damage.html_lines(other), damage.bold(other), damage.bold_spread(other), damage.html_bold(other), damage.json_string(other), damage.fenced(other), damage.doubled(other), damage.GMAIL + other,
            "<html><body>" + flat + "</body></html>", "a\x00b\n" * 20, "\n\n\n", damage.unindented(other),
            "PCFET0NUWVBF\n" * 40, "SPF: PASS\nDKIM: PASS\n", "From: &lt;a@example.jp&gt;<br>To: b\n")


def odd(raw, r):
    """What real headers have: mbox lines, junk, mixed line ends, a long line, 8-bit bytes."""
    lines = raw.split("\n")
    form = r.randrange(7)
    if form == 0:
        lines.insert(0, "From user Mon Nov  2 10:00:00 2026")
    elif form == 1:
        lines.insert(0, ">From user Mon Nov  2 10:00:00 2026")
    elif form == 2:
        lines.insert(len(lines) // 2, "X-Long: " + "x" * 48000)
    elif form == 3:
        lines = [line + r.choice(("", "\r")) for line in lines]
    elif form == 4:
        lines.insert(1, "Subject: Fw: From: a@example.jp (Date: Mon, 2 Nov 2026): \udce9\udcff *** \u3010x\uff1ay\u3011")
    elif form == 5:
        lines.insert(0, "X-Nobody-Knows: 1")
    return "\n".join(lines)


def untouched(probe):
    r, wrong = random.Random("sound"), []
    other = next(headers.messages("other", 1))[1]
    for number, (_, raw) in enumerate(headers.messages("sound", COUNT)):
        text = odd(raw, r) + "\n" + r.choice(bodies(other))
        got, needed, fidelity, counts = probe.repair(text)
        if needed or counts.keys() - {"second-message"}:
            wrong.append(f"{number}: {counts}")
    return wrong


def kept(text):
    return re.sub(r"\s", "", text)


def hurt(text, r):
    """Further harm anywhere: pieces cut out, doubled, blanks and line ends put in."""
    for _ in range(r.randrange(0, 8)):
        at = r.randrange(len(text) + 1)
        text = r.choice((text[:at] + text[at + r.randrange(40):], text[:at] + r.choice(" \n\t(\"<:;)") + text[at:],
                         text[:at] + text[max(0, at - 30):], text[:at]))
    return text


def nothing_lost(probe):
    r, wrong, seen = random.Random("loss"), [], 0
    for number, (_, raw) in enumerate(headers.messages("loss", COUNT)):
        text = hurt(getattr(damage, r.choice(DAMAGES))(raw), r)
        got, _, _, counts = probe.repair(text)
        if not counts or counts.keys() - REFLOW:
            continue
        seen += 1
        if kept(got) != kept(text):
            wrong.append(f"{number}: {counts}")
    if seen < COUNT // 2:
        wrong.append(f"only {seen} were repaired")
    return wrong


def settled(probe):
    """What was repaired needs no repair."""
    r, wrong = random.Random("twice"), []
    for number, (_, raw) in enumerate(headers.messages("twice", COUNT // 3)):
        once, _, _, counts = probe.repair(getattr(damage, r.choice(DAMAGES))(raw))
        _, needed, _, again = probe.repair(once)
        if needed or again:
            wrong.append(f"{number}: {counts}, then {again}")
    return wrong


def undone(probe):
    wrong = []
    for number, (_, raw) in enumerate(headers.messages("undone", 50)):
        text = damage.one_line(raw)
        got, _, fidelity, counts = probe.repair(text, "one-line")
        if got != text or counts or fidelity != "-":
            wrong.append(f"{number}: {counts}")
    return wrong


def lines(raw):
    """As a message is read: a line ends in LF or CRLF, and what else it holds is its own."""
    return [line[:-1] if line.endswith(b"\r") else line for line in raw.split(b"\n")]


def written(probe):
    """What needed no repair is printed with LF, and holds the same lines."""
    r, wrong, kept_crlf = random.Random("written"), [], 0
    for number, (_, raw) in enumerate(headers.messages("written", 60)):
        text = raw.rstrip("\n") + "\nX-Odd: one\rtwo\n\n" + "body\n\n" * 5
        ends = (b"\n", b"\r\n") if number % 2 else (b"\n", b"\r\n", b"\r\r\n", b"\r\r\r\n")
        body = text.index("\n\n") + 2
        sent = re.sub(rb"\n", lambda _: r.choice(ends[:2]), text[:body].encode("utf-8", "surrogateescape"))
        sent += re.sub(rb"\n", lambda _: r.choice(ends), text[body:].encode("utf-8", "surrogateescape"))
        done = subprocess.run([PROGRAM, "repair", "-"], input=sent, capture_output=True, timeout=60, env=dict(os.environ, LC_ALL="C.UTF-8"))
        if done.stderr != b"nothing to repair\n" or lines(done.stdout) != lines(sent):
            wrong.append(f"{number}: {done.stderr} {lines(sent)[-12:]} {lines(done.stdout)[-12:]}")
        if number % 2 and b"\r\n" in done.stdout:
            wrong.append(f"{number}: CRLF")
        kept_crlf += b"\r\r\n" in done.stdout
    return wrong if kept_crlf else wrong + ["no line ended in a CR of its own"]


def main():
    probe = damage.Probe()
    checks = (("sound messages are not damaged", untouched), ("no byte of header text is lost", nothing_lost),
              ("repaired once is repaired", settled), ("what is undone is not done", undone),
              ("what needs no repair is written line for line", written))
    print(f"1..{len(checks)}")
    for number, (name, check) in enumerate(checks, 1):
        wrong = check(probe)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        for line in wrong[:10]:
            print(f"# {line}")
    return probe.close()


if __name__ == "__main__":
    sys.exit(main())
