#!/usr/bin/python3
"""Compares what the program says about each sample with the expected files beside this test.

NAME.json is `report --format json`, one key a line and times set to 0; NAME.txt is
`report --format text`; of two samples NAME.html and NAME.md, too. `--write` rewrites both: review the difference before committing it.
Prints TAP; the program is $FROMSCOPE, by default build/fromscope. SPDX-License-Identifier: MIT
"""
import difflib
import json
import os
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", ROOT / "build" / "fromscope"))
# Pages, too; one of them masked.
PAGES = {"webform": [], "bounce": ["--redact"]}
# A message with another snapshot than the one beside it.
VARIANTS = {"ses-custom-strict": ("ses-custom", ["--dns", "samples/ses-custom-strict.dns"])}


def cases():
    found = {path.stem: (path.stem, []) for path in (ROOT / "samples").glob("*.eml")}
    return sorted({**found, **VARIANTS}.items())


def run(sample, options, form):
    """The bytes the program prints; whatever it complains about becomes part of them."""
    command = [PROGRAM, "report", "--format", form, *options, f"samples/{sample}.eml"]
    environment = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8", LANGUAGE="")
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60)
    if done.returncode != 0 or done.stderr:
        return f"exit status {done.returncode}\n".encode() + done.stderr + done.stdout
    return done.stdout


def still(value):
    """Without what differs from run to run (times) or machine to machine (the list's folder)."""
    if isinstance(value, dict):
        value = {key: 0 if key == "ms" else still(item) for key, item in value.items()}
        if isinstance(value.get("psl"), dict):
            value["psl"]["source"] = os.path.basename(value["psl"]["source"] or "")
        return value
    return [still(item) for item in value] if isinstance(value, list) else value


def pretty(raw):
    """Key order is kept: it is part of the contract. What is no JSON line stays as it is."""
    try:
        if raw.count(b"\n") != 1:
            raise ValueError("not one line")
        return json.dumps(still(json.loads(raw)), indent=1).encode() + b"\n"
    except ValueError as fault:
        return f"no JSON: {fault}\n".encode() + raw


def outputs():
    for name, (sample, options) in cases():
        yield FOLDER / f"{name}.json", pretty(run(sample, options, "json"))
        yield FOLDER / f"{name}.txt", run(sample, options, "text")
    for name, options in PAGES.items():
        yield FOLDER / f"{name}.html", run(name, options, "html")
        yield FOLDER / f"{name}.md", run(name, options, "markdown")


def compare(path, got):
    """The difference as lines; none when there is none."""
    if not path.exists():
        return ["no expected file: `make golden` writes it"]
    want = path.read_bytes()
    if want == got:
        return []
    lines = (text.decode("utf-8", "backslashreplace").splitlines() for text in (want, got))
    return list(difflib.unified_diff(*lines, "expected", "got", lineterm="", n=2)) or \
        ["differs in line ends only"]


def check():
    seen, bad = set(), 0
    for count, (path, got) in enumerate(outputs(), 1):
        seen.add(path)
        difference = compare(path, got)
        bad += bool(difference)
        print(f"{'not ok' if difference else 'ok'} {count} - {path.name}", flush=True)
        for line in difference[:60]:
            print(f"# {line}")
    left = sorted(p.name for p in FOLDER.iterdir() if p.suffix in (".json", ".txt", ".html", ".md"))
    left = [name for name in left if FOLDER / name not in seen]
    print(f"{'not ok' if left else 'ok'} {len(seen) + 1} - no expected file without a sample")
    for name in left:
        print(f"# {name}")
    print(f"1..{len(seen) + 1}")
    return 1 if bad or left else 0


def write():
    for path, got in outputs():
        if not path.exists() or path.read_bytes() != got:
            path.write_bytes(got)
            print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(write() if sys.argv[1:] == ["--write"] else check())
