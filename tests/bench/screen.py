"""The program on a pseudo-terminal, timed: start to first screen, and what it does when nobody does anything.
SPDX-License-Identifier: MIT"""
import fcntl
import os
import pty
import select
import struct
import termios
import time

import measure

TERM = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
CURSOR = b"\x1b[6n"     # "where is your cursor?", to which a terminal says:
PLACE = b"\x1b[1;2R"


def spawn(command, width=80, height=24):
    """As a shell in a terminal would: standard streams on the terminal, in a session of its own. No fork of this large
    process is in the measured time."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    name = os.ttyname(slave)
    env = {k: v for k, v in os.environ.items() if k not in ("COLORTERM", "NO_COLOR", "TMUX")}
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, {**env, **TERM}, setsid=True, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)])
    os.close(slave)
    return pid, master, start


def read_until(master, words, answers, patience=20):
    """All bytes until every word was there, answering like a terminal; None where they never came."""
    seen, end, due = b"", time.monotonic() + patience, answers
    while time.monotonic() < end:
        if not select.select([master], [], [], 0.5)[0]:
            continue
        try:
            chunk = os.read(master, 65536)
        except OSError:
            return None
        seen += chunk
        if due and CURSOR in seen:
            os.write(master, PLACE)
            due = False
        if all(word in seen for word in words):
            return seen
    return None


def leave(pid, master):
    """q, and whatever it still says."""
    os.write(master, b"q")
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if select.select([master], [], [], 0.01)[0]:
            try:
                os.read(master, 65536)
            except OSError:
                pass
        if os.waitpid(pid, os.WNOHANG)[0]:
            break
    else:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    os.close(master)


def first_screen(command, answers=True):
    """Seconds from the start to the last row of the first screen."""
    pid, master, start = spawn(command)
    seen = read_until(master, [b"fromscope", b"quit"], answers)
    took = time.perf_counter() - start
    leave(pid, master)
    if seen is None:
        raise SystemExit("the first screen never came")
    return took


def run_there(command):
    """Seconds that a command takes that prints something and ends, on such a terminal, too."""
    pid, master, start = spawn(command)
    os.waitpid(pid, 0)
    took = time.perf_counter() - start
    os.close(master)
    return took


def ticks(pid):
    """CPU of a process so far, its children's that are gone, too, in clock ticks."""
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        return sum(int(n) for n in stat.read().rpartition(")")[2].split()[11:15])


def switches(pid):
    """How often it was woken."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)


def idle(command, seconds):
    """(ticks, wake-ups) in so many seconds in which nobody does anything, some time after the first screen."""
    pid, master, _ = spawn(command)
    if read_until(master, [b"fromscope", b"quit"], True) is None:
        raise SystemExit("the first screen never came")
    read_until(master, [b"never shown"], False, 2)      # second opinions, the answer about widths
    before = ticks(pid), switches(pid)
    time.sleep(seconds)
    after = ticks(pid), switches(pid)
    leave(pid, master)
    return after[0] - before[0], after[1] - before[1]


class Opened:
    """A mailbox on the screen: seconds to the first list, seconds until nothing is done any more, MB of all processes."""

    def __init__(self, first, whole, memory):
        self.first, self.whole, self.memory = first, whole, memory


def settled(pid, master, start, quiet=0.7, patience=300):
    """Seconds from the start to the last clock tick that was used, reading what is written meanwhile."""
    used, last = -1, time.perf_counter()
    while time.perf_counter() - last < quiet and time.perf_counter() - start < patience:
        if select.select([master], [], [], 0.01)[0]:
            try:
                os.read(master, 65536)
            except OSError:
                break
        now = sum(ticks(one) for one in measure.family(pid) if os.path.exists(f"/proc/{one}"))
        if now != used:
            used, last = now, time.perf_counter()
    return last - start


def mailbox(command, first_row):
    """The program with a mailbox; every message is in its list when it rests. `first_row`: what its first row says."""
    pid, master, start = spawn(command)
    watch = measure.Watch(pid, 0.005)
    seen = read_until(master, [b"fromscope", b"quit", first_row], True)
    first = time.perf_counter() - start
    whole = settled(pid, master, start)
    watch.stop()
    leave(pid, master)
    if seen is None:
        raise SystemExit("the first screen never came")
    return Opened(first, whole, watch.all)


class Counted:
    """A survey on the screen: seconds until all are judged, and of each key meanwhile until it was seen."""

    def __init__(self, seconds, keys):
        self.seconds, self.keys = seconds, keys


def drain(master, seconds):
    """What is written meanwhile."""
    seen, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([master], [], [], 0.01)[0]:
            seen += os.read(master, 65536)
    return seen


def typed(master):
    """Seconds until a letter stands in the line for a search, which nothing else writes."""
    os.write(master, b"/")
    drain(master, 0.03)
    start, seen = time.perf_counter(), b""
    os.write(master, b"#")
    while b"#" not in seen and time.perf_counter() - start < 5:
        if select.select([master], [], [], 0.5)[0]:
            seen += os.read(master, 65536)
    took = time.perf_counter() - start
    os.write(master, b"\x1b")
    return took, seen


def counted(command, first_row, messages, keys=False, patience=600):
    """The program with a mailbox, all of it judged for its survey. `keys`: with somebody at the keyboard."""
    pid, master, _ = spawn(command, 120)
    whole = f"judged: {messages:,}".encode()
    if read_until(master, [b"fromscope", b"quit", first_row], True) is None:
        raise SystemExit("the first screen never came")
    drain(master, 1)
    start, seen, took = time.perf_counter(), b"", []
    os.write(master, b"W")
    while whole not in seen and time.perf_counter() - start < patience:
        seen = seen[-64:] + drain(master, 0.02)
        if keys and len(took) < 40 and whole not in seen:
            one, more = typed(master)
            took.append(one)
            seen += more + drain(master, 0.1)
    seconds = time.perf_counter() - start
    leave(pid, master)
    if whole not in seen:
        raise SystemExit("the survey never ended")
    return Counted(seconds, took)


def mutt(path):
    """mutt with the same mailbox, nobody's configuration: its list comes when it has read all."""
    pid, master, start = spawn(["mutt", "-n", "-F", "/dev/null", "-e", f"set folder={os.path.dirname(path)}", "-R", "-f", path])
    watch = measure.Watch(pid, 0.005)
    seen = read_until(master, [b"q:Quit", b"Msgs:"], True, 120)
    whole = time.perf_counter() - start
    watch.stop()
    os.write(master, b"x")
    leave(pid, master)
    if seen is None:
        raise SystemExit("mutt never showed its list")
    return Opened(whole, whole, watch.one)
