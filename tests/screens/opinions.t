#!/usr/bin/python3
"""Second opinions come after the first screen: keys are answered while they are asked, the place stays when they come,
and who leaves early leaves no process behind. A name server that is silent about what only libspf2 asks keeps it
waiting. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import pathlib
import signal
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
release = threading.Event()

# More lookups than RFC 7208 allows: our check ends at h4, libspf2, which counts for each include anew, goes on to h5.
ZONE = {("example.com.", "TXT"): '"v=spf1 ' + " ".join(f"include:i{k}.example.net" for k in range(1, 6)) + ' -all"',
        ("_dmarc.example.com.", "TXT"): '"v=DMARC1; p=reject"'}
for k in range(1, 6):
    ZONE[f"i{k}.example.net.", "TXT"] = f'"v=spf1 a:h{k}.example.net a:g{k}.example.net ?all"'
    ZONE[f"h{k}.example.net.", "A"] = ZONE[f"g{k}.example.net.", "A"] = "203.0.113.1"


def answer(query, over):
    name, kind = query.question[0].name.to_text(), kind_of(query)
    if name.startswith(("h5.", "g5.")):
        release.wait(60)
    if (name, kind) in ZONE:
        return either(reply(query, records=[(kind, ZONE[name, kind])]), over)
    return either(reply(query, "NOERROR" if any(name == n for n, _ in ZONE) else "NXDOMAIN"), over)


def has(terminal, text):
    return lambda: any(text in row for row in terminal.rows())


def of_session(session):
    """Processes of a session that still run."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(int(pid))
    return found


def gone(terminal):
    """The program has ended, and so has all that it started; how long that took."""
    start = time.monotonic()
    while of_session(terminal.pid) and time.monotonic() - start < PATIENCE:
        terminal.wait(lambda: not of_session(terminal.pid), 0.2)
        time.sleep(0.05)        # the terminal may be closed already
    return of_session(terminal.pid), time.monotonic() - start


def marked(terminal):
    """Where the cursor is in the tree, and what stands there."""
    return next(((y, row) for y, row in enumerate(terminal.rows()) if row.startswith(">")), (None, ""))


def start(path, *options):
    return Terminal([PROGRAM, "--ascii", *options, path], width=100, height=30)


def open_tree(terminal):
    """The step that SPF's second opinion stands under, unfolded."""
    terminal.press("2")
    terminal.wait(has(terminal, "[2 Tree]"))
    terminal.press("/libspf2\r")


def slow(path, dns):
    terminal = start(path, "--dns-server", dns, "--dns-timeout", "120")
    try:
        check("the first screen is there", terminal.wait(has(terminal, "[1 Overview]")), *terminal.rows())
        open_tree(terminal)
        check("the tree says who is being asked", terminal.wait(has(terminal, "libspf2 is being asked")), *terminal.rows())
        check("in two processes of its own, or one", terminal.wait(lambda: len(of_session(terminal.pid)) > 2),
              str(of_session(terminal.pid)))
        for key, text in (("1", "[1 Overview]"), ("9", "[9 DNS]"), ("?", "[? Help]"), ("2", "[2 Tree]")):
            terminal.press(key)
            check(f"key {key} is answered meanwhile", terminal.wait(has(terminal, text)), *terminal.rows())
        check("it is still being asked", terminal.wait(has(terminal, "libspf2 is being asked")), *terminal.rows())
        terminal.quiet()
        before = marked(terminal)
        release.set()
        check("the answer comes by itself", terminal.wait(has(terminal, "libspf2 1.")), *terminal.rows())
        terminal.quiet()
        after = marked(terminal)
        check("where it was asked for, under the cursor", "libspf2" in before[1] and "libspf2 1." in after[1] and
              before[0] == after[0], str(before), str(after))
        # The one that asks DNS stays as long as the source of answers does.
        terminal.wait(lambda: len(of_session(terminal.pid)) == 3)
        left = [pathlib.Path(f"/proc/{pid}/comm").read_text().strip() for pid in of_session(terminal.pid)]
        check("its process is gone", sorted(left) == ["fromscope", "fromscope-core", "fromscope-dns"], str(left))
        terminal.press("q")
        check("q leaves", not gone(terminal)[0], *terminal.rows())
    finally:
        terminal.close()


def leaves(path, dns, keys):
    """Early, in the middle of it."""
    release.clear()
    terminal = start(path, "--dns-server", dns, "--dns-timeout", "120")
    try:
        terminal.wait(has(terminal, "[1 Overview]"))
        terminal.wait(lambda: len(of_session(terminal.pid)) > 2)
        if keys:
            terminal.press(keys)
        else:
            os.kill(terminal.pid, signal.SIGKILL)
        left, took = gone(terminal)
        check(f"{keys or 'SIGKILL'!r} while they are asked leaves nothing behind", not left, str(left))
        check("and waits for nobody", took < 5, f"{took:.1f} s")
    finally:
        release.set()
        terminal.close()


def trusts(path, dns):
    """A new analysis meanwhile ends the asking, and begins it again."""
    release.clear()
    terminal = start(path, "--dns-server", dns, "--dns-timeout", "120")
    try:
        terminal.wait(has(terminal, "[1 Overview]"))
        terminal.wait(lambda: len(of_session(terminal.pid)) > 2)
        terminal.press(":dns offline\r")
        check("another source of answers is used at once", terminal.wait(has(terminal, "offline")), *terminal.rows())
        terminal.wait(lambda: len(of_session(terminal.pid)) == 2)
        check("who was asked is gone", len(of_session(terminal.pid)) == 2, str(of_session(terminal.pid)))
        terminal.press("q")
        check("q leaves", not gone(terminal)[0])
    finally:
        release.set()
        terminal.close()


def quick():
    terminal = start("samples/webform.eml")
    try:
        terminal.wait(has(terminal, "[1 Overview]"))
        open_tree(terminal)
        check("without DNS they are there in no time", terminal.wait(has(terminal, "libspf2 1.")), *terminal.rows())
        terminal.press("q")
        check("q leaves", not gone(terminal)[0])
    finally:
        terminal.close()
    terminal = start("samples/webform.eml", "--second-opinions", "off")
    try:
        terminal.wait(has(terminal, "[1 Overview]"))
        open_tree(terminal)
        terminal.wait(has(terminal, "ot found"))
        check("off: nobody is asked, and nothing says so", not any("libspf2 " in row for row in terminal.rows()[2:-1]),
              *terminal.rows())
    finally:
        terminal.close()


def main():
    with tempfile.TemporaryDirectory() as folder, Server(answer) as server:
        path = os.path.join(folder, "many.eml")
        with open(path, "w", encoding="ascii") as out:
            out.write("Return-Path: <a@example.com>\n"
                      "Received: from mail.example.com (mail.example.com [192.0.2.1])\n"
                      "\tby mx.example.jp with ESMTP id 1; Tue, 1 Sep 2026 10:00:00 +0000\n"
                      "From: a@example.com\nTo: b@example.jp\nSubject: many\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\ntext\n")
        slow(path, server.address)
        leaves(path, server.address, "q")
        leaves(path, server.address, "\x03")
        leaves(path, server.address, "")
        trusts(path, server.address)
        quick()
    return end()


if __name__ == "__main__":
    sys.exit(main())
