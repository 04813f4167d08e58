#!/usr/bin/python3
"""`--what-if` on the command line, as TAP: text names the edits and both verdicts, JSON has them, the exit
status goes by the edited result, what does not fit is an error that names it, and no file is written.
SPDX-License-Identifier: MIT"""
import hashlib
import json
import os
import subprocess

FROMSCOPE = os.environ["FROMSCOPE"]
MAIL = "samples/webform.eml"
count = failed = 0


def run(*arguments):
    env = dict(os.environ, LC_ALL="C.UTF-8")
    done = subprocess.run([FROMSCOPE, *arguments], capture_output=True, text=True, check=False, env=env)
    return done.returncode, done.stdout, done.stderr


def edits(*stack):
    return [part for edit in stack for part in ("--what-if", edit)]


def ok(good, name, *notes):
    global count, failed
    count += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {count} - {name}")
    if not good:
        for note in notes:
            print("#   " + str(note).replace("\n", "\n#   "))


def digest():
    return [hashlib.sha256(open(path, "rb").read()).hexdigest() for path in (MAIL, "samples/webform.dns")]


before = digest()

status, out, err = run("report", MAIL, *edits("from=support@example.com"))
ok(status == 0 and "WHAT IF" in out and "From: is support@example.com" in out, "the text names the edit", out, err)
ok("DMARC: pass with these edits, fail without them" in out, "and the verdict before and after", out)
ok(out.index("WHAT IF") < out.index("PASS"), "at the top", out)

for stack, want in ((("p=none",), "as without them; policy: none with them, reject without"),
                    (("t=y",), "as without them; policy: quarantine with them, reject without"),
                    (("reply-to=a@example.com",), None)):
    status, out, err = run("report", MAIL, *edits(*stack))
    flat = " ".join(out.split())
    ok(want in flat if want else "policy: " not in flat.split("VOUCHES")[0], f"what is asked before and after: {stack[0]}",
       out[:900])

status, out, err = run("report", MAIL)
ok("WHAT IF" not in out, "without edits there is no such word", out)

status, out, err = run("report", "--format", "json", MAIL, *edits("from=a@example.com", "from=b@example.com", "p=none"))
found = json.loads(out)
ok(found["what_if"] == [{"key": "from", "value": "b@example.com"}, {"key": "p", "value": "none"}],
   "JSON lists the edits that count", found["what_if"])
ok(found["from"]["domain"] == "example.com" and found["dmarc"]["rfc9989"]["basis"] == "assumed",
   "and rests on them", found["dmarc"]["rfc9989"])

for stack, want in ((("from=support@example.com",), 0), (("dns=_dmarc.example.jp TXT nxdomain",), 3),
                    (("from=a@nowhere.example",), 4), (("reply-to=a@example.com",), 1)):
    status, out, err = run("report", "--exit-code", MAIL, *edits(*stack))
    ok(status == want, f"--exit-code goes by the edited result: {' '.join(stack)}", status, err)

MIXED = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"what-if-{os.getpid()}")
with open(MIXED + ".eml", "w", encoding="ascii") as file:
    file.write("Return-Path: <b@example.com>\nFrom: a@mail.example.com\n\nx\n")
with open(MIXED + ".dns", "w", encoding="ascii") as file:
    file.write(';! complete .\n_dmarc.example.com. TXT "v=DMARC1; p=reject; psd=y"\n'
               'example.com. TXT "v=spf1 +all"\n')
for stack, want in ((("ip=192.0.2.1",), 1), (("ip=192.0.2.1", "rfc=7489"), 0)):
    status, out, err = run("report", "--exit-code", MIXED + ".eml", *edits(*stack))
    ok(status == want, f"and by the RFC that counts: {' '.join(stack)}", status, out)
    counts, other, told = ("9989", "7489", "FAIL") if want else ("7489", "9989", "PASS")
    answer = " ".join(out.split("THE TREE")[0].split())
    ok(told in answer and f"DMARC by RFC {counts}; " in answer and f"DMARC by RFC {other}" not in answer, "the answer names that RFC", answer)
    for words in ("NO - other domain", "By the older RFC 7489: pass") if want else (
            "its servers may send it (SPF, example.com)", "yes - same organization", "The mail passed, so it asks for nothing."):
        ok(words in answer, f"and says what follows by it: {words}", answer)
    ok(want or "By the older" not in answer and "NO - other domain" not in answer, "and nothing of the other one", answer)
os.remove(MIXED + ".eml")
os.remove(MIXED + ".dns")

for stack, words in ((("dkim.3.d=example.jp",), ("dkim.3.d=example.jp", "it has 1")),
                     (("header-order=1>99",), ("header-order=1>99", "it has 15")),
                     (("body-byte=70000",), ("body-byte=70000",)),
                     (("frm=a@example.com",), ("frm", "from")),
                     (("ip=1.2.3",), ("ip=1.2.3", "not an IP address")),
                     (("from",), ("KEY=VALUE",)),
                     (("from=a@nowhere.example", "sp=none"), ("sp=none", "nowhere.example"))):
    status, out, err = run("report", MAIL, *edits(*stack))
    ok(status == 2 and out == "" and all(word in err for word in words),
       f"what does not fit is named: {' '.join(stack)}", status, out, err)

status, out, err = run("report", MAIL, "samples/webform-fixed.eml", *edits("header-order=15>1"))
ok(status == 2 and "webform.eml" not in err and "webform-fixed.eml" in err or status == 0,
   "of several messages the others are still reported", status, err)

status, out, err = run("report", "--what-if", "help")
ok(status == 0 and "mail-from=ADDRESS" in out and "dkim.N.d=DOMAIN" in out and "who could:" in out, "help", out)
ok(max(map(len, out.splitlines())) <= 80, "its lines are no wider than a screen",
   [line for line in out.splitlines() if len(line) > 80])

CHECK = ("check", "--from", "user@example.jp", "--mail-from", "a@www.example.com", "--ip", "192.0.2.10",
         "--dkim", "example.com", "--dns", "samples/webform.dns")
status, out, err = run(*CHECK, "--exit-code")
ok(status == 1, "check, without", status, out)
status, out, err = run(*CHECK, "--exit-code", *edits("from=support@example.com"))
ok(status == 0 and "WHAT IF" in out, "check, with", status, out)
status, out, err = run(*CHECK, *edits("body-byte=1"))
ok(status == 2 and "body-byte=1" in err and "no message yet" in err, "check has no body", status, err)
status, out, err = run("check", "--form", *edits("from=a@example.com"))
ok(status == 2 and "--form" in err, "a form has no what-if", status, err)
status, out, err = run("info", *edits("from=a@example.com"))
ok(status == 2, "nor has info", status, err)

status, out, err = run("report", "--format", "json", MAIL, *edits("from=a@example.com"))
ok(json.loads(out)["second_opinions"] == [], "other engines are not asked about assumed inputs", out)
status, out, err = run("report", MAIL, *edits("from=\x1b[31m@example.com"))
ok("\x1b" not in out and "\x1b" not in err, "what is typed reaches no terminal as it is", out, err)
status, out, err = run("report", MAIL, *edits("dns=a.example TXT \x1b]0;x\x07"))
ok("\x1b" not in out and "\x1b" not in err, "in an answer of DNS, too", out, err)

ok(digest() == before, "message and snapshot are as they were")
print(f"1..{count}")
raise SystemExit(failed > 0)
