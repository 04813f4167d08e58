#!/usr/bin/python3
"""The messages of the lessons: made again they are the same bytes, and lesson 9's stand in their cells.
SPDX-License-Identifier: MIT"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LESSONS = ROOT / "samples" / "lessons"
PROGRAM = os.environ.get("FROMSCOPE", str(ROOT / "build" / "fromscope"))
STATES = ("aligned", "unaligned", "fail", "none")
# A copy from the Sent folder: nobody can know, and the lesson says so.
UNKNOWN = {("15-who-stamped-this", "sent.eml")}
count = 0


def check(good, name, got=""):
    global count
    count += 1
    print(f"{'' if good else 'not '}ok {count} - {name}")
    if not good:
        print(f"#   got {got}")


def check_made_again():
    """Only what the modules write: texts are written by hand."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([ROOT / "tests" / "make-lessons", "--into", folder], capture_output=True, text=True)
        check(done.returncode == 0, "other engines find in the messages what the modules say",
              [line for line in done.stdout.splitlines() if line.startswith("WRONG")] or done.stderr[-400:])
        made = sorted(pathlib.Path(folder).glob("*/*"))
        differ = [str(path.relative_to(folder)) for path in made
                  if not (LESSONS / path.relative_to(folder)).exists()
                  or path.read_bytes() != (LESSONS / path.relative_to(folder)).read_bytes()]
        check(len(made) > 50 and not differ, "made again they are the same bytes", differ)
        return {path.parent.name for path in made}


def report(path):
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--second-opinions", "off", path],
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def state(found, identifiers):
    """Of SPF or DKIM: how it stands with what was found (words), and with From: (identifiers)."""
    if any(i["authenticated"] and i["aligned"] for i in identifiers):
        return "aligned"
    if "pass" in found:
        return "unaligned"
    return "none" if set(found) <= {"none"} else "fail"


def check_cells():
    folder = LESSONS / "09-sixteen-cells"
    passing = bulk = 0
    for spf in STATES:
        for dkim in STATES:
            facts = report(folder / f"cell-{spf}-{dkim}.eml")
            dmarc = facts["dmarc"]["rfc9989"]
            by = {name: [i for i in dmarc["identifiers"] if i["mechanism"] == name] for name in ("spf", "dkim")}
            got = (state([facts["spf"]["mail_from"]["result"]], by["spf"]),
                   state([s["result"] for s in facts["dkim"]], by["dkim"]), dmarc["result"])
            want = (spf, dkim, "pass" if "aligned" in (spf, dkim) else "fail")
            check(got == want, f"cell SPF {spf}, DKIM {dkim}: DMARC {want[2]}", got)
            rules = {r["profile"]: r["result"] for r in facts["receivers"]}
            want = "pass" if got[2] == "pass" and not {"fail", "none"} & set(got[:2]) else "fail"
            check(rules.get("gmail-bulk") == want, f"and Gmail's rules for bulk mail: {want}", rules)
            passing += got[2] == "pass"
            bulk += rules.get("gmail-bulk") == "pass"
    check((passing, bulk) == (7, 3), "DMARC passes in 7 cells, Gmail's rules in 3", (passing, bulk))


def check_reports(folders):
    """Every message is understood, and no DNS answer is missing."""
    wrong = []
    for path in sorted(path for name in folders for path in (LESSONS / name).glob("*.eml")):
        facts = report(path)
        open_questions = [q["name"] for q in facts["dns"] if q["status"] == "not-in-snapshot"]
        known = facts["dmarc"]["rfc9989"]["result"] not in ("unknown", "temperror")
        if open_questions or known == ((path.parent.name, path.name) in UNKNOWN):
            wrong.append((path.parent.name, path.name, open_questions))
    check(not wrong, "no message leaves a question open", wrong)


check_cells()
check_reports(check_made_again())
print(f"1..{count}")
sys.exit(0)
