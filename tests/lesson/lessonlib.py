"""lessonlib.py: what the tests of lessons share: TAP, the program, a lesson made for a test, a screen.
SPDX-License-Identifier: MIT"""
import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "check"))
from checklib import Tap  # noqa: E402,F401  (for those who import this)

PROGRAM = os.environ["FROMSCOPE"]
LESSONS = os.path.join(ROOT, "samples", "lessons")

HEAD = "title: A test\nminutes: 5\n"
READ = "--- read\nHello.\n"
PREDICT = "--- predict dmarc\nid: verdict\nmisconception: 2\nexpect: fail\nDoes it pass?\n\nwhy:\nIt does not.\n"


def environment(home, **more):
    """Nothing of the person's own: settings, state and data stand in `home`."""
    return {**os.environ, "XDG_CONFIG_HOME": os.path.join(home, "config"), "XDG_STATE_HOME": os.path.join(home, "state"),
            "XDG_DATA_HOME": os.path.join(home, "data"), "LC_ALL": "C.UTF-8", **more}


def run(home, *args, text=None):
    done = subprocess.run([PROGRAM, *args], capture_output=True, timeout=300, check=False, env=environment(home),
                          input=text.encode() if text is not None else None, stdin=None if text is not None
                          else subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run_on_terminal(home, columns, *args):
    """What stands on a terminal of that width."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(PROGRAM, [PROGRAM, *args], environment(home, COLUMNS=str(columns)))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    out = b""
    try:
        while part := os.read(terminal, 65536):
            out += part
    except OSError:
        pass                    # the other end is closed
    os.waitpid(pid, 0)
    os.close(terminal)
    return out.decode().replace("\r\n", "\n")


def make(place, name, text, japanese=None, message="webform"):
    """A lesson in the folder `place` with a sample's message."""
    folder = os.path.join(place, name)
    os.makedirs(folder, exist_ok=True)
    for end in ("eml", "dns"):
        shutil.copy(os.path.join(ROOT, "samples", f"{message}.{end}"), os.path.join(folder, f"message.{end}"))
    with open(os.path.join(folder, "lesson.txt"), "w", encoding="utf-8") as file:
        file.write(text)
    if japanese is not None:
        with open(os.path.join(folder, "lesson.ja.txt"), "w", encoding="utf-8") as file:
            file.write(japanese)
    return folder


def socket_folder():
    """A folder for tmux's socket, whose whole path has room for some 100 bytes: the system's own where TMPDIR is longer."""
    if len(tempfile.gettempdir()) <= 60:
        return tempfile.mkdtemp()
    return subprocess.run(["env", "-u", "TMPDIR", "mktemp", "-d"], capture_output=True, check=True, text=True).stdout.strip()


class Screen:
    """The program in a window of a private tmux server."""

    def __init__(self, width, height, home, *args):
        self.folder = socket_folder()
        self.env = environment(home, TMUX_TMPDIR=self.folder)
        self.env.pop("TMUX", None)
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), "-c", ROOT, "--",
                  PROGRAM, *args)
        self.tmux("set-option", "-g", "status", "off")

    def tmux(self, *args):
        done = subprocess.run(["tmux", "-L", "lesson", *args], capture_output=True, env=self.env, timeout=60, check=False)
        return done.stdout.decode()

    def show(self):
        return self.tmux("capture-pane", "-p")

    def pid(self):
        return int(self.tmux("display-message", "-p", "#{pane_pid}"))

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def wait(self, *texts, patience=20.0):
        """Until the screen shows all of them; what it shows then, or None."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            shown = self.show()
            if all(text in shown for text in texts):
                return shown
            time.sleep(0.02)
        print("# gave up waiting for", texts)
        for line in self.show().splitlines():
            print("#  ", line)
        return None

    def wait_gone(self, text, patience=20.0):
        """Until it is no longer on the screen; what is, or None."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            shown = self.show()
            if shown.strip() and text not in shown and shown == self.show():
                return shown
            time.sleep(0.02)
        return None

    def wait_change(self, before, patience=20.0):
        """Until the screen is another one, and stays so for a moment."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            shown = self.show()
            if shown != before and shown.strip() and shown == self.show():
                return shown
            time.sleep(0.02)
        return None

    def close(self):
        self.tmux("kill-server")
        shutil.rmtree(self.folder, ignore_errors=True)
