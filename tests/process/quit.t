#!/usr/bin/python3
"""Who leaves while second opinions are still under way does not wait for them: what the core asks for while it tidies up is answered.
SPDX-License-Identifier: MIT"""
import os
import pty
import select
import time

PROGRAM = os.environ.get("FROMSCOPE", "build/fromscope")
ROUNDS, MOST = 10, 1.5      # seconds; a core that nobody answers is ended after two


def leave_at_once():
    """Seconds from q, pressed on the first screen, to the end; and the exit status."""
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
        os.execv(PROGRAM, [PROGRAM, "samples/webform.eml"])
    seen, asked, start, end = b"", False, 0.0, time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if select.select([master], [], [], 0.2)[0]:
                seen += os.read(master, 65536)
        except OSError:
            break           # it is gone
        if not asked and b"\x1b[6n" in seen:
            os.write(master, b"\x1b[1;2R")
            asked = True
        if not start and b"quit" in seen:
            start = time.monotonic()
            os.write(master, b"q")
    status = os.waitpid(pid, 0)[1]
    os.close(master)
    return time.monotonic() - start if start else 99, status


print("1..2")
took = [leave_at_once() for _ in range(ROUNDS)]
slowest = max(seconds for seconds, _ in took)
print(f"{'ok' if slowest < MOST else 'not ok'} 1 - q on the first screen: the slowest of {ROUNDS} ends in time")
print(f"# {slowest:.3f} s")
print(f"{'ok' if all(status == 0 for _, status in took) else 'not ok'} 2 - … as if nothing had been under way")
