#!/usr/bin/python3
"""A survey that is stopped, one that is watched, and one by several processes. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import surveylib                                            # noqa: E402
from surveylib import Box, Tap                              # noqa: E402

PATIENCE = 120


class Watched:
    """A run whose standard error is a terminal."""

    def __init__(self, box, *words):
        self.main, side = pty.openpty()
        self.out = open(box.path("out"), "w+b")
        self.process = subprocess.Popen([surveylib.PROGRAM, "survey", "--dns", box.zone, *words], stdin=subprocess.DEVNULL,
                                        stdout=self.out, stderr=side, env=box.environment(), start_new_session=True)
        os.close(side)
        self.seen = b""

    def read(self, patience):
        ready, _, _ = select.select([self.main], [], [], patience)
        try:
            piece = os.read(self.main, 65536) if ready else b""
        except OSError:
            return False
        self.seen += piece
        return bool(piece)

    def wait_for(self, pattern):
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, self.seen) and time.monotonic() < end and self.read(end - time.monotonic()):
            continue
        return re.search(pattern, self.seen)

    def finish(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.read(0.5 if self.process.poll() is None else 0):
            continue
        status = self.process.wait(PATIENCE)
        while self.read(0):
            continue
        os.close(self.main)
        self.out.seek(0)
        return status, self.out.read()


def left_behind(group):
    """Processes of that session that are still there."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="latin-1") as stream:
                    fields = stream.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == group:
                found.append((entry, fields[0]))
    return found


def stopped(box, path, total):
    for number in (signal.SIGINT, signal.SIGHUP):       # a shell's background, or nohup, has us ignore them
        signal.signal(number, signal.SIG_DFL)
    for form, whom, number in (("json", "group", signal.SIGINT), ("text", "parent", signal.SIGINT), ("csv", "group", signal.SIGINT),
                               ("json", "parent", signal.SIGTERM)):
        run = Watched(box, "--format", form, "-j", "2", path)
        box.check(run.wait_for(rb"[1-9]\d* messages, \d+ a second"), f"{form}: progress is shown", run.seen[-200:])
        if whom == "group":
            os.killpg(run.process.pid, number)      # as a terminal does
        else:
            run.process.send_signal(number)
        status, out = run.finish()
        name = f"{form}, signal {int(number)} to the {whom}"
        box.same(status, 128 + number, f"{name}: status")
        if form == "json":
            survey = json.loads(out)
            box.check(survey["part"] and 0 < survey["messages"] < total, f"{name}: a part", survey["messages"])
            box.same((survey["unreadable"], sum(g["count"] for g in survey["groups"])), (0, survey["messages"]),
                     f"{name}: what was counted is whole")
        elif form == "text":
            box.check(b" PART " in out and b"stopped before the end" in out, f"{name}: says so", out[:300])
        else:
            box.check(out.endswith(b"\r\n") and b"this is a part" in run.seen, f"{name}: says so on standard error", run.seen[-300:])
        time.sleep(0.2)
        box.same(left_behind(run.process.pid), [], f"{name}: nobody is left")


def watched(box, path):
    run = Watched(box, "-j", "2", path)
    status, out = run.finish()
    box.check(status == 0 and out.startswith(b" SURVEY"), "watched to the end", (status, out[:100]))
    lines = run.seen.split(b"\r")
    box.check(all(len(line) < 80 for line in lines), "each line fits the terminal")
    box.check(lines[-1] == b"" and not lines[-2].strip(), "the line is erased", lines[-3:])
    shown = [int(m) for m in re.findall(rb"\] +(\d+) %", run.seen)]
    box.check(shown == sorted(shown) and all(0 <= s <= 100 for s in shown) and shown, "it only grows", shown[:50])
    box.check(re.search(rb"\d+:\d\d left", run.seen), "time left", run.seen[:300])
    quiet = box.run("survey", path)
    box.same(quiet.stderr, b"", "nothing where nobody watches")


def shared_out(box, path, small):
    one = box.run("survey", "--format", "json", "-j", "1", path)
    for words in (["-j", "2"], ["-j", "7"], []):
        box.same(box.run("survey", "--format", "json", *words, path).stdout, one.stdout, f"the same by {words or 'all processors'}")
    alone = box.run("survey", "--format", "json", "-j", "1", small)
    box.same(box.run("survey", "--format", "json", "--isolate", small).stdout, alone.stdout, "the same with --isolate")
    names = box.write("names", small + "\0" + small + "\0")
    twice = json.loads(box.run("survey", "--format", "json", "--files-from", names, "-0").stdout)
    box.same(twice["messages"], 2 * json.loads(alone.stdout)["messages"], "--files-from")
    third = json.loads(box.run("survey", "--format", "json", "--index", "3", small).stdout)
    box.same((third["messages"], third["groups"][0]["example"]["index"]), (1, 3), "--index")


def anonymous(group):
    """RssAnon of each process of that session, in kB."""
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="latin-1") as stream:
                    session = int(stream.read().rsplit(")", 1)[1].split()[3])
                with open(f"/proc/{entry}/status", encoding="latin-1") as stream:
                    size = re.search(r"RssAnon:\s+(\d+)", stream.read())
            except OSError:
                continue
            if session == group and size:
                found[int(entry)] = int(size[1])
    return found


def peak(box, path):
    """(of the one that counts, of the others) in kB, as seen every few milliseconds."""
    process = subprocess.Popen([surveylib.PROGRAM, "survey", "--dns", box.zone, "-j", "2", "--format", "json", path],
                               stdout=subprocess.DEVNULL, env=box.environment(), start_new_session=True)
    own = others = 0
    while process.poll() is None:
        for pid, size in anonymous(process.pid).items():
            if pid == process.pid:
                own = max(own, size)
            else:
                others = max(others, size)
        time.sleep(0.01)
    return own, others


def memory(box, small, large):
    before, after = peak(box, small), peak(box, large)
    if "asan" in os.environ.get("BUILD", ""):
        return
    box.check(0 < after[0] < before[0] + 4000, "memory of the one that counts is flat", (before, after))
    box.check(after[0] < 40000 and 0 < after[1] < 60000, "and small", (before, after))


def main():
    tap = Tap()
    box = Box(tap)
    messages, zone = surveylib.mailbox(20)
    box.zone = box.write("zone", zone)
    path = box.write("large.mbox", surveylib.mbox_bytes(messages * 4))
    middle = box.write("middle.mbox", surveylib.mbox_bytes(messages))
    small = box.write("small.mbox", surveylib.mbox_bytes(messages[:60]))
    stopped(box, path, 4 * len(messages))
    watched(box, middle)
    shared_out(box, middle, small)
    memory(box, middle, path)
    tap.end()


main()
