#!/usr/bin/python3
"""A user's own files of rules: they count, and where they are broken, file and line are told and the shipped one is used.
SPDX-License-Identifier: MIT"""
import os
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import receiverlib  # noqa: E402
from receiverlib import ROOT, ZONE, Tap, call, fields, report, rules, verdicts, write  # noqa: E402

tap = Tap()
path = write("mail", fields(), ZONE)
SHIPPED = report(path)


def configured(files, place="XDG_CONFIG_HOME"):
    """(report, standard error) with these files of one's own; without them the shipped ones."""
    with tempfile.TemporaryDirectory() as home:
        for name, text in files.items():
            where = os.path.join(home, "fromscope", name)
            os.makedirs(os.path.dirname(where), exist_ok=True)
            with open(where, "w") as file:
                file.write(text)
        environment = {"XDG_CONFIG_HOME": os.path.join(home, "none"), "XDG_DATA_HOME": os.path.join(home, "none"), place: home}
        err = call("report", "--format", "json", "--second-opinions", "off", path, environment=environment).stderr.decode()
        return report(path, environment=environment), err


HEAD = "[profile]\nas-of = 2026-11-01\nsource = https://example.com/\n"
for place in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    own, err = configured({"receivers/ours.ini": HEAD + "name = Our gateway\norder = 1\n[tls]\neffect = reject\n"
                           "[long]\ncheck = dkim-key\nat-least = 4096\neffect = reject\ncode = 5.7.1\n"}, place)
    tap.same("", err, f"a profile of one's own ({place})")
    tap.same(("ours", "fail", "5.7.1", "2026-11-01"),
             tuple(own["receivers"][0][key] for key in ("profile", "result", "code", "as_of")), "comes first, and fails")
    tap.same(("fail", "rule-key-short"), rules(own)["ours"]["long"], "by its threshold")
    tap.same(len(SHIPPED["receivers"]) + 1, len(own["receivers"]), "the others are still there")
own, err = configured({"receivers/icloud.ini": HEAD + "[spf]\neffect = support\n"})
tap.same(({"spf"}, "2026-11-01"), (set(rules(own)["icloud"]), own["receivers"][-1]["as_of"]), "a file of the same name takes the place")
own, err = configured({"receivers/icloud.ini": HEAD + "[spf]\neffect = boom\n"})
tap.ok("receivers/icloud.ini, line 5: " in err and "boom" in err, "a wrong line is told", err)
tap.same(SHIPPED["receivers"], own["receivers"], "and the shipped file is used")
own, err = configured({"programs.ini": "[pine]\nas-of = 2026\nsource = x\nshows = name\n"})
tap.same(["pine"], [one["program"] for one in own["shown"]], "mail programs of one's own")
own, err = configured({"programs.ini": "[pine]\nas-of = 2026\nshows = all\n"})
tap.ok("programs.ini, line 3: " in err, "a wrong line of it is told", err)
tap.same(SHIPPED["shown"], own["shown"], "and the shipped file is used")
own, err = configured({"brands.ini": "[shop]\ndomains = shops.test\n[shpo]\ndomains = shpo.test\n"})
tap.same("", err, "names of one's own")
own, err = configured({"brands.ini": "[shopp]\ndomain = x\n", "confusables.ini": "[characters]\nq\n"})
tap.ok("brands.ini, line 2: " in err and "confusables.ini, line 2: " in err, "wrong lines of both are told", err)
binary, err = configured({"receivers/icloud.ini": "\0\0"})
tap.ok("icloud.ini" in err and verdicts(binary)["icloud"] == "pass", "what is no text is no file of rules", err)


def installed(change=lambda data: None):
    """The report of an installed program, after `change` of the folder of its data. What is older than the program was read when
    that was built; it must make no difference that a folder of one's own is there or not."""
    with tempfile.TemporaryDirectory() as place:
        data, program = os.path.join(place, "share", "fromscope", "data"), os.path.join(place, "bin", "fromscope")
        shutil.copytree(os.path.join(ROOT, "src", "data"), data)
        os.makedirs(os.path.dirname(program))
        shutil.copyfile(receiverlib.PROGRAM, program)
        os.chmod(program, 0o755)
        time.sleep(0.05)        # stamps of files go by the ticks of a clock
        change(data)
        environment = {"XDG_CONFIG_HOME": os.path.join(place, "none"), "XDG_DATA_HOME": "/nonexistent"}
        before, receiverlib.PROGRAM = receiverlib.PROGRAM, program
        found = report(path, environment=environment)
        os.makedirs(os.path.join(place, "none", "fromscope"))
        tap.ok(found == report(path, environment=environment), "an empty folder of one's own changes nothing")
        with open(os.path.join(place, "none", "fromscope", "providers.ini"), "w") as file:
            file.write(open(os.path.join(data, "providers.ini")).read())
        tap.ok(found == report(path, environment=environment), "nor does a copy in it: all files are read then")
        receiverlib.PROGRAM = before
        return found


def rewrite(name, old, new):
    def change(data):
        with open(os.path.join(data, name), "r+") as file:
            text = file.read()
            file.seek(0)
            file.write(text.replace(old, new))
    return change


def add(data):
    with open(os.path.join(data, "receivers", "zzz.ini"), "w") as file:
        file.write(HEAD + "[spf]\neffect = reject\n")


# What came with the program stands in it, and in files that somebody may change.
tap.ok(SHIPPED == installed(), "an installed program says the same")
changed = installed(rewrite("receivers/icloud.ini", "as-of = 2", "as-of = 3"))
tap.ok(changed["receivers"][-1]["as_of"].startswith("3"), "a changed file counts, of the same size, too", changed["receivers"][-1])
tap.same(["zzz"], [one["profile"] for one in installed(add)["receivers"]][len(SHIPPED["receivers"]):], "so does a new one")
tap.same(len(SHIPPED["receivers"]) - 1,
         len(installed(lambda data: os.remove(os.path.join(data, "receivers", "icloud.ini")))["receivers"]), "and one that is gone")
changed = installed(rewrite("programs.ini", "as-of = 2", "as-of = 3"))
tap.ok(changed["shown"][0]["as_of"].startswith("3"), "mail programs likewise", changed["shown"][0])

# The shipped files are installed and found there.
with tempfile.TemporaryDirectory() as place:
    os.makedirs(os.path.join(place, "bin"))
    program = os.path.abspath(os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope")))
    with open(program, "rb") as old, open(os.path.join(place, "bin", "fromscope"), "wb") as new:
        new.write(old.read())
    os.chmod(os.path.join(place, "bin", "fromscope"), 0o755)
    os.makedirs(os.path.join(place, "share", "fromscope", "data", "receivers"))
    with open(os.path.join(place, "share", "fromscope", "data", "receivers", "one.ini"), "w") as file:
        file.write(HEAD + "[spf]\neffect = reject\n")
    receiverlib.PROGRAM = os.path.join(place, "bin", "fromscope")
    moved = receiverlib.report(path, environment={"XDG_CONFIG_HOME": "/nonexistent", "XDG_DATA_HOME": "/nonexistent"})
    tap.same(["one"], [one["profile"] for one in moved["receivers"]], "an installed program finds those beside it")
tap.end()
