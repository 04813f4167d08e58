#!/usr/bin/python3
"""Folders: a Maildir, saved messages, what is no mail, what cannot be read, links and pipes. Prints TAP.
SPDX-License-Identifier: MIT"""
import gzip
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import boxlib                                                       # noqa: E402
from boxlib import mail, mbox, outlook, sources, titles     # noqa: E402

SNAPSHOT = b";! snapshot 1\n;! complete .\n"


def maildir(box):
    names = {"cur/1700000003.a.host:2,S": "Three", "new/1700000001.a.host": "One", "cur/1700000002.a.host:2,FS": "Two"}
    for name, title in names.items():
        box.write("Maildir/" + name, mail(title))
    box.write("Maildir/tmp/1700000009.a.host", mail("Half"))
    box.write("Maildir/dovecot-uidlist", b"3 V1 N4\n1 :a\n")
    box.write("Maildir/.Sent/cur/1700000005.a.host:2,S", mail("Sent"))
    box.write("Maildir/.Sent/new/1700000006.a.host", b"")
    os.makedirs(box.path("Maildir/.Sent/tmp"))
    box.write("Maildir/.notmuch/cur-is-not-here", mail("Hidden"))
    status, reports, err = box.report(box.path("Maildir"))
    box.same((status, titles(reports)), (2, ["One", "Two", "Three", "Sent", None]), "a Maildir: cur and new by time, folders, no tmp")
    box.check(err.endswith(".Sent/new/1700000006.a.host: the file is empty\n") and err.count("\n") == 1, "what cannot be read is told", err)
    box.same(sources(reports), [("maildir", i) for i in range(1, 6)], "kind and number")
    box.same(reports[0]["source"]["path"], box.path("Maildir/new/1700000001.a.host"), "its path is its file")
    box.check("1700000006.a.host: the file is empty" in reports[4]["findings"][0]["text"], "an empty file is one line",
              reports[4]["findings"])
    status, reports, _ = box.report(box.path("Maildir"), "--index", "4")
    box.same((status, titles(reports)), (0, ["Sent"]), "--index counts through the folders")
    status, reports, _ = box.report(box.path("Maildir/cur"))
    box.same((status, sources(reports), titles(reports)), (0, [("maildir", 1), ("maildir", 2)], ["Two", "Three"]), "cur alone")
    status, reports, _ = box.report(box.path("Maildir/cur/1700000003.a.host:2,S"))
    box.same((status, sources(reports)), (0, [("eml", 1)]), "one file of it")


def beside_in_maildir(box):
    for name, data in (("cur/1.a.host:2,S", mail("Asked")), ("cur/1.a.host:2,S.dns", SNAPSHOT), ("new/2.a.dns", mail("Not"))):
        box.write("Kept/" + name, data)
    os.makedirs(box.path("Kept/tmp"))
    done = box.run("report", "--format", "json", "Kept")
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    box.same((done.returncode, titles(reports), done.stderr), (0, ["Asked", "Not"], b""), "a snapshot in a Maildir is no message")
    box.same([r["source"]["dns_source"] == "snapshot-beside" for r in reports], [True, False], "but is used, by its own")


def saved(box):
    box.write("mail/b.eml", mail("B"))
    box.write("mail/a.eml", mail("A"))
    box.write("mail/c", mail("C"))
    box.write("mail/d.emlx", b"%d\n" % len(mail("D")) + mail("D"))
    box.write("mail/e.eml.gz", gzip.compress(mail("E")))
    box.write("mail/f.msg", outlook({0x007D: "From: F <f@example.com>\r\nSubject: F\r\nTo: g@example.com\r\n"}))
    box.write("mail/g.mbox", mbox(mail("G1"), mail("G2")))
    box.write("mail/h.mbox.gz", gzip.compress(mbox(mail("H1"), mail("H2"))))
    box.write("mail/i.mbox", mbox(mail("I")))
    box.write("mail/1", mail("Number"))
    box.write("mail/text.txt", mail("Text"))
    box.write("mail/sub/j.eml", mail("J"))
    box.write("mail/sub/deeper/k.eml", mail("K"))
    box.write("mail/.hidden.eml", mail("Hidden"))
    box.write("mail/.git/l.eml", mail("Hidden"))
    for name, data in (("a.dns", SNAPSHOT), ("notes.txt", b"Note: this is\nno mail.\n"), ("data.json", b'{"from": "a"}\n'), ("Makefile", b"all: a\n\tcc a\n"),
                       ("p.png", b"\x89PNG\r\n\x1a\n" + bytes(99)), ("run.py", b'"""From: x"""\nimport os\n'), ("README.md", b"# Read: me\n\nText.\n"),
                       ("void", b""), ("c.conf", b"host: a\nport: b\n"), ("lib.so", b"\x7fELF" + bytes(400))):
        box.write("mail/" + name, data)
    want = ["Number", "A", "B", "C", "D", "E", "F", "G1", "G2", "H1", "H2", "I", "Text", "J", "K"]
    status, reports, err = box.report(box.path("mail"))
    box.same((status, titles(reports), err), (0, want, ""), "a folder of saved messages: by name, folders last, no other files")
    kinds = ["eml"] * 4 + ["emlx", "eml", "msg", "mbox", "mbox", "mbox", "mbox", "mbox", "eml", "eml", "eml"]
    box.same(sources(reports), [(kind, i + 1) for i, kind in enumerate(kinds)], "kinds and numbers")
    done = box.run("report", "--format", "json", "mail")
    used = [json.loads(line)["source"]["dns_source"] for line in done.stdout.splitlines()]
    box.check(used[1] == "snapshot-beside" and used.count("snapshot-beside") == 1, "each message has its own snapshot beside it", used)
    status, reports, err = box.report(box.path("mail/"), "--index", "9", dns=box.write("zone", SNAPSHOT))
    box.same((titles(reports), sources(reports)), (["G2"], [("mbox", 9)]), "--index finds a message of a mailbox inside")
    status, reports, err = box.report(box.path("mail"), "--index", "16")
    box.check(status == 2 and not reports and "there is no message 16: it holds 15" in err, "--index too large", err)


def unreadable(box):
    box.write("odd/1.eml", mail("First"))
    box.write("odd/2.eml", b"")
    box.write("odd/3.eml", b"no header here\n")
    box.write("odd/4.eml", bytes(300))
    os.symlink("nowhere.eml", box.path("odd/5.eml"))
    os.symlink("1.eml", box.path("odd/6.eml"))
    os.symlink("7.eml", box.path("odd/7.eml"))
    os.symlink(".", box.path("odd/loop"))
    os.symlink("/", box.path("odd/root"))
    os.mkfifo(box.path("odd/8.eml"))
    os.mkdir(box.path("odd/9.eml"))
    box.write("odd/9.eml/x.eml", mail("Inner"))
    box.write("odd/a\nb\x1b[31m.eml", b"nothing\n")
    box.write(b"odd/\xff.eml".decode("utf-8", "surrogateescape"), mail("Bytes"))
    status, reports, err = box.report(box.path("odd"))
    got = titles(reports)
    box.same((status, got), (2, ["First", None, None, None, None, "First", None, None, "Bytes", "Inner"]),
             "what cannot be read is a line, the rest goes on; links are not walked, pipes not opened")
    box.check(all("\x1b" not in json.dumps(r, ensure_ascii=False) for r in reports), "names of files pass the door, too")
    done = box.run("report", "--offline", "odd")
    box.check(done.returncode == 2 and b"\x1b[31m" not in done.stdout and b"Inner" in done.stdout, "in the text report, too")
    if os.geteuid() != 0:
        os.chmod(box.path("odd/1.eml"), 0)
        status, reports, _ = box.report(box.path("odd"))
        box.check(status == 2 and titles(reports)[0] is None, "no permission is a line")
        os.chmod(box.path("odd/1.eml"), 0o600)


def refused(box):
    os.makedirs(box.path("none/inner"))
    box.write("none/a.txt", b"nothing\n")
    for name in ("none", "none/inner"):
        status, reports, err = box.report(box.path(name))
        box.check(status == 2 and not reports and f"{name}: no message in this folder" in err, f"{name}: no message is a failure", err)
    status, reports, err = box.report(box.path("gone"))
    box.check(status == 2 and "gone: No such file or directory" in err, "a file that is not there", err)
    one, two = box.write("x1.eml", mail("X1")), box.write("x2.eml", mail("X2"))
    done = box.run("report", "--format", "json", "--offline", one, box.path("gone"), box.path("none"), two)
    box.same((done.returncode, titles([json.loads(line) for line in done.stdout.splitlines()])), (2, ["X1", "X2"]),
             "of several the others are reported")
    deep = "deep/" + "/".join("d" * 30)
    box.write(deep + "/z.eml", mail("Z"))
    box.write("deep/a.eml", mail("A"))
    status, reports, err = box.report(box.path("deep"))
    box.check(status == 0 and titles(reports) == ["A"] and "folder-too-deep" in boxlib.finding_ids(reports[0]),
              "folders inside folders have a limit that is told", [boxlib.finding_ids(r) for r in reports])


def main():
    box = boxlib.Box()
    for part in (maildir, beside_in_maildir, saved, unreadable, refused):
        part(box)
    box.done()


main()
