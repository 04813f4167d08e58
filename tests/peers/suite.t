#!/usr/bin/python3
"""libspf2 in our child against the openspf suite for RFC 7208, through the program: how often it agrees with us, and how
many of its differences the table of known faults explains. The suite is read from $CONFORMANCE_DIR, not copied here.
SPDX-License-Identifier: MIT"""
import collections
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SUITE = os.path.join(os.environ.get("CONFORMANCE_DIR", os.path.join(ROOT, "../shared/conformance")),
                     "spf-rfc7208-tests.yml")
PROGRAM = os.environ["FROMSCOPE"]


def quoted(value):
    strings = value if isinstance(value, list) else [value]
    return " ".join('"' + "".join(escaped(b, b' !#$%&\'()*+,-./:<=>?@[]^_`{|}~') for b in part) + '"'
                    for s in strings for part in [str(s).encode("latin-1")])


def escaped(byte, plain):
    return chr(byte) if chr(byte).isalnum() and byte < 128 or byte in plain else f"\\{byte:03d}"


def name_of(name):
    return "".join(escaped(b, b".-_") for b in str(name).encode("latin-1")).rstrip(".") + "."


def lines_of(name, entries):
    timeout = any(entry == "TIMEOUT" for entry in entries)
    pairs = [pair for entry in entries if entry != "TIMEOUT" for pair in entry.items()]
    txt = [value for kind, value in pairs if kind == "TXT"]
    if not txt:
        txt = [value for kind, value in pairs if kind == "SPF"]
    for value in txt:
        if value != "NONE":
            yield f"{name} IN TXT {quoted(value)}"
    for kind, value in pairs:
        if kind in ("A", "AAAA"):
            yield f"{name} IN {kind} {value}"
        elif kind in ("PTR", "CNAME"):
            yield f"{name} IN {kind} {name_of(value)}"
        elif kind == "MX":
            yield f"{name} IN MX {value[0]} {name_of(value[1])}"
    yield f";! {'timeout' if timeout else 'nodata'} {name}"


def load(yaml):
    with open(SUITE, encoding="utf-8") as suite:
        for scenario in yaml.safe_load_all(suite):
            zone = ";! snapshot 1\n;! complete .\n" + "\n".join(
                line for name, entries in scenario["zonedata"].items()
                for line in lines_of(name_of(name), entries)) + "\n"
            for name, case in scenario["tests"].items():
                yield f"{scenario['description']}: {name}", case, zone


def ask(folder, number, case, zone):
    """Our SPF result and libspf2's opinion; None where the case cannot be put into files and options."""
    path = os.path.join(folder, str(number))
    with open(path + ".eml", "w", encoding="utf-8") as file:
        file.write("From: a@nobody.example\n\nx\n")
    with open(path + ".zone", "w", encoding="latin-1") as file:
        file.write(zone)
    run = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", path + ".zone", "--ip", str(case["host"]),
                          "--helo", str(case["helo"]), "--mail-from", str(case["mailfrom"] or "<>"), path + ".eml"],
                         capture_output=True, timeout=120, check=False)
    if run.returncode:
        return None
    report = json.loads(run.stdout)
    return report["spf"]["mail_from"]["result"], report["second_opinions"][0]


def main(yaml):
    cases = list(load(yaml))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda at: ask(folder, at[0], at[1][1], at[1][2]), enumerate(cases)))
    reasons, asked, agreed, right = collections.Counter(), 0, 0, 0
    for (name, case, _), answer in zip(cases, answers):
        if not answer or answer[0] == "unknown":
            print(f"# not asked: {name}")
            continue
        ours, said = answer
        asked += 1
        agreed += said["agrees"]
        right += said["result"] in (case["result"] if isinstance(case["result"], list) else [case["result"]])
        if not said["agrees"]:
            reasons[said["why"]] += 1
            if said["why"] == "peer-unexplained":
                print(f"# {name}: {ours}, libspf2 {said['result']}")
    print(f"# {len(cases)} cases, {asked} asked; libspf2 agrees with us in {agreed}, right by the suite in {right}")
    print(f"# why it differs: {dict(reasons.most_common())}")
    checks = [("most cases can be asked by files and options", asked >= 180),
              ("it agrees with us in most, not in all", asked // 2 < agreed < asked),
              ("nine of ten differences are explained",
               reasons["peer-unexplained"] * 10 <= asked - agreed),
              ("it neither crashes nor hangs nor talks nonsense", not any(
                  reasons[w] for w in ("peer-crashed", "peer-timed-out", "peer-nonsense", "peer-missing")))]
    print(f"1..{len(checks)}")
    for number, (what, good) in enumerate(checks, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {what}")


if __name__ == "__main__":
    if not os.path.exists(SUITE):
        print(f"1..0 # SKIP no suite at {SUITE}")
        sys.exit(0)
    import yaml as yaml_module
    main(yaml_module)
