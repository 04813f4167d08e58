#!/usr/bin/python3
"""The configuration file: what it settles, and that a fault in it costs one line, not the run. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checklib import ROOT, Tap

tap = Tap()
PROGRAM = os.environ["FROMSCOPE"]
MESSAGE = os.path.join(ROOT, "samples", "bounce.eml")


def run(text, *args, home=None):
    """The program with this configuration (None: no file), its exit status, output and complaints."""
    with tempfile.TemporaryDirectory() as folder:
        if text is not None:
            os.mkdir(os.path.join(folder, "fromscope"))
            with open(os.path.join(folder, "fromscope", "config"), "wb") as file:
                file.write(text)
        done = subprocess.run([PROGRAM, *args], capture_output=True, timeout=60, check=False,
                              env={**os.environ, "XDG_CONFIG_HOME": folder, "LC_ALL": "C.UTF-8"})
        return done.returncode, done.stdout.decode(), done.stderr.decode().replace(folder, "HOME")


def trusted(text, *args):
    status, out, said = run(text, "report", "--format", "json", *args, MESSAGE)
    return status, json.loads(out)["reported"][0]["trusted"], said


tap.same((0, False, ""), trusted(None), "no file, nobody trusted, no complaint")
tap.same((0, False, ""), trusted(b""), "an empty file")
tap.same((0, True, ""), trusted(b"[trust]\nhosts = mx.example.jp\n"), "a trusted host")
tap.same((0, True, ""), trusted(b"# note\n\n[trust]\r\n  hosts=a.example , MX.example.JP,, \n"),
         "one of a list, case ignored, CRLF")
tap.same((0, False, ""), trusted(b"[trust]\nhosts =\n"), "an empty list trusts nobody")
tap.same((0, True, ""), trusted(b"[trust]\nhosts = other.example\n", "--trust", "mx.example.jp"),
         "--trust adds to the file's")
tap.same((0, True, ""), trusted(b"[trust]\nhosts = mx.example.jp\n", "--trust", "other.example"),
         "… and takes nothing from it")
status, is_trusted, said = trusted(b"stray\n[trust]\nhost = x\nhosts = mx.example.jp\n[other\n[x]\nhosts = y\n")
tap.same((0, True), (status, is_trusted), "the sound lines of a bad file hold")
tap.same(["fromscope: HOME/fromscope/config, line 1: neither [section] nor key = value",
          'fromscope: HOME/fromscope/config, line 3: there is no setting "host" in [trust]',
          "fromscope: HOME/fromscope/config, line 5: the section's ] is missing",
          'fromscope: HOME/fromscope/config, line 7: there is no setting "hosts" in [x]'],
         said.splitlines(), "each bad line is named")
status, is_trusted, said = trusted(b"[trust]\nhosts = mx.example.jp\0\n")
tap.same((0, False), (status, is_trusted), "bytes that are no text settle nothing")
tap.same("fromscope: HOME/fromscope/config: no settings file: too large, or not text\n", said, "… and are named")
status, _, said = trusted(b"\x1b[2J\x9b = 1\n")
tap.same(False, "\x1b" in said or "\x9b" in said, "a complaint carries no escape sequence")
_, out, _ = run(b"[trust]\nhosts = mx.example.jp\n", "info")
tap.same(True, "mx.example.jp" in out and "fromscope/config\n" in out, "info names file and hosts")
_, out, _ = run(None, "info")
tap.same(True, "fromscope/config (not there)" in out, "info says that there is no file")
tap.end()
