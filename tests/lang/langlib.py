"""What the tests of languages share: catalogues as data, columns of text, TAP. SPDX-License-Identifier: MIT"""
import ast
import os
import pathlib
import subprocess
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", BUILD / "fromscope"))


class Tap:
    def __init__(self):
        self.count, self.bad = 0, 0

    def ok(self, good, name, notes=()):
        self.count += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        for note in [] if good else list(notes)[:400]:
            print(f"#   {note}")

    def none(self, found, name):
        """`found` lists what should not be there."""
        found = list(found)
        self.ok(not found, name, found)

    def done(self):
        print(f"1..{self.count}")
        raise SystemExit(1 if self.bad else 0)


class Entry:
    def __init__(self):
        self.files, self.flags, self.id, self.text, self.obsolete = [], [], None, None, False


def read_po(path):
    """The entries of a PO file, without its head."""
    entries, entry, into = [], Entry(), None
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#~"):
            entry.obsolete = True
        elif line.startswith("#:"):
            entry.files += line[2:].split()
        elif line.startswith("#,"):
            entry.flags += [flag.strip() for flag in line[2:].split(",")]
        elif line.startswith(("msgid ", "msgstr ")):
            into = "id" if line.startswith("msgid") else "text"
            setattr(entry, into, ast.literal_eval(line.split(" ", 1)[1]))
        elif line.startswith('"'):
            setattr(entry, into, getattr(entry, into) + ast.literal_eval(line))
        elif not line and (entry.id is not None or entry.obsolete):
            entries.append(entry)
            entry = Entry()
    return [e for e in entries if e.id != ""]


def sources():
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.c"))


def extract(folder):
    """The texts that are marked in the sources, by xgettext, as the Makefile calls it."""
    pot = pathlib.Path(folder) / "fromscope.pot"
    subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword=N_", "--keyword=_", "--add-location=file",
                    "-o", str(pot), *sources()], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    return read_po(pot)


def columns(text):
    """As a terminal counts them: wide characters are two, combining ones none."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf")
               else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def environment(**more):
    """Without the locale of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("LC_") and name not in ("LANG", "LANGUAGE", "NO_COLOR", "COLUMNS")}
    return {**kept, "TZ": "UTC", **more}


def run(*arguments, program=PROGRAM, **more):
    """Status, output and errors as text; `more` is added to the environment."""
    done = subprocess.run([program, *arguments], cwd=ROOT, env=environment(**more), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
