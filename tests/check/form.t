#!/usr/bin/python3
"""`check --form`: the table of visitors, its answer and questions, and an object for each visitor. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checklib import SNAPSHOT, Tap, ask, call

tap = Tap()
DNS = ("--dns", SNAPSHOT)
OWN = ("--mail-from", "webmaster@www.example.com", "--ip", "192.0.2.10", "--dkim", "example.com")
CASES = ["p-none", "p-quarantine", "p-reject", "no-dmarc", "no-dmarc-spf-fail"]
ROWS = ["p=none", "p=quarantine", "p=reject", "no DMARC record", "no DMARC record, SPF -all"]


def flat(text):
    return " ".join(text.split())


def table(text):
    """{first column: (SPF, DKIM, DMARC, asked)}"""
    found = {}
    for line in text.splitlines():
        cells = re.split(r" {2,}", line.strip())
        if cells[0] in ROWS + ["as given (--from)"] and len(cells) == 5:
            found[cells[0]] = tuple(cells[1:])
    return found


def rows(*options):
    status, text, err = call("--form", *options)
    tap.ok(status == 0 and not err, f"the text comes with {' '.join(options[:2]) or 'no option'}", err)
    return table(text), text


# ---- the visitor on the envelope, too ----
got, text = rows("--ascii", *DNS)
tap.same({"p=none": ("softfail", "none", "x FAIL", "nothing"),
          "p=quarantine": ("softfail", "none", "x FAIL", "put it aside"),
          "p=reject": ("softfail", "none", "x FAIL", "refuse it"),
          "no DMARC record": ("softfail", "none", "- NONE", "nothing"),
          "no DMARC record, SPF -all": ("fail", "none", "- NONE", "refuse it (SPF)")}, got,
         "without --mail-from SPF asks the visitor's domain")
tap.ok("uses the visitor as the envelope's sender" in flat(text), "… and the text says so")
tap.ok("Give --mail-from, --ip or --dkim of the form" in flat(text), "… and what would tell more")

# ---- a form with an envelope and a signature of its own ----
got, text = rows(*OWN, "--ascii", *DNS)
tap.same({"p=none": ("pass", "pass", "x FAIL", "nothing"),
          "p=quarantine": ("pass", "pass", "x FAIL", "put it aside"),
          "p=reject": ("pass", "pass", "x FAIL", "refuse it"),
          "no DMARC record": ("pass", "pass", "- NONE", "nothing"),
          "no DMARC record, SPF -all": ("pass", "pass", "- NONE", "nothing")}, got,
         "two passes for another name help no visitor")
words = flat(text)
tap.ok("SPF passes for www.example.com. That is another name" in words
       and "DKIM passes for example.com. That is another name" in words, "the ticks are explained")
tap.ok("ANSWER No. Mail with a visitor in From: fails DMARC" in words, "the answer is No")
for number, question in enumerate(("Does mail from the form arrive?", "Is From: what the visitor typed?",
                                   "Which hop on its way checks DMARC?", "Is that safe?"), 1):
    tap.ok(f"{number}. {question}" in words, f"question {number}")
tap.ok("From: webmaster@www.example.com Reply-To: (the visitor's address)" in words, "the fix")
tap.ok("with webmaster@www.example.com in From: the same mail passes DMARC" in words, "… was tried")
tap.ok("visitor@" not in text and "uses the visitor as the envelope" not in words, "no made-up name in the text")
tap.ok(text.index("QUESTIONS") < text.index("FIX") and text.rstrip().endswith("(pass)."), "the fix ends it")

# ---- the form's own SPF fails ----
got, text = rows("--mail-from", "webmaster@www.example.com", "--ip", "203.0.113.9", "--ascii", *DNS)
tap.same(("fail", "none", "- NONE", "refuse it (SPF)"), got["no DMARC record"], "the form's own SPF fails")
tap.ok("the result is fail. SPF or DKIM must pass for that domain" in flat(text), "… its own From would fail, too")

# ---- a visitor who is given, whose record names servers in each range that is free for examples ----
with tempfile.TemporaryDirectory() as folder:
    zone = os.path.join(folder, "visitor.dns")
    with open(zone, "w", encoding="utf-8") as out:
        out.write('clinic.example. 300 IN TXT "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 ip4:203.0.113.0/24 -all"\n'
                  '_dmarc.clinic.example. 300 IN TXT "v=DMARC1; p=reject"\n;! complete .\n')
    got, text = rows("--from", "hana@clinic.example", "--ascii", "--dns", zone)
tap.same(("fail", "none", "x FAIL", "refuse it"), got["as given (--from)"], "a form's server is in no visitor's record")

# ---- DNS is not at hand ----
got, text = rows("--mail-from", "form@clinic.example", "--ip", "192.0.2.1", "--offline", "--ascii")
tap.same(("unknown", "none", "? UNKNOWN", "?"), got["p=reject"], "offline, under the visitors' own top level: unknown")
tap.ok("Missing: DNS answers (offline)" in flat(text) and "cannot be told" in flat(text), "… the text says what is missing")
got, text = rows("--mail-from", "form@clinic.example.com", "--offline", "--ascii")
tap.same("x FAIL", got["p=reject"][2], "offline, another top level: fail is certain")
tap.ok("the result is unknown. Missing: DNS answers" in flat(text), "… the form's own address stays open")

# ---- one visitor that is given ----
got, text = rows("--from", "user@example.jp", *OWN, "--ascii", *DNS)
tap.same(("pass", "pass", "x FAIL", "refuse it"), got.get("as given (--from)"), "--from with --form: one row more")
tap.same(["given"] + CASES, [o["form"] for o in ask("--form", "--from", "user@example.jp", *OWN, *DNS)], "… one object more")
got, text = rows("--dkim", "example.jp", "--from", "user@example.jp", *DNS)
tap.ok("Not for every visitor" in text, "a signature of one visitor's domain helps that one only")
tap.same(["pass", "fail", "fail", "fail", "none", "none"],
         [o["dmarc"]["rfc9989"]["result"] for o in ask("--form", "--dkim", "example.jp", "--from", "user@example.jp", *DNS)],
         "… in JSON, too")

# ---- JSON ----
objects = ask("--form", *OWN, *DNS)
tap.same(CASES, [o["form"] for o in objects], "an object for each visitor, named by `form`")
tap.same([("fail", "none"), ("fail", "quarantine"), ("fail", "reject"), ("none", None), ("none", None)],
         [(o["dmarc"]["rfc9989"]["result"], o["dmarc"]["rfc9989"]["applied"]) for o in objects], "results and policies")
tap.same([("fail", "none"), ("fail", "quarantine"), ("fail", "reject"), ("none", None), ("none", None)],
         [(o["dmarc"]["rfc7489"]["result"], o["dmarc"]["rfc7489"]["applied"]) for o in objects], "… by RFC 7489, too")
tap.ok(all(o["dmarc"][rfc]["basis"] == "assumed" for o in objects for rfc in ("rfc9989", "rfc7489")), "basis")
tap.ok(all(o["from"]["domain"].endswith(".example") and o["source"]["kind"] == "check" for o in objects), "reserved names")
tap.ok(all(o["from"]["domain"] for o in objects) and len({o["from"]["domain"] for o in objects}) == 5, "five domains")
tap.same([["form-own-address"]] * 5, [[a["pattern"] for a in o["advice"]] for o in objects], "one advice")
tap.ok(all(o["advice"][0]["who"] == "form-owner" and o["advice"][0]["proved"] is True for o in objects), "… that was tried")
tap.same("From:     webmaster@www.example.com\nReply-To: visitor@visitor-reject.example",
         objects[2]["advice"][0]["record"], "… to copy")
tap.ok(all(a["source"] == "assumed" for o in objects for a in o["dns"] if "visitor" in a["name"]),
       "the visitors' DNS says that it is assumed")
tap.same({"webform.dns"}, {a["source"] for o in objects for a in o["dns"] if a["name"].endswith("example.com")},
         "all other names are asked below")
tap.ok(all("form" == list(o)[-1] for o in objects), "`form` stands behind the contract's keys")
visitors = ask("--form", *DNS)
tap.same(["softfail"] * 4 + ["fail"], [o["spf"]["mail_from"]["result"] for o in visitors], "SPF of the visitor as sender")
tap.same([("--form", "--form")] * 5,
         [(o["from"]["evidence"], o["envelope"]["mail_from"]["evidence"]) for o in visitors], "… by --form")
tap.same([[None]] * 5, [[a["record"] for a in o["advice"]] for o in visitors], "no address of its own, none to copy")

# ---- exit status: the worst, fail before unknown before none ----
tap.same(1, call("--form", "--exit-code", *OWN, *DNS)[0], "--exit-code: fail")
tap.same(4, call("--form", "--exit-code", "--mail-from", "form@clinic.example", "--ip", "192.0.2.1", "--offline")[0],
         "--exit-code: unknown")
tap.same(0, call("--form", *OWN, *DNS)[0], "0 without it")

# ---- the visitors are other organizations, whatever the user's DNS says of their top level ----
with tempfile.TemporaryDirectory() as folder:
    zone = os.path.join(folder, "trap.zone")
    with open(zone, "w") as out:
        out.write(';! snapshot 1\n;! complete .\n_dmarc.example. 300 IN TXT "v=DMARC1; p=none"\n'
                  '_dmarc.visitor-reject.example. 300 IN TXT "v=DMARC1; p=none"\n'
                  'clinic.example. 300 IN TXT "v=spf1 ip4:192.0.2.1 -all"\n')
    trap = ask("--form", "--mail-from", "form@clinic.example", "--ip", "192.0.2.1", "--dns", zone)
    tap.same(["fail", "fail", "fail", "none", "none"], [o["dmarc"]["rfc9989"]["result"] for o in trap],
             "a record at the visitors' top level makes no pass")
    tap.same("reject", trap[2]["dmarc"]["rfc9989"]["applied"], "… nor another policy")

# ---- a DNS server that is dead: nobody listens on the port of "discard" here ----
dead = ask("--form", "--mail-from", "a@example.com", "--ip", "192.0.2.1", "--dns-server", "127.0.0.1@9", "--dns-timeout", "1")
tap.same(["temperror"] * 5, [o["spf"]["mail_from"]["result"] for o in dead], "a dead server: temperror, never fail")
tap.same(1, len({a["ms"] for o in dead for a in o["dns"] if a["name"] == "example.com"}), "… waited for once, not for each visitor")

# ---- paper ----
tap.ok(max(len(line) for line in call("--form", *OWN, "--ascii", *DNS)[1].splitlines()) <= 80, "no line beyond 80 columns")
tap.end()
