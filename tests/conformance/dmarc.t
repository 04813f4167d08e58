#!/usr/bin/python3
"""The worked DMARC cases of the public suite, in both columns, through the program itself.

Each case becomes a header-only message whose identifiers are vouched for by a trusted
Authentication-Results field, a snapshot and a public suffix list. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUITE = os.path.join(os.environ.get("CONFORMANCE_DIR", os.path.join(ROOT, "..", "shared", "conformance")),
                     "dmarc-treewalk.json")
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))


def zone(case):
    lines = [";! snapshot 1", ";! complete ."]
    for name, texts in case["dns"].items():
        if texts == "SERVFAIL":
            lines.append(f";! servfail {name}.")
            continue
        for text in texts:
            lines.append(f'{name}. 300 IN TXT "{text}"')
    for name in case["existing"]:
        lines.append(f";! nodata {name}.")
    return "\n".join(lines) + "\n"


def message(case):
    # "spf=none" closes the question of the envelope, which these cases leave open.
    claims = [] if any(m == "spf" for m, _ in case["identifiers"]) else ["spf=none"]
    for mechanism, domain in case["identifiers"]:
        prop = "smtp.mailfrom" if mechanism == "spf" else "header.d"
        claims.append(f"{mechanism}=pass {prop}={domain}")
    return (f"Authentication-Results: suite.test; {'; '.join(claims)}\r\n"
            f"From: someone@{case['author']}\r\nSubject: case\r\n\r\n")


def run(case, folder):
    paths = [os.path.join(folder, name) for name in ("case.eml", "case.zone", "list.dat")]
    contents = [message(case), zone(case),
                "// ===BEGIN ICANN DOMAINS===\n" + "\n".join(case["psl"] or ["invalid"]) + "\n"]
    for path, content in zip(paths, contents):
        with open(path, "w", newline="") as out:
            out.write(content)
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", paths[1], "--psl", paths[2],
                           "--trust", "suite.test", paths[0]], capture_output=True, timeout=30)
    if done.returncode != 0:
        return {"error": done.stderr.decode(errors="replace")}
    return json.loads(done.stdout)


def alignment_faults(want, got):
    faults = []
    for key, text in want.get("alignment", {}).items():
        mechanism, domain = key.split(":")
        found = [i for i in got["identifiers"] if (i["mechanism"], i["domain"]) == (mechanism, domain)]
        aligned = not text.startswith("not ")
        if not found or found[0]["aligned"] is not aligned:
            faults.append(f"{key} {text}: got {found}")
        elif "org=" in text and found[0]["org_domain"] != text.split("org=")[1]:
            faults.append(f"{key} {text}: org {found[0]['org_domain']}")
    return faults


def faults_of(want, got):
    faults = []

    def compare(what, wanted, have):
        if wanted != have:
            faults.append(f"{what}: want {wanted}, got {have}")

    compare("result", want["result"].split()[0], got["result"])
    compare("queries", want["queries"], got["queries"])
    if "record" in want:
        compare("record", want["record"], got["record_domain"])
    if "org" in want:
        compare("org", want["org"], got["org_domain"])
    if "policy" in want:
        compare("policy", want["policy"], f"{got['policy_tag']}={got['policy']}")
        compare("applied", want["applied"], got["applied"])
    return faults + alignment_faults(want, got)


def main():
    if not os.path.exists(SUITE):
        print(f"1..0 # SKIP no suite at {SUITE}")
        return
    with open(SUITE) as suite:
        cases = json.load(suite)
    print(f"1..{2 * len(cases)}")
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            report = run(case, folder)
            for column in ("rfc9989", "rfc7489"):
                number += 1
                faults = ([report["error"]] if "error" in report
                          else faults_of(case[column], report["dmarc"][column]))
                print(f"{'not ' if faults else ''}ok {number} - {case['name']} {column}")
                for fault in faults:
                    print(f"#   {fault}")
    sys.stdout.flush()


main()
