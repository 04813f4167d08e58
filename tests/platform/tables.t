#!/usr/bin/python3
"""A person's own files of data that are damaged: said with file and line, and the program's own are used. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import ROOT, Tap      # noqa: E402

tap = Tap()
PROGRAM = os.environ["FROMSCOPE"]
SAMPLE = os.path.join(ROOT, "samples", "ses-default.eml")
TABLES = ("providers.ini", "programs.ini", "brands.ini", "confusables.ini", "receivers/gmail.ini", "glossary.en.txt",
          "letter.en.txt", "themes/dark.theme", "config")
DAMAGE = {"bytes": bytes(range(256)) * 9, "large": b"x" * 3000000, "lines": b"[x\nfoo\n=\n\xff = \x1b[2J\n",
          "empty": b"", "folder": None}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SAID_IN_USE = ("glossary.en.txt", "letter.en.txt", "themes/dark.theme")     # read when they are needed


def run(folder, *args, text=None):
    done = subprocess.run([PROGRAM, *args], capture_output=True, timeout=120, check=False, cwd="/", input=text,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": folder, "HOME": folder,
                               "XDG_DATA_HOME": folder, "XDG_STATE_HOME": folder, "G_DEBUG": "fatal-criticals"})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def report(folder):
    status, out, said = run(folder, "report", "--format", "json", "--second-opinions", "off", SAMPLE)
    parsed = json.loads(out) if status == 0 else {"status": status}
    for answer in parsed.get("dns", []):
        del answer["ms"]
    return parsed, said


def talk(folder):
    return run(folder, "--plain", SAMPLE, text=b"8\n:letter en\n:glossary DMARC\nq\n")


with tempfile.TemporaryDirectory() as home:
    usual, usually_said = report(home)
    tap.same("", usually_said, "without own files nothing is said")
    for table in TABLES:
        for kind, content in DAMAGE.items():
            with tempfile.TemporaryDirectory() as own:
                path = os.path.join(own, "fromscope", table)
                os.makedirs(path if content is None else os.path.dirname(path))
                if content is not None:
                    with open(path, "wb") as file:
                        file.write(content)
                found, said = report(own)
                status, out, both = talk(own)
                name = f"{table}, {kind}"
                tap.ok(status == 0 and not CONTROL.search(out + said + both), f"{name}: the program runs", out + both)
                tap.ok(found == usual, f"{name}: the report is the same", said)
                if kind in ("bytes", "lines", "large") and table not in SAID_IN_USE:
                    tap.ok(f"/fromscope/{table}" in said, f"{name}: it is said", said)
                    tap.ok(kind != "lines" or ", line 2: " in said, f"{name}: with its line", said)
                if table == "glossary.en.txt":
                    tap.ok("The glossary has no word" not in out, f"{name}: the words are there", out)
                    tap.ok(kind in ("empty", "folder") or table in out + both, f"{name}: it is said", out + both)
                if table == "letter.en.txt" and kind != "folder":
                    tap.ok(table in out, f"{name}: it is said", out)
tap.end()
