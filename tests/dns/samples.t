#!/usr/bin/python3
"""Every sample, its DNS served from loopback: live answers give the verdict of the sample's own snapshot,
and `snapshot` prints a file that gives it again. SPDX-License-Identifier: MIT"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from loopback import PROGRAM, ROOT, Server, Tap, served

SAMPLES = sorted((ROOT / "samples").glob("*.eml"))


def fromscope(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0 or done.stderr:
        raise RuntimeError(f"{arguments}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def report(message, *options):
    return json.loads(fromscope("report", "--format", "json", *options, message))


def plain(value):
    """A report without what may differ: times, and the names of where DNS answers came from."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()
                if key not in ("ms", "source", "dnssec", "findings", "evidence", "dns_source", "psl",
                               "ttl")}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def findings(value):
    return [item["id"] for item in value["findings"] if item["id"] not in
            ("dns-live", "dns-beside-message")]


def check_sample(tap, message, folder):
    zone = message.with_suffix(".dns")
    wanted = report(message, "--dns", zone)
    handler, strange = served(wanted)
    stored = pathlib.Path(folder, message.stem + ".dns")
    with Server(handler) as server:
        live = report(message, "--dns-server", server.address)
        stored.write_text(fromscope("snapshot", "--dns-server", server.address, message))
    again = report(message, "--dns", stored)
    name = message.stem
    tap.check(plain(live) == plain(wanted), f"{name}: live as stored")
    tap.check(not strange, f"{name}: nothing else was asked", *strange)
    tap.check(plain(again) == plain(live), f"{name}: its snapshot gives the same",
              stored.read_text())
    tap.check(findings(again) == findings(live) == findings(wanted), f"{name}: the same findings",
              findings(live), findings(again), findings(wanted))
    tap.check("dns-live" in [item["id"] for item in live["findings"]],
              f"{name}: it is said that the sender may see it")
    tap.check([item["ttl"] for item in again["dns"]] == [item["ttl"] for item in live["dns"]],
              f"{name}: times to live are kept")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for message in SAMPLES:
            check_sample(tap, message, folder)
    tap.check(len(SAMPLES) >= 6, "there are samples")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
