"""A small terminal on a pty: takes what a program sends as xterm does, and shows its rows. It draws ambiguous characters
as wide as it is told, and answers, or does not, when it is asked for its cursor.
SPDX-License-Identifier: MIT"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

PATIENCE = float(os.environ.get("PATIENCE", "15"))
SEQUENCE = re.compile(r"\x1b(?:\[([<=>?]?)([\d;:]*)([ -/]*)([@-~])|\](?:[^\x07\x1b]*)(?:\x07|\x1b\\)|[()]([0-9A-B])|([78=>]|M))")


def columns(char, ambiguous):
    """Of one character; 0: it combines."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" or (kind == "A" and ambiguous == 2) else 1


class Terminal:
    """`answer`: seconds until it says where its cursor is; None: never. `ground`: what it says of its background, in
    pieces; none: nothing."""

    def __init__(self, command, width=80, height=24, ambiguous=1, answer=0.0, typed=b"", ground=(), **environment):
        self.width, self.height, self.ambiguous, self.answer = width, height, ambiguous, answer
        self.cells = [[" "] * width for _ in range(height)]
        self.x = self.y = 0
        self.saved, self.asked, self.faults, self.modes, self.copied = (0, 0), 0, [], [], []
        self.rest, self.due, self.status = "", None, None
        self.ground, self.colors = ground, set()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLORTERM", "TMUX")}
            os.execvpe(command[0], command, {**env, "TERM": "xterm", "LC_ALL": "C.UTF-8", **environment})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        if typed:
            os.write(self.fd, typed)

    def rows(self):
        """Without the further columns of wide characters."""
        return ["".join(row).rstrip() for row in self.cells]

    def column(self, y, text):
        """Where a text begins, in columns."""
        at = "".join(c if c else "\0" for c in self.cells[y]).find(text)
        return at

    def put(self, char):
        wide = columns(char, self.ambiguous)
        if wide == 0:
            if self.x > 0:
                at = self.x - 1
                while at > 0 and not self.cells[self.y][at]:
                    at -= 1
                self.cells[self.y][at] += char
            return
        if self.x + wide > self.width:
            self.x, self.y = 0, min(self.y + 1, self.height - 1)
        row = self.cells[self.y]
        for at in range(self.x, self.x + wide):
            start = at
            while start > 0 and not row[start]:
                start -= 1
            end = at + 1
            while end < self.width and not row[end]:
                end += 1
            if end - start > 1:
                row[start:end] = [" "] * (end - start)
        row[self.x:self.x + wide] = [char] + [""] * (wide - 1)
        self.x += wide

    def control(self, char):
        if char == "\r":
            self.x = 0
        elif char == "\n":
            self.y = min(self.y + 1, self.height - 1)
        elif char == "\b":
            self.x = max(self.x - 1, 0)
        elif char == "\t":
            self.x = min(self.x // 8 * 8 + 8, self.width - 1)

    def erase(self, y, start, end):
        for at in range(max(start, 0), min(end, self.width)):
            self.cells[y][at] = " "

    def sequence(self, private, parameters, final):
        numbers = [int(p) if p.isdigit() else 0 for p in re.split("[;:]", parameters)]
        first = max(numbers[0], 1)
        self.x = min(self.x, self.width - 1) if final in "CDGHdJKXP@" else self.x
        row = self.cells[self.y]
        if private or final in "hl":
            self.modes.append(private + parameters + final)
        elif final == "H":
            self.y = min(first, self.height) - 1
            self.x = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.width) - 1
        elif final == "A":
            self.y = max(self.y - first, 0)
        elif final == "B":
            self.y = min(self.y + first, self.height - 1)
        elif final == "C":
            self.x = min(self.x + first, self.width - 1)
        elif final == "D":
            self.x = max(self.x - first, 0)
        elif final == "G":
            self.x = min(first, self.width) - 1
        elif final == "d":
            self.y = min(first, self.height) - 1
        elif final == "K":
            self.erase(self.y, *{0: (self.x, self.width), 1: (0, self.x + 1), 2: (0, self.width)}[numbers[0]])
        elif final == "J":
            if numbers[0] == 0:
                self.erase(self.y, self.x, self.width)
            for y in range(self.y + 1 if numbers[0] == 0 else 0, self.height):
                self.erase(y, 0, self.width)
        elif final == "X":
            self.erase(self.y, self.x, self.x + first)
        elif final == "P":
            del row[self.x:self.x + first]
            row += [" "] * (self.width - len(row))
        elif final == "@":
            row[self.x:self.x] = [" "] * first
            del row[self.width:]
        elif final == "b":
            for _ in range(first):
                self.put(self.last)
        elif final == "n" and numbers[0] == 6:
            self.asked += 1
            if self.answer is not None:
                self.due = (time.monotonic() + self.answer, f"\x1b[{self.y + 1};{self.x + 1}R".encode())
        elif final == "m":
            self.colors.add(parameters)
        elif final not in "rt":
            self.faults.append(f"CSI {private}{parameters}{final}")

    def take(self, text):
        text, self.rest = self.rest + text, ""
        at = 0
        while at < len(text):
            char = text[at]
            if char == "\x1b":
                match = SEQUENCE.match(text, at)
                if not match:
                    if len(text) - at > 200:
                        self.faults.append(repr(text[at:at + 20]))
                        at += 1
                        continue
                    self.rest = text[at:]
                    return
                at = match.end()
                if match.group(4):
                    self.sequence(match.group(1), match.group(2), match.group(4))
                elif match.group(0).startswith("\x1b]52;"):
                    self.copied.append(match.group(0))
                elif match.group(0).startswith("\x1b]11;?"):
                    for piece in self.ground:
                        os.write(self.fd, piece)
                        time.sleep(0.005)
                elif match.group(6) == "7":
                    self.saved = (self.x, self.y)
                elif match.group(6) == "8":
                    self.x, self.y = self.saved
                continue
            at += 1
            if ord(char) < 0x20:
                self.control(char)
            else:
                self.last = char
                self.put(char)

    def wait(self, done, patience=None):
        """Reads until done() is true, or the program ends; what done() says in the end."""
        end = time.monotonic() + (patience or PATIENCE)
        pending = b""
        while not done():
            now = time.monotonic()
            if self.due and now >= self.due[0]:
                os.write(self.fd, self.due[1])
                self.due = None
            if now > end:
                return bool(done())
            if not select.select([self.fd], [], [], 0.02)[0]:
                continue
            try:
                chunk = os.read(self.fd, 65536)
            except OSError:
                chunk = b""
            if not chunk:
                return bool(done())
            pending += chunk
            text = pending.decode("utf-8", "ignore")
            pending = b"" if text.encode() == pending else pending[len(text.encode()):]
            self.take(text)
        return True

    def quiet(self):
        """Until nothing came for a while."""
        seen = [None]

        def still():
            now = self.rows(), self.x, self.y
            same = seen[0] == now
            seen[0] = now
            return same
        while not still():
            self.wait(lambda: False, 0.1)

    def press(self, keys):
        os.write(self.fd, keys if isinstance(keys, bytes) else keys.encode())

    def close(self):
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)
