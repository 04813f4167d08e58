"""A real authoritative server (nsd) on loopback, with a signed root of its own.

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

import dns.message
import dns.query

ALGORITHM = "ECDSAP256SHA256"


def run(*command, folder):
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr.decode()}{done.stdout.decode()}")
    return done.stdout.decode().strip()


def write_zone(folder, origin, lines):
    path = pathlib.Path(folder, (origin.rstrip(".") or "root") + ".zone")
    head = [f"$ORIGIN {origin}", "$TTL 300",
            f"@ IN SOA ns.{origin.lstrip('.')} admin.{origin.lstrip('.')} 1 3600 600 86400 60",
            f"@ IN NS ns.{origin.lstrip('.')}"]
    path.write_text("\n".join(head + list(lines)) + "\n")
    return path


def sign(folder, origin, zone, expire=None):
    """The signed zone's path, and the DS record for the zone above."""
    key = run("ldns-keygen", "-k", "-a", ALGORITHM, origin, folder=folder)
    options = ["-e", expire, "-i", "20200101000000"] if expire else []
    run("ldns-signzone", *options, zone, key, folder=folder)
    ds = pathlib.Path(folder, key + ".ds").read_text().strip()
    return pathlib.Path(str(zone) + ".signed"), ds, pathlib.Path(folder, key + ".key")


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nsd:
    """Serves `zones` ({origin: path}) from `folder` until the with block ends."""

    def __init__(self, folder, zones):
        self.folder, self.zones = folder, zones
        self.config = pathlib.Path(folder, "nsd.conf")
        self.configure()

    def configure(self):
        self.port = free_port()
        self.address = f"127.0.0.1@{self.port}"
        config = [
            "server:", f"  ip-address: {self.address}", "  username: \"\"", "  chroot: \"\"",
            f"  zonesdir: \"{self.folder}\"", f"  pidfile: \"{self.folder}/nsd.pid\"", "  database: \"\"",
            f"  xfrdfile: \"{self.folder}/xfrd.state\"", f"  zonelistfile: \"{self.folder}/zone.list\"",
            f"  xfrdir: \"{self.folder}\"", f"  logfile: \"{self.folder}/nsd.log\"", "  server-count: 1",
            "remote-control:", "  control-enable: no"]
        for origin, path in self.zones.items():
            config += ["zone:", f"  name: \"{origin}\"", f"  zonefile: \"{path}\""]
        self.config.write_text("\n".join(config) + "\n")

    def __enter__(self):
        program = shutil.which("nsd", path="/usr/sbin:/usr/bin:" + os.environ.get("PATH", ""))
        for _ in range(5):
            # In a session of its own: nsd has helpers, and they end with it.
            self.process = subprocess.Popen([program, "-d", "-c", str(self.config)], stderr=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, start_new_session=True)
            if self.answers():
                return self
            self.__exit__()
            # Another program may have taken the port since it was found free.
            self.configure()
        raise RuntimeError("nsd did not start: " + pathlib.Path(self.folder, "nsd.log").read_text())

    def answers(self):
        query = dns.message.make_query(".", "SOA")
        for _ in range(200):
            try:
                dns.query.udp(query, "127.0.0.1", port=self.port, timeout=0.2)
                return True
            except Exception:
                if self.process.poll() is not None:
                    return False
                time.sleep(0.05)
        return False

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
