#!/usr/bin/python3
"""The screen's two processes: what the one that parses cannot do, what is seen when it dies, hangs or lies, and what is left when either
is killed. A library that is loaded into the program (hook.c) acts on marked messages; the program itself has nothing of the
kind. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import pathlib
import signal
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "screens"))
from tally import check, end  # noqa: E402
from terminal import PATIENCE, Terminal  # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
DIED = "The parser died on this message"


def has(terminal, *texts):
    """Whatever the window's width cut or wrapped."""
    return lambda: all(text.replace(" ", "") in "".join(terminal.rows()).replace(" ", "") for text in texts)


def processes(session):
    """Those of a session that still run: {pid: name}."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            text = pathlib.Path(f"/proc/{pid}/stat").read_text(errors="replace")
        except OSError:
            continue
        name, _, rest = text.partition("(")[2].rpartition(")")
        fields = rest.split()
        if int(fields[3]) == session and fields[0] not in "ZX":
            found[int(pid)] = name
    return found


def core_of(terminal):
    return next((pid for pid, name in processes(terminal.pid).items() if name == "fromscope-core"), None)


class Box:
    """A folder, the library, and the program with it."""

    def __init__(self, folder):
        self.folder, self.library, self.book = folder, folder / "hook.so", folder / "book"
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-fno-builtin", "-o", self.library,
                        os.path.join(HERE, "hook.c"), "-ldl"], check=True)
        self.clear()

    def clear(self):
        self.book.write_bytes(bytes(65536))

    def loads(self):
        """FALSE: a sanitizer wants to be the first."""
        run = subprocess.run([PROGRAM, "--version"], env={**os.environ, "LD_PRELOAD": str(self.library)}, capture_output=True,
                             check=False)
        return run.returncode == 0 and not run.stderr

    def noted(self):
        return self.book.read_bytes().rstrip(b"\0").decode().splitlines()

    def mail(self, name, body, *head):
        path = self.folder / name
        path.write_text("\n".join(("From: Ann <ann@example.com>", f"Subject: {name}",
                                   "Date: Wed, 18 Nov 2026 10:00:00 +0000", *head, "", body, "")))
        return str(path)

    def box(self, name, *bodies):
        path = self.folder / name
        path.write_text("".join(f"From a@example.com Wed Nov 18 10:00:00 2026\nFrom: Ann <ann@example.com>\nSubject: letter {i}\n"
                                f"Date: Wed, 18 Nov 2026 10:00:00 +0000\n\n{body}\n\n" for i, body in enumerate(bodies, 1)) +
                        "padding\n" * 1000)
        return str(path)

    def start(self, *words, **more):
        self.clear()
        return Terminal([PROGRAM, "--ascii", "--offline", *words], width=100, height=30, LD_PRELOAD=str(self.library),
                        HOOK_BOOK=str(self.book), HOOK_FILE=str(self.folder / "made"), XDG_STATE_HOME=str(self.folder / "state"),
                        **more)


def ended(terminal):
    """Its status, when all of its session is gone."""
    end = time.monotonic() + PATIENCE
    while processes(terminal.pid) and time.monotonic() < end:
        terminal.wait(lambda: False, 0.05)
    return processes(terminal.pid)


def leave(terminal, name, key="\x03", status=None):
    terminal.press(key)
    left = ended(terminal)
    check(f"{name}: nothing is left", not left, left)
    if status is not None:
        got = os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOWAIT)
        check(f"{name}: its status is {status}", (got.si_code, got.si_status) == (os.CLD_EXITED, status), got)
    terminal.wait(lambda: False, 0.1)
    last = {mode[:-1]: mode[-1] for mode in terminal.modes}
    check(f"{name}: the terminal is as it was", all(last.get(mode) == "l" for mode in ("?2004", "?1049", "?1000")), terminal.modes)
    check(f"{name}: nothing strange was written", not terminal.faults, terminal.faults)
    terminal.close()


def tries(box):
    """What confined code can do: nothing, without being ended, or it is ended."""
    for word in ("open", "create", "stat", "unlink", "socket", "tty", "stdout"):
        terminal = box.start(box.mail("try.eml", f"please try: {word} "))
        terminal.wait(has(terminal, "[1 Overview]"))
        terminal.wait(lambda: box.noted(), 5)
        check(f"from inside: {word}", [line.split()[:2] for line in box.noted()] == [[word, "no"]], box.noted(), *terminal.rows())
        leave(terminal, word)
    check("nothing was made, nothing removed", not (box.folder / "made").exists() and box.book.exists())
    for word in ("exec", "fork", "kill", "ptrace", "connect", "code"):
        terminal = box.start(box.mail("try.eml", f"please try: {word} "))
        check(f"from inside: {word} ends it", terminal.wait(has(terminal, DIED, "signal 31")), *terminal.rows())
        check(f"… and is said not to have worked: {word}", not box.noted(), box.noted())
        leave(terminal, word)


def deaths(box):
    for how, said in (("crash", "signal 11"), ("abort", "signal 6"), ("memory", "signal 6")):
        terminal = box.start(box.mail("die.eml", f"please die: {how}"))
        check(f"{how}: is said", terminal.wait(has(terminal, DIED, said, "it was confined")), *terminal.rows())
        if how == "memory":
            megabytes = int(box.noted()[0].split()[2])
            check("1 GB of memory, and no more", 500 < megabytes < 1100, megabytes)
        terminal.press("?")
        check(f"{how}: one can go on", terminal.wait(has(terminal, "[? Help]")), *terminal.rows())
        leave(terminal, how, status=2)      # there is nothing else that could be shown


def in_list(box):
    path = box.box("box.mbox", "well", "please die: crash", "well, too", "please die: abort", "the last")
    terminal = box.start(path)
    check("a list on whose messages it dies gets its verdicts", terminal.wait(lambda: sum("UNKNOWN" in r for r in terminal.rows()) == 3),
          *terminal.rows())
    check("each death costs one message", sum("unreadable" in r.lower() for r in terminal.rows()) == 2, *terminal.rows())
    check("and its row says how", has(terminal, "signal 11", "signal 6")(), *terminal.rows())
    terminal.press("\x1b[H\x1b[B\r")
    check("opened by hand it dies again, and one is back in the list",
          terminal.wait(has(terminal, "Message 2: the parser died (signal 11); it was confined", "[m Messages]")), *terminal.rows())
    terminal.press("\x1b[B\r")
    check("the cursor is on it: below it another one opens", terminal.wait(has(terminal, "message 3", "[1 Overview]")), *terminal.rows())
    terminal.press("2")
    terminal.wait(has(terminal, "[2 Tree]"))
    os.kill(core_of(terminal), signal.SIGKILL)
    check("killed: it is back in the list, and says so", terminal.wait(has(terminal, "signal 9", "[m Messages]")), *terminal.rows())
    leave(terminal, "list", status=0)


def kills(box):
    path = box.mail("well.eml", "nothing")
    terminal = box.start(path)
    terminal.wait(has(terminal, "[1 Overview]", "Whether example.com"))
    os.kill(core_of(terminal), signal.SIGKILL)
    check("the core killed: said", terminal.wait(has(terminal, DIED, "signal 9")), *terminal.rows())
    leave(terminal, "the core killed", status=2)
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP):
        terminal = box.start(path)
        terminal.wait(has(terminal, "[1 Overview]", "Whether example.com"))
        os.kill(terminal.pid, number)
        left = ended(terminal)
        check(f"the terminal's process gets {number.name}: nothing is left", not left, left)
        os.close(terminal.fd)
        os.waitpid(terminal.pid, 0)


def hangs(box):
    terminal = box.start(box.box("hang.mbox", "well", "please die: wait", "the last"))
    terminal.wait(has(terminal, "[m Messages]", "letter 2"))
    terminal.press("\x1b[B\r")
    terminal.wait(lambda: False, 0.5)
    terminal.press("j")
    check("no answer to a key: is said", terminal.wait(has(terminal, "No answer for 5 seconds", "Ctrl-C")), *terminal.rows())
    terminal.press("k")
    terminal.wait(lambda: False, 0.5)
    check("another key does nothing", core_of(terminal) is not None)
    terminal.press("\x03")
    check("Ctrl-C ends it, and one is back", terminal.wait(has(terminal, "Message 2 did not end", "[m Messages]")), *terminal.rows())
    terminal.press("\x1b[H\r")
    check("and goes on", terminal.wait(has(terminal, "message 1", "[1 Overview]")), *terminal.rows())
    leave(terminal, "hang")


def frame(kind, data=b""):
    return struct.pack("<II", ord(kind), len(data)) + data


def row(x, y, *cells):
    return frame("R", struct.pack("<HHH", x, y, len(cells)) + b"".join(cells))


def cell(text, role=0, width=1):
    data = text if isinstance(text, bytes) else text.encode()
    return bytes([role, 0x80 | width, len(data)]) + data


SHOW = frame("S", struct.pack("<III", 100, 30, 0))
CLEAR = frame("X", struct.pack("<III", 100, 30, 0))


def lies(box):
    """Sent by a core that was taken over, as soon as it has a message."""
    nonsense = {
        "a kind that there is not": frame("z"), "a frame without end": struct.pack("<II", ord("R"), 1 << 30),
        "rows before a screen": row(0, 0, b"\0a"), "a size that no terminal said": frame("X", struct.pack("<III", 5000, 5000, 0)),
        "a size of nothing": frame("X", b""), "a role that there is not": CLEAR + row(0, 0, b"\xfea"),
        "behind the last column": CLEAR + row(99, 0, b"\0a", b"\0b"), "below the last row": CLEAR + row(0, 30, b"\0a"),
        "half a record": CLEAR + row(0, 0, b"\0"), "a text that is longer than it": CLEAR + row(0, 0, b"\0\x81\x20a"),
        "a text too long for a cell": CLEAR + row(0, 0, b"\0\x81\x40" + b"a" * 64),
        "more than it says": CLEAR + row(0, 0, b"\0a") + frame("R", struct.pack("<HHH", 0, 0, 1) + b"\0ab"),
        "a control character as a plain one": CLEAR + row(0, 0, b"\0\x1b"), "a mouse of two bytes": frame("M", b"\0\0"),
        "an end of two bytes": frame("Q", b"\0\0"),
    }
    take = frame("T")
    for name, data in nonsense.items():
        terminal = box.start(box.mail("say.eml", "please say: " + (take + data)[:20000].hex().upper()))
        check(f"{name}: ends it", terminal.wait(has(terminal, DIED, "nonsense")), *terminal.rows())
        leave(terminal, name)
    terminal = box.start(box.mail("say.eml", "please say: " + (take + frame("C", b"stolen")).hex().upper() + "\nplease die: wait"))
    terminal.wait(lambda: False, 1.5)
    check("a text for the clipboard where nobody pressed a key: it gets none", not terminal.copied, terminal.copied)
    os.kill(terminal.pid, signal.SIGTERM)
    check("a text for the clipboard: nothing is left", not ended(terminal), processes(terminal.pid))
    terminal.close()
    shown = CLEAR + b"".join(row(0, y, cell(text, 0, width)) for y, (text, width) in enumerate([
        ("\x1b]0;owned\x07", 1), ("\x9b31m", 1), ("\u202e", 1), ("ab", 1), ("\u6f22", 1), ("a\u0301", 1), ("", 1), ("\x07", 1),
        (b"\xff\xfe", 1), ("a\nb", 2), ("\u200b", 1)], 3)) + SHOW
    links = CLEAR + row(0, 5, *[bytes([24]) + c.encode() for c in "RFC 9989 https://example.net/ RFC 99999999 \x7e"]) + SHOW
    for name, data in (("cells with sequences", shown), ("links", links)):
        # Between the frames of a core that goes on as if nothing had been: it waits, so that what it painted is seen.
        terminal = box.start(box.mail("say.eml", "please say: " + (take + data).hex().upper() + "\nplease die: wait"),
                             KITTY_WINDOW_ID="1")
        terminal.wait(lambda: False, 1.5)
        text = "".join(terminal.rows())
        check(f"{name}: no sequence gets out", not terminal.faults and "owned" not in text and "\x9b" not in text and
              "\u202e" not in text, terminal.faults, *terminal.rows())
        check(f"{name}: what is no glyph of that width is a question mark", "?" in text or name == "links", *terminal.rows())
        os.kill(terminal.pid, signal.SIGTERM)
        check(f"{name}: nothing is left", not ended(terminal), processes(terminal.pid))
        terminal.close()


def needs(box):
    """What is loaded when it is needed, before a process is confined: nobody sees that another takes over."""
    word = "=?koi8-r?B?8NLJ18XU?="
    terminal = box.start(box.mail("koi.eml", "text", f"Reply-To: {word} <b@example.com>"))
    check("a message that needs more is opened", terminal.wait(has(terminal, "[1 Overview]", "Whether example.com")), *terminal.rows())
    check("without a word", not has(terminal, "died")(), *terminal.rows())
    leave(terminal, "needs")


def numbers(terminal):
    """Of the letters on the screen, from top to bottom."""
    return [int(row.partition("letter ")[2][:2]) for row in terminal.rows() if "letter " in row and "[" not in row]


def replaced(terminal, core):
    return terminal.wait(lambda: core_of(terminal) not in (None, core))


def needs_in_list(box):
    """Another one takes over in the middle of a list: order, cursor and what stands above it stay."""
    def boxed(name, head):
        path = box.folder / name
        path.write_text("".join(f"From a@example.com Wed Nov 18 10:00:00 2026\nFrom: Ann <ann@example.com>\n"
                                f"{head if i == 40 else f'Subject: letter {i:02}'}\n"
                                "Date: Wed, 18 Nov 2026 10:00:00 +0000\n\nwell\n\n"
                                for i in range(1, 61)) + "padding\n" * 1000)
        return str(path)
    down, up, word = "\x1b[B", "\x1b[A", "=?koi8-r?B?8NLJ18XU?="
    path = boxed("need.mbox", f"Subject: letter 40\nReply-To: {word} <b@example.com>")
    terminal = box.start(path)
    terminal.wait(has(terminal, "[m Messages]", "letter 26", "60 messages"))
    terminal.press("sssS")
    terminal.wait(lambda: numbers(terminal) == list(range(24, 0, -1)))
    terminal.press(up * 35)
    terminal.wait(lambda: numbers(terminal) == list(range(36, 12, -1)))
    terminal.wait(lambda: False, 0.5)
    core, before = core_of(terminal), numbers(terminal)
    check("the list is in another order", before == list(range(36, 12, -1)) and has(terminal, "by Subject, reversed")(),
          *terminal.rows())
    terminal.press(up * 4 + down)
    check("a row that needs more ends the core", replaced(terminal, core), core, *terminal.rows())
    terminal.wait(lambda: numbers(terminal) == [n + 4 for n in before] and sum("UNKNOWN" in row for row in terminal.rows()) > 20)
    check("order and rows are as they were", numbers(terminal) == [n + 4 for n in before] and
          has(terminal, "by Subject, reversed")(), numbers(terminal), before, *terminal.rows())
    check("without a word", not has(terminal, "died")(), *terminal.rows())
    terminal.press("\r")
    check("and so is the cursor", terminal.wait(has(terminal, "message 39", "[1 Overview]")), *terminal.rows())
    leave(terminal, "a list")
    terminal = box.start(boxed("word.mbox", f"Subject: {word}"))
    terminal.wait(has(terminal, "[m Messages]", "60 messages", "letter 26"))
    core = core_of(terminal)
    terminal.press(down * 41)
    check("a key that needs more ends the core", replaced(terminal, core), *terminal.rows())
    terminal.wait(has(terminal, "letter 42"))
    terminal.press("\r")
    check("and is followed, as those behind it", terminal.wait(has(terminal, "message 42", "[1 Overview]")), *terminal.rows())
    leave(terminal, "a row")


def data_faults(box):
    """A person's own file that is wrong is told on the screen, and again when it is left."""
    folder = box.folder / "config" / "fromscope"
    folder.mkdir(parents=True)
    (folder / "programs.ini").write_text("nothing\n")
    terminal = box.start(box.mail("well.eml", "nothing"), XDG_CONFIG_HOME=str(box.folder / "config"))
    text = "programs.ini, line 1: neither"
    check("a fault in a file of data is told", terminal.wait(has(terminal, "[1 Overview]", text)), *terminal.rows())
    terminal.press("2")
    check("until the next key", terminal.wait(lambda: has(terminal, "[2 Tree]")() and not has(terminal, text)()), *terminal.rows())
    leave(terminal, "faults of data")


def main():
    # A shell's background, or nohup, has us ignore some, which programs inherit.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    with tempfile.TemporaryDirectory(prefix="screen-") as folder:
        box = Box(pathlib.Path(folder))
        if not box.loads():
            print("1..0 # SKIP no library can be loaded into this program")
            return
        parts = (tries, deaths, in_list, kills, hangs, lies, needs, needs_in_list, data_faults)
        for part in parts:
            if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
                part(box)
    sys.exit(end())


main()
