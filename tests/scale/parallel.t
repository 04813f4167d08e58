#!/usr/bin/python3
"""A work in parts on several machines, by GNU parallel over ssh: their answers together are those of one run here, to
the byte; also when a machine dies in the middle of a part, when one was never there, and when the files had to be
sent. The machines are sshd of our own on loopback addresses. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from scalelib import (PROGRAM, SCALE, Machines, Tap, corpus, folder, need, run, script, start, still, tail, wait_for)  # noqa: E402

need("parallel", "perl", "tar", "split")
tap = Tap()
place = folder()
mail = os.path.join(place, "work")
os.mkdir(mail)
COUNT = 60
names = corpus(mail, COUNT)
OPTIONS = ["--dns", "zone.dns"]
one_run = run(PROGRAM, "report", "--format", "json", "--second-opinions", "off", *OPTIONS, "--", *names, where=mail)
tap.same((0, COUNT), (one_run[0], len(one_run[1].splitlines())), "one run here: a line for each message")
ONE_RUN = still(one_run[1])
machines = Machines(place, 4)


def hosts(*logins):
    path = os.path.join(place, "hosts")
    with open(path, "w", encoding="utf-8") as out:
        out.write("# who works\n\n" + "".join(login + "\n" for login in logins))
    return path


def cut(name, listed=names, count=10):
    """A new folder of parts."""
    found = script("cut.sh", name, str(count), where=mail, typed="".join(f"{one}\n" for one in listed).encode())
    tap.same(0, found[0], f"{name}: cut into {found[2].split()[0]} parts")
    return os.path.join(mail, name)


def parallel(*words):
    return script("parallel.sh", *words, where=mail, PARALLEL_SSH=machines.ssh, PARALLEL_HOME=place)


def joined(name, want=ONE_RUN):
    status, out, said = script("join.sh", name, where=mail)
    out = still(out)
    tap.ok(status == 0 and out == want, f"{name}: the answers are those of one run", f"status {status}, {said}, "
           f"{len(out.splitlines())} lines, {len(out)} bytes, wanted {len(want)}")
    left = sorted(set(os.path.splitext(one)[1] for one in os.listdir(os.path.join(mail, name))))
    tap.ok(set(left) <= {".names", ".json", ".err", ".log", ""}, f"{name}: no half answer is left", left)


def log(name):
    """Of each attempt: (machine, exit status, signal)."""
    with open(os.path.join(mail, name, "parallel.log"), encoding="utf-8") as text:
        return [(row[1], int(row[6]), int(row[7])) for row in (line.rstrip("\n").split("\t") for line in text)
                if row[0] != "Seq"]


# ---- a machine that dies with a part half done ----
# Its first part is well; in the second it stops after three messages, until it is killed. Till then the others wait, or
# there may be no second one.
STALLS = (f'[ "$1" = --version ] && exec {PROGRAM} "$@"\n'
          'if mkdir "$HOME/first" 2>/dev/null; then\n'
          f'    exec {PROGRAM} "$@"\nfi\n'
          f'{PROGRAM} "$@" | head -n 3\ntouch "$HOME/half"\nexec sleep 1000')


def killed(name, number, *words):
    """Machine `number` dies while it has a part half done; one was never there; the others do it all."""
    half = os.path.join(machines.homes[number - 1], "half")
    machines.program(number, STALLS)
    for other in (1, 4):
        machines.program(other, f'[ "$1" = --version ] || until [ -e {half} ] || [ ! -d "$HOME" ]; do sleep 0.05; done\nexec {PROGRAM} "$@"')
    cut(name)
    out = os.path.join(place, name + ".out")
    child = start("sh", os.path.join(SCALE, "parallel.sh"), *words, hosts("1/m1", f"1/m{number}", "1/m9", "2/m4"), name,
                  "report", *OPTIONS, where=mail, log=out, PARALLEL_SSH=machines.ssh, PARALLEL_HOME=place, FROMSCOPE="fromscope")
    wait_for(lambda: os.path.exists(half) or child.poll() is not None, "a part that is half done")
    tap.ok(child.poll() is None, f"{name}: a machine is in the middle of a part", tail(out))
    machines.die(number)
    wait_for(lambda: child.poll() is not None, "the end of parallel.sh")
    tap.ok(child.returncode == 0, f"{name}: it died, and all parts are done", tail(out))
    joined(name)


killed("killed", 2)
attempts = log("killed")
tap.ok(len({host for host, status, _ in attempts if status == 0}) > 1, "… by several machines", attempts)
tap.ok(any(host == "m2" and status == 0 for host, status, _ in attempts), "… one by that machine, before", attempts)

# ---- given again ----
before = os.stat(os.path.join(mail, "killed", "000003.json")).st_mtime_ns
os.unlink(os.path.join(mail, "killed", "000005.json"))
status = parallel(hosts("1/m1"), "killed", "report", *OPTIONS)[0]
tap.same((0, before), (status, os.stat(os.path.join(mail, "killed", "000003.json")).st_mtime_ns),
         "given again: what is there stays")
joined("killed")
tap.same(1, len(log("killed")), "… and what is missing is done")
status, _, said = parallel(hosts("1/m1"), "killed", "report", "--offline")
tap.ok(status == 2 and "other options" in said, "other options do not mix with them", said)

# ---- machines that see nothing of ours: the files are sent ----
killed("sent", 3, "-t")
tap.same([], [name for home in (machines.homes[0], machines.homes[3]) for name in os.listdir(home)
              if name not in ("bin", "enter")], "sent: nothing is left on the machines")

# ---- what cannot be done is told, and nothing of it is taken for done ----
machines.program(1, 'case " $* " in *000002*) kill -9 $$ ;; esac\nexec ' + PROGRAM + ' "$@"')
cut("deadly")
status, _, said = script("parallel.sh", hosts("1/m1"), "deadly", "report", *OPTIONS, where=mail, PARALLEL_SSH=machines.ssh,
                         PARALLEL_HOME=place, FROMSCOPE="fromscope")
tap.ok(status != 0 and "1 of 6 parts are missing" in said, "a part that kills the program each time is missing", said)
status, out, said = script("join.sh", "deadly", where=mail)
tap.same((1, b""), (status, out), "… and the others are not joined without it")
machines.program(1, f'exec {PROGRAM} "$@"')
tap.same(0, parallel(hosts("1/m1"), "deadly", "report", *OPTIONS)[0], "mended: the same command does the rest")
joined("deadly")
machines.program(4, "echo fromscope 0.0.9")
status, _, said = script("parallel.sh", hosts("1/m1", "1/m4"), "deadly", "report", *OPTIONS, where=mail,
                         PARALLEL_SSH=machines.ssh, PARALLEL_HOME=place, FROMSCOPE="fromscope")
tap.ok(status == 2 and "different versions" in said, "machines with different versions do not work together", said)
status, _, said = parallel(hosts("1/m9"), "deadly", "report", *OPTIONS)
tap.ok(status == 2 and "no machine" in said, "none is there", said)
tap.end()
