#!/usr/bin/python3
"""Every way to break an answer, for every question that a verdict rests on: what is trouble stays temperror (or what the RFC
makes of it), and is never a pass or a fail. And messages and records that want to cause as many questions as can be.
SPDX-License-Identifier: MIT"""
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import storm
from harm import BEHAVIOUR, behave
from loopback import PROGRAM, Server, Tap, either, kind_of, reply

LIMIT = 1.0         # seconds for a message
QUESTIONS_MAX = 600 # as in src/dns/resolver.h
PACKETS_MAX = 40    # of it, that the library adds: the root's key, tries
SLACK = 30

# Ways that give the right answer after all; ways that say that there is none; the rest is trouble.
GOOD = {"ok", "delay", "tcp", "wrongthenright", "poison", "chain3", "chain8"}
ABSENT = {"nxdomain", "nodata"}
# What an answer of the right form may hold that says nothing: no record of ours, or one with an error.
EMPTY = {"huge", "nul", "strings", "empties", "nostring"}
# Either of the two, as the library takes it.
EITHER = {"tcpagain", "othertype", "othername"}
LABELS = [label for label in BEHAVIOUR if label not in ("loopb", "shorta", "longa", "late")] + ["chain3", "chain8", "chain60"]

KEY = [("TXT", f'"v=DKIM1; k=ed25519; p={storm.PUBLIC}"')]
PASS, DENY = [("TXT", '"v=spf1 ip4:192.0.2.10 -all"')], [("TXT", '"v=spf1 -all"')]
REJECT, NONE = [("TXT", '"v=DMARC1; p=reject"')], [("TXT", '"v=DMARC1; p=none; sp=none"')]


class Role:
    """What is attacked: the name and type in the domain, the SPF record around it, and what a true answer gives."""

    def __init__(self, name, prefix, kind, true, false, spf=None, signed=False, sub=""):
        self.name, self.prefix, self.kind, self.true, self.false = name, prefix, kind, true, false
        self.spf, self.signed, self.sub = spf, signed, sub

    def attacked(self, domain):
        return f"{self.prefix}{domain}"


ROLES = [
    Role("spf", "", "TXT", PASS, DENY),
    Role("include", "inc.", "TXT", PASS, DENY, "v=spf1 include:inc.{0} -all"),
    Role("redirect", "red.", "TXT", PASS, DENY, "v=spf1 redirect=red.{0}"),
    Role("a", "a.", "A", [("A", "192.0.2.10")], [("A", "203.0.113.1")], "v=spf1 a:a.{0} -all"),
    Role("mx", "mx.", "MX", [("MX", "1 host.ok.example.")], [("MX", "1 other.ok.example.")], "v=spf1 mx:mx.{0} -all"),
    Role("mxhost", "h.", "A", [("A", "192.0.2.10")], [("A", "203.0.113.1")], "v=spf1 mx:mx.{0} -all"),
    Role("exists", "e.", "A", [("A", "127.0.0.2")], [("A", "127.0.0.3")], "v=spf1 exists:e.{0} -all"),
    Role("key", "s._domainkey.", "TXT", KEY, [("TXT", '"v=DKIM1; p="')], signed=True),
    Role("dmarc", "_dmarc.", "TXT", REJECT, NONE, "v=spf1 ip4:203.0.113.200 -all"),
    Role("walk", "_dmarc.", "TXT", REJECT, NONE, "v=spf1 ip4:192.0.2.10 -all", sub="news."),
]


def message(role, domain):
    fields = [("From", f"user@{role.sub}{domain}"), ("To", "bob@example.net"), ("Subject", "attack"),
              ("Date", "Mon, 16 Nov 2026 09:59:59 +0000")]
    lines = [f"Return-Path: <user@{domain}>", f"Received: from unknown ([192.0.2.10]) by mx.example.net with ESMTP id 1;\r\n"
             " Mon, 16 Nov 2026 10:00:00 +0000"]
    if role.signed:
        lines.append(storm.signature(domain, "s", fields))
    return "\r\n".join(lines + [f"{name}: {value}" for name, value in fields]).encode() + b"\r\n\r\n" + storm.BODY


def find(name):
    """The role and the way that a name belongs to: …ROLE-WAY.example."""
    parts = name.rstrip(".").split(".")
    base = parts[-2] if len(parts) > 1 else ""
    role, _, way = base.partition("-")
    return next((r for r in ROLES if r.name == role), None), way, f"{base}.example"


def handler(query, over):
    name, kind = query.question[0].name.to_text().lower().rstrip("."), kind_of(query)
    role, way, domain = find(name)
    if name in ("host.ok.example", "other.ok.example") and kind == "A":
        return either(reply(query, records=[("A", "192.0.2.10" if name.startswith("host") else "203.0.113.1")]), over)
    if role is None:
        sent = behave(name.split(".")[0], query, over, PASS, DENY)   # where loops and chains lead
        return either(reply(query, "NXDOMAIN"), over) if sent is None else sent
    if name == role.attacked(domain) and kind == role.kind:
        if way.startswith("chain"):
            return either(reply(query, records=[("CNAME", f"{way}.{role.name}-{way}.example.")]), over)
        return behave(way, query, over, role.true, role.false)
    if way.startswith("chain") and name.split(".")[0].startswith("chain"):
        return behave(name.split(".")[0], query, over, role.true, role.false)
    if name == domain and kind == "TXT" and role.spf:
        return either(reply(query, records=[("TXT", '"' + role.spf.format(domain) + '"')]), over)
    if name == f"mx.{domain}" and kind == "MX":
        return either(reply(query, records=[("MX", f"1 h.{domain}.")]), over)
    if name == f"_dmarc.{domain}" and kind == "TXT":
        return either(reply(query, records=REJECT), over)
    return either(reply(query, "NXDOMAIN"), over)


def report(server, data, *options, timeout=LIMIT, patience=300):
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(data)
        file.flush()
        start = time.monotonic()
        done = subprocess.run([PROGRAM, "report", "--format", "json", "--second-opinions", "off", "--dns-server", server.address,
                               "--dns-timeout", str(timeout), *options, file.name], capture_output=True, timeout=patience, check=False)
        took = time.monotonic() - start
    if done.returncode != 0:
        raise RuntimeError(f"status {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout), took


def verdicts(got):
    return (got["spf"]["mail_from"]["result"], [s["result"] for s in got["dkim"]], got["dmarc"]["rfc9989"]["result"],
            got["dmarc"]["rfc7489"]["result"])


def is_right(role, way, got):
    """What the RFC says, of the check that is attacked and of DMARC."""
    spf, dkim, new, old = verdicts(got)
    trouble = way not in GOOD | ABSENT | EMPTY and not (way == "overlong" and role.kind != "TXT")
    own = dkim[0] if role.signed else spf
    if role.name in ("dmarc", "walk"):
        own = new
    if way in GOOD:
        return (spf == "fail" and new == "fail") if role.name == "dmarc" else own == new == "pass"
    if trouble and way not in EITHER:
        if role.name in ("dmarc", "walk"):
            # RFC 7489 knows the walk's second name only: it is the same that is attacked.
            return new == "temperror" and old == "temperror"
        return own == "temperror" and new == "temperror" and old == "temperror"
    if role.name in ("dmarc", "walk"):
        return new in ("none", "temperror") and old in ("none", "temperror")
    # Nothing there: a term does not match (fail), an include or redirect leads nowhere (permerror), no record is none.
    wanted = {"spf": {"none"}, "include": {"permerror"}, "redirect": {"permerror"}, "key": {"permerror"}}.get(role.name, {"fail"})
    return own in wanted | ({"temperror"} if way in EITHER | EMPTY else set()) and new in ("fail", "temperror")


def patient(server, case):
    """The report of a case, which is asked for again, with more patience, where a question that is answered in the end was not in time:
    this server has to share the machine with all that ask it."""
    role, way = case
    data = message(role, f"{role.name}-{way}.example")
    for timeout in (LIMIT, 5, 20):
        got, took = report(server, data, timeout=timeout)
        if is_right(role, way, got) or way not in GOOD | ABSENT | EMPTY or not any(a["status"] == "timeout" for a in got["dns"]):
            break
    return got, took - timeout


def check_matrix(tap, server):
    # Some ways send a TXT or an A whatever was asked for: where that is what was asked for, it is no way to break.
    cases = [(role, way) for role in ROLES for way in LABELS if not (way == "othertype" and role.kind == "A")]
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda case: patient(server, case), cases))
    for role in ROLES:
        wrong = [(way, verdicts(got), [(a["name"], a["type"], a["status"]) for a in got["dns"]])
                 for (r, way), (got, _) in zip(cases, results) if r is role and not is_right(role, way, got)]
        tap.check(not wrong, f"{role.name}: {sum(1 for r, _ in cases if r is role)} ways", *wrong)
    slow = [(role.name, way, took) for (role, way), (_, took) in zip(cases, results) if took > SLACK]
    tap.check(not slow, f"{len(cases)} reports in bounded time", *slow)
    many = [(role.name, way, len(got["dns"])) for (role, way), (got, _) in zip(cases, results) if len(got["dns"]) > 30]
    tap.check(not many, "and with few questions", *many)


# ---- records that want many questions ----

def long_text(text):
    """A TXT record of any length."""
    return [("TXT", " ".join(f'"{text[at:at + 250]}"' for at in range(0, len(text), 250)))]


def include_bomb(query, over):
    """Each record includes ten others, without end."""
    name, kind = query.question[0].name.to_text().lower(), kind_of(query)
    if name.startswith("_dmarc") or kind != "TXT":
        return either(reply(query, "NXDOMAIN"), over)
    first = name.split(".")[0]
    terms = " ".join(f"include:{first[:30]}{n}.example" for n in range(10))
    return either(reply(query, records=long_text(f"v=spf1 {terms} -all")), over)


def thousand(query, over):
    """One record of 1,000 includes (a TXT of many strings); each is there."""
    name, kind = query.question[0].name.to_text().lower(), kind_of(query)
    if name.startswith("_dmarc") or kind != "TXT":
        return either(reply(query, "NXDOMAIN"), over)
    if not name.startswith("storm."):
        return either(reply(query, records=[("TXT", '"v=spf1 ?all"')]), over)
    text = "v=spf1 " + " ".join(f"include:i{n}.example" for n in range(1000)) + " -all"
    return either(reply(query, records=long_text(text)), over)


def record_server(record, extra=None):
    """storm.example has this record; all other names, what `extra` says."""
    def answer(query, over):
        name, kind = query.question[0].name.to_text().lower().rstrip("."), kind_of(query)
        if name == "storm.example" and kind == "TXT":
            return either(reply(query, records=long_text(record)), over)
        sent = extra(name, kind, query, over) if extra else None
        return either(reply(query, "NXDOMAIN"), over) if sent is None else sent
    return answer


def names(count, kind_of_names):
    def extra(name, kind, query, over):
        if kind == "PTR":
            return either(reply(query, records=[("PTR", f"p{n}.example.") for n in range(count)]), over)
        if kind == "MX":
            return either(reply(query, records=[("MX", f"{n} h{n}.{name}.") for n in range(count)]), over)
        if kind == "A" and kind_of_names == "there":
            return either(reply(query, records=[("A", "203.0.113.7")]), over)
        return None
    return extra


BOMBS = [
    # name, server, SPF's result, the most questions that one message may cause by it (both identities, and what counts the record)
    ("an endless tree of includes", include_bomb, {"permerror"}, 120),
    ("1,000 includes", thousand, {"permerror"}, 120),
    ("ten mx of ten hosts", record_server("v=spf1 " + " ".join(f"mx:m{n}.example" for n in range(10)) + " -all", names(10, "there")),
     {"fail"}, 140),
    ("mx with 1,000 hosts", record_server("v=spf1 mx:m.example -all", names(1000, "there")), {"permerror"}, 40),
    ("ptr with 1,000 names", record_server("v=spf1 ptr -all", names(1000, "there")), {"fail"}, 40),
    ("ten ptr", record_server("v=spf1 " + " ".join(f"ptr:x{n}.example" for n in range(10)) + " -all", names(1000, "there")), {"fail"}, 40),
    ("ten macros of p", record_server("v=spf1 " + " ".join(f"exists:%{{p}}.x{n}.example" for n in range(10)) + " -all",
                                      names(1000, "there")), {"fail", "pass"}, 60),
    ("only void answers", record_server("v=spf1 " + " ".join(f"a:v{n}.example" for n in range(10)) + " -all"), {"permerror"}, 30),
    ("include of itself", record_server("v=spf1 include:storm.example -all"), {"permerror"}, 30),
    ("redirect to itself", record_server("v=spf1 redirect=storm.example"), {"permerror"}, 30),
]


def check_bombs(tap):
    for name, answers, wanted, most in BOMBS:
        with Server(answers) as server:
            got, took = report(server, storm.message(), timeout=20)
            packets = len(server.seen)
        tap.check(got["spf"]["mail_from"]["result"] in wanted, f"{name}: {got['spf']['mail_from']['result']}", got["spf"]["mail_from"])
        tap.check(len(got["dns"]) <= most and packets <= most + PACKETS_MAX and took < SLACK,
                  f"{name}: {len(got['dns'])} questions", packets, took)


def check_storms(tap):
    """Messages of 500 signatures, 50 sets, 40 authors, 300 reported results, each with a name of its own."""
    for arguments in ({"signatures": 500}, {"sets": 50}, {"authors": 40}, {"reported": 300},
                      {"signatures": 500, "sets": 50, "authors": 40, "reported": 300}):
        with Server(storm.answers) as server:
            got, took = report(server, storm.message(**arguments), timeout=60)
            packets = len(server.seen)
        asked = [a for a in got["dns"] if not (a["status"] == "timeout")]
        tap.check(len(asked) <= QUESTIONS_MAX and packets <= QUESTIONS_MAX + PACKETS_MAX,
                  f"{arguments}: {len(asked)} questions", packets, took)
        over = any(f["id"] == "dns-question-limit" for f in got["findings"])
        tap.check(over == (len(got["dns"]) > QUESTIONS_MAX), "the limit is named where it was reached", len(got["dns"]))
        result = got["dmarc"]["rfc9989"]["result"]
        tap.check(result in ("temperror", "unknown") if over else result == "fail", f"and what was not asked is open: {result}")


def check_aliases(tap):
    """Each of 600 questions is a chain of aliases without end, one with another name each."""
    def aliases(query, over):
        name = query.question[0].name.to_text().lower()
        if name == ".":
            return either(reply(query), over)
        return either(reply(query, records=[("CNAME", f"x{len(name) % 50}.{name}" if len(name) < 200 else "end.example.")]), over)

    with Server(aliases) as server:
        got, took = report(server, storm.message(signatures=100), timeout=3)
        packets = len(server.seen)
    tap.check(packets <= QUESTIONS_MAX * 12, f"aliases without end: {packets} packets for {len(got['dns'])} questions", took)
    spf, _, new, _ = verdicts(got)
    tap.check(spf in ("temperror", "permerror") and new in ("temperror", "unknown") and took < 3 + SLACK, "are temperror", verdicts(got))


def check_large_key(tap):
    """A key record of 60 KB, and an answer of 64 KB that holds the key among others."""
    filler = "n=" + "x" * 60000 + "; "
    text = "v=DKIM1; k=ed25519; " + filler + f"p={storm.PUBLIC}"
    role = next(r for r in ROLES if r.name == "key")
    for name, records, wanted in (("60 KB", long_text(text), "pass"),
                                  ("p= of 60 KB", long_text("v=DKIM1; p=" + base64.b64encode(bytes(45000)).decode()), "permerror")):
        def answers(query, over, records=records):
            if "_domainkey" in query.question[0].name.to_text() and kind_of(query) == "TXT":
                return either(reply(query, records=records), over) if over == "tcp" else behave("tcpagain", query, over, [], [])
            return either(reply(query, "NXDOMAIN"), over)
        with Server(answers) as server:
            got, took = report(server, message(role, "key-ok.example"), timeout=20)
        tap.check(got["dkim"][0]["result"] == wanted, f"a key record of {name}: {got['dkim'][0]['result']} {got['dkim'][0]['reason']}", took)


def main():
    tap = Tap()
    check_bombs(tap)
    check_storms(tap)
    check_aliases(tap)
    check_large_key(tap)
    with Server(handler) as server:
        check_matrix(tap, server)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
