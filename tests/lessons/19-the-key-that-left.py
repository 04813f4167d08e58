"""Lesson 19: an old mail whose key is gone, one whose key was replaced, and one that waited too long.
SPDX-License-Identifier: MIT"""
from way import Way

FIELDS = "from to subject date message-id mime-version content-type"

MESSAGE = """\
From: Kaede Paper <{who}@kaede.example>
To: sho@example.jp
Subject: {subject}
Date: {sent}
Message-ID: <{n}.{who}@kaede.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

TRACE = """\
Return-Path: <b-{n}@mail.esp.example>
Delivered-To: sho@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom=b-{n}@mail.esp.example;
 dkim={dkim} header.d=kaede.example header.s={s};
 dmarc={dmarc} (p=QUARANTINE) header.from=kaede.example
Received: from out7.mail.esp.example (out7.mail.esp.example [198.51.100.27])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fL{n}4Yy6z1kZz
 for <sho@example.jp>; {came} (JST)
"""

ZONE = """\
; A paper mill that sends through a service and signs with its own name.
$ORIGIN kaede.example.
@               IN A     192.0.2.195
                IN TXT   "v=spf1 ip4:192.0.2.195 -all"
_dmarc          IN TXT   "v=DMARC1; p=quarantine; rua=mailto:dmarc@kaede.example"
{keys};! complete kaede.example.

$ORIGIN esp.example.
@               IN A     198.51.100.26
mail            IN MX    10 mail
                IN TXT   "v=spf1 ip4:198.51.100.27 -all"
out7.mail       IN A     198.51.100.27
                IN TXT   "v=spf1 a -all"
;! complete esp.example.
;! nxdomain _dmarc.example.
27.100.51.198.in-addr.arpa. IN PTR out7.mail.esp.example.
"""

OLD = {"n": "190", "who": "contract", "subject": "Our contract for 2026", "s": "s2025", "dkim": "pass", "dmarc": "pass",
       "sent": "Mon, 01 Dec 2025 10:00:02 +0900", "came": "Mon, 01 Dec 2025 10:00:05 +0900",
       "body": "Dear Sho,\n\nwe hold the price of 2025 for one more year: 118 yen a kilogram.\n\nKaede Paper"}
SWAPPED = dict(OLD, n="191", who="offer", subject="Our offer for 2027", s="mail", dkim="pass",
               sent="Tue, 16 Dec 2025 09:30:02 +0900", came="Tue, 16 Dec 2025 09:30:04 +0900",
               body="Dear Sho,\n\nfor 2027 we offer 121 yen a kilogram.\n\nKaede Paper")
LATE = dict(OLD, n="192", who="bill", subject="Bill for October", s="s2026", dkim="fail", dmarc="fail",
            sent="Mon, 09 Nov 2026 18:00:02 +0900", came="Fri, 13 Nov 2026 07:12:40 +0900",
            body="Dear Sho,\n\nthe bill for October is attached to the parcels.\n\nKaede Paper")


class Other:
    """The domain's key of today under a selector of yesterday."""

    def __init__(self, key, selector):
        self.selector, self.domain, self.private = selector, key.domain, key.private
        self.sign = lambda message, fields: type(key).sign(self, message, fields)


def write(lesson):
    old, now = lesson.key("s2025", "kaede.example"), lesson.key("s2026", "kaede.example")
    today = "s2026._domainkey IN TXT " + now.record + "\n"
    sent = "198.51.100.27", "b-190@mail.esp.example", "out7.mail.esp.example", "pass"
    for name, title, facts, key, keys, good in (
            ("message", "The key of last year is gone.", OLD, old, today, False),
            ("swapped", "The name of the key stayed, the key is another.", SWAPPED, Other(old, "mail"),
             today + "mail._domainkey IN TXT " + now.record + "\n", False)):
        lesson.zone(name, title, ZONE.format(keys=keys))
        way = Way(lesson, name, MESSAGE.format(**facts))
        way.sign(key, FIELDS)
        way.arrive(TRACE.format(**facts), lesson.want(*sent, [good]))
    lesson.zone("late", "A signature with a last day, and a mail that came after it.", ZONE.format(keys=today))
    way = Way(lesson, "late", MESSAGE.format(**LATE))
    way.sign(now, FIELDS, days=2)
    # dkimpy's clock stands at the time of signing: it sees that the signature itself is good.
    way.arrive(TRACE.format(**LATE), lesson.want(*sent, [True]))
