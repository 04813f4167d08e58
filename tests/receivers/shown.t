#!/usr/bin/python3
"""What each mail program shows of the sender, and the line that says why. SPDX-License-Identifier: MIT"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from receiverlib import PROGRAM, ZONE, Tap, call, fields, report, write  # noqa: E402

tap = Tap()
ESP = ZONE + ['esp.example. IN TXT "v=spf1 ip4:192.0.2.10 -all"']
OTHER = {"d": "esp.example"}
OWN = {"d": "shop.example"}
PLAIN = "Shop <news@shop.example>"


def shown(name, change, zone, sign):
    return {one["program"]: one for one in report(write(name, fields(change), zone, sign))["shown"]}


def lines(name, change, zone, sign, **want):
    found = shown(name, change, zone, sign)
    for program, line in want.items():
        one = found[program.replace("_", "-")]
        tap.same(line, one["line"] if one["mark"] is None else (one["line"], one["mark"]), f"{name}: {program}")
    return found


found = lines("own", {}, ZONE, [OWN], gmail=PLAIN, outlook=PLAIN, outlook_classic=PLAIN, yahoo="Shop", apple_mail="Shop")
tap.same("shown-why-proved", found["gmail"]["reason"], "own: why")
tap.ok(all(one["source"] and one["as_of"] and one["why"] for one in found.values()), "each has a source, a date and a reason")
tap.ok(found["gmail"]["known"] and not found["yahoo"]["known"], "documented and inferred are told apart")
lines("service", {"Return-Path": "<b@esp.example>"}, ESP, [OTHER], gmail=PLAIN + " via esp.example",
      outlook=PLAIN + " via esp.example", yahoo="Shop")
# SES as it comes: the domain's own signature, the service's envelope.
found = lines("default", {"Return-Path": "<b@esp.example>"}, ESP, [OTHER, OWN], gmail=PLAIN, outlook=PLAIN + " via esp.example")
tap.ok(not found["outlook"]["known"], "where the page does not tell, the line is inferred")
lines("unsigned", {"Return-Path": "<b@esp.example>"}, ESP, [], gmail=PLAIN + " via esp.example", outlook=PLAIN + " via esp.example")
lines("nothing", {}, ZONE[1:], [], gmail=(PLAIN, "mark-question"), outlook=(PLAIN, "mark-question"), apple_mail="Shop")
lines("open", {"Received": None}, ZONE, [], gmail=(PLAIN, "mark-question-maybe"))
lines("sender", {"Sender": "Desk <desk@shop.example>"}, ZONE, [OWN], outlook_classic="desk@shop.example on behalf of Shop", gmail=PLAIN)
lines("nameless", {"From": "news@shop.example"}, ZONE, [OWN], gmail="news@shop.example", yahoo="news@shop.example")
found = lines("trick", {"From": '"boss@example.jp" <x@shop.example>'}, ZONE, [OWN], yahoo="boss@example.jp")
tap.same("shown-why-trick", found["yahoo"]["reason"], "a name that holds another address")
tap.ok("x@shop.example" in found["apple-mail"]["why"], "and whose it really is")
tap.same({}, shown("no author", {"From": None}, ZONE, [OWN]), "no author, nothing to show")
text = call("report", "--second-opinions", "off", write("text", fields(), ZONE, [OWN])).stdout.decode()
tap.ok("WHAT A READER SEES" in text and "RECEIVERS' OWN RULES" in text, "both stand in the text report")
hostile = write("hostile", fields({"From": '"\x1b[31mRed" <a@shop.example>'}), ZONE, [OWN])
text = call("report", "--second-opinions", "off", hostile).stdout
tap.ok(b"\x1b" not in text and b"\\x1B[31mRed" in text, "no escape sequence reaches the terminal")
# The view, line by line, as those read it who cannot see it.
path = write("view", fields(), ZONE[:1], [])
told = subprocess.run([PROGRAM, "--plain", path], input=b"receivers\nshown\nquit\n", capture_output=True, timeout=60,
                      env=dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", TZ="UTC")).stdout.decode()
flat = " ".join(told.split())
tap.ok("DKIM: x fail. There is no DKIM signature." in flat, "the view reads each rule aloud", told)
tap.ok("Gmail: Shop <news@shop.example>" in flat and "Gmail, bulk senders (2026-07-02): x fail" in flat, "with names and dates")
tap.end()
