"""Runs over many files, and processes watched while they run, as TAP.
SPDX-License-Identifier: MIT"""
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "mailbox"))
import boxlib       # noqa: E402


def status_of(pid):
    """Fields of /proc/PID/status; {} where it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as lines:
            return dict(line.rstrip("\n").split(":\t", 1) for line in lines if ":\t" in line)
    except OSError:
        return {}


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as words:
            return [int(word) for word in words.read().split()]
    except OSError:
        return []


def alive(pid):
    return status_of(pid).get("State", "Z")[0] not in "ZX"


def wait_until(true, seconds=30):
    """Whether it came true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return bool(true())


class Batch(boxlib.Box):
    """As a Box, with runs that are watched."""

    def start(self, *words, stdin=subprocess.DEVNULL, environment=None):
        return subprocess.Popen([self.program, *words], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=dict(self.environment, **(environment or {})), cwd=self.folder)

    def workers_of(self, run, least=1):
        wait_until(lambda: len(children(run.pid)) >= least)
        return children(run.pid)


def end(run, number=signal.SIGKILL):
    run.send_signal(number)
    run.stdout.close()
    run.stderr.close()
    return run.wait()
