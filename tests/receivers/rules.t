#!/usr/bin/python3
"""Each rule with messages that keep it, break it, leave it open, and that it does not concern. SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from receiverlib import FIELDS, SIGNED, ZONE, Tap, fields, report, rules, verdicts, write  # noqa: E402

tap = Tap()
NO_RECORD = ZONE[:1]
OTHER = {"d": "esp.example"}
RECEIVED = dict(FIELDS)["Received"]
PASS, FAIL, OPEN, NOT = "pass", "fail", "unknown", "not-applicable"


def received(old, new):
    assert old in RECEIVED
    return {"Received": RECEIVED.replace(old, new)}


def cut(raw):
    """What somebody pasted of it: no longer the whole header."""
    return b"From: Shop <news@shop.example>\nSubject: News\nDate: Wed, 18 Nov 2026 11:59:58 +0900\n"


BULK, ALL, YAHOO, MICROSOFT, ICLOUD = "gmail-bulk", "gmail", "yahoo-bulk", "microsoft-bulk", "icloud"
# name, (profile, rule), result, reason, changed fields, zone, signatures
CASES = [
    ("spf passes", (BULK, "spf"), PASS, "rule-spf-passed", {}, ZONE, None),
    ("spf fails", (BULK, "spf"), FAIL, "rule-spf-failed", received("192.0.2.10", "192.0.2.99"), ZONE, None),
    ("no spf record", (BULK, "spf"), FAIL, "rule-spf-none", {}, ZONE[1:], None),
    ("spf times out", (BULK, "spf"), OPEN, "rule-spf-dns", {}, [";! timeout shop.example. TXT", ZONE[1]], None),
    ("spf times out, two authors", (BULK, "spf"), OPEN, "rule-spf-dns", {"From": "a@shop.example, b@example.net"},
     [";! timeout shop.example. TXT", ZONE[1]], None),
    ("no client", (BULK, "spf"), OPEN, "rule-spf-missing", {"Received": None}, ZONE, None),
    ("dkim passes", (BULK, "dkim"), PASS, "rule-dkim-passed", {}, ZONE, None),
    ("unsigned", (BULK, "dkim"), FAIL, "rule-dkim-none", {}, ZONE, []),
    ("another's signature", (BULK, "dkim"), PASS, "rule-dkim-passed", {}, ZONE, [OTHER]),
    ("key times out", (BULK, "dkim"), OPEN, "rule-dkim-unknown", {}, ZONE, [{"d": "shop.example", "hidden": True}]),
    ("spf alone is enough for all", (ALL, "dkim"), NOT, "rule-instead", {}, ZONE, []),
    ("dkim alone is enough for all", (ALL, "spf"), NOT, "rule-instead", {}, ZONE[1:], None),
    ("neither", (ALL, "spf"), FAIL, "rule-spf-none", {}, ZONE[1:], []),
    ("neither, bulk", (BULK, "authenticated"), FAIL, "rule-neither", {}, ZONE[1:], []),
    ("spf fails, the other is open", (ALL, "spf"), OPEN, "rule-instead-open", {}, ZONE[1:],
     [{"d": "shop.example", "hidden": True}]),
    ("aligned", (BULK, "alignment"), PASS, "rule-aligned", {}, ZONE, None),
    ("aligned by spf", (BULK, "alignment"), PASS, "rule-aligned", {}, ZONE, [OTHER]),
    ("unaligned", (BULK, "alignment"), FAIL, "rule-unaligned", {"Return-Path": "<b@esp.example>"},
     ZONE + ['esp.example. IN TXT "v=spf1 ip4:192.0.2.10 -all"'], [OTHER]),
    ("unaligned, a list", (BULK, "alignment"), FAIL, "rule-unaligned-forwarded",
     {"Return-Path": "<b@esp.example>", "List-Post": "<mailto:l@esp.example>"}, ZONE, [OTHER]),
    ("alignment open", (BULK, "alignment"), OPEN, "rule-alignment-open", {"Return-Path": "<b@esp.example>"}, ZONE,
     [{"d": "shop.example", "hidden": True}]),
    ("two authors", (BULK, "alignment"), OPEN, "rule-no-author",
     {"From": "a@shop.example, b@example.net", "Sender": "a@shop.example"}, ZONE, None),
    ("record", (BULK, "dmarc-record"), PASS, "rule-record-found", {}, ZONE, None),
    ("no record", (BULK, "dmarc-record"), FAIL, "rule-record-none", {}, NO_RECORD, None),
    ("record open", (BULK, "dmarc-record"), OPEN, "rule-record-open", {},
     NO_RECORD + [";! timeout _dmarc.shop.example."], None),
    ("dmarc passes", (YAHOO, "dmarc"), PASS, "rule-dmarc-passed", {}, ZONE, None),
    ("dmarc fails", (YAHOO, "dmarc"), FAIL, "rule-dmarc-failed", {"Return-Path": "<b@esp.example>"}, ZONE, [OTHER]),
    ("no dmarc", (YAHOO, "dmarc"), FAIL, "rule-dmarc-none", {}, NO_RECORD, None),
    ("dmarc open", (YAHOO, "dmarc"), OPEN, "rule-dmarc-open", {}, NO_RECORD + [";! servfail _dmarc.shop.example."], None),
    ("policy reject", (MICROSOFT, "dmarc-reject"), FAIL, "rule-policy-asks", {"Return-Path": "<b@esp.example>"},
     NO_RECORD + ['_dmarc.shop.example. IN TXT "v=DMARC1; p=reject"'], [OTHER]),
    ("policy none", (MICROSOFT, "dmarc-reject"), NOT, "rule-policy-other", {"Return-Path": "<b@esp.example>"}, ZONE, [OTHER]),
    ("policy quarantine", (ICLOUD, "dmarc-quarantine"), FAIL, "rule-policy-asks", {"Return-Path": "<b@esp.example>"},
     NO_RECORD + ['_dmarc.shop.example. IN TXT "v=DMARC1; p=quarantine"'], [OTHER]),
    ("no policy", (ICLOUD, "dmarc-reject"), NOT, "rule-policy-no-record", {}, NO_RECORD, None),
    ("not Gmail's domain", (BULK, "own-domain"), NOT, "rule-not-own-domain", {}, ZONE, None),
    ("Gmail's domain, borrowed", (BULK, "own-domain"), FAIL, "rule-own-domain-borrowed", {"From": "x@gmail.com"},
     ZONE + ['_dmarc.gmail.com. IN TXT "v=DMARC1; p=none"'], None),
    ("Gmail's domain, its own", (BULK, "own-domain"), PASS, "rule-own-domain-proved", {"From": "x@gmail.com"},
     ZONE + ['_dmarc.gmail.com. IN TXT "v=DMARC1; p=none"'], [{"d": "gmail.com"}]),
    ("Gmail's domain, open", (BULK, "own-domain"), OPEN, "rule-own-domain-open", {"From": "x@gmail.com"},
     ZONE + ['_dmarc.gmail.com. IN TXT "v=DMARC1; p=none"'], [{"d": "gmail.com", "hidden": True}]),
    ("2048 bits", (BULK, "dkim-key"), PASS, "rule-key-long", {}, ZONE, None),
    ("1024 bits", (BULK, "dkim-key"), PASS, "rule-key-long", {}, ZONE, [{"d": "shop.example", "bits": 1024}]),
    ("1024 bits are not what is recommended", (BULK, "dkim-key-long"), FAIL, "rule-key-short", {}, ZONE,
     [{"d": "shop.example", "bits": 1024}]),
    ("768 bits", (BULK, "dkim-key"), FAIL, "rule-key-short", {}, ZONE, [{"d": "shop.example", "bits": 768}]),
    ("no key", (BULK, "dkim-key"), NOT, "rule-key-none", {}, ZONE, []),
    ("tls", (BULK, "tls"), PASS, "rule-tls-used", {}, ZONE, None),
    ("no tls", (BULK, "tls"), FAIL, "rule-tls-none", received("ESMTPS", "ESMTP"), ZONE, None),
    *[(f"tls by {word}", (BULK, "tls"), PASS, "rule-tls-used", received("ESMTPS", word), ZONE, None)
      for word in ("ESMTPSA", "UTF8SMTPS", "UTF8SMTPSA", "SMTPS", "esmtps")],
    *[(f"no tls by {word}", (BULK, "tls"), FAIL, "rule-tls-none", received("ESMTPS", word), ZONE, None)
      for word in ("ESMTPA", "UTF8SMTP", "UTF8SMTPA", "SMTP")],
    ("tls in a comment", (BULK, "tls"), PASS, "rule-tls-used",
     received("ESMTPS id 4ABC", "ESMTP id 4ABC\n\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384)"), ZONE, None),
    ("Microsoft says nothing", (BULK, "tls"), OPEN, "rule-tls-unsaid", received("ESMTPS", "Microsoft SMTP Server"), ZONE, None),
    ("no Received", (BULK, "tls"), OPEN, "rule-no-received", {"Received": None}, ZONE, None),
    ("ptr", (BULK, "ptr"), PASS, "rule-ptr-found", {}, ZONE, None),
    ("no ptr, Postfix", (BULK, "ptr"), FAIL, "rule-ptr-none", received("(mail.shop.example [", "(unknown ["), ZONE, None),
    ("no ptr, sendmail", (BULK, "ptr"), FAIL, "rule-ptr-none",
     received("(mail.shop.example [192.0.2.10])", "(mail.shop.example [192.0.2.10] (may be forged))"), ZONE, None),
    ("no ptr, qmail", (BULK, "ptr"), FAIL, "rule-ptr-none",
     received("from mail.shop.example (mail.shop.example [192.0.2.10])", "from unknown (HELO mail.shop.example) (192.0.2.10)"),
     ZONE, None),
    ("no ptr, Exim", (BULK, "ptr"), FAIL, "rule-ptr-none",
     received("from mail.shop.example (mail.shop.example [192.0.2.10])\n\tby mx.example.jp (Postfix) with ESMTPS id 4ABC",
              "from [192.0.2.10] (helo=mail.shop.example)\n\tby mx.example.jp with esmtps (TLS1.3) (Exim 4.96) id 1abc"),
     ZONE, None),
    ("ptr, Exim", (BULK, "ptr"), PASS, "rule-ptr-found",
     received("from mail.shop.example (mail.shop.example [192.0.2.10])\n\tby mx.example.jp (Postfix) with ESMTPS id 4ABC",
              "from mail.shop.example ([192.0.2.10])\n\tby mx.example.jp with esmtps (TLS1.3) (Exim 4.96) id 1abc"),
     ZONE, None),
    ("ptr, Google", (BULK, "ptr"), PASS, "rule-ptr-found",
     received("(mail.shop.example [192.0.2.10])", "(mail.shop.example. [192.0.2.10])"), ZONE, None),
    ("no tls, qmail does not tell", (BULK, "tls"), OPEN, "rule-tls-unsaid",
     received(" (Postfix) with ESMTPS id 4ABC\n\tfor <taro@example.jp>", " with SMTP"), ZONE, None),
    ("ptr not said", (BULK, "ptr"), OPEN, "rule-ptr-unsaid", received("(mail.shop.example [192.0.2.10])", "([192.0.2.10])"),
     ZONE, None),
    ("ptr without Received", (BULK, "ptr"), OPEN, "rule-no-received", {"Received": None}, ZONE, None),
    ("one click", (BULK, "one-click"), PASS, "rule-one-click", {}, ZONE, None),
    ("no marketing", (BULK, "one-click"), NOT, "rule-no-marketing",
     {"List-Unsubscribe": None, "List-Unsubscribe-Post": None}, ZONE, None),
    ("a discussion", (BULK, "one-click"), NOT, "rule-discussion-list", {"List-Post": "<mailto:l@shop.example>"}, ZONE, None),
    ("no post", (BULK, "one-click"), FAIL, "rule-one-click-no-post", {"List-Unsubscribe-Post": None}, ZONE, None),
    ("only post", (BULK, "one-click"), FAIL, "rule-one-click-only-post", {"List-Unsubscribe": None}, ZONE, None),
    ("post reads otherwise", (BULK, "one-click"), FAIL, "rule-one-click-post-value",
     {"List-Unsubscribe-Post": "List-Unsubscribe=one-click"}, ZONE, None),
    ("mailto only", (BULK, "one-click"), FAIL, "rule-one-click-no-https", {"List-Unsubscribe": "<mailto:u@shop.example>"}, ZONE, None),
    ("http only", (BULK, "one-click"), FAIL, "rule-one-click-http", {"List-Unsubscribe": "<http://shop.example/u>"}, ZONE, None),
    ("mailto and https", (BULK, "one-click"), PASS, "rule-one-click",
     {"List-Unsubscribe": "<mailto:u@shop.example>,\n\t<https://shop.example/u>"}, ZONE, None),
    ("two https", (BULK, "one-click"), FAIL, "rule-one-click-several",
     {"List-Unsubscribe": "<https://shop.example/u>, <https://shop.example/v>"}, ZONE, None),
    ("repeated", (BULK, "one-click"), FAIL, "rule-one-click-repeated",
     {"List-Unsubscribe": ["<https://shop.example/u>", "<https://shop.example/v>"]}, ZONE, None),
    ("not covered", (BULK, "one-click"), FAIL, "rule-one-click-unsigned", {}, ZONE,
     [{"d": "shop.example", "h": SIGNED[:-1]}]),
    ("covered by another's signature", (BULK, "one-click"), PASS, "rule-one-click", {}, ZONE,
     [{"d": "shop.example", "h": SIGNED[:-1]}, OTHER]),
    ("covered by one that is open", (BULK, "one-click"), OPEN, "rule-one-click-open", {}, ZONE,
     [{"d": "shop.example", "hidden": True}]),
    ("an http URI beside it", (BULK, "one-click"), FAIL, "rule-one-click-several",
     {"List-Unsubscribe": "<https://shop.example/u/1>, <http://shop.example/u/1>"}, ZONE, None),
    ("mailto will do for Yahoo", (YAHOO, "unsubscribe"), PASS, "rule-unsubscribe",
     {"List-Unsubscribe": "<mailto:u@shop.example>", "List-Unsubscribe-Post": None}, ZONE, None),
    ("nothing in it", (YAHOO, "unsubscribe"), FAIL, "rule-unsubscribe-empty", {"List-Unsubscribe": "<>"}, ZONE, None),
    ("one From", (BULK, "single-from"), PASS, "rule-from-one", {}, ZONE, None),
    ("two From fields", (BULK, "single-from"), FAIL, "rule-from-repeated", {"From": ["a@shop.example", "b@shop.example"]}, ZONE, []),
    ("two addresses", (BULK, "single-from"), FAIL, "rule-from-several",
     {"From": "a@shop.example, b@shop.example", "Sender": "a@shop.example"}, ZONE, None),
    ("no address", (BULK, "single-from"), FAIL, "rule-from-unreadable", {"From": "Shop"}, ZONE, []),
    ("blacked out", (BULK, "single-from"), OPEN, "rule-from-redacted", {"From": "Shop <[redacted]>"}, ZONE, []),
    ("Message-ID", (BULK, "message-id"), PASS, "rule-message-id", {}, ZONE, None),
    ("no Message-ID", (BULK, "message-id"), FAIL, "rule-message-id-none", {"Message-ID": None}, ZONE, None),
    ("two of them", (BULK, "message-id"), FAIL, "rule-message-id-repeated", {"Message-ID": ["<a@shop.example>", "<b@shop.example>"]},
     ZONE, None),
    ("without brackets", (BULK, "message-id"), FAIL, "rule-message-id-invalid", {"Message-ID": "n1@shop.example"}, ZONE, None),
    ("without @", (BULK, "message-id"), FAIL, "rule-message-id-invalid", {"Message-ID": "<n1.shop.example>"}, ZONE, None),
    ("with a blank", (BULK, "message-id"), FAIL, "rule-message-id-invalid", {"Message-ID": "<n 1@shop.example>"}, ZONE, None),
    ("of a literal", (BULK, "message-id"), PASS, "rule-message-id", {"Message-ID": "<n1@[192.0.2.10]>"}, ZONE, None),
    ("format", (BULK, "format"), PASS, "rule-format", {}, ZONE, None),
    ("two subjects", (BULK, "format"), FAIL, "rule-field-repeated", {"Subject": ["a", "b"]}, ZONE, None),
    ("no date", (BULK, "format"), FAIL, "rule-field-missing", {"Date": None}, ZONE, None),
    ("two authors, no sender", (BULK, "format"), FAIL, "rule-sender-missing", {"From": "a@shop.example, b@shop.example"}, ZONE, None),
    ("a long line", (BULK, "format"), FAIL, "rule-line-long", {"X-Long": "y" * 1000}, ZONE, None),
    ("encoded Message-ID", (BULK, "encoded-words"), FAIL, "rule-encoded-word", {"Message-ID": "=?us-ascii?Q?=3Cn1=40shop=3E?="}, ZONE, None),
    ("encoded address", (BULK, "encoded-words"), FAIL, "rule-encoded-address", {"To": "<=?utf-8?B?dGFybw==?=@example.jp>"}, ZONE, None),
    ("encoded Return-Path", (BULK, "encoded-words"), FAIL, "rule-encoded-word", {"Return-Path": "<=?utf-8?B?dGFybw==?=@shop.example>"}, ZONE, None),
    ("encoded name", (BULK, "encoded-words"), PASS, "rule-no-encoded-word", {"From": "=?utf-8?B?5bqX?= <news@shop.example>"}, ZONE, None),
    ("no other scripts", (BULK, "idn"), NOT, "rule-idn-none", {}, ZONE, None),
    ("Japanese", (BULK, "idn"), PASS, "rule-idn", {"Reply-To": "a@xn--eckwd4c7cu47r2wf.example"}, ZONE, None),
    ("mixed scripts", (BULK, "idn"), FAIL, "rule-idn-mixed", {"Reply-To": "a@xn--pypal-4ve.example"}, ZONE, None),
    ("no arc", (ICLOUD, "arc"), NOT, "rule-arc-none", {}, ZONE, None),
    ("a broken chain", (ICLOUD, "arc"), FAIL, "rule-arc-failed", {"ARC-Seal": "i=1; cv=none; a=rsa-sha256; d=x.example; s=a; b=AA=="}, ZONE, None),
    ("domains exist", (YAHOO, "domain-exists"), PASS, "rule-domain-exists", {}, ZONE, None),
    ("domain missing", (YAHOO, "domain-exists"), FAIL, "rule-domain-missing", {"Return-Path": "<b@ghost.example>"},
     ZONE + [";! nxdomain ghost.example."], None),
    ("spam rate", (BULK, "spam-rate"), NOT, "rule-elsewhere", {}, ZONE, None),
]

for number, (name, (profile, rule), result, reason, change, zone, sign) in enumerate(CASES):
    usual = ({"d": "shop.example"},)
    path = write(f"c{number}", fields(change), zone, usual if sign is None else sign)
    tap.same((result, reason), rules(report(path))[profile][rule], f"{name}: {rule} of {profile}")

# RFC 5322, 3.6: what may stand once, twice. (From and Subject stand above.)
for name in ("Date", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References"):
    parts = fields({name: None}) + [(name, "<a@shop.example>"), (name, "<b@shop.example>")]
    path = write(f"twice-{name}", parts, ZONE, ())
    tap.same((FAIL, "rule-field-repeated"), rules(report(path))[BULK]["format"], f"two of {name}")

path = write("fragment", fields(), ZONE, alter=cut)
found = rules(report(path))[BULK]
for rule in ("dkim", "message-id", "one-click"):
    tap.same((OPEN, "rule-partial"), found[rule], f"of a fragment nothing is missing: {rule}")

# A paste that ends before From: may have lost any other field with it, though it has Received.
AHEAD = ("Return-Path", "Received", "To", "Subject")
parts = sorted(fields(), key=lambda part: part[0] not in AHEAD)
path = write("cut-short", parts, ZONE, alter=lambda raw: raw[:raw.index(b"\r\nFrom:")].replace(b"\r\n", b" "))
short = report(path)
tap.same(("reflowed", "author-not-pasted"), (short["source"]["fidelity"], short["dmarc"]["rfc9989"]["reason"]),
         "a paste without From:")
for rule in ("single-from", "message-id", "format"):
    tap.same((OPEN, "rule-partial"), rules(short)[BULK][rule], f"of such a paste nothing is missing: {rule}")

# Typed off a page: who dropped the brackets is not known.
path = write("typed", fields(), ZONE, alter=lambda raw: b"From: Shop news@shop.example\nTo: taro@example.jp\nSPF: PASS\nDKIM: PASS\n")
tap.same((OPEN, "rule-from-unreadable"), rules(report(path))[BULK]["single-from"], "an author that a copy garbled is open")

# ---- whole profiles ----
good = report(write("good", fields(), ZONE))
tap.same(dict.fromkeys((ALL, BULK, YAHOO, MICROSOFT, ICLOUD), PASS), verdicts(good), "a mail that keeps to everything")
tap.same([ALL, BULK, YAHOO, MICROSOFT, ICLOUD], [one["profile"] for one in good["receivers"]], "in INTERFACE.md's order")
for one in good["receivers"]:
    tap.ok(all(rule["source"] for rule in one["rules"]) and one["as_of"] and one["code"] is None,
           f"{one['profile']}: sources, date, no code")
record = report(write("support", fields(), NO_RECORD))
tap.same((FAIL, PASS), (rules(record)[BULK]["dmarc-record"][0], verdicts(record)[BULK]),
         "without a record Gmail only helps no longer")
tap.same(FAIL, verdicts(record)[YAHOO], "without a record Yahoo refuses")
lists = report(write("nopost", fields({"List-Unsubscribe-Post": None}), ZONE))
tap.same((FAIL, PASS), (rules(lists)[BULK]["one-click"][0], verdicts(lists)[BULK]), "one-click alone refuses nothing")
codes = {one["profile"]: one["code"] for one in report(write("codes", fields(), ZONE[1:], []))["receivers"]}
tap.same({ALL: "4.7.26, 5.7.26", BULK: "4.7.26, 5.7.26", YAHOO: None, MICROSOFT: "5.7.515", ICLOUD: None}, codes,
         "the answer to expect where neither passes")
codes = {one["profile"]: one["code"] for one in report(write("codes2", fields(), ZONE, []))["receivers"]}
tap.same((None, "4.7.30, 5.7.30"), (codes[ALL], codes[BULK]), "and where only DKIM is missing")
# An untrusted report makes no pass.
claimed = {"Received": None, "Authentication-Results": "mx.example.jp; spf=pass smtp.mailfrom=shop.example; "
                                                       "dkim=pass header.d=shop.example; dmarc=pass header.from=shop.example"}
path = write("claimed", fields(claimed), ZONE, [])
tap.ok(all(one != PASS for one in (rules(report(path))[BULK]["spf"][0], rules(report(path))[BULK]["dkim"][0])),
       "what an untrusted header says makes no pass")
told = rules(report(path, "--trust", "mx.example.jp"))[BULK]
tap.same((PASS, "rule-spf-passed-reported"), told["spf"], "a trusted host's word does: SPF")
tap.same((PASS, "rule-dkim-passed-reported"), told["dkim"], "a trusted host's word does: DKIM")
tap.end()
