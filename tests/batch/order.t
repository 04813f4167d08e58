#!/usr/bin/python3
"""`report` over many files: the same output from any number of workers, in the order of names, with faults in their
places; names from lists; memory and descriptors that do not grow. As TAP.
SPDX-License-Identifier: MIT"""
import gzip
import json
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from batchlib import Batch, alive, boxlib, children, status_of      # noqa: E402

MANY = 5000
JOBS = ("1", "2", "7")


def outputs(box, *words, stdin=b""):
    """Status, output and complaints with each number of workers, and isolated."""
    runs = [box.run("report", *words, "-j", jobs, stdin=stdin, timeout=600) for jobs in JOBS]
    return [(run.returncode, run.stdout, run.stderr) for run in runs]


def titles_of(output):
    return boxlib.titles([json.loads(line) for line in output.splitlines()])


def varied(box, rng, count):
    """Files of all kinds, names in order; and the titles that a report must show."""
    names, titles = [], []
    for i in range(count):
        kind = rng.choice(["plain"] * 6 + ["mbox", "packed", "missing", "bad"])
        title = f"T{i}"
        name = f"v/{i:04}"
        if kind == "mbox":
            more = [f"{title}x{n}" for n in range(rng.randrange(1, 9))]
            box.write(name, boxlib.mbox(*(boxlib.mail(one) for one in more)))
            titles += more
        elif kind == "bad":
            box.write(name, b"nothing that a header has\n\n")
        elif kind != "missing":
            mail = boxlib.mail(title, b"body\n" * rng.randrange(1, 400))
            box.write(name, gzip.compress(mail) if kind == "packed" else mail)
            titles.append(title)
        names.append(name)
    return names, titles


def same_from_all(box):
    names, titles = varied(box, random.Random(7), 300)
    for form in ("json", "text", "html", "markdown", "steps"):
        runs = outputs(box, "--offline", "--format", form, *(names if form == "json" else names[:60]))
        box.check(runs[0] == runs[1] == runs[2], f"{form}: the same from 1, 2 and 7 workers", [run[0] for run in runs])
        if form == "json":
            box.same(titles_of(runs[0][1]), titles, "all messages, in the order of names")
            faults = [line.split(b":")[1].strip() for line in runs[0][2].splitlines()]
            box.same(faults, sorted(faults), "… and complaints in theirs")
            box.same(runs[0][0], 2, "… which count in the exit status")
    alone = box.run("report", "--offline", "--format", "json", "--isolate", *names[:60], timeout=600)
    plain = box.run("report", "--offline", "--format", "json", *names[:60])
    box.same((alone.returncode, alone.stdout), (plain.returncode, plain.stdout), "--isolate says the same")


def mailboxes(box):
    """Large enough for blocks."""
    rng = random.Random(3)
    mails = [boxlib.mail(f"B{i}", b"line of a body\n" * rng.randrange(1, 120)) for i in range(700)]
    path = box.write("big.mbox", boxlib.mbox(*mails))
    small = box.write("small.eml", boxlib.mail("last"))
    want = [f"B{i}" for i in range(700)] + ["last"]
    runs = outputs(box, "--offline", "--format", "json", path, small)
    box.check(os.path.getsize(path) > 300000, "a mailbox that is shared out")
    box.same(titles_of(runs[2][1]), want, "its messages in order, then the next file")
    box.check(runs[0] == runs[1] == runs[2], "… the same from any number of workers")
    piped = box.run("report", "--offline", "--format", "json", "-", "-j", "3", stdin=boxlib.mbox(*mails))
    box.same(titles_of(piped.stdout), want[:-1], "… and from a pipe")
    one = box.run("report", "--offline", "--format", "json", "--index", "650", path, "-j", "3")
    box.same(titles_of(one.stdout), ["B649"], "--index finds one far behind")
    for i, mail in enumerate(mails[:150]):
        box.write(f"folder/{i:03}.eml", mail)
    box.write("folder/170/inner.mbox", boxlib.mbox(*mails[150:300]))
    box.write("folder/notes.txt", b"no mail\n")
    runs = outputs(box, "--offline", "--format", "json", box.path("folder"))
    reports = [json.loads(line) for line in runs[1][1].splitlines()]
    box.same(boxlib.titles(reports), want[:300], "a folder with a mailbox in it")
    box.same([r["source"]["index"] for r in reports], list(range(1, 301)), "… counted through")
    box.check(runs[0] == runs[1] == runs[2], "… the same from any number of workers")


def names_from_lists(box):
    odd = ["a b", "-j", "line\nend", "tab\t", "quo\"te", b"byte\xff".decode("utf-8", "surrogateescape"), "é", "-", "x" * 200]
    for i, name in enumerate(odd):
        box.write(os.path.join("odd", name), boxlib.mail(f"O{i}"))
    want = [f"O{i}" for i in range(len(odd))]
    listed = b"\0".join(os.fsencode(os.path.join("odd", name)) for name in odd)
    for end, what in ((b"\0", "ended"), (b"", "not ended")):
        run = box.run("report", "--offline", "--format", "json", "--files-from", "-", "-0", stdin=listed + end)
        box.same((run.returncode, titles_of(run.stdout)), (0, want), f"odd names, NUL behind each, the last one {what}")
    lines = [name for name in odd if "\n" not in name]
    path = box.write("list", b"\n\n".join(os.fsencode(os.path.join("odd", name)) for name in lines))
    run = box.run("report", "--offline", "--format", "json", "--files-from", path)
    box.same(titles_of(run.stdout), [f"O{i}" for i, name in enumerate(odd) if "\n" not in name], "names in lines of a file")
    os.rename(box.path("odd/-"), box.path("-"))
    run = box.run("report", "--offline", "--format", "json", "--files-from", "-", stdin=b"-\nodd/a b\nnowhere\nodd/tab\t\n")
    box.same((run.returncode, titles_of(run.stdout)), (2, ["O7", "O0", "O3"]), "\"-\" in a list is a file; a missing one is passed")
    box.check(b"nowhere" in run.stderr, "… and named", run.stderr)
    run = box.run("report", "--offline", "--format", "json", "--files-from", "-", "odd/a b", stdin=b"y" * 20000 + b"\nodd/tab\t\n")
    box.same((run.returncode, titles_of(run.stdout)), (2, ["O0", "O3"]), "a name that no file can have; files of both sources")
    run = box.run("report", "--offline", "--format", "json", "--files-from", "-", stdin=b"")
    box.same((run.returncode, run.stdout, run.stderr), (0, b"", b""), "an empty list")
    second = box.write("second", b"odd/a b\n")
    run = box.run("report", "--offline", "--format", "json", "--files-from", path, "--files-from", box.path("none"), "--files-from", second,
                  "--files-from", "-", "odd/-j", stdin=b"odd/tab\t\n")
    box.same((run.returncode, titles_of(run.stdout)), (2, ["O1"] + [f"O{i}" for i, name in enumerate(odd) if "\n" not in name and i != 7] +
             ["O0", "O3"]), "several lists, one after the other; one that is not there is passed")
    box.check(b"none: No such file" in run.stderr, "... and named", run.stderr)
    run = box.run("report", "--offline", "--files-from", box.path("none"), "--files-from", second)
    box.same((run.returncode, run.stdout), (2, b""), "the first list is not there")
    for words in (["-0", "odd/a b"], ["--files-from", "-", "-"], ["-j", "0", "x"], ["-j", "x", "x"]):
        run = box.run("report", *words)
        box.same((run.returncode, run.stdout), (2, b""), f"refused: {' '.join(words)}")
    run = box.run("report", "--offline", "--format", "json", "-j3", "odd/a b")
    box.same(titles_of(run.stdout), ["O0"], "-j3, as other programs take it")


def slow_list(box):
    """Names that come one by one: each is reported before the next is known."""
    for i in range(3):
        box.write(f"slow/{i}", boxlib.mail(f"S{i}"))
    run = box.start("report", "--offline", "--format", "json", "--files-from", "-", stdin=subprocess.PIPE)
    seen = []
    for i in range(3):
        run.stdin.write(b"slow/%d\n" % i)
        run.stdin.flush()
        seen += titles_of(run.stdout.readline())
    run.stdin.close()
    box.same((seen, run.wait()), (["S0", "S1", "S2"], 0), "a list that is written while it is read")
    run.stdout.close()
    run.stderr.close()


def watch(box, count, jobs):
    """Peaks while so many files are reported: anonymous memory of parent and workers in KB, descriptors of the parent."""
    names = "".join(f"many/{i}\n" for i in range(count)).encode()
    path = box.write("names", names)
    run = box.start("report", "--offline", "--format", "json", "-j", jobs, "--files-from", path)
    peaks = [0, 0, 0]
    lines = 0
    while line := run.stdout.readline():
        lines += 1
        if lines % 50 or not alive(run.pid):
            continue
        anon = [int(status_of(pid).get("RssAnon", "0 kB").split()[0]) for pid in [run.pid] + children(run.pid)]
        peaks = [max(peaks[0], anon[0]), max(peaks[1], *(anon[1:] or [0])), max(peaks[2], len(os.listdir(f"/proc/{run.pid}/fd")))]
        if line[:10] != b'{"format":':
            break
    run.stdout.close()
    run.stderr.close()
    return run.wait(), lines, peaks


def many(box):
    for i in range(MANY):
        box.write(f"many/{i}", boxlib.mail(f"M{i}"))
    few = watch(box, MANY // 10, "2")
    all_of_them = watch(box, MANY, "2")
    box.same((few[:2], all_of_them[:2]), ((0, MANY // 10), (0, MANY)), f"{MANY} files, a line for each")
    # A build that watches itself keeps what was freed, to see who touches it.
    watched = b"__asan_init" in open(box.program, "rb").read()
    for kind, before, after, more in zip(("parent", "workers"), few[2], all_of_them[2], (2048, 4096)):
        box.check(watched or after <= before * 1.3 + more, f"memory of {kind} is flat: {before} KB, {after} KB", (before, after))
    box.check(all_of_them[2][2] < 1000, f"descriptors: {all_of_them[2][2]}")
    run = subprocess.run(["sh", "-c", 'ulimit -n 64; exec "$0" "$@"', box.program, "report", "--offline", "--format", "json",
                          "-j", "4", "--files-from", box.path("names")], capture_output=True, cwd=box.folder, env=box.environment,
                         timeout=600, check=False)
    box.same((run.returncode, run.stdout.count(b"\n"), run.stderr), (0, MANY, b""), "… with 64 descriptors")


def main():
    box = Batch()
    same_from_all(box)
    mailboxes(box)
    names_from_lists(box)
    slow_list(box)
    many(box)
    box.done()


main()
