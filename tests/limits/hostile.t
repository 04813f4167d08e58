#!/usr/bin/python3
"""Messages made to break the program: each ends in bounded time and memory, in a report that names the limit it hit.

CPU time is asked twice, for a size and for a fourth of it: what grows faster than the size by far is quadratic. The limits
are more than twenty times what was measured (two old cores: no case above 0.5 s); memory is what is private (RssAnon).
Prints TAP. With a number as argument all sizes are that many times as large, to measure.
SPDX-License-Identifier: MIT"""
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
SANITIZED = "asan" in PROGRAM
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: x\r\nDate: Tue, 1 Sep 2026 10:00:00 +0000\r\n"
SIG = (b"v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s; h=from:to; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;"
       b" b=AAAA")
SECONDS = 60
# Below this many seconds a ratio says nothing.
NOISE = 0.3
FACTOR = int(sys.argv[1]) if len(sys.argv) > 1 else 1


class Watch(threading.Thread):
    """The most private memory that a process had, in MB."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most = pid, 0

    def run(self):
        while True:
            try:
                with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
                    rss = [line.split()[1] for line in status if line.startswith("RssAnon")]
            except OSError:
                return
            if not rss:
                return
            self.most = max(self.most, int(rss[0]) // 1024)
            time.sleep(0.005)


class Bench:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.count = 0
        self.worked = 0
        self.slowest = (0, "")
        self.largest = (0, "")

    def check(self, good, name, got=None):
        self.count += 1
        print(f"{'' if good else 'not '}ok {self.count} - {name}")
        if not good:
            print(f"#   got {got}")

    def run(self, message, *options):
        """seconds, MB, report or None, status; self.worked is the CPU time"""
        path = os.path.join(self.folder.name, "case.eml")
        with open(path, "wb") as out:
            out.write(message)
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        with subprocess.Popen([PROGRAM, "report", "--offline", "--second-opinions", "off", "--format", "json", *options,
                               path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            watch = Watch(child.pid)
            watch.start()
            out, err = child.communicate(timeout=SECONDS * 3)
        spent, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        self.worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if child.returncode not in (0, 2):
            return spent, watch.most, err[:400], child.returncode
        return spent, watch.most, json.loads(out) if out else None, child.returncode

    def exponent(self, make, size, worked):
        """1: linear, 2: quadratic; 0 where it is too short to tell. Other work on the machine is taken for growth: twice."""
        for _ in range(3):
            self.run(make(size // 4))
            if worked < NOISE or self.worked <= 0:
                return 0
            grows = math.log(worked / self.worked, 4)
            if grows < 1.6:
                return grows
            self.run(make(size))
            worked = self.worked
        return grows

    def case(self, name, make, size, megabytes, findings=(), inspect=None):
        size *= FACTOR
        spent, most, report, status = self.run(make(size))
        grows = self.exponent(make, size, self.worked)
        self.slowest = max(self.slowest, (spent, name))
        self.largest = max(self.largest, (most, name))
        self.check(status == 0 and isinstance(report, dict) and spent < SECONDS, f"{name}: ends", (status, spent, report))
        self.check(grows < 1.6, f"{name}: time grows with the size", grows)
        self.check(SANITIZED or most < megabytes * FACTOR, f"{name}: memory", most)
        if not isinstance(report, dict):
            return
        ids = [f["id"] for f in report["findings"]]
        for wanted in findings:
            self.check(wanted in ids, f"{name}: names {wanted}", ids[:20])
        if inspect and FACTOR == 1:
            self.check(inspect(report), f"{name}: reads what it can")
        print(f"# {name}: {spent:.2f} s, exponent {grows:.2f}, {most} MB")


def mime(depth):
    """Each level holds the next; what a reader sees is at the bottom."""
    out = [HEAD + b"MIME-Version: 1.0\r\n"]
    for i in range(depth):
        out.append(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i))
    out.append(b"Content-Type: text/plain\r\n\r\nx\r\n")
    out += [b"--b%d--\r\n" % i for i in range(depth - 1, -1, -1)]
    return b"".join(out)


def rfc822(depth):
    return b"".join([HEAD + b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"] * depth) + HEAD + b"\r\nx\r\n"


def received(count):
    return b"".join(b"Received: from h%d.example.com (h%d.example.com [192.0.2.%d]) by mx%d.example.org with ESMTP id a;"
                    b" Tue, 1 Sep 2026 10:00:00 +0000\r\n" % (i, i, i % 250, i) for i in range(count)) + HEAD + b"\r\nx\r\n"


def arc(count):
    return b"".join(b"ARC-Seal: i=%d; a=rsa-sha256; cv=pass; d=example.com; s=s; b=AAAA\r\n"
                    b"ARC-Message-Signature: i=%d; %s\r\nARC-Authentication-Results: i=%d; x.example; spf=pass\r\n"
                    % (i, i, SIG[5:], i) for i in range(count, 0, -1)) + HEAD + b"\r\nx\r\n"


def same_seal(count):
    return b"ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.com; s=s; b=AAAA\r\n" * count + HEAD + b"\r\nx\r\n"


def results(count):
    return b"".join(b"Authentication-Results: mx%d.example.org; spf=pass smtp.mailfrom=example.com; dkim=pass"
                    b" header.d=example.com\r\n" % i for i in range(count)) + HEAD + b"\r\nx\r\n"


def own_hops(count):
    """Hops within one house, each with results beside it that the search for the border looks at."""
    return b"".join(b"Received: from h.example.org (h.example.org [192.0.2.1]) by g.example.org; x\r\n" +
                    b"Received-SPF: pass client-ip=192.0.2.9\r\n" * 20 for _ in range(count // 20)) + HEAD + b"\r\nx\r\n"


def addresses(count):
    return b"From: " + b",\r\n ".join(b"A%d <a%d@d%d.example>" % (i, i, i % 1000) for i in range(count)) + \
        b"\r\nSubject: x\r\n\r\nx\r\n"


def fields(count):
    return b"".join(b"X-%d: y\r\n" % i for i in range(count)) + HEAD + b"\r\nx\r\n"


def body(before, piece, behind=b""):
    return lambda size: HEAD + b"\r\n" + before + piece * (size // len(piece)) + behind


def header(name, piece, start=b""):
    return lambda size: name + b": " + start + piece * (size // len(piece)) + b"\r\n" + HEAD + b"\r\nx\r\n"


def cases(bench):
    mega = 1 << 20
    bench.case("200,000 fields", fields, 200000, 120)
    bench.case("200,000 fields of one name", lambda n: b"X: y\r\n" * n + HEAD + b"\r\nx", 200000, 120)
    bench.case("200,000 From fields", lambda n: b"From: a@b.example\r\n" * n + b"\r\nx", 200000, 300, ["from-repeated"])
    bench.case("a field of 10 MB", header(b"X-Long", b"word "), 10 * mega, 120, ["header-too-long"])
    bench.case("10 MB of continuation lines", header(b"X-Long", b"\r\n word"), 10 * mega, 120)
    for name in (b"Received", b"From", b"Authentication-Results", b"Received-SPF", b"DKIM-Signature", b"ARC-Seal", b"Date",
                 b"To", b"Subject", b"Return-Path", b"Content-Type", b"ARC-Authentication-Results"):
        for piece in (b"(", b'"', b"a@", b";", b"= ", b"<"):
            bench.case(f"a {name.decode()} of 2 MB of {piece.decode()}", header(name, piece, b"x "), 2 * mega, 500)
    bench.case("Subject of 4 MB of encoded words", header(b"Subject", b"=?utf-8?B?QUJD?= "), 4 * mega, 300)
    bench.case("3,521 addresses in From", addresses, 3521, 120, ["from-several-domains"],
               lambda r: len(r["from"]["addresses"]) == 3521)
    bench.case("40,000 addresses in From", addresses, 40000, 300, ["from-too-many-addresses"])
    bench.case("1,000 levels of MIME", mime, 1000, 120, ["mime-too-deep"])
    bench.case("20,000 levels of MIME", mime, 20000, 300)
    bench.case("1,000 messages inside each other", rfc822, 1000, 200)
    bench.case("10,000 messages inside each other", rfc822, 10000, 400)
    bench.case("100,000 Received fields", received, 100000, 200, ["received-too-many"], lambda r: len(r["route"]) == 1000)
    bench.case("10,000 hops of one house", own_hops, 10000, 200)
    bench.case("10,000 DKIM signatures", lambda n: b"DKIM-Signature: " + SIG + b"\r\n" +
               b"".join(b"DKIM-Signature: " + SIG + b"\r\n" for _ in range(n - 1)) + HEAD + b"\r\nx\r\n", 10000, 200,
               ["dkim-too-many"], lambda r: len(r["dkim"]) == 100)
    bench.case("10,000 ARC sets", arc, 10000, 200, ["arc-too-many"], lambda r: r["arc"]["result"] == "fail")
    bench.case("100,000 seals of one number", same_seal, 100000, 200, (), lambda r: r["arc"]["result"] == "fail")
    bench.case("100,000 results fields", results, 100000, 300, ["reported-too-many"])
    bench.case("a body of 20 MB in one line", body(b"", b"x"), 20 * mega, 120)
    bench.case("20 MB of NULs", body(b"", b"\0"), 20 * mega, 120)
    bench.case("20 MB of empty lines", body(b"", b"\r\n"), 20 * mega, 120)
    bench.case("10 MB of CR", body(b"", b"\r"), 10 * mega, 120)
    bench.case("200,000 lines without a colon", lambda n: HEAD + b"no field\r\n" * n + b"\r\nx", 200000, 200)
    bench.case("mixed line ends", lambda n: HEAD + b"A: b\r\nC: d\nE: f\r" * n + b"\r\nx\ny\r\nz\r" * n, 50000, 200,
               ["mixed-line-ends"])
    bench.case("NULs in the header", lambda n: b"X: a\0b\r\n" * n + HEAD + b"\r\nx", 50000, 200, ["header-nul"])
    bench.case("a From: with 2 MB of domain", header(b"From", b"a.", b"x@"), 2 * mega, 200)


def odd_ends(bench):
    """Every cut of every sample is a message, or says that it is none."""
    folder = os.path.join(ROOT, "samples")
    for name in sorted(f for f in os.listdir(folder) if f.endswith(".eml")):
        with open(os.path.join(folder, name), "rb") as source:
            whole = source.read()
        wrong = []
        for i in range(1, 51):
            _, _, report, status = bench.run(whole[:len(whole) * i // 50])
            if status not in (0, 2) or (status == 0 and not isinstance(report, dict)):
                wrong.append((i, status, report))
        bench.check(not wrong, f"{name}: truncated at each fiftieth", wrong[:3])
        for what, change in (("CR alone", lambda m: m.replace(b"\r\n", b"\n").replace(b"\n", b"\r")),
                             ("LF", lambda m: m.replace(b"\r\n", b"\n")),
                             ("CRLF and LF by turns", lambda m: b"".join(
                                 line + (b"\r\n" if k % 2 else b"\n")
                                 for k, line in enumerate(m.replace(b"\r\n", b"\n").split(b"\n")))),
                             ("NUL in each line", lambda m: m.replace(b"\n", b"\0\n")),
                             ("bytes above 127", lambda m: bytes(b | 0x80 if b > 96 and k % 7 == 0 else b
                                                                 for k, b in enumerate(m)))):
            _, _, report, status = bench.run(change(whole))
            bench.check(status in (0, 2), f"{name}: {what}", (status, report))


def main():
    bench = Bench()
    if FACTOR == 1:
        odd_ends(bench)
    cases(bench)
    print(f"# slowest {bench.slowest}, largest {bench.largest}")
    print(f"1..{bench.count}")
    bench.folder.cleanup()


main()
