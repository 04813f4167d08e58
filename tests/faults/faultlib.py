"""What the tests of faults share: the library that makes calls fail, processes seen from outside, a terminal, TAP.
FAULTS=torture: everything at full size. SPDX-License-Identifier: MIT"""
import ctypes
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(os.environ["FROMSCOPE"])
BUILD = os.path.abspath(os.environ.get("BUILD") or os.path.dirname(PROGRAM))
TORTURE = os.environ.get("FAULTS") == "torture"
SEED = int(os.environ.get("SEED", "8"))
PATIENCE = float(os.environ.get("PATIENCE", "60"))
SAMPLES = os.path.join(ROOT, "samples")
PROCESSES = 1000


def sized(small, full):
    """A number for `make check`, one for `make torture`."""
    return full if TORTURE else small


# ---- TAP ----

class Tap:
    """`tally`: what `make torture` shows in its table."""

    def __init__(self):
        self.count, self.failed, self.tally = 0, 0, {}

    def check(self, good, name, *got):
        self.count += 1
        self.failed += not good
        print(f"{'' if good else 'not '}ok {self.count} - {name}", flush=True)
        if not good:
            for piece in got[:20]:
                print(f"#   {str(piece)[:1200]}", flush=True)

    def same(self, got, want, name):
        self.check(got == want, name, f"got {got!r}", f"not {want!r}")

    def add(self, what, number=1):
        self.tally[what] = self.tally.get(what, 0) + number

    def end(self):
        for what, number in self.tally.items():
            print(f"# faults: {what}: {number}")
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


# ---- the library ----

def library():
    """Its path, built anew where its source is newer; None where it cannot be loaded (a sanitizer wants to be the first)."""
    source, path = os.path.join(HERE, "faults.c"), os.path.join(BUILD, "faults.so")
    if not os.path.exists(path) or os.path.getmtime(path) < os.path.getmtime(source):
        made = f"{path}.{os.getpid()}"
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-fno-builtin", "-o", made, source, "-ldl", "-pthread"], check=True)
        os.rename(made, path)
    run = subprocess.run([PROGRAM, "--version"], env={**os.environ, "LD_PRELOAD": path}, capture_output=True, check=False)
    return path if run.returncode == 0 and not run.stderr else None


class Book:
    """What the processes of a run wrote down (faults.c)."""

    def __init__(self, path):
        with open(path, "rb") as stream:
            data = stream.read()
        self.number, self.files, self.bytes, self.flushed = struct.unpack_from("IILL", data)
        self.processes = [struct.unpack_from("II", data, 24 + 8 * i) for i in range(min(self.number, PROCESSES))]

    @staticmethod
    def fresh(path):
        with open(path, "wb") as out:
            out.write(bytes(24 + 8 * PROCESSES))


# ---- processes ----

def processes_of(session):
    """(pid, state, name, parent) of those of a session, zombies too."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", encoding="latin-1") as stream:
                head, tail = stream.read().rsplit(")", 1)
        except OSError:
            continue
        fields = tail.split()
        if int(fields[3]) == session:
            found.append((int(entry), fields[0], head.split("(", 1)[1], int(fields[1])))
    return found


def adopt():
    """Orphans become children of this process, so that each is seen, and reaped, here."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)     # PR_SET_CHILD_SUBREAPER


def reap(session):
    """Orphans that ended: their parent is gone, and did not fail to."""
    for pid, state, _, parent in processes_of(session):
        if state == "Z" and parent == os.getpid() and pid != session:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass


def left_behind(session, seconds=2.0):
    """Those that are still there so long after its leader has ended, zombies too."""
    end = time.monotonic() + seconds * (5 if BUILD.endswith("asan") else 1)
    while True:
        reap(session)
        found = processes_of(session)
        if not found or time.monotonic() > end:
            return found
        time.sleep(0.01)


def kill_session(session):
    for pid, _, _, _ in processes_of(session):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    reap(session)


def default_signals():
    """A shell's background, or nohup, has us ignore some, which programs inherit."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


# ---- a folder with all that a run may touch ----

class Place:
    """Home, configuration, state and temporary files of runs, and their messages; removed in the end."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="faults-")
        for name in ("tmp", "home", "config", "state", "mail"):
            os.mkdir(self.path(name))
        self.book = self.path("book")
        self.random = random.Random(SEED)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def sample(self, name, folder="mail"):
        """A copy, with its snapshot beside it."""
        target = self.path(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        stem = os.path.splitext(name)[0]
        shutil.copy(os.path.join(SAMPLES, name), target)
        if os.path.exists(os.path.join(SAMPLES, stem + ".dns")):
            shutil.copy(os.path.join(SAMPLES, stem + ".dns"), self.path(folder, stem + ".dns"))
        return target

    def write(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data)
        return path

    def environment(self, **more):
        env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLORTERM", "TMUX", "LANG", "LANGUAGE", "LINES", "COLUMNS")}
        env.update(HOME=self.path("home"), XDG_CONFIG_HOME=self.path("config"), XDG_STATE_HOME=self.path("state"),
                   TMPDIR=self.path("tmp"), LC_ALL="C.UTF-8", TERM="xterm-256color", G_DEBUG="")
        env.update(more)
        return {k: v for k, v in env.items() if v is not None}

    def run(self, *words, stdin=b"", timeout=PATIENCE, program=PROGRAM, **more):
        """What came of it, with `.session`."""
        start = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True,
                 "env": self.environment(**more), "cwd": self.path("mail")}
        process = subprocess.Popen([program, *words], **start)
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            kill_session(process.pid)
            out, err = process.communicate()
            err += b"\nit did not end"
            return Done(process.pid, "no end", out, err)
        return Done(process.pid, process.returncode, out, err)

    def strays(self):
        """Temporary files, and hidden ones beside what was saved."""
        found = list(os.listdir(self.path("tmp")))
        for top in ("mail", "state", "config", "home"):
            for base, _, names in os.walk(self.path(top)):
                found += [os.path.join(base, name) for name in names if is_stray(name)]
        return found

    def remove(self):
        subprocess.run(["chmod", "-R", "u+rwx", self.folder], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def mailbox(count, body=b"Hello.\n", author=b"ann@example.com"):
    """So many messages; %d in the author's address is their number."""
    mails = []
    for i in range(count):
        address = author % i if b"%" in author else author
        mails.append(b"From ann@example.com Mon Jan  5 10:00:00 2026\nFrom: Ann <" + address + b">\nSubject: %d\n\n" % i + body + b"\n")
    return b"".join(mails)


def is_stray(name):
    """GLib writes NAME.XXXXXX, we .NAME.XXXXXX, others NAME~ or NAME.tmp."""
    stem, _, end = name.rpartition(".")
    return name.startswith(".") or name.endswith(("~", ".tmp", ".new")) or (len(end) == 6 and stem and end.isalnum() and end != "fromscope"
                                                                          and end.upper() == end)


class Done:
    def __init__(self, session, status, out, err):
        self.session, self.status, self.out, self.err = session, status, out, err

    def __repr__(self):
        return f"status {self.status}, {len(self.out)} bytes {self.out[-200:]!r}, error {self.err[-400:]!r}"


# ---- a terminal ----

class Terminal:
    """A pty and what ran on it; knows whether it was left as it was found."""

    def __init__(self, place, words, size=(80, 24), program=PROGRAM, **more):
        self.out = bytearray()
        self.fd, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.found = termios.tcgetattr(side)
        self.side = side        # kept open, so that its modes can be asked afterwards
        self.status = None

        def own_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        self.process = subprocess.Popen([program, *words], stdin=side, stdout=side, stderr=side, env=place.environment(**more),
                                        cwd=place.path("mail"), preexec_fn=own_terminal, close_fds=True)
        self.session = self.process.pid

    def pump(self, seconds):
        """Reads for so long; FALSE when the program is gone."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if not select.select([self.fd], [], [], max(left, 0) if left < 0.02 else 0.02)[0]:
                if self.process.poll() is not None:
                    return False
                if left <= 0:
                    return True
                continue
            try:
                piece = os.read(self.fd, 65536)
            except OSError:
                return False
            self.out += piece
            if b"\x1b[6n" in piece:
                os.write(self.fd, b"\x1b[1;2R")

    def wait(self, word, seconds=PATIENCE):
        """Whether it was written (as it is: a word within one row)."""
        end = time.monotonic() + seconds
        while word not in self.out and time.monotonic() < end and self.pump(0.05):
            continue
        return word in self.out

    def quiet(self, seconds=0.15):
        before = -1
        while before != len(self.out):
            before = len(self.out)
            if not self.pump(seconds):
                return

    def press(self, keys):
        try:
            os.write(self.fd, keys)
        except OSError:
            pass

    def leave(self, seconds=PATIENCE):
        """Out of whatever is open, then out of the program; its status. Key by key: those that come all at once count as pasted."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            for key in (b"\x1b", b"y", b"\x1b", b"q", b"y"):
                self.press(key)
                self.pump(0.1)
        return self.finish(1)

    def may_end_with(self):
        """Where the message of the command line could not be shown to the end (what read it died, its file is empty), it ends with 2."""
        return (0, 2) if b"died on this message" in self.out or b"the file is empty" in self.out else (0,)

    def finish(self, seconds=PATIENCE):
        """Its status, "no end" where it did not end by itself."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.pump(0.05)
        if self.process.poll() is None:
            kill_session(self.session)
            self.process.wait()
            self.status = "no end"
        else:
            self.status = self.process.returncode
        self.pump(0.02)
        return self.status

    def faults(self):
        """What is not as it was: modes of the line, the alternate screen, a hidden cursor, mouse, marks of pasted text."""
        found = []
        now = termios.tcgetattr(self.side)
        if now != self.found:
            found.append(f"modes of the terminal: {now[:4]} not {self.found[:4]}")
        text = bytes(self.out)
        for name, on, off in (("alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"), ("cursor", b"\x1b[?25l", b"\x1b[?25h"),
                              ("mouse", b"\x1b[?1000h", b"\x1b[?1000l"), ("paste", b"\x1b[?2004h", b"\x1b[?2004l")):
            if text.rfind(on) > max(text.rfind(off), text.rfind(b"\x1b[?12l" + off) if name == "cursor" else -1):
                found.append(f"{name} is left on")
        return found

    def close(self):
        kill_session(self.session)
        self.process.wait()
        for fd in (self.fd, self.side):
            try:
                os.close(fd)
            except OSError:
                pass
