#!/usr/bin/python3
"""The scripts of doc/scale alone, without machines: how work is cut, that a part is whole or absent whatever becomes of
the program, and how parts are joined. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from scalelib import (PROGRAM, ROOT, SCALE, Tap, corpus, folder, mailbox, run, script, still, which)  # noqa: E402

tap = Tap()
place = folder()
scripts = sorted(glob.glob(os.path.join(SCALE, "*.sh")) + glob.glob(os.path.join(SCALE, "*.sbatch")))
tap.ok(len(scripts) >= 7, "there are scripts", scripts)
for path in scripts:
    with open(path, encoding="utf-8") as text:
        lines = text.read().splitlines()
    name = os.path.basename(path)
    tap.ok(lines[0] in ("#!/bin/sh", f"# {name}: {lines[0].partition(': ')[2]}") and
           any(line.startswith(f"# {name}: ") for line in lines[:2]) and "SPDX-License-Identifier: MIT" in lines[2] + lines[1],
           f"{name} says what it is for", lines[:3])
    for shell in filter(which, ("dash", "bash")):
        tap.same((0, b"", ""), run(shell, "-n", path), f"{name} is {shell}'s language")
if which("shellcheck"):
    tap.same((0, b""), run("shellcheck", "-x", *map(os.path.basename, scripts), where=SCALE)[:2], "shellcheck has nothing to say")
else:
    tap.ok(True, "shellcheck # SKIP not installed")


def names_in(name):
    """Of each part: the names."""
    found = []
    for path in sorted(glob.glob(os.path.join(place, name, "*.names"))):
        with open(path, "rb") as text:
            found.append(text.read().split(b"\0")[:-1])
    return found


# ---- cut ----
NEWLINE = ["a\nb", "-n", "*", " ", "\xe4"]
status, _, said = script("cut.sh", "-0", "odd", "2", where=place, typed="".join(f"{name}\0" for name in NEWLINE).encode())
tap.same((0, [[b"a\nb", b"-n"], [b"*", b" "], ["\xe4".encode()]]), (status, names_in("odd")), "names of any kind, by -0")
status, _, said = script("cut.sh", "last", "2", where=place, typed=b"a\nb\nc")
tap.same((0, b"a\0b\0", b"c"), (status, *[open(os.path.join(place, "last", f"00000{part}.names"), "rb").read() for part in (1, 2)]),
         "a last name without its line end")
status, _, said = script("cut.sh", "odd", "2", where=place, typed=b"c\n")
tap.ok(status == 2 and "not empty" in said and len(names_in("odd")) == 3, "a folder that is used is left alone", said)
for words, why in ((["new"], "usage"), (["new", "0"], "COUNT"), (["new", "1x"], "COUNT"), (["new", ""], "COUNT"),
                   (["new", "5"], "nothing to cut")):
    status, _, said = script("cut.sh", *words, where=place)
    tap.ok(status == 2 and why in said, f"cut.sh {' '.join(words)}: {why}", (status, said))

# ---- a part: whole or absent ----
stub = os.path.join(place, "stub")


def part(text, *words, typed=b"", names=b"x.eml\0", program=stub):
    """(status, standard output, standard error, the answer or None, what else lies there)"""
    with open(stub, "w", encoding="utf-8") as out:
        out.write("#!/bin/sh\n" + text + "\n")
    os.chmod(stub, 0o755)
    where = os.path.join(place, "one")
    subprocess.run(["rm", "-rf", where], check=True)
    os.mkdir(where)
    with open(os.path.join(where, "1.names"), "wb") as out:
        out.write(names)
    status, out, said = script("part.sh", *(words or ("one/1.names", "report")), where=place, FROMSCOPE=program, typed=typed)
    answer = os.path.join(where, "1.json")
    there = open(answer, "rb").read() if os.path.exists(answer) else None
    return status, out, said, there, sorted(set(os.listdir(where)) - {"1.names", "1.json"})


tap.same((0, b"", "", b"{}\n", []), part("echo '{}'"), "an answer")
tap.same((0, b"", "", b"{}\n", ["1.err"]), part("echo '{}'; echo 'x: not there' >&2; exit 2"),
         "some could not be read: complete, and what was said is kept")
for verdict in (1, 3, 4):
    tap.same((0, b"{}\n"), part(f"echo '{{}}'; exit {verdict}")[::3], f"status {verdict} is a verdict")
for text, why in (("echo '{}'; kill -9 $$", "status 137"), ("echo '{}'; exit 70", "status 70"), ("exit 2", "status 2"),
                  ("echo 'unknown option' >&2; exit 2", "unknown option")):
    status, out, said, there, left = part(text)
    tap.ok(status not in (0, None) and there is None and not left and why in said, f"{text}: nothing is left of it",
           (status, said, there, left))
tap.same((0, b""), part("exit 0", names=b"")[::3], "no names: an empty answer")
tap.same((0, b""), part("exit 2", names=b"")[::3], "… whatever the program says of it")
status, _, said, there, left = part("exit 0", program="/nonexistent/fromscope")
tap.ok(status == 1 and there is None and not left, "there is no program", said)
status, _, said, there, left = part("exit 0", "one/1.names", "lesson")
tap.ok(status == 1 and there is None, "neither report nor survey", said)
part("echo '{}'")
status = script("part.sh", "one/1.names", "report", where=place, FROMSCOPE="/bin/false")[0]
tap.same((0, b"{}\n"), (status, open(os.path.join(place, "one", "1.json"), "rb").read()), "what is there is not asked again")
asked = part("printf '%s\\n' \"$@\"", "one/1.names", "report", "--dns", "a b")[3]
tap.same(["report", "--format", "json", "--second-opinions", "off", "--dns", "a b", "-0", "--files-from", "one/1.names"],
         asked.decode().splitlines(), "what the program is asked")

# The program ends by itself with 2, as it does where some file cannot be read: a disk that is full.
part("head -c 100000 /dev/zero | tr '\\0' x; exit 2")
for limit, want in ((100, (1, ["1.names"])), (1000, (0, ["1.json", "1.names"]))):
    subprocess.run(["rm", "-f", os.path.join(place, "one", "1.json")], check=True)
    status, out, said = run("sh", "-c", f'trap "" XFSZ; ulimit -f {limit}; exec sh "$0" one/1.names report',
                            os.path.join(SCALE, "part.sh"), where=place, FROMSCOPE=stub)
    tap.same(want, (status, sorted(os.listdir(os.path.join(place, "one")))),
             "with room enough it is there" if want[0] == 0 else "a disk that is full: nothing is left")

# ---- a part by standard input, for engines ----
tap.same((0, b"a\0b\0", ""), part('for last; do :; done; cat "$last"', "-", "report", typed=b"a\nb\n")[:3],
         "names in, lines out")
status, out, said, _, _ = part("echo '{}'; kill -9 $$", "-", "report", typed=b"a\n")
tap.ok(status == 1 and out == b"" and "137" in said, "no half answer goes out", (status, out, said))
tap.same((0, b"{}\n", "x\n"), part("echo '{}'; echo x >&2; exit 2", "-", "report", typed=b"a\n")[:3], "what is said is said")

# ---- joined ----
mail = os.path.join(place, "work")
os.mkdir(mail)
names = corpus(mail, 40)
names.insert(7, "mail/not there.eml")
OPTIONS = ["--dns", "zone.dns"]
TYPED = "".join(f"{name}\n" for name in names).encode()
one = run(PROGRAM, "report", "--format", "json", "--second-opinions", "off", *OPTIONS, "--", *names, where=mail)
tap.same((2, 40), (one[0], len(one[1].splitlines())), "one run: a file is not there")
script("cut.sh", "parts", "7", where=mail, typed=TYPED)
status, out, said = script("join.sh", "parts", where=mail)
tap.ok(status == 2 and not out and "nothing was asked" in said, "nothing to join yet", said)
status = 0
for number in (5, 2, 1, 6, 3, 4):
    status += script("part.sh", f"parts/{number:06}.names", "report", *OPTIONS, where=mail)[0]
with open(os.path.join(mail, "parts", "question"), "w", encoding="utf-8") as out:
    out.write("report\n--dns\nzone.dns\n")
tap.same(0, status, "six parts, in any order")
status, out, said = script("join.sh", "parts", where=mail)
tap.ok(status == 0 and still(out) == still(one[1]), "joined they are the answer of one run", said)
tap.ok("not there.eml" in said and said.count("not there.eml") == one[2].count("not there.eml"),
       "… and what was said of a missing file is said again", said)
os.unlink(os.path.join(mail, "parts", "000004.json"))
status, out, said = script("join.sh", "parts", where=mail)
tap.ok(status == 1 and not out and "1 of 6 parts are missing" in said, "one is missing: nothing comes out", said)
streamed = run("sh", os.path.join(SCALE, "part.sh"), "-", "report", *OPTIONS, where=mail, typed=TYPED)
tap.ok(streamed[0] == 0 and still(streamed[1]) == still(one[1]), "the same by standard input", streamed[2])

# ---- a mailbox by its messages ----
mailbox(os.path.join(mail, "box"), 70)
whole = {words: run(PROGRAM, words, "--format", "json", "--second-opinions", "off", *OPTIONS, "box", where=mail)[1]
         for words in ("report", "survey")}
tap.same(70, len(whole["report"].splitlines()), "a mailbox of 70")
for command in whole:
    name = f"blocks-{command}"
    tap.same(0, script("cut.sh", "-m", "box", name, "32", where=mail)[0], f"{command}: cut by messages")
    tap.same([b"1 32\n", b"33 32\n", b"65 32\n"],
             [open(path, "rb").read() for path in sorted(glob.glob(os.path.join(mail, name, "*.range")))], "… three parts")
    status = sum(script("part.sh", f"{name}/{number:06}.names", command, *OPTIONS, where=mail)[0] for number in (3, 1, 2))
    with open(os.path.join(mail, name, "question"), "w", encoding="utf-8") as out:
        out.write(command + "\n")
    found, out, said = script("join.sh", name, where=mail)
    tap.ok((status, found) == (0, 0) and still(out) == still(whole[command]), "… which are the answer of one run", said)
status, _, said = script("cut.sh", "-m", "not there", "none", "5", where=mail)
tap.ok(status == 2 and "nothing to cut" in said, "no mailbox", said)

# ---- what it costs: the tables of the document are those of the script ----
with open(os.path.join(ROOT, "doc", "scale.md"), encoding="utf-8") as text:
    tables = re.findall(r"<!-- cost\.sh (.*?) -->\n((?:\|.*\n)+)", text.read())
tap.ok(len(tables) > 1, "doc/scale.md has tables of costs")
for words, table in tables:
    tap.same(table, script("cost.sh", *words.split())[1].decode(), f"cost.sh {words}")
tap.ok("| 10^9 | 92.6 | 46.3 h | 1.4 h | 5 min | 3.4 TB | 36 TB |" in tables[1][1], "10^9 / 3,000 / 3,600 is 92.6", tables)

# ---- --index and --count, over files, folders and mailboxes ----
os.makedirs(os.path.join(mail, "inbox", "cur"))
for number in range(9):
    with open(os.path.join(mail, "inbox", "cur", str(number)), "w", encoding="utf-8") as out:
        out.write(f"From: x{number}@d1.example\n\nText\n")
mailbox(os.path.join(mail, "large"), 700)
for box, total in (("box", 70), ("large", 700), ("inbox", 9), ("mail/0", 14)):
    for words in (["report", "--format", "json", "--second-opinions", "off", "--dns", "zone.dns"], ["survey", "--list"]):
        whole = still(run(PROGRAM, *words, box, where=mail)[1]).splitlines(keepends=True)
        tap.same(total, len(whole), f"{words[0]} {box}")
        bad = []
        for first, count in ((1, 1), (1, total), (1, total + 5), (total, 1), (total, 9), (3, 4), (total // 2, 40)):
            status, out, said = run(PROGRAM, *words, "--index", str(first), "--count", str(count), box, where=mail)
            if status != 0 or still(out) != b"".join(whole[first - 1:first - 1 + count]):
                bad.append((first, count, status, said))
        tap.same([], bad, "… any run of its messages")
    status, out, said = run(PROGRAM, "report", "--format", "json", "--index", str(total + 1), "--count", "2", box, where=mail)
    tap.ok((status, out) == (2, b"") and f"no message {total + 1}" in said, "… behind its end is none", (status, said))
tap.same(3, len(run(PROGRAM, "report", "--format", "json", "--offline", "--count", "3", "box", where=mail)[1].splitlines()),
         "--count alone begins at the first")
for words, why in ((["report", "--count", "0", "box"], "not a number"), (["snapshot", "--count", "2", "box"], "belongs to")):
    status, out, said = run(PROGRAM, *words, where=mail)
    tap.ok((status, out) == (2, b"") and why in said, f"{' '.join(words)}: {why}", said)
tap.end()
