#!/usr/bin/python3
"""--plain, lesson and survey --merge read strangers' files in a confined process: what that process may do, how its death is told, and
what goes on after it. A library that is loaded into the program makes it act on marks in what it reads; the program itself has
nothing of the kind. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build/fromscope"))
os.chdir(ROOT)

# Every file that is no mailbox comes through pread(): small ones are not mapped (src/base/mapped.c).
ACTOR = r"""
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* What should not have worked did: everybody shall see it. */
static void
escaped(int yes)
{
    if (yes)
        raise(SIGFPE);
}

/* Bytes on the line to the other process, which is 3. */
static void
say(const char *hex)
{
    unsigned char bytes[512];
    size_t length = 0;
    unsigned byte;

    while (length < sizeof bytes && sscanf(hex, "%2x", &byte) == 1) {
        bytes[length++] = (unsigned char)byte;
        hex += 2;
    }
    (void)!write(3, bytes, length);
}

static void
act(const char *what)
{
    struct stat info;
    char *words[] = { "touch", getenv("ACTOR_MARK"), NULL };
    struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons(9) };
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (strncmp(what, "crash", 5) == 0)
        raise(SIGSEGV);
    if (strncmp(what, "abort", 5) == 0)
        abort();
    if (strncmp(what, "exit", 4) == 0)
        _exit(3);
    if (strncmp(what, "open", 4) == 0)
        escaped(open("/etc/hostname", O_RDONLY) >= 0);
    if (strncmp(what, "write", 5) == 0)
        escaped(open(getenv("ACTOR_MARK"), O_WRONLY | O_CREAT, 0600) >= 0);
    if (strncmp(what, "stat", 4) == 0)
        escaped(stat("/etc/hostname", &info) == 0 || access("/etc/hostname", F_OK) == 0);
    if (strncmp(what, "socket", 6) == 0)
        escaped(socket(AF_INET, SOCK_STREAM, 0) >= 0);
    if (strncmp(what, "unix", 4) == 0)
        escaped(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    if (strncmp(what, "connect", 7) == 0)
        escaped(connect(7, (struct sockaddr *)&there, sizeof there) == 0);
    if (strncmp(what, "exec", 4) == 0)
        execv("/usr/bin/touch", words);
    if (strncmp(what, "fork", 4) == 0)
        escaped(fork() >= 0);
    if (strncmp(what, "kill", 4) == 0)
        escaped(kill(getppid(), SIGTERM) == 0);
    if (strncmp(what, "code", 4) == 0)
        escaped(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
    if (strncmp(what, "memory", 6) == 0)
        for (;;)
            memset(mmap(NULL, 1 << 24, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, 1 << 24);
    if (strncmp(what, "say ", 4) == 0)
        say(what + 4);
    if (strncmp(what, "wait", 4) == 0)
        for (;;)
            sleep(1000);
}

static ssize_t
take(ssize_t got, const char *bytes)
{
    const char *at = got > 12 ? memmem(bytes, (size_t)got, "please try: ", 12) : NULL;

    if (at && at + 12 < bytes + got)
        act(at + 12);
    return got;
}

ssize_t
pread(int fd, void *bytes, size_t size, off_t from)
{
    static ssize_t (*own)(int, void *, size_t, off_t);

    if (!own)
        own = (ssize_t (*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread");
    return take(own(fd, bytes, size, from), bytes);
}

/* Line ends are looked for in every body: this is on the way of checking a message, not of finding it. */
void *
memchr(const void *bytes, int byte, size_t length)
{
    static void *(*own)(const void *, int, size_t);

    if (!own)
        own = (void *(*)(const void *, int, size_t))dlsym(RTLD_NEXT, "memchr");
    if (byte == '\n' && length > 12 && length < 4000 && memmem(bytes, length, "please fall", 11))
        raise(SIGSEGV);
    return own(bytes, byte, length);
}

ssize_t
pread64(int fd, void *bytes, size_t size, off_t from)
{
    return pread(fd, bytes, size, from);
}
"""

MAIL = b"From: a@example.com\nTo: b@example.net\nSubject: one\nDate: Tue, 01 Sep 2026 10:00:00 +0000\n\nbody\n"

number = 0
failed = False


def check(name, good, more=""):
    global number, failed
    number += 1
    failed = failed or not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}", flush=True)
    if not good:
        print("\n".join("# " + line for line in str(more).splitlines()[-25:]))


class Room:
    """A folder, the library, and the program with it."""

    def __init__(self, folder):
        self.folder = folder
        self.mark = os.path.join(folder, "mark")
        source, self.library = os.path.join(folder, "actor.c"), os.path.join(folder, "actor.so")
        with open(source, "w", encoding="ascii") as file:
            file.write(ACTOR)
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-fno-builtin", "-o", self.library, source, "-ldl"], check=True)
        self.environment = dict(os.environ, ACTOR_MARK=self.mark, XDG_STATE_HOME=os.path.join(folder, "state"),
                                XDG_CONFIG_HOME=os.path.join(folder, "config"), LC_ALL="C.UTF-8", TZ="UTC")
        self.environment["LD_PRELOAD"] = self.library

    def works(self):
        run = subprocess.run([PROGRAM, "--version"], env=self.environment, capture_output=True, check=False)
        return run.returncode == 0 and not run.stderr

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def run(self, *args, typed="", timeout=120):
        done = subprocess.run([PROGRAM, *args], input=typed.encode(), env=self.environment, capture_output=True, timeout=timeout, check=False)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def marked(what):
    return MAIL + b"please try: " + what.encode() + b"\n"


def lesson(room, what):
    """A lesson about a message with that mark: its folder."""
    shipped = os.path.join(ROOT, "samples/lessons/01-two-senders")
    folder = os.path.join(room.folder, "lessons", "01-" + what)
    shutil.copytree(shipped, folder, dirs_exist_ok=True)
    for name in os.listdir(folder):
        if name.endswith(".eml"):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                data = file.read()
            with open(path, "wb") as file:
                file.write(b"X-Note: please try: " + what.encode() + b"\n" + data)
    return folder


def survey(room, what):
    path = room.write(f"{what[:8]}.json", b"")
    plain = room.write("plain.eml", MAIL)
    done = subprocess.run([PROGRAM, "survey", "--offline", "--format", "json", plain], env=dict(os.environ), capture_output=True, check=True)
    with open(path, "wb") as file:
        file.write(done.stdout.replace(b'"plain.eml"', b'"please try: ' + what.encode() + b'"')
                   if b'"plain.eml"' in done.stdout else done.stdout.replace(plain.encode(), b"please try: " + what.encode()))
    return path


def commands(room, what):
    mail = room.write(f"{what}.eml", marked(what))
    folder = lesson(room, what)
    return {"--plain": (["--plain", "--offline", mail], "quit\n"),
            "lesson": (["lesson", folder], ""),
            "lesson --check": (["lesson", "--check", folder], ""),
            "lesson --plain": (["lesson", folder, "--plain"], "quit\n"),
            "survey --merge": (["survey", "--merge", survey(room, what)], "")}


REFUSED = ("open", "write", "stat", "socket", "unix")
# Nobody does so by mistake: it ends the process.
ENDED = ("connect", "exec", "fork", "kill", "code")


def inside(room):
    for name, (args, typed) in commands(room, "nothing").items():
        status, out = room.run(*args, typed=typed)
        check(f"{name}: as ever, with the library in it", status == 0 and "died" not in out, out)
    for what in REFUSED:
        for name, (args, typed) in commands(room, what).items():
            status, out = room.run(*args, typed=typed)
            check(f"{name}: {what} fails", status == 0 and "died" not in out and not os.path.exists(room.mark), f"{status}\n{out}")
    for what in ENDED:
        for name, (args, typed) in commands(room, what).items():
            status, out = room.run(*args, typed=typed)
            good = status == 2 and re.search(r"died[^\n]*: signal\s+31; it\s+was\s+confined", out) and not os.path.exists(room.mark)
            check(f"{name}: {what} ends it", good, f"{status}\n{out}")


def deaths(room):
    for what, how in (("crash", "signal 11"), ("abort", "signal 6"), ("exit", "exit status 3"), ("memory", "signal")):
        for name, (args, typed) in commands(room, what).items():
            status, out = room.run(*args, typed=typed)
            words = how.replace(" ", r"\s+")
            check(f"{name}: {what} is told", status == 2 and re.search(rf"died[^\n]*:\s+{words}[^\n]*;\s+it\s+was\s+confined", " ".join(out.split())),
                  f"{status}\n{out}")


def goes_on(room):
    """The rest of a folder is there after a message that killed the process."""
    box = os.path.join(room.folder, "box")
    for part in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(box, part))
    for name, data in (("1.eml", MAIL), ("2.eml", MAIL + b"please fall\n"), ("3.eml", MAIL.replace(b"one", b"three"))):
        room.write(f"box/cur/{name}", data)
    status, out = room.run("--plain", "--offline", box, typed="open 2\nopen 3\nsource\nquit\n")
    flat = " ".join(out.split())
    check("a list goes on behind a message that killed the process", status == 0 and "Subject: three" in out and "signal 11" in flat, out)
    # After a death the files that the person named may be had again, and no others.
    status, out = room.run("--plain", "--offline", os.path.join(box, "cur/1.eml"),
                           typed=f"open {box}/cur/2.eml\nopen {box}/cur/3.eml\nsource\nquit\n")
    check("another file can be opened after it", status == 0 and "Subject: three" in out, out)


def frame(kind, data=b"", length=None):
    return (kind.encode() + b"\0\0\0" + (len(data) if length is None else length).to_bytes(4, "little") + data).hex()


def lies(room):
    """What a process says that was taken over."""
    mail = room.write("lie.eml", marked("say " + frame("P", b"before \x1b]0;title\x07\x9b31m\xe2\x80\xae\r\xffbehind\n")))
    run = subprocess.run([PROGRAM, "--plain", "--offline", mail], input=b"quit\n", env=room.environment, capture_output=True, check=False)
    check("no sequence gets to the terminal by it", b"before" in run.stdout and not re.search(rb"[\x00-\x08\x0b-\x1f\x7f\x9b\xff]|\xe2\x80\xae", run.stdout),
          run.stdout)
    for name, hexes in {"a frame of no kind": frame("Z"), "a status of two bytes": frame("Q", b"\0\0"), "a frame too long": frame("P", b"x", 1 << 30),
                        "an empty word": frame("V")}.items():
        status, out = room.run("--plain", "--offline", room.write("lie2.eml", marked("say " + hexes)), typed="quit\n")
        check(f"--plain: {name} ends it", "nonsense" in out or "died" in out, f"{status}\n{out}")
    for name, hexes in {"a frame of no kind": frame("Z"), "a status of two bytes": frame("Q", b"\0\0"), "a frame too long": frame("P", b"x", 1 << 30)}.items():
        status, out = room.run("survey", "--merge", survey(room, "say " + hexes))
        check(f"survey --merge: {name} ends it", status == 2 and "died" in out, f"{status}\n{out}")


def parents_of():
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
                if fields[0] != "Z":
                    found[int(name)] = int(fields[1])
            except (OSError, IndexError):
                pass
    return found


def children(pid):
    return [child for child, parent in parents_of().items() if parent == pid]


def wait_until(wanted, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if wanted():
            return True
        time.sleep(0.02)
    return False


def silent(room):
    """A process that waits for ever can be ended by hand, twice Ctrl-C, and one goes on."""
    mail, other = room.write("s.eml", marked("wait")), room.write("o.eml", MAIL)
    run = subprocess.Popen([PROGRAM, "--plain", "--offline", mail], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env=room.environment)
    wait_until(lambda: children(run.pid))
    first = children(run.pid)
    time.sleep(1)
    os.kill(run.pid, signal.SIGINT)
    time.sleep(0.5)
    check("one Ctrl-C is for what is under way", children(run.pid) == first and run.poll() is None, children(run.pid))
    os.kill(run.pid, signal.SIGINT)
    check("a second one ends it", wait_until(lambda: [c for c in children(run.pid) if c not in first]))
    out, _ = run.communicate(f"open {other}\nsource\nquit\n".encode(), timeout=60)
    flat = " ".join(out.decode("utf-8", "replace").split())
    check("and one goes on", re.search("you ended|ended by you", flat, re.I) and "Subject: one" in flat and run.returncode in (0, 2), f"{run.returncode} {flat}")


def killed(room):
    mail = room.write("k.eml", MAIL)
    run = subprocess.Popen([PROGRAM, "--plain", "--offline", mail], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env=room.environment)
    wait_until(lambda: children(run.pid))
    first = children(run.pid)
    check("there is one confined process", len(first) == 1, first)
    with open(f"/proc/{first[0]}/status", encoding="utf-8") as file:
        wait_until(lambda: "Seccomp:\t2" in open(f"/proc/{first[0]}/status", encoding="utf-8").read())
    time.sleep(0.2)
    os.kill(first[0], signal.SIGKILL)
    check("another takes its place", wait_until(lambda: [c for c in children(run.pid) if c not in first]))
    out, _ = run.communicate(b"quit\n", timeout=60)
    flat = " ".join(out.decode("utf-8", "replace").split())
    check("kill -9 of it is told", "signal 9; it was confined" in flat and run.returncode in (0, 2), f"{run.returncode} {flat}")
    for args in (["--plain", "--offline", mail], ["survey", "--merge", survey(room, "wait")],
                 ["lesson", lesson(room, "wait")]):
        run = subprocess.Popen([PROGRAM, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=room.environment)
        wait_until(lambda: children(run.pid))
        time.sleep(0.2)
        inner = children(run.pid)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate(timeout=60)
        check(f"{args[0]}: kill -9 of the program ends all of it", inner and wait_until(lambda: not any(c in parents_of() for c in inner)), inner)
    run = subprocess.Popen([PROGRAM, "lesson", lesson(room, "wait")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=room.environment)
    wait_until(lambda: children(run.pid))
    time.sleep(0.2)
    inner = children(run.pid)
    os.kill(run.pid, signal.SIGTERM)
    run.communicate(timeout=60)
    check("SIGTERM likewise", run.returncode == -signal.SIGTERM and wait_until(lambda: not any(c in parents_of() for c in inner)), run.returncode)


def files(room):
    """What a line names may be had, whatever the process says of it; a text that is pasted names nothing."""
    note = room.write("elsewhere/note.eml", MAIL.replace(b"one", b"elsewhere"))
    mail = room.write("here/mail.eml", MAIL)
    status, out = room.run("--plain", "--offline", mail, typed=f"open {note}\nsource\nquit\n")
    check("a file that is typed is opened", status == 0 and "Subject: elsewhere" in out, out)
    status, out = room.run("--plain", "--offline", mail, typed="export html\nexport json out.txt\nquit\n")
    check("an export stands beside the message", os.path.exists(os.path.join(room.folder, "here/mail.html")), out)
    if os.path.exists("out.txt"):
        os.unlink("out.txt")
    # A character set that nobody thought of: another process has it, and nothing is said twice.
    for name, data in (("1.eml", MAIL), ("2.eml", MAIL.replace(b"Subject: one", b"Subject: =?koi8-r?B?8NLJ18XU?="))):
        room.write(f"sets/{name}", data)
    status, out = room.run("--plain", "--offline", os.path.join(room.folder, "sets"), typed="open 2\nquit\n")
    check("what must be loaded is loaded, without a word", status == 0 and "\u041f\u0440\u0438\u0432\u0435\u0442" in out and out.count("1. ") <= 2 and
          out.count("2 messages") == 1 and "died" not in out, out)
    link = os.path.join(room.folder, "here/out.eml")
    os.symlink(note, link)
    status, out = room.run("--plain", "--offline", os.path.join(room.folder, "here"), typed="quit\n")
    check("a link out of a folder is a message that cannot be read", "elsewhere" not in out and "refused" in " ".join(out.split()), out)
    for command in (("report", "--offline"), ("survey", "--list"), ("survey", "--offline")):
        done = subprocess.run([PROGRAM, *command, os.path.join(room.folder, "here")], env=room.environment, capture_output=True, check=False)
        said = " ".join((done.stdout + done.stderr).decode().split())
        check(f"{command[0]} {command[1]} does not follow it either", "Subject: elsewhere" not in said and "out.eml: refused: it leads out" in said,
              said[-600:])
    for folder in ("kept/cur", "kept/new", "found/cur", "found/new"):
        os.makedirs(os.path.join(room.folder, folder))
    kept = room.write("kept/cur/1234.x", MAIL)
    os.symlink(kept, os.path.join(room.folder, "found/cur/1"))
    done = subprocess.run([PROGRAM, "survey", "--list", os.path.join(room.folder, "found")], env=room.environment, capture_output=True, check=False)
    status, out = room.run("--plain", "--offline", os.path.join(room.folder, "found/cur"), typed="quit\n")
    check("links from one Maildir to another are followed by both", done.returncode == 0 and done.stdout.count(b"\n") == 1 and b"one" in done.stdout and
          status == 0 and "1 message" in out and "refused" not in out, f"{done.stdout} {done.stderr} {out}")
    status, out = room.run("--plain", "--offline", "-", typed="")
    check("no terminal, no message", status in (0, 2), out)
    piped = subprocess.run([PROGRAM, "survey", "--merge", "-"], input=open(survey(room, "piped"), "rb").read(), env=room.environment,
                           capture_output=True, check=False)
    check("standard input can be merged", piped.returncode == 0 and b"1 message" in piped.stdout, piped)


def main():
    with tempfile.TemporaryDirectory() as folder:
        room = Room(folder)
        if not room.works():
            print("1..0 # SKIP no library can be loaded into the program")
            return 0
        for act in (inside, deaths, goes_on, lies, silent, killed, files):
            act(room)
    print(f"1..{number}")
    return 1 if failed else 0


sys.exit(main())
