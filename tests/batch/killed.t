#!/usr/bin/python3
"""Workers are killed at random moments while a large mailbox is done: every message is reported exactly once, in its place,
with what it is or as lost; nothing waits for ever. As TAP. KILLED_ROUNDS=N: more of it.
SPDX-License-Identifier: MIT"""
import json
import os
import random
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from batchlib import Batch, boxlib, children, status_of      # noqa: E402

COUNT = 20000
# Of what is asked besides.
FEW = 4000


def ticks_of(pid):
    """CPU time in hundredths of a second."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as line:
            return sum(map(int, line.read().rsplit(")", 1)[1].split()[11:13]))
    except OSError:
        return 0


def kill_some(run, rng, killed):
    """Until the run ends; nobody who has hardly begun, for who dies of opening a mailbox takes all of it along."""
    while run.poll() is None:
        time.sleep(rng.uniform(0.02, 0.12))
        workers = [pid for pid in children(run.pid) if status_of(pid).get("Seccomp") == "2" and ticks_of(pid) >= 2]
        if workers:
            try:
                os.kill(rng.choice(workers), signal.SIGKILL)
                killed.append(1)
            except ProcessLookupError:
                pass


def watched(box, rng, *words):
    """What a run printed while its workers died: status, lines, how many died."""
    run = box.start(*words)
    killed = []
    killer = threading.Thread(target=kill_some, args=(run, rng, killed))
    killer.start()
    lines = run.stdout.read().splitlines()
    run.stdout.close()
    faults = run.stderr.read()
    run.stderr.close()
    status = run.wait()
    killer.join()
    return status, lines, faults, len(killed)


def check_reports(box, lines, count, killed, what):
    reports = [json.loads(line) for line in lines]
    places = [r["source"]["index"] for r in reports]
    box.check(places == list(range(1, count + 1)), f"{what}: each of {count} messages once, in order ({killed} workers killed)",
              (len(places), [i for i, place in enumerate(places) if place != i + 1][:5]))
    right = [i for i, r in enumerate(reports) if "from" in r and boxlib.titles([r]) != [f"K{i}"]]
    box.same(right, [], "… each is what stands there")
    lost = [r for r in reports if "from" not in r]
    box.check(len(lost) <= killed, f"… a death costs a message at most: {len(lost)}", (len(lost), killed))
    box.check(all(r["findings"][0]["id"] == "parser-died" and "signal 9" in r["findings"][0]["text"] for r in lost),
              "… which is said", [r["findings"][0] for r in lost][:2])


def main():
    box = Batch()
    path = box.write("k.mbox", boxlib.mbox(*(boxlib.mail(f"K{i}") for i in range(COUNT))))
    few = box.write("few.mbox", boxlib.mbox(*(boxlib.mail(f"K{i}") for i in range(FEW))))
    folder = [box.write(f"k/{i:05}", boxlib.mail(f"K{i}")) for i in range(FEW // 4)]
    names = box.write("names", "\n".join(folder * 4).encode())
    died = 0
    for number in range(int(os.environ.get("KILLED_ROUNDS", "1"))):
        rng = random.Random(11 + number)
        for jobs, box_path, count in (("2", path, COUNT), ("5", few, FEW)):
            status, lines, faults, killed = watched(box, rng, "report", "--offline", "--format", "json", "-j", jobs, box_path)
            check_reports(box, lines, count, killed, f"a mailbox, -j {jobs}")
            box.check(status in (0, 2) and not faults, "… and that is all", (status, faults))
            died += killed
        status, lines, faults, killed = watched(box, rng, "report", "--offline", "--format", "json", "-j", "3", "--files-from", names)
        paths = [json.loads(line)["source"]["path"] for line in lines]
        box.same(paths == folder * 4, True, f"{FEW} files, each once, in order ({killed} workers killed)")
        status, lines, faults, killed = watched(box, rng, "survey", "--list", path)
        box.same([line.split(b"\t")[0] for line in lines], [b"%d" % (i + 1) for i in range(COUNT)], f"a list ({killed} killed)")
        status, lines, faults, killed = watched(box, rng, "survey", "--offline", "--format", "json", "-j", "3", few)
        survey = json.loads(b"\n".join(lines))
        box.same(survey["messages"] + survey["unreadable"], FEW, f"a survey counts each ({killed} killed)")
        box.check(survey["unreadable"] <= killed, "… and loses few", survey["unreadable"])
    box.check(died >= 4, f"some died: {died}")
    box.done()


main()
