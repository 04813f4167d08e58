"""What the tests of the chart share: TAP, the program, and a cell told from a report's JSON by rules of our own.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ["FROMSCOPE"]
LESSON = os.path.join(ROOT, "samples/lessons/09-sixteen-cells")
FOLDER = tempfile.TemporaryDirectory(prefix="chart-")
STATES = ["aligned", "unaligned", "fail", "none"]
NAMES = {"aligned": "aligned", "unaligned": "other domain", "fail": "not passed", "none": "none"}
CELLS = [(spf, dkim) for spf in STATES for dkim in STATES]
# Rows SPF, columns DKIM, as they are drawn: DMARC passes in 7, Gmail's bulk rule in 3.
DMARC = dict(zip(CELLS, "pppp" "pfff" "pfff" "pfff"))
GMAIL = dict(zip(CELLS, "yynn" "ynnn" "nnnn" "nnnn"))


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def ok(self, good, name, *notes):
        self.count += 1
        self.failed += not good
        print(f"{'' if good else 'not '}ok {self.count} - {name}")
        for note in () if good else notes:
            for line in str(note).splitlines():
                print(f"#   {line}")

    def same(self, want, got, name):
        self.ok(want == got, name, f"want {want!r}", f"got  {got!r}")

    def end(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


def environment():
    kept = dict(os.environ, LC_ALL="C.UTF-8", XDG_CONFIG_HOME=FOLDER.name, XDG_STATE_HOME=FOLDER.name)
    kept.pop("LANGUAGE", None)
    return kept


def call(*arguments, typed=""):
    done = subprocess.run([PROGRAM, *arguments], input=typed, capture_output=True, text=True, timeout=300,
                          env=environment(), cwd=ROOT, check=False)
    assert done.returncode == 0, (arguments, done.returncode, done.stderr)
    return done.stdout


def reports(*arguments):
    return [json.loads(line) for line in call("report", "--format", "json", *arguments).splitlines()]


def plain(commands, *arguments):
    """What each of the commands answered, lines that were wrapped joined again."""
    out = call("--plain", *arguments, typed="".join(f"{command}\n" for command in commands))
    answers = re.split(r"^\S[^\n]*quit> ", out, flags=re.M)[1:]
    return [re.sub(r"\s+", " ", answer) for answer in answers]


def best(states):
    return min(states, key=STATES.index, default="none")


def state(identifier, none, believe):
    word = identifier["reported"]
    proved = identifier["authenticated"]
    if proved is None and believe and word not in (None, "temperror", "unknown"):
        proved, none = word == "pass", word == "none"
    if proved is None or (proved and identifier["aligned"] is None):
        return None
    if proved:
        return "aligned" if identifier["aligned"] else "unaligned"
    return "none" if none else "fail"


def cell(report, believe=False):
    """(SPF, DKIM), or None. Of several signatures that are known the best counts; a pass for the author is enough."""
    identifiers = report["dmarc"]["rfc9989"]["identifiers"]
    if not report["from"]["domain"] or not identifiers:
        return None
    spf = [state(one, report["spf"]["mail_from"]["result"] == "none", believe)
           for one in identifiers if one["mechanism"] == "spf"]
    dkim = [state(one, False, believe) for one in identifiers if one["mechanism"] == "dkim"]
    rows = ["aligned"] if "aligned" in spf else spf
    columns = ["aligned"] if "aligned" in dkim else dkim
    if None in rows or None in columns:
        return None
    return best(rows), best(columns)


def moves(spf, dkim):
    """Keys from the cell of the message (or the first cell), where `first` leads."""
    return lambda home: (["first"] + ["down" if STATES.index(spf) > STATES.index(home[0]) else "up"] *
                         abs(STATES.index(spf) - STATES.index(home[0])) +
                         ["right" if STATES.index(dkim) > STATES.index(home[1]) else "left"] *
                         abs(STATES.index(dkim) - STATES.index(home[1])))


def example(spf, dkim):
    return os.path.join(LESSON, f"cell-{spf}-{dkim}.eml")


def write_box(name, paths):
    box = os.path.join(FOLDER.name, name)
    with open(box, "w", encoding="utf-8") as out:
        for path in paths:
            with open(path, encoding="utf-8") as message:
                text = re.sub(r"(?m)^(>*From )", r">\1", message.read())
            out.write("From x@example.com Tue Sep  1 10:00:00 2026\n" + text + "\n")
    return box
