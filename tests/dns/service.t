#!/usr/bin/python3
"""One process asks DNS for several clients: they do not wait for each other, ask nothing twice, and live on when it
dies. SPDX-License-Identifier: MIT"""
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
from harm import BEHAVIOUR, behave
from loopback import PROBE, Server, Tap, either, kind_of, reply

SERVICE = os.path.join(os.path.dirname(PROBE), "service-probe")
SLACK = 6           # seconds over what a wait should take; measured: 0.05
TRUE, FALSE = [("TXT", '"true"')], [("TXT", '"a lie"')]
# Ways of harm.py that end with an answer of some records: the rest is none.
ANSWERED = {"ok", "delay", "tcp", "wrongthenright", "poison", "huge", "nul", "strings", "empties"}


class Gate:
    """How many questions are under way at once, and the most of it."""

    def __init__(self):
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def __enter__(self):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_):
        with self.lock:
            self.now -= 1


GATE = Gate()


def handler(query, over):
    label = query.question[0].name.to_text().lower().split(".")[0]
    if label.startswith("harm-"):
        return behave(label.split("-")[1], query, over, TRUE, FALSE)
    if label in ("loopa", "loopb"):
        return behave(label, query, over, TRUE, FALSE)
    if label.startswith("slow"):
        with GATE:
            time.sleep(0.5)
        return either(reply(query, records=TRUE), over)
    if label.startswith("drop"):
        return []
    if label.startswith("servfail"):
        return either(reply(query, "SERVFAIL"), over)
    if label.startswith("huge"):
        return either(reply(query, records=[("TXT", f'"{n:05d}{"y" * 240}"') for n in range(230)]), over)
    return either(reply(query, records=TRUE), over) if kind_of(query) == "TXT" else either(reply(query), over)


def run(server, *clients, timeout=5, patience=120):
    """Answers, the last line, and the seconds that it took."""
    with tempfile.NamedTemporaryFile("w") as questions:
        questions.write("\n".join(" ".join(words) for words in clients))
        questions.flush()
        start = time.monotonic()
        done = subprocess.run([SERVICE, server, str(timeout), "-", questions.name], capture_output=True,
                              timeout=patience, check=False)
        took = time.monotonic() - start
    if done.returncode != 0:
        raise RuntimeError(f"service-probe: status {done.returncode}: {done.stderr.decode()}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[:-1], lines[-1], took


def txt(*labels):
    return [word for label in labels for word in ("TXT", f"{label}.example")]


def statuses(answers, client=1):
    return [answer["status"] for answer in answers if answer["client"] == client]


def asked(server, label):
    return sum(1 for _, name, kind in server.seen if name.to_text().startswith(label + ".") and kind == "TXT")


def check_together(tap, server):
    answers, _, took = run(server.address, *[txt(f"slow{n}") for n in range(8)])
    tap.check([a["status"] for a in answers] == ["noerror"] * 8, "eight clients are answered", answers)
    tap.check(GATE.most >= 6, "at the same time", GATE.most, took)
    server.seen.clear()
    answers, _, took = run(server.address, *[txt("slow")] * 8)
    tap.check([a["records"] for a in answers] == [1] * 8 and asked(server, "slow") == 1, "one question under way is joined",
              asked(server, "slow"), answers)
    server.seen.clear()
    message = ["START", "-"] + txt("ok", "servfail", "nothing")
    answers, _, _ = run(server.address, *[message * 3] * 4)
    wanted = ["noerror", "servfail", "noerror"] * 3
    tap.check(all(statuses(answers, n) == wanted for n in (1, 2, 3, 4)), "each hears the same", answers)
    tap.check(asked(server, "ok") == 1 and asked(server, "servfail") <= 4, "and it is asked for once in a run", server.seen)


def check_time(tap, server):
    answers, _, took = run(server.address, txt("drop", "ok"), txt("ok1", "ok2", "ok3"), timeout=1.5)
    tap.check(statuses(answers) == ["timeout"] * 2 and took < 1.5 + SLACK, "the limit is the whole message's", answers)
    tap.check(statuses(answers, 2) == ["noerror"] * 3 and all(a["ms"] < 1400 for a in answers if a["client"] == 2),
              "nobody waits for another's silence", answers)
    answers, _, took = run(server.address, txt("drop") + ["START", "-"] + txt("ok"), timeout=1)
    tap.check(statuses(answers) == ["timeout", "noerror"], "the next message has its own time", answers)
    # A client that joins late has its own limit, and the one that leaves does not take the question away.
    answers, _, _ = run(server.address, txt("drop"), ["PAUSE", "400"] + txt("drop"), timeout=1)
    tap.check(statuses(answers) == statuses(answers, 2) == ["timeout"] and all(900 < a["ms"] < 900 + SLACK * 1000
              for a in answers), "joined: each waits its own time", answers)
    answers, _, took = run(server.address, ["FORGET", "-"] + txt("slowly") + txt("ok"), txt("slowly"))
    tap.check(statuses(answers) == ["noerror"] and statuses(answers, 2) == ["noerror"], "a forgotten question is another's still",
              answers)


def check_silence(tap, server):
    """A server that says nothing to anybody: the first messages wait, the others hardly; whoever is heard ends that."""
    silent = [txt(f"drop{n}") + ["START", "-"] for n in range(12)]
    clients = [sum(silent[n::4], []) for n in range(4)]
    answers, _, took = run(server.address, *clients, timeout=2)
    tap.check(all(a["status"] == "timeout" for a in answers) and len(answers) == 12, "silence is timeout", answers)
    tap.check(sum(1 for a in answers if a["ms"] > 1500) <= 6 and sum(1 for a in answers if a["ms"] < 1500) >= 6,
              "12 messages of 4 clients: after the first ones, 250 ms", [a["ms"] for a in answers], took)
    quiet = sum(([*txt(f"drop{n}"), "START", "-"] for n in range(4)), [])
    answers, _, _ = run(server.address, quiet + txt("ok") + ["START", "-"] + txt("drop9"), timeout=1)
    late = [a["ms"] for a in answers]
    tap.check(statuses(answers) == ["timeout"] * 4 + ["noerror", "timeout"] and late[3] < 900 < late[5],
              "whoever is heard again has the full time again", answers)
    mixed = sum(([*txt(f"drop{n}"), "START", "-"] for n in range(5)), [])
    spoken = sum(([*txt(f"fine{n}"), "PAUSE", "100", "START", "-"] for n in range(60)), [])
    answers, _, _ = run(server.address, mixed, spoken, timeout=1)
    tap.check(all(a["ms"] > 900 for a in answers if a["client"] == 1) and len(statuses(answers)) == 5,
              "while it speaks to one client it is not silent for another", [a["ms"] for a in answers if a["client"] == 1])
    # One domain's server is silent, others speak: who asks for it again and again does not wait the full time each time.
    one = sum(([*txt("drop"), "START", "-"] for _ in range(8)), [])
    answers, _, _ = run(server.address, one, spoken, timeout=1)
    waits = [a["ms"] for a in answers if a["client"] == 1]
    tap.check(statuses(answers) == ["timeout"] * 8 and all(ms > 900 for ms in waits[:3]) and sum(ms < 900 for ms in waits[3:]) >= 3,
              "a question that nobody ever answers is not waited for so long", waits)


def check_death(tap, server):
    kill = ["KILL", str(int(signal.SIGSEGV))]
    answers, last, _ = run(server.address, txt("ok0") + ["PAUSE", "200"] + kill + txt("ok1", "ok2") + ["START", "-"] + txt("ok3"),
                           ["PAUSE", "100"] + txt("drop"), timeout=30)
    got = statuses(answers)
    tap.check(got[0] == "noerror" and got[-1] == "noerror" and len(got) == 4, "the next message has another process", answers)
    why = [a["why"] for a in answers if a["client"] == 2]
    tap.check(statuses(answers, 2) == ["offline"] and "signal 11" in why[0] and "confined" in why[0],
              "a client that waits hears how it died", answers)
    lost = txt("ok0") + ["PAUSE", "100"]
    waiting = [*lost, "PAUSE", "300", *txt("drop1", "ok9"), "START", "-", *txt("ok8")]
    answers, _, _ = run(server.address, waiting, lost + ["PAUSE", "900"] + kill + txt("ok5"), timeout=30)
    tap.check(statuses(answers) == ["noerror", "offline", "offline", "noerror"], "the message that it died on is not tried again",
              answers)
    again = sum(([*txt(f"ok{n}"), "PAUSE", "300", *kill, "PAUSE", "300", "START", "-"] for n in range(8)), [])
    answers, _, took = run(server.address, again)
    got = statuses(answers)
    tap.check(got[:5] == ["noerror"] * 5 and got[5:] == ["offline"] * 3, "one that dies again and again is not started again",
              got, took)
    answers, last, took = run(server.address, txt("ok0") + ["PAUSE", "100", "KILL", str(int(signal.SIGSTOP))] + txt("ok1") +
                              ["START", "-"] + txt("ok2"), timeout=0.5)
    tap.check(statuses(answers) == ["noerror", "offline", "noerror"] and took < 10 + 0.5 + 4 * SLACK,
              "one that hangs is ended", answers, took)


def gone(pid):
    return not os.path.exists(f"/proc/{pid}")


def check_end(tap, server):
    _, last, _ = run(server.address, txt("ok") + ["PAUSE", "100"])
    can = pathlib.Path("/proc/sys/kernel/seccomp/actions_avail").exists()
    tap.check(last["seccomp"] == (2 if can else 0), "it is confined", last)
    tap.check(last["pid"] > 0 and gone(last["pid"]), "no process is left", last)
    done = subprocess.Popen([SERVICE, server.address, "60", "-", "/dev/stdin"], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)
    done.stdin.write(" ".join(txt("ok", "drop")))
    done.stdin.close()
    done.stdout.readline()
    children = pathlib.Path(f"/proc/{done.pid}/task/{done.pid}/children").read_text().split()
    done.kill()
    done.wait()
    end = time.monotonic() + 20
    while time.monotonic() < end and not all(gone(pid) for pid in children):
        time.sleep(0.05)
    tap.check(len(children) == 1 and all(gone(pid) for pid in children), "it ends when whoever started it is killed", children)


def check_large(tap, server):
    answers, last, took = run(server.address, *[txt(*[f"huge{n}-{m}" for m in range(20)]) for n in range(4)], timeout=60)
    tap.check(len(answers) == 80 and all(a["octets"] == 230 * 245 for a in answers), "80 answers of 56 KB", answers[:2], took)
    tap.check(last["memory_kb"] < 160 * 1024, "memory stays bounded", last)


def check_harm(tap, server):
    """Four clients meet every way to break an answer, each in another order, while a fifth asks for what is in order."""
    ways = [way for way in BEHAVIOUR if way not in ("late", "shorta", "longa")]
    clients = []
    for number in range(4):
        turned = ways[number * 10:] + ways[:number * 10]
        clients.append(sum((["START", "-", "TXT", f"harm-{way}-{number % 2}.example"] for way in turned), []))
    calm = sum((["START", "-", *txt(f"ok{n}"), "PAUSE", "50"] for n in range(60)), [])
    answers, last, took = run(server.address, *clients, calm, timeout=0.8)
    wrong = []
    for answer in answers:
        way = answer["name"].split("-")[1] if answer["name"].startswith("harm-") else "ok"
        there = answer["status"] == "noerror"
        if way != "nostring" and there != (way in ANSWERED) or bool(answer["records"]) != there or answer["status"] in ("offline", "nonsense"):
            wrong.append(answer)
        elif way in ("ok", "delay", "tcp", "wrongthenright", "poison") and answer["octets"] != 4:
            wrong.append(answer)
    tap.check(len(answers) == 4 * len(ways) + 60 and not wrong, f"{len(ways)} ways to break an answer, four clients", *wrong[:5])
    slow = [a for a in answers if a["ms"] > (0.8 + SLACK) * 1000]
    tap.check(not slow and took < 0.8 * len(ways) + 4 * SLACK, "in bounded time", took, *slow)
    calm = [a["ms"] for a in answers if a["client"] == 5]
    tap.check(sorted(calm)[len(calm) // 2] < 500, "and whoever asks for nothing bad does not notice", calm)
    tap.check(last["memory_kb"] < 160 * 1024, "nor does memory", last)


def check_many(tap, server):
    """More than a message may ask; and many clients."""
    answers, _, took = run(server.address, txt(*[f"n{n}" for n in range(620)]) + ["START", "-"] + txt("n900"), timeout=60)
    got = statuses(answers)
    tap.check(got == ["noerror"] * 600 + ["timeout"] * 20 + ["noerror"], "600 questions a message", got[595:], took)
    answers, _, took = run(server.address, *[txt(*[f"c{n}-{m}" for m in range(20)]) for n in range(100)], timeout=60)
    tap.check(len(answers) == 2000 and all(a["status"] == "noerror" for a in answers), "100 clients", took)


def main():
    tap = Tap()
    with Server(handler) as server:
        check_together(tap, server)
        check_time(tap, server)
        check_silence(tap, server)
        check_death(tap, server)
        check_end(tap, server)
        check_large(tap, server)
        check_harm(tap, server)
        check_many(tap, server)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
