#!/usr/bin/python3
"""--offline asks nobody: no process of the run makes a socket to anywhere. Seen with strace, which follows all of them; and that
it would be seen is shown by a run that does ask. SPDX-License-Identifier: MIT"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "hostile"))
from loopback import PROGRAM, ROOT, Server, Tap, either, reply
from terminal import Terminal

# A sanitizer's search for leaks traces the process, and so cannot run beside strace; other tests have it.
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"
SAMPLES = sorted((ROOT / "samples").glob("*.eml"))[:4]
MADE = re.compile(r"^\d+ +(?:socket|connect|sendto|sendmsg|sendmmsg)\((.*)", re.M)
FAR = re.compile(r"AF_INET|AF_NETLINK|AF_PACKET|sin_addr|AF_VSOCK")


def far_calls(folder, *arguments):
    """The calls of the run, in all its processes, that reach for the network."""
    log = pathlib.Path(folder, "calls")
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=network,execve", "-o", log, PROGRAM, *map(str, arguments)],
                          capture_output=True, timeout=300, stdin=subprocess.DEVNULL, check=False)
    text = log.read_text(errors="replace")
    return [call for call in MADE.findall(text) if FAR.search(call)], text, done


def on_screen(folder, keys, *arguments):
    """The same on a terminal, with keys pressed; its status."""
    log = pathlib.Path(folder, "calls")
    terminal = Terminal([shutil.which("strace"), "-f", "-qq", "-e", "trace=network,execve", "-o", str(log), PROGRAM, "--second-opinions", "on",
                         *map(str, arguments)], (100, 30), XDG_STATE_HOME=folder)
    terminal.start()
    for key in (*keys, b"\x1b", b"\x1b", b"\x1b", b"qqqqqqy"):
        os.write(terminal.fd, key)
        terminal.pump(0.3)
    status = terminal.end()
    text = log.read_text(errors="replace")
    return [call for call in MADE.findall(text) if FAR.search(call)], text, status


def main():
    tap = Tap()
    if not shutil.which("strace"):
        print("1..0 # SKIP no strace here")
        return 0
    with tempfile.TemporaryDirectory() as folder, Server(lambda q, o: either(reply(q, "NXDOMAIN"), o)) as server:
        calls, text, done = far_calls(folder, "report", "--offline", SAMPLES[0])
        if "execve(" not in text:
            print(f"1..0 # SKIP strace cannot look here: {done.stderr.decode().splitlines()[:1]}")
            return 0
        print("# seen with strace -f, calls of the network")
        for name, arguments in (
                ("report", ["report", "--offline", *SAMPLES]),
                ("report with second opinions", ["report", "--offline", "--second-opinions", "on", SAMPLES[0]]),
                ("report as JSON, what if", ["report", "--offline", "--format", "json", "--what-if", "from=user@example.com", SAMPLES[0]]),
                ("check", ["check", "--offline", "--from", "user@example.com", "--ip", "192.0.2.1"]),
                ("the view where there is no terminal", ["--offline", SAMPLES[0]]),
                ("survey", ["survey", "--offline", *SAMPLES]), ("survey, a process for each", ["survey", "--offline", "--isolate", *SAMPLES[:2]]),
                ("a list", ["survey", "--list", *SAMPLES]), ("report, a process for each", ["report", "--offline", "--isolate", SAMPLES[0]]),
                ("line by line", ["--plain", "--offline", SAMPLES[0]]), ("a lesson, line by line", ["--plain", "--offline", "lesson", "1"]),
                ("lessons", ["lesson"]), ("lesson --check", ["lesson", "--check", ROOT / "samples/lessons/01-two-senders"]),
                ("repair", ["repair", SAMPLES[0]]), ("info", ["info"])):
            calls, _, done = far_calls(folder, *arguments)
            tap.check(not calls and done.returncode == 0, f"{name}: nothing is asked", *calls, done.stderr)
        calls, _, done = far_calls(folder, "snapshot", "--offline", SAMPLES[0])
        tap.check(not calls and done.returncode != 0 and done.stderr and not done.stdout, "snapshot, which must ask, refuses", *calls, done.stderr)
        for name, arguments, keys in (("the screen", ["--offline", SAMPLES[0]], (b"9", b"w", b"\x1b[B\r", b"a\r", b"V", b"8", b"P", b" ")),
                                      ("d pressed once", ["--offline", SAMPLES[0]], (b"d", b"j", b"d", b"9")),
                                      ("a lesson", ["--offline", "lesson", "1"], (b" ", b" ", b"a", b"1", b" "))):
            calls, text, status = on_screen(folder, keys, *arguments)
            tap.check(not calls and status == 0 and "execve(" in text, f"{name}: nothing is asked", *calls, status)
        snapshot = far_calls(folder, "report", *SAMPLES)
        tap.check(not snapshot[0], "nor with a snapshot beside the message", *snapshot[0])
        tap.check(not server.seen, "and nobody heard a question", server.seen)
        calls, _, _ = far_calls(folder, "report", "--dns-server", server.address, "--no-beside", SAMPLES[0])
        tap.check(calls and server.seen, "a run that asks is seen to ask", len(server.seen))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
