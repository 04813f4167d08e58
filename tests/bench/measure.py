"""How the benches measure: whole processes, in turn with a yardstick, medians; CPU time; memory that is nobody else's.
SPDX-License-Identifier: MIT"""
import os
import platform
import re
import statistics
import subprocess
import threading
import time


class Failed(Exception):
    """A command that ended with a status that was not expected."""


def start(command, out=os.devnull, stdin=os.devnull):
    """No fork of this large process is in the measured time."""
    return os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)])


def once(command, out=os.devnull):
    """Seconds from start to end."""
    begin = time.perf_counter()
    status = os.waitpid(start(command, out), 0)[1]
    took = time.perf_counter() - begin
    if status:
        raise Failed(f"{command[:6]}: status {status}")
    return took


def cpu(command):
    """Seconds of CPU, of its children, too."""
    _, status, used = os.wait4(start(command), 0)
    if status:
        raise Failed(f"{command[:6]}: status {status}")
    return used.ru_utime + used.ru_stime


def together(commands):
    """Seconds until the last of several that were started at once has ended."""
    begin = time.perf_counter()
    states = [os.waitpid(pid, 0)[1] for pid in [start(command) for command in commands]]
    if any(states):
        raise Failed(f"{commands[0][:6]}: status {states}")
    return time.perf_counter() - begin


def pair(ours, theirs, runs):
    """Medians and the median of the ratios, run by run in turn: (ours, theirs, ours / theirs)."""
    ours(), theirs()
    a, b = zip(*[(ours(), theirs()) for _ in range(runs)])
    return statistics.median(a), statistics.median(b), statistics.median(x / y for x, y in zip(a, b))


def family(pid):
    """A process and all that it started."""
    found = [pid]
    for one in found:
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children", encoding="ascii") as children:
                    found += [int(child) for child in children.read().split()]
        except OSError:
            continue
    return found


def rss_anon(pid):
    """In MB, now: a mapped file that is only read does not count. What parent and child share counts for both."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("RssAnon")), 0) / 1024
    except OSError:
        return 0


class Watch(threading.Thread):
    """Looks at a process and its children until stop(): most of one process, most of all together."""

    def __init__(self, pid, every=0.002):
        super().__init__(daemon=True)
        self.pid, self.every, self.ended = pid, every, threading.Event()
        self.one = self.all = self.processes = 0
        self.start()

    def run(self):
        while not self.ended.wait(self.every):
            each = [rss_anon(pid) for pid in family(self.pid)]
            self.one, self.all = max([self.one] + each), max(self.all, sum(each))
            self.processes = max(self.processes, len(each))

    def stop(self):
        self.ended.set()
        self.join()
        return self


def memory(command, allowed=(0,)):
    """Most anonymous memory while it runs: (one process, all together), in MB."""
    pid = start(command)
    watch = Watch(pid)
    status = os.waitpid(pid, 0)[1]
    watch.stop()
    if os.waitstatus_to_exitcode(status) not in allowed:
        raise Failed(f"{command[:6]}: status {status}")
    return watch.one, watch.all


def load():
    return os.getloadavg()[0]


def first_line(command, pattern=r"[0-9]+\.[0-9][0-9A-Za-z.~+-]*"):
    """The version that a program says; None where it is not installed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=60, check=False)
    except OSError:
        return None
    found = re.search(pattern, done.stdout + done.stderr)
    return found.group() if found else "?"


def machine():
    """Processor, cores, system, compiler and libraries, in a line."""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as info:
        model = re.search(r"^model name\s*: (.*)$", info.read(), re.M)
    try:
        with open("/etc/os-release", encoding="utf-8") as release:
            system = re.search(r'^PRETTY_NAME="(.*)"$', release.read(), re.M).group(1)
    except (OSError, AttributeError):
        system = platform.system()
    return (f"{model.group(1).strip() if model else platform.machine()}, {os.cpu_count()} cores, {system}, "
            f"Linux {platform.release().split('-')[0]}, GCC {first_line(['gcc', '-dumpfullversion'])}, "
            f"GLib {first_line(['pkg-config', '--modversion', 'glib-2.0'])}, OpenSSL {first_line(['openssl', 'version'])}")
