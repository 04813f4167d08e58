#!/usr/bin/python3
"""What the program prints in each language: nothing is wider than 80 columns, no English is left in it, and wide text is
folded where it may be. Prints TAP. SPDX-License-Identifier: MIT"""
import os
import re
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from langlib import ROOT, Tap, columns, run

os.chdir(ROOT)
tap = Tap()
NAMES = ("--from", "user@example.jp", "--mail-from", "webmaster@www.example.com", "--ip", "192.0.2.10")
SNAPSHOT = ("--dns", "samples/webform.dns")
calls = [("report", str(path.relative_to(ROOT))) for path in sorted((ROOT / "samples").glob("*.eml"))]
calls += [("report", "--offline", *call[1:]) for call in calls]
calls += [("check", *NAMES, *SNAPSHOT), ("check", *NAMES, "--dkim", "example.com", *SNAPSHOT),
          ("check", "--form", *SNAPSHOT), ("check", "--form", *NAMES, *SNAPSHOT), ("--help",), ("info",)]

# Messages with faults: what is seldom said must fit, too.
ODD = {
    "no-from": b"To: a@example.com\n\nx\n",
    "two-domains": b"From: a@example.com, b@example.jp\n\nx\n",
    "black": b"From: <REDACTED>\nReceived: from a.example ([192.0.2.1]) by mx.example.com; Sun, 22 Nov 2026 04:00:00 +0000\n\nx\n",
    "broken": b"From: a@example.com\nno colon here\nDKIM-Signature: v=1; a=rsa-sha1; d=example.com; s=x; bh=; b=; h=to\n"
              b"Authentication-Results: mx.example.com; spf=wrong; dkim\nARC-Seal: i=99; cv=none\nReturn-Path: <a b>\n\nx\n",
    "long": b"From: \"" + b"x" * 300 + b"\" <" + b"y" * 200 + b"@" + b"sub." * 40 + b"example.com>\nSubject: "
            + "件名".encode() * 100 + b"\n\nx\n",
}
# Three words of English, one behind the other.
SPOKEN = re.compile(r"(?:[a-z]{2,}[,;:]? ){2,}[a-z]{2,}")
# The English term behind its translation, names of programs, and ids.
TERM = re.compile(r"（[A-Za-z -]+）|libunbound \S+|unknown [\d.]+|\([\w ]+\)")


# An outcome alone on its line.
OUTCOME = re.compile(r" \S (?:はい|いいえ|情報|省略|不明|\S+ \([a-z]+\))$")


# Receivers and mail programs go by the names that their files give them.
NAMED = sorted((line.split("=", 1)[1].strip()
                for path in [*(ROOT / "src/data/receivers").glob("*.ini"), ROOT / "src/data/programs.ini"]
                for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"name\s*=", line)),
               key=len, reverse=True)


def unnamed(line):
    for name in NAMED:
        line = line.replace(name, "X")
    return line


def plain(text):
    return " ".join(re.sub(r"^\s*\||[()]", " ", text).split())


def english_left(line, source):
    """What is said in English and does not stand in the message. DNS answers and the decoded subject are quoted."""
    if re.match(r" (?:TXT|A|AAAA|MX|PTR|CNAME) | 件名 | +\.sub\.", line):
        return []
    return [words for words in SPOKEN.findall(plain(TERM.sub("", unnamed(line)))) if words not in source]


def tree_of(lines):
    """Up to the next heading, which stands alone like the tree's own."""
    within = False
    for line in lines:
        if re.match(r" [^\s-]\S*$", line):
            within = line == " 判定の木"
        elif within:
            yield line


def check(name, text, source, paths=False):
    lines = text.splitlines()
    tap.none((f"{columns(line)}: {line}" for line in lines if columns(line) > 80 and not paths), f"{name}: at most 80 columns")
    tap.none((line for line in lines if line != line.rstrip()), f"{name}: no blanks at line ends")
    tap.none((line for line in lines if re.match(r"\s*[。、）」』！？ー]", line)),
             f"{name}: no line begins with a mark that ends something")
    tap.none((line for line in lines if re.search(r"[（「『]\s*$", line)), f"{name}: no line ends with an opening bracket")
    tap.none((line for line in lines if english_left(line, source)), f"{name}: no English left")
    tap.none((line for line in lines if re.search(r"\{[#\d*]", line)), f"{name}: no place left open")
    tap.none((line for line in tree_of(lines) if OUTCOME.match(line)), f"{name}: each outcome of the tree stands before its title")


def source_of(call):
    """The words of the message and its DNS, as they may be quoted."""
    text = b"".join(open(word, "rb").read() for word in call if word.endswith((".eml", ".dns")))
    beside = call[-1][:-4] + ".dns"
    if call[-1].endswith(".eml") and os.path.exists(beside):
        text += open(beside, "rb").read()
    words = plain(text.decode("utf-8", "replace"))
    # A server's reply of several lines begins each with its code; it is quoted as one.
    return words + " " + re.sub(r"(?<=\S) 5\d\d[- ]5\.\d+\.\d+(?= )", "", words)


with tempfile.TemporaryDirectory() as folder:
    for name, data in ODD.items():
        with open(f"{folder}/{name}.eml", "wb") as out:
            out.write(data)
        calls.append(("report", "--offline", f"{folder}/{name}.eml"))
    for call in calls:
        status, text, err = run(*call, "--lang", "ja", LC_ALL="C.UTF-8")
        name = " ".join(word.rsplit("/", 1)[-1] for word in call)
        tap.ok(status == 0 and not err and len(text) > 100, f"{name}: printed", [status, err])
        check(name, text, source_of(call), paths=call == ("info",))

# Text of Japanese alone fills its lines: it is not folded at its few blanks.
lines = run("report", "--lang", "ja", "samples/webform.eml", LC_ALL="C.UTF-8")[1].splitlines()
tap.ok(sum(columns(line) > 70 for line in lines) > 15, "lines of Japanese are filled")
form = run("check", "--form", *NAMES[2:], *SNAPSHOT, "--lang", "ja", LC_ALL="C.UTF-8")[1]
tap.ok(re.search(r"^ 訪問者のドメイン +SPF +DKIM +DMARC +受信側への求め$", form, re.M), "the table for web forms is a table",
       form.splitlines()[:8])

# ---- the tables of a survey ----
def ends(line):
    """Where its words end, in columns."""
    return [columns(line[:match.end()]) for match in re.finditer(r"\S+", line)]


survey = run("survey", "--lang", "ja", "--jobs", "1", "samples", LC_ALL="C.UTF-8")[1]
# An example is named by its path, and records are quoted.
words = "\n".join(line for line in survey.splitlines() if not re.match(r"    例: |      \S", line))
check("survey", words, "")
survey = survey.splitlines()
head = next((i for i, line in enumerate(survey) if re.match(r" +合格", line)), 0)
tap.ok(head and all(ends(survey[head]) == ends(survey[head + row])[1:5] for row in range(1, 5)),
       "survey: verdicts stand above their numbers", survey[head:head + 5])
head = next((i for i, line in enumerate(survey) if line.startswith(" DKIM  ")), 0)
tap.ok(head and all(ends(survey[head])[1:] == ends(survey[head + row])[-4:] for row in range(1, 5)),
       "survey: the chart's results stand above their numbers", survey[head:head + 5])
head = next((i for i, line in enumerate(survey) if line.endswith(" G Y M")), 0)
rows = survey[head + 1:head + 11]
tap.ok(head and {columns(survey[head])} == {columns(line) for line in rows}, "survey: marks stand in one column", survey[head:head + 11])
tap.ok(any(re.search(r" \d+ 失敗 \(fail\)  +\S \S \S$", line) for line in rows), "survey: a count of failures has its place", rows)

for language in ("en", "ja"):
    text = run("--help", "--lang", language, LC_ALL="C.UTF-8")[1]
    tap.none((line for line in text.splitlines() if columns(line) > 80), f"{language}: --help has at most 80 columns")
    starts = {columns(re.match(r"\s+-\S.*?\s{2,}", line).group()) for line in text.splitlines()
              if re.match(r"\s+-\S+.*?\s{2,}\S", line)}
    tap.ok(len(starts) == 1, f"{language}: what is said of options stands in one column", [starts])
tap.done()
