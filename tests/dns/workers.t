#!/usr/bin/python3
"""Many workers, one process that asks DNS: the same reports as one worker's, nothing asked twice, and the run goes on when that
process dies. SPDX-License-Identifier: MIT"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import storm
from loopback import PROGRAM, Server, Tap, either, kind_of, reply

COUNT = 48
DOMAINS = 12


class World:
    """Twelve domains with SPF, a key and a policy; each answer takes a while. `most`: questions under way at once."""

    def __init__(self, delay):
        self.delay, self.lock, self.now, self.most = delay, threading.Lock(), 0, 0
        self.slow = threading.Event()

    def __call__(self, query, over):
        name, kind = query.question[0].name.to_text().lower().rstrip("."), kind_of(query)
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self.delay)
        with self.lock:
            self.now -= 1
        return either(reply(query, *self.answer(name, kind)), over)

    @staticmethod
    def answer(name, kind):
        if kind == "TXT" and name.startswith("s._domainkey.d"):
            return "NOERROR", [("TXT", f'"v=DKIM1; k=ed25519; p={storm.PUBLIC}"')]
        if kind == "TXT" and name.startswith("_dmarc.d"):
            return "NOERROR", [("TXT", '"v=DMARC1; p=reject"')]
        if kind == "TXT" and name.startswith("d"):
            return "NOERROR", [("TXT", f'"v=spf1 a:host.{name} -all"')]
        if kind == "A" and name.startswith("host."):
            return "NOERROR", [("A", "192.0.2.10")]
        return "NXDOMAIN", []


def write_messages(folder):
    paths = []
    for number in range(COUNT):
        domain = f"d{number % DOMAINS}.example"
        fields = [("From", f"user{number}@{domain}"), ("To", "bob@example.net"), ("Subject", f"number {number}"),
                  ("Date", "Mon, 16 Nov 2026 09:59:59 +0000")]
        lines = [f"Return-Path: <user@{domain}>", "Received: from mx.example ([192.0.2.10]) by mx.example.net with ESMTP;\r\n"
                 " Mon, 16 Nov 2026 10:00:00 +0000", storm.signature(domain, "s", fields)]
        lines += [f"{name}: {value}" for name, value in fields]
        paths.append(pathlib.Path(folder, f"{number:03d}.eml"))
        paths[-1].write_bytes("\r\n".join(lines).encode() + b"\r\n\r\n" + storm.BODY)
    return paths


def command(server, jobs, paths, *options):
    return [PROGRAM, "report", "--format", "json", "--second-opinions", "off", "--dns-server", server.address, "-j", str(jobs),
            *options, *map(str, paths)]


def read(output):
    """Reports without what is not the same twice: how long an answer took."""
    reports = [json.loads(line) for line in output.splitlines()]
    for report in reports:
        for answer in report.get("dns", []):
            answer["ms"] = 0
    return reports


def check_same(tap, paths):
    results, seen, waits = {}, {}, {}
    for jobs in (1, 4, 9):
        world = World(0.03)
        with Server(world) as server:
            start = time.monotonic()
            done = subprocess.run(command(server, jobs, paths), capture_output=True, timeout=300, check=False)
            waits[jobs] = time.monotonic() - start
            results[jobs] = json.dumps(read(done.stdout)).replace(server.address, "SERVER")
            seen[jobs], most = server.seen, world.most
        asked = [(str(name), kind) for _, name, kind in seen[jobs] if kind not in ("DNSKEY", "DS")]
        tap.check(done.returncode == 0 and not done.stderr, f"-j {jobs}: {waits[jobs]:.1f} s", done.stderr)
        # The library may ask once more when a server is slow, never each worker for itself.
        tap.check(len(asked) <= len(set(asked)) * 1.5 and len(set(asked)) >= 4 * DOMAINS,
                  f"-j {jobs}: {len(asked)} questions, {len(set(asked))} different ones")
        tap.check(most >= (3 if jobs > 1 else 1), f"-j {jobs}: {most} under way at once")
    tap.check(results[1] == results[4] == results[9], "the same reports, in order")
    reports = json.loads(results[1])
    tap.check([r["dmarc"]["rfc9989"]["result"] for r in reports] == ["pass"] * COUNT, "that pass",
              [r["dmarc"]["rfc9989"]["result"] for r in reports])


def check_survey(tap, paths):
    """What it counts is the same, and so is what is asked for it."""
    results, asked = {}, {}
    for jobs in (1, 4):
        with Server(World(0.02)) as server:
            words = [PROGRAM, "survey", "--format", "json", "--at", "2026-11-16T12:00:00Z", "--dns-server", server.address, "-j", str(jobs)]
            done = subprocess.run([*words, *map(str, paths)], capture_output=True, timeout=300, check=False)
            results[jobs] = done.stdout.decode().replace(server.address, "SERVER")
            asked[jobs] = [(str(name), kind) for _, name, kind in server.seen if kind not in ("DNSKEY", "DS")]
        tap.check(done.returncode == 0 and not done.stderr, f"survey -j {jobs}", done.stderr)
        tap.check(4 * DOMAINS <= len(set(asked[jobs])) and len(asked[jobs]) <= len(set(asked[jobs])) * 1.5,
                  f"survey -j {jobs}: {len(asked[jobs])} questions, {len(set(asked[jobs]))} different ones")
    tap.check(results[1] == results[4], "… the same numbers", results[1][:300], results[4][:300])
    tap.check(set(asked[1]) == set(asked[4]), "… of the same answers")
    survey = json.loads(results[4])
    tap.check(survey["messages"] == COUNT and survey["unreadable"] == 0, "… of all messages", survey["messages"])


def dns_process(parent):
    """The child that asks DNS, by its name; 0: not there."""
    try:
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for child in children:
            if pathlib.Path(f"/proc/{child}/comm").read_text().strip() == "fromscope-dns":
                return int(child)
    except OSError:
        pass
    return 0


def check_death(tap, paths):
    with Server(World(0.15)) as server:
        run = subprocess.Popen(command(server, 3, paths), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        killed = 0
        end = time.monotonic() + 20
        while not killed and time.monotonic() < end:
            killed = dns_process(run.pid)
        time.sleep(0.5)
        if killed:
            os.kill(killed, signal.SIGSEGV)
        output, errors = run.communicate(timeout=300)
    reports = read(output)
    lost = [r for r in reports if any(f["id"] == "dns-unavailable" and "signal 11" in f["text"] for f in r["findings"])]
    tap.check(killed and len(reports) == COUNT and run.returncode == 0 and not errors, "the DNS process is killed: the run goes on", errors,
              len(reports))
    tap.check([r["source"]["path"] for r in reports] == [str(path) for path in paths], "in order")
    tap.check(1 <= len(lost) <= 3, f"{len(lost)} messages waited for it, and say so",
              [f["text"] for r in reports for f in r["findings"] if f["id"].startswith("dns-")][:3])
    results = [r["dmarc"]["rfc9989"]["result"] for r in reports]
    tap.check(all(r in ("pass", "unknown", "temperror") for r in results) and results.count("pass") >= COUNT - 3,
              "what they needed is unknown, never fail", results)


def check_interrupt(tap, paths):
    """Ctrl-C reaches all processes of the terminal: none is left."""
    with Server(World(0.3)) as server:
        run = subprocess.Popen(command(server, 3, paths), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        end = time.monotonic() + 20
        while not dns_process(run.pid) and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        run.communicate(timeout=60)
    left = ["?"]
    end = time.monotonic() + 20
    while left and time.monotonic() < end:
        listed = subprocess.run(["ps", "-o", "pid,stat,comm", "--no-headers", "-g", str(run.pid)], capture_output=True, text=True,
                                check=False).stdout
        # What has ended and waits for its new parent to notice is not left.
        left = [line for line in listed.splitlines() if not line.split()[1].startswith("Z")]
        time.sleep(0.05)
    tap.check(not left, "after Ctrl-C no process is left", *left)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_messages(folder)
        check_same(tap, paths)
        check_survey(tap, paths)
        check_death(tap, paths)
        check_interrupt(tap, paths)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
