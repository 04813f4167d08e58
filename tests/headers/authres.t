#!/usr/bin/python3
"""Thousands of results fields, made up and damaged from a seed, and read back; clean ones also by python3-authres.

SPDX-License-Identifier: MIT"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import damage
import dialects

FROMSCOPE = os.environ.get("FROMSCOPE", "build/fromscope")
COUNT = int(os.environ.get("COUNT", "1200"))
SEED = int(os.environ.get("SEED", "4"))
BATCH = 500
done = 0


def ok(good, what, *notes):
    global done
    done += 1
    print(f"{'ok' if good else 'not ok'} {done} - {what}")
    for note in notes:
        for line in str(note).splitlines():
            print(f"# {line}")


def read_all(values, folder, name="Authentication-Results"):
    """What the program makes of each value, one message each."""
    seen = []
    for start in range(0, len(values), BATCH):
        paths = []
        for index, value in enumerate(values[start:start + BATCH]):
            paths.append(os.path.join(folder, f"{index}.eml"))
            with open(paths[-1], "wb") as file:
                file.write(f"{name}: {value}\nFrom: a@example.com\n\nx\n".encode())
        run = subprocess.run([FROMSCOPE, "report", "--offline", "--no-beside", "--format", "json", "--second-opinions", "off", *paths],
                             stdout=subprocess.PIPE, check=True)
        seen += [json.loads(line)["reported"][0] for line in run.stdout.splitlines()]
    return seen


def meaning(header):
    return {"host": header["authserv_id"], "results": [
        {"method": r["method"], "result": r["result"], "properties": {k: v.strip('"') for k, v in r["properties"].items()}}
        for r in header["results"]]}


def compare(fields, values, folder, least, what):
    right = wrong = 0
    notes = []
    for field, value, header in zip(fields, values, read_all(values, folder)):
        truth, got = field.truth(), meaning(header)
        if truth["host"] != got["host"] or len(truth["results"]) != len(got["results"]):
            wrong += max(len(truth["results"]), 1)
        else:
            same = sum(a == b for a, b in zip(truth["results"], got["results"]))
            right, wrong = right + same, wrong + len(truth["results"]) - same
        if truth != got and len(notes) < 5:
            notes.append(f"{value!r}\n  want {truth}\n  got  {got}")
    share = right / (right + wrong)
    ok(share >= least, f"{what}: {right} of {right + wrong} results, {share:.2%} read right", *notes)


def by_authres(value):
    import authres
    header = authres.AuthenticationResultsHeader.parse("Authentication-Results: " + " ".join(value.split()))
    return {"host": header.authserv_id, "results": [
        {"method": r.method, "result": r.result, "properties": {f"{p.type}.{p.name}": p.value for p in r.properties}}
        for r in header.results]}


def peers(rng, folder):
    """Both read a field that keeps to the grammar (RFC 8601, 2.2) the same."""
    fields = [rng.choice([dialects.gmail, dialects.apple, dialects.milters])(rng) for _ in range(COUNT // 2)]
    values = [damage.render(rng, field, damage.CLEAN) for field in fields]
    read = differ = 0
    notes = []
    for value, header in zip(values, read_all(values, folder)):
        try:
            theirs = by_authres(value)
        except Exception:           # it gives up where a domain stands for an address, and at what it does not know
            continue
        read += 1
        ours = meaning(header)
        ours["results"] = [dict(r, properties={k: v for k, v in r["properties"].items() if "." in k}) for r in ours["results"]]
        for result in theirs["results"]:
            result["properties"] = {k: str(v).strip('"') for k, v in result["properties"].items()}
        if ours != theirs:
            differ += 1
            if len(notes) < 3:
                notes.append(f"{value!r}\n  authres {theirs}\n  ours    {ours}")
    ok(differ == 0 and read > COUNT // 8, f"python3-authres reads {read} of {len(values)} clean fields; {differ} differ", *notes)


def main():
    rng = random.Random(SEED)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fields = [dialects.make(rng) for _ in range(COUNT)]
        compare(fields, [damage.render(rng, f, damage.CLEAN) for f in fields], folder, 1.0, "as they are written")
        compare(fields, [damage.render(rng, f, damage.WILD) for f in fields], folder, 0.99, "damaged")
        some = fields[:COUNT // 4]
        compare(some, [damage.encoded(damage.render(rng, f, damage.CLEAN)) for f in some], folder, 1.0, "in encoded words")
        peers(rng, folder)
    print(f"# {time.monotonic() - began:.1f} s")
    print(f"1..{done}")


main()
