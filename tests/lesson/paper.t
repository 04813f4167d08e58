#!/usr/bin/python3
"""Lessons without a screen: as text where there is no terminal, as handouts, and line by line with --plain. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lessonlib import HEAD, LESSONS, PREDICT, READ, Screen, Tap, make, run

tap = Tap()
NAME = sorted(name for name in os.listdir(LESSONS) if name.startswith("02-"))[0]

with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
    status, text, said = run(home, "lesson", "02")
    tap.ok(status == 0 and not said and "Question 1" in text and "Task " in text, "no terminal: the lesson as text")
    tap.ok("{" not in text, "terms stand without their braces")
    status, key, said = run(home, "lesson", "02", "--handout", "key")
    status2, blanks, said = run(home, "lesson", "02", "--handout", "blanks")
    tap.ok(status == 0 and status2 == 0 and key == text, "the key says all")
    tap.same(key.count("Question "), blanks.count("Question "), "blanks ask the same questions")
    tap.ok(key.count("[x]") >= 3 and "It passes with from=" in key, "the key has the answers")
    told = run(home, "lesson", "03", "--handout", "key")[1]
    tap.ok("What if: Reply-To: is anybody@elsewhere.example" in told and "reply-to=" not in told,
           "what is changed is said in words")
    tap.ok("[x]" not in blanks and "It passes" not in blanks and "____" in blanks, "blanks have none")
    tap.ok(all(len(row) <= 80 for row in blanks.splitlines()), "no line is longer than 80 columns")
    tap.ok("user@example.jp" in blanks and "192.0.2.10" in blanks, "the message's names stand on it")
    status, japanese, said = run(home, "--lang", "ja", "lesson", "02", "--handout", "key")
    tap.ok(status == 0 and "フォーム" in japanese and "[x]" in japanese, "in Japanese, too")

    # What is asked once more may be of a lesson that stands beside this one, and is installed nowhere.
    with tempfile.TemporaryDirectory() as place:
        make(place, "61-first", HEAD + READ + PREDICT)
        second = make(place, "62-second", HEAD + READ + "--- again 61-first/verdict\n")
        key = run(home, "lesson", second, "--handout", "key")[1]
        tap.ok("Once more, from lesson 61-first:" in key and "Does it pass?" in key, "an item of a lesson beside it is on paper, too")

    # Line by line: answers are letters, the task is typed.
    lines = ["", "b", "3", "", "a", "2", "", "b", "1", "", "tab", "1", "L", "", "b", "1", "", "", "try reply-to=a@example.com",
             "try from=support@example.com", "", "q"]
    status, out, said = run(home, "--plain", "lesson", "02", text="\n".join(lines) + "\n")
    tap.ok(status == 0, "--plain")
    tap.ok("\x1b" not in out, "no escape sequence")
    tap.ok("page 1 of" in out and "page 8 of" in out, "page after page")
    tap.ok("DMARC: ?" in out, "the verdict is hidden at first")
    tap.ok("x Not this time. (sure)" in out and "+ Right. (fairly sure)" in out, "answers are judged")
    tap.ok("x Not this time. (sure) Right is " in out, "and the right one is named, since nobody sees its mark")
    before = out[:out.index("+ Right. (a guess)")]
    tap.ok("FAIL" not in before, "nothing tells the verdict before it is guessed")
    tap.ok("How sure are you? 1 a guess 2 fairly sure 3 sure" in " ".join(out.split()), "how sure is asked in one line")
    tap.ok("that was no help" in out or "does not help" in out, "a change that does not help is told so")
    tap.ok("From: support@example.com" in out, "and one that does")
    status, out, said = run(home, "--plain", "lesson", "01", text="\nanswer\nz\nq\n")
    tap.ok("How sure" not in out and "There is no command" in out, "nobody answers by mistake")

    # A room, for a projector.
    screen = Screen(100, 30, home, "lesson", NAME)
    screen.wait("page ")
    screen.press("Home")
    screen.wait("page 1 of")
    screen.type(":room")
    screen.wait(":room")
    screen.press("Enter")
    tap.ok(screen.wait("a b c d count guesses"), ":room says its keys")
    screen.press("Space")
    screen.wait("one more")
    screen.press("b", "b", "a", "B")
    tap.ok(screen.wait("a   1  #", "b   1  #"), "guesses are counted by hand")
    screen.press("t")
    tap.ok(screen.wait("Time left: "), "the timer runs")
    first = screen.wait("Time left: 0:5")
    tap.ok(first, "… by itself")
    screen.press("Space")
    tap.ok(screen.wait("allows its own server"), "Space reveals")
    screen.close()
tap.end()
