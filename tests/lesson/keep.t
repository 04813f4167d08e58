#!/usr/bin/python3
"""Progress is kept: after each answer, over kill -9, beside another lesson; what was missed is asked again; a lesson goes
on where it was left; a person's own lessons stand in the list. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import signal
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lessonlib import HEAD, PREDICT, READ, Screen, Tap, make, run, run_on_terminal

tap = Tap()
AGAIN = HEAD + READ + "--- again 90-own/verdict\n" + PREDICT.replace("id: verdict", "id: own")


def progress(home):
    path = os.path.join(home, "state", "fromscope", "progress")
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
    own = os.path.join(home, "data", "fromscope", "lessons")
    make(own, "90-own", HEAD.replace("A test", "My own") + READ + PREDICT + "--- read\nThe end is near.\n")
    make(own, "91-again", AGAIN)
    make(own, "92-early", HEAD + READ + PREDICT)
    status, out, said = run(home, "lesson")
    tap.ok(status == 0 and "90-own" in out and "My own" in out, "own lessons stand in the list")
    rows = [row for row in out.splitlines() if row.startswith("90-own")]
    tap.same(["90-own", "-"], [rows[0].split()[0], rows[0].split()[-1]], "… one a line, without progress")

    screen = Screen(80, 24, home, "lesson", "own")
    tap.ok(screen.wait("Hello.", "page 1 of"), "it opens by its name without the number")
    screen.press("Space")
    screen.wait("Does it pass?")
    status, out, said = run(home, "lesson")
    tap.same(["begun"], [row.split()[-1] for row in out.splitlines() if row.startswith("90-own")],
             "before the first answer the list counts none")
    screen.press("a")
    screen.wait("How sure")
    screen.press("3")
    tap.ok(screen.wait("Not this time.", "It does not."), "a wrong answer")
    os.kill(screen.pid(), signal.SIGKILL)
    screen.close()
    kept = progress(home)
    tap.ok("[90-own]" in kept and "wrong = 2:1" in kept and "missed = verdict" in kept, "kill -9 takes nothing: " +
           " | ".join(kept.splitlines()[1:]))
    status, out, said = run(home, "lesson")
    tap.ok("begun, 0 of 1 right" in out, "the list says so")

    # It goes on at the page where it was left, and another lesson asks for the missed item.
    screen = Screen(80, 24, home, "lesson", "90")
    tap.ok(screen.wait("page 2 of", "You left it"), "it opens where it was left")
    screen.press("s")
    screen.wait("It does not.")
    screen.press("Space")
    tap.ok(screen.wait("The end is near."), "on to the next page")
    screen.press("Space")
    tap.ok(screen.wait("Once more:", "Does it pass?"), "what was missed is asked once more, at the end")
    screen.press("b")
    screen.wait("How sure")
    screen.press("2")
    screen.wait("Right.")
    screen.press("Space")
    tap.ok(screen.wait("This is the end of the lesson.", "1 of 1 right"), "then comes the end")
    screen.press("Escape")
    tap.ok(screen.wait("done 1/2", "Enter open"), "Esc leads to the list, with the score")
    screen.press("q")
    screen.close()
    kept = progress(home)
    tap.ok("done = 20" in kept and "right = 2:1" in kept and "missed" not in kept, "done, and nothing is missed")

    shown = run_on_terminal(home, 80, "lesson").splitlines()
    tap.ok(shown and max(len(line) for line in shown) <= 80, "on a terminal the list keeps to 80 columns")
    tap.ok(any(line.startswith("90  My own") and "1 of 2 right" in line for line in shown) and "opens the first" in shown[-1],
           "… with numbers, and says how a lesson is opened: " + shown[-1])

    screen = Screen(80, 24, home, "lesson", "91-again")
    screen.wait("Hello.")
    screen.press("Space")
    tap.ok(screen.wait("Once more, from lesson 90-own:", "Does it pass?"), "a lesson asks an item of another")
    screen.press("a")
    screen.wait("How sure")
    screen.press("1")
    screen.wait("Not this time.")
    screen.close()
    kept = progress(home)
    own_part = kept.split("[90-own]")[1].split("[")[0]
    tap.ok("missed = verdict" in own_part and "done = 20" in own_part, "its answer belongs to that one")

    # Left before its question is answered, it tells no verdict, nor do keys that would only refuse stand in the footer.
    screen = Screen(80, 24, home, "lesson", "92-early")
    screen.wait("Hello.")
    screen.press("2", "Tab")
    shown = screen.wait("[2 Tree]", "Enter bytes") or screen.show()
    tap.ok(not any(word in shown for word in ("other RFC", "predict", "next", "finish", "! cause")) and "fold" in shown,
           "the tree beside a lesson offers no key that would tell the answer, the other RFC, predict mode: " +
           shown.splitlines()[-1])
    screen.press("L", "Escape")
    shown = screen.wait("92  ", "Enter open") or screen.show()
    tap.ok("[L Lessons]" in shown and "DMARC:" not in shown and "FAIL" not in shown, "the list tells no verdict: " + shown)
    screen.press("Escape")
    tap.ok(screen.wait("Nothing is open.", "[1 Overview]"), "and behind it nothing is open")
    screen.press("L")
    screen.wait("Enter open")
    screen.press("G", "Enter")
    tap.ok(screen.wait("Hello.", "DMARC: ?"), "from there it can be opened again")
    screen.press("q")
    screen.close()

    # A broken file of progress is named, and costs only its bad lines.
    with open(os.path.join(home, "state", "fromscope", "progress"), "a", encoding="utf-8") as file:
        file.write("nonsense\n[92-x]\nright = many\n")
    status, out, said = run(home, "lesson")
    tap.ok(status == 0 and "done, 1 of 3 right" in out and said.count("fromscope: ") == 2 and "line" in said,
           "a broken file: " + said.replace(home, "HOME").replace("\n", " | "))

    status, out, said = run(home, "lesson", "93-none")
    tap.ok(status == 2 and "there is no lesson 93-none; the nearest is 90-own" in said, "an unknown name names the nearest")
    status, out, said = run(home, "lesson", "77")
    tap.ok(status == 2 and "there is no lesson 77 (" in said, "a number has no nearest")
    for options in (("lesson", "--handout", "blank", "90"), ("lesson", "--handout", "key"), ("report", "--handout", "key", "x"),
                    ("lesson", "90", "91")):
        status, out, said = run(home, *options)
        tap.ok(status == 2 and said.startswith("fromscope: "), "usage: " + " ".join(options) + ": " + said.strip())
tap.end()
