"""A program on a terminal of its own, under a session leader that sees it stop, end, and leave things behind.
SPDX-License-Identifier: MIT"""
import ctypes
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

PATIENCE = float(os.environ.get("PATIENCE", "40"))
SUBREAPER = 36
JOB_SIGNALS = (signal.SIGTTOU, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
# What curses and the program send: CSI, links and the clipboard (OSC 8, 52), colors put back, sets of characters.
SEQUENCE = re.compile(rb"\x1b(?:\[([<=>?]?)([\d;:]*)[ -/]*([@-~])|\](?:8|52);[^\x07\x1b]*(?:\x07|\x1b\\)|\]11;\?\x1b\\|\]R|\]104\x07|[()*+][0-9A-Z]|[78=>MDEHc])")
FOREIGN = re.compile("[\x00-\x07\x10-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# As they must be in the end: nothing of it is left switched the other way.
MODES = {"?1049": False, "?2004": False, "?1000": False, "?1006": False, "8": True, "?25": True}


def lead(command, environment, folder, told, tell):
    """In the child: runs the program in a group of its own, and tells of stops and of its end."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    for number in JOB_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    before = termios.tcgetattr(0)
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in JOB_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        os.chdir(folder)
        os.closerange(3, 64)
        os.execve(command[0], command, environment)
    os.write(tell, b"P %d\n" % pid)
    while True:
        status = os.waitpid(pid, os.WUNTRACED)[1]
        same = termios.tcgetattr(0) == before
        if not os.WIFSTOPPED(status):
            break
        os.write(tell, b"S %d\n" % same)
        one = os.read(told, 1) == b"1"
        os.tcsetpgrp(0, pid)
        (os.kill if one else os.killpg)(pid, signal.SIGCONT)
    ended = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
    os.write(tell, b"E %d %d %d\n" % (ended, same, children_left()))


def children_left():
    for _ in range(100):
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
        except ChildProcessError:
            return 0
    return 1


class Driver:
    """`end`: (status, terminal restored, child left), or None while it runs."""

    def __init__(self, command, environment, folder, size):
        told, self.control = os.pipe()
        self.news, tell = os.pipe()
        self.program, self.end, self.stops, self.heard, self.out, self.faults = None, None, [], b"", bytearray(), []
        self.leader, self.fd = pty.fork()
        if self.leader == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                lead(command, environment, folder, told, tell)
            finally:
                os._exit(0)
        os.close(told)
        os.close(tell)
        number = struct.unpack("i", fcntl.ioctl(self.fd, 0x80045430, b"\0" * 4))[0]    # TIOCGPTN
        self.slave = os.open(f"/dev/pts/{number}", os.O_RDWR | os.O_NOCTTY)
        os.set_blocking(self.fd, False)
        while self.program is None:
            self.pump(0.05)

    def pump(self, seconds):
        for fd in select.select([self.news, self.fd], [], [], seconds)[0]:
            chunk = os.read(fd, 65536)
            if fd == self.fd:
                self.out += chunk
                continue
            *lines, self.heard = (self.heard + chunk).split(b"\n")
            for kind, *words in (line.split() for line in lines):
                numbers = tuple(map(int, words))
                if kind == b"P":
                    self.program = numbers[0]
                elif kind == b"S":
                    self.stops.append(numbers[0])
                else:
                    self.end = numbers

    def idle(self):
        """It took what was typed, and sleeps."""
        try:
            with open(f"/proc/{self.program}/stat", encoding="latin-1") as file:
                state = file.read().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        unread = struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0]
        return bool(self.stops) or state in "ZX" or (state == "S" and unread == 0)

    def settle(self, what):
        until, quiet = time.monotonic() + PATIENCE, 0
        while self.end is None and quiet < 2:
            before = len(self.out)
            self.pump(0.005)
            quiet = quiet + 1 if self.idle() and len(self.out) == before else 0
            if time.monotonic() > until:
                raise TimeoutError(f"no answer to {what!r}")
        if self.stops:
            if not self.stops.pop():
                self.faults.append("stopped, and the terminal is not as it was")
            # A shell wakes the whole job, others one process. Before the screen is there Ctrl-Z stops each process by itself: the first
            # could not wake the others.
            os.write(self.control, b"1" if b"\x1b[?1049h" in self.out else b"g")
            self.settle("fg")

    def press(self, keys):
        rest = keys
        while rest and self.end is None:
            try:
                rest = rest[os.write(self.fd, rest):]
            except BlockingIOError:
                self.pump(0.01)
        self.settle(keys[:60])

    def resize(self, size):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def rest(self, seconds):
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.pump(left)

    def wait(self):
        until = time.monotonic() + PATIENCE
        while self.end is None and time.monotonic() < until:
            self.pump(0.02)
        return self.end

    def close(self):
        if self.end is None:
            os.kill(self.program, signal.SIGKILL)
            self.wait()
        for _ in range(3):
            self.pump(0.01)
        os.waitpid(self.leader, 0)
        for fd in (self.fd, self.slave, self.control, self.news):
            os.close(fd)


def faults_of(out):
    """What reached the terminal and should not have, and what was left switched on."""
    rest, at, modes, found = bytearray(), 0, {}, []
    for match in SEQUENCE.finditer(out):
        rest += out[at:match.start()]
        at = match.end()
        for mode in (match[2] or b"").split(b";") if match[3] in (b"h", b"l") else ():
            modes[(match[1] + mode).decode()] = match[3] == b"h"
    text = (bytes(rest) + out[at:]).decode("utf-8", "replace").translate({0: None, 0x0E: None, 0x0F: None})
    for pattern, name in ((FOREIGN, "a character"), (re.compile("\x1b"), "a sequence")):
        match = pattern.search(text)
        if match:
            found.append(f"{name} that is not the program's: {text[max(match.start() - 40, 0):match.end() + 40]!r}")
    for words in ("Sanitizer", "runtime error", "CRITICAL **", "WARNING **"):
        if words in text:
            found.append(text[text.index(words) - 100:][:1500])
    return found + [f"mode {mode} is left" for mode, wanted in MODES.items() if modes.get(mode, wanted) != wanted]
