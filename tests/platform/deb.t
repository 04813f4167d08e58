#!/usr/bin/python3
"""The Debian package that `make deb` built: lintian has nothing against it, it holds what `make install` installs, and
its program runs. `make deb` runs this; in `make check` it is skipped, since a package takes as long as all other tests.
Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import ROOT, Tap

BUILD = os.environ["BUILD"]
FOLDER = os.environ.get("FROMSCOPE_DEB")
if not FOLDER:
    print("1..0 # SKIP run by make deb")
    raise SystemExit(0)

tap = Tap()
outer = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS", "FROMSCOPE"))}


def run(*command, folder=ROOT, **more):
    done = subprocess.run(command, capture_output=True, timeout=1200, check=False, cwd=folder,
                          env={**outer, "LC_ALL": "C.UTF-8", "LANGUAGE": "", **more})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def files(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, _, found in os.walk(folder) for name in found)


with tempfile.TemporaryDirectory() as stage:
    packages = glob.glob(os.path.join(FOLDER, "fromscope_*.deb"))
    tap.same(1, len(packages), "one package")
    status, out, said = run("lintian", "--tag-display-limit", "0", *packages)
    tap.same((0, []), (status, [line for line in out.splitlines() if line[:2] in ("E:", "W:")]), "lintian: no error, no warning")
    version = run(os.path.join(BUILD, "fromscope"), "--version")[1].split()[1]
    tap.same(version, run("dpkg-deb", "-f", packages[0], "Version")[1].strip(), "the package has the program's version")
    depends = run("dpkg-deb", "-f", packages[0], "Depends")[1]
    for name in ("libunbound8", "libgmime-3.0-0", "libssl3"):
        tap.ok(name in depends, f"it depends on {name}", depends)
    recommends = run("dpkg-deb", "-f", packages[0], "Recommends")[1]
    for name in ("libspf2-2", "libopendmarc2", "libgsf-1-114"):
        tap.ok(name in recommends, f"it recommends {name}, which is loaded when needed", recommends)

    # What `make install` installs, but for names and compression that Debian asks for.
    root, plain = os.path.join(stage, "root"), os.path.join(stage, "plain")
    run("dpkg-deb", "-x", packages[0], root)
    status, _, said = run("make", "--no-print-directory", f"BUILD={BUILD}", "install", f"DESTDIR={plain}", "PREFIX=/usr",
                          "ZSH_FUNCTIONS=share/zsh/vendor-completions")
    tap.same(0, status, "make install beside it")
    debian = {name.removesuffix(".gz") for name in files(root)} - {"usr/share/doc/fromscope/changelog",
                                                                  "usr/share/doc/fromscope/copyright"}
    tap.same(sorted(debian), [name for name in files(plain) if not name.endswith("/LICENSE")], "it holds the same files")
    program = os.path.join(root, "usr", "bin", "fromscope")
    status, out, said = run(program, "report", os.path.join(root, "usr/share/fromscope/samples/webform.eml"), folder="/",
                            HOME=stage)
    tap.ok(status == 0 and "FAIL" in out and not said, "its program reports its sample", out + said)
    status, out, _ = run(program, "info", folder="/", HOME=stage)
    tap.ok(os.path.join(root, "usr/share/fromscope/themes") in out, "… and finds its themes")
    for page in ("man1/fromscope.1.gz", "man5/fromscope-config.5.gz", "man5/fromscope-snapshot.5.gz"):
        tap.ok(os.path.exists(os.path.join(root, "usr/share/man", page)), f"{page} is there")
tap.end()
