#!/usr/bin/python3
"""Where files are looked for (XDG), as `info` prints it, and what each setting of the configuration does. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import ROOT, Tap

tap = Tap()
PROGRAM = os.environ["FROMSCOPE"]
SAMPLE = os.path.join(ROOT, "samples", "webform.eml")


def run(environment, *args):
    done = subprocess.run([PROGRAM, *args], capture_output=True, timeout=60, check=False, cwd="/",
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def info(environment):
    status, out, said = run(environment, "info")
    tap.same((0, ""), (status, said), "info runs")
    return {line[:16].strip(): line[17:].replace(" (not there)", "") for line in out.splitlines()}


KEYS = ("configuration", "state", "cache")
got = info({"HOME": "/home/u"})
tap.same(("/home/u/.config/fromscope/config", "/home/u/.local/state/fromscope", "/home/u/.cache/fromscope"),
         tuple(got[key] for key in KEYS), "below the home directory")
got = info({"HOME": "/home/u", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "/k"})
tap.same(("/c/fromscope/config", "/s/fromscope", "/k/fromscope"), tuple(got[key] for key in KEYS), "where XDG says")
got = info({"HOME": "/home/u", "XDG_CONFIG_HOME": "c", "XDG_STATE_HOME": "", "XDG_CACHE_HOME": "./k"})
tap.same(("/home/u/.config/fromscope/config", "/home/u/.local/state/fromscope", "/home/u/.cache/fromscope"),
         tuple(got[key] for key in KEYS), "relative and empty ones are ignored")
got = info({})
tap.ok(all(got[key].startswith("/") for key in KEYS), "absolute without HOME, too", str(got))
got = info({"HOME": "/tmp/\x1b[2J\u202e"})
tap.ok("\x1b" not in got["state"] and "\u202e" not in got["state"], "no escape sequence of the environment gets out")
tap.ok(os.path.isfile(os.path.join(got["themes"], "default.theme")), "themes are found")
tap.ok(os.path.isfile(os.path.join(got["samples"], "webform.eml")), "samples are found")


def configured(text, *args):
    """The program with this configuration."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "fromscope"))
        for name, content in (("config", text), ("list.dat", "// ===BEGIN ICANN DOMAINS===\nexample.jp\njp\n")):
            with open(os.path.join(folder, "fromscope", name), "w", encoding="utf-8") as file:
                file.write(content)
        status, out, said = run({"HOME": folder, "XDG_CONFIG_HOME": folder, "TERM": "xterm"}, *args)
        return status, out, said.replace(folder, "HOME")


def report(text, *args):
    status, out, said = configured(text, "report", "--format", "json", *args, SAMPLE)
    return json.loads(out) if status == 0 and not said else (status, said)


DNS = ("--dns", os.path.join(ROOT, "samples", "webform.dns"))
plain = report("")
tap.ok(len(plain["second_opinions"]) > 0, "second opinions are asked")
tap.same([], report("[analysis]\nsecond-opinions = off\n")["second_opinions"], "… unless the configuration says off")
tap.ok(len(report("[analysis]\nsecond-opinions = off\n", "--second-opinions", "on")["second_opinions"]) > 0,
       "… and the option wins")
tap.ok("\x1b[" in configured("[screen]\ncolor = always\n", "report", SAMPLE)[1], "color = always")
tap.ok("\x1b[" not in configured("[screen]\ncolor = always\n", "report", "--color", "never", SAMPLE)[1],
       "… and the option wins")
tap.ok(not configured("", "report", SAMPLE)[1].isascii(), "UTF-8 is drawn")
tap.ok(configured("[screen]\nascii = yes\n", "report", SAMPLE)[1].isascii(), "ascii = yes")
tap.ok(not configured("[screen]\nascii = no\n", "report", SAMPLE)[1].isascii(), "ascii = no")
for value in ("list.dat", "~/fromscope/list.dat"):
    got = configured(f"[dns]\npublic-suffixes = {value}\n", "info")
    tap.ok("HOME" not in got[2] and "fromscope/list.dat" in got[1], f"public-suffixes = {value}", str(got))
status, out, said = configured("[dns]\npublic-suffixes = nowhere.dat\n", "report", SAMPLE)
tap.ok(status == 2 and not out and "nowhere.dat" in said, "a list that is not there is named", said)

# Without a snapshot: offline asks nothing; with one it is used; a server named by an option is asked.
with tempfile.TemporaryDirectory() as folder:
    alone = os.path.join(folder, "alone.eml")
    with open(alone, "w", encoding="utf-8") as file:
        file.write("From: a@example.jp\n\nhello\n")

    def statuses(text, *args):
        status, out, said = configured(text, "report", "--format", "json", *args, alone)
        return {answer["status"] for answer in json.loads(out)["dns"]} if status == 0 else (status, said)

    tap.same({"offline"}, statuses("[dns]\noffline = yes\n"), "offline = yes")
    tap.same(False, "offline" in statuses("[dns]\noffline = yes\n", "--dns-server", "127.0.0.1@9", "--dns-timeout", "1"),
             "… and a server that is named is asked all the same")
    tap.same(False, "offline" in statuses("[dns]\noffline = yes\n", *DNS), "… and a snapshot is used")
    tap.same(False, "offline" in statuses("[dns]\nserver = 127.0.0.1@9\ntimeout = 1\n"), "server = … is asked")
tap.same("fail", report("[dns]\noffline = yes\n")["dmarc"]["rfc9989"]["result"], "offline = yes uses a snapshot beside")
tap.same("fail", report("[dns]\nserver = 127.0.0.1@9\n")["dmarc"]["rfc9989"]["result"], "… and so does server = …")
WRONG = "[dns]\nserver = nonsense\n"
NAMED = 'fromscope: HOME/fromscope/config, line 2: "nonsense" is neither an IP address nor ADDRESS@PORT\n'
tap.same((2, "", NAMED), configured(WRONG, "report", SAMPLE), "a server that is none is named, with file and line")
status, out, said = configured(WRONG, "info")
tap.ok(status == 0 and said == NAMED and "configuration" in out, "… and info goes on", str((status, said)))
for option in ("--offline", "--dns-server=127.0.0.1@9", "--dns=" + DNS[1]):
    tap.same((0, NAMED), configured(WRONG, "report", option, SAMPLE)[::2], f"… and {option} needs none")
tap.same(2, configured("[dns]\ntrust-anchor = nowhere.key\n", "report", SAMPLE)[0], "a trust anchor that is not there")
status, out, said = configured("[screen]\ncolor = " + "x" * 5000 + "\n", "info")
tap.ok(status == 0 and "xxx.. is none of" in said.replace('"', "") and len(said) < 400, "a long value is cut", said[:500])

FAULTS = (("[screen]\ncolor = blue\n", 'line 2: "blue" is none of auto, always, never'),
          ("[screen]\nascii = maybe\n", 'line 2: "maybe" is neither yes nor no'),
          ("[dns]\n\ntimeout = soon\n", 'line 3: "soon" is no number of seconds up to 120'),
          ("[dns]\ntimeout = 0\n", 'line 2: "0" is no number of seconds up to 120'),
          ("[dns]\ntimeout = nan\n", 'line 2: "nan" is no number of seconds up to 120'),
          ("[dns]\ntimeout = 121\n", 'line 2: "121" is no number of seconds up to 120'),
          ("[dns]\nserver =\n", 'line 2: "server" has no value'),
          ("[analysis]\nsecond-opinions = perhaps\n", 'line 2: "perhaps" is none of auto, on, off'),
          ("color = never\n", 'line 1: there is no setting "color" in []'))
for text, fault in FAULTS:
    status, out, said = configured(text, "report", SAMPLE)
    tap.same((0, f"fromscope: HOME/fromscope/config, {fault}\n"), (status, said), f"a fault: {text!r}")
tap.same("", configured("\ufeff[screen]\nascii = yes\n", "report", SAMPLE)[2], "a byte order mark is no fault")
status, out, said = configured("nonsense\n", "--version")
tap.ok(status == 0 and not said and out.startswith("fromscope "), "--version says nothing of it")
tap.end()
