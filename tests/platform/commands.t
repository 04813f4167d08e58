#!/usr/bin/python3
"""The commands that README.md and doc/ name are run as they stand there, with a sample in the place of what is the reader's
own. Prints TAP. SPDX-License-Identifier: MIT"""
import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)
PROGRAM = os.path.abspath(os.environ["FROMSCOPE"])
MESSAGE, LESSON = "samples/webform.eml", "samples/lessons/02-form-in-your-name"
# What the reader puts in, and where the output goes.
OWN = {"FILE": MESSAGE, "MAILBOX": "samples/lessons/11-the-forwarder", "DIR": LESSON, "NAME": "02", "FORMAT": "markdown",
       "Maildir/": "samples/lessons/11-the-forwarder", "message.eml": MESSAGE, "./05-two-signatures": LESSON}
# The names of a command or an option alone are no commands.
ALONE = ("no FILE given", "Missing argument for")


def commands(path):
    """Code within a line, perhaps broken over two, and the lines of blocks; each once."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    blocks = re.findall(r"^```\n(.*?)^```$", text, re.M | re.S)
    spans = re.findall(r"`([^`]+)`", re.sub(r"^```\n.*?^```$", "", text, flags=re.M | re.S))
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines += [re.sub(r"\s+", " ", span) for span in spans]
    found = [re.sub(r"^build/", "", re.sub(r"\s{2,}.*", "", line)) for line in lines]
    return sorted({line for line in found if re.match(r"fromscope \S", line)})


def words(line):
    """As a shell would, without what stands behind a pipe or a redirection."""
    told = []
    for word in shlex.split(line)[1:]:
        if word in (">", "|") or word.startswith(">"):
            break
        told.append(OWN.get(word.removesuffix("..."), word.removesuffix("...")))
    return told


def run(line, home):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
    with open(MESSAGE, "rb") as message:
        done = subprocess.run([PROGRAM, *words(line)], capture_output=True, timeout=300, check=False, env=environment,
                              stdin=message)
    return done.returncode, done.stdout, done.stderr.decode()


count = failed = 0
with tempfile.TemporaryDirectory() as home:
    os.mkdir(os.path.join(home, "fromscope"))
    with open(os.path.join(home, "fromscope", "config"), "w", encoding="utf-8") as file:
        file.write("[dns]\nserver = 127.0.0.1@9\ntimeout = 1\n")      # nobody outside is asked
    for path in ["README.md", *sorted(glob.glob("doc/*.md"))]:
        for line in commands(path):
            status, out, said = run(line, home)
            if status == 2 and any(word in said for word in ALONE):
                continue
            good = bool(out) and status in ((0, 1, 3, 4) if "--exit-code" in line else (0,))
            count += 1
            failed += not good
            print(f"{'' if good else 'not '}ok {count} - {path}: {line}")
            if said:
                print("#   " + said.strip().replace("\n", "\n#   "))
count += 1
print(f"{'' if count > 30 else 'not '}ok {count} - some were found")
print(f"1..{count}")
sys.exit(1 if failed or count <= 30 else 0)
