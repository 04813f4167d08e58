"""Mailboxes, folders and odd files for tests, made by a script; and the program's word on them, as TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "dkim"))
import signer       # noqa: E402

PROGRAM = signer.PROGRAM
SEPARATOR = b"From ann@example.com Mon Jan  5 10:00:00 2026\n"


def mail(title, body=b"Hello.\n"):
    """A plain message with LF line ends. The title is its author's name, which the report tells, and its subject."""
    return (b"From: " + title.encode() + b" <ann@example.com>\nTo: bob@example.net\nSubject: " + title.encode() +
            b"\nDate: Mon, 05 Jan 2026 10:00:00 +0000\nMessage-ID: <1@example.com>\n\n" + body)


def mbox(*messages, separator=SEPARATOR):
    return b"".join(separator + message + (b"" if message.endswith(b"\n") or not message else b"\n") + b"\n"
                    for message in messages)


class Box:
    """A folder for the files of a test, removed in the end."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = self.temporary.name
        self.count = 0
        self.program = os.path.abspath(PROGRAM)
        self.environment = dict(os.environ, LC_ALL="C.UTF-8")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data)
        return path

    def run(self, *words, stdin=b"", timeout=120):
        return subprocess.run([self.program, *words], input=stdin, capture_output=True, timeout=timeout, env=self.environment,
                              cwd=self.folder)

    def report(self, path, *options, stdin=b"", dns=None):
        """Status, reports, standard error."""
        answers = ["--dns", dns] if dns else ["--offline"]
        done = self.run("report", "--format", "json", *answers, *options, path, stdin=stdin)
        if done.returncode < 0 or done.returncode > 4:
            raise RuntimeError(f"{path}: exit {done.returncode}: {done.stderr[-2000:]!r}")
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()

    def open_bytes(self, data, *options, name="case", dns=None):
        return self.report(self.write(name, data), *options, dns=dns)

    def check(self, good, name, got=None):
        self.count += 1
        print(f"{'' if good else 'not '}ok {self.count} - {name}", flush=True)
        if not good:
            print(f"#   got {str(got)[:1500]}", flush=True)

    def same(self, got, want, name):
        self.check(got == want, name, f"{got}\n#   not {want}")

    def done(self):
        print(f"1..{self.count}")
        self.temporary.cleanup()


def titles(reports):
    """None for an unreadable message."""
    return [(r["from"]["addresses"] or [{"name": "?"}])[0]["name"] if "from" in r else None for r in reports]


def sources(reports):
    return [(r["source"]["kind"], r["source"]["index"]) for r in reports]


def finding_ids(report):
    return [f["id"] for f in report["findings"]]


# ---- a compound file, as Outlook saves messages ([MS-CFB]) ----

FREE, END, FATSECT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096


class Compound:
    """Streams of the root storage. Small ones stand in the mini stream, large ones in sectors of their own."""

    def __init__(self, streams):
        self.streams = sorted(streams.items(), key=lambda item: (len(item[0]), item[0].upper()))
        self.sectors, self.fat = [], []

    def chain(self, data):
        if not data:
            return END
        first = len(self.sectors)
        for at in range(0, len(data), SECTOR):
            self.sectors.append(data[at:at + SECTOR].ljust(SECTOR, b"\0"))
            self.fat.append(len(self.sectors))
        self.fat[-1] = END
        return first

    @staticmethod
    def entry(name, kind, start, size, right=FREE, child=FREE):
        raw = name.encode("utf-16-le") + b"\0\0"
        return (raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child) + bytes(16) +
                struct.pack("<IQQIQ", 0, 0, 0, start, size))

    def bytes(self):
        mini, minifat, places = b"", [], []
        for _, data in self.streams:
            if len(data) >= CUTOFF:
                places.append(self.chain(data))
                continue
            start = len(minifat)
            units = (len(data) + MINI - 1) // MINI
            minifat += list(range(start + 1, start + units + 1))
            if units:
                minifat[-1] = END
            places.append(start if units else END)
            mini += data.ljust(units * MINI, b"\0")
        root = self.entry("Root Entry", 5, self.chain(mini), len(mini), child=1 if self.streams else FREE)
        directory = root
        for number, ((name, data), place) in enumerate(zip(self.streams, places), 1):
            right = number + 1 if number < len(self.streams) else FREE
            directory += self.entry(name, 2, place, len(data), right)
        while len(directory) % SECTOR:
            directory += self.entry("", 0, 0, 0)[:64] + bytes(4) + struct.pack("<III", FREE, FREE, FREE) + bytes(48)
        first_directory = self.chain(directory)
        mini_table = b"".join(struct.pack("<I", n) for n in minifat)
        mini_table = mini_table.ljust((len(mini_table) + SECTOR - 1) // SECTOR * SECTOR, b"\xFF")
        first_mini = self.chain(mini_table)
        tables = 1
        while len(self.fat) + tables > tables * SECTOR // 4:
            tables += 1
        table_at = len(self.sectors)
        fat = self.fat + [FATSECT] * tables
        fat += [FREE] * (tables * SECTOR // 4 - len(fat))
        head = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6) +
                struct.pack("<IIIIIIIII", 0, tables, first_directory, 0, CUTOFF, first_mini if minifat else END,
                            len(mini_table) // SECTOR, END, 0))
        difat = [table_at + i for i in range(tables)]
        head += b"".join(struct.pack("<I", n) for n in difat + [FREE] * (109 - tables))
        return head + b"".join(self.sectors) + b"".join(struct.pack("<I", n) for n in fat)


def outlook(texts, wide=True, times=None):
    """A .msg: `texts` by property tag, as UTF-16 or as 8-bit text; `times`: seconds since 1970 by tag."""
    streams = {}
    for tag, text in texts.items():
        kind, data = ("001F", text.encode("utf-16-le")) if wide else ("001E", text.encode())
        streams[f"__substg1.0_{tag:04X}{kind}"] = data
    entries = b"".join(struct.pack("<HHIQ", 0x40, tag, 6, (seconds + 11644473600) * 10000000)
                       for tag, seconds in (times or {}).items())
    streams["__properties_version1.0"] = bytes(32) + entries
    return Compound(streams).bytes()
