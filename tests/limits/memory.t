#!/usr/bin/python3
"""Anonymous memory (RssAnon) of the program and all that it starts: it does not grow with a message's size or with the
number of messages. Mapped files that are only read do not count. Prints TAP.

The ceilings are those of doc/benchmarks.md; a copy of a body, or a list that keeps what it printed, is far above them.
SPDX-License-Identifier: MIT"""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
import measure  # noqa: E402

PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
MAKE = os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "tests/bench/make-corpus")
LARGE = 40 * 1024 * 1024
# What is kept of messages that came before (names, answers, verdicts) has its full size behind some 1,500.
FEW, MANY = 1500, 6000
# MB. All processes together: what parent and child share counts for both.
LARGE_MOST, GROWTH_MOST, MAILBOX_MOST = 16, 5, 60
tests = []


def check(good, name, got):
    tests.append(good)
    print(f"{'' if good else 'not '}ok {len(tests)} - {name}\n# {got}")


def make(*arguments):
    subprocess.run([MAKE, *map(str, arguments)], stdout=subprocess.DEVNULL, check=True)


def report(folder, *paths):
    return [PROGRAM, "report", "--format", "json", "--second-opinions", "off", "--dns", f"{folder}/zone/snapshot.dns", *paths]


def large(folder):
    for kind, options in (("text", []), ("base64", ["--lf"])):
        path = f"{folder}/{kind}"
        make("large", path, LARGE, kind, *options)
        one, together = measure.memory(report(folder, path))
        check(together < LARGE_MOST, f"a message of {LARGE >> 20} MB: {kind}", f"{together:.1f} MB, one process {one:.1f} MB")


def many(folder):
    """The names of files are given alike, a folder each."""
    used = []
    for count in (FEW, MANY):
        make("mbox", f"{folder}/{count}.mbox", count)
        used.append(measure.memory(report(folder, f"{folder}/{count}.mbox"))[1])
    check(used[1] - used[0] < GROWTH_MOST, f"report: {MANY} messages need no more than {FEW}",
          f"{used[0]:.1f} MB, {used[1]:.1f} MB")


def mailbox(folder, *options):
    """Groups and their examples may grow; messages may not be kept."""
    make("mbox", f"{folder}/small.mbox", MANY, "--size", 1500)
    command = [PROGRAM, "survey", *options, f"{folder}/small.mbox"]
    used = 0
    # A list is there in milliseconds: on a busy machine nobody may have looked in time.
    for _ in range(10):
        used = used or measure.memory(command)[1]
    check(0 < used < MAILBOX_MOST, f"{' '.join(command[1:-1])} of {MANY}", f"{used:.1f} MB")


def main():
    text = subprocess.run([PROGRAM, "--help"], stdout=subprocess.PIPE, check=True).stdout
    if "asan" in PROGRAM:
        print("1..0 # SKIP the sanitizers need memory of their own")
        return
    with tempfile.TemporaryDirectory() as folder:
        make("zone", f"{folder}/zone")
        large(folder)
        many(folder)
        if b"survey MAILBOX" in text:
            mailbox(folder, "--format", "json", "--dns", f"{folder}/zone/snapshot.dns")
        if b"--list" in text:
            mailbox(folder, "--list")
    print(f"1..{len(tests)}")


main()
