#!/usr/bin/python3
"""A run of many messages while DNS says nothing: the first ones wait their full time, the rest hardly; however many
processes share the work. Prints TAP. SPDX-License-Identifier: MIT"""
import json
import os
import socket
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
COUNT = 13

print("1..6")
# One process: 3 x 3 s, then 10 x 1/4 s, far from 13 x 3 s. Four: 3 s, then 9 x 1/4 s shared.
for number, (jobs, least) in enumerate(((1, 8.5), (4, 2.9))):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        start = time.monotonic()
        done = subprocess.run([PROGRAM, "report", "--format", "json", "-j", str(jobs), "--dns-server",
                               f"127.0.0.1@{silent.getsockname()[1]}", "--dns-timeout", "3"] +
                              [os.path.join(ROOT, "samples", "webform.eml")] * COUNT, capture_output=True, timeout=120)
        took = time.monotonic() - start
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    at = 3 * number
    print(f"{'' if len(reports) == COUNT else 'not '}ok {at + 1} - -j {jobs}: every message is reported")
    right = all(r["dmarc"]["rfc9989"]["result"] == "temperror" and
                all(a["status"] in ("timeout", "servfail") for a in r["dns"]) for r in reports)
    print(f"{'' if right else 'not '}ok {at + 2} - silence is temperror for each")
    print(f"{'' if least < took < 32 else 'not '}ok {at + 3} - {took:.1f} s in all")
