"""The rows of `make bench`: what each section measures, and what it is held against (issue by issue in doc/benchmarks.md).
SPDX-License-Identifier: MIT"""
import os
import re
import shutil
import statistics
import subprocess

import growth
import measure
import peers
import profiles
import screen
from measure import once, pair

MAILBOX = 100000
# The date of the first message, as the list shows it.
FIRST_ROW = b"2024-09-0"


class Bench:
    """What all sections share."""

    def __init__(self, program, build, table, corpora, runs):
        self.program, self.build, self.table, self.corpora, self.runs = program, build, table, corpora, runs
        self.work = os.path.join(build, "bench")
        self.zone = corpora.zone()
        self.snapshot = corpora.snapshot()
        help_text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
        self.words = set(re.findall(r"(?:^|[ ,])(--?[a-zA-Z0-9][a-z0-9-]*|survey(?= MAILBOX))", help_text, re.M))

    def has(self, word):
        """Whether this version knows an option or a command."""
        return word in self.words

    def skip(self, what, why):
        self.table.note(f"skipped: {what}: {why}")

    def missing(self, tool):
        if shutil.which(tool):
            return False
        self.skip(tool, "it is not installed")
        return True

    def report(self, *arguments, opinions="off"):
        return [self.program, "report", "--format", "json", "--second-opinions", opinions, *arguments]


# ---- the screen ----

def screens(b):
    b.table.begin("screen", "The screen")
    if not b.missing("htop"):
        yardstick = lambda: screen.run_there(["htop", "--version"])
        for what, answers in (("first screen, terminal answers", True), ("first screen, terminal is silent", False)):
            ours, theirs, ratio = pair(lambda: screen.first_screen([b.program, "samples/webform.eml"], answers), yardstick, b.runs)
            b.table.row(what + " : htop", ours * 1e3, "ms", theirs * 1e3, ratio, most=3)
    median, worst, keys = subprocess.run([f"{b.build}/tests/bench/redraw"], capture_output=True, text=True,
                                         check=True).stdout.split()
    b.table.row("a key, tree of 1,000, 200x60: median", float(median), "ms", most=2)
    b.table.row(f"… the slowest of {keys}", float(worst), "ms", most=2)
    spent, woken = screen.idle([b.program, "samples/webform.eml"], 5)
    b.table.row("5 s of an idle screen: clock ticks", spent, "", most=0)
    b.table.row("… how often it was woken", woken, "", most=0)
    b.table.end()


# ---- one message ----

def six_kilobytes(b):
    """A sample with fields on top that its signature does not cover, and its DNS answers beside it."""
    path = os.path.join(b.work, "six.eml")
    line = b"X-Padding: what servers add on the way, line after line of it\r\n"
    with open("samples/webform.eml", "rb") as source, open(path, "wb") as out:
        message = source.read()
        out.write(line * ((6144 - len(message)) // len(line)) + message)
    shutil.copy("samples/webform.dns", os.path.join(b.work, "six.dns"))
    return path


def cold_start(b):
    b.table.begin("start", "A report of one message of 6 KB, from start to end")
    six = six_kilobytes(b)
    openssl = ["openssl", "dgst", "-sha256", six]
    for what, command, most in (("all checks : openssl dgst -sha256", b.report(six), 2),
                                ("… and second opinions", b.report(six, opinions="on"), None)):
        ours, theirs, ratio = pair(lambda: once(command), lambda: once(openssl), b.runs)
        b.table.row(what, ours * 1e3, "ms", theirs * 1e3, ratio, most=most)
    plain = os.path.join(b.corpora.files("plain", 1000)[0], "000000.eml")
    ours, theirs, ratio = pair(lambda: once(b.report("--dns", b.snapshot, plain)),
                               lambda: once(["openssl", "dgst", "-sha256", plain]), b.runs)
    b.table.row("another one, zone of 630 records", ours * 1e3, "ms", theirs * 1e3, ratio, most=2)
    if not b.missing("opendkim-testmsg"):
        cold_opendkim(b, plain)
    b.table.end()


def cold_opendkim(b, path):
    """It asks the machine's DNS server; in a network of its own that can only be ours."""
    helper = os.path.join(os.path.dirname(peers.__file__), "testmsg.py")
    done = subprocess.run(["unshare", "--map-root-user", "--net", "--mount", helper, path, f"{b.zone}/root.zone",
                           f"{b.work}/testmsg", str(b.runs)], capture_output=True, text=True, check=False)
    if done.returncode:
        b.skip("opendkim-testmsg", "no network of its own here: " + (done.stderr.strip().splitlines() or ["?"])[-1])
        return
    b.table.row("beside it: opendkim-testmsg, DKIM only", None, "ms", float(done.stdout) * 1e3)


def large(b):
    size = 50 * 1024 * 1024
    b.table.begin("large", "One signed message of 50 MB")
    for what, kind, lf in (("text, CRLF", "text", False), ("text, LF", "text", True), ("base64, CRLF", "base64", False),
                           ("base64, LF", "base64", True)):
        path = b.corpora.large(kind, size, lf)
        command = b.report("--dns", b.snapshot, path)
        ours, theirs, ratio = pair(lambda: once(command), lambda: once(["openssl", "dgst", "-sha256", path]), max(b.runs // 6, 3))
        b.table.row(f"{what} : openssl dgst -sha256", ours * 1e3, "ms", theirs * 1e3, ratio, most=1.5)
        one, both = measure.memory(command)
        b.table.row("… anonymous memory, all processes", both, "MB", most=16)
    b.table.end()


# ---- many messages ----

def one_core(*clock):
    """(RSA-2048 verifications, bytes of SHA-256 in blocks of 8 KB) a second that one core can do, by openssl speed."""
    def speed(*what):
        return subprocess.run(["openssl", "speed", *clock, "-seconds", "1", "-mr", *what], capture_output=True, text=True,
                              check=True).stdout
    verify = re.search(r"^\+F2:\d+:2048:[0-9.]+:([0-9.]+)", speed("rsa2048"), re.M).group(1)
    digest = re.search(r"^\+F:\d+:sha256:([0-9.]+)", speed("-bytes", "8192", "-evp", "sha256"), re.M).group(1)
    return float(verify), float(digest)


def limit_seconds(facts, *clock):
    """By the clock on the wall with "-elapsed", as all rows are: others who work here slow down both; else of CPU."""
    verify, digest = one_core(*clock)
    return facts["signatures"] / verify + facts["hashed"] / digest


def batch_command(b, folder, count, *options):
    names = [os.path.join(folder, f"{number:06}.eml") for number in range(count)]
    if not b.has("--files-from"):
        return b.report("--dns", b.snapshot, *options, *names)
    # As a person would who has many: a list as long as this on the command line is memory, too.
    path = f"{folder}-{count}.names"
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(names) + "\n")
    return b.report("--dns", b.snapshot, *options, "--files-from", path)


def batch(b):
    b.table.begin("batch", "1,000 signed messages of 6 KB: all checks, JSON, messages a second")
    for mix, title, wanted in (("plain", "one signature each", True), ("turns", "200 senders in turn", False),
                               ("mixed", "mixed, as real mail", False)):
        folder, facts = b.corpora.files(mix, 1000)
        count = facts["messages"]
        # What arithmetic needs and what memory needs change by the second where others work: few pairs say little.
        ours, theirs, ratio = pair(lambda: once(batch_command(b, folder, count)), lambda: limit_seconds(facts, "-elapsed"),
                                   max(b.runs // (3 if wanted else 8), 3))
        b.table.row(f"{title} : limit of one core", count / ours, "/s", count / theirs, 1 / ratio, least=0.35 if wanted else None)
        spent = statistics.median(measure.cpu(batch_command(b, folder, count)) for _ in range(max(b.runs // 8, 3)))
        least = min(limit_seconds(facts) for _ in range(2))
        b.table.row("… CPU of a message : the same limit", spent / count * 1e6, "µs", least / count * 1e6, spent / least)
        if b.has("-j"):
            alone = statistics.median(once(batch_command(b, folder, count, "-j", "1")) for _ in range(max(b.runs // 8, 3)))
            b.table.row("… with -j 1", count / alone, "/s", count / theirs, theirs / alone)
        for peer in () if mix == "turns" else peers.ALL:
            against(b, peer, mix, folder, count, {"rspamd": 15, "mailauth": 20} if wanted else {})
    b.table.note("the limit: each signature verified and each byte hashed once, as fast as openssl speed does either on one core; "
                 "everybody else has two cores")
    b.table.note("peers of the plain ones: files in, JSON out, by their own commands, as ours; then the same while all that can be "
                 "spared them is spared: no start, messages read before, code warm, nothing written. Those of the mixed are spared")
    b.table.end()


def against(b, kind, mix, folder, count, wanted):
    """One peer over these messages: whether it sees what we see, then how long it takes."""
    try:
        with kind(b.work, b.zone) as peer:
            different = peers.differences(peers.ours(b.program, b.snapshot, folder, count), peer.verdicts(folder, count), peer.checks)
            def row(title, theirs_once, least=None):
                ours, theirs, ratio = pair(lambda: once(batch_command(b, folder, count)), lambda: theirs_once(folder, count), 3)
                b.table.row(title, count / ours, "/s", count / theirs, 1 / ratio, least=least)
            if wanted and peer.whole:
                row(f"… : {peer.name}", peer.whole, wanted.get(peer.name.split()[0]))
            row("… … warm, from memory" if wanted and peer.whole else f"… : {peer.name}", peer.seconds)
            said = ", ".join(f"{what}: {number} of {count} otherwise" for what, number in different.items() if number)
            b.table.note(f"{mix}, {peer.name} {peer.version()}: {said or 'the same verdicts as ours'}")
    except peers.Missing as why:
        b.skip(kind.name, why)


# ---- a mailbox ----

def mailbox(b):
    b.table.begin("mailbox", "An mbox of 100,000 messages")
    path, _ = b.corpora.mbox(MAILBOX)
    b.table.note(f"{os.path.getsize(path) / 1e6:.0f} MB, mixed as above")
    if b.has("--list"):
        listing(b, path)
    else:
        b.skip("survey --list", "this version does not have it")
    first_screen_of(b, path)
    survey_of(b, path)
    survey_shown(b, path)
    five_gigabytes(b, path)
    b.table.end()


def grep(b, path):
    """Into a file: where its output is /dev/null, GNU grep stops at the first match."""
    return once(["grep", "-c", "^From ", path], os.path.join(b.work, "grep.out"))


def listing(b, path):
    command = [b.program, "survey", "--list", path]
    ours, theirs, ratio = pair(lambda: once(command), lambda: grep(b, path), max(b.runs // 8, 3))
    b.table.row("survey --list : grep -c '^From '", ours * 1e3, "ms", theirs * 1e3, ratio, most=2)
    b.table.row("… anonymous memory, all processes", measure.memory(command)[1], "MB", most=60)


def first_screen_of(b, path):
    ours = [screen.mailbox([b.program, "--dns", b.snapshot, path], FIRST_ROW) for _ in range(max(b.runs // 12, 3))]
    b.table.row("the screen: first list", statistics.median(one.first for one in ours) * 1e3, "ms", most=100)
    b.table.row("… anonymous memory, all processes", max(one.memory for one in ours), "MB", most=60)
    if b.missing("mutt"):
        b.table.row("… the whole list", statistics.median(one.whole for one in ours), "s")
        return
    theirs = [screen.mutt(path) for _ in range(3)]
    whole, other = (statistics.median(one.whole for one in found) for found in (ours, theirs))
    b.table.row("… the whole list : mutt", whole, "s", other, whole / other)
    b.table.row("… anonymous memory : mutt", max(one.memory for one in ours), "MB", max(one.memory for one in theirs),
                max(one.memory for one in ours) / max(one.memory for one in theirs))


def survey_of(b, path):
    if not b.has("survey"):
        b.skip("survey", "this version does not have it")
        return
    command = [b.program, "survey", "--format", "json", "--dns", b.snapshot, path]
    took = once(command)
    if took < 30:
        took = statistics.median([took, once(command), once(command)])
    b.table.row("survey, all checks, two cores", took, "s", most=15)
    b.table.row("… messages a second", MAILBOX / took, "/s")
    b.table.row("… anonymous memory, all processes", measure.memory(command)[1], "MB")


def survey_shown(b, path):
    command = [b.program, "--dns", b.snapshot, path]
    b.table.row("the screen: survey, all judged", screen.counted(command, FIRST_ROW, MAILBOX).seconds, "s", most=20)
    keys = screen.counted(command, FIRST_ROW, MAILBOX, keys=True).keys
    b.table.row("… a key meanwhile: median", statistics.median(keys) * 1e3, "ms", most=16)
    b.table.row(f"… the slowest of {len(keys)}", max(keys) * 1e3, "ms")


def five_gigabytes(b, path):
    """The same mailbox fifteen times over, where the disk has room for it."""
    times, big = 15, os.path.join(b.work, "five-gigabytes.mbox")
    size = os.path.getsize(path) * times
    if shutil.disk_usage(b.work).free < 2 * size or os.environ.get("BIG", "1") == "0":
        b.skip("an mbox of 5 GB", "too little room on the disk, or BIG=0")
        return
    try:
        with open(big, "wb") as out:
            for _ in range(times):
                with open(path, "rb") as source:
                    shutil.copyfileobj(source, out, 1 << 22)
        title = f"{size / 1e9:.1f} GB, {MAILBOX * times:,} messages"
        if b.has("--list"):
            command = [b.program, "survey", "--list", big]
            ours, theirs, ratio = pair(lambda: once(command), lambda: grep(b, big), 1)
            b.table.row(f"{title}: --list : grep", ours, "s", theirs, ratio)
            b.table.row("… anonymous memory, all processes", measure.memory(command)[1], "MB")
        seen = screen.mailbox([b.program, "--dns", b.snapshot, big], FIRST_ROW)
        b.table.row(f"{title}: first list", seen.first * 1e3, "ms")
        b.table.row("… the whole list", seen.whole, "s")
        b.table.row("… anonymous memory, all processes", seen.memory, "MB")
    finally:
        if os.path.exists(big):
            os.unlink(big)


# ---- growth ----

def exponents(b):
    b.table.begin("growth", "How cost grows: CPU at n, 2n, 4n, 8n; the exponent (1 is linear)")
    for kind, base, times, what in growth.SERIES:
        report = lambda n, name=kind, often=times: growth.report_of(b.program, b.snapshot, *[b.corpora.series(name, n)] * often)
        nothing = growth.cheapest(report(0))
        found, last = growth.exponent(report, base, nothing)
        b.table.row(f"{base * 8:,} {what}", last * 1e3 / times, "ms", value=found, ratio=found, most=growth.LIMIT)
    commands = [("messages, report", lambda n: growth.report_of(b.program, b.snapshot, b.corpora.mbox(n)[0]), 500)]
    if b.has("survey"):
        commands += [("messages, survey", lambda n: [b.program, "survey", "--format", "json", "--dns", b.snapshot,
                                                     b.corpora.mbox(n)[0]], 2000)]
    if b.has("--list"):
        commands += [("messages, survey --list", lambda n: [b.program, "survey", "--list", b.corpora.mbox(n)[0]], 12500)]
    for what, command, base in commands:
        nothing = growth.cheapest(command(1))
        found, last = growth.exponent(command, base, nothing)
        b.table.row(f"{base * 8:,} {what}", last * 1e3, "ms", value=found, ratio=found, most=growth.LIMIT)
    b.table.end()


# ---- memory ----

def memory(b):
    b.table.begin("memory", "Anonymous memory of a batch, all processes together")
    folder, _ = b.corpora.files("mixed", 10000)
    few, many = (measure.memory(batch_command(b, folder, count))[1] for count in (2000, 10000))
    b.table.row("10,000 messages : 2,000 messages", many, "MB", few, many / few, most=1.2)
    b.table.end()


# ---- where the time goes ----

def where(b):
    b.table.begin("profiles", "Where the time goes, in percent of the samples of perf", rows=False)
    why = profiles.missing()
    if why:
        b.skip("profiles", why)
        b.table.end()
        return
    plain, mixed = (b.corpora.files(mix, 1000)[0] for mix in ("plain", "mixed"))
    one, large_text = os.path.join(plain, "000000.eml"), b.corpora.large("text", 50 * 1024 * 1024, False)
    start = 'i=0; while [ $i -lt 150 ]; do "$@" >/dev/null; i=$((i+1)); done'
    cases = [("6 KB", batch_command(b, plain, 1000)), ("mixed", batch_command(b, mixed, 1000)),
             ("50 MB", b.report("--dns", b.snapshot, *[large_text] * 8)),
             ("start", ["sh", "-c", start, "sh", *b.report("--dns", b.snapshot, one)])]
    if b.has("survey"):
        cases.append(("survey", [b.program, "survey", "--format", "json", "--dns", b.snapshot, b.corpora.mbox(4000)[0]]))
    if b.has("--list"):
        cases.append(("list", [b.program, "survey", "--list", b.corpora.mbox(MAILBOX)[0]]))
    lines, notes = profiles.table(cases, profiles.Folders(b.build), os.path.basename(b.program))
    b.table.columns([""] + [title for title, _ in cases], lines)
    for note in notes:
        b.table.note(note)
    b.table.end()


SECTIONS = {"screen": screens, "start": cold_start, "large": large, "batch": batch, "mailbox": mailbox, "growth": exponents,
            "memory": memory, "profiles": where}
