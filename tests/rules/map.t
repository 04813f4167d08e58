#!/usr/bin/python3
"""The maps of src/ are true, as TAP: every folder's README.md names its files as their first lines do (doc/make-map), what
src/README.md names in backticks is there, and no folder lacks a word about itself. What any page names with its folder is there,
too, where a link leads, and the pages that the sources name.
SPDX-License-Identifier: MIT"""
import glob
import os
import re
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)

old = subprocess.run(["doc/make-map", "--check"], capture_output=True, text=True, check=False).stdout.split()
folders = sorted({os.path.dirname(path) for path in glob.glob("src/**/*.[ch]", recursive=True)} - {"src"})
silent = []
for folder in folders:
    try:
        with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
            head = file.read().split("<!--")[0]
    except OSError:
        head = ""
    if not re.match(r"# .+\n\n.+", head):
        silent.append(folder)
with open("src/README.md", encoding="utf-8") as file:
    text = file.read()
gone = [f"src/{name}" for name in re.findall(r"`((?:[a-z-]+/)*[a-z-]+\.[ch])`", text)
        if not name.startswith("tests/") and not os.path.exists(f"src/{name}")]
gone += [f"src/{folder}: not in the table" for folder in folders if f"[`{folder[4:]}/`]" not in text]

pages = ["README.md", *glob.glob("doc/*.md"), *glob.glob("src/**/README.md", recursive=True)]
lost = []
for page in pages:
    with open(page, encoding="utf-8") as file:
        text = file.read()
    named = re.findall(r"`((?:tests|doc|samples|src)/[\w./-]+)`", text)
    named += [os.path.join(os.path.dirname(page), to) for to in re.findall(r"\]\(([^)#:]+)[^)]*\)", text) if not to.startswith("http")]
    lost += [f"{page}: {path}" for path in named if not os.path.exists(path)]
sources = glob.glob("src/**/*.[ch]", recursive=True)
for path in sources:
    with open(path, encoding="utf-8") as file:
        lost += [f"{path}: {page}" for page in re.findall(r"\b[\w/-]+\.md\b", file.read())
                 if not os.path.exists(page) and not os.path.exists(f"doc/{page}")]

tests = (("every folder's list is that of its files", old), ("every folder says what it is", silent), ("what src/README.md names is there", gone),
         (f"what {len(pages)} pages name is there, and pages that sources name", lost))
print(f"1..{len(tests)}")
for number, (name, faults) in enumerate(tests, 1):
    print(f"{'not ' if faults else ''}ok {number} - {name} ({len(folders)} folders)")
    for fault in faults:
        print(f"#   {fault}")
