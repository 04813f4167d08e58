#!/usr/bin/python3
"""A small run of each differential script with fixed seeds, as TAP; `make differential` runs them large.
SPDX-License-Identifier: MIT"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = (("spf.py", "2000", "11"), ("dkim-peers.py", "300", "11"), ("arc-peers.py", "150", "11"),
        ("key-records.py", "300", "11"))

print(f"1..{len(RUNS)}")
for number, (script, count, seed) in enumerate(RUNS, 1):
    done = subprocess.run([sys.executable, os.path.join(HERE, script), count, seed], capture_output=True, timeout=600)
    print(f"{'not ' if done.returncode else ''}ok {number} - {script} {count} {seed}")
    for line in (done.stdout + done.stderr).decode("utf-8", "replace").splitlines():
        print(f"# {line}")
