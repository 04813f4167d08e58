"""Lesson 10: where an organization ends: two sisters, two tenants of one host, and a record that stands alone.
SPDX-License-Identifier: MIT"""

TRACE = """\
Return-Path: <{mail_from}>
Delivered-To: ken@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom={mail_from};
 dkim=pass header.d={d} header.s=s2026;
 dmarc={dmarc} ({policy}) header.from={author}
Received: from {helo} ({helo} [{ip}])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id {id}
 for <ken@example.jp>; Wed, 18 Nov 2026 {time} +0900 (JST)
"""

MESSAGE = """\
From: {who}
To: ken@example.jp
Subject: {subject}
Date: Wed, 18 Nov 2026 {time} +0900
Message-ID: <{id}@{helo}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

FIELDS = "from to subject date message-id mime-version content-type"

SISTERS = {
    "who": "Minato News <info@news.minato.example>", "author": "news.minato.example",
    "mail_from": "bounce@shop.minato.example", "d": "shop.minato.example", "helo": "out.shop.minato.example",
    "ip": "192.0.2.61", "dmarc": "pass", "policy": "p=REJECT", "id": "4fC010Zq9z1kBa", "time": "08:30:12",
    "subject": "The harbor in November",
    "body": "Dear reader,\n\nthe November issue is here. The lighthouse opens on Saturday,\nand the fish market moves to pier 3.",
}
SISTERS_ZONE = """\
; A group with two departments. One record for all, at the top.
$ORIGIN minato.example.
@               IN A     192.0.2.60
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@minato.example"
news            IN A     192.0.2.60
shop            IN MX    10 out.shop
                IN TXT   "v=spf1 ip4:192.0.2.61 -all"
out.shop        IN A     192.0.2.61
                IN TXT   "v=spf1 a -all"
s2026._domainkey.shop IN TXT {key}
;! complete minato.example.
;! nxdomain _dmarc.example.
61.2.0.192.in-addr.arpa. IN PTR out.shop.minato.example.
"""

TENANTS = {
    "who": "Alice's Garden <alice@alice.hosting.example>", "author": "alice.hosting.example",
    "mail_from": "root@mallory.hosting.example", "d": "mallory.hosting.example", "helo": "mallory.hosting.example",
    "ip": "198.51.100.66", "dmarc": "pass", "policy": "p=REJECT", "id": "4fC020Zq9z1kBb", "time": "09:44:51",
    "subject": "New account for your payments",
    "body": "Dear Ken,\n\nour bank account has changed. Please pay the bulbs to the new one,\nwhich stands in the attached letter.\n\nAlice",
}
TENANTS_ZONE = """\
; A host that gives every customer a name of its own. Its record does not say so: psd=y is missing.
$ORIGIN hosting.example.
@               IN A     198.51.100.64
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@hosting.example"
alice           IN A     198.51.100.65
                IN TXT   "v=spf1 ip4:198.51.100.65 -all"
mallory         IN A     198.51.100.66
                IN TXT   "v=spf1 ip4:198.51.100.66 -all"
s2026._domainkey.mallory IN TXT {key}
;! complete hosting.example.
;! nxdomain _dmarc.example.
66.100.51.198.in-addr.arpa. IN PTR mallory.hosting.example.
"""

ALONE = {
    "who": "Kaze Cycling <ride@news.kaze.example>", "author": "news.kaze.example",
    "mail_from": "bounce@post.kaze.example", "d": "kaze.example", "helo": "post.kaze.example",
    "ip": "203.0.113.70", "dmarc": "fail", "policy": "p=REJECT", "id": "4fC030Zq9z1kBc", "time": "11:15:20",
    "subject": "Sunday's ride starts at eight",
    "body": "Dear Ken,\n\nwe meet at the bridge at eight. Bring a rain coat.\n\nKaze Cycling",
}
ALONE_ZONE = """\
; A club that published one record only, below, where its newsletter speaks.
$ORIGIN kaze.example.
@               IN A     203.0.113.69
s2026._domainkey IN TXT {key}
news            IN A     203.0.113.69
_dmarc.news     IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@kaze.example"
post            IN A     203.0.113.70
                IN TXT   "v=spf1 ip4:203.0.113.70 -all"
;! complete kaze.example.
;! nxdomain _dmarc.example.
70.113.0.203.in-addr.arpa. IN PTR post.kaze.example.
"""


def write_one(lesson, name, title, facts, zone):
    key = lesson.key("s2026", facts["d"])
    lesson.zone(name, title, zone.format(key=key.record))
    lesson.message(name, MESSAGE.format(**facts), TRACE.format(**facts), [(key, FIELDS)],
                   lesson.want(facts["ip"], facts["mail_from"], facts["helo"], "pass", [True]))


def write(lesson):
    write_one(lesson, "message", "Two departments of one group.", SISTERS, SISTERS_ZONE)
    write_one(lesson, "tenants", "Two customers of one host.", TENANTS, TENANTS_ZONE)
    write_one(lesson, "alone", "A record that stands alone.", ALONE, ALONE_ZONE)
