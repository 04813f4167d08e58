"""What the tests of `check` share: running the program, TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
SNAPSHOT = os.path.join(ROOT, "samples", "webform.dns")


def call(*options, command="check"):
    """(status, standard output, standard error); no color, no terminal, no network."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", NO_COLOR="1", TZ="UTC")
    done = subprocess.run([PROGRAM, command, *options], env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ask(*options):
    """The objects that check prints as JSON."""
    status, out, err = call("--format", "json", *options)
    assert status == 0 and not err, (options, status, err)
    return [json.loads(line) for line in out.splitlines()]


def one(*options):
    found = ask(*options)
    assert len(found) == 1, found
    return found[0]


def steps(node, name):
    """Every node of the tree with that id."""
    found = [node] if node["id"] == name else []
    for child in node["children"]:
        found += steps(child, name)
    return found


class Tap:
    def __init__(self):
        self.count = self.bad = 0

    def ok(self, good, name, note=""):
        self.count += 1
        self.bad += not good
        print(f"{'' if good else 'not '}ok {self.count} - {name}")
        if not good and note != "":
            print(f"#   {note}")

    def same(self, want, got, name):
        self.ok(want == got, name, f"want {want!r}, got {got!r}")

    def end(self):
        print(f"1..{self.count}")
        raise SystemExit(1 if self.bad else 0)
