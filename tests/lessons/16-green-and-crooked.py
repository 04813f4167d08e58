"""Lesson 16: a look-alike that passes, two From fields, and the bank's own letter, which fails.
SPDX-License-Identifier: MIT"""
from way import Way

FIELDS = "from to subject date message-id mime-version content-type"

MESSAGE = """\
From: {who}
To: ken@example.jp
Subject: {subject}
Date: Fri, 13 Nov 2026 {time}:08 +0900
Message-ID: <{n}@{mailer}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

TRACE = """\
Return-Path: <{mail_from}>
Delivered-To: ken@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom={mail_from};
 dkim=pass header.d={d} header.s={s};
 dmarc={dmarc}
Received: from {helo} ({helo} [{ip}])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fH{n}3Qq7z1kBb
 for <ken@example.jp>; Fri, 13 Nov 2026 {time}:12 +0900 (JST)
"""

ZONE = """\
; The bank. Its newsletter service does not sign in its name.
$ORIGIN kitabank.example.
@               IN A     192.0.2.170
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:192.0.2.171 -all"
mail            IN A     192.0.2.171
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@kitabank.example"
;! complete kitabank.example.

; Bought last week: an l for the first i. Everything in order.
$ORIGIN kltabank.example.
@               IN A     203.0.113.171
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:203.0.113.171 -all"
mail            IN A     203.0.113.171
                IN TXT   "v=spf1 a -all"
_dmarc          IN TXT   "v=DMARC1; p=reject"
k1._domainkey   IN TXT {crook}
;! complete kltabank.example.

; The bank's sending service.
$ORIGIN esp.example.
@               IN A     198.51.100.26
_dmarc          IN TXT   "v=DMARC1; p=reject"
mail            IN MX    10 mail
                IN TXT   "v=spf1 ip4:198.51.100.27 -all"
out7.mail       IN A     198.51.100.27
esp1._domainkey IN TXT {esp}
;! complete esp.example.
;! nxdomain _dmarc.example.
171.113.0.203.in-addr.arpa. IN PTR mail.kltabank.example.
27.100.51.198.in-addr.arpa. IN PTR out7.mail.esp.example.
"""

CROOK = {"mail_from": "alert@kltabank.example", "d": "kltabank.example", "s": "k1", "helo": "mail.kltabank.example",
         "mailer": "kltabank.example", "ip": "203.0.113.171"}
LOOK = dict(CROOK, n="160", time="08:03", who='"Kita Bank security@kitabank.example" <alert@kltabank.example>',
            subject="Please confirm your card", dmarc="pass (p=REJECT) header.from=kltabank.example",
            body="Dear customer,\n\nwe stopped a payment of 89,000 yen. If it was not you, confirm\n"
                 "your card within one hour.\n\nKita Bank, security desk")
TWO = dict(CROOK, n="161", time="08:41", who="Kita Bank <security@kitabank.example>\nFrom: alert@kltabank.example",
           subject="Second notice", dmarc="pass (p=REJECT) header.from=kltabank.example",
           body="Dear customer,\n\nyour card is not confirmed yet.\n\nKita Bank, security desk")
REAL = {"mail_from": "bounce+881@mail.esp.example", "d": "esp.example", "s": "esp1", "helo": "out7.mail.esp.example",
        "mailer": "out7.mail.esp.example", "ip": "198.51.100.27", "n": "162", "time": "10:15",
        "who": "Kita Bank <news@kitabank.example>", "subject": "Beware of false letters in our name",
        "dmarc": "fail (p=REJECT dis=NONE) header.from=kitabank.example",
        "body": "Dear customer,\n\nfalse letters in our name are going round. We never ask for your\n"
                "card by mail.\n\nKita Bank"}


def write(lesson):
    crook, esp = lesson.key("k1", "kltabank.example"), lesson.key("esp1", "esp.example")
    for name, title, facts, key in (("message", "A look-alike domain with everything in order.", LOOK, crook),
                                    ("two", "Two From fields.", TWO, crook),
                                    ("real", "The bank's own letter, through a service.", REAL, esp)):
        lesson.zone(name, title, ZONE.format(crook=crook.record, esp=esp.record))
        way = Way(lesson, name, MESSAGE.format(**facts))
        way.sign(key, "from " + FIELDS if facts is TWO else FIELDS)
        way.arrive(TRACE.format(**facts), lesson.want(facts["ip"], facts["mail_from"], facts["helo"], "pass", [True]))
