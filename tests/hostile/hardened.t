#!/usr/bin/python3
"""What the compiler and the linker were asked for is in the program that came out (doc/security.md), read from its ELF.
SPDX-License-Identifier: MIT"""
import os
import platform
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from strange import PROGRAM, ROOT, Tap

BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
SANITIZED = "asan" in PROGRAM


def read(*options):
    return subprocess.run(["readelf", "-W", *options, PROGRAM], capture_output=True, text=True, check=True).stdout


def own_code():
    """The bytes of a function of ours, in objdump's words."""
    return subprocess.run(["objdump", "-d", "--no-show-raw-insn", "--disassemble=standard_warn", PROGRAM], capture_output=True,
                          text=True, check=True).stdout


def clashes():
    """Global names that the screen or the commands give to something else than the core does: the archive's is then silently left
    out, and a caller meets the other."""
    named = {}
    for folder, _, names in os.walk(os.path.join(BUILD, "src")):
        objects = [os.path.join(folder, name) for name in names if name.endswith(".o") and
                   os.path.exists(os.path.join(ROOT, os.path.relpath(folder, BUILD), name[:-2] + ".c"))]
        if not objects or folder.endswith(("/tables", "/bake")):
            continue
        out = subprocess.run(["nm", "-A", "--defined-only", "--extern-only", *objects], capture_output=True, text=True, check=True).stdout
        for line in out.splitlines():
            path, _, rest = line.partition(":")
            kind, name = rest.split()[-2:]
            if kind in "TDRB":
                named.setdefault(name, set()).add(os.path.relpath(path, BUILD))
    return [f"{name}: {sorted(where)}" for name, where in named.items() if len(where) > 1]


def main():
    tap = Tap()
    header, segments, dynamic, symbols = read("-h"), read("-l"), read("-d"), read("--dyn-syms")
    tap.check("DYN" in header and "PIE" in dynamic, "it may be loaded anywhere (PIE)", header[:400])
    tap.check("GNU_RELRO" in segments, "what the linker filled in is read-only afterwards (RELRO)")
    tap.check(bool(re.search(r"\bBIND_NOW\b|Flags:.*\bNOW\b", dynamic)), "… all of it, from the start (BIND_NOW)", dynamic)
    stack = [line.split() for line in segments.splitlines() if "GNU_STACK" in line]
    tap.check(len(stack) == 1 and "E" not in stack[0][6], "the stack is not executable", stack)
    loads = [line.split() for line in segments.splitlines() if line.strip().startswith("LOAD")]
    flags = ["".join(words[6:-1]) for words in loads]
    tap.check(bool(flags) and not any("W" in flag and "E" in flag for flag in flags), "nothing is writable and executable", flags)
    tap.check("R" in flags and "RE" in flags, "code stands apart from data", flags)
    tap.check("TEXTREL" not in dynamic and "RPATH" not in dynamic and "RUNPATH" not in dynamic, "no code is patched, no path searched")
    tap.check("__stack_chk_fail" in symbols, "stacks have a guard")
    if SANITIZED:
        tap.check(True, "functions of the C library that check sizes # SKIP under the sanitizers")
    else:
        checked = re.findall(r"__\w+_chk\b", symbols)
        tap.check(len(set(checked)) >= 3, "functions of the C library check sizes (FORTIFY)", checked)
    if platform.machine() == "x86_64":
        tap.check("endbr64" in own_code(), "jumps land where they may (CET)", own_code()[:300])
    with open(os.path.join(ROOT, "doc", "debian", "rules"), encoding="utf-8") as rules:
        tap.check("hardening=+all" in rules.read(), "Debian's package asks for all of Debian's")
    found = clashes()
    tap.check(not found, "no two files give one name to different things", *found)
    tap.end()


main()
