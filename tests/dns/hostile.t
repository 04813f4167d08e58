#!/usr/bin/python3
"""A server that means harm, or is broken: never a hang beyond the limit, never a crash, never an answer
that was not given. SPDX-License-Identifier: MIT"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harm import behave, raw_reply, record
from loopback import PROGRAM, ROOT, Server, Tap, either, probe, reply

LIMIT = 1.5         # seconds for a message
SLACK = 4           # over it; measured: 0.02
TRUE = [("TXT", '"true"')]
FALSE = [("TXT", '"false"')]


FIRST_ASKED = {}


def thaw(query, over):
    """Silent until a message's time is over, then as it should be."""
    now = time.monotonic()
    name = query.question[0].name
    return either(reply(query, records=TRUE), over) if now - FIRST_ASKED.setdefault(name, now) > LIMIT else []


def handler(query, over):
    label = query.question[0].name.to_text().lower().split(".")[0]
    if label == "thaw":
        return thaw(query, over)
    if label == "victim":
        label = "ok"
    sent = behave(label, query, over, TRUE, FALSE)
    return either(reply(query, "SERVFAIL"), over) if sent is None else sent


ANSWERED, TROUBLE = {"noerror"}, {"servfail", "timeout"}
CASES = [
    ("ok", "TXT", ANSWERED), ("drop", "TXT", {"timeout"}), ("delay", "TXT", ANSWERED), ("late", "TXT", {"timeout"}),
    ("servfail", "TXT", {"servfail"}), ("refused", "TXT", {"servfail"}), ("formerr", "TXT", {"servfail"}),
    ("notimp", "TXT", {"servfail"}), ("nxdomain", "TXT", {"nxdomain"}), ("nodata", "TXT", {"nodata"}),
    ("tcp", "TXT", ANSWERED), ("tcpagain", "TXT", TROUBLE | {"nodata"}), ("tcpsilent", "TXT", {"timeout"}),
    ("tcpshort", "TXT", {"timeout"}), ("tcplong", "TXT", TROUBLE), ("drip", "TXT", {"timeout"}),
    ("wrongid", "TXT", {"timeout"}), ("wrongthenright", "TXT", ANSWERED), ("wrongquestion", "TXT", TROUBLE),
    ("query", "TXT", TROUBLE), ("empty", "TXT", {"timeout"}), ("short", "TXT", TROUBLE), ("garbage", "TXT", TROUBLE),
    ("cut", "TXT", TROUBLE), ("counts", "TXT", TROUBLE), ("beyond", "TXT", TROUBLE), ("overlong", "TXT", TROUBLE),
    ("nostring", "TXT", TROUBLE | {"noerror"}), ("ownerloop", "TXT", TROUBLE), ("targetloop", "TXT", TROUBLE),
    ("forward", "TXT", TROUBLE), ("shorta", "A", TROUBLE), ("longa", "A", TROUBLE),
    ("othertype", "TXT", TROUBLE | {"nodata"}), ("othername", "TXT", TROUBLE | {"nodata"}), ("self", "TXT", TROUBLE),
    ("loopa", "TXT", TROUBLE), ("chain3", "TXT", ANSWERED), ("chain8", "TXT", ANSWERED), ("chain60", "TXT", TROUBLE),
    ("huge", "TXT", ANSWERED), ("nul", "TXT", ANSWERED), ("strings", "TXT", ANSWERED), ("empties", "TXT", ANSWERED),
]


def check_cases(tap, server):
    for label, kind, wanted in CASES:
        answers, took = probe(server.address, (kind, f"{label}.example"), timeout=LIMIT)
        answer = answers[0]
        false = [text for _, text in answer["records"] if "false" in text]
        good = answer["status"] in wanted and not false and bool(answer["records"]) <= (answer["status"] == "noerror")
        tap.check(good and took < LIMIT + SLACK, f"{label}: {answer['status']}", str(answer)[:300], took)
    answers, _ = probe(server.address, ("TXT", "huge.example"), timeout=30)
    tap.check(len(answers[0]["records"]) == 230, "a huge answer is whole")
    answers, _ = probe(server.address, ("TXT", "poison.example"), ("TXT", "victim.example"), timeout=LIMIT)
    tap.check([a["records"] for a in answers] == [[[4, '"true"']]] * 2, "what was not asked for is not kept", answers)


def check_limit(tap, server):
    names = ["ok", "drop", "nodata"]
    questions = [("TXT", f"{name}.example") for name in names]
    answers, took = probe(server.address, *questions, ("START", "-"), *questions, timeout=LIMIT)
    got = [a["status"] for a in answers]
    tap.check(got == ["noerror", "timeout", "timeout"] * 2, "the limit is the whole message's", str(got))
    tap.check(took < 2 * LIMIT + SLACK, "and each message has its own", took)
    answers, took = probe(server.address, ("TXT", "drop.example"), ("START", "-"), ("TXT", "ok.example"),
                          ("TXT", "drop.example"), timeout=LIMIT)
    tap.check([a["status"] for a in answers] == ["timeout", "noerror", "timeout"], "late for one, not the next")
    answers, took = probe(server.address, ("TXT", "thaw.example"), ("START", "-"), ("TXT", "thaw.example"), timeout=LIMIT)
    tap.check([a["status"] for a in answers] == ["timeout", "noerror"], "the next message asks again", str(answers))
    server.seen.clear()
    probe(server.address, ("TXT", "servfail.example"), timeout=LIMIT)
    asked = [name for _, name, kind in server.seen if kind == "TXT"]
    tap.check(1 <= len(asked) <= 4, "SERVFAIL is not asked for again and again", str(asked))
    start = time.monotonic()
    answers, took = probe(server.address, ("TXT", "ok.example"), ("TXT", "drop.example"), ("TXT", "nodata.example"),
                          timeout=60, cancel=500)
    got = [a["status"] for a in answers]
    tap.check(got == ["noerror", "offline", "offline"], "canceled: unknown", str(got))
    tap.check(time.monotonic() - start < 15, "canceled: at once")
    tap.check(probe.said == "waiting: TXT drop.example, 0 s\n", "what is waited for is known", probe.said)
    answers, took = probe("127.0.0.1@9", ("TXT", "dead.example"), timeout=LIMIT)
    tap.check(answers[0]["status"] == "timeout" and took < LIMIT + SLACK, "no server there: timeout", answers)


def check_noise(tap):
    """Right answers with random bytes changed: whatever they say, they end."""
    seed = int(os.environ.get("SEED", time.time_ns() % 1000000))
    source = random.Random(seed)

    def noisy(query, over):
        message = raw_reply(query, [record(b"\x04true"), record(b"\xc0\x0c", 5), record(b"\1\2\3\4", 1)])
        wire = bytearray(message)
        for _ in range(source.randrange(1, 5)):
            wire[source.randrange(2, len(wire))] = source.randrange(256)
        return either(bytes(wire[:source.randrange(12, len(wire) + 1)] if source.random() < 0.2 else wire), over)

    questions = []
    for number in range(300):
        questions += [("START", "-"), (source.choice(["TXT", "A", "MX", "PTR"]), f"n{number}.example")]
    with Server(noisy) as server:
        answers, took = probe(server.address, *questions, timeout=0.03, patience=300)
    tap.check(len(answers) == 300, f"300 altered answers (SEED={seed})", took)
    tap.check(all(a["status"] != "noerror" or a["records"] for a in answers), "records where it says so")


def check_program(tap, server, folder):
    message = (ROOT / "samples" / "webform.eml").resolve()
    options = ["--dns-server", server.address, "--dns-timeout", "1"]
    done = subprocess.run([PROGRAM, "report", *options, message, message], capture_output=True, timeout=60, check=False)
    tap.check(done.returncode == 0 and b"DNS" in done.stdout and not done.stderr, "two reports", done.stderr)
    pathlib.Path(folder, "libunbound.so.8").write_bytes(b"")
    hidden = dict(os.environ, LD_LIBRARY_PATH=folder, LC_ALL="C.UTF-8")
    done = subprocess.run([PROGRAM, "report", "--format", "json", *options, message], capture_output=True, env=hidden,
                          timeout=60, check=False)
    tap.check(done.returncode == 0 and b'"dns-unavailable"' in done.stdout and b'"pass"' not in
              done.stdout.split(b'"dmarc":')[1].split(b'"claimed"')[0],
              "without libunbound: unknown, and said so", done.stderr)
    done = subprocess.run([PROGRAM, "snapshot", *options, message], capture_output=True, env=hidden, timeout=60, check=False)
    tap.check(done.returncode == 2 and not done.stdout and done.stderr.startswith(b"fromscope: "),
              "without libunbound: no snapshot", done.stdout, done.stderr)
    done = subprocess.run([PROGRAM, "report", message], capture_output=True, env=hidden, timeout=60, check=False)
    tap.check(done.returncode == 0 and b"libunbound" not in done.stdout, "a snapshot needs no libunbound", done.stderr)


def main():
    tap = Tap()
    with Server(handler) as server, tempfile.TemporaryDirectory() as folder:
        check_cases(tap, server)
        check_limit(tap, server)
        check_program(tap, server, folder)
    check_noise(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
