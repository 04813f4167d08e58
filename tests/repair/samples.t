#!/usr/bin/python3
"""The pasted samples open as what they were: repaired, read and judged by the program itself, as TAP.

SPDX-License-Identifier: MIT"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", ROOT / "build" / "fromscope"))
# Name: repairs, fidelity, From's domain, signers whose header signature holds, names at the beginning, has a body.
SAMPLES = {
    "pasted-ses": (["one-line"], "reflowed", "example.com", ["example.com", "amazonses.example"],
                   ["Return-Path", "Received", "X-SES-Spam-Verdict", "X-SES-Virus-Verdict", "Received-SPF", "Authentication-Results",
                    "X-SES-RECEIPT", "X-SES-DKIM-SIGNATURE", "DKIM-Signature", "DKIM-Signature", "From", "To", "Subject", "Date",
                    "Message-ID", "MIME-Version", "Content-Type", "Feedback-ID", "X-SES-Outgoing"], True),
    "pasted-gmail": (["page-text"], "reencoded", "brand.example", ["esp.example"], ["Delivered-To", "Return-Path"], True),
    "pasted-gmail-ja": (["page-text"], "reencoded", "brand.example", ["esp.example"], ["Delivered-To", "Return-Path"], True),
    "pasted-outlook": (["folding"], "reflowed", "example.jp", ["example.com"], ["Received", "Authentication-Results"], False),
    "pasted-quoted": (["quote-marks", "folding"], "reflowed", "example.com", ["example.com"], ["Return-Path", "Delivered-To"],
                      False),
}
CHECKS = []


def check(good, name, *more):
    CHECKS.append(good)
    print(f"{'ok' if good else 'not ok'} {len(CHECKS)} - {name}")
    for line in more if not good else ():
        print(f"# {line}")


def run(*words, text=None):
    done = subprocess.run([PROGRAM, *words], cwd=ROOT, input=text, capture_output=True, timeout=60,
                          env=dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE=""))
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def report(path):
    return json.loads(run("report", "--format", "json", path)[1])


def names(text):
    header = text.split("\n\n")[0]
    return [line.split(":")[0] for line in header.split("\n") if line and line[0] not in " \t"]


def look(name, want):
    repairs, fidelity, author, signers, first, body = want
    path = f"samples/{name}.txt"
    status, text, told = run("repair", path)
    got = report(path)
    check(status == 0 and names(text)[:len(first)] == first, f"{name}: the fields are as they were", names(text))
    check(("\n\n" in text) == body, f"{name}: the body begins where it did", text[-200:])
    check([line.split(":")[0] for line in told.splitlines()] == repairs, f"{name}: the repairs are listed", told)
    check([r["id"] for r in got["source"]["repairs"]] == repairs and got["source"]["fidelity"] == fidelity,
          f"{name}: repairs and fidelity are reported", got["source"])
    check(got["source"]["kind"] == "paste", f"{name}: it was pasted")
    check(got["from"]["domain"] == author, f"{name}: From: names {author}", got["from"])
    check([d["domain"] for d in got["dkim"] if d["header_hash"] == "ok"] == signers,
          f"{name}: the header signatures hold", got["dkim"])
    check(all(d["result"] != "fail" for d in got["dkim"]), f"{name}: a repair makes no signature fail", got["dkim"])
    return got


def look_at_claims(name, got):
    claims = [r for r in got["reported"] if r["header"] == "Gmail summary"]
    results = [(x["method"], x["result"], x["properties"]) for claim in claims for x in claim["results"]]
    check(len(claims) == 1 and not claims[0]["trusted"] and claims[0]["authserv_id"] is None and
          results == [("spf", "pass", {"smtp.client-ip": "198.51.100.27"}), ("dkim", "pass", {"header.d": "esp.example"}),
                      ("dmarc", "fail", {})], f"{name}: the table is kept as a claim", claims)


def main():
    found = {name: look(name, want) for name, want in SAMPLES.items()}
    for name in ("pasted-gmail", "pasted-gmail-ja"):
        look_at_claims(name, found[name])
    text = (ROOT / "samples" / "pasted-ses.txt").read_bytes()
    check(run("repair", "-", text=text)[1] == run("repair", "samples/pasted-ses.txt")[1], "repair reads standard input")
    status, _, told = run("repair", "samples/webform.eml")
    check(status == 0 and told == "nothing to repair\n", "a sound message needs nothing", told)
    status, out, told = run("repair", "-", text=b"just some words\n")
    check(status == 2 and out == "" and told, "what is no mail is told so", status, out, told)
    print(f"1..{len(CHECKS)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
