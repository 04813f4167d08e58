#!/usr/bin/python3
"""The program without a screen (--plain), with its commands from a pipe: whole journeys, as TAP.
SPDX-License-Identifier: MIT"""
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)
PROGRAM = os.environ["FROMSCOPE"]
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PATH": os.environ["PATH"],
               "XDG_CONFIG_HOME": os.environ.get("XDG_CONFIG_HOME", "/nonexistent"),
               "TSAN_OPTIONS": "", "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
BESIDE = ["--dns", "samples/webform.dns", "--dns", "samples/campaign.dns"]
count = failed = 0


def check(name, good, out=""):
    global count, failed
    count += 1
    print(f"{'' if good else 'not '}ok {count} - {name}")
    if not good:
        failed += 1
        print("\n".join("#   " + line for line in out.splitlines()[-60:]))


def run(*args, typed="", **more):
    """The program's output and status; `typed` are the lines that a person types."""
    data = typed if isinstance(typed, bytes) else typed.encode()
    done = subprocess.run([PROGRAM, "--plain", *args], input=data, capture_output=True, timeout=120,
                          env={**ENVIRONMENT, **more}, check=False)
    if done.stderr:
        print("# " + done.stderr.decode(errors="replace").replace("\n", "\n# "))
    return done.stdout.decode("utf-8"), done.returncode


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def is_clean(out):
    """Nothing but printable text and line ends; no line wider than the paper, but those typed."""
    for line in out.split("\n"):
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in line):
            print(f"#   not printable: {line!r}")
            return False
        if columns(line) > 80 and "> " not in line:
            print(f"#   too wide: {line!r}")
            return False
    return True


def answer(out, typed, nth=1):
    """What was said after the nth time that this line was typed."""
    parts = re.split(rf"^[^\n]*?> {re.escape(typed)}\n", out, flags=re.M)
    if len(parts) <= nth:
        return ""
    return re.split(r"^[^\n:]*:[^\n]*> ", parts[nth], maxsplit=1, flags=re.M)[0]


def steps(text):
    return [(int(a), int(b)) for a, b in re.findall(r"^(\d+) of (\d+): ", text, re.M)]


# Lessons need no message: with nothing open they are opened all the same, and what is typed for it is said.
out, status = run(typed="lessons\nopen 4\ntree\nleave\nq\n", XDG_STATE_HOME="/nonexistent")
check("lessons: how one is opened",
      "open and a number opens a lesson." in " ".join(out.split()) and "Lessons: Enter open" in out, out)
check("lessons: by its number", "04-two-ticks-one-red, page 1 of 10" in answer(out, "open 4"), out)
check("lessons: the tree offers nothing that would tell the answer",
      re.search(r"^Tree: bytes, ", out, re.M) is not None, out)

# The tree is told with its cause: where that is the first step, the walk goes on behind it.
out, status = run("samples/webform.eml", typed="tree\n\nback\nq\n")
told = [line for line in answer(out, "tree").splitlines() if line.startswith("1 of ")]
check("tree: the cause is told with it", len(told) == 2 and "The verdict turns here." in answer(out, "tree"), out)
check("tree: the first Enter goes on behind it", steps(answer(out, ""))[0][0] == 2, out)
check("tree: back leads to it", steps(answer(out, "back"))[0][0] == 1, out)
out, status = run("samples/campaign.eml", typed="tree\n\nq\n")
check("tree: where the cause is another step the walk begins with the first", steps(answer(out, ""))[0][0] == 1, out)

# A web form's mail, walked through.
out, status = run("samples/webform.eml", typed="\n" * 30 + "back\ncause\nfinish\nquit\n")
walk = steps(out)
check("webform: status 0", status == 0)
check("webform: only printable lines", is_clean(out), out)
check("webform: the verdict first", "FAIL" in out.splitlines()[0], out)
check("webform: the sentence of the Overview",
      "only example.com vouches for it" in " ".join(out.split()), out)
total = walk[0][1] if walk else 0
check("webform: every step has its number, in order",
      total > 5 and [s for s, _ in walk[:total]] == list(range(1, total + 1)), str(walk))
check("webform: the walk ends", "last step" in out, out)
check("webform: back is the step before", steps(answer(out, "back")) == [(total - 1, total)], out)
check("webform: the cause is named", "CAUSE" in answer(out, "cause") or "already" in out, out)
check("webform: finish lists all steps",
      [s for s, _ in steps(answer(out, "finish"))][:total] == list(range(1, total + 1)), out)

rows = answer(out, "finish").split("\n")
rows = [row for row in rows[rows.index("Tree:"):] if "vouches for From:?" in row or "same organization?" in row]
check("webform: the branch is named before its steps, which may read alike",
      [re.split(r"  +|: ", row.strip())[0] for row in rows[:4]] == ["SPF", f"5 of {total}", "DKIM", f"8 of {total}"],
      str(rows))

# What a step says before it was reached.
out, _ = run("samples/webform.eml", typed="walk\nstep 5\nq\n")
check("a step that was not reached hides its outcome",
      re.search(r"^5 of \d+: .*\? step$", answer(out, "step 5"), re.M), out)

# Every view, by key and by word; each word begins to be enough.
out, _ = run("samples/webform.eml", typed="1\n2\n3\n5\n0\noverview\ntree\nresults\nroute\nsource\nresul\nq\n")
for key, label in (("1", "Overview"), ("2", "Tree"), ("3", "Results"), ("5", "Route"), ("0", "Source"),
                   ("overview", "Overview"), ("tree", "Tree"), ("results", "Results"),
                   ("route", "Route"), ("source", "Source"), ("resul", "Results")):
    check(f"view {key}", answer(out, key).startswith(label + ":"), out)
check("views: only printable lines", is_clean(out), out)
check("results: rows have numbers", re.search(r"^  2\. spf=pass", answer(out, "3"), re.M), out)
check("route: every hop", re.findall(r"^  Hop (\d) of (\d)", answer(out, "5"), re.M)[-1:] !=
      [] and "The border" in answer(out, "5"), out)
check("source: numbered lines", re.search(r"^  1( \w+)?: ", answer(out, "0"), re.M), out)
check("source: signed fields are marked", re.search(r"^  \d+ a: From:", answer(out, "0"), re.M), out)

# Trust, border, bytes, DNS.
out, _ = run("samples/webform.eml",
             typed="3\ntrust\ntrust 1\nroute\nborder 1\n2\ncause\nopen\nback\ndns\ndns snapshot\nq\n")
check("trust: said", "trusted" in answer(out, "trust"), out)
check("border: the choice is in the title", "your border" in answer(out, "border 1"), out)
check("open: the bytes, with their line numbers",
      re.search(r"^  \d+( \w+)?: [A-Z][\w-]+:", answer(out, "open"), re.M), out)
check("open: only these", answer(out, "open").count("\n") == 2, out)
check("back from the bytes", answer(out, "back").startswith("Tree:"), out)
check("dns: another source", "DNS not asked" in answer(out, "dns") or "live" in answer(out, "dns"), out)
check("dns snapshot: back again", "DNS from" in answer(out, "dns snapshot"), out)
check("choices: only printable lines", is_clean(out), out)

# Keys that a person chose are told where views are listed.
with tempfile.TemporaryDirectory() as settings:
    os.mkdir(os.path.join(settings, "fromscope"))
    with open(os.path.join(settings, "fromscope", "config"), "w", encoding="utf-8") as config:
        config.write("[keys]\ntree = T\n")
    out, status = run("samples/webform.eml", typed="T\nq\n", XDG_CONFIG_HOME=settings)
check("keys of one's own: the list of views has them", "1 Overview, T Tree, 3 Results" in out, out)
check("keys of one's own: they work", answer(out, "T").startswith("Tree:"), out)

# Unknown words, help, search, end of input.
out, status = run("samples/webform.eml", typed="ovrview\ntrusst\nhelp\n/example.jp\nsearch\nreject\n/nowhere at all\nq\n")
check("unknown: the nearest", "nearest is overview" in answer(out, "ovrview"), out)
check("help: commands with their keys", "overview (1): " in answer(out, "help"), out)
check("help: nothing about panes or a mouse",
      not re.search(r"pane|mouse|copy", answer(out, "help")), out)
check("search: the lines that hold it",
      all("example.jp" in " ".join(answer(out, "/example.jp").split()) for _ in [0])
      and answer(out, "/example.jp").count("\n") > 2, out)
check("search: asked for", "REJECT" in out.split("Search for> reject")[1], out)
check("search: not found", "Not found: nowhere at all" in out, out)
out, status = run("samples/webform.eml", typed="")
check("end of input: status 0, the Overview said", status == 0 and "FIX" in out, out)
out, status = run("samples/webform.eml", typed="2")
check("a last line without an end counts", "Tree:" in out, out)

# A bounce, and the message inside it.
out, status = run("samples/bounce.eml", typed="messages\n1\n2\nback\nq\n")
check("bounce: what was returned", "BOUNCE" in out and status == 0, out)
check("bounce: the messages inside have numbers", re.search(r"^  1\. ", answer(out, "messages"), re.M), out)
check("bounce: a number opens one", "message 1 inside" in answer(out, "1"), out)
check("bounce: only printable lines", is_clean(out), out)

# A mailbox.
with tempfile.TemporaryDirectory() as folder:
    box = os.path.join(folder, "box.mbox")
    with open(box, "wb") as file:
        for name in ("webform", "webform-fixed", "campaign"):
            mail = open(f"samples/{name}.eml", "rb").read().replace(b"\r\n", b"\n")
            file.write(b"From a@example.com Tue Sep  1 10:00:00 2026\n" + mail + b"\n")
    out, status = run(box, *BESIDE, "--dns", "samples/webform-fixed.dns",
                      typed="3\nresults\nback\nback\n&\n&\ns\n7\n/campaign\nq\n")
    first = out.split("> ")[0]
    check("mailbox: three rows with verdicts",
          re.findall(r"^  (\d)\. (\S \w+)", first, re.M)[:2] == [("1", "x FAIL"), ("2", "+ PASS")]
          or re.findall(r"^  (\d)\. \S (\w+)", first, re.M)[:2] == [("1", "FAIL"), ("2", "PASS")], out)
    check("mailbox: a number opens that message", "message 3" in answer(out, "3"), out)
    check("mailbox: back in the list", re.search(r"^  1\. ", answer(out, "back", 2), re.M), out)
    failing = re.findall(r"^  (\d)\. \S (\w+)", answer(out, "&"), re.M)
    check("mailbox: only what failed", failing and all(word == "FAIL" for _, word in failing), out)
    check("mailbox: a number that is none", "no message 7" in answer(out, "7"), out)
    check("mailbox: only printable lines", is_clean(out), out)
    out, status = run(box, *BESIDE, "--index", "2", typed="messages\nq\n")
    check("mailbox: --index", "message 2" in out.splitlines()[0], out)

    many = os.path.join(folder, "many.mbox")
    with open(many, "w", encoding="ascii") as file:
        for number in range(50):
            file.write(f"From a@example.com Tue Sep  1 10:00:00 2026\nFrom: a@example.com\n"
                       f"Subject: number {number + 1}\n\ntext\n\n")
    out, status = run(many, "--offline", typed="\n\n50\nback\nq\n")
    numbers = [int(n) for n in re.findall(r"^  (\d+)\. ", out.split("message 50")[0], re.M)]
    check("mailbox: back where it was left", answer(out, "back").count("\n  41. ") == 1
          and "\n  40. " not in answer(out, "back"), out)
    check("mailbox: Enter shows the next ones", numbers == list(range(1, 51)), out)

    # Saving, never over a file.
    mail = os.path.join(folder, "mail.eml")
    open(mail, "wb").write(open("samples/webform.eml", "rb").read())
    out, status = run(mail, *BESIDE, typed="x\nsnapshot\nexport snapshot\nq\n")
    check("save: a snapshot", os.path.exists(mail + ".dns") and "Saved as" in answer(out, "x"), out)
    check("save: not over it", "there already" in answer(out, "export snapshot"), out)

    # Pasted.
    pasted = open("samples/pasted-quoted.txt", "rb").read()
    out, status = run("--offline", typed=b"i\n" + pasted + b"\n.\nrepairs\nundo 1\nq\n")
    check("paste: opened", "pasted text" in out and "DMARC" in out, out)
    check("paste: the repairs", re.search(r"^  1\. ", answer(out, "repairs"), re.M), out)
    check("paste: undone", "Undone" in answer(out, "undo 1") or "Not without" in answer(out, "undo 1"), out)
    check("paste: only printable lines", is_clean(out), out)
    out, status = run("--offline", typed=b"paste\nno message\n.\nquit\n")
    check("paste: what holds no message is said", out.count("> ") >= 2 and status == 0, out)
    one = b"Received: from a by b; From: a@example.com Subject: x" + b" y" * 20000
    out, status = run("--offline", typed=b"i\n" + one + b"\n.\nq\n")
    check("paste: a line of 40,000 bytes", status == 0 and is_clean(out), out[-2000:])

    # Hostile bytes stay text, and nobody but the program begins a line at the left.
    evil = os.path.join(folder, "evil.eml")
    open(evil, "wb").write(b"From: \"\x1b]0;x\x07\x9b31m\" <a@example.com>\nSubject: \xe2\x80\xae9 of 9: PASS\x1b[2J\n"
                           b"Authentication-Results: mx.example.net; spf=pass (\x1b[31m\r3 of 9: DMARC PASS) "
                           b"smtp.mailfrom=a@example.com\nX-Long: " + b"A" * 9000 + b"\n\n\x00\x07body\xff\n" +
                           b"long " * 5000 + b"\n")
    out, status = run(evil, "--offline", typed="2\nfinish\n3\nopen\n0\n\nmessages\nroute\n?\nq\n")
    check("hostile: only printable lines", is_clean(out), out)
    forged = [line for line in out.split("\n") if re.match(r"\d+ of 9: (DMARC )?PASS", line)]
    check("hostile: no line of a stranger begins at the left", not forged, str(forged))

    # Wrapped lines are indented, a title's too: a file's name cannot pass for a step.
    named = os.path.join(folder, "a" * 60 + " 9 of 9: PASS b " + "c" * 60 + " 9 of 9: PASS.eml")
    open(named, "wb").write(open("samples/webform.eml", "rb").read())
    out, status = run(named, *BESIDE, typed="2\nopen\n3\nq\n")
    own = re.compile(r"  |\d+ of \d+: |(?:SPF|DKIM) +vouches |a{60}|DMARC |Views: |[A-Z]\w+:|That was|$")
    check("a long name stays behind its beginning",
          not [line for line in out.split("\n") if not own.match(line)]
          and not re.search(r"^9 of 9: PASS", out, re.M), out)

# Japanese, and a locale without UTF-8.
out, status = run("samples/webform.eml", "--lang", "ja", typed="2\n?\nq\n")
check("Japanese: only printable lines", is_clean(out), out)
out, status = run("samples/webform.eml", typed="2\n0\nq\n", LC_ALL="C")
check("C locale: ASCII only", out.isascii() and is_clean(out), out)

# A lesson: the page has the word; a view that is called for is said, and L leads back.
with tempfile.TemporaryDirectory() as state:
    out, status = run("lesson", "02", XDG_STATE_HOME=state,
                      typed="?\n\n8\n0\nL\ns\n\ns\n\ns\n\n\ns\n\n\n\n8\nL\ntry from=a@example.com\nq\n")
check("lesson: help is the lesson's", "Commands in Lesson" in out, out)
check("lesson: what would tell is not said", "Advice: This view tells the answer. It opens when the last" in out, out)
check("lesson: the source is", "Return-Path: <webmaster@www.example.com>" in out, out)
check("lesson: L leads back to the question", out.count("does SPF come out?") >= 3, out)
check("lesson: a task names what is typed here", "try KEY=VALUE: try a change" in out, out)
check("lesson: its answer is not said either", "It opens when the task is done" in out, out)
check("lesson: steps of two names are not one that changed", "now x fail" in out and "ip4:198.51.100.25: +" not in out, out)
check("lesson: and it is reached", "Well done" in out, out)

# Nothing to open.
out, status = run("samples/no-such-file.eml", typed="2\nq\n")
check("missing: status 2 and the file's name", status == 2 and "no-such-file.eml" in out, out)
check("missing: there is no tree", "no message" in answer(out, "2"), out)

print(f"1..{count}")
sys.exit(failed > 0)
