#!/usr/bin/python3
"""Keys at random, by numbered rolls of dice, on whatever can be opened: no crash, no hang, nothing of a message reaches the
terminal, and nothing is left behind. MONKEY=COUNT rolls more often, MONKEY_FIRST=N begins elsewhere. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import random
import shutil
import signal
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "check")]
from checklib import ROOT, Tap      # noqa: E402
from monkey import Driver, faults_of        # noqa: E402

PROGRAM = os.environ["FROMSCOPE"]
COUNT, FIRST = int(os.environ.get("MONKEY", "10")), int(os.environ.get("MONKEY_FIRST", "1"))
SIZES = [(80, 24), (160, 50), (60, 16), (40, 12), (20, 5), (1, 1), (300, 90)]
HEAD = b"From: Ann <ann@example.com>\nSubject: hello\nDate: Wed, 18 Nov 2026 10:00:00 +0000\n"
BODY = b"\n\nHello\n"
LONG_NAME = b".".join([b"a" * 63] * 5000)
HOSTILE = {
    "empty": b"", "blank": b"\n" * 3000, "binary": random.Random(5).randbytes(20000),
    "escapes": b"Subject: \x1b[2J\x1b]0;owned\x07\xc2\x9b31m\nFrom: \x1b[31mAnn <a\x1b[2K@example.com>\n"
               b"Authentication-Results: mx.example.net; spf=pass\x1b[3m smtp.mailfrom=a\x1b@example.com\n" + BODY + b"\x1b[2J",
    "bidi": "From: \u202eAnn\u2066 <ann@example.com>\nSubject: \u202e\u2067abc\u200f\u061c\n\nx\u202e\n".encode(),
    "broken": b"From: \xff\xfe <a\xf5@example.com>\nSubject: \xe2\x28\xa1 \xed\xa0\x80\n" + BODY,
    "headers": HEAD + b"".join(b"X-%d: v\n" % i for i in range(10000)) + BODY,
    "name": b"From: a@" + LONG_NAME + b"\n" + BODY,
    "marks": ("Subject: " + "\u0301" * 9000 + "\u6f22\uff8a\uff9e" * 900 + "\n").encode() + HEAD + BODY,
    "deep": HEAD + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(900)),
    "signatures": b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AA==; b=AA==\n" * 900 + HEAD + BODY,
    "hops": b"Received: from a (a [192.0.2.1]) by b.example.net; Wed, 18 Nov 2026 10:00:00 +0000\n" * 900 + HEAD + BODY,
    "reported": b"Authentication-Results: mx.example.net; " + b"dkim=pass header.d=example.com; " * 3000 + b"\n" + HEAD + BODY,
    "box": b"".join(b"From a@example.com Wed Nov 18 10:00:00 2026\n" + HEAD + b"\nbody %d\n\n" % i for i in range(200)),
}
KEYS = b"1234567890jkhl]![&/nNsSbcrtTogGmRVwuydxieL?PabcdefABCDEF 123 \r\t\x7f"
CURSOR = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1b[Z", b"\x1bOP"]
COMMANDS = """dns trust distrust border search lesson try room glossary what-if goal letter open score class export shown mouse
 overview tree results route arc signatures chart advice answers source messages repairs receivers undo copy insert lessons
 predict filter sort reverse next-failing cause walk help first last finish restart fold unfold pane covered record""".split()
WORDS = ["", "", "snapshot", "offline", "mx.example.net", "0", "99", "x", "1", "03-form-repaired", "p=none", "dkim.1=pass",
         "from=a@example.org", "none", "off", "on", "sender example.com", "dns example.com", "visitor", "en", "ja",
         "html OUT/a.html", "markdown OUT/b.md", "json OUT/d.json", "steps OUT/e", "view OUT/h", "redact", "OUT/k.csv",
         "alignment", "gmail", "a" * 500, "BOX", "/nowhere", "dkim.add=example.com", "spf=pass", "body-byte=0", "at=x"]
PASTED = [HEAD + BODY, b"\x1b[2J\x1b]0;x\x07", b"\xff\xfe" * 100, b"a" * 50000, b"\n" * 900, b"q y n \x03", b""]

tap = Tap()


def environment(folder, term, **more):
    """Nothing of the person's own; no DNS but on this machine, where nobody answers."""
    os.makedirs(f"{folder}/config/fromscope")
    os.mkdir(f"{folder}/tmp")
    os.mkdir(f"{folder}/out")
    with open(f"{folder}/config/fromscope/config", "w", encoding="ascii") as file:
        file.write("[dns]\nserver = 127.0.0.1@9\ntimeout = 1\n")
    return {"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": f"{folder}/tmp", "TERM": term, "LC_ALL": "C.UTF-8",
            "G_DEBUG": "fatal-criticals", "ASAN_OPTIONS": "allow_user_segv_handler=0", **more,
            **{f"XDG_{kind.upper()}_HOME": f"{folder}/{kind}" for kind in ("config", "state", "cache", "data")}}


def action(dice, files, folder):
    """Some bytes to type."""
    word = dice.choice(WORDS).replace("OUT", f"{folder}/out").replace("BOX", files["box"])
    end = dice.choice([b"\x1b[201~"] * 5 + [b""])
    return dice.choice([
        lambda: bytes([dice.choice(KEYS)]), lambda: bytes([dice.choice(KEYS)]), lambda: bytes([dice.choice(KEYS)]),
        lambda: dice.choice(CURSOR), lambda: bytes([dice.choice(b"1234567890")]) + b"\r", lambda: b"\x1b", lambda: b"\x1a",
        lambda: f":{dice.choice(COMMANDS)} {word}\r".encode(), lambda: f":{dice.choice(COMMANDS)} {word}\r".encode(),
        lambda: b"w" + CURSOR[1] * dice.randrange(12) + b"\r" + dice.choice([b"\t\r", b"\x15x\r", b"reject\r", b"\x15\r"]),
        lambda: b"P" + bytes(dice.choice(b"abcde123 s\x7f") for _ in range(dice.randrange(20))),
        lambda: b"x" + b"j" * dice.randrange(8) + dice.choice([b"", b"r"]) + b"\r",
        lambda: b"\x1b[<%d;%d;%dM" % (dice.choice([0, 1, 64, 65, 35]), dice.randrange(170), dice.randrange(60)),
        lambda: b"\x1b[200~" + dice.choice(PASTED) + end,
        lambda: dice.randbytes(dice.randrange(1, 20)),
    ])()


def leave(driver, how):
    """By q, wherever it is: out of a paste, a question, a prompt; or by a signal. The statuses that are due."""
    how = how if driver.end is None else 0      # a key ended it: Ctrl-C, or q and y
    for patience in range(12):
        for keys in (b"\x1b[201~", b"\x1b", b"y", b"\x1b", b"\x1b", b"q", b"y") if not how else ():
            driver.press(keys)
            if keys == b"\x1b" and driver.end is None:
                driver.rest(0.06 + patience * 0.1)      # alone it is Esc
                driver.settle(keys)
    if how and driver.end is None:
        os.kill(driver.program, how)
    driver.wait()
    return (-how,) if how else (0, 2)      # 2: the file could not be read


def rest_of(folder):
    """Files that should not be there any more."""
    return [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names
            if place.endswith("/tmp") or name.endswith((".tmp", ".new"))]


def play(name, arguments, keys, size=(80, 24), how=0, term="xterm-256color", **more):
    """`keys`: bytes to type, sizes of the window, or what makes them of the folder."""
    folder = tempfile.mkdtemp(prefix="monkey-")
    done, driver = [], Driver([PROGRAM, *arguments], environment(folder, term, **more), folder, size)
    faults = driver.faults
    try:
        driver.settle("the start")
        for key in keys:
            key = key(folder) if callable(key) else key
            done.append(key)
            if driver.end is not None:
                break
            if isinstance(key, tuple):
                driver.resize(key)
                driver.settle("a resize")
            else:
                driver.press(key)
        due = leave(driver, how)
        status, same, child = driver.end or (None, 0, 0)
        faults += [text for text, wrong in (("status %s" % status, status not in due), ("the terminal's settings", not same),
                                            ("a child lives", child)) if wrong]
    except TimeoutError as error:
        faults.append(str(error))
    driver.close()
    faults += faults_of(bytes(driver.out)) + rest_of(folder)
    shutil.rmtree(folder)
    tap.ok(not faults, name, f"{arguments} {size} {term} {faults} {done}")


def sessions(files, samples):
    """What is opened, at what size, and what is typed: by the number of the session alone."""
    opened = [[os.path.join(samples, name)] for name in sorted(os.listdir(samples)) if name.endswith((".eml", ".txt"))]
    opened += [["lesson", name] for name in sorted(os.listdir(os.path.join(samples, "lessons")))]
    opened += [[path] for path in sorted(files.values())] + [[samples], ["--ascii"], [files["name"], files["box"]]]
    for number in range(FIRST, FIRST + COUNT):
        dice = random.Random(number)
        arguments = dice.choice(opened) + dice.choice([[], [], ["--lang", "ja"]]) + dice.choice([[], [], ["--ascii"]])
        arguments += dice.choice([[], [], ["--theme", "mono"], ["--no-mouse"], ["--ambiguous", "2"]])
        keys = [dice.choice(SIZES) if dice.random() < 0.06 else
                lambda folder, seed=dice.random(): action(random.Random(seed), files, folder) for _ in range(40)]
        play(f"session {number}: {' '.join(os.path.basename(word) for word in arguments)}", arguments, keys,
             dice.choice(SIZES), dice.choice([0, 0, 0, signal.SIGTERM, signal.SIGHUP]),
             dice.choice(["xterm-256color", "xterm", "linux", "vt100", "screen"]),
             **dice.choice([{}, {}, {"NO_COLOR": "1"}, {"COLORTERM": "truecolor"}]))


with tempfile.TemporaryDirectory() as home:
    hostile = {name: os.path.join(home, name + ".eml") for name in HOSTILE}
    for kind, path in hostile.items():
        with open(path, "wb") as out:
            out.write(HOSTILE[kind])
    # What the dice found once.
    play("a letter where a list is open", [hostile["box"]], [b":letter en\r", b":letter\r"])
    play("a letter where nothing is open", ["--ascii"], [b":letter ja\r"], (40, 12))
    play("a name of 300,000 letters as a value", [hostile["name"]], [b"w", CURSOR[1] + b"\r", b"xy\r", b"\x15\r"])
    # Exports go beside the message.
    shutil.copytree(os.path.join(ROOT, "samples"), os.path.join(home, "samples"))
    sessions(hostile, os.path.join(home, "samples"))
tap.end()
