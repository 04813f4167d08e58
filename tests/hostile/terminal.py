"""A terminal that obeys nothing and reads everything, for the tests of the screen.
SPDX-License-Identifier: MIT"""
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time

from strange import LINK, STYLE

PATIENCE = float(os.environ.get("PATIENCE", "60"))
# Longer than the program waits for the rest of a key, or of a paste (src/tui/terminal/input.c: ESCAPE_MS, PASTE_MS).
MORE = {b"\x1b": 0.05, b"\x1b[201~": 0.09}
# What a screen needs: the cursor, erasing, modes that are put back, sets of characters, the questions where the cursor is and what the background.
OWN = re.compile(r"\x1b(?:\[[0-9;]*[ABCDGHJKPXbdr@]|\[[0-9;]*[LMST]|\[\?(?:1|7|12|25|1000|1002|1006|1049|2004|2026)(?:;(?:7|12|25))*[hl]|\[[48][hl]|\[6n|\]11;\?\x1b\\"
                 r"|\[22;0;0t|\[23;0;0t|[()][0B]|[78=>M]|\[!p)|[\x0e\x0f\x07]|\]0;fromscope[^\x1b\x07]*\x07")


def rest_of(raw):
    """What is left of an output when all is taken away that may be there; a terminal's line ends are CR LF."""
    text = raw.decode("utf-8", "surrogateescape")
    text = OWN.sub("", STYLE.sub("", LINK.sub("", text))).replace("\r", "").replace("\b", "")
    return text.encode("utf-8", "surrogateescape")


def ended(pid):
    return os.waitpid(pid, os.WNOHANG)[0] != 0


def stat_of(folder):
    """What the kernel says of a process or a thread, from its state on; None where it is gone."""
    try:
        with open(f"{folder}/stat", encoding="latin-1") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def tasks_of(pid):
    try:
        return [f"/proc/{pid}/task/{name}" for name in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []


class Terminal:
    def __init__(self, command, size, **env):
        self.out = bytearray()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLORTERM", "TMUX")}
            os.execve(command[0], command, {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": "/nonexistent", **env})

    def pump(self, quiet=0.15):
        """All that it says until it says nothing for a while."""
        while select.select([self.fd], [], [], quiet)[0]:
            try:
                chunk = os.read(self.fd, 65536)
            except OSError:
                return False
            if not chunk:
                return False
            self.out += chunk
        return True

    def wait(self, condition):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.pump() and not condition():
            pass

    def work(self):
        """CPU time of all processes of the session (ticks), and whether one of their threads would go on if it were its turn."""
        total, wants = 0, False
        for name in os.listdir("/proc"):
            words = stat_of(f"/proc/{name}") if name.isdigit() else None
            if words and int(words[3]) == self.pid:
                total += int(words[11]) + int(words[12])
                wants = wants or any(state[0] in "RD" for state in map(stat_of, tasks_of(name)) if state)
        return total, wants

    def ticks(self):
        return self.work()[0]

    def settle(self):
        """Until it neither says anything nor works, nor waits for a processor that others have; FALSE where it ended."""
        until, before = time.monotonic() + PATIENCE, -1
        while time.monotonic() < until:
            if not self.pump(0.02):
                return False
            now, wants = self.work()
            if now == before and not wants:
                return True
            before = now
        return True

    def press(self, key):
        """What it says of a key, and all that it does about it. An escape at the end may begin a longer key, and behind a paste may
        come more of it: the time in which nothing does begins when it is read, however late."""
        os.write(self.fd, key)
        more = [wait for end, wait in MORE.items() if key.endswith(end)]
        return self.settle() and (not more or self.pump(more[0]) and self.settle())

    def start(self):
        """Until the first screen; a question about the cursor is answered."""
        self.wait(lambda: len(self.out) > 100)
        if b"\x1b[6n" in self.out:
            os.write(self.fd, b"\x1b[1;2R")

    def end(self):
        """Its status; it is ended where it does not end."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.pump(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.fd)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
        return "it did not end"
