"""A DNS server on loopback whose answers a test decides, over UDP and TCP on the same port.

SPDX-License-Identifier: MIT
"""
import json
import os
import pathlib
import socket
import struct
import subprocess
import threading
import time

import dns.flags
import dns.message
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", ROOT / "build" / "fromscope"))
PROBE = os.path.join(os.path.abspath(os.environ.get("BUILD", ROOT / "build")), "tests", "live-probe")


def reply(query, rcode="NOERROR", records=(), ttl=300, owner=None):
    """The answer to a parsed query: (type, text) pairs at its name."""
    answer = dns.message.make_response(query, recursion_available=True)
    answer.set_rcode(dns.rcode.from_text(rcode))
    question = query.question[0]
    for kind, text in records:
        rdata = dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(kind), text)
        answer.find_rrset(answer.answer, owner or question.name, dns.rdataclass.IN,
                          rdata.rdtype, create=True).add(rdata, ttl)
    return answer


def kind_of(query):
    return dns.rdatatype.to_text(query.question[0].rdtype)


class Server:
    """`handler(query, over)` gets a parsed message and "udp" or "tcp"; it returns a list of what
    to send: bytes, a dns.message, or a number of seconds to wait. `seen` is every question."""

    def __init__(self, handler):
        self.handler = handler
        self.seen = []
        self.fault = None
        self.stopping = False
        for _ in range(50):
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.udp.bind(("127.0.0.1", 0))
            self.port = self.udp.getsockname()[1]
            self.tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                self.tcp.bind(("127.0.0.1", self.port))
                break
            except OSError:
                self.udp.close()
                self.tcp.close()
        self.tcp.listen(64)
        for target in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=target, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.udp.close()
        self.tcp.close()
        if self.fault:
            raise self.fault

    @property
    def address(self):
        return f"127.0.0.1@{self.port}"

    def answer(self, wire, over, send):
        try:
            query = dns.message.from_wire(wire)
            question = query.question[0]
            self.seen.append((over, question.name, kind_of(query)))
            for item in self.handler(query, over):
                if isinstance(item, (int, float)):
                    time.sleep(item)
                else:
                    send(item if isinstance(item, bytes) else item.to_wire(max_size=65535))
        except OSError:
            pass    # the client left, or the test is over
        except Exception as fault:      # a fault of the test's own
            self.fault = fault

    def serve_udp(self):
        while not self.stopping:
            try:
                wire, client = self.udp.recvfrom(65535)
            except OSError:
                return
            send = lambda data, client=client: self.udp.sendto(data, client)
            threading.Thread(target=self.answer, args=(wire, "udp", send), daemon=True).start()

    def serve_tcp(self):
        while not self.stopping:
            try:
                connection, _ = self.tcp.accept()
            except OSError:
                return
            threading.Thread(target=self.serve_connection, args=(connection,), daemon=True).start()

    def serve_connection(self, connection):
        """Bytes are sent as they are: a handler that speaks TCP frames them, or does not."""
        def send(data):
            connection.sendall(data)

        try:
            with connection, connection.makefile("rb") as stream:
                while len(head := stream.read(2)) == 2:
                    wire = stream.read(struct.unpack("!H", head)[0])
                    self.answer(wire, "tcp", send)
        except OSError:
            pass


def framed(message):
    """A message as TCP carries it."""
    wire = message if isinstance(message, bytes) else message.to_wire(max_size=65535)
    return struct.pack("!H", len(wire)) + wire


def either(message, over):
    """The list that sends a message over whatever the question came by."""
    return [framed(message) if over == "tcp" else message]


def served(wanted):
    """A handler that answers as the dns[] of a JSON report, and the questions that are not there."""
    table = {(item["name"] + ".", item["type"]): item for item in wanted["dns"]}
    strange = []

    def handler(query, over):
        name, kind = query.question[0].name.to_text().lower(), kind_of(query)
        item = table.get((name, kind))
        if item is None:
            if (name, kind) != (".", "DNSKEY"):
                strange.append((name, kind))
            return either(reply(query, "SERVFAIL"), over)
        if item["status"] == "timeout":
            return []
        rcode = {"nxdomain": "NXDOMAIN", "servfail": "SERVFAIL"}.get(item["status"], "NOERROR")
        records = [(kind, text) for text in item["records"]]
        return either(reply(query, rcode, records, ttl=item["ttl"] or 60), over)

    return handler, strange


def probe(server, *questions, timeout=5, anchor="-", cancel=-1, patience=60):
    """Answers of tests/probe/live-probe as dictionaries, and the seconds that it took."""
    start = time.monotonic()
    command = [PROBE, server, str(timeout), str(anchor), str(cancel)]
    for kind, name in questions:
        command += [kind, name]
    done = subprocess.run(command, capture_output=True, timeout=patience, check=False)
    took = time.monotonic() - start
    if done.returncode != 0:
        raise RuntimeError(f"live-probe: status {done.returncode}: {done.stderr.decode()}")
    if done.stderr:
        probe.said = done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()], took


class Tap:
    """Numbered results for prove."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, good, name, *notes):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        for note in notes if not good else ():
            print(f"# {note}", flush=True)

    def done(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0
