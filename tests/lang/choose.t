#!/usr/bin/python3
"""Which language the program speaks: --lang, the locale, and neither; from the build tree and installed; never in JSON.
Prints TAP. SPDX-License-Identifier: MIT"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from langlib import BUILD, PROGRAM, ROOT, Tap, environment, run

tap = Tap()
FILE = "samples/webform.eml"
JA, EN = "指摘事項", "FINDINGS"


def speaks(text):
    return "ja" if JA in text and EN not in text else "en" if EN in text and JA not in text else "both or none"


# ---- --lang and the environment ----
for wanted, arguments, settings in (
        ("ja", ["--lang", "ja"], {}),
        ("ja", ["--lang=ja"], {"LC_ALL": "C"}),
        ("ja", ["--lang", "ja"], {"LC_ALL": "C.UTF-8"}),
        ("ja", ["--lang", "ja"], {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:en"}),
        ("ja", ["--lang", "en", "--lang", "ja"], {}),
        ("ja", [], {"LANG": "ja_JP.UTF-8"}),
        ("ja", [], {"LC_ALL": "ja_JP.utf8", "LANG": "C"}),
        ("ja", [], {"LC_MESSAGES": "ja_JP.UTF-8", "LC_CTYPE": "C.UTF-8"}),
        ("ja", [], {"LC_ALL": "C.UTF-8", "LANGUAGE": "ja"}),
        ("ja", [], {"LC_ALL": "C.UTF-8", "LANGUAGE": "fr:ja:en"}),
        ("ja", [], {"LANG": "ja_JP.UTF-8", "LC_ALL": "", "LANGUAGE": ""}),
        ("en", [], {}),
        ("en", [], {"LC_ALL": "C", "LANGUAGE": "ja"}),
        ("en", [], {"LANGUAGE": "ja"}),
        ("en", [], {"LC_ALL": "C.UTF-8"}),
        ("en", [], {"LC_ALL": "C.UTF-8", "LANGUAGE": "en:ja"}),
        ("en", [], {"LC_ALL": "C.UTF-8", "LANGUAGE": "jav:jam"}),
        ("en", [], {"LANG": "ja_JP.UTF-8", "LANGUAGE": "en"}),
        ("en", [], {"LANG": "fr_FR.UTF-8"}),
        ("en", [], {"LANG": "ja_JP.UTF-8", "LC_CTYPE": "C"}),
        ("en", [], {"LC_ALL": "ja_JP.eucJP"}),      # not a character set that is written here
        ("en", ["--lang", "en"], {"LC_ALL": "ja_JP.UTF-8"}),
        ("en", ["--lang", "en"], {"LC_ALL": "C.UTF-8", "LANGUAGE": "ja"})):
    status, out, err = run("report", *arguments, FILE, **settings)
    name = " ".join([*arguments, *(f"{key}={value}" for key, value in settings.items())]) or "no locale at all"
    tap.ok((status, speaks(out), err) == (0, wanted, ""), f"{wanted}: {name}", [speaks(out), err])

english = run("report", FILE, LC_ALL="C.UTF-8")[1]
tap.ok(run("report", "--lang", "en", FILE, LC_ALL="ja_JP.UTF-8")[1] == english, "--lang en is the English report")
tap.ok(run("report", FILE, LANG="xx_YY.UTF-8")[1] == english, "a UTF-8 locale that is not installed has its marks")
japanese = run("report", "--lang", "ja", FILE, LC_ALL="C.UTF-8")[1]
tap.ok("\\x" not in japanese and "<U+" not in japanese, "Japanese letters are letters")
tap.ok(run("report", "--lang", "ja", FILE)[1] == japanese, "… without a locale, too")
ascii_ja = run("report", "--ascii", "--lang", "ja", FILE)[1]
tap.ok(JA in ascii_ja and "<U+" not in ascii_ja and "\u2717" not in ascii_ja, "--ascii keeps Japanese letters, not its marks")
tap.ok(run("report", "--ascii", FILE, LC_ALL="C.UTF-8")[1].isascii(), "--ascii in English is ASCII")

# ---- help and faults ----
for arguments, words in ((["--help"], "使い方"), (["report"], "指定がありません"), (["report", "no-such-file"], "no-such-file"),
                         (["--fo"], "未知のオプション --fo"), (["--fo", "--lang=ja"], "未知のオプション --fo"),
                         (["report", "--index", "x", FILE], "--index: 値"), (["report", "--dns"], "--dns: 値"),
                         (["report", "--at", "x", FILE], "日時ではありません"), (["check"], "--from"), (["info", "x"], "指定できません"),
                         (["report", "--dns", "/dev/null", "--dns-server", "127.0.0.1", FILE], "一緒には")):
    status, out, err = run("--lang", "ja", *arguments, LC_ALL="C.UTF-8")
    tap.ok(words in (out if arguments == ["--help"] else err) and (status == 2) == (arguments != ["--help"]),
           f"in Japanese: {' '.join(arguments)}", [status, out[:200], err])
for arguments in (["--lang", "xx"], ["--lang="], ["--lang", "japanese"]):
    status, out, err = run("report", *arguments, FILE, LC_ALL="C.UTF-8")
    tap.ok(status == 2 and "--lang" in err and "en" in err and "ja" in err and not out, f"an error: {' '.join(arguments)}",
           [status, err])
status, out, err = run("report", "--", "--lang=ja", LC_ALL="C.UTF-8")
tap.ok(status == 2 and "--lang=ja" in err and err.isascii(), "behind -- it is a file name", [err])

# ---- JSON ----


def still(value):
    if isinstance(value, dict):
        return {key: 0 if key == "ms" else still(item) for key, item in value.items()}
    return [still(item) for item in value] if isinstance(value, list) else value


for path in sorted((ROOT / "samples").glob("*.eml")):
    texts = [run("report", "--format", "json", "--lang", language, str(path), LC_ALL="C.UTF-8")[1]
             for language in ("en", "ja")]
    tap.ok(still(json.loads(texts[0])) == still(json.loads(texts[1])), f"JSON is English: {path.name}")
form = ["check", "--form", "--from", "user@example.jp", "--mail-from", "webmaster@www.example.com", "--ip", "192.0.2.10",
        "--dns", "samples/webform.dns", "--format", "json"]
texts = [[still(json.loads(line)) for line in run(*form, "--lang", language, LC_ALL="C.UTF-8")[1].splitlines()]
         for language in ("en", "ja")]
tap.ok(texts[0] and texts[0] == texts[1], "JSON is English: check --form")

with tempfile.TemporaryDirectory() as folder:
    # ---- what cannot be read becomes a part of the JSON ----
    box = pathlib.Path(folder) / "box.mbox"
    box.write_bytes(b"From a@example.com Sun Nov 22 04:00:00 2026\njunk only here\n\n"
                    b"From a@example.com Sun Nov 22 04:00:00 2026\nFrom: a@example.com\n\nx\n")
    pasted = pathlib.Path(folder) / "pasted.txt"
    pasted.write_bytes(b"> From: a@example.com\n> To: b@example.com\n> Subject: x\n> Date: Sun, 22 Nov 2026 04:00:00 +0000\n"
                       b"> Message-ID: <1@example.com>\n>\n> x\n")
    for path, words, name in ((box, '"message-unreadable"', "an unreadable message"),
                              (pasted, '"repairs":[{', "a repaired message")):
        texts = [run("report", "--offline", "--format", "json", "--lang", language, str(path), LC_ALL="C.UTF-8")[1]
                 for language in ("en", "ja")]
        tap.ok(words in texts[0], f"JSON has {name}", texts[:1])
        tap.ok(texts[0].isascii() and [still(json.loads(line)) for line in texts[0].splitlines()] ==
               [still(json.loads(line)) for line in texts[1].splitlines()], f"JSON is English: {name}", texts)
    unreadable = run("report", "--offline", "--lang", "ja", str(box), LC_ALL="C.UTF-8")[1]
    tap.ok("このメッセージを読み取れません" in unreadable and "ヘッダフィールドが見つかりません" in unreadable,
           "in the text it is Japanese", [unreadable])
    out = run("repair", "--lang", "ja", str(pasted), LC_ALL="C.UTF-8")[2]
    tap.ok("行から引用記号を取り除きました" in out, "repairs are told in Japanese, with their number", [out])

    # ---- installed, and moved ----
    catalogue = BUILD / "locale/ja/LC_MESSAGES/fromscope.mo"
    for place, name in (("usr", "installed"), ("opt/moved", "moved elsewhere")):
        top = pathlib.Path(folder) / place
        (top / "bin").mkdir(parents=True)
        (top / "share/locale/ja/LC_MESSAGES").mkdir(parents=True)
        shutil.copy(PROGRAM, top / "bin/fromscope")
        shutil.copy(catalogue, top / "share/locale/ja/LC_MESSAGES/fromscope.mo")
        shutil.copytree(ROOT / "src/data", top / "share/fromscope/data")
        out = run("report", "--lang", "ja", FILE, program=str(top / "bin/fromscope"))[1]
        tap.ok(out == japanese, f"{name}: the same Japanese report")
    bare = pathlib.Path(folder) / "fromscope"
    shutil.copy(PROGRAM, bare)
    status, out, err = run("report", "--lang", "ja", FILE, program=str(bare), LC_ALL="C.UTF-8")
    tap.ok((status, speaks(out)) in ((0, "en"), (0, "ja")), "without its catalogue it still works", [status, err])
    dry = subprocess.run(["make", "-n", "install", f"BUILD={BUILD}", f"DESTDIR={folder}", "PREFIX=/usr"], cwd=ROOT,
                         env=environment(), capture_output=True, text=True, timeout=60)
    tap.ok("share/locale/ja/LC_MESSAGES/fromscope.mo" in dry.stdout.replace("$language", "ja"), "make install installs it",
           [dry.stdout[-600:], dry.stderr[-300:]])
tap.done()
