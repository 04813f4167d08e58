#!/usr/bin/python3
"""A disk that is full, a folder that cannot be written, a reader that is gone: every call that makes, writes, flushes or names a file
fails in turn, a disk is full after every so many bytes, a process is killed at each of these calls. What was there before is there
still, what is new is whole or absent, the person is told, nothing is left lying about. As TAP. SPDX-License-Identifier: MIT"""
import errno
import os
import re
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faultlib import (PATIENCE, PROGRAM, TORTURE, Book, Done, Place, Tap, Terminal, default_signals, left_behind, library,      # noqa: E402
                      mailbox, sized)

EVER = 10 ** 9
ERRORS = {errno.ENOSPC: b"No space left", errno.EROFS: b"Read-only", errno.EIO: b"Input/output", errno.EACCES: b"Permission denied",
          errno.EDQUOT: b"quota"}


# ---- something that is saved ----

def plain_answers(data):
    """A made-up name and the seconds differ from run to run."""
    return re.sub(rb"learner-\w+|\d+\.\d+\r\n", b"-", data)


class Saving:
    """`files`: where, below the place, what is saved appears; `before`: what stands there, or None. `act()` does it and gives what a
    person sees. `quiet`: it is no fault to say nothing (history of the palette); `told`: what is said, where the reason may be cut off."""

    def __init__(self, place, name, file, act, before=None, quiet=False, told=None):
        self.place, self.name, self.file, self.act, self.before, self.quiet = place, name, place.path(file), act, before, quiet
        self.told = told

    def reset(self):
        if os.path.lexists(self.file):
            os.unlink(self.file)
        if self.before is not None:
            os.makedirs(os.path.dirname(self.file), exist_ok=True)
            with open(self.file, "wb") as out:
                out.write(self.before)

    def saved(self):
        try:
            with open(self.file, "rb") as stream:
                return stream.read()
        except FileNotFoundError:
            return None

    def run(self, preload, **fault):
        self.reset()
        Book.fresh(self.place.book)
        seen = self.act(LD_PRELOAD=preload, FAULT_BOOK=self.place.book, **fault)
        return seen, self.saved(), Book(self.place.book)

    def judge(self, fault, seen, saved, number, dead):
        found = []
        # Text that is written page by page: each state that a file may have is a whole one.
        if saved != self.before and not self.is_whole(saved):
            found.append(f"neither what was there nor what was to be: {saved and saved[-100:]!r}")
        if saved == self.before and not dead and not self.quiet and (self.told or ERRORS[number]) not in seen:
            found.append(f"nothing was saved, and nobody was told: {seen[-400:]!r}")
        strays = self.place.strays()
        for path in strays:
            path = os.path.join(self.place.path("tmp"), path)
            # Killed between the two calls that exchange a file: it is whole, and goes with the next. A class's predictions are kept
            # as progress, too.
            if not (dead and os.path.basename(path) in (f".{os.path.basename(self.file)}.new", ".progress.new")):
                found.append(f"left: {path}")
            os.unlink(path)
        return [f"{fault}: {text}" for text in found]

    def is_whole(self, saved):
        return saved is not None and plain_answers(saved) == plain_answers(self.whole)

    def sweep(self, tap, preload):
        seen, self.whole, book = self.run(preload)
        if self.whole is None or self.whole == self.before:
            tap.check(False, f"{self.name}: it is saved where nothing fails", seen[-600:])
            return
        tap.check(self.place.strays() == [] and book.flushed > 0, f"{self.name}: saved by {book.files} calls, {book.bytes} bytes, flushed",
                  book.flushed, self.place.strays())
        found, count = [], 0
        numbers = sorted(ERRORS)
        calls = range(1, book.files + 1)
        ways = ((1, False), (EVER, False), (0, True))
        for call in calls if TORTURE else sorted(self.place.random.sample(calls, min(4, len(calls)))):
            for span, dead in ways if TORTURE else (self.place.random.choice(ways),):
                number = self.place.random.choice(numbers)
                fault = {"FAULT_DEAD": str(call)} if dead else {"FAULT_FILE": f"{call}:{span}:{number}"}
                seen, saved, _ = self.run(preload, **fault)
                found += self.judge(fault, seen, saved, number, dead)
                count += 1
        steps = sized(2, 400)
        for i in range(min(steps, book.bytes)):
            fault = {"FAULT_BYTES": str(book.bytes * i // steps)}
            seen, saved, _ = self.run(preload, **fault)
            found += self.judge(fault, seen, saved, errno.ENOSPC, False)
            count += 1
        tap.add("saves that failed", count)
        tap.check(not found, f"{self.name}: {count} times it cannot be saved", *found)


# ---- who saves ----

def plain(place, message, *typed):
    """Commands typed into the mode without a screen."""
    def act(**more):
        done = place.run("--plain", message, stdin="".join(line + "\n" for line in (*typed, "quit")).encode(), **more)
        return done.out + done.err
    return act


def on_screen(place, words, keys):
    """Keys pressed one after the other; what the terminal got."""
    def act(**more):
        terminal = Terminal(place, words, **more)
        terminal.wait(b"\x1b[?1049h")
        terminal.quiet(0.05)
        for key in keys:
            terminal.press(key)
            terminal.quiet(0.05)
        terminal.press(b"\x1b\x1bqqqyq")
        terminal.finish()
        faults = [] if terminal.status in (-signal.SIGKILL, 128 + signal.SIGKILL) else terminal.faults()
        terminal.close()
        if faults:
            raise AssertionError(faults)
        return bytes(terminal.out)
    return act


def savings(place):
    message = place.sample("campaign.eml")
    yield Saving(place, "export html", "mail/out.html", plain(place, message, "export html out.html"))
    yield Saving(place, "export snapshot", "mail/out.dns", plain(place, message, "export snapshot out.dns"))
    for kind in sized((), ("view", "markdown", "text", "json", "csv", "steps", "letter")):
        if kind != "csv":       # a survey's
            yield Saving(place, f"export {kind}", "mail/out.txt", plain(place, message, f"export {kind} out.txt"))
    yield Saving(place, "x on the screen", "mail/campaign.html", on_screen(place, [message], [b"x", b"\x1b[B", b"\r"]))
    yield Saving(place, "progress of a lesson", "state/fromscope/progress", on_screen(place, ["lesson", "01"], [b" "]),
                 b"# What was done.\n[90-other]\npage = 3\nright = 2:1\n", told=b"is not kept")
    yield Saving(place, "what was typed into the palette", "state/fromscope/history", on_screen(place, [message], [b":tree\r"]),
                 b"overview\n", quiet=True)
    yield Saving(place, "a class file", "mail/class.csv",
                 on_screen(place, ["--class", place.path("mail/class.csv"), message], [b"P", b"2", b"a", b"2"]))


# ---- standard output ----

COMMANDS = {
    "report, text": ["report", "M"], "report, JSON": ["report", "--format", "json", "M"], "report, HTML": ["report", "--format", "html", "M"],
    "report, Markdown": ["report", "--format", "markdown", "M"], "report, steps": ["report", "--format", "steps", "M"],
    "report of a mailbox": ["report", "--offline", "B"], "survey": ["survey", "--offline", "B"],
    "survey, JSON": ["survey", "--offline", "--format", "json", "B"], "survey, CSV": ["survey", "--offline", "--format", "csv", "B"],
    "list": ["survey", "--list", "B"], "repair": ["repair", "P"], "snapshot": ["snapshot", "--dns-server", "127.0.0.1@1", "--dns-timeout", "1", "M"],
    "check": ["check", "--from", "a@example.jp", "--dns", "Z"], "info": ["info"], "help": ["--help"], "version": ["--version"],
    "lessons": ["lesson"], "a lesson": ["lesson", "01"], "checked lessons": ["lesson", "--check", "01"], "edits": ["--what-if", "help"],
    "without a screen": ["--plain", "M"], "no terminal": ["M"],
}


def words_of(place, words):
    names = {"M": place.path("mail/webform.eml"), "B": place.path("mail/box.mbox"), "P": place.path("mail/pasted-gmail.txt"),
             "Z": place.path("mail/webform.dns")}
    return [names.get(word, word) for word in words]


def full(tap, place):
    for name, words in COMMANDS.items():
        with open("/dev/full", "wb") as out:
            run = subprocess.run([PROGRAM, *words_of(place, words)], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
                                 env=place.environment(), cwd=place.path("mail"), timeout=PATIENCE, check=False)
        lines = [line for line in run.stderr.decode().splitlines() if "o space left" in line]
        tap.check(run.returncode == 2 and len(lines) == 1, f"{name}: standard output is full: status 2, one line", run.returncode, run.stderr)


def closed_pipe(tap, place, ignored):
    """A reader that takes a few bytes and goes."""
    found, commands = [], sorted(COMMANDS.items())
    if not TORTURE:
        commands = place.random.sample(commands, 8)
    for name, words in commands:
        reading, writing = os.pipe()

        def before():
            signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignored else signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        run = subprocess.Popen([PROGRAM, *words_of(place, words)], stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE,
                               env=place.environment(), cwd=place.path("mail"), start_new_session=True, preexec_fn=before,
                               restore_signals=False)
        os.close(writing)
        if place.random.random() < 0.5:
            os.read(reading, 10)
        os.close(reading)
        _, err = run.communicate(timeout=PATIENCE)
        err = b"".join(line for line in err.splitlines(True) if b"DNS could not be asked" not in line and b"lines above" not in line)
        if run.returncode not in ((0, 2) if ignored else (0, 2, -signal.SIGPIPE)) or b"ipe" in err:
            found.append(f"{name}: status {run.returncode}, {err!r}")
        left = left_behind(run.pid)
        found += [f"{name}: left behind: {left}"] if left else []
    tap.check(not found, f"a reader that goes, SIGPIPE {'ignored' if ignored else 'as usual'}: quiet, {len(commands)} commands", *found)


# ---- places ----

def places(tap, place):
    """Where configuration and state cannot be: a file stands there, a name is too long, has a line end, is relative, or nobody said."""
    file = place.write("file", b"not a folder\n")
    message = place.path("mail/webform.eml")
    usual = place.run("report", message)
    screens = sized(2, 99)
    for name, more in (("HOME is not set", {"HOME": None, "XDG_CONFIG_HOME": None, "XDG_STATE_HOME": None}),
                       ("a file in the place of folders", {"HOME": file, "XDG_CONFIG_HOME": file, "XDG_STATE_HOME": file, "XDG_DATA_HOME": file}),
                       ("relative", {"XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_DATA_HOME": "data"}),
                       ("empty", {"XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "XDG_DATA_HOME": "", "HOME": ""}),
                       ("a line end and an escape", {"XDG_CONFIG_HOME": place.path("a\nb\x1b[31m"), "XDG_STATE_HOME": place.path("a\nb\x1b[31m")}),
                       ("too long", {"XDG_CONFIG_HOME": "/x" * 5000, "XDG_STATE_HOME": "/x" * 5000}),
                       ("a loop", {"XDG_CONFIG_HOME": "/proc/self/fd/0", "XDG_STATE_HOME": "/proc/self/fd/0"})):
        done = place.run("report", message, **more)
        tap.check(done.status == 0 and done.out == usual.out and b"\x1b" not in done.err, f"places: {name}: a report", done)
        screens -= 1
        if screens < 0:
            continue
        act = on_screen(place, ["lesson", "01"], [b" ", b" ", b":tree\r"])
        try:
            seen, fault = act(**more), None
        except AssertionError as error:
            seen, fault = b"", error
        tap.check(fault is None and b"\x1b[?1049l" in seen, "… and a lesson on the screen", fault, seen[-300:])
        tap.same(place.strays(), [], "… nothing is left")


def tiny_disk(tap, place):
    """A limit on the size of files is a full disk with a signal to it."""
    message = place.path("mail/webform.eml")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    typed = b"export html tiny.html\nquit\n"
    run = subprocess.Popen([PROGRAM, "--plain", message], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env=place.environment(), cwd=place.path("mail"), preexec_fn=limit, start_new_session=True)
    out, _ = run.communicate(typed, timeout=PATIENCE)
    tap.check(not os.path.exists(place.path("mail/tiny.html")) and (run.returncode == -signal.SIGXFSZ or b"oo large" in out),
              "files may have 4 KB only: nothing half is there", Done(run.pid, run.returncode, out, b""))
    tap.same(place.strays(), [], "… nothing is left")


def main():
    preload = library()
    default_signals()
    tap, place = Tap(), Place()
    for saving in savings(place) if preload else ():        # none can be loaded where a sanitizer is
        saving.sweep(tap, preload)
    for name in ("webform.eml", "pasted-gmail.txt"):
        place.sample(name)
    place.write("mail/box.mbox", mailbox(2000))
    full(tap, place)
    closed_pipe(tap, place, False)
    closed_pipe(tap, place, True)
    places(tap, place)
    tiny_disk(tap, place)
    place.remove()
    tap.end()


main()
