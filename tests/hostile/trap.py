"""What the tests of growth share: a trap is set for n/4 and for n, and the CPU time of all processes of a run is compared.
SPDX-License-Identifier: MIT"""
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile

from strange import PROGRAM, ROOT, Tap

FACTOR = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 1
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""
SANITIZED = "asan" in PROGRAM
# Doubling cost for double size is 1, four times 2; less than NOISE seconds say nothing.
FAULT, NOISE, TRIES, SECONDS, TIMES = 1.5, 0.05, 4, 200, 4
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent"}
SAMPLE = os.path.join(ROOT, "samples", "webform.eml")


def spent(run):
    """CPU seconds of what `run` started and waited for, and what it returned."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    status = run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, status


def command(*arguments, given=None, env=None, out=subprocess.DEVNULL):
    """Runs the program; its status, or what went wrong."""
    with subprocess.Popen([PROGRAM, *arguments], stdout=out, stderr=subprocess.DEVNULL,
                          stdin=open(given, "rb") if given else subprocess.DEVNULL, env={**ENVIRONMENT, **(env or {})}) as child:
        try:
            child.wait(SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return "it does not end"
    return child.returncode


class Traps:
    def __init__(self):
        self.tap = Tap()
        self.folder = tempfile.TemporaryDirectory()
        self.number = 0

    def write(self, name, content):
        path = os.path.join(self.folder.name, f"{self.number}", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(content)
        return path

    def trap(self, name, prepare, n, good=(0, 1, 2)):
        """`prepare(size)` makes what is read, and returns what runs the program and says its status. `n` below 0 stays as it is."""
        if ONLY not in name:
            return
        n = abs(n) * (FACTOR if n > 0 else 1)
        self.number += 1
        few = prepare(n // TIMES)
        self.number += 1
        many = prepare(n)
        low = high = math.inf
        for _ in range(TRIES):
            (little, _), (much, status) = spent(few), spent(many)
            low, high = min(low, little), min(high, much)
            grows = math.log(high / max(low, 1e-3), TIMES) if high > NOISE else 0
            if grows < FAULT:
                break
        self.tap.check(grows < FAULT and status in good, name, f"exponent {grows:.2f}, {low:.2f} s and {high:.2f} s, status {status}")
        print(f"# {n:,}: {high:.2f} s, exponent {grows:.2f}, status {status}", flush=True)
        for number in (self.number - 1, self.number):
            shutil.rmtree(os.path.join(self.folder.name, f"{number}"), ignore_errors=True)

    def end(self, megabytes):
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        self.tap.check(SANITIZED or largest < megabytes * FACTOR, f"no process had more than {megabytes} MB", f"{largest} MB")
        print(f"# the largest process: {largest} MB")
        self.folder.cleanup()
        self.tap.end()
