#!/usr/bin/python3
"""One to three damages on one header: who wrote it, and who signed it, is told as it was, or told to be unknown.

Headers with one author, with two, and with a signature that alone vouches for From:, damaged at random (COUNT SEED as arguments). Wrong
is a pass with not a word about a second author, another author than there was, and a fail where somebody vouched. Prints TAP.

SPDX-License-Identifier: MIT"""
import html
import json
import os
import quopri
import random
import re
import subprocess
import sys
import tempfile
import textwrap

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "dkim"))
import signer       # noqa: E402

FROMSCOPE = os.environ.get("FROMSCOPE", "build/fromscope")
KEY, PUBLIC = signer.rsa(1024)
ZONE = f""";! snapshot 1
;! complete .
example.net. 300 IN TXT "v=spf1 ip4:192.0.2.66 -all"
_dmarc.example.net. 300 IN TXT "v=DMARC1; p=reject"
_dmarc.bank.example. 300 IN TXT "v=DMARC1; p=reject"
good._domainkey.bank.example. 300 IN TXT "v=DKIM1; p={PUBLIC}"
"""
TOLD = {"from-beside", "from-disguised", "from-unrepaired", "from-repeated", "from-several-domains"}
SECOND = ["From: Ann <ann@bank.example>", "From: ann@bank.example", "FROM:ann@bank.example", 'from: "Bank" <ann@bank.example>',
          "From:\n ann@bank.example", "From : ann@bank.example", "From: =?utf-8?q?Ann?=\n <ann@bank.example>"]
SUBJECTS = ["Plans", "Re: [x] (y) z", "a: b: c", "=?utf-8?q?Pl=C3=A4ne?=", "From the bank: hello"]


def each(before="", behind=""):
    return lambda text: "\n".join(before + line + behind for line in text.split("\n"))


def counted(form):
    return lambda text: "\n".join(form.format(n, n // 60, n % 60) + line for n, line in enumerate(text.split("\n"), 1))


def pairs(text):
    return [tuple(part.strip() for part in line.split(":", 1)) for line in text.replace("\n ", " ").split("\n") if ":" in line]


def wrapped(text):
    return "\n".join(part for line in text.split("\n") for part in textwrap.wrap(line, 60, break_long_words=False, break_on_hyphens=False) or [""])


DAMAGES = {
    "quoted": each("> "), "quoted twice": each(">> "), "bars": each("| "), "numbers": counted("{}: "), "indented": each("    "), "tabs": each("\t"),
    "one line": lambda t: t.replace("\n ", " ").replace("\n", " "), "glued": lambda t: t.replace("\n ", " ").replace("\n", ""),
    "unfolded": lambda t: t.replace("\n ", " "), "no indentation": lambda t: t.replace("\n ", "\n"), "doubled": lambda t: t.replace("\n", "\n\n"),
    "breaks": lambda t: html.escape(t, False).replace("\n", "<br>\n"), "pre": lambda t: "<pre>" + html.escape(t, False) + "</pre>",
    "bold": lambda t: re.sub(r"(?m)^([A-Z][\w-]*:)", r"**\1**", t), "code": each("`", "`"), "fence": lambda t: "```\n" + t + "\n```",
    "board": lambda t: "[quote][code]" + t + "[/code][/quote]", "links": lambda t: re.sub(r"(?<=<)([\w.]+@[\w.]+)(?=>)", r"[\1](mailto:\1)", t),
    "links behind": lambda t: re.sub(r"([\w.]+@[\w.]+)", r"\1<mailto:\1>", t), "bullets": lambda t: re.sub(r"(?m)^(?=\S)", "- ", t),
    "no-break blanks": lambda t: t.replace(": ", ":\u00a0"), "zero-width blanks": lambda t: re.sub(r"(?m)^(?=[A-Z][\w-]*:)", "\u200b", t),
    "wide colons": lambda t: re.sub(r"(?m)^([A-Z][\w-]*):", "\\1\uff1a", t), "CR": lambda t: t.replace("\n", "\r"),
    "string": lambda t: t.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\r\\n"), "log": lambda t: t.replace("\n", "#012"),
    "quoted-printable": lambda t: quopri.encodestring(t.encode()).decode(), "frame": lambda t: "\n".join(f"\u2502 {line:90} \u2502" for line in t.split("\n")),
    "strings": lambda t: "\n".join('"' + line.replace('"', '\\"') + '\\r\\n"' for line in t.split("\n")), "line ends": each("", "$"),
    "right bars": lambda t: "\n".join(f"{line:90}|" for line in t.split("\n")),
    "times": counted("[10:{1:02}:{2:02}] "), "blanks behind": each("", " "), "wrapped": wrapped,
    "table": lambda t: "\n".join(f"| {name} | {value} |" for name, value in pairs(t)),
    "objects": lambda t: json.dumps([{"name": name, "value": value} for name, value in pairs(t)]), "below words": lambda t: "Hi all,\n\nplease look at this:\n\n" + t,
    "transcript": each("C: "), "grep": counted("m.eml:{}:"), "diff": each("+"), "small names": lambda t: re.sub(r"(?m)^([A-Z][\w-]*:)", lambda m: m[1].lower(), t),
    "folded by tabs": lambda t: t.replace("\n ", "\n\t"),
}


def unsigned(dice, second):
    fields = ["To: Bob <bob@example.org>", "Subject: " + dice.choice(SUBJECTS), "Date: Mon, 23 Nov 2026 01:00:00 +0000", "Message-ID: <1@example.net>",
              "MIME-Version: 1.0", "Content-Type: text/plain;\n charset=utf-8", "X-Mailer: foo 1.0", "Reply-To: eve@example.net",
              "List-Unsubscribe: <mailto:u@example.net>, <https://example.net/u>", "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; "
              "s=a;\n h=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n b=AAAABBBBCCCCDDDDEEEE"]
    fields = [field for field in fields if dice.random() < 0.75] + ["From: Eve <eve@example.net>"] + [dice.choice(SECOND)] * second
    dice.shuffle(fields)
    return "\n".join(["Return-Path: <eve@example.net>", "Received: from m.example.net (m.example.net [192.0.2.66])\n by mx.example.org with ESMTPS id x1;\n "
                      "Mon, 23 Nov 2026 01:00:00 +0000"] + fields) + dice.choice(["", "\n\nHello\nthere\n"])


def folded(tags):
    return (" " + ";\r\n ".join(f"{tag}={value}" for tag, value in tags) + ";\r\n b=").encode(), b""


def signed(dice):
    head = "\r\n".join(["From: Ann <ann@bank.example>", "To: Bob <bob@example.org>", "Subject: " + dice.choice(SUBJECTS), "Date: Mon, 23 Nov 2026 01:00:00 "
                        "+0000", "Message-ID: <1@bank.example>", "MIME-Version: 1.0", "Content-Type: text/plain;\r\n charset=utf-8"])
    body = "Hello\r\nthere\r\n"
    field = signer.sign(KEY, head.encode(), body.encode(), names="from:to:subject:date:message-id", shape=folded, d="bank.example")
    name, _, value = field[:-2].decode().rpartition("b=")
    field = name + "b=" + "\r\n ".join(value[at:at + 64] for at in range(0, len(value), 64))
    trace = "Return-Path: <x@other.example>\r\nReceived: from m.other.example (m.other.example [192.0.2.77])\r\n by mx.example.org with ESMTPS id 1;\r\n" \
            " Mon, 23 Nov 2026 01:00:00 +0000\r\n"
    return (trace + field + "\r\n" + head + dice.choice(["", "\r\n\r\n" + body])).replace("\r\n", "\n")


def damaged(dice, text):
    names = [dice.choice(list(DAMAGES)) for _ in range(dice.choice([1, 1, 2, 2, 3]))]
    for name in names:
        text = DAMAGES[name](text)
    return ", ".join(names), text.replace("\n", dice.choice(["\n", "\r\n"]))


def wrong(kind, report):
    """What is wrong, or nothing."""
    results = {report["dmarc"][rfc]["result"] for rfc in ("rfc9989", "rfc7489")}
    author, found = report["from"]["domain"], {finding["id"] for finding in report["findings"]}
    if kind == "two authors":
        return "a pass" if "pass" in results and not found & TOLD else None
    if author not in (None, "example.net" if kind == "one author" else "bank.example"):
        return f"another author, {author}"
    return "a fail" if "fail" in results else None


def main():
    count, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1200, int(sys.argv[2]) if len(sys.argv) > 2 else 14
    dice = random.Random(seed)
    makers = {"one author": lambda: unsigned(dice, False), "two authors": lambda: unsigned(dice, True), "a signature": lambda: signed(dice)}
    cases = [(kind, *damaged(dice, makers[kind]())) for kind in list(makers) * (count // 3)]
    with tempfile.TemporaryDirectory() as folder:
        zone = os.path.join(folder, "zone")
        with open(zone, "w", encoding="ascii") as out:
            out.write(ZONE)
        paths = [os.path.join(folder, f"{n:06}.txt") for n in range(len(cases))]
        for path, (_, _, text) in zip(paths, cases):
            with open(path, "wb") as out:
                out.write(text.encode())
        done = subprocess.run([FROMSCOPE, "report", "--dns", zone, "--second-opinions", "off", "--format", "json", "--files-from", "-"],
                              input="\n".join(paths).encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        reports = {report["source"]["path"]: report for report in map(json.loads, done.stdout.splitlines()) if "dmarc" in report}
    bad, settled = [], 0
    for path, (kind, names, text) in zip(paths, cases):
        fault = wrong(kind, reports[path]) if path in reports else None
        settled += path in reports and reports[path]["dmarc"]["rfc9989"]["result"] == "pass"
        if fault:
            bad.append(f"# {kind}, {names}: {fault}\n#   {text[:300]!a}")
    print(f"{'not ' if bad else ''}ok 1 - {len(cases)} damaged headers (seed {seed}), {len(bad)} wrong")
    print("\n".join(bad[:10]), end="\n" if bad else "")
    read = len(reports) >= len(cases) * 9 // 10 and settled >= len(cases) // 4
    print(f"{'' if read else 'not '}ok 2 - {len(reports)} of them are read, {settled} of these with a pass\n1..2")


main()
