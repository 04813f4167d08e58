#!/usr/bin/python3
"""`lesson --check`: what is wrong is named with file and line, every claim is tried by an analysis. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lessonlib import HEAD, LESSONS, PREDICT, READ, ROOT, Tap, make, run

tap = Tap()
TASK = "--- goal\nid: fix\nactor: sender\n{}\nMake it pass.\n\nwhy:\nOwn name.\n"
GOOD = HEAD + READ + PREDICT + (
    "--- look tree spf-vouches/alignment\nexpect: spf-vouches/alignment no\nHere.\n"
    "--- what-if from=form@example.com\nexpect: dmarc pass\nIt passes.\n"
    "--- ask\nid: which\nWhose record?\n- his\n* hers\n\nwhy:\nHers.\n") + TASK.format(
        "solution: from=form@example.com\ntrap: reply-to=user@example.jp")

# What stands for the good lesson; what the line that is named begins with (or holds); words of the fault.
BROKEN = [
    ("a step that is not there", GOOD.replace("spf-vouches/alignment\nHere", "x").replace(
        "look tree spf-vouches/alignment", "look tree spf-nothing"), "--- look", "has no step spf-nothing"),
    ("an outcome that is another", GOOD.replace("expect: fail", "expect: pass"), "--- predict", "dmarc comes out as fail, not as pass"),
    ("an outcome of a step", GOOD.replace("alignment no", "alignment yes"), "alignment yes", "comes out as no, not as yes"),
    ("an outcome that is a fact", GOOD.replace("predict dmarc", "predict author").replace("expect: fail", "expect: info"),
     "--- predict", "no outcome that can be guessed"),
    ("a what-if that comes out otherwise", GOOD.replace("expect: dmarc pass", "expect: dmarc fail"), "expect: dmarc",
     "dmarc comes out as pass, not as fail"),
    ("a key that does not exist", GOOD.replace("what-if from=", "what-if form="), "--- what-if", "from"),
    ("a change that this message cannot have", GOOD.replace("what-if from=form@example.com", "what-if dkim.7=fail"), "--- what-if",
     "dkim.7"),
    ("a solution that is none", GOOD.replace("solution: from=form@example.com", "solution: reply-to=a@example.com"), "solution:",
     "does not reach the goal"),
    ("a solution that is not the learner's to make", GOOD.replace("actor: sender", "actor: receiver"), "solution:",
     "does not reach the goal"),
    ("a trap that is a solution", GOOD.replace("trap: reply-to=user@example.jp", "trap: from=shop@example.com"), "trap:",
     "trap: from=shop@example.com reaches the goal"),
    ("another message that is not there", GOOD + "--- other lost.eml\n", "--- other", "there is no file"),
    ("a message outside of the folder", GOOD + "--- other ../lost.eml\n", "--- other", "names no file of the folder"),
    ("an item of a lesson that is not there", GOOD + "--- again 77/who\n", "--- again", "there is no lesson 77"),
    ("an item that is not there", GOOD + "--- again 50/nothing\n", "--- again", "has no item nothing"),
    ("a task asked again", GOOD + "--- again 50/fix\n", "--- again", "is a task"),
    ("a section that does not exist", GOOD.replace("--- look", "--- lock"), "--- lock", "there is no section `lock`"),
    ("options that a lesson cannot have", GOOD.replace("minutes: 5", "minutes: 5\noptions: --exit-code"), None, "not --exit-code"),
    ("a time that is none", GOOD.replace("minutes: 5", "minutes: 5\nat: yesterday"), None, "at: yesterday"),
]


def check(place, *folders):
    with tempfile.TemporaryDirectory() as home:
        return run(home, "lesson", "--check", *folders)


with tempfile.TemporaryDirectory() as place:
    folder = make(place, "50-good", GOOD, GOOD.replace("title: A test", "title: 試験"))
    status, out, said = check(place, folder)
    tap.same((0, ""), (status, said), "a good lesson has no fault")
    tap.ok("lessons 1, texts 2, analyses 4: faults 0" in out, "… and its claims were tried: " + out.splitlines()[-1])

    for name, text, begin, words in BROKEN:
        line = next(n for n, row in enumerate(text.splitlines(), 1) if begin in row) if begin else 0
        other = make(place, "51-broken", text)
        status, out, said = check(place, other)
        faults = [row for row in out.splitlines()[:-1] if not row.startswith("warning: ")]
        here = f", line {line}: " if line else "lesson.txt: "
        tap.ok(status == 2 and len(faults) == 1 and here in faults[0] and words in faults[0], f"{name}: {faults}")

    make(place, "51-broken", GOOD.replace("expect: fail", "expect: pass") + "--- again 77/who\n--- other lost.eml\n")
    status, out, said = check(place, os.path.join(place, "51-broken"))
    tap.same((2, 3), (status, len([row for row in out.splitlines() if ", line " in row])), "all faults are listed")
    make(place, "51-broken", GOOD, GOOD.replace("* hers", "- hers").replace("- his", "* his"))
    status, out, said = check(place, os.path.join(place, "51-broken"))
    tap.ok(status == 2 and "lesson.ja.txt, line 19: the answers are not those" in out, "languages differ: " + out)
    os.remove(os.path.join(place, "51-broken", "message.dns"))
    status, out, said = check(place, os.path.join(place, "51-broken"))
    tap.ok(status == 2 and "message.dns is missing" in out, "a snapshot is missing")
    status, out, said = check(place, place)
    tap.ok(status == 2 and out.splitlines()[-1].startswith("lessons 2, texts 4"), "a folder of lessons is checked whole")
    empty = os.path.join(place, "60-empty")
    os.mkdir(empty)
    status, out, said = check(place, empty)
    tap.ok(status == 2 and "there is no lesson.txt" in out, "a folder without a text")
    status, out, said = check(place, os.path.join(place, "nowhere"))
    tap.same(2, status, "a folder that is not there")

    with open(os.path.join(ROOT, "doc", "lessons.md"), encoding="utf-8") as page:
        example = page.read().split("## The text")[1].split("```\n")[1]
    status, out, said = check(place, make(place, "53-documented", example))
    tap.ok(status == 0 and out.endswith(": faults 0, warnings 0\n"), "the example of doc/lessons.md is a lesson: " + out)

    # The glossary: the person's own, here.
    with tempfile.TemporaryDirectory() as home:
        words = os.path.join(home, "data", "fromscope")
        os.makedirs(words)
        with open(os.path.join(words, "glossary.en.txt"), "w", encoding="utf-8") as file:
            file.write("--- relay\nalso: relays\nPasses mail on.\n")
        text = make(place, "52-terms", GOOD.replace("Hello.", "A {Relay} and {relay|many relays}, {relays}, {rely}."))
        status, out, said = run(home, "lesson", "--check", text)
        tap.ok(status == 2 and "line 3: {rely}: is not in the glossary" in out and out.count("glossary") == 1,
               "a term that is not in the glossary: " + out)
        text = make(place, "52-terms", GOOD.replace("Hello.", "Mail of mail.some-bank.com."))
        status, out, said = run(home, "lesson", "--check", text)
        tap.ok(status == 0 and "warning: " in out and "mail.some-bank.com may be somebody's name" in out,
               "somebody's name is pointed out, no more")

status, out, said = check("", LESSONS)
tap.ok(status == 0 and ": faults 0," in out, "the program's own lessons: " + out.splitlines()[-1])
for row in out.splitlines()[:-1]:
    print("#", row)
tap.end()
