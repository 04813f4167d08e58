#!/usr/bin/python3
"""What cannot be done is said as it is: files that are not there, words that nobody asks for, surveys of nothing. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import subprocess
import tempfile

PROGRAM = os.environ["FROMSCOPE"]
MESSAGE = b"From: Ann <ann@example.com>\nTo: bob@example.net\nSubject: one\nDate: Sun, 22 Nov 2026 04:00:00 +0000\n\nText.\n"
SEPARATOR = b"From ann@example.com Thu Jan  1 00:00:00 1970\n"
PLACE = tempfile.TemporaryDirectory()
number = 0


def ok(good, name, *more):
    global number
    number += 1
    print(f"{'' if good else 'not '}ok {number} - {name}")
    for line in more if not good else ():
        print("#", repr(line))


def run(*words, **options):
    done = subprocess.run([PROGRAM, *words], cwd=PLACE.name, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8"}, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def refused(words, *said, without=()):
    status, out, err = run(*words)
    ok(status == 2 and out == "" and all(s in err for s in said) and not any(s in err for s in without) and
       err.startswith("fromscope: "), " ".join(words), status, out, err)


def write(name, content):
    with open(os.path.join(PLACE.name, name), "wb") as out:
        out.write(content)


for name, content in (("one.eml", MESSAGE), ("-lead.eml", MESSAGE), ("--long.eml", MESSAGE), ("separator.mbox", SEPARATOR),
                      ("blank.mbox", SEPARATOR + b"\n"), ("empty.eml", b""), ("notjson", b"hello\n"), ("empty.list", b""),
                      ("two.mbox", SEPARATOR + MESSAGE + b"\n" + SEPARATOR + MESSAGE)):
    write(name, content)

# What belongs to a command is not passed over where there is none.
for word in (["--from", "a@example.com"], ["--dkim", "example.com"], ["--spf", "pass"], ["--author-exists", "yes"], ["--form"]):
    refused(word, word[0] + " belongs to the command check")

# The row of an option names its commands: behind others it is refused, and --help says so. What a script may pass to any command,
# and what the environment or the configuration settles, stays.
OWN = {"report": ("report", "one.eml"), "check": ("check", "--from", "a@example.com"), "survey": ("survey", "one.eml"),
       "snapshot": ("snapshot", "one.eml"), "repair": ("repair", "one.eml"), "lesson": ("lesson",), "info": ("info",)}
VALUES = {"format": "text", "ip": "192.0.2.1", "helo": "a.example", "mail-from": "a@example.com", "from": "a@example.com",
          "dkim": "example.com", "spf": "pass", "author-exists": "yes", "domain": "example.com", "at": "2026-11-22T04:00:00Z",
          "what-if": "helo=a.example", "index": "1", "count": "1", "files-from": "/dev/null", "jobs": "1", "handout": "key"}
helped = " ".join(run("--help")[1].split())
table = re.findall(r" --([a-z-]+)(?:=\S+)? ((?:(?:%s)(?:, |: ))+)" % "|".join(OWN), helped)
ok(len(table) == 24, "options that belong to some commands", table)
for option, commands in table:
    commands = re.findall("[a-z]+", commands)
    for command in OWN:
        if command in commands:
            continue
        words = [OWN[command][0], "--" + option, *([VALUES[option]] if option in VALUES else []), *OWN[command][1:]]
        refused(words, f"{command}: --{option} belongs to the command{'s' * (len(commands) > 1)} {', '.join(commands)}")
ANYWHERE = ("--no-beside", "--dns", "/dev/null", "--trust", "mx.example.com", "--dns-timeout", "1", "--color", "never", "--lang", "en", "--ascii",
            "--theme", "dark", "--second-opinions", "off", "--no-mouse", "--ambiguous", "1")
for command in OWN:
    if command != "snapshot":       # asks, and nobody may be asked here
        status, out, err = run(*OWN[command], *ANYWHERE)
        ok(status == 0 and not [line for line in err.splitlines() if "belongs" in line], f"{command}: what any command bears", status, err)

# A command that was mistyped is no file that is missing; what exists is opened, whatever it is called.
for word, meant in (("reprot", "report"), ("suvey", "survey"), ("lessons", "lesson"), ("chek", "check"), ("snapsot", "snapshot")):
    refused([word, "one.eml"], f"{word}: there is no such file; is the command {meant} meant?")
refused(["help"], "help: there is no such file; is --help meant?")
refused(["version"], "version: there is no such file; is --version meant?")
refused(["chek", "--from", "a@example.com"], "is the command check meant?")
refused(["nofile"], "nofile: No such file", without=["command"])
refused(["./reprot"], "./reprot: No such file", without=["command"])
write("reports", MESSAGE)
status, out, err = run("--offline", "reports")
ok(status == 0 and "From:" in out and not err, "a file with almost the name of a command", status, out, err)

# A survey of nothing prints nothing; of something, what there is.
for form in ((), ("--format", "json"), ("--format", "csv")):
    refused(["survey", *form, "nofile"], "nofile: No such file")
    refused(["survey", *form, "--dns", "missing", "one.eml"], "missing: No such file")
    refused(["survey", *form, "--merge", "notjson"], "notjson: line 1: this is no JSON")
    refused(["survey", *form, "--merge", "nofile"], "nofile: No such file")
refused(["survey", "nofile", "other"], "nofile: No such file", "other: No such file")
status, out, err = run("survey", "--offline", "--format", "json", "nofile", "one.eml")
ok(status == 2 and json.loads(out)["messages"] == 1 and "nofile" in err, "one file of two: the other is counted", out, err)
status, out, err = run("survey", "--offline", "--format", "json", "--domain", "example.org", "one.eml", "nofile")
ok(status == 2 and json.loads(out)["messages"] == 0, "a message of another domain: a survey of none", out, err)
status, counted, err = run("survey", "--offline", "--format", "json", "one.eml")
write("one.json", counted.encode())
status, out, err = run("survey", "--format", "json", "--merge", "one.json", "notjson")
ok(status == 2 and json.loads(out)["messages"] == 1 and "notjson" in err, "--merge: one of two", out, err)
status, none, err = run("survey", "--offline", "--format", "json", "--domain", "example.org", "one.eml")
write("none.json", none.encode())
status, out, err = run("survey", "--format", "json", "--merge", "none.json", "notjson")
ok(status == 2 and json.loads(out)["messages"] == 0, "--merge: a survey of none is a survey", out, err)

# A folder that holds what cannot be read: the exit status is told where the report may not be seen.
os.mkdir(os.path.join(PLACE.name, "folder"))
write("folder/one.eml", MESSAGE)
os.symlink(os.path.join(PLACE.name, "nobody"), os.path.join(PLACE.name, "folder", "two.eml"))
status, out, err = run("report", "--offline", "folder")
ok(status == 2 and "This message cannot be read" in out and "folder/two.eml: refused" in err, "a folder with a file that cannot be read",
   status, err)

for form in ("text", "json", "csv"):
    status, out, err = run("survey", "--offline", "--format", form, "folder")
    ok(status == 2 and out and err == "fromscope: messages that cannot be read: 1\n", f"a survey of it says so, too: {form}", status, err)

for command in (["snapshot", "one.eml"], ["repair", "one.eml"], ["lesson"], ["info"]):
    refused([*command, "--exit-code"], f"{command[0]}: --exit-code belongs to the commands report, check, survey")
    refused([*command, "--format", "json"], f"{command[0]}: --format belongs to the commands report, check, survey")

# Words and files.
refused(["report", "--offline=no", "one.eml"], "--offline=no: --offline takes no value")
refused(["report", "--exit-code=", "one.eml"], "--exit-code=: --exit-code takes no value")
refused(["repair", "one.eml", "./one.eml"], "repair takes one FILE, but there is ./one.eml, too")
for words, said in ((["--trust", ""], '--trust "": not the name of a host'), (["--trust", "a b"], '--trust "a b": not the name of a host'),
                    (["--mail-from", "@@"], "--mail-from @@: not an address, a domain or <>"), (["--helo", ""], "--helo: a name is missing")):
    for command in (["report"], ["survey"], ["check", "--from", "a@example.com"]):
        refused([*command, *words, *(["one.eml"] if len(command) == 1 else [])], said)
for words in (["--mail-from", ""], ["--mail-from", "<>"], ["--mail-from", "example.com"], ["--mail-from", "a@[192.0.2.1]"],
              ["--mail-from", "<@r.example:a@example.com>"], ["--helo", "[192.0.2.1]"], ["--trust", "mx.example.com"]):
    status, out, err = run("report", "--offline", *words, "one.eml")
    ok(status == 0 and not err, " ".join(words), status, err)
refused(["report", "--what-if", "foo=bar", "one.eml"], "--what-if foo=bar: there is no foo= to change; the nearest is from=")
refused(["report", "--what-if", "from=", "one.eml"], "--what-if from=: not one address")
refused(["report", "--what-if", "foo", "one.eml"], "--what-if foo: not KEY=VALUE")
refused(["report", "--psl", "nofile", "one.eml"], "nofile: No such file", without=["not a public suffix list"])
refused(["report", "--psl", ".", "one.eml"], ".: Is a directory", without=["not a public suffix list"])
refused(["report", "--psl", "empty.list", "one.eml"], "empty.list: not a public suffix list")
# libpsl takes the first word of any line.
write("prose.list", b"The list of\npublic suffixes.\nname\n\n// com\n## example.com ##\n")
refused(["report", "--psl", "prose.list", "one.eml"], "prose.list: not a public suffix list")
refused(["report", "--psl", "one.eml", "one.eml"], "one.eml: not a public suffix list")
write("small.list", "// ours\njp\nco.jp\n*.ck\n!www.ck\n\u98df\u72ee.\u516c\u53f8.cn  \r\n".encode())
status, out, err = run("report", "--offline", "--psl", "small.list", "one.eml")
ok(status == 0 and not err, "a list of one's own", err)
refused(["report", "--trust-anchor", "nofile", "one.eml"], "--trust-anchor nofile: No such file", without=["DNSKEY"])
refused(["report", "--trust-anchor", "notjson", "one.eml"], "--trust-anchor notjson: no DNSKEY or DS record of the root in it")
refused(["info", "x"], "info takes no FILE, but there is x")
refused(["report", "-lead.eml"], "unknown option -lead.eml; if the file of that name is meant, write ./-lead.eml", without=["nearest"])
refused(["report", "--long.eml"], "unknown option --long.eml; if the file of that name is meant, write ./--long.eml", without=["nearest"])
refused(["report", "-laed.eml"], "unknown option -laed.eml; the nearest is --", without=["./"])
refused(["report", "-x", "one.eml"], "unknown option -x; --help lists", without=["nearest"])
refused(["report"], "report: no FILE given (-: standard input); --help lists")
status, out, err = run("report", "--offline", "./-lead.eml")
ok(status == 0 and "ann@example.com" in out, "./-lead.eml is read", err)
status, out, err = run("report", "--offline", "--", "-lead.eml")
ok(status == 0 and "ann@example.com" in out, "-- ends options", err)

# A snapshot that is named is a file: to read it asks nobody, so --offline goes with it, and every command answers by it.
write("said.zone", b'_dmarc.example.com. 300 IN TXT "v=DMARC1; p=reject"\n')
for words in (["report", "one.eml"], ["one.eml"], ["check", "--from", "ann@example.com"]):
    status, out, err = run(*words, "--format", "json", "--offline", "--dns", "said.zone")
    ok(status == 0 and json.loads(out)["source"]["dns_source"] == "snapshot", f"--offline and --dns: {words[0]}", status, out[:200], err)
status, out, err = run("--plain", "--offline", "--dns", "said.zone", "one.eml")
ok("DNS from a snapshot file" in out.splitlines()[0], "--offline and --dns: line by line", out[:200], err)

# A separator line and nothing else is no empty file.
for command in (["report"], ["survey"], ["survey", "--list"]):
    for name in ("separator.mbox", "blank.mbox"):
        refused([*command, name], f"{name}: a separator line, and no message behind it", without=["file is empty"])
refused(["report", "empty.eml"], "empty.eml: the file is empty")
status, out, err = run("survey", "--list", "two.mbox")
ok(status == 0 and out.count("\n") == 2, "two messages behind separators are two", out, err)
print(f"1..{number}")
