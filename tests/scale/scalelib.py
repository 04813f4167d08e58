"""What the tests of doc/scale share: a corpus of messages, machines reached by ssh, processes that are ended by id.
SPDX-License-Identifier: MIT"""
import atexit
import ctypes
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "check"))
from checklib import PROGRAM, Tap  # noqa: E402,F401

SCALE = os.path.join(ROOT, "doc", "scale")
# Debian's place for servers; not everybody's PATH has it.
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
PATIENCE = 120


def skip(reason):
    print(f"1..0 # SKIP {reason}")
    raise SystemExit(0)


def which(tool):
    return shutil.which(tool, path=PATH)


def need(*tools):
    """Skips the whole test where one is missing."""
    missing = [tool for tool in tools if not which(tool)]
    if missing:
        skip("not installed: " + ", ".join(missing))


def folder():
    """Removed at the end, with what is in it. Others may look in: servers run as users of their own."""
    place = tempfile.mkdtemp(prefix="fromscope-scale-")
    os.chmod(place, 0o755)
    atexit.register(shutil.rmtree, place, True)
    return place


def environment(**more):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PARALLEL", "SLURM", "PG"))}
    return {**kept, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "TZ": "UTC", "PATH": PATH, "FROMSCOPE": PROGRAM,
            "XDG_CONFIG_HOME": "/nonexistent", **more}


def run(*command, where=None, typed=b"", **more):
    """(status, standard output, standard error)"""
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, cwd=where, input=typed,
                          env=environment(**more))
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def script(name, *words, **more):
    return run("sh", os.path.join(SCALE, name), *words, **more)


def wait_for(what, name):
    """Until what() is true; the test fails where that never comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    print(f"not ok - waited in vain for {name}", flush=True)
    raise SystemExit(1)


def free_port(address="127.0.0.1"):
    with socket.socket() as door:
        door.bind((address, 0))
        return door.getsockname()[1]


# ---- processes, by their ids ----

def parents():
    """{process: its parent}"""
    found = {}
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                found[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            pass
    return found


def descendants(pid):
    found, known = [pid], parents()
    for one in found:
        found += [child for child, parent in known.items() if parent == one]
    return found


def kill_tree(pid, number=signal.SIGKILL):
    """A machine that loses its power: all that it runs is gone at once."""
    tree = descendants(pid)
    for one in tree:
        try:
            os.kill(one, signal.SIGSTOP)
        except OSError:
            pass
    for one in dict.fromkeys(tree + descendants(pid)):
        try:
            os.kill(one, number)
        except OSError:
            pass


def end_with_us():
    """In a child: it does not outlive the test, however that ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


# Whoever ends the test ends what it started.
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: sys.exit(1))


def start(*command, log, where=None, as_user=None, **more):
    """A server in the foreground; it is gone at the end. `as_user`: Popen's words for somebody else."""
    with open(log, "ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=where,
                                 env=environment(**more), start_new_session=True, preexec_fn=end_with_us,
                                 **(as_user or {}))

    def stop():
        if child.poll() is None:
            kill_tree(child.pid)
            child.wait()
    atexit.register(stop)
    return child


def tail(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as text:
            return text.read()[-3000:]
    except OSError as fault:
        return str(fault)


# ---- messages ----

ZONE = ";! snapshot 1\n;! taken 2026-09-01T00:00:00Z\n;! complete .\n" + "".join(
    f'd{k}.example. 300 IN TXT "v=spf1 ip4:192.0.2.0/25 -all"\n_dmarc.d{k}.example. 300 IN TXT "v=DMARC1; p=reject"\n'
    for k in range(5))
NAMES = ["plain", "with space", "it's", 'a"quote', "$(echo no)", "naïve", "日本", "-dash", "semi;colon", "back\\slash",
         "star*", "{}", "{%}"]


def message(number, more=""):
    """Some pass by SPF, some do not; each can be told from all others."""
    return (f"Return-Path: <bounce@d{number % 5}.example>\n"
            f"Received: from out.d{number % 5}.example (out.d{number % 5}.example [192.0.2.{number % 250 + 1}])\n"
            f"\tby mx.example.net with ESMTPS id x{number}; Tue, 1 Sep 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\n"
            f"From: Ann <ann@d{number % 7 % 5}.example>\nTo: bob@example.net\nSubject: Message {number}\n"
            f"Date: Tue, 1 Sep 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\nMessage-ID: <{number}@d.example>\n"
            f"{more}\nText {number}.\n")


def corpus(place, count, zone=True):
    """`count` messages below `place`/mail, and `place`/names, a list of them; names of all sorts."""
    names = []
    for number in range(count):
        where = os.path.join("mail", str(number % 3))
        os.makedirs(os.path.join(place, where), exist_ok=True)
        names.append(os.path.join(where, f"{number:05} {NAMES[number % len(NAMES)]}.eml"))
        with open(os.path.join(place, names[-1]), "w", encoding="utf-8") as out:
            out.write(message(number))
    if zone:
        with open(os.path.join(place, "zone.dns"), "w", encoding="utf-8") as out:
            out.write(ZONE)
    with open(os.path.join(place, "names"), "w", encoding="utf-8") as out:
        out.write("".join(name + "\n" for name in names))
    return names


def mailbox(path, count):
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            out.write("From bounce@example.com Tue Sep  1 10:00:00 2026\n" + message(number) + "\n")


def still(output):
    """How long a question took is measured: all else of a report is the same each time."""
    return re.sub(rb'"ms":[0-9.]+', b'"ms":0', output)


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


# ---- machines ----

class Machines:
    """A few sshd of our own on loopback addresses, each with a home, a program and a log of its own; nothing of this
    machine's configuration of ssh is read or written."""

    def __init__(self, place, count):
        need("sshd", "ssh", "ssh-keygen")
        self.place = place
        self.user = pwd.getpwuid(os.getuid())
        if self.user.pw_shell.endswith(("nologin", "false")):
            skip(f"{self.user.pw_name} has no shell to log in with")
        for key in ("client", "server"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(place, key)], check=True)
        if os.getuid() == 0 and not os.path.isdir("/run/sshd"):
            # An empty folder that the package's service makes at each start. It stays: another test may need it by now.
            os.makedirs("/run/sshd", 0o755, exist_ok=True)
        self.homes, self.servers, self.ports = [], [], []
        for number in range(1, count + 1):
            self.add(number)
        self.write_client()
        wait_for(lambda: all(self.answers(number) for number in range(1, count + 1)), "sshd\n" + tail(self.log(1)))

    def log(self, number):
        return os.path.join(self.place, f"sshd{number}.log")

    def add(self, number):
        home = os.path.join(self.place, f"home{number}")
        os.makedirs(os.path.join(home, "bin"))
        enter = os.path.join(home, "enter")
        with open(enter, "w", encoding="utf-8") as out:
            out.write(f"#!/bin/sh\nexport HOME='{home}' PATH='{home}/bin:{PATH}' LC_ALL=C.UTF-8 TMPDIR='{home}'\n"
                      f"cd '{home}' && exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n")
        os.chmod(enter, 0o755)
        port = free_port(f"127.0.0.{number}")
        config = os.path.join(self.place, f"sshd{number}.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(f"ListenAddress 127.0.0.{number}\nPort {port}\nHostKey {self.place}/server\nPidFile none\n"
                      f"AuthorizedKeysFile {self.place}/client.pub\nStrictModes no\nUsePAM no\nUseDNS no\n"
                      "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
                      f"MaxStartups 100\nForceCommand {enter}\n")
        self.homes.append(home)
        self.ports.append(port)
        self.program(number, f'exec {PROGRAM} "$@"')
        self.servers.append(start(which("sshd"), "-D", "-e", "-f", config, log=self.log(number)))

    def program(self, number, text):
        """What `fromscope` is on that machine."""
        path = os.path.join(self.homes[number - 1], "bin", "fromscope")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"#!/bin/sh\n{text}\n")
        os.chmod(path, 0o755)

    def write_client(self):
        with open(os.path.join(self.place, "known"), "w", encoding="utf-8") as out:
            with open(os.path.join(self.place, "server.pub"), encoding="utf-8") as key:
                out.write("machine " + key.read())
        with open(os.path.join(self.place, "ssh.conf"), "w", encoding="utf-8") as out:
            for number, port in enumerate(self.ports, 1):
                out.write(f"Host m{number}\n  HostName 127.0.0.{number}\n  Port {port}\n")
            out.write(f"Host *\n  User {self.user.pw_name}\n  IdentityFile {self.place}/client\n  IdentitiesOnly yes\n"
                      f"  BatchMode yes\n  UserKnownHostsFile {self.place}/known\n  HostKeyAlias machine\n"
                      "  GlobalKnownHostsFile /dev/null\n  LogLevel ERROR\n")
        self.ssh = f"ssh -F {self.place}/ssh.conf"

    def answers(self, number):
        if self.servers[number - 1].poll() is not None:
            raise SystemExit(f"1..0 # SKIP sshd does not start here: {' '.join(tail(self.log(number)).split())}")
        return run(*self.ssh.split(), f"m{number}", "true")[0] == 0

    def die(self, number):
        kill_tree(self.servers[number - 1].pid)
        self.servers[number - 1].wait()
