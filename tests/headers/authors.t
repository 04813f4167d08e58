#!/usr/bin/python3
"""From: made by the grammar of RFC 5322 (with 4.4), RFC 6854 and RFC 6532: every address in it is found, and no other. The text is
built from the answer, so no other parser has to be trusted. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import PROGRAM, Tap  # noqa: E402

COUNT, SEED = int(os.environ.get("COUNT", "1500")), int(os.environ.get("SEED", "7"))
ATOMS = ["Ann", "O'Brien", "x", "=?utf-8?q?J=C3=B6rg?=", "J.", "J\u00f6rg", "a.b", "5", "#1", "=?utf-8?b?QUBCLmM=?="]
QUOTED = ['"q r"', '"a, b"', '"a <x@two.example>"', '"x@three.test"', '"\\"esc\\""', '"a;b:c"', '""']
COMMENTS = ["(c)", "(a (n) b)", "(x@y.example)", "(\\))", "()", "(J\u00f6rg)"]
LOCALS = ["a", "joe", "a.b", "a+b", '"a b"', '"a@b"', "j\u00f6rg", "a.", '"a".b', "a . b"]
DOMAINS = {"one.example": "one.example", "one . example": "one.example", "two.example.": "two.example", "b": "b", "[192.0.2.1]": None,
           "b\u00fccher.example": "xn--bcher-kva.example", "xn--bcher-kva.example": "xn--bcher-kva.example"}
ROUTES = [""] * 7 + ["@r.example:", "@r.example,@s.example:"]


class Maker:
    def __init__(self, rng):
        self.rng, self.domains = rng, []

    def gap(self, often=0.15):
        return self.rng.choice([self.rng.choice(COMMENTS), "\r\n "]) if self.rng.random() < often else ""

    def word(self):
        return self.rng.choice(ATOMS if self.rng.random() < 0.7 else QUOTED)

    def phrase(self):
        return self.word() + "".join(self.rng.choice([" ", " ", "", self.gap(1)]) + self.word() for _ in range(self.rng.randrange(3)))

    def address(self):
        domain = self.rng.choice(list(DOMAINS))
        self.domains.append(DOMAINS[domain])
        return self.rng.choice(LOCALS) + self.gap(0.05) + "@" + self.gap(0.05) + domain

    def mailbox(self):
        kind = self.rng.random()
        if kind < 0.35:
            return self.gap() + self.address() + self.gap()
        name = "" if kind > 0.9 else self.gap() + self.phrase() + self.rng.choice([" ", ""]) + self.gap()
        return f"{name}<{self.rng.choice(ROUTES)}{self.address()}>" + self.gap()

    def list(self):
        return ", ".join(self.mailbox() for _ in range(self.rng.choice([1, 1, 1, 1, 2, 3])))

    def field(self):
        """(value, the domains in it): a list, or a group that may be left open, or has a mailbox behind it."""
        self.domains = []
        if self.rng.random() < 0.9:
            text = self.list()
        else:
            text = f"{self.rng.choice(ATOMS)}: {self.list()}" + self.rng.choice(["", ";", " ;, "])
            text += self.mailbox() if text.endswith(", ") else ""
        return text.replace("\r\n \r\n", "\r\n "), self.domains


def found(fields):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"{number:05}.eml") for number in range(len(fields))]
        for path, (value, _) in zip(paths, fields):
            with open(path, "wb") as file:
                file.write(f"From: {value}\r\nTo: b@example.org\r\n\r\nx\r\n".encode())
        run = subprocess.run([PROGRAM, "report", "--offline", "--no-beside", "--format", "json", "--second-opinions", "off", "--files-from", "-"],
                             input="\n".join(paths).encode(), stdout=subprocess.PIPE, check=True, timeout=300)
    return [[a["domain"] for a in json.loads(line)["from"]["addresses"] if a["address"]] for line in run.stdout.splitlines()]


tap = Tap()
maker = Maker(random.Random(SEED))
made = [maker.field() for _ in range(COUNT)]
got = found(made)
wrong = [(value, want, have) for (value, want), have in zip(made, got) if want != have]
tap.ok(len(got) == COUNT and not wrong, f"the domains of {COUNT} From: fields made by the grammar", wrong[:3])
tap.end()
