#!/usr/bin/python3
"""The manual pages against the program: every command, option, key and setting stands in its page, and mandoc and man
have nothing to complain of. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import ROOT, Tap

tap = Tap()
PROGRAM, BUILD = os.environ["FROMSCOPE"], os.environ["BUILD"]
PLAIN = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "MANWIDTH": "100", "MANROFFOPT": ""}


def run(*command):
    return subprocess.run(command, capture_output=True, timeout=60, check=False, env=PLAIN)


def page(name):
    """The page as a reader sees it, in one line."""
    text = run("mandoc", "-Tascii", "-O", "width=200", os.path.join(BUILD, "man", name)).stdout.decode()
    return re.sub(r".\x08", "", text)


def section(text, title):
    found = re.search(rf"^{title}\n(.*?)(?=^\S|\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


def words(text):
    return re.sub(r"\s+", " ", text)


HELP = run(PROGRAM, "--help").stdout.decode()
PAGES = sorted(os.path.basename(name) for name in glob.glob(os.path.join(BUILD, "man", "*.[1-9]")))
manual, config = page("fromscope.1"), page("fromscope-config.5")

# ---- commands and options: as --help lists them ----
commands = re.findall(r"^  fromscope (\w+)", HELP, re.M)
tap.ok(len(commands) >= 5, "--help lists commands", HELP)
for command in commands:
    about = re.search(rf"^  fromscope {command}\b.{{1,24}}?\s{{2,}}(.*)$", HELP, re.M).group(1)
    tap.ok(words(f"{command} {about}") in words(section(manual, "DESCRIPTION")), f"the page has the command {command}")
    tap.ok(re.search(rf"^     fromscope {command}\b", section(manual, "SYNOPSIS"), re.M), "… and in its synopsis")
options = re.findall(r"^  (?:-\w, )?(--[a-z-]+)(?:=(\S+))?\s+(.*)$", HELP, re.M)
tap.ok(len(options) >= 25, "--help lists options", HELP)
part = section(manual, "OPTIONS")
for name, argument, about in options:
    line = f"{name}={argument}" if argument else name
    tap.ok(re.search(rf"^     (-\w, )?{re.escape(line)}(\s|$)", part, re.M), f"the page has the option {line}")
    if name != "--help":
        tap.ok(words(f" {line} {about}") in words(part), "… with what --help says", about)
listed = re.findall(r"^     (?:-\w, )?(--[a-z-]+)", part, re.M)
tap.same(sorted(name for name, _, _ in options), sorted(listed), "the page has no other option")

# ---- keys: as src/tui/keys.c has them ----
with open(os.path.join(ROOT, "src", "tui", "keys.c"), encoding="utf-8") as file:
    table = file.read().split("const Binding bindings[]")[1]
rows = re.findall(r'\{ ((?:"(?:[^"\\]|\\.)+"\s*)+), ([A-Z_ |&~^()]+),\s*"([a-z0-9-]+)",\s*(?:NULL|N_\("[^"]*"\)),'
                  r'\s*N_\(((?:"(?:[^"\\]|\\.)*"\s*)+)\)', table)
tap.same(len(re.findall(r'^    \{ "', table, re.M)), len(rows), "every row of the table of keys is understood")
part = words(section(manual, "KEYS"))
for keys, contexts, command, text in rows:
    keys, text = (re.sub(r'"\s*"', "", one).strip().strip('"').replace('\\"', '"').replace("\\\\", "\\")
                  for one in (keys, text))
    # Beyond ASCII mandoc writes something like it: the words in ASCII are enough.
    ascii_text = max(re.split(r"[^\x20-\x7e]+", text), key=len).strip()
    tap.ok(f"{keys} " in part and ascii_text in part, f"the page has the key {keys}: {text}")

# ---- settings: a file of all of them is taken without a complaint, and each has its row ----
settings = [row.split("\t")[1:3] for row in run(os.path.join(BUILD, "tables"), "plain").stdout.decode().splitlines()
            if row.startswith("setting\t")]
tap.ok(len(settings) >= 9, "there are settings", str(settings))
part = section(config, "SETTINGS")
for group, key in settings:
    tap.ok(group in part and re.search(rf"^     {key} = ", part, re.M), f"the page has the setting {group} {key}")
with open(os.path.join(ROOT, "src", "options", "config.c"), encoding="utf-8") as file:
    tap.same([tuple(setting) for setting in settings],
             [(f"[{group}]", key) for group, key in re.findall(r'^    \{ "([a-z]+)", "([a-z-]+)", SETTING', file.read(),
                                                            re.M)], "… and the table is that of config.c")

# ---- roles of themes: as src/tui/terminal/theme.c has them ----
with open(os.path.join(ROOT, "src", "tui", "terminal", "theme.c"), encoding="utf-8") as file:
    roles = re.findall(r'\[ROLE_\w+\]\s*= \{ "([a-z.]+)", "[^"]*", "[^"]*",\s*"([^"]+)"', file.read())
tap.ok(len(roles) >= 20, "there are roles", str(roles))
part = words(section(config, "THEMES"))
for role, about in roles:
    tap.ok(f" {role} {about} " in part, f"the page has the role {role}: {about}")

# ---- version and date ----
version = run(PROGRAM, "--version").stdout.decode().split()[1]
for name in PAGES:
    text = page(name)
    tap.ok(version in text, f"{name} names the version")
    tap.ok(re.search(r"(January|February|March|April|May|June|July|August|September|October|November|December) \d+, "
                     r"20\d\d", text), f"… and a date")
    for reference in re.findall(r"\b(fromscope[a-z-]*)\((\d)\)", text):
        tap.ok(".".join(reference) in PAGES, f"… and refers to {'.'.join(reference)}, which is there")
    tap.ok(not re.search(r"@[a-z-]+@", text), "… and no place was left open")

# ---- checkers ----
tap.same(["fromscope-config.5", "fromscope-snapshot.5", "fromscope.1"],
         [name for name in PAGES if name != "fromscope-lesson.5"], "the pages are there")
for name in PAGES:
    path = os.path.join(BUILD, "man", name)
    said = run("mandoc", "-Tlint", path).stdout.decode().splitlines()
    # Not installed here, so mandoc cannot find them.
    said = [line for line in said if "referenced manual not found" not in line]
    tap.same([], said, f"mandoc -Tlint has nothing to say of {name}")
    if shutil.which("man"):
        done = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path)
        tap.same((0, ""), (done.returncode, done.stderr.decode()), f"… nor has man --warnings")

# ---- templates ----
for text, want in (("a@nonsense@b\n", 1), ("user@example.com @version@\n", 0)):
    # A name of its own: another run may be at the same build.
    with tempfile.NamedTemporaryFile("w", suffix=".in", encoding="utf-8") as template:
        template.write(text)
        template.flush()
        done = run(os.path.join(BUILD, "tables"), "man", template.name)
    tap.same((want, "" if want else f"user@example.com {version}\n"), (done.returncode, done.stdout.decode()),
             f"a template with {text.strip()}")
tap.end()
