#!/usr/bin/python3
"""The story that a bounce tells, case by case: who sent it, what SPF and DMARC say today, who can do what.

Messages and snapshots are made here. Prints TAP; the program is $FROMSCOPE. SPDX-License-Identifier: MIT
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FROMSCOPE", "build/fromscope")

ZONE = """\
;! snapshot 1
$TTL 300
example.jp.            IN TXT "{spf}"
_dmarc.example.jp.     IN TXT "v=DMARC1; p=reject"
example.com.           IN TXT "v=spf1 ip4:192.0.2.10 -all"
www.example.com.       IN A   192.0.2.10
www.example.com.       IN TXT "v=spf1 ip4:192.0.2.10 -all"
mail.example.jp.       IN A   198.51.100.77
none.example.          IN A   198.51.100.1
;! complete .
"""

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@{mta}
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Date: Wed, 18 Nov 2026 10:20:09 +0900
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B

A notice.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; {mta}

Final-Recipient: rfc822; {rcpt}
Action: {action}
Status: {status}
Remote-MTA: dns; {remote}
Diagnostic-Code: smtp; {said}

--B
Content-Type: {part}

Return-Path: <{to}>
{trace}From: {author}
To: {rcpt}
Subject: Inquiry
Date: Wed, 18 Nov 2026 10:20:08 +0900
Message-ID: <1@{mta}>
{text}
--B--
"""

USUAL = {"to": "user@example.jp", "author": "user@example.jp", "mta": "www.example.com", "rcpt": "support@example.com",
         "remote": "mx.example.com", "action": "failed", "status": "5.7.1", "trace": "",
         "part": "message/rfc822", "text": "\nHello, I would like to know more.\n",
         "said": "553 5.7.1 SPF check failed: 192.0.2.10 is not allowed", "spf": "v=spf1 ip4:198.51.100.25 -all"}
DMARC = "550 5.7.1 Email from example.jp is not accepted due to its DMARC policy"

# name, changes, findings that stand there, findings that do not, patterns of advice in order
CASES = [
    ("a form, -all", {}, "refused other-server spf-hard form inquiry-lost others-pass",
     "stranger own-server", ["bounce-form-owner", "bounce-send-yourself"]),
    ("a form, ~all", {"spf": "v=spf1 ip4:198.51.100.25 ~all"}, "other-server spf-soft form inquiry-lost",
     "spf-hard others-pass", ["bounce-form-owner", "bounce-send-yourself"]),
    ("a form, ?all", {"spf": "v=spf1 ip4:198.51.100.25 ?all"}, "other-server spf-neutral form", "spf-hard spf-soft",
     ["bounce-form-owner", "bounce-send-yourself"]),
    ("a form, no SPF record", {"to": "user@none.example", "author": "user@none.example"},
     "some-server spf-none form", "other-server spf-hard", ["bounce-form-owner", "bounce-send-yourself"]),
    ("a record in error", {"spf": "v=spf1 ip4:nonsense -all"}, "some-server spf-broken", "spf-hard",
     ["bounce-form-owner", "bounce-send-yourself"]),
    ("no record is known: nothing is claimed of it", {"to": "user@unlisted.example", "author": "user@unlisted.example",
                                                      "offline": True},
     "some-server spf-unknown", "other-server spf-hard spf-soft spf-none nothing-broken", None),
    ("a record that allows it today", {"spf": "v=spf1 ip4:192.0.2.10 -all"}, "own-allowed spf-passes",
     "other-server spf-hard form", ["bounce-own-prove"]),
    ("one's own server, missing in the record",
     {"mta": "mail.example.jp", "said": "550 5.7.23 SPF: 198.51.100.77 may not send for example.jp"},
     "own-server spf-hard", "other-server form stranger", ["bounce-own-record"]),
    ("the client is not named: inferred, and said so",
     {"mta": "mail.example.jp", "said": "550 5.7.23 SPF fail"}, "client-inferred own-server", "form",
     ["bounce-own-record"]),
    ("a forwarder", {"mta": "mx.forward.example", "rcpt": "new@else.example", "remote": "mx.else.example",
                     "said": "550 5.7.23 SPF: 203.0.113.4 may not send for example.jp",
                     "trace": "Received: from mail.example.jp (mail.example.jp [198.51.100.25])\n"
                              " by mx.forward.example with ESMTP id 2; Wed, 18 Nov 2026 10:20:07 +0900\n"
                              "Received: from pc (localhost [127.0.0.1])\n"
                              " by mail.example.jp with ESMTPSA id 1; Wed, 18 Nov 2026 10:20:06 +0900\n"},
     "forwarded spf-hard", "form stranger own-server", ["bounce-forwarder", "bounce-send-yourself"]),
    ("only the headers come back", {"part": "text/rfc822-headers", "text": ""}, "refused other-server spf-hard form", "",
     ["bounce-form-owner", "bounce-send-anew"]),
    ("spam in somebody's name", {"mta": "host.hacked.example", "rcpt": "victim@else.example",
                                 "remote": "mx.else.example",
                                 "said": "550 5.7.23 SPF: 203.0.113.9 may not send for example.jp"},
     "other-server spf-hard stranger nothing-broken", "form inquiry-lost own-server", ["bounce-never-sent"]),
    ("DMARC: the visitor on the envelope and in From:", {"said": DMARC}, "dmarc-fails form inquiry-lost others-policy",
     "others-pass", ["bounce-form-owner", "bounce-send-yourself"]),
    ("DMARC: the form's own envelope, the visitor in From:",
     {"to": "form@www.example.com", "said": DMARC}, "own-server dmarc-fails|own-allowed dmarc-fails", "form stranger",
     ["bounce-own-from"]),
    ("DMARC: it passes today", {"mta": "mail.example.jp", "said": DMARC, "spf": "v=spf1 ip4:198.51.100.77 -all"},
     "own-allowed dmarc-passes", "dmarc-fails", ["bounce-own-prove"]),
    ("no such user", {"said": "550 5.1.1 User unknown", "status": "5.1.1"}, "refused no-names",
     "other-server spf-hard form", ["bounce-check-address"]),
    ("mailbox full", {"said": "552 5.2.2 Mailbox full", "status": "5.2.2"}, "refused no-names", "other-server form",
     ["bounce-other-way"]),
    ("a temporary error that lasted", {"said": "452 4.2.2 Mailbox full", "status": "4.2.2"}, "gave-up no-names",
     "still-trying", ["bounce-other-way"]),
    ("delayed", {"action": "delayed", "said": "451 4.7.1 Greylisted", "status": "4.7.1"}, "delayed still-trying",
     "refused gave-up", ["bounce-wait"]),
    ("a block list", {"said": "554 5.7.1 blocked using zen.example"}, "refused", "other-server no-names",
     ["bounce-server"]),
    ("an unknown code", {"said": "550 5.7.999 no", "status": "5.7.999"}, "refused", "other-server no-names spf-hard",
     ["bounce-ask"]),
]

FEEDBACK = """\
From: reports@mx.example.net
To: dmarc@example.jp
Subject: Report
Content-Type: multipart/report; report-type=feedback-report; boundary=B

--B

A report.
--B
Content-Type: message/feedback-report

Feedback-Type: auth-failure
Version: 1
Source-IP: {ip}
Reported-Domain: example.jp
Original-Mail-From: <user@example.jp>
Auth-Failure: dmarc

--B
Content-Type: text/rfc822-headers

From: user@example.jp
Subject: reported

--B--
"""


class Run:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = self.failed = 0

    def ok(self, good, name, why=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        if not good and why:
            print("# " + str(why).replace("\n", "\n# "))

    def report(self, text, zone, *options):
        message, dns = self.folder / "m.eml", self.folder / "zone.dns"
        message.write_text(text)
        dns.write_text(zone)
        where = ["--offline"] if not zone else ["--dns", str(dns)]
        done = subprocess.run([PROGRAM, "report", "--second-opinions", "off", *where, *options, str(message)],
                              capture_output=True, timeout=120, check=False)
        return done.stdout.decode() if done.returncode == 0 else f"status {done.returncode}: {done.stderr}"

    def json(self, text, zone, *options):
        out = self.report(text, zone, "--format", "json", *options)
        return [json.loads(line) for line in out.splitlines()]


def ids(report):
    return [f["id"][7:] for f in report["findings"] if f["id"].startswith("bounce-")]


def case(run, name, changes, wanted, unwanted, patterns):
    values = {**USUAL, **changes}
    zone = "" if values.get("offline") else ZONE.format(**values)
    report = run.json(REPORT.format(**values), zone)[0]
    got = ids(report)
    good = any(all(w in got for w in one.split()) for one in wanted.split("|"))
    good = good and not any(u in got for u in unwanted.split())
    advice = [a["pattern"] for a in report["advice"]]
    good = good and (patterns is None or advice == patterns)
    bare = [f for f in report["findings"] if f["text"] == f["id"]] + \
           [a for a in report["advice"] if a["text"] == a["pattern"]]
    good = good and not bare and report["delivery_status"]["explained"]
    run.ok(good, name, f"{got}\n{advice}\n{bare}\n{report['delivery_status']}")


def feedback(run):
    for name, ip, wanted, pattern in (
            ("a failure report of a forgery", "203.0.113.9", "feedback-other", "bounce-feedback-read"),
            ("a failure report of one's own server", "198.51.100.25", "feedback-yours", "bounce-feedback-act")):
        report = run.json(FEEDBACK.format(ip=ip), ZONE.format(**USUAL))[0]
        got = ids(report)
        run.ok("feedback" in got and wanted in got and report["advice"][0]["pattern"] == pattern and
               report["delivery_status"]["action"] == "auth-failure" and
               report["source"]["inside"][0]["kind"] == "text/rfc822-headers", name, f"{got} {report['advice']}")


def words(run):
    text = run.report(REPORT.format(**USUAL), ZONE.format(**USUAL))
    order = ["BOUNCE", "mx.example.com refused", "SAID", "553 5.7.1", "MEANS", "STORY", "FIX", "You:", "ITSELF",
             "RETURNED", "| Hello, I would like", "THE TREE"]
    places = [text.find(word) for word in order]
    run.ok(-1 not in places and places == sorted(places), "the text report: what came back, why, what to do, in order",
           list(zip(order, places)))
    run.ok("NAME" not in text[:places[-1]], "the names of the notice itself are left to the tree")
    hostile = REPORT.format(**{**USUAL, "said": "550 5.7.1 SPF \x1b[31mred\x07"}).replace(
        "Hello, I would", "\x1b]0;title\x07Hello\x1b[2J, I would")
    for form in ("text", "json"):
        run.ok("\x1b" not in run.report(hostile, ZONE.format(**USUAL), "--format", form) and
               "\x07" not in run.report(hostile, ZONE.format(**USUAL), "--format", form),
               f"no byte of the refusal or of the returned text reaches the terminal as it is ({form})")
    forged = REPORT.format(**USUAL).replace("From: MAILER-DAEMON@www.example.com", "From: MAILER-DAEMON@example.jp", 1)
    shown = run.report(forged, ZONE.format(**USUAL), "--ip", "203.0.113.99", "--helo", "host.hacked.example")
    run.ok(-1 < shown.find("may be made up") < shown.find("SAID") and shown.count("ITSELF") == 1,
           "a notice that fails DMARC itself says so before all it tells", shown[:2000])
    long = REPORT.format(**USUAL).replace("Hello,", "A line.\n" * 5000 + "Hello,")
    shown = run.report(long, ZONE.format(**USUAL))
    run.ok(shown.count("| A line.") == 60 and "[...]" in shown, "a long returned text is shortened, and says so",
           shown.count("| A line."))


def bare(run):
    """The answer of a server, pasted without the notice's header, or alone."""
    said = "550-5.7.26 Unauthenticated email from example.jp is not accepted due to\n550-5.7.26 domain's DMARC policy.\n"
    for name, text in (("a notice without its header", f"Message blocked\nYour message to <owner@example.com> was not delivered.\n\n{said}"),
                       ("the answer alone", said)):
        report = run.json(text, "")[0]
        status = report["delivery_status"] or {}
        run.ok(status.get("status") == "5.7.26" and status["explained"].startswith("DMARC: ") and
               [a["pattern"] for a in report["advice"]] == ["bounce-find-source"] and report["source"]["fidelity"] == "fragments" and
               report["dmarc"]["rfc9989"]["result"] == "unknown", name, f"{status} {report['advice']} {report['source']}")
    shown = run.report("552 5.2.2 Mailbox full\n", "")
    run.ok("reach the recipient by another way" in shown, "whom nobody names has no empty place in the advice", shown[:900])


def inner(run):
    reports = run.json(REPORT.format(**USUAL), ZONE.format(**USUAL), "--inner")
    run.ok(len(reports) == 2 and reports[1]["source"]["kind"] == "part" and reports[1]["source"]["index"] == 1 and
           reports[1]["source"]["fidelity"] == "raw" and reports[1]["from"]["domain"] == "example.jp" and
           reports[1]["delivery_status"] is None, "--inner reports the returned message, too")
    run.ok(reports[1]["dmarc"]["rfc9989"]["record_domain"] == "example.jp" and
           {d["source"] for d in reports[1]["dns"]} == {d["source"] for d in reports[0]["dns"]},
           "with answers from the same place")
    listed = reports[0]["source"]["inside"]
    run.ok(listed == [{"kind": "message/rfc822", "index": 1, "from": "user@example.jp", "subject": "Inquiry"}],
           "source.inside lists it", listed)
    asked = [d["name"] for d in reports[0]["dns"]]
    run.ok("example.jp" in asked and len(asked) == len(set((d["name"], d["type"]) for d in reports[0]["dns"])),
           "what the story asked of DNS is in the list, each question once", asked)


def limits(run):
    deep = "From: a@example.com\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(1000)) + "\nx\n"
    report = run.json(deep, ZONE.format(**USUAL))[0]
    run.ok("mime-too-deep" in [f["id"] for f in report["findings"]], "1,000 levels of MIME: the limit is named")
    nested = "".join(f"From: a@example.com\nSubject: {i}\nContent-Type: message/rfc822\n\n" for i in range(1000))
    reports = run.json(nested, ZONE.format(**USUAL), "--inner")
    run.ok(2 < len(reports) < 100, "1,000 messages inside messages end somewhere", len(reports))
    many = "From: a@example.com\nContent-Type: multipart/digest; boundary=B\n\n" + "--B\n\nSubject: x\n\ny\n" * 5000
    report = run.json(many, ZONE.format(**USUAL))[0]
    run.ok(len(report["source"]["inside"]) == 200 and
           {"mime-too-many", "inside-too-many"} <= {f["id"] for f in report["findings"]},
           "5,000 messages in a digest: 200 are listed, and the limit is named")


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = Run(folder)
        for one in CASES:
            case(run, *one)
        feedback(run)
        words(run)
        bare(run)
        inner(run)
        limits(run)
    print(f"1..{run.count}")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
