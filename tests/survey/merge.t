#!/usr/bin/python3
"""Surveys of parts add up to the survey of the whole, whatever the parts; and what is no survey is refused. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import surveylib                                            # noqa: E402
from surveylib import Box, Tap                              # noqa: E402


def maildir(box, messages):
    """One file each, so that a message has the same path and number in every part."""
    for i, raw in enumerate(messages):
        box.write(f"mail/{i:04d}.eml", raw)
    return [f"mail/{i:04d}.eml" for i in range(len(messages))]


def random_parts(box, names, whole):
    rand = random.Random(5)
    for turn in range(4):
        count = rand.choice([2, 3, 7, 20])
        parts = [[] for _ in range(count)]
        for name in names:
            rand.choice(parts).append(name)
        files = []
        for i, part in enumerate(p for p in parts if p):
            rand.shuffle(part)
            files.append(box.write(f"part-{turn}-{i}.json", box.run("survey", "--format", "json", *part).stdout))
        rand.shuffle(files)
        merged = box.run("survey", "--merge", "--format", "json", *files)
        box.same((merged.returncode, merged.stdout), (0, whole.stdout), f"{len(files)} random parts: the same to the byte")
        for form in ("text", "csv"):
            box.same(box.run("survey", "--merge", "--format", form, *files).stdout,
                     box.run("survey", "--format", form, *names).stdout, f"the same as {form}")
    joined = box.write("joined.json", b"".join(open(f, "rb").read() for f in files))
    box.same(box.run("survey", "--merge", "--format", "json", joined).stdout, whole.stdout, "all in one file, a line each")
    half = [box.write(f"half{i}.json", box.run("survey", "--merge", "--format", "json", *files[i::2]).stdout) for i in (0, 1)]
    box.same(box.run("survey", "--merge", "--format", "json", *half).stdout, whole.stdout, "sums of sums")
    with open(joined, "rb") as stream:
        done = box.run("survey", "--merge", "--format", "json", "-", stdin=stream)
    box.same(done.stdout, whole.stdout, "by a pipe")


def refused(box, whole):
    good = box.write("good.json", whole.stdout)
    survey = json.loads(whole.stdout)
    cut = box.write("cut.json", whole.stdout[:len(whole.stdout) // 2])
    changed = dict(survey, messages=survey["messages"] + 1)
    fewer = dict(survey, groups=survey["groups"][1:])
    deep = b"{\"format\":" + b"[" * 100000 + b"]" * 100000 + b"}"
    bad = {"cut": cut, "changed": box.write("changed.json", json.dumps(changed)), "fewer": box.write("fewer.json", json.dumps(fewer)),
           "deep": box.write("deep.json", deep), "report": box.write("report.json", box.run("report", "--format", "json", "mail/0000.eml").stdout),
           "empty": box.write("empty.json", b""), "message": "mail/0000.eml", "missing": "no-such-file.json"}
    for name, path in bad.items():
        done = box.run("survey", "--merge", "--format", "json", good, path)
        box.check(done.returncode == 2 and os.path.basename(path).encode() in done.stderr, f"refused: {name}", done.stderr)
        box.same(done.stdout, whole.stdout, f"and nothing of it is counted: {name}")
    many = dict(survey, unreadable_examples=[{"place": {"path": "a", "index": i + 1}, "text": "b"} for i in range(1001)])
    done = box.run("survey", "--merge", "--format", "json", box.write("many.json", json.dumps(many)))
    box.check(done.returncode == 2 and b"does not fit" in done.stderr, "a list that is too long is said to be that", done.stderr)


def odd(box, whole):
    """Written by others: more keys, other order, spaces."""
    survey = json.loads(whole.stdout)
    survey["groups"].reverse()
    survey["more"] = {"a": [1.5e3, None, True, "\ud83d\ude00"]}
    text = json.dumps(dict(reversed(survey.items())), indent=2)
    path = box.write("odd.json", text)
    box.same(box.run("survey", "--merge", "--format", "json", path).stdout, whole.stdout, "other order, more keys, spaces")
    part = json.loads(box.run("survey", "--merge", "--format", "json",
                              box.write("p.json", json.dumps(dict(survey, part=True))), path).stdout)
    box.same(part["part"], True, "what was a part makes a part")


def main():
    tap = Tap()
    box = Box(tap)
    messages, zone = surveylib.mailbox()
    box.zone = box.write("zone", zone)
    names = maildir(box, messages)
    whole = box.run("survey", "--format", "json", *names)
    random_parts(box, names, whole)
    refused(box, whole)
    odd(box, whole)
    tap.end()


main()
