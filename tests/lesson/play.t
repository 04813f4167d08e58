#!/usr/bin/python3
"""Every lesson of the program is played to its end by keys, in both languages, at 80x24: each page says something,
every question can be answered, every task is reached by its solution. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lessonlib import LESSONS, Screen, Tap

tap = Tap()
PAGE = re.compile(r"page (\d+) of (\d+)|ページ (\d+) / (\d+)")
AGAIN = re.compile(r"once more: (\d+) of (\d+)|再出題 (\d+) / (\d+)")
KEYS_MAX = 200


def solutions(folder):
    """Of each task the first solution, in order."""
    found, fresh = [], False
    with open(os.path.join(folder, "lesson.txt"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("---"):
                fresh = line.startswith("--- goal")
            elif fresh and line.startswith("solution:"):
                found.append(line.split(":", 1)[1].strip())
                fresh = False
    return found


def state(shown):
    """What the last lines say can be done now."""
    footer = shown.rstrip("\n").splitlines()[-1]
    if re.search(r"\ba/b\b|a/b/c|a to [b-f]", footer):
        return "ask"
    if "1/2/3" in footer:
        return "sure"
    if " Enter " in f" {footer} ":
        return "task"
    return "on"


def play(name, language):
    """(pages, tasks reached, trouble)"""
    folder = os.path.join(LESSONS, name)
    answers = solutions(folder)
    reached = guess = 0
    pages = None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        screen = Screen(80, 24, home, "--lang", language, "lesson", name)
        try:
            shown = screen.wait(name)
            if not shown:
                return 0, 0, "did not begin"
            for _ in range(KEYS_MAX):
                now = state(shown)
                if now == "ask":
                    screen.press("abc"[guess % 2])
                    guess += 1
                elif now == "sure":
                    screen.press("123"[guess % 3])
                elif now == "task":
                    if reached >= len(answers):
                        return 0, reached, "a task without a solution: " + shown
                    screen.press("Enter")
                    shown = screen.wait_change(shown)
                    screen.type(answers[reached])
                    shown = screen.wait(answers[reached][-20:])
                    screen.press("Enter")
                    reached += 1
                else:
                    screen.press("Space")
                before, shown = shown, screen.wait_change(shown)
                if now == "task":               # a busy machine shows a frame half drawn
                    shown = screen.wait_gone(":try ")
                if shown is None:
                    return 0, reached, "nothing happens after:\n" + before
                place = PAGE.search(shown)
                if now == "task" and state(shown) == "task":
                    return 0, reached, "the solution does not reach the goal:\n" + shown
                if place and len({group for group in place.groups() if group}) == 1:
                    return int(place.group(1) or place.group(3)), reached, None
                if not place and not AGAIN.search(shown):
                    return 0, reached, "left the lesson:\n" + shown
                if place and pages not in (None, int(place.group(2) or place.group(4))):
                    return 0, reached, "another number of pages than before:\n" + shown
                pages = int(place.group(2) or place.group(4)) if place else pages
            return 0, reached, "no end:\n" + shown
        finally:
            screen.close()


names = sorted(os.path.basename(os.path.dirname(path)) for path in glob.glob(os.path.join(LESSONS, "*", "lesson.txt")))
wanted = sys.argv[1:] or names
tap.ok(len(names) >= 9, f"there are lessons: {len(names)}")
for lesson in wanted:
    for tongue in ("en", "ja"):
        pages, tasks, trouble = play(lesson, tongue)
        tap.ok(trouble is None and pages >= 5, f"{lesson} in {tongue}: {pages} pages, {tasks} tasks reached",
               (trouble or "").replace("\n", "\n#   "))
tap.end()
