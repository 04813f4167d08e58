#!/usr/bin/python3
"""Every name goes to the server as it is: names that libunbound has answers of its own for, and names with any
octet that an SPF macro can make. SPDX-License-Identifier: MIT"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from loopback import PROGRAM, Server, Tap, either, kind_of, probe, reply

BUILT_IN = """localhost a.localhost a.test test a.invalid a.onion a.home.arpa a.local a.example a.example.com
 1.0.0.127.in-addr.arpa 2.1.0.127.in-addr.arpa 1.0.0.10.in-addr.arpa 1.0.16.172.in-addr.arpa 1.0.31.172.in-addr.arpa
 1.1.168.192.in-addr.arpa 1.1.254.169.in-addr.arpa 10.2.0.192.in-addr.arpa 10.100.51.198.in-addr.arpa
 10.113.0.203.in-addr.arpa 1.0.64.100.in-addr.arpa 1.0.127.100.in-addr.arpa 1.0.0.0.in-addr.arpa
 255.255.255.255.in-addr.arpa a.empty.as112.arpa a.resolver.arpa a.service.arpa a.alt a.internal a.lan""".split()
NIBBLES = ["0" * 32, "0" * 31 + "1", "20010db8" + "0" * 24, "fd00" + "0" * 28, "fe80" + "0" * 28,
           "fea0" + "0" * 28]


def handler(query, over):
    if kind_of(query) == "DNSKEY":
        return either(reply(query), over)
    return either(reply(query, records=[("TXT", '"here"')]), over)


def check_built_in(tap):
    names = BUILT_IN + [".".join(reversed(digits)) + ".ip6.arpa" for digits in NIBBLES]
    with Server(handler) as server:
        answers, _ = probe(server.address, *[("TXT", name) for name in names], timeout=30)
        seen = {name.to_text() for _, name, _ in server.seen}
    for name, answer in zip(names, answers):
        tap.check(name + "." in seen and answer["records"] == [[4, '"here"']], f"{name} is asked", str(answer))


def check_octets(tap):
    """One question an octet, between others, in a label of its own."""
    octets = [o for o in range(1, 256) if o != ord(".")]
    with Server(handler) as server:
        answers, _ = probe(server.address, *[("TXT", f"a\\{o:03o}b.c{o}.example") for o in octets], timeout=60)
        seen = {name.labels[1]: name.labels[0] for _, name, _ in server.seen if len(name.labels) == 4}
    wrong = [o for o in octets if seen.get(b"c%d" % o, b"").lower() != b"a" + bytes([o]).lower() + b"b"]
    tap.check(not wrong, "each octet reaches the server", str(wrong))
    wrong = [a["name"] for a in answers if a["status"] != "noerror"]
    tap.check(len(answers) == len(octets) and not wrong, "and is answered", str(wrong))


def check_impossible(tap):
    """No packet can hold these: trouble, and nothing is asked."""
    names = ["a..example", ".example", "x" * 64 + ".example", ".".join(["y" * 63] * 4), "z" * 5000]
    with Server(handler) as server:
        answers, _ = probe(server.address, *[("TXT", name) for name in names], timeout=5)
        asked = [name for _, name, kind in server.seen if kind == "TXT"]
    tap.check([a["status"] for a in answers] == ["servfail"] * len(names) and not asked,
              "names that DNS cannot carry", [a["status"] for a in answers], asked)


ODD = '"we;ird*$(x){}|~!#& b\\\\c"'
MESSAGE = """From: user@example.com
To: someone@example.net
Subject: test
Date: Mon, 16 Nov 2026 09:59:59 +0000

Hello
"""


def check_macro(tap):
    def macros(query, over):
        name, kind = query.question[0].name, kind_of(query)
        if name.to_text() == "example.com." and kind == "TXT":
            return either(reply(query, records=[("TXT", '"v=spf1 exists:%{l}._spf.%{d} -all"')]), over)
        if len(name.labels) == 5 and name.labels[1] == b"_spf" and kind == "A":
            return either(reply(query, records=[("A", "127.0.0.2")]), over)
        return either(reply(query, "NXDOMAIN"), over)

    def run(*arguments):
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=60, check=True).stdout

    with Server(macros) as server, tempfile.TemporaryDirectory() as folder:
        (path := pathlib.Path(folder, "odd.eml")).write_text(MESSAGE)
        who = ["--mail-from", ODD + "@example.com", "--ip", "192.0.2.1", "--helo", "mx.example.com"]
        live = json.loads(run("report", "--format", "json", "--dns-server", server.address, *who, path))
        stored = pathlib.Path(folder, "odd.snapshot")
        stored.write_bytes(run("snapshot", "--dns-server", server.address, *who, path))
        again = json.loads(run("report", "--format", "json", "--dns", stored, *who, path))
        asked = [name.labels[0] for _, name, kind in server.seen if kind == "A" and len(name.labels) == 5]
    tap.check(asked and asked[0].lower() == ODD.encode(), "a local part as a label", asked)
    tap.check(live["spf"]["mail_from"]["result"] == "pass", "SPF passes", live["spf"])
    tap.check(live["spf"] == again["spf"] and live["dmarc"] == again["dmarc"], "and from its snapshot, too",
              stored.read_text() if stored.exists() else "", again["spf"])


def main():
    tap = Tap()
    check_built_in(tap)
    check_octets(tap)
    check_impossible(tap)
    check_macro(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
