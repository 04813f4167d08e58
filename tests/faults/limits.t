#!/usr/bin/python3
"""Little of everything: descriptors, processes, memory, file systems without /proc, /dev/null or /tmp, a folder that is gone, no time
zones, a locale that is none. A report is the usual one, or there is none and that is told; never another verdict. As TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import resource
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faultlib import (PATIENCE, PROGRAM, TORTURE, Place, Tap, Terminal, adopt, default_signals, kill_session, left_behind,      # noqa: E402
                      mailbox, sized)

# A sanitizer's search for leaks wants processes and /proc, which are taken away here; other tests have it.
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"
SANITIZED = "asan" in os.environ.get("BUILD", "")
OPEN = {"unknown", "temperror"}


def run(place, words, before=None, cwd=None, command=(PROGRAM,), **more):
    """(status, standard output, standard error, who was left behind)"""
    process = subprocess.Popen([*command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                               env=place.environment(**more), cwd=cwd or place.path("mail"), preexec_fn=before)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        kill_session(process.pid)
        out, err = process.communicate()
        return "no end", out, err, []
    return process.returncode, out, err, left_behind(process.pid)


def verdicts(out):
    """Of DMARC, by message; None where that one could not be reported. ValueError where a line is no JSON."""
    return [report["dmarc"]["rfc9989"]["result"] if "dmarc" in report else None for report in map(json.loads, out.splitlines())]


def judge(name, usual, got):
    """`usual`: standard output of the same command where there is enough."""
    status, out, err, left = got
    found = []
    if status == "no end":
        return [f"{name}: it did not end"]
    if status not in (0, 2, -5, -6):
        found.append(f"{name}: status {status}")
    if status == 2 and not err and b"died" not in out:
        found.append(f"{name}: status 2 without a word")
    try:
        now, then = verdicts(out), verdicts(usual)
        found += [f"{name}: verdicts {now} instead of {then}"] if any(a not in (b, None, *OPEN) for a, b in zip(now, then)) else []
        found += [f"{name}: {len(now)} of {len(then)} reports, and status 0"] if status == 0 and len(now) < len(then) else []
    except ValueError as error:
        found.append(f"{name}: no JSON ({error}): {out[-200:]!r}")
    found += [f"{name}: left behind: {left}"] if left else []
    return [f"{text}: {err[-200:]!r}" for text in found]


def rlimits(tap, place, message, box):
    """Each limit, from almost nothing to enough."""
    kinds = [("open files", resource.RLIMIT_NOFILE, (3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 32, 64)),
             ("written bytes", resource.RLIMIT_FSIZE, (0, 1000)),
             ("CPU seconds", resource.RLIMIT_CPU, (60,))]
    if not SANITIZED:
        kinds += [("stack", resource.RLIMIT_STACK, (1 << 17, 1 << 18, 1 << 20)),
                  ("address space", resource.RLIMIT_AS, [n << 20 for n in (20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100, 130, 160, 200, 400)]),
                  # The kernel itself ends a program whose own data, 546 KB, do not fit.
                  ("data", resource.RLIMIT_DATA, [n << 10 for n in (700, 800, 1200, 1600, 2000, 2500, 3000, 4000, 6000, 10000, 30000)])]
    for words in (["report", "--format", "json", message], ["report", "--format", "json", "--offline", "-j", "3", box]):
        usual = run(place, words)[1]
        for name, which, values in kinds:
            found, whole = [], 0
            for value in values if TORTURE or len(values) < 4 else values[place.random.randrange(2)::2]:
                def before():
                    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                    resource.setrlimit(which, (value, value))                                       # noqa: B023
                got = run(place, words, before)
                if got[0] == 127 or b"error while loading shared libraries" in got[2]:
                    continue        # it did not begin
                found += judge(f"{name} {value}", usual, got)
                whole += got[0] == 0
                tap.add("runs with little")
            tap.check(not found and (whole > 0 or name == "written bytes"), f"{words[-1][-8:]}: little of {name}", f"{whole} ended well", *found)


def processes(tap, place, message, box):
    """The limit counts for a user that is not root."""
    if os.getuid() != 0:
        return
    os.chmod(place.folder, 0o755)
    for words in (["report", "--format", "json", message], ["report", "--format", "json", "--offline", "-j", "3", box]):
        usual, found = run(place, words)[1], []
        for most in range(1, 8):
            def before():
                resource.setrlimit(resource.RLIMIT_NPROC, (most, most))                             # noqa: B023
                os.setgid(60123)
                os.setuid(60123)
            found += judge(f"{most} processes", usual, run(place, words, before, TMPDIR="/tmp"))
        tap.check(not found, f"{words[-1][-8:]}: few processes may be there", *found)


# ---- file systems ----

def spaces():
    """Whether mounts of our own can be made here."""
    return subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0


def mounted(script):
    """A command that changes the tree for itself alone, then runs the program."""
    return ("unshare", "-m", "--propagation", "private", "sh", "-ec", script + '\nexec "$@"', "sh", PROGRAM)


TREES = {
    "no /proc": "mount -t tmpfs none /proc",
    "no /dev/null": "mount -t tmpfs none /dev",
    "no /dev/shm, no /tmp to write into": "mount -t tmpfs -o ro none /dev/shm; mount --bind \"$PLACE\" /mnt; mount -t tmpfs -o ro none /var/tmp",
    "everything is read-only": "mount -o remount,ro,bind / 2>/dev/null || mount --bind / / && mount -o remount,ro,bind /",
    "a full disk for temporary files": "mount -t tmpfs -o size=4k none \"$TMPDIR\"; head -c 4096 /dev/zero >\"$TMPDIR/full\"",
    "no time zones": "mount -t tmpfs none /usr/share/zoneinfo",
    "no locales": "mount -t tmpfs none /usr/lib/locale",
    "no terminal descriptions": "mount -t tmpfs none /usr/share/terminfo; mount -t tmpfs none /lib/terminfo",
    "no public suffix list": "mount -t tmpfs none /usr/share/publicsuffix",
    "no /etc": "mount -t tmpfs none /etc",
    "no character sets": "mount -t tmpfs none $(dirname $(find /usr/lib -name gconv-modules | head -1))",
}


# What `make check` has time for.
FEW = ("no /proc", "no /dev/null", "everything is read-only", "a full disk for temporary files")


def trees(tap, place, message, box):
    if not spaces():
        tap.check(True, "# SKIP no mounts of our own here")
        return
    for name, script in TREES.items() if TORTURE else [(name, TREES[name]) for name in FEW]:
        found = []
        if SANITIZED and name == "no /proc":
            tap.check(True, "no /proc # SKIP a sanitizer reads its own settings there")
            continue
        for words in (["report", "--format", "json", message], ["report", "--format", "json", "--offline", "-j", "2", box], ["info"],
                      ["survey", "--list", box]):
            usual = run(place, words)
            got = run(place, words, command=mounted(script), PLACE=place.folder, TZ="Asia/Tokyo")
            if got[0] not in (0, 2):
                found.append(f"{words[0]}: status {got[0]}, {got[2][-300:]!r}")
            elif words[0] == "report":
                found += judge(words[-1], usual[1], got)
            elif got[0] == 0 and words[0] == "survey" and got[1] != usual[1]:
                found.append(f"list: {got[1][-200:]!r}")
        terminal = Terminal(place, ["-m", "--propagation", "private", "sh", "-ec", script + '\nexec "$@"', "sh", PROGRAM, message],
                            program=shutil.which("unshare"), PLACE=place.folder)
        terminal.wait(b"DMARC", 5)
        terminal.quiet()
        terminal.press(b"2\x1b\x1bqqq")
        status = terminal.finish(10)
        if status not in (0, 2) or terminal.faults() or (status == 2 and b"fromscope: " not in terminal.out):
            found.append(f"screen: status {status}, {terminal.faults()}, {bytes(terminal.out[-300:])!r}")
        terminal.close()
        tap.check(not found, name, *found)
        saved = run(place, ["--plain", message], command=("sh", "-c", "printf 'export html no.html\\nquit\\n' | \"$@\"", "sh", *mounted(script)),
                    PLACE=place.folder)
        path = place.path("mail/no.html")
        whole = os.path.exists(path) and open(path, "rb").read().endswith(b"</html>\n")     # noqa: SIM115
        tap.check(whole or (not os.path.exists(path) and b"no.html: " in saved[1] + saved[2]), "… saving: whole, or told", saved)
        if os.path.exists(path):
            os.unlink(path)
    tap.same([stray for stray in place.strays() if stray != "full"], [], "nothing is left")


# ---- where we are, and what is said of the world ----

def surroundings(tap, place, message):
    usual = run(place, ["report", "--format", "json", message])

    def in_deleted():
        folder = place.path("deleted")
        os.mkdir(folder)
        os.chdir(folder)
        os.rmdir(folder)
    got = run(place, ["report", "--format", "json", message], in_deleted)
    tap.same((got[0], got[1]), (usual[0], usual[1]), "the current folder is gone")
    got = run(place, ["report", "--format", "json", "webform.eml"], in_deleted)
    tap.check(got[0] == 2 and b"No such file" in got[2], "… a name in it is not there", got)
    terminal = Terminal(place, ["-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"", "sh", PROGRAM, message], program="/bin/sh")
    terminal.wait(b"\x1b[?1049h")
    terminal.quiet()
    terminal.press(b":export html here.html\r")
    terminal.quiet()
    terminal.press(b"\x1b\x1bqq")
    tap.check(terminal.finish() == 0 and not terminal.faults(), "… on the screen, saving there", terminal.status, bytes(terminal.out[-300:]))
    terminal.close()
    for name, more in (("a time zone that is none", {"TZ": "Nowhere/At all"}), ("a time zone of control characters", {"TZ": ":\x1b[31m\n"}),
                       ("a locale that is none", {"LC_ALL": "xx_YY.NONE"}), ("an old locale", {"LC_ALL": "ja_JP.eucJP"}),
                       ("no environment at all", {name: None for name in os.environ}),
                       ("a LANGUAGE of nonsense", {"LC_ALL": None, "LANG": "C.UTF-8", "LANGUAGE": "::../../x:\x1b:ja_\n"}),
                       ("COLUMNS of nonsense", {"COLUMNS": "-1", "LINES": "99999999999999999999"}),
                       ("G_MESSAGES_DEBUG", {"G_MESSAGES_DEBUG": "all", "G_SLICE": "always-malloc"}),
                       ("a theme that is none", {"COLORTERM": "x" * 10000})):
        got = run(place, ["report", "--format", "json", message], **more)
        tap.check(got[0] == 0 and verdicts(got[1]) == verdicts(usual[1]) and b"\x1b" not in got[1] + got[2], name, got[0], got[2])
        done = run(place, ["report", message], **more)
        tap.check(done[0] == 0 and b"\x1b" not in done[1] + done[2], "… as text", done[0], done[2])


def main():
    default_signals()
    adopt()
    tap, place = Tap(), Place()
    message = place.sample("webform.eml")
    box = place.write("mail/box.mbox", mailbox(sized(60, 600)))
    rlimits(tap, place, message, box)
    processes(tap, place, message, box)
    trees(tap, place, message, box)
    surroundings(tap, place, message)
    place.remove()
    tap.end()


main()
