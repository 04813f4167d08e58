#!/usr/bin/python3
"""No byte of a message, a DNS answer, a file name, an argument, a configuration, a lesson or somebody's survey reaches a reader as
it is: every command and format is given each kind of strange bytes in every place that it shows, and all that comes out is
looked at. Markup in HTML and Markdown is tests/export/inject.t's; the screen is screen.t's.
SPDX-License-Identifier: MIT"""
import json
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from strange import PAYLOADS, ROOT, Tap, faults, from_domain, inner, mark, message, run, word, zone

MARKS = (b"\\x", b"<U+", b"\\u")
REPORTS = tuple(("--format", form) for form in ("text", "json", "markdown", "html", "steps")) + (
    ("--color", "always"), ("--lang", "ja"), ("--ascii",), ("--redact",), ("--inner",), ("--second-opinions", "on"))


def write(folder, name, content):
    path = os.path.join(os.fsencode(folder), name)
    with open(path, "wb") as out:
        out.write(content)
    return path


def look(found, what, done, statuses=(0, 2)):
    """Both streams; a crash is a fault, too."""
    status, out, err = done
    styles = "always" in what
    found += [f"{what}: standard output: {fault}" for fault in faults(out, styles, crlf="csv" in what)]
    found += [f"{what}: standard error: {fault}" for fault in faults(err)]
    if status not in statuses:
        found.append(f"{what}: status {status} {err[-300:]!r}")
    return out, err


def files_of(folder, bad):
    """What is opened, under names of such bytes."""
    name = bytes(c for c in bad if c not in b"/\0")[:60]
    made = {"raw": message(bad), "encoded": message(bad, "encoded"), "domain": from_domain(bad), "inner": inner(bad)}
    return [write(folder, kind.encode() + name + b".eml", content) for kind, content in made.items()]


def reports(folder, bad, found):
    files = files_of(folder, bad)
    dns = write(folder, b"zone.dns", zone(bad))
    marked = 0
    for options in REPORTS:
        out, _ = look(found, "report " + " ".join(options), run("report", "--dns", dns, *options, *files), (0,))
        if "json" in options:
            for line in out.splitlines():
                json.loads(line)
        marked += any(mark in out for mark in MARKS)
    if marked < len(REPORTS) - 1:
        found.append(f"only {marked} outputs of reports have visible marks")
    return files, dns


def surveys(folder, files, dns, found):
    box = b"".join(b"From a@example.com Tue Sep  1 10:00:00 2026\n" + open(path, "rb").read() + b"\n" for path in files)
    box = write(folder, b"box" + os.path.basename(files[0])[:40] + b".mbox", box)
    for form in ("text", "json", "csv"):
        out, _ = look(found, f"survey {form}", run("survey", "--format", form, "--dns", dns, box))
        if form == "json":
            merged = write(folder, b"part.json", out)
            json.loads(out)
        for cell in out.decode().replace("\r\n", ",").split(",") if form == "csv" else ():
            if cell[:1] in ("=", "@", "\t", "\r") or cell[:2] in ('"=', '"@', '"+'):
                found.append(f"survey csv: a formula {cell!r}")
    look(found, "survey --list", run("survey", "--list", box))
    for form in ("text", "csv"):
        look(found, f"survey --merge {form}", run("survey", "--merge", "--format", form, merged))


def forged_survey(folder, bad, found):
    """A survey that somebody else wrote: strings of it are shown again."""
    text = mark("survey", bad).decode("utf-8", "replace")
    made = {"format": 1, "messages": 1, "unreadable": 0, "chart": [{"spf": "aligned", "dkim": "aligned", "count": 1}], "unknown": 0,
            "groups": [{"author_domain": text, "envelope_domain": text, "signers": [text], "network": text, "count": 1, "first": text,
                        "last": text, "example": {"path": text, "index": 1}, "verdicts": {"dmarc": text}, "advice": [text]}]}
    for ascii_only in (True, False):
        path = write(folder, b"forged.json", json.dumps(made, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))
        for form in ("text", "json", "csv"):
            look(found, f"survey --merge {form} of a forged one", run("survey", "--merge", "--format", form, path))


def arguments(folder, bad, files, found):
    """What stands on the command line, and the errors that quote it."""
    given = mark("argument", bad)
    for option in ("--from", "--mail-from", "--helo", "--ip", "--dkim", "--spf", "--trust", "--what-if", "--at"):
        more = [b"--from", b"example.com"] if option != "--from" else []
        look(found, f"check {option}", run("check", "--offline", *more, option, given))
        look(found, f"check {option} with @", run("check", "--offline", *more, option, b"a@" + word(given) + b".example"))
    for option in ("--theme", "--lang", "--color", "--psl", "--dns", "--trust-anchor", "--files-from", "--format", "--dns-server",
                   "--index", "--domain", "--" + os.fsdecode(given)):
        look(found, f"report {option[:12]}", run("report", "--offline", option, given, files[0]))
    for command in ("report", "survey", "snapshot", "repair", "lesson", "view"):
        look(found, f"{command} of no file", run(command, "--offline", os.path.join(os.fsencode(folder), given.replace(b"/", b"."))))
    look(found, "report of a message without a header", run("report", write(folder, given.replace(b"/", b"."), b"no header at all\n")))
    look(found, "files by --files-from", run("report", "--offline", "--files-from", "-", given=given + b"\n"))


def settings(folder, bad, files, found):
    """Files that somebody was given: configuration, theme, zone, lesson, suffix list."""
    place = os.path.join(folder, "fromscope")
    os.makedirs(place, exist_ok=True)
    text = mark("setting", bad)
    for content in (b"[fromscope]\ntheme=" + text + b"\ntrust=" + text + b"\n" + text + b"=1\n[keys]\nhelp=" + text + b"\n",
                    b"[" + text + b"]\n", text + b"\n"):
        write(place, b"config", content)
        look(found, "info with a configuration", run("info", XDG_CONFIG_HOME=folder))
        look(found, "report with a configuration", run("report", "--offline", files[0], XDG_CONFIG_HOME=folder))
    for content in (b";! " + text + b"\n", b"a. IN TXT " + text + b"\n", b";! snapshot 1\n" + text + b". IN A " + text + b"\n"):
        look(found, "report with a broken snapshot", run("report", "--dns", write(folder, b"bad.dns", content), files[0]))
    lesson = os.path.join(folder, "lesson")
    shutil.rmtree(lesson, ignore_errors=True)
    source = os.path.join(ROOT, "samples", "lessons")
    first = sorted(name for name in os.listdir(source) if os.path.isdir(os.path.join(source, name)))[0]
    shutil.copytree(os.path.join(source, first), lesson)
    for name in os.listdir(lesson):
        if name.endswith((".lesson", ".txt", ".ini")) or name.startswith("lesson"):
            with open(os.path.join(lesson, name), "rb") as whole:
                lines = whole.read().splitlines()
            write(lesson, name.encode(), b"\n".join(line + (text if number % 5 == 4 and line[:1].islower() else b"")
                                                    for number, line in enumerate(lines)) + b"\n")
    look(found, "lesson --check", run("lesson", "--check", lesson), (0, 1, 2))
    for which in ("blanks", "key"):
        look(found, "lesson --handout", run("lesson", "--handout", which, lesson))


def others(bad, files, found):
    look(found, "report by a pipe", run("report", "--offline", "-", given=message(bad)))
    _, err = look(found, "repair", (0, b"", run("repair", files[0])[2]))
    look(found, "snapshot", run("snapshot", "--offline", files[0]))
    typed = b"".join(b"%d\nread\n" % view for view in range(1, 10)) + b"find " + mark("typed", bad) + b"\n:" + bad + b"\nq\n"
    look(found, "--plain", run("--plain", "--offline", files[0], given=typed))
    look(found, "--plain of a bounce", run("--plain", "--offline", files[3], given=typed))


def main():
    tap = Tap()
    for name, bad in PAYLOADS.items():
        folder = tempfile.mkdtemp()
        try:
            found = []
            files, dns = reports(folder, bad, found)
            surveys(folder, files, dns, found)
            forged_survey(folder, bad, found)
            arguments(folder, bad, files, found)
            settings(folder, bad, files, found)
            others(bad, files, found)
            tap.check(not found, name, *found)
        finally:
            shutil.rmtree(folder)
    tap.end()


main()
