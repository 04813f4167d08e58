#!/usr/bin/python3
"""What has no end or is made to hurt: bounded time and memory, the limit named. Prints TAP.
SPDX-License-Identifier: MIT"""
import gzip
import os
import random
import subprocess
import sys
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import boxlib                                                   # noqa: E402
from boxlib import SEPARATOR, finding_ids, mail, mbox, outlook, titles   # noqa: E402

SANITIZED = "asan" in os.environ.get("BUILD", "")


def bombs(box):
    """Zeros pack a thousand to one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    bomb = packer.compress(mail("Bomb")) + b"".join(packer.compress(block) for _ in range(300)) + packer.flush()
    start = time.monotonic()
    status, reports, err = box.open_bytes(bomb, name="bomb.gz")
    box.check(status == 0 and titles(reports) == ["Bomb"] and "unpacked-too-large" in finding_ids(reports[0]),
              f"300 MB of zeros behind a message: shown, the limit named ({time.monotonic() - start:.1f} s)", (status, err))
    text = [f["text"] for f in reports[0]["findings"] if f["id"] == "unpacked-too-large"]
    box.check(text and str(64 << 20) in text[0], "and told", text)
    status, reports, err = box.open_bytes(gzip.compress(bytes(100 << 20)), name="zeros.gz")
    box.check(status == 2 and not reports and "zeros.gz: " in err and "unpacked" in err, "nothing but zeros is a failure", err)
    status, reports, err = box.open_bytes(gzip.compress(gzip.compress(bytes(50 << 20))), name="twice.gz")
    box.check(status == 2 and not reports, "a bomb in a bomb, too", err)
    many = gzip.compress(b"") * 20000 + gzip.compress(mail("Members"))
    box.same(titles(box.open_bytes(many)[1]), ["Members"], "twenty thousand empty members")


def pipes(box):
    fifo = box.path("pipe")
    os.mkfifo(fifo)
    with subprocess.Popen(["sh", "-c", f"sleep 0.3; cat > {fifo}"], stdin=subprocess.PIPE) as writer:
        writer.stdin.write(mail("Pipe"))
        writer.stdin.close()
        status, reports, _ = box.report(fifo)
    box.same((status, titles(reports)), (0, ["Pipe"]), "a named pipe is read when somebody writes")
    status, reports, err = box.report(fifo)
    box.check(status == 2 and "pipe: nobody writes into this pipe" in err, "else it is given up", err)
    status, reports, err = box.report("/dev/zero")
    box.check(status == 2 and "/dev/zero: larger than" in err, "a device without end is given up", err)
    status, reports, err = box.report("/dev/null")
    box.check(status == 2 and "/dev/null: the file is empty" in err, "an empty one, too", err)


def large(box):
    """A mailbox as large as a disk: a hole in it costs nothing on disk, but is looked through."""
    path = box.write("hole.mbox", mbox(mail("One"), mail("Two")))
    size = os.path.getsize(path)
    with open(path, "r+b") as out:
        out.truncate(size + (1 << 30))
        out.seek(0, os.SEEK_END)
        out.write(b"\n\n" + mbox(mail("Three")))
    status, reports, _ = box.report(path, "--index", "1")
    box.same((status, titles(reports)), (0, ["One"]), "1 GB: the first message")
    status, reports, _ = box.report(path, "--index", "3")
    box.same((status, titles(reports)), (0, ["Three"]), "the message behind 1 GB of zeros")
    os.unlink(path)


def memory(box):
    """The most anonymous memory of the process while it goes through a mailbox of distinct domains."""
    count = 4000
    path = box.path("many.mbox")
    with open(path, "wb") as out:
        for i in range(count):
            out.write(mbox(mail(f"N{i}", b"text\n" * 100).replace(b"example.com", b"d%d.example.com" % i)))
    peaks = []
    with subprocess.Popen([box.program, "report", "--format", "json", "--offline", path], stdout=subprocess.PIPE, cwd=box.folder) as run:
        for number, _ in enumerate(run.stdout, 1):
            if number % 1000 == 500:     # at the last line it may be gone already
                with open(f"/proc/{run.pid}/status", encoding="ascii") as status:
                    peaks += [int(line.split()[1]) for line in status if line.startswith("RssAnon:")]
        run.wait()
    box.check(run.returncode == 0 and len(peaks) == 4 and number == count, "four thousand messages are reported", (number, peaks))
    box.check(SANITIZED or peaks[3] - peaks[0] < 12000, "memory does not grow with them", peaks)


def separators(box):
    """Nothing but separators, or but lines that look like them."""
    lines = 200000
    start = time.monotonic()
    status, reports, _ = box.report(box.write("seps", SEPARATOR * lines), "--index", str(lines))
    box.check(status == 2 and len(reports) == 1, f"{lines} separators ({time.monotonic() - start:.1f} s)", (status, len(reports)))
    body = b"From here to there\n\n" * lines
    box.same(titles(box.open_bytes(mbox(mail("Lines", body), mail("Two")))[1]), ["Lines", "Two"], "lines that are none")
    status, reports, _ = box.open_bytes(mbox(mail("Lines", b">From here\n" * lines)))
    box.same(reports[0]["source"]["bytes"], len(mail("Lines", b"From here\n" * lines)), "every line quoted")
    box.same(titles(box.open_bytes(mbox(mail("Marks", b">" * 3000000 + b"From x\n"), mail("Two")))[1]), ["Marks", "Two"], "three million marks")
    box.same(titles(box.open_bytes(mbox(*[mail("C").replace(b"To:", b"Content-Length: 6\nTo:")] * 3))[1]), ["C"] * 3, "counts of all")
    many = b"".join(b"Content-Length: %d\n" % i for i in range(100000))
    box.same(titles(box.open_bytes(mbox(mail("Counts").replace(b"To:", many + b"To:"), mail("Two")))[1]), ["Counts", "Two"], "a hundred thousand counts in a header")
    box.same(titles(box.open_bytes(mbox(mail("Long").replace(b"To:", b"X: " + b"a" * 10000000 + b"\nTo:"), mail("Two")))[1]), ["Long", "Two"], "a header field of 10 MB")


def mutations(box):
    """Each kind, changed at random: whatever comes of it, it is told, and in time."""
    random.seed(4)
    seeds = [mbox(mail("One"), mail("Two")), gzip.compress(mbox(mail("One"), mail("Two"))), b"%d\n" % len(mail("A")) + mail("A") + b"<?xml <plist",
             outlook({0x007D: "From: a@example.com\r\nSubject: x\r\n" * 300, 0x0037: "s", 0x5D01: "a@example.com"}, times={0x39: 1}),
             b"\xFF\xFE" + mail("Wide").decode().encode("utf-16-le")]
    rounds = int(os.environ.get("ROUNDS", "40"))
    bad = []
    for number in range(rounds * len(seeds)):
        data = bytearray(seeds[number % len(seeds)])
        for _ in range(random.choice((1, 3, 20))):
            at = random.randrange(len(data))
            what = random.random()
            if what < 0.6:
                data[at] = random.randrange(256)
            elif what < 0.8:
                del data[at:at + random.randrange(1, 60)]
            else:
                data[at:at] = random.choice((b"\n", b"\0", b"\nFrom ", bytes(data[:40])))
            if not data:
                data = bytearray(b"x")
        done = box.run("report", "--format", "json", "--offline", box.write("mutant", bytes(data)), timeout=60)
        if done.returncode not in (0, 2) or (done.returncode == 2 and not done.stderr and b"message-unreadable" not in done.stdout):
            bad.append((number, done.returncode, done.stderr[-300:]))
    box.check(not bad, f"{rounds * len(seeds)} damaged files of each kind", bad[:3])


def main():
    box = boxlib.Box()
    for part in (bombs, pipes, large, memory, separators, mutations):
        part(box)
    box.done()


main()
