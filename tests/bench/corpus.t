#!/usr/bin/python3
"""The generator of the benches' messages: the same bytes in every run, any part of a corpus alone, and signatures that
another program finds sound where they are meant to be.

corpus.t --print    prints the sums that stand below, after a change that is meant. Prints TAP.
SPDX-License-Identifier: MIT"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
MAKE = os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "tests/bench/make-corpus")
# First digits of SHA-256.
SUMS = {
    "zone": "7d886f40bad84b63",
    "mixed": "b6dda593cd7e86ad",
    "plain": "21a5c4349425e574",
    "turns": "6e3020ccca90cb97",
    "seed8": "a56fc1f5669adf39",
    "mbox": "ed8e2089d472bee5",
    "text": "ee293003f32ec267",
    "text-lf": "e74f7d1bbfc33b1b",
    "base64": "4b0356cb3aaeca68",
    "much-fields": "1796d6f04c39da55",
    "much-field-bytes": "8ef6aaddb19d4eac",
    "much-recipients": "d8f181f7a9454774",
    "much-authors": "4f56d2f1eb117451",
    "much-received": "4faab44e061054ef",
    "much-results": "a90971432c1b25b4",
    "much-signatures": "5e30255fd8545a5a",
    "much-arc-sets": "76c43fb7922113b4",
    "much-parts": "7125649c8ad68269",
    "much-depth": "6ae46d8dc76b002b",
    "much-line-bytes": "a9e4ec13e8c6d7c3",
}
SERIES = ("fields", "field-bytes", "recipients", "authors", "received", "results", "signatures", "arc-sets", "parts", "depth",
          "line-bytes")
count = 0


def check(good, name, got=""):
    global count
    count += 1
    print(f"{'' if good else 'not '}ok {count} - {name}")
    if not good:
        print(f"#   got {got}")


def make(*arguments):
    return json.loads(subprocess.run([MAKE, *map(str, arguments)], stdout=subprocess.PIPE, check=True).stdout)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def summed(folder):
    """Of a file, or of all in a folder, names too."""
    if os.path.isfile(folder):
        return hashlib.sha256(read(folder)).hexdigest()[:16]
    state = hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        state.update(name.encode() + b"\0" + read(os.path.join(folder, name)))
    return state.hexdigest()[:16]


def build(folder):
    """One of each kind: {name: sum}"""
    sums = {}
    def add(name, *arguments):
        path = os.path.join(folder, name)
        make(arguments[0], path, *arguments[1:])
        sums[name] = summed(path)
    add("zone", "zone")
    add("mixed", "files", 60)
    add("plain", "files", 20, "--mix", "plain")
    add("turns", "files", 20, "--mix", "turns")
    add("seed8", "files", 5, "--seed", 8)
    add("mbox", "mbox", 30, "--size", 3600)
    add("text", "large", 200000, "text")
    add("text-lf", "large", 200000, "text", "--lf")
    add("base64", "large", 200000, "base64")
    for kind in SERIES:
        add("much-" + kind, "series", 7, kind)
    return sums


def reports(folder, *names):
    out = subprocess.run([PROGRAM, "report", "--format", "json", "--second-opinions", "off", "--dns", f"{folder}/zone/snapshot.dns",
                          *[os.path.join(folder, name) for name in names]], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def sound(folder):
    names = sorted(name for name in os.listdir(f"{folder}/mixed") if name.endswith(".eml"))
    found = reports(f"{folder}", *[f"mixed/{name}" for name in names])
    said = [[result for field in one["reported"] if field["authserv_id"] == "mx.example.net" for result in field["results"]]
            for one in found]
    for method in ("dkim", "spf", "dmarc"):
        # What the receiver says in a message was written by the generator: it must be what we find.
        wrote = [sorted(result["result"] for result in one if result["method"] == method) for one in said]
        saw = [sorted(signature["result"] for signature in one["dkim"]) if method == "dkim"
               else [one["spf"]["mail_from"]["result"]] if method == "spf" else [one["dmarc"]["rfc7489"]["result"]] for one in found]
        wrong = [name for name, a, b in zip(names, wrote, saw) if a != b]
        check(not wrong, f"{method}: each message is what its receiver says", wrong)
    check({one["arc"]["result"] for one in found if one["arc"]["instances"]} == {"pass"}, "ARC: every set holds")
    kinds = {signature["result"] for one in found for signature in one["dkim"]}
    check(kinds == {"pass", "fail"}, "there are signatures that hold and that do not", kinds)
    with open(f"{folder}/mixed/envelopes.tsv", encoding="ascii") as lines:
        wrote = [line.rstrip("\n").split("\t")[1:] for line in lines]
    saw = [[one["envelope"]["client_ip"]["address"], one["envelope"]["helo"]["domain"], one["envelope"]["mail_from"]["address"]]
           for one in found]
    check(wrote == saw, "the envelopes beside the messages are those in the messages",
          next(((a, b) for a, b in zip(wrote, saw) if a != b), None))
    others = reports(folder, "text", "text-lf", "base64", *["much-" + kind for kind in SERIES])
    # A message that has ended its lines with LF is read as with CRLF.
    bad = [one["source"]["path"] for one in others if not one["dkim"] or any(s["result"] != "pass" for s in one["dkim"])]
    check(bad == [f"{folder}/much-authors"], "large ones and series are signed", bad)


def main():
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:] == ["--print"]:
            print("".join(f'    "{name}": "{value}",\n' for name, value in build(folder).items()), end="")
            return
        sums = build(folder)
        for name, value in sums.items():
            check(SUMS.get(name) == value, f"{name}: the same bytes as ever", value)
        with tempfile.TemporaryDirectory() as other:
            facts = make("files", other, 7, "--first", 20)
            same = all(read(f"{other}/{i:06}.eml") == read(f"{folder}/mixed/{i:06}.eml") for i in range(20, 27))
            check(same and len(os.listdir(other)) == 8, "a part alone is that part of the whole")
            size = sum(os.path.getsize(os.path.join(other, name)) for name in os.listdir(other) if name.endswith(".eml"))
            check(facts["messages"] == 7 and facts["bytes"] == size, "what it says of them is so", facts)
        sound(folder)
    check(subprocess.run([MAKE, "files"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 2,
          "too few words are a usage error")
    print(f"1..{count}")


main()
