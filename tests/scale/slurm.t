#!/usr/bin/python3
"""A work in parts as a Slurm job array on a node of our own: the surveys of the parts add up to that of one run, to the
byte; also when a task's program is killed and when Slurm takes a task from its node and starts it again. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from scalelib import (PROGRAM, SCALE, Tap, corpus, folder, kill_tree, run, script, start, tail,
                      wait_for)  # noqa: E402
from slurmlib import Slurm  # noqa: E402

place = folder()
slurm = Slurm(place)
tap = Tap()
mail = os.path.join(place, "work")
os.mkdir(mail)
COUNT = 90
names = corpus(mail, COUNT)
one_run = run(PROGRAM, "survey", "--format", "json", "--dns", "zone.dns", "--", *names, where=mail)
tap.same((0, COUNT), (one_run[0], json.loads(one_run[1])["messages"]), "one run here: all messages")
with open(os.path.join(mail, "names"), "rb") as listed:
    tap.same(0, script("cut.sh", "parts", "10", where=mail, typed=listed.read())[0], "cut into parts")

# Parts 2 and 7 stop half done until somebody ends them; when they are tried again they are well.
stalling = os.path.join(place, "fromscope")
with open(stalling, "w", encoding="utf-8") as out:
    out.write("#!/bin/sh\ncase \" $* \" in\n*/00000[27].names*)\n"
              "    part=${*##*/} part=${part%.names}\n"
              f"    if mkdir {place}/tried-$part 2>/dev/null; then\n"
              f"        {PROGRAM} \"$@\" | head -c 300\n        echo $$ >{place}/pid-$part && mv {place}/pid-$part {place}/half-$part\n"
              f"        exec sleep 1000\n    fi ;;\nesac\nexec {PROGRAM} \"$@\"\n")
os.chmod(stalling, 0o755)


def half(part):
    path = os.path.join(place, f"half-{part:06}")
    return open(path, encoding="ascii").read().strip() if os.path.exists(path) else None


said = os.path.join(place, "slurm.out")
child = start("sh", os.path.join(SCALE, "slurm.sh"), "-t", "4", "parts", "survey", "--dns", "zone.dns", where=mail,
              log=said, FROMSCOPE=stalling, **slurm.environment)
wait_for(lambda: (half(2) and half(7)) or child.poll() is not None, "two parts that are half done")
tap.ok(child.poll() is None, "two tasks are in the middle of a part", tail(said))
job = re.search(r"batch job (\d+)", tail(said))[1]
tap.same((0, b"", ""), slurm.control("requeue", f"{job}_3"), "Slurm takes one of them from its node")
kill_tree(int(half(2)))
slurm.now(f"{job}_3")
wait_for(lambda: child.poll() is not None, "the end of the array")
logs = [name for name in os.listdir(os.path.join(mail, "parts")) if name.startswith("slurm-")]
tap.ok(child.returncode != 0 and "1 of 9 parts are missing" in tail(said),
       "the part whose program was killed is missing, the other was done again", tail(said))
tap.same(4, len(logs), "a log for each task")
tap.ok("status 137" in tail(os.path.join(mail, "parts", f"slurm-{job}_2.log")), "… which says what happened",
       tail(os.path.join(mail, "parts", f"slurm-{job}_2.log")))
status, out, text = script("join.sh", "parts", where=mail)
tap.same((1, b""), (status, out), "nothing is joined without it")

before = {name: os.stat(os.path.join(mail, "parts", name)).st_mtime_ns for name in os.listdir(os.path.join(mail, "parts"))
          if name.endswith(".json")}
tap.same(8, len(before), "eight parts are whole")
status, out, text = script("slurm.sh", "parts", "survey", "--dns", "zone.dns", where=mail, FROMSCOPE=stalling,
                           **slurm.environment)
tap.ok(status == 0 and "9 parts are complete" in text, "the same command again does the rest", text)
tap.same(before, {name: os.stat(os.path.join(mail, "parts", name)).st_mtime_ns for name in before}, "… and only that")
status, out, text = script("join.sh", "parts", where=mail)
tap.ok(status == 0 and out == one_run[1], "the surveys of the parts add up to that of one run", text + out.decode()[:300])
tap.same([], [name for name in os.listdir(os.path.join(mail, "parts")) if ".json." in name], "no half answer is left")
status, out, text = script("slurm.sh", "parts", "survey", "--dns", "zone.dns", where=mail, **slurm.environment)
tap.ok(status == 0 and not out, "nothing is missing: nothing is submitted", text)
tap.end()
