#!/usr/bin/python3
"""The catalogues of src/po hold every text of the sources, whole, and nothing else; and every text that a person
sees is marked in the sources. Prints TAP. SPDX-License-Identifier: MIT"""
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from langlib import ROOT, Tap, columns, extract, read_po, sources

tap = Tap()
with tempfile.TemporaryDirectory() as folder:
    wanted = extract(folder)
ids = {entry.id for entry in wanted}
tap.ok(len(ids) > 600, f"xgettext finds the texts of the sources ({len(ids)})")

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Nothing in them is a word of a language.
LITERAL = re.compile(r"^(?:SPF|DKIM|DMARC|ARC|DNS|HELO|MAIL FROM|RFC|From:?|MIME|To:|Date:?|d=|[\W\d_]|[a-z]+=[a-z]*|%\w+|"
                     r"\{[#\d*]+\}|fromscope|libunbound|libspf2|OpenDMARC|seccomp|Landlock|ABI|X)*$")
DIRECTIVE = re.compile(r"%(?:%|[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlzjt]*[a-zA-Z])")
PLACE = re.compile(r"\{[#]?\d\}|\{\*\}")


def places(text):
    return set(PLACE.findall(text.replace("{{", "")))


# Ends of sentences and brackets of Japanese text, and letters that are written narrow.
def ill_set(text):
    faults = [c for c in text if unicodedata.east_asian_width(c) == "F" and (c.isalnum() or c in "，．")]
    faults += [c for c in text if unicodedata.east_asian_width(c) == "H"]
    return faults


for path in sorted((ROOT / "src/po").glob("*.po")):
    name, entries = path.name, read_po(path)
    have = {entry.id: entry for entry in entries if not entry.obsolete}
    tap.none((f"{e.id}  [{', '.join(e.files)}]" for e in wanted if e.id not in have), f"{name}: every text is in it")
    tap.none((i for i in have if i not in ids), f"{name}: none that the sources no longer have")
    tap.none((e.id for e in entries if e.obsolete), f"{name}: none that is obsolete")
    tap.none((e.id for e in entries if not e.text), f"{name}: every text is translated")
    tap.none((e.id for e in entries if "fuzzy" in e.flags), f"{name}: none is fuzzy")
    check = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", str(path)], capture_output=True, text=True)
    tap.ok(check.returncode == 0 and not check.stderr, f"{name}: msgfmt --check", check.stderr.splitlines())
    done = [e for e in have.values() if e.text]
    tap.none((f"{e.id} -> {e.text}" for e in done if places(e.id) != places(e.text)),
             f"{name}: the same {{0}} {{#1}} {{*}} in both")
    tap.none((f"{e.id} -> {e.text}" for e in done
              if "c-format" in e.flags and DIRECTIVE.findall(e.id) != DIRECTIVE.findall(e.text)),
             f"{name}: the same %s in the same order in both")
    tap.none((f"{e.id} -> {e.text}" for e in done if e.id.count("{{") != e.text.count("{{")),
             f"{name}: the same {{{{ in both")
    tap.none((f"{e.id} -> {e.text}" for e in done if e.id.count("\n") != e.text.count("\n")),
             f"{name}: the same lines in both")
    tap.none((f"{e.id} -> {e.text}" for e in done if not JAPANESE.search(e.text) and not LITERAL.match(e.id)
              and re.search("[a-z]{2}", e.text)), f"{name}: none is English still")
    tap.none((f"{e.text}: {c!r}" for e in done for c in e.text
              if unicodedata.east_asian_width(c) == "A" or unicodedata.category(c) in ("Cf", "Co", "Cn")),
             f"{name}: no character whose width terminals disagree on")
    tap.none((f"{e.text}: {' '.join(ill_set(e.text))}" for e in done if ill_set(e.text)),
             f"{name}: Latin letters narrow, kana wide")
    tap.none((e.text for e in done if re.search(r"[\u3040-\u30ff\u3400-\u9fff][.,](?:\s|$)", e.text)),
             f"{name}: sentences end in 。")
    tap.none((f"{e.id} -> {e.text}" for e in done if e.id[:1] == " " and e.text[:1] not in " （［、"
              or e.id[-1:] == " " and e.text[-1:] not in " 、。"), f"{name}: what is glued to other texts stays apart")

# ---- what is not marked ----
LINE = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|\'(?:[^\'\\\n]|\\.)+\'', re.S)
# Two words, one behind the other: a text for people, most likely.
WORDS = re.compile(r"[A-Za-z]{2,}[,:]? [a-z]{2,}")
# What others write and programs look for, words of formats, tables for the manual (in English): no person reads them here.
FOREIGN = ("src/analysis/delivery-reason.c", "src/headers/", "src/mailbox/bounce-", "src/mailbox/inside.c", "src/tables/", "src/bake/",
           "src/repair/summary.c", "src/repair/forwarded.c", "src/repair/notice.c", "src/repair/redact.c", "src/repair/names", "src/report/printer-html-style.c",
           "src/tui/terminal/theme.c", "src/options/config.c")
# Commands as they are typed, and comments of files, whose keys are English as well; the form of a date; what is said when
# there is no memory left, of which a translation needs some.
TYPED = re.compile(r"^(?:fromscope report$|dns=\S+ [A-Z]+ |# |aaa aaa _0 |fromscope: no memory is left)")
TAG = re.compile(r"<[^>]*(?:>|$)")


def texts(path):
    """Each literal, joined to its neighbours, with what stands before it."""
    source = (ROOT / path).read_text(encoding="utf-8")
    source = re.sub(r"^#include.*$", "", source, flags=re.M)
    last, start, joined = 0, 0, None
    for match in LINE.finditer(source):
        if not match.group().startswith('"'):
            continue
        between = source[last:match.start()].replace("\\\n", "")
        if joined is not None and not between.strip():
            joined += match.group()[1:-1]
        else:
            if joined is not None:
                yield joined, source[max(0, start - 60):start]
            joined, start = match.group()[1:-1], match.start()
        last = match.end()
    if joined is not None:
        yield joined, source[max(0, start - 60):start]


# What g_error() says is for whoever debugs it: the program ends there.
MARKED = re.compile(r"(?:\bN_|\b_|\bgettext|\bg_error)\(\s*$")
unmarked = []
for path in sources():
    for text, before in texts(path):
        if (WORDS.search(TAG.sub(" ", text)) and not TYPED.match(text) and not MARKED.search(before)
                and not path.startswith(FOREIGN)):
            unmarked.append(f"{path}: {text}")
tap.none(unmarked, f"every sentence of the sources is marked ({len(sources())} files)")
tap.none((p for p in FOREIGN if not any(path.startswith(p) for path in sources())), "no exception for what is gone")
tap.done()
