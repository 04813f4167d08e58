#!/usr/bin/python3
"""Messages of too much of everything, and mailboxes in which no two messages belong together, through every format and command: what
is printed costs as much as it is long. JSON of most of these is growth.t's and tests/limits/hostile.t's. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trap import Traps, command
from strange import too_much

SIG = b"v=1; a=rsa-sha256; c=relaxed/relaxed; d=d%d.example; s=s; h=from:to; bh=eA==; b=eA=="
REPORT = ("report", "--offline", "--second-opinions", "off", "--format")


def own_groups(n):
    """Each message has its own author, envelope, signer and network."""
    return b"".join(b"From a@example.com Tue Sep  1 10:00:00 2026\nReturn-Path: <b@e%d.example>\nReceived: from h (h [198.%d.%d.1]) by mx.example.net; "
                    b"Tue, 1 Sep 2026 10:00:00 +0000\nDKIM-Signature: %s\nFrom: a@d%d.example\nSubject: x%d\n\nx\n\n"
                    % (i, 18 + i // 250 % 2, i % 250, SIG % i, i, i) for i in range(n))


def main():
    traps = Traps()
    snapshot = traps.write("../x.dns", b";! snapshot 1\n;! complete example.\n;! complete com.\n;! complete net.\n;! complete arpa.\n")

    def one(make, name, *arguments):
        def prepare(n):
            path = traps.write(name, make(n))
            return lambda: command(*arguments, path)
        return prepare

    for name, make, n in too_much():
        for form in ("text", "html", "markdown", "steps", "json"):
            traps.trap(f"{name}: {form}", one(make, "x.eml", *REPORT, form), n, (0,))
        for words in (("survey", "--offline"), ("survey", "--list"), ("repair",), ("snapshot", "--offline"), ("report", "--offline", "--inner", "--redact")):
            traps.trap(f"{name}: {' '.join(words)}", one(make, "x.eml", *words), n, (0, 2) if words[0] == "snapshot" else (0,))
    box = ("survey", "--dns", snapshot)
    for form in ("text", "json", "csv"):
        traps.trap(f"messages that are a group each: survey {form}", one(own_groups, "x.mbox", *box, "--format", form), 2000, (0,))
    traps.trap("… --list", one(own_groups, "x.mbox", "survey", "--list"), 8000, (0,))
    traps.trap("… --domain", one(own_groups, "x.mbox", *box, "--domain", "d7.example"), 2000, (0,))
    for form in ("text", "json", "html"):
        traps.trap(f"… report {form}", one(own_groups, "x.mbox", "report", "--dns", snapshot, "--format", form), 400, (0,))

    def merge(form):
        def prepare(n):
            path = traps.write("x.mbox", own_groups(n))
            part = path + ".json"
            with open(part, "wb") as out:
                command(*box, "--format", "json", path, out=out)
            return lambda: command("survey", "--merge", "--format", form, part, part)
        return prepare
    for form in ("text", "json", "csv"):
        traps.trap(f"… --merge, twice the same: {form}", merge(form), 2000, (0,))
    traps.end(700)


main()
