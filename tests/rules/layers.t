#!/usr/bin/python3
"""The rules of src/README.md that a compiler does not see, as TAP: a layer includes only what stands
before it, one file includes curses, and every file says its purpose and licence.
SPDX-License-Identifier: MIT"""
import glob
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)

# What each layer may include besides itself.
ALLOWED = {"base": []}
for layer, below in (("facts", ["base"]), ("message", ["base", "facts"]), ("dns", ["base", "facts", "process"])):
    ALLOWED[layer] = below
ALLOWED["process"] = ["base", "facts"]
ALLOWED["batch"] = ["base", "facts", "process", "message", "mailbox", "dns"]
ALLOWED["repair"] = ["base", "facts", "message"]
ALLOWED["mailbox"] = ["base", "facts", "message", "repair"]
ALLOWED["headers"] = ["base", "facts", "message"]
ALLOWED["tree"] = ["base", "facts"]
ALLOWED["advice"] = ["base", "facts", "headers", "tree", "whatif"]
ALLOWED["auth"] = ["base", "facts", "message", "headers", "dns"]
# What if: changed inputs, applied; and two trees compared.
ALLOWED["whatif"] = ["base", "facts", "message", "headers", "dns", "tree"]
ALLOWED["receivers"] = ["base", "facts", "message", "headers", "dns", "auth"]
ALLOWED["lesson"] = ["base", "facts", "message", "headers", "dns", "tree", "advice", "whatif", "report"]
ALLOWED["peers"] = ["base", "facts", "process", "dns", "auth"]
ALLOWED["analysis"] = ["base", "facts", "message", "mailbox", "headers", "dns", "auth", "peers", "tree", "advice",
                       "whatif", "receivers"]
# The rows come out of finished reports; nothing here prints.
ALLOWED["survey"] = ["base", "facts", "headers", "advice"]
ALLOWED["report"] = ["base", "facts", "tree", "advice", "whatif", "survey"]
# Reads the files of data while the program is built.
ALLOWED["bake"] = ["base", "facts", "headers", "receivers", "advice"]
# Prints the tables of the program above the layers, too.
ALLOWED["tables"] = ["options", "lesson", "tui"]
ALLOWED["tui"] = ["base", "facts", "process", "message", "repair", "mailbox", "headers", "dns", "tree", "advice", "whatif",
                  "receivers", "lesson", "survey", "report"]
# The screen as characters and colors: it knows no message and no view.
ALLOWED["tui/terminal"] = ["base"]
CORE = [layer for layer in ALLOWED if layer not in ("tui/terminal", "tables", "bake")]
ALLOWED["options"] = CORE
ALLOWED["session"] = [*CORE, "options", "baked.h"]
ALLOWED["command"] = [*CORE, "options", "session"]

files = sorted(set(glob.glob("src/**/*.[ch]", recursive=True)) - {"src/main.c", "src/baked.h"})
faults = {"layers": [], "curses": [], "heads": [], "tables that nobody can fill with names of his choice (base/hash.h)": []}
# What is in these tables comes from files that are installed with the program, or are the person's own.
OWN_TABLES = ("src/receivers/rules.c", "src/headers/lookalike-data.c", "src/advice/provider.c")
for path in sorted(set(glob.glob("src/**/*.c", recursive=True)) - set(OWN_TABLES)):
    with open(path, encoding="utf-8") as source:
        if re.search(r"\bg_(str|int|int64|double|bytes)_hash\b", source.read()):
            faults["tables that nobody can fill with names of his choice (base/hash.h)"].append(path)
for path in files:
    folder = os.path.dirname(path)[len("src/"):]
    layer = folder if folder in ALLOWED else folder.split("/")[0]
    text = open(path, encoding="utf-8").read()
    for included in re.findall(r'^#include "([^"]+)"', text, re.M):
        other = os.path.dirname(included) if os.path.dirname(included) == layer else included.split("/")[0]
        if other != layer and other not in ALLOWED[layer]:
            faults["layers"].append(f"{path} includes {included}")
    if re.search(r"^#include <.*curses", text, re.M) and path != "src/tui/terminal/terminfo.c":
        faults["curses"].append(path)
    name = os.path.basename(path)
    if not text.startswith(f"/* {name}: ") or "SPDX-License-Identifier: MIT" not in text[:1500]:
        faults["heads"].append(path)

print(f"1..{len(faults)}")
for number, (rule, found) in enumerate(faults.items(), 1):
    print(f"{'not ' if found else ''}ok {number} - {rule} ({len(files)} files)")
    for fault in found:
        print(f"#   {fault}")
