#!/usr/bin/python3
"""One call for memory fails, then another: of every command, in each of its processes. The one that fails may die, as GLib does; there is
no other verdict, no half output with status 0, no file that is half or too many, no terminal that stays behind. As TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import resource
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faultlib import (SAMPLES, Book, Place, Tap, Terminal, adopt, default_signals, left_behind, library, sized,       # noqa: E402
                      skip)

# What is no verdict: that it could not be known.
OPEN = ("unknown", "temperror")
# How a process that gets no memory once may end: as GLib does, or by telling. When it gets none any more, GLib cannot even say so.
DEATHS = (-5, -6)
LAST_DEATHS = (-5, -6, -11)
EVER = 10 ** 9


# ---- verdicts ----

def verdicts(report):
    """Path: result, of all that a report judges."""
    found = {f"dmarc {rfc}": report["dmarc"][rfc]["result"] for rfc in ("rfc9989", "rfc7489")}
    found["spf"] = report["spf"]["mail_from"]["result"]
    found["arc"] = report["arc"]["result"]
    for i, signature in enumerate(report["dkim"]):
        found[f"dkim {i}"] = signature["result"]
    for profile in report["receivers"]:
        found[f"receiver {profile['profile']}"] = profile["result"]
    return found


def lines_of(out):
    """The objects of an output; an Exception where it is none."""
    if out and not out.endswith(b"\n"):
        raise ValueError("the last line does not end")
    return [json.loads(line) for line in out.splitlines()]


def other_verdicts(out, usual, told):
    """A profile that could not be read, which was told, is not judged by."""
    try:
        reports = lines_of(out)
    except ValueError as error:
        return [f"no JSON: {error}: {out[-100:]!r}"]
    if len(reports) > len(usual):
        return [f"{len(reports)} reports"]
    found = []
    for report, expected in zip(reports, usual):
        if "dmarc" not in report:
            continue
        now = verdicts(report)
        for what, result in expected.items():
            gone = "told" if told and what.startswith("receiver") else "gone"
            if now.get(what, gone) not in (result, "told", *OPEN):
                found.append(f"{what}: {now.get(what)}, not {result}")
    return found


# ---- one command, swept ----

PEER_ENDED = re.compile(rb" *\d+\. WARNING: (?:libspf2|OpenDMARC)\s+crashed\s+over.*?take\s+the\s+message\.\n", re.S)


class Sweep:
    """`usual`: what comes without a fault."""

    def __init__(self, tap, place, name, words, **how):
        self.tap, self.place, self.name, self.words, self.how = tap, place, name, words, how
        self.preload = how.pop("preload")
        self.json = how.pop("json", False)
        self.restarts = how.pop("restarts", False)      # what read the message may die: that is told, and another reads it
        self.asks = how.pop("asks", False)              # others may die that it asks: then it says less
        self.found = []
        self.usual, self.book = self.run("0:0:0")
        self.verdicts = [verdicts(report) for report in lines_of(self.usual.out)] if self.json else None

    def run(self, fault):
        Book.fresh(self.place.book)
        done = self.place.run(*self.words, LD_PRELOAD=self.preload, FAULT_BOOK=self.place.book, FAULT_MEMORY=fault, **self.how)
        return done, Book(self.place.book)

    def judge(self, done, who, span):
        """What is wrong with it."""
        usual = self.usual
        if done.status == "no end":
            return ["it did not end"]
        found = []
        again = self.restarts and done.out.endswith(usual.out) and b"died on this message" in done.out
        # The Overview tells of a library whose process ended, and is as usual but for that.
        peer_ended = PEER_ENDED.sub(b"", done.out) == usual.out
        if done.status == usual.status and not self.json and not self.asks and done.out != usual.out and not again and not peer_ended:
            found.append("another output with the usual status")
        if done.status != usual.status and done.status not in (2, *(DEATHS if span < EVER else LAST_DEATHS)):
            found.append("died of something else")
        if done.status == 2 and usual.status != 2 and not done.err and b"died" not in done.out:
            found.append("status 2 without a word")
        if self.json:
            found += other_verdicts(done.out, self.verdicts, done.err)
            if who > 0 and done.status in (0, 2) and done.out.count(b"\n") != usual.out.count(b"\n"):
                found.append("other messages are lost along with one")
        strays = self.place.strays()
        if strays:
            found.append(f"left: {strays}")
            for path in strays:
                os.unlink(os.path.join(self.place.path("tmp"), path))
        left = left_behind(done.session)
        if left:
            found.append(f"processes left: {left}")
        return found

    def one(self, who, call, span):
        fault = f"{who}:{call}:{span}"
        done, book = self.run(fault)
        failed = sum(failed for _, failed in book.processes)
        self.tap.add("calls for memory that failed", failed)
        self.tap.add("runs without memory")
        for text in self.judge(done, who, span):
            self.found.append(f"{fault}: {text}: {done!r}")

    def sweep(self, most):
        """At most so many calls of each process, spread by chance; the first ones of all."""
        done = 0
        for who, (calls, _) in enumerate(self.book.processes):
            chosen = range(1, calls + 1)
            if calls > most:
                chosen = sorted(self.place.random.sample(chosen, most))
            for call in chosen:
                self.one(who, call, 1 if self.place.random.random() < 0.75 else EVER)
                done += 1
        total = sum(calls for calls, _ in self.book.processes)
        self.tap.check(not self.found and done > 0, f"{self.name}: {done} of {total} calls, {len(self.book.processes)} processes",
                       *self.found)


# ---- on the screen ----

def screen(tap, place, preload, name, words, keys, most):
    """The process that fails may go; the terminal is as it was, and nobody is left."""
    def run(fault):
        Book.fresh(place.book)
        terminal = Terminal(place, words, LD_PRELOAD=preload, FAULT_BOOK=place.book, FAULT_MEMORY=fault)
        terminal.wait(b"\x1b[?1049h", 10)
        for key in keys:
            terminal.press(key)
            terminal.pump(0.02)
        terminal.leave(30)
        return terminal

    usual, found, done = run("0:0:0"), [], 0
    tap.check(usual.finish() == 0, f"{name}: it runs where nothing fails", usual.status, bytes(usual.out[-300:]))
    usual.close()
    calls = [(who, call) for who, (count, _) in enumerate(Book(place.book).processes) for call in range(1, count + 1)]
    for who, call in sorted(place.random.sample(calls, min(most, len(calls)))):
        span = 1 if place.random.random() < 0.75 else EVER
        terminal = run(f"{who}:{call}:{span}")
        status = terminal.finish(1)
        faults = terminal.faults()
        if status not in (0, 2, *LAST_DEATHS, 128 + 5, 128 + 6):
            faults.append(f"status {status}")
        left = left_behind(terminal.session)
        faults += [f"left behind: {left}"] if left else []
        faults += [f"left: {stray}" for stray in place.strays()]
        found += [f"{who}:{call}:{span}: {fault}: status {status}: {bytes(terminal.out[-300:])!r}" for fault in faults]
        terminal.close()
        done += 1
        tap.add("runs without memory")
    tap.check(not found and done > 0, f"{name}: {done} of {len(calls)} calls", *found)


SEPARATOR = b"From ann@example.com Mon Jan  5 10:00:00 2026\n"


def main():
    preload = library()
    if not preload:
        skip("no library can be loaded into this build")
    default_signals()
    adopt()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tap, place = Tap(), Place()
    campaign, webform, pasted = (place.sample(name) for name in ("campaign.eml", "webform.eml", "pasted-gmail.txt"))
    chain = os.path.join(SAMPLES, "lessons", "13-chains-of-hearsay")
    forwarded = [os.path.join(chain, name) for name in sorted(os.listdir(chain)) if name.endswith(".eml")][0]
    with open(campaign, "rb") as stream:
        mail = stream.read()
    box = place.write("mail/box.mbox", b"".join(SEPARATOR + mail + b"\n" for _ in range(20)))
    zone = place.path("mail/campaign.dns")
    alone = ["--second-opinions", "off"]
    commands = [
        ("report, JSON", ["report", "--format", "json", campaign], {"json": True}, sized(15, EVER)),
        ("report of a forwarded one, JSON", ["report", "--format", "json", *alone, forwarded], {"json": True}, sized(8, EVER)),
        ("report of a mailbox, JSON", ["report", "--format", "json", "--dns", zone, "-j", "2", box], {"json": True}, sized(5, 3000)),
        ("report, text", ["report", *alone, webform], {}, sized(5, 2000)),
        ("report, HTML", ["report", "--format", "html", *alone, campaign], {}, sized(5, 2000)),
        ("survey", ["survey", "--format", "json", "--dns", zone, box], {}, sized(6, 2000)),
        ("list", ["survey", "--list", box], {}, sized(6, 2000)),
        ("repair", ["repair", pasted], {}, sized(6, EVER)),
        ("check", ["check", "--from", "a@example.jp", "--dns", zone], {}, sized(6, EVER)),
        ("snapshot", ["snapshot", "--dns-server", "127.0.0.1@1", "--dns-timeout", "1", *alone, webform], {}, sized(4, 500)),
        ("lesson --check", ["lesson", "--check", "01"], {}, sized(6, 2000)),
        ("without a screen", ["--plain", campaign], {"restarts": True}, sized(6, 2000)),
        ("info", ["info"], {"asks": True}, sized(6, 1000)),
    ]
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    for name, words, how, most in commands:
        if name.startswith(only):
            Sweep(tap, place, name, words, preload=preload, **how).sweep(int(sys.argv[2]) if len(sys.argv) > 2 else most)
    for name, words, keys, most in (("screen, a message", [campaign], (b"2", b"6", b"8", b"x\r", b":tree\r"), sized(6, 1500)),
                                    ("screen, a mailbox", ["--dns", zone, box], (b"G", b"\r", b"2"), sized(3, 800)),
                                    ("screen, a lesson", ["lesson", "01"], (b" ", b"a", b"3", b" "), sized(3, 800))):
        if name.startswith(only):
            screen(tap, place, preload, name, words, keys, int(sys.argv[2]) if len(sys.argv) > 2 else most)
    place.remove()
    tap.end()


main()
