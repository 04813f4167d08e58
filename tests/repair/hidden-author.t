#!/usr/bin/python3
"""A message that its sender made look like damaged text: what is mended in it hides no author whom everybody sees who opens it as it is.

Servers wrote the first lines; below, one header is made to be mended, and another From field stands beside it. Its domain is among the
authors, or there is no pass. Prints TAP.

SPDX-License-Identifier: MIT"""
import json
import os
import quopri
import re
import subprocess
import sys
import tempfile

FROMSCOPE = os.environ.get("FROMSCOPE", "build/fromscope")
ZONE = """;! snapshot 1
;! complete .
example.net. 300 IN TXT "v=spf1 ip4:192.0.2.66 -all"
_dmarc.example.net. 300 IN TXT "v=DMARC1; p=reject"
bank.example.example.net. 300 IN TXT "v=spf1 ip4:192.0.2.66 -all"
bank.example. 300 IN TXT "v=spf1 -all"
_dmarc.bank.example. 300 IN TXT "v=DMARC1; p=reject"
"""
TRACE = "Return-Path: <eve@example.net>\r\nReceived: from mail.example.net (mail.example.net [192.0.2.66])\r\n by mx.example.org with ESMTPS " \
        "id 1; Mon, 23 Nov 2026 01:00:00 +0000\r\n"
SEEN = "From: Ann <ann@bank.example>\r\n"
SENT = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=a; h=from; bh=AAAA; b=AAAA\r\nFrom: Eve <eve@example.net>\r\n" \
       "To: bob@example.org\r\nSubject: Plans\r\nDate: Mon, 23 Nov 2026 01:00:00 +0000\r\nMessage-ID: <1@example.net>\r\nMIME-Version: 1.0\r\n"


# Line ends that a paste lost or never marked: the other author is left in a field, in the body, or behind the line where marks end.
LOST = {
    "in Subject of a text in one line": TRACE.replace("\r\n", " ") + "From: Eve <eve@example.net> To: Bob <bob@example.org> Date: Mon, 23 Nov "
    "2026 01:00:00 +0000 Subject: Plans From: Ann <ann@bank.example> Message-ID: <1@example.net>  Hello\r\n",
    "in Subject, and nobody's name": TRACE.replace("\r\n", " ") + "From: eve@example.net To: Bob <bob@example.org> Date: Mon, 23 Nov 2026 "
    "01:00:00 +0000 Subject: Plans From : ann@bank.example Message-ID: <1@example.net>  Hello\r\n",
    "glued": TRACE.replace("\r\n", "") + "From : ann@bank.exampleMIME-Version: 1.0Message-ID: <1@example.net>From: Eve <eve@example.net>"
    "Content-Type: text/plain\r\n",
    "glued behind an equals sign": TRACE.replace("\r\n", "") + "MIME-Version: 1.0Message-ID: <1@example.net>From: Eve <eve@example.net>Subject: "
    "=?utf-8?q?=C3=A4?=From: Ann <ann@bank.example>Content-Type: text/plain\r\n",
    "glued, in lower case": TRACE.replace("\r\n", "") + "MIME-Version: 1.0from: \"Bank\" <ann@bank.example>Message-ID: <1@example.net>From: Eve "
    "<eve@example.net>Content-Type: text/plain\r\n",
    "of a name that a soft line end parts": TRACE.replace("\r\n", " ") + "From: Eve <eve@example.net> Content-Type: text/plain; charset=3Dutf-8 "
    "X-Mailer: a=\r\nb 1.0 From=\r\n: Ann <ann@bank.example> Message-ID: <1@exam=\r\nple.net>\r\n",
    "below a paragraph that is no field": (TRACE + SENT).replace("\r\n ", " ").replace("\r\n", "\r\n\r\n") + "List-Unsubscribe: <mailto:u@example.net>,\r\n"
    "<https://example.net/u>\r\n\r\nX-A: a\r\n\r\n b\r\n\r\nFrom : ann@bank.example\r\n\r\nX-B: c\r\n",
    "of a string that a page wrapped": (TRACE + SENT + "From: Ann\r\n <ann@bank.example>\r\n\r\n").replace("\r\n", "\\r\\n").replace("h=from", "\r\nh=from")
    .replace("\\r\\nTo:", "\\r\\n\r\nTo:") .replace("Subject: ", "Subject:\r\n"),
    "below a line without its number": "".join(f"{n:5}: {line}\r\n" for n, line in enumerate((TRACE + SENT).split("\r\n")[:-1], 1)) +
    "---\r\n   20: X-A: b\r\n   21: From: Ann\r\n   22:  <ann@bank.example>\r\n",
    "behind another mark": re.sub("(?m)^", "> ", (TRACE + SENT).rstrip("\r\n")) + "\r\n    > **From:** Ann <ann@bank.example>\r\n> X-A: b\r\n",
    "behind blanks": TRACE.replace("Received:", "      Received:") + " MIME-Version: 1.0\r\nContent-Type: text/plain\r\nFrom : ann@bank.example\r\n Date: Mon, 23 Nov 2026 01:00:00 "
    "+0000\r\nFrom: eve@example.net\r\nMessage-ID: <1@example.net>\r\nSubject: Plans\r\n",
    "deeper than the other lines": re.sub("(?m)^", "    ", TRACE.rstrip("\r\n")) + "\r\n      From: Ann\r\n     <ann@bank.example>\r\n" +
    re.sub("(?m)^", "    ", SENT.rstrip("\r\n")) + "\r\n",
    "below an empty line": (TRACE + SENT).replace("\r\n ", " ").replace("\r\n", "\r\n\r\n") + "\r\nFrom: Ann <ann@bank.example>\r\n---\r\n",
    "behind a quote mark": re.sub("(?m)^", "> ", (TRACE + SENT).rstrip("\r\n")) + "> From: Ann <ann@bank.example>\r\n",
    "behind a mark of code": re.sub("(?m)^([A-Z][\\w-]*:)", r"`\1`", (TRACE + SENT).rstrip("\r\n")) + " `From:` Ann <ann@bank.example>\r\n",
    "below a line of blanks": re.sub("(?m)^(?=[A-Z])", "\u200b", TRACE + SENT) + " \r\n\u200bFrom: Ann <ann@bank.example>\r\n",
    "behind a name with a blank": json.dumps([{"name": n, "value": v.strip()} for n, _, v in (
        line.partition(":") for line in (TRACE.replace("\r\n ", " ") + "From : Ann <ann@bank.example>\r\n" + SENT).split("\r\n") if line)]),
    "of an object without a value": json.dumps([{"name": n, "value": v.strip()} for n, _, v in (
        line.partition(":") for line in (TRACE.replace("\r\n ", " ") + SENT).split("\r\n") if line)] + [{"name": "From", "text": "Ann <ann@bank.example>"}]),
    "behind a NUL": json.dumps([{"name": n, "value": v.strip()} for n, _, v in (
        line.partition(":") for line in (TRACE.replace("\r\n ", " ") + SENT).split("\r\n") if line)]) + "\0" + '["From", "Ann <ann@bank.example>"]',
    "in a row without a bar": "".join(f"| {n} | {v.strip()} |\r\n" for n, _, v in (
        line.partition(":") for line in (TRACE.replace("\r\n ", " ") + SENT).split("\r\n") if line)) + "| From \tAnn <ann@bank.example>\r\n| _From_: | Ann <ann@bank.example>\r\n",
    "below a line without its mark": re.sub("(?m)^", "C: ", (TRACE + SENT).rstrip("\r\n")) + "\r\nS: go on\r\nC: From: Ann <ann@bank.example>\r\n",
    "below an empty line, folded": (TRACE + SENT).replace("\r\n ", " ").replace("\r\n", "\r\n\r\n") + "\r\nFrom : Ann\r\n <ann@bank.example>\r\n",
    "of a name that begins his own": TRACE.replace("example.net", "bank.example.example.net").replace("\r\n", " ") + "From: "
    "a@bank.example.example.net To: Bob <bob@example.org> Subject: Plans From: a@bank.example Message-ID: <1@example.net>  Hello\r\n",
}
# A quoted answer below a header is nobody's From:.
QUOTED = {"a quoted answer": re.sub("(?m)^", "> ", (TRACE + SENT).rstrip("\r\n") + "\r\n\r\nYes.\r\n\r\nFrom: Ann <ann@bank.example>\r\nSent: Monday\r\n"),
          "an answer in a page": "<div>" + (TRACE + SENT + "\r\nFrom: Ann <ann@bank.example>\r\n").replace("<", "&lt;").replace(">", "&gt;")
          .replace("\r\n", "<br>\r\n") + "</div>",
          "another field": TRACE.replace("\r\n", " ") + "X-Original-From: ann@bank.example From: Eve <eve@example.net> To: Bob <bob@example.org> Subject: Plans\r\n"}
# Nor is whoever the next field names, where From: itself has no address.
NOBODY = {"a notice": re.sub("(?m)^", "> ", TRACE + "Date: Mon, 23 Nov 2026 01:00:00 +0000\r\nFrom: Mail Delivery System <>\r\nTo: eve@example.net\r\n"
                             "Message-ID: <1@mx.example.org>").rstrip("> ") + "\r\n"}


def lines(start):
    return lambda text: "".join(start.format(n) + line + "\r\n" for n, line in enumerate(text.split("\r\n")[:-1], 1))


DAMAGE = {
    "none": lambda text: text, "quoted": lines("> "), "numbered": lines("{}: "), "bullets": lines("- "), "headings": lines("### "), "indented": lines(" "),
    "in one line": lambda text: text.replace("\r\n", " ") + "\r\n", "as a string": lambda text: text.replace("\r\n", "\\r\\n") + "\r\n",
    "with breaks": lambda text: text.replace("\r\n", "<br>\r\n"), "escaped": lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    "with no-break blanks": lambda text: text.replace(": ", ":\u00a0"), "doubled": lambda text: text.replace("\r\n", "\r\n\r\n"),
    "with links": lambda text: re.sub(r"(?<=<)([\w.]+@[\w.]+)(?=>)", r"[\1](mailto:\1)", text),
    "with links behind": lambda text: re.sub(r"([\w.]+@[\w.]+)", r"\1<mailto:\1>", text),
    "as a line of a log": lambda text: text.replace("\r\n", "#012") + "\r\n",
    "in quoted-printable": lambda text: quopri.encodestring(text.replace("\r\n", "\n").encode()).decode().replace("\n", "\r\n"),
    "in a board's tags": lambda text: "[quote][code]" + text + "[/code][/quote]\r\n",
    "in a frame": lambda text: "".join(f"\u2502 {line:80} \u2502\r\n" for line in text.split("\r\n")[:-1]),
    "as strings": lambda text: "".join(f'"{line}\\r\\n"\r\n' for line in text.replace('"', '\\"').split("\r\n")[:-1]),
    "with marks of line ends": lambda text: text.replace("\r\n", "$\r\n"), "behind times": lines("[10:05:{}] "),
    "with CR": lambda text: text.replace("\r\n", "\r"),
}
BETWEEN = ("", " \r\n", "\r\r\n", "```\r\n", "> \r\n", "-----\r\n", "Message details\r\n", "<pre>\r\n", "X: (\r\n", "X: \"\r\n", "X: <!--\r\n",
           "\u00a0\r\n", "\u200b\r\n", "\\r\\n\\r\\n", "On Monday Bob wrote:\r\n", "From eve@example.net Mon Nov 23 01:00:00 2026\r\n",
           "ARC-Seal: i=1\r\n", "[/code]\r\n", "[code]\r\n", "X: =3D =3D =3D =\r\n", "X: #012#012\r\n", "$\r\n", "\"x\")\r\n", "[10:05:99]\r\n")


def cases():
    for kind, damage in DAMAGE.items():
        for between in BETWEEN:
            yield f"{kind}, then {between!a}, then another", TRACE + damage(SENT) + between + SEEN
            yield f"another, {between!a}, then {kind}", TRACE + SEEN + between + damage(SENT)
    # All of it from the sender: a file that came as an attachment.
    for between in BETWEEN:
        yield f"another at the top, then {between!a}", SEEN + between + TRACE + SENT


def seen_by_all(text):
    """The From field that is seen stands in a line of its own, above the first empty line, as it is."""
    head = text.replace("\r\n", "\n").split("\n\n")[0].split("\n")
    return "From: Ann <ann@bank.example>" in head


def main():
    found = [(name, text) for name, text in cases() if seen_by_all(text)] + list(LOST.items()) + list(QUOTED.items()) + list(NOBODY.items())
    with tempfile.TemporaryDirectory() as folder:
        zone, paths = os.path.join(folder, "zone"), []
        with open(zone, "w", encoding="ascii") as out:
            out.write(ZONE)
        for name, text in found:
            paths.append(os.path.join(folder, f"{len(paths):04}.eml"))
            with open(paths[-1], "wb") as out:
                out.write((text + "\r\nHello\r\n").encode())
        done = subprocess.run([FROMSCOPE, "report", "--dns", zone, "--second-opinions", "off", "--format", "json", *paths],
                              stdout=subprocess.PIPE, check=True)
    mended = 0
    for number, ((name, _), report) in enumerate(zip(found, map(json.loads, done.stdout.splitlines())), 1):
        result, domains = report["dmarc"]["rfc9989"]["result"], [a["domain"] for a in report["from"]["addresses"]]
        good = "pass" not in (result, report["dmarc"]["rfc7489"]["result"])
        if name in QUOTED:
            good = domains == ["example.net"]
        if name in NOBODY:
            good = domains == [None]
        mended += "from-unrepaired" in report["from"]["problems"]
        print(f"{'' if good else 'not '}ok {number} - {name}")
        if not good:
            print(f"#   {result} {domains} {[r['id'] for r in report['source']['repairs']]}")
    print(f"{'ok' if mended >= 20 else 'not ok'} {len(found) + 1} - in {mended} of {len(found)} it would have been hidden, and that is told")
    print(f"1..{len(found) + 1}")


sys.exit(main())
