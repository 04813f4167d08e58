#!/usr/bin/python3
"""What comes of standard output that takes nothing: a full disk is told in one line, and is a failure; a reader that has
seen enough is told nothing. A pipe is made large, and a slow reader gets it all. And the same call on the same snapshot says the same, to the byte. Prints TAP.
SPDX-License-Identifier: MIT"""
import fcntl
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "screens"))
from tally import check, end  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
FULL = "/dev/full"
# What the program asks for, where the kernel gives it.
PIPE_BYTES = 1 << 20
with open("/proc/sys/fs/pipe-max-size", encoding="ascii") as limit:
    PIPE_GIVEN = int(limit.read()) >= PIPE_BYTES
ENV = {**os.environ, "LC_ALL": "C.UTF-8"}

COMMANDS = [
    ["report", "samples/webform.eml"],
    ["report", "samples"],
    ["report", "--isolate", "samples/webform.eml"],
    ["report", "--format", "json", "samples"],
    ["report", "--format", "html", "samples/webform.eml"],
    ["samples/webform.eml"],
    ["--plain", "samples/webform.eml"],
    ["check", "--from", "a@example.com", "--offline"],
    ["snapshot", "samples/webform.eml"],
    ["survey", "samples"],
    ["survey", "--format", "csv", "samples"],
    ["survey", "--list", "samples"],
    ["repair", "samples/webform.eml"],
    ["lesson"],
    ["lesson", "--check", "samples/lessons/01-two-senders"],
    ["lesson", "--handout", "blanks", "01"],
    ["info"],
    ["--help"],
    ["--version"],
    ["--what-if", "help"],
]
REPEATED = [command for command in COMMANDS if command[0] in ("report", "survey")] + [
    ["report", "--offline", "--format", "json", "samples/webform.eml"],
    ["report", "--format", "json", "--what-if", "from=a@example.com", "samples/webform.eml"],
]


def run(arguments, stdout):
    return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
                          env=ENV, timeout=120)


def told(ended):
    """The lines about standard output."""
    return [line for line in ended.stderr.splitlines() if b"standard output" in line]


def full(arguments):
    with open(FULL, "wb") as stdout:
        ended = run(arguments, stdout)
    check(f"a full disk: {' '.join(arguments)}",
          ended.returncode == 2 and told(ended) == [b"fromscope: standard output: No space left on device"],
          ended.returncode, ended.stderr)


def closed(arguments):
    """Whoever reads is gone before the first byte; with SIGPIPE as programs have it, and ignored."""
    for how, prepare in (("", True), (", SIGPIPE ignored", False)):
        read, write = os.pipe()
        os.close(read)
        ended = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE,
                               env=ENV, timeout=120, restore_signals=prepare)
        os.close(write)
        check(f"nobody reads{how}: {' '.join(arguments)}", ended.returncode != 0 and told(ended) == [],
              ended.returncode, ended.stderr)


def piped(arguments, had):
    """Somebody who reads now and then, through a pipe that holds so much."""
    expected = run(arguments, subprocess.PIPE).stdout
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, had)
    process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=write, env=ENV)
    os.close(write)
    taken = b""
    while part := os.read(read, 30000):
        taken += part
        time.sleep(0.001)
    has = fcntl.fcntl(read, fcntl.F_GETPIPE_SZ)
    os.close(read)
    check(f"a pipe of {had} bytes: {' '.join(arguments)}", process.wait() == 0 and taken == expected and
          has == (PIPE_BYTES if PIPE_GIVEN else had), process.returncode, len(taken), len(expected), has)


def same(arguments):
    once, again = (run(arguments, subprocess.PIPE) for _ in range(2))
    check(f"twice the same: {' '.join(arguments)}", len(once.stdout) > 100 and once.stdout == again.stdout,
          len(once.stdout), len(again.stdout), once.stderr)


def untorn():
    """A page of --plain goes from one process to the other in pieces: no character of three bytes is torn between two."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "long.eml")
        head = "From: a@example.jp\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        with open(path, "w", encoding="utf-8") as file:
            file.write(head + ("\u3042\u3044\u3046\u3048\u304a" * 60 + "\n") * 1000)
        done = subprocess.run([PROGRAM, "--plain", path], input=b"source\n" + b"\n" * 4 + b"q\n", capture_output=True, env=ENV,
                              timeout=120, check=False)
    check("a long page is not torn", len(done.stdout) > 2 * 65536 and b"\\x" not in done.stdout, len(done.stdout),
          done.stdout.count(b"\\x"))


for size in (4096, 65536):
    piped(["report", "--format", "json", "samples"], size)
if os.path.exists(FULL):
    for words in COMMANDS:
        full(words)
for words in COMMANDS:
    closed(words)
for words in REPEATED:
    same(words)
untorn()
sys.exit(end())
