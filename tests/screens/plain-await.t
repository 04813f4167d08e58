#!/usr/bin/python3
"""A list without a screen, and a name server that is silent: the prompt is there meanwhile, commands are done, and the
missing verdicts follow, all at once, when the server speaks. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "dns")]
from loopback import Server, either, kind_of, reply  # noqa: E402
from tally import check, end  # noqa: E402
from terminal import PATIENCE, Terminal  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
MESSAGES = 4
LATE = "DNS takes its time"
release = threading.Event()

MAILBOX = "".join(f"From a@example.com Tue Sep  1 10:00:0{n} 2026\nFrom: user{n}@host{n}.example.com\nReturn-Path: <a@host{n}."
                  f"example.com>\nSubject: mail {n}\nDate: Tue, 1 Sep 2026 10:00:0{n} +0000\n\ntext\n\n"
                  for n in range(1, MESSAGES + 1))


def answer(query, over):
    release.wait(120)
    record = '"v=DMARC1; p=reject"' if query.question[0].name.to_text().startswith("_dmarc.") else '"v=spf1 -all"'
    return either(reply(query, records=[("TXT", record)] if kind_of(query) == "TXT" else []), over)


def numbered(terminal, word):
    """How many rows of the list are there with that word as their verdict."""
    return sum(f"mail {n}" in row and f"{n}." in row and word in row for row in terminal.rows()
               for n in range(1, MESSAGES + 1))


def text(terminal):
    return "\n".join(terminal.rows())


def prompts(terminal):
    return sum("quit>" in row for row in terminal.rows())


def ended(terminal):
    """It is dead, and not buried yet."""
    try:
        stat = pathlib.Path(f"/proc/{terminal.pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


def gone(terminal):
    end = time.monotonic() + PATIENCE
    while not ended(terminal) and time.monotonic() < end:
        terminal.wait(lambda: ended(terminal), 0.2)
        time.sleep(0.05)        # the terminal may be closed already
    return ended(terminal)


def start(path, dns):
    release.clear()
    return Terminal([PROGRAM, "--plain", "--ascii", "--dns-server", dns, "--dns-timeout", "60", "--ip", "192.0.2.1",
                     path], width=100, height=60)


def waits(path, dns):
    terminal = start(path, dns)
    try:
        begun = time.monotonic()
        check("the rows are said, without their verdicts", terminal.wait(lambda: LATE in text(terminal)), text(terminal))
        check("the prompt is there", terminal.wait(lambda: prompts(terminal) == 1), text(terminal))
        took = time.monotonic() - begun
        check("before the server would have been given up", took < 50, f"{took:.1f} s")
        check("no verdict is made up", numbered(terminal, "FAIL") == 0 and numbered(terminal, "UNKNOWN") == 0, text(terminal))
        terminal.press("no-such-command\r")
        check("a command is answered meanwhile", terminal.wait(lambda: prompts(terminal) == 2), text(terminal))
        release.set()
        check("all verdicts follow", terminal.wait(lambda: numbered(terminal, "FAIL") == MESSAGES), text(terminal))
        check("and the prompt again", terminal.wait(lambda: prompts(terminal) == 3), text(terminal))
        check("said once", text(terminal).count(LATE) == 1, text(terminal))
        terminal.press("q\r")
        check("q leaves", gone(terminal), text(terminal))
    finally:
        release.set()
        terminal.close()


def opens(path, dns):
    """A message opened meanwhile is asked about first; then its list goes on."""
    terminal = start(path, dns)
    try:
        terminal.wait(lambda: prompts(terminal) == 1)
        release.set()
        terminal.press("2\r")
        check("a message opens", terminal.wait(lambda: "user2@host2" in text(terminal) and prompts(terminal) > 1),
              text(terminal))
        terminal.press("back\r")
        check("back in the list all verdicts come", terminal.wait(lambda: numbered(terminal, "FAIL") >= MESSAGES),
              text(terminal))
        terminal.press("q\r")
        gone(terminal)
    finally:
        release.set()
        terminal.close()


def leaves(path, dns):
    terminal = start(path, dns)
    try:
        terminal.wait(lambda: prompts(terminal) == 1)
        begun = time.monotonic()
        terminal.press("q\r")
        check("who leaves meanwhile waits for nobody", gone(terminal), text(terminal))
        check("at once", time.monotonic() - begun < 10)
    finally:
        release.set()
        terminal.close()


def script(path, dns):
    """Nobody sits there: what is written down is whole."""
    release.clear()
    threading.Timer(3, release.set).start()
    done = subprocess.run([PROGRAM, "--plain", "--ascii", "--dns-server", dns, "--dns-timeout", "60", "--ip",
                           "192.0.2.1", path], input=b"q\n",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE * 8)
    check("a script gets every verdict", done.stdout.count(b"FAIL") == MESSAGES and LATE.encode() not in done.stdout,
          done.stdout, done.stderr)


with tempfile.TemporaryDirectory() as folder, Server(answer) as server:
    mailbox = pathlib.Path(folder, "some.mbox")
    mailbox.write_text(MAILBOX, encoding="ascii")
    for case in (waits, opens, leaves, script):
        case(str(mailbox), server.address)
sys.exit(end())
