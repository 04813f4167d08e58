#!/usr/bin/python3
"""--offline asks nobody: no process of the run makes a socket to anywhere. Seen with strace, which follows all of them; and that
it would be seen is shown by a run that does ask. SPDX-License-Identifier: MIT"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from loopback import PROGRAM, ROOT, Server, Tap, either, reply

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
                ("repair", ["repair", SAMPLES[0]]), ("info", ["info"])):
            calls, _, done = far_calls(folder, *arguments)
            tap.check(not calls and done.returncode == 0, f"{name}: nothing is asked", *calls, done.stderr)
        snapshot = far_calls(folder, "report", *SAMPLES)
        tap.check(not snapshot[0], "nor with a snapshot beside the message", *snapshot[0])
        tap.check(not server.seen, "and nobody heard a question", server.seen)
        calls, _, _ = far_calls(folder, "report", "--dns-server", server.address, "--no-beside", SAMPLES[0])
        tap.check(calls and server.seen, "a run that asks is seen to ask", len(server.seen))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
