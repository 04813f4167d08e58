#!/usr/bin/python3
"""What happens when a worker dies, when we are stopped, and what workers can do: as TAP. A library that is loaded into
the program makes it die on certain bodies; the program itself has nothing of the kind.
SPDX-License-Identifier: MIT"""
import json
import os
import signal
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from batchlib import Batch, alive, boxlib, children, end, status_of, wait_until      # noqa: E402

# memchr() looks for line ends in a file's body, memmem() for ">From " in that of a mailbox; g_malloc() and others are too early, or too often.
KILLER = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int
holds(const char *at, size_t length, const char *word)
{
    const size_t size = strlen(word);

    for (size_t i = 0; length >= size && i <= length - size; i++)
        if (at[i] == word[0] && strncmp(at + i, word, size) == 0)
            return 1;
    return 0;
}

/* Seen by all processes of a run: it is there before they are. */
static int *times;

__attribute__((constructor)) static void
begin(void)
{
    times = mmap(NULL, sizeof *times, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static void
obey(const void *bytes, size_t length)
{
    if (length <= 12 || length >= 4000 || !holds(bytes, length, "please die:"))
        return;
    if (holds(bytes, length, "please die: crash"))
        raise(SIGSEGV);
    if (holds(bytes, length, "please die: abort"))
        abort();
    if (holds(bytes, length, "please die: exit"))
        _exit(3);
    if (holds(bytes, length, "please die: once") && __atomic_fetch_add(times, 1, __ATOMIC_SEQ_CST) == 0)
        abort();
    if (holds(bytes, length, "please die: wait"))
        sleep(1000);
}

void *
memchr(const void *bytes, int byte, size_t length)
{
    static void *(*own)(const void *, int, size_t);

    if (!own)
        own = (void *(*)(const void *, int, size_t))dlsym(RTLD_NEXT, "memchr");
    if (byte == '\n')
        obey(bytes, length);
    return own(bytes, byte, length);
}

void *
memmem(const void *bytes, size_t length, const void *word, size_t size)
{
    static void *(*own)(const void *, size_t, const void *, size_t);

    if (!own)
        own = (void *(*)(const void *, size_t, const void *, size_t))dlsym(RTLD_NEXT, "memmem");
    obey(bytes, length);
    return own(bytes, length, word, size);
}
"""


def deadly(title, how):
    return boxlib.mail(title, b"please die: " + how.encode() + b"\n")


def build_killer(box):
    """Its path; None where no library can be loaded (sanitizers want to be the first)."""
    source, library = box.write("killer.c", KILLER.encode()), box.path("killer.so")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-fno-builtin", "-o", library, source, "-ldl"], check=True)
    run = subprocess.run([box.program, "--version"], env=dict(box.environment, LD_PRELOAD=library), capture_output=True, check=False)
    return library if run.returncode == 0 and not run.stderr else None


def lines_of(run):
    return [json.loads(line) for line in run.stdout.splitlines()]


def shown(reports):
    """The title of a report; how the parser died."""
    return [boxlib.titles([r])[0] if "from" in r else r["findings"][0]["text"].split(": ")[1].split(";")[0] for r in reports]


def dying(box, killer):
    want, names = [], []
    for i in range(60):
        how = {7: "crash", 20: "abort", 33: "exit", 59: "crash"}.get(i)
        names.append(box.write(f"d/{i:02}", deadly(f"D{i}", how) if how else boxlib.mail(f"D{i}")))
        want.append({"crash": "signal 11", "abort": "signal 6", "exit": "exit status 3", None: f"D{i}"}[how])
    box.environment["LD_PRELOAD"] = killer
    for jobs in (["-j", "1"], ["-j", "2"], ["-j", "7"], ["--isolate", "-j", "2"]):
        run = box.run("report", "--offline", "--format", "json", *jobs, *names)
        box.same((run.returncode, shown(lines_of(run)), run.stderr), (2, want, b""), f"four die, the others are reported: {jobs}")
    dead = lines_of(run)[7]
    box.same((list(dead), boxlib.finding_ids(dead), dead["findings"][0]["severity"], dead["source"]["path"]),
             (["format", "source", "findings"], ["parser-died"], "problem", names[7]), "as INTERFACE.md has unreadable ones")
    for form, text in (("text", "The parser died on this"), ("html", "it was confined"), ("markdown", "The parser died on this")):
        run = box.run("report", "--offline", "--format", form, *names[:12])
        box.check(run.returncode == 2 and text in run.stdout.decode() and "D11" in run.stdout.decode(), f"… in {form}",
                  run.stdout[-500:])
    run = box.run("report", "--offline", "--format", "json", names[7])
    box.same((run.returncode, shown(lines_of(run))), (2, ["signal 11"]), "alone")


def in_mailboxes(box):
    mails = [boxlib.mail(f"B{i}", b"line\n" * 150) for i in range(500)]
    want = [f"B{i}" for i in range(500)]
    for i in (31, 32, 333):      # not first, not last: opening looks at both ends, and who dies of that takes all along
        mails[i] = deadly(f"B{i}", "crash")
        want[i] = "signal 11"
    large = box.write("large.mbox", boxlib.mbox(*mails))
    small = box.write("small.mbox", boxlib.mbox(*mails[28:40]))
    for jobs in ("1", "3"):
        run = box.run("report", "--offline", "--format", "json", "-j", jobs, small, large, small)
        reports = lines_of(run)
        box.same((run.returncode, shown(reports)), (2, want[28:40] + want + want[28:40]), f"in mailboxes, -j {jobs}")
        box.same([r["source"]["index"] for r in reports], list(range(1, 13)) + list(range(1, 501)) + list(range(1, 13)),
                 "… each with its place")
    for i, mail in enumerate(mails[:40]):
        box.write(f"f/{i:02}.eml", mail)
    run = box.run("report", "--offline", "--format", "json", "-j", "2", box.path("f"))
    box.same(shown(lines_of(run)), want[:40], "in a folder")


def in_surveys(box):
    """It counts, and is told."""
    mails = [boxlib.mail(f"V{i}") for i in range(40)]
    mails[7], mails[23] = deadly("V7", "crash"), deadly("V23", "abort")
    long = [boxlib.mail(f"W{i}", b"line\n" * 150) for i in range(40)]
    long[7], long[23] = mails[7], mails[23]
    names = [box.write(f"v/{i:02}", mail) for i, mail in enumerate(mails)]
    for words in (["-j", "1", *names], ["-j", "3", *names], ["-j", "2", box.write("v.mbox", boxlib.mbox(*long))], ["--isolate", *names]):
        run = box.run("survey", "--offline", "--format", "json", *words)
        survey = json.loads(run.stdout)
        text = " ".join(fault["text"] for fault in survey["unreadable_examples"])
        box.same((run.returncode, survey["messages"], survey["unreadable"], "signal 11" in text, "signal 6" in text),
                 (2, 38, 2, True, True), f"survey: two die, 38 are counted: {words[:2]}")


def in_other_commands(box):
    one = box.write("o/one.eml", deadly("X", "crash"))
    for words in (["repair", one], ["snapshot", "--dns-server", "127.0.0.1@9", one]):
        run = box.run(*words)
        box.check(run.returncode == 2 and b"The parser died on this message: signal 11; it was confined." in run.stderr,
                  f"{words[0]}: it is said", (run.returncode, run.stderr))
    mails = [boxlib.mail(f"B{i}", b"line\n" * 150) for i in range(60)]
    mails[20], mails[41] = boxlib.mail("please die: crash"), boxlib.mail("please die: abort")
    run = box.run("survey", "--list", box.write("o/list.mbox", boxlib.mbox(*mails)))
    lines = run.stdout.decode().splitlines()
    want = [f"{i + 1}\t" + ("\t\t" if i in (20, 41) else f"2026-01-05T10:00:00Z\tB{i} <ann@example.com>\tB{i}") for i in range(60)]
    box.same((run.returncode, lines), (2, want), "survey --list: a line for each message, empty for who killed it")
    box.same([line.split(b": ")[-1] for line in run.stderr.splitlines()],
             [b"signal 11; it was confined.", b"signal 6; it was confined."], "… which is said")


def killed_in_check(box):
    """The worker waits for DNS when somebody ends it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        run = box.start("check", "--from", "ann@example.com", "--ip", "192.0.2.1", "--mail-from", "ann@example.com",
                        "--dns-timeout", "60", "--dns-server", f"127.0.0.1@{silent.getsockname()[1]}")
        silent.settimeout(30)
        silent.recv(4096)           # it has asked
        workers = [pid for pid in children(run.pid) if status_of(pid).get("Name") != "fromscope-dns"]
        box.same(len(workers), 1, "check: a worker waits for DNS")
        os.kill(workers[0], signal.SIGKILL)
        out, err = run.communicate(timeout=60)
    box.check(run.returncode == 2 and not out and b"signal 9" in err, "… and its death is said", (run.returncode, out, err))


def on_opening(box):
    """Who dies of the file itself takes all its messages along, which is said as that."""
    mails = [boxlib.mail(f"B{i}", b"line\n" * 150) for i in range(500)]
    mails[-1] = deadly("B499", "crash")
    path = box.write("o/last.mbox", boxlib.mbox(*mails))
    good = box.write("o/good.eml", boxlib.mail("good"))
    for more in (["-j", "1"], ["-j", "3"], ["--isolate"]):
        run = box.run("report", "--offline", "--format", "json", *more, good, path, good)
        reports = lines_of(run)
        box.same((run.returncode, [r["findings"][0]["id"] if "from" not in r else boxlib.titles([r])[0] for r in reports]),
                 (2, ["good", "mailbox-died", "good"]), f"a mailbox that kills whoever opens it: {more}")
        box.check("signal 11" in reports[1]["findings"][0]["text"] and reports[1]["source"]["path"] == path, "… which is named",
                  reports[1])
    run = box.run("survey", "--list", path)
    box.check(run.returncode == 2 and b"may be missing" in run.stderr, "… in a list", run.stderr)


def opened_again(box):
    """Who dies of a mailbox once, as for want of memory, costs nothing: another opens it."""
    mails = [boxlib.mail(f"B{i}", b"line\n" * 150) for i in range(500)]
    mails[-1] = deadly("B499", "once")
    path = box.write("o/once.mbox", boxlib.mbox(*mails))
    good = box.write("o/good.eml", boxlib.mail("good"))
    for more in (["-j", "1"], ["-j", "3"], ["--isolate"]):
        run = box.run("report", "--offline", "--format", "json", *more, good, path, good)
        box.same((run.returncode, run.stderr, shown(lines_of(run))), (0, b"", ["good", *(f"B{i}" for i in range(500)), "good"]),
                 f"a mailbox that kills who opens it once: nothing is lost: {more}")
    run = box.run("survey", "--list", path)
    box.same((run.returncode, run.stderr, run.stdout.count(b"\n")), (0, b"", 500), "… in a list")
    box.same(json.loads(box.run("survey", "--offline", "--format", "json", path).stdout)["messages"], 500, "… in a survey")


def all_die(box):
    names = [box.write(f"a/{i}", deadly(f"A{i}", "crash")) for i in range(200)]
    run = box.run("report", "--offline", "--format", "json", *names)
    box.same((run.returncode, len(lines_of(run)), set(shown(lines_of(run)))), (2, 200, {"signal 11"}), "200 of 200: it ends")


def stopped(box):
    """Workers that wait for ever, and a signal for us: nobody is left."""
    for number in (signal.SIGINT, signal.SIGHUP):       # a shell's background, or nohup, has us ignore them
        signal.signal(number, signal.SIG_DFL)
    names = [box.write(f"s/{i}", deadly(f"S{i}", "wait")) for i in range(4)]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        run = box.start("report", "--offline", "--format", "json", "-j", "2", *names)
        workers = box.workers_of(run, 2)
        box.check(len(workers) == 2 and all(alive(pid) for pid in workers), f"two workers before {number.name}", workers)
        box.same(end(run, number), -number, f"{number.name} ends it")
        box.check(wait_until(lambda: not any(alive(pid) for pid in workers)), "… and its workers", workers)     # noqa: B023
    run = box.start("report", "--offline", "--format", "json", "-j", "2", *names[:2], box.write("s/good", boxlib.mail("good")))
    workers = box.workers_of(run, 2)
    for pid in workers:
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGINT)
    box.check(all(alive(pid) for pid in workers), "a worker leaves signals for all to its parent")
    while not run.poll():
        for pid in children(run.pid):
            if status_of(pid).get("State", "R")[0] == "S" and wait_until(lambda: run.poll() is not None, 0.2) is False:
                os.kill(pid, signal.SIGKILL)
        if run.poll() is not None:
            break
    box.same(shown([json.loads(line) for line in run.stdout.read().splitlines()]), ["signal 9", "signal 9", "good"],
             "workers that somebody kills cost a message each")
    end(run)


def reader_leaves(box):
    mails = [boxlib.mail(f"P{i}") for i in range(2000)]
    path = box.write("pipe.mbox", boxlib.mbox(*mails))
    run = box.start("report", "--offline", "--format", "json", "-j", "2", path)
    run.stdout.readline()
    workers = children(run.pid)
    run.stdout.close()
    box.same((run.wait(), run.stderr.read()), (-signal.SIGPIPE, b""), "a reader that leaves ends it without a word")
    box.check(wait_until(lambda: not any(alive(pid) for pid in workers)), "… and its workers")
    run.stderr.close()


def confined(box):
    names = [box.write("c/0", deadly("C", "wait"))]
    run = box.start("report", "--offline", "--format", "json", *names)
    worker = box.workers_of(run)[0]
    wait_until(lambda: status_of(worker).get("Seccomp") == "2")
    status = status_of(worker)
    box.same((status.get("Seccomp"), status.get("NoNewPrivs")), ("2", "1"), "a worker for one message is confined")
    box.same(status_of(run.pid).get("Seccomp"), "0", "… which its parent is not")
    box.check(len(os.listdir(f"/proc/{worker}/fd")) <= 6, "… and has what it needs open, no more", os.listdir(f"/proc/{worker}/fd"))
    end(run)


def main():
    box = Batch()
    killer = build_killer(box)
    if not killer:
        print("1..0 # SKIP no library can be loaded into this build")
        box.temporary.cleanup()
        return
    dying(box, killer)
    in_mailboxes(box)
    in_surveys(box)
    in_other_commands(box)
    on_opening(box)
    opened_again(box)
    all_die(box)
    stopped(box)
    confined(box)
    del box.environment["LD_PRELOAD"]
    killed_in_check(box)
    reader_leaves(box)
    box.done()


main()
