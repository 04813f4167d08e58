#!/usr/bin/python3
"""Every way to break an answer, for the questions that attack.t does not attack: keys of ARC's seals and signatures, the names of an
address (ptr, %{p}), what receivers' rules ask, and all questions of a message at once. Trouble never makes a pass or a fail of what rests on
it, and what the RFC says of it is what comes out. Prints TAP. SPDX-License-Identifier: MIT"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import storm
from harm import BEHAVIOUR, behave
from loopback import PROGRAM, ROOT, Server, Tap, either, kind_of, reply

LIMIT, SLACK, QUESTIONS = 1.5, 30, 60
PATIENT = 20        # seconds for answers that come: a busy machine is no trouble of DNS
GOOD = {"ok", "delay", "tcp", "wrongthenright", "poison"}
# What says that there is nothing, or holds nothing that counts; the rest is trouble.
ABSENT = {"nxdomain", "nodata", "huge", "nul", "strings", "empties", "nostring", "othertype", "othername", "tcpagain", "overlong", "shorta", "longa"}
WAYS = [way for way in BEHAVIOUR if way not in ("late", "loopb")]
CHAIN = ROOT / "samples/lessons/13-chains-of-hearsay/message.eml"


def limit_of(way):
    return PATIENT if way in GOOD else LIMIT


def report(server, path, *options, limit=LIMIT):
    start = time.monotonic()
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--second-opinions", "off", "--no-beside", *options,
                           *(["--dns-server", server.address, "--dns-timeout", str(limit)] if server else []), str(path)],
                          capture_output=True, timeout=300, check=True)
    return json.loads(done.stdout), time.monotonic() - start


def truth():
    """What the chain's own snapshot says, by name and type."""
    got, _ = report(None, CHAIN, "--dns", str(CHAIN.with_suffix(".dns")))
    return {(item["name"], item["type"]): item for item in got["dns"]}, got


def server_of(table, attacked, way):
    """True answers, but for the questions that are attacked."""
    def handler(query, over):
        name, kind = query.question[0].name.to_text().lower().rstrip("."), kind_of(query)
        item = table.get((name, kind))
        if name in ("loopa.example", "loopb.example"):
            return behave(name[:5], query, over, [], [])
        if name and attacked(name, kind):
            records = [(kind, text) for text in item["records"]] if item else []
            if not records and way in GOOD:
                return either(reply(query, "NXDOMAIN"), over)
            return behave(way, query, over, records, [("TXT", '"v=DKIM1; p="')])
        if item is None or item["status"] != "noerror":
            return either(reply(query, "NXDOMAIN"), over)
        return either(reply(query, records=[(kind, text) for text in item["records"]]), over)
    return handler


def check_chain(tap, table, whole):
    """Each key of the chain, then all questions of the message."""
    keys = sorted(name for name, _ in table if "_domainkey" in name)
    wanted = (whole["arc"]["result"], [s["result"] for s in whole["dkim"]], whole["dmarc"]["rfc9989"]["result"])
    for what in (*[key for key in keys if key.startswith("arc")], "all questions"):
        attacked = (lambda name, kind: True) if what == "all questions" else (lambda name, kind, key=what: name == key)

        def run(way, attacked=attacked, what=what):
            late = way == "delay" and what == "all questions"       # together they take longer than there is time
            with Server(server_of(table, attacked, way)) as server:
                return report(server, CHAIN, limit=LIMIT if late else limit_of(way))
        with ThreadPoolExecutor(6) as pool:
            results = dict(zip(WAYS, pool.map(run, WAYS)))
        wrong = []
        for way, (got, took) in results.items():
            arc, dmarc = got["arc"]["result"], got["dmarc"]["rfc9989"]["result"]
            dkim, spf = [s["result"] for s in got["dkim"]], got["spf"]["mail_from"]["result"]
            if way == "delay" and what == "all questions":
                right = "pass" not in (arc, dmarc) and dmarc != "fail"
            elif way in GOOD:
                right = (arc, dkim, dmarc) == wanted
            elif way in ABSENT:
                right = arc != "pass" and (what != "all questions" or (spf != "pass" and dmarc != "pass" and "pass" not in dkim))
            else:
                right = arc in ("temperror", "unknown", "none")
                if what == "all questions":
                    right = right and spf == dmarc == "temperror" and set(dkim) == {"temperror"}
            if not right or took > limit_of(way) + SLACK or len(got["dns"]) > QUESTIONS:
                wrong.append((way, arc, dkim, spf, dmarc, len(got["dns"]), round(took, 1)))
        tap.check(not wrong, f"{what}: {len(WAYS)} ways", *wrong)
        if what == "all questions":
            check_receivers(tap, results)


def check_receivers(tap, results):
    """A rule that asked in vain does not say that it is kept, or broken. Those that look at the message alone do."""
    free = {rule["id"]: rule["result"] for profile in results["servfail"][0]["receivers"] for rule in profile["rules"]}
    wrong = []
    for way, (got, _) in results.items():
        if way in GOOD | ABSENT:
            continue
        for profile in got["receivers"]:
            wrong += [(way, profile["profile"], rule["id"], rule["result"], rule["reason"]) for rule in profile["rules"] if rule["result"] != free[rule["id"]]]
            wrong += [(way, rule["id"], rule["result"]) for rule in profile["rules"]
                      if rule["id"] in ("spf", "dkim", "alignment", "dmarc-record", "dmarc-reject") and rule["result"] in ("pass", "fail")]
    tap.check(not wrong, "receivers' rules: nothing is kept or broken for want of an answer", *wrong[:20])


def check_names_of_address(tap):
    """RFC 7208, 5.5 and 7.3: trouble with PTR is no match, and %{p} is "unknown"; never a match."""
    for record in ("v=spf1 ptr -all", "v=spf1 ptr:storm.example ?all", "v=spf1 exists:%{p}.storm.example -all", "v=spf1 exists:%{p}.ok.%{d} ?all"):
        def run(way, record=record):
            def handler(query, over):
                name, kind = query.question[0].name.to_text().lower().rstrip("."), kind_of(query)
                if kind == "PTR":
                    return behave(way, query, over, [("PTR", "host.storm.example.")], [("PTR", "host.storm.example.")])
                if name == "storm.example" and kind == "TXT":
                    return either(reply(query, records=[("TXT", f'"{record}"')]), over)
                if name == "host.storm.example" and kind == "A":
                    return either(reply(query, records=[("A", "192.0.2.10")]), over)
                if name.startswith("host.storm.example.") and kind == "A":
                    return either(reply(query, records=[("A", "127.0.0.2")]), over)
                return either(reply(query, "NXDOMAIN"), over)
            with tempfile.NamedTemporaryFile(suffix=".eml") as file, Server(handler) as server:
                file.write(storm.message())
                file.flush()
                return report(server, file.name, limit=limit_of(way))
        with ThreadPoolExecutor(6) as pool:
            results = dict(zip(WAYS, pool.map(run, WAYS)))
        wrong = []
        for way, (got, took) in results.items():
            spf = got["spf"]["mail_from"]["result"]
            right = spf == "pass" if way in GOOD else way == "othername" or spf in ("fail", "neutral", "temperror")
            if not right or took > limit_of(way) + SLACK or len(got["dns"]) > QUESTIONS:
                wrong.append((way, spf, len(got["dns"]), round(took, 1)))
        tap.check(not wrong, f"{record}: {len(WAYS)} ways", *wrong)


def main():
    tap = Tap()
    table, whole = truth()
    tap.check(whole["arc"]["result"] == "pass", "the chain is good where nobody attacks", whole["arc"])
    check_chain(tap, table, whole)
    check_names_of_address(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
