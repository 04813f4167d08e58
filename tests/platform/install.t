#!/usr/bin/python3
"""The program from an installed place: `make install` into a folder, run from there with nothing of the source tree at
hand, and `make uninstall` leaves nothing. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import ROOT, Tap

tap = Tap()
BUILD = os.environ["BUILD"]
outer = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS", "FROMSCOPE"))}


def run(*command, folder="/", **more):
    done = subprocess.run(command, capture_output=True, timeout=300, check=False, cwd=folder,
                          env={**outer, "LC_ALL": "C.UTF-8", "LANGUAGE": "", **more})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def make(*words):
    """With the build that is tested: nothing is to be compiled again."""
    return run("make", "--no-print-directory", f"BUILD={BUILD}", *words, folder=ROOT)


def files(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, _, found in os.walk(folder) for name in found)


def info(text):
    return {line[:16].strip(): line[17:] for line in text.splitlines() if line[:16].strip()}


with tempfile.TemporaryDirectory() as stage:
    prefix = os.path.join(stage, "opt", "mail tools")
    status, _, said = make("install", f"DESTDIR={stage}", "PREFIX=/opt/mail tools")
    tap.same((0, ""), (status, said), "make install with DESTDIR and PREFIX")
    found = files(prefix)
    for name in ("bin/fromscope", "share/man/man1/fromscope.1", "share/man/man5/fromscope-config.5",
                 "share/man/man5/fromscope-snapshot.5", "share/bash-completion/completions/fromscope",
                 "share/zsh/site-functions/_fromscope", "share/fish/vendor_completions.d/fromscope.fish",
                 "share/applications/fromscope.desktop", "share/fromscope/themes/default.theme",
                 "share/fromscope/samples/webform.eml", "share/fromscope/samples/webform.dns",
                 "share/doc/fromscope/LICENSE", "share/doc/fromscope/README.md",
                 "share/doc/fromscope/doc/mail-programs.md", "share/doc/fromscope/doc/fromscope.mailcap"):
        tap.ok(name in found, f"{name} is installed")
    for folder in ("themes", "samples"):
        tap.same(files(os.path.join(ROOT, folder)), files(os.path.join(prefix, "share/fromscope", folder)),
                 f"all of {folder}")
    tap.same([], [name for name in found if os.access(os.path.join(prefix, name), os.X_OK) != (name == "bin/fromscope")],
             "nothing else can be executed")

    # Moved to where nobody said it would be, and run from a folder without anything.
    moved = os.path.join(stage, "elsewhere")
    shutil.move(prefix, moved)
    program = os.path.join(moved, "bin", "fromscope")
    status, out, said = run(program, "info", HOME=stage)
    tap.same((0, ""), (status, said), "info runs from the installed place")
    tap.same((os.path.join(moved, "share/fromscope/themes"), os.path.join(moved, "share/fromscope/samples")),
             (info(out).get("themes"), info(out).get("samples")), "… and finds its own themes and samples")
    sample = os.path.join(moved, "share/fromscope/samples/webform.eml")
    status, out, said = run(program, "report", sample, HOME=stage)
    tap.ok(status == 0 and "FAIL" in out and not said, "a sample is reported, with the snapshot beside it", out + said)
    link = os.path.join(stage, "link")
    os.symlink(program, link)
    tap.ok(os.path.join(moved, "share/fromscope/themes") in run(link, "info", HOME=stage)[1], "… by a symbolic link, too")
    webform = os.path.join(ROOT, "samples", "webform.eml")
    whole = run(program, "report", "--format", "json", webform, HOME=stage)
    shutil.rmtree(os.path.join(moved, "share"))
    tap.same(whole, run(program, "report", "--format", "json", webform, HOME=stage), "without any of its files it says the same")
    tap.ok("built in" in info(run(program, "info", HOME=stage)[1]).get("rules", ""), "… by the rules that are built in")
    for what, folder in ((("lesson",), "samples/lessons"), (("lesson", "01"), "samples/lessons"), (("--theme", "light", webform), "themes")):
        status, out, said = run(program, *what, HOME=stage)
        tap.ok((status, out) == (2, "") and said.endswith(f"share/fromscope/{folder} is not there\n"), f"… {what[0]} tells what it misses", said)
    own = os.path.join(stage, "own", "fromscope")
    os.makedirs(own)
    with open(os.path.join(own, "brands.ini"), "w", encoding="utf-8"):
        pass
    status, out, said = run(program, "report", webform, HOME=stage, XDG_CONFIG_HOME=os.path.dirname(own))
    tap.ok(status == 0 and "FAIL" in out and said.startswith("fromscope: only your own rules"), "… nor are a person's own used unsaid", said)

with tempfile.TemporaryDirectory() as stage:
    make("install", f"DESTDIR={stage}", "PREFIX=/usr")
    keep = os.path.join(stage, "usr/share/fromscope/themes/mine.theme")
    with open(keep, "w", encoding="utf-8"):
        pass
    status, _, said = make("uninstall", f"DESTDIR={stage}", "PREFIX=/usr")
    tap.same((0, ""), (status, said), "make uninstall")
    tap.same(["usr/share/fromscope/themes/mine.theme"], files(stage), "… leaves only what it did not install")

# ---- desktop entry and mailcap ----
desktop = os.path.join(ROOT, "doc", "desktop", "fromscope.desktop")
if shutil.which("desktop-file-validate"):
    tap.same((0, "", ""), run("desktop-file-validate", "--warn-kde", desktop), "the desktop entry is valid")
with open(desktop, encoding="utf-8") as file:
    entry = file.read()
tap.ok("\nTerminal=true\n" in entry and "\nMimeType=message/rfc822;application/mbox;\n" in entry,
       "… for messages and mailboxes, in a terminal")
with open(os.path.join(ROOT, "doc", "desktop", "fromscope.mailcap"), encoding="utf-8") as file:
    flags = [[part.strip() for part in line.split(";")] for line in file.read().splitlines()]
tap.same([("message/rfc822", "fromscope %s", "needsterminal"), ("message/rfc822", "fromscope report %s", "copiousoutput"),
          ("application/mbox", "fromscope %s", "needsterminal")], [tuple(line[:3]) for line in flags], "the mailcap's lines")
if shutil.which("run-mailcap"):
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(os.path.join(ROOT, "doc", "desktop", "fromscope.mailcap"), os.path.join(home, ".mailcap"))
        path = os.path.dirname(os.environ["FROMSCOPE"]) + ":" + os.environ["PATH"]
        message = os.path.join(ROOT, "samples", "webform.eml")
        shown = run("run-mailcap", "--nopager", f"message/rfc822:{message}", HOME=home, PATH=path)
        tap.ok(shown[0] == 0 and "webform.eml" in shown[1] and "FAIL" in shown[1],
               "the mailcap's line for text, by run-mailcap", str(shown))

# ---- what the Debian package needs to be built is what the Makefile says ----
with open(os.path.join(ROOT, "Makefile"), encoding="utf-8") as file:
    needs = file.read().split("PACKAGES_RUN = ")[1].split("\nPACKAGES_TEST")[0].replace("\\\n", " ").split()
with open(os.path.join(ROOT, "doc", "debian", "control"), encoding="utf-8") as file:
    control = file.read()
builds = control.split("Build-Depends: ")[1].split("\nStandards-Version")[0]
tap.same([], [name for name in needs if name.endswith("-dev") and name != "libc6-dev" and name not in builds],
         "every library of the Makefile stands in the package's Build-Depends")
tap.same([], [name for name in needs if not name.endswith("-dev") and
              name not in ("gcc", "make", "pkg-config", "gettext") and name not in control],
         "… and what is needed at run time in its Depends or Recommends")
tap.end()
