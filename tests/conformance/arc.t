#!/usr/bin/python3
"""The public ARC validation suite through the program. Prints TAP.

Two messages of it hold no header field; the program refuses them by contract, so they are skipped.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUITE = os.path.join(os.environ.get("CONFORMANCE_DIR", os.path.join(ROOT, "..", "shared", "conformance")),
                     "arc-validation-tests.yml")
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))


def zone(records):
    lines = [";! snapshot 1", ";! complete ."]
    for name, text in records.items():
        parts = [text[i:i + 200] for i in range(0, len(text), 200)] or [""]
        lines.append(f"{name}. 300 IN TXT " + " ".join('"%s"' % p.replace('"', '\\"') for p in parts))
    return "\n".join(lines) + "\n"


def expected(case):
    return {"Pass": "pass", "Fail": "fail", "None": "none"}.get(str(case.get("cv") or ""), "fail")


def has_header(message):
    return ":" in message.split("\n\n")[0] and message.strip()


def main():
    if not os.path.exists(SUITE):
        print(f"1..0 # SKIP no suite at {SUITE}")
        return
    with open(SUITE) as suite:
        scenarios = [s for s in yaml.safe_load_all(suite) if s]
    print(f"1..{sum(len(s['tests']) for s in scenarios)}")
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        dns, path = os.path.join(folder, "zone"), os.path.join(folder, "case.eml")
        for scenario in scenarios:
            with open(dns, "w") as out:
                out.write(zone(scenario["txt-records"]))
            for name, case in scenario["tests"].items():
                number += 1
                message = case.get("message") or ""
                if not has_header(message):
                    print(f"ok {number} - {name} # SKIP no header field: the command refuses it by contract")
                    continue
                with open(path, "w", newline="\r\n") as out:
                    out.write(message)
                done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", dns, path],
                                      capture_output=True, timeout=30)
                got = json.loads(done.stdout)["arc"] if done.returncode == 0 else {"result": "exit 2"}
                good = got["result"] == expected(case)
                print(f"{'' if good else 'not '}ok {number} - {name}")
                if not good:
                    print(f"#   {case.get('description')}: want {expected(case)}, got {json.dumps(got)[:600]}"
                          f" {done.stderr.decode()[:200]}")


main()
