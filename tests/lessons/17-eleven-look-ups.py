"""Lesson 17: an SPF record that asks too much, and a mail that comes through before it is too late.
SPDX-License-Identifier: MIT"""
from way import Way

MESSAGE = """\
From: Fuji Office Supply <orders@fuji.example>
To: mai@example.jp
Subject: {subject}
Date: Mon, 16 Nov 2026 {time}:04 +0900
Message-ID: <{n}.orders@fuji.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

TRACE = """\
Return-Path: <orders@fuji.example>
Delivered-To: mai@example.jp
Authentication-Results: mx.example.jp;
 spf={spf} smtp.mailfrom=orders@fuji.example;
 dkim=none;
 dmarc={dmarc} (p=QUARANTINE) header.from=fuji.example
Received: from {host} ({host} [{ip}])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fJ{n}5Gg8z1kJj
 for <mai@example.jp>; Mon, 16 Nov 2026 {time}:09 +0900 (JST)
"""

# Six includes, of which one brings in four more: with mx that is eleven.
ZONE = """\
; A shop that never took anything out of its SPF record.
$ORIGIN fuji.example.
@               IN A     192.0.2.180
                IN MX    10 mx
                IN TXT   ( "v=spf1 mx include:_spf.desk.example include:_spf.survey.example "
                           "include:_spf.crm.example include:_spf.bulk.example "
                           "include:_spf.books.example include:_spf.post.example -all" )
mx              IN A     192.0.2.181
_dmarc          IN TXT   "v=DMARC1; p=quarantine; rua=mailto:dmarc@fuji.example"
;! complete fuji.example.

; Its services.
$ORIGIN desk.example.
_spf            IN TXT   "v=spf1 ip4:198.51.100.101 ~all"
;! complete desk.example.
$ORIGIN survey.example.
_spf            IN TXT   "v=spf1 ip4:198.51.100.102 ~all"
;! complete survey.example.
$ORIGIN crm.example.
_spf            IN TXT   "v=spf1 ip4:198.51.100.103 -all"
;! complete crm.example.
$ORIGIN bulk.example.
_spf            IN TXT   "v=spf1 include:a.bulk.example include:b.bulk.example \
include:c.bulk.example include:d.bulk.example ~all"
a               IN TXT   "v=spf1 ip4:198.51.100.104 ~all"
b               IN TXT   "v=spf1 ip4:198.51.100.105 ~all"
c               IN TXT   "v=spf1 ip4:198.51.100.106 ~all"
d               IN TXT   "v=spf1 ip4:198.51.100.107 ~all"
;! complete bulk.example.
$ORIGIN books.example.
_spf            IN TXT   "v=spf1 ip4:198.51.100.108 ~all"
;! complete books.example.
$ORIGIN post.example.
_spf            IN TXT   "v=spf1 ip4:198.51.100.109 ~all"
out             IN A     198.51.100.109
                IN TXT   "v=spf1 a -all"
;! complete post.example.
;! nxdomain _dmarc.example.
109.100.51.198.in-addr.arpa. IN PTR out.post.example.
181.2.0.192.in-addr.arpa. IN PTR mx.fuji.example.
"""

LATE = {"n": "170", "time": "13:30", "host": "out.post.example", "ip": "198.51.100.109", "spf": "permerror",
        "dmarc": "fail", "subject": "Your order 5501 is on its way",
        "body": "Dear Mai,\n\ntwo boxes of paper left our store today.\n\nFuji Office Supply"}
EARLY = {"n": "171", "time": "15:02", "host": "mx.fuji.example", "ip": "192.0.2.181", "spf": "pass",
         "dmarc": "pass", "subject": "Re: Your order 5501 is on its way",
         "body": "Dear Mai,\n\nyes, the blue folders are in the second box.\n\nFuji Office Supply"}


def write(lesson):
    for name, title, facts in (("message", "Eleven questions: one too many.", LATE),
                               ("early", "The same record, answered at the first term.", EARLY)):
        lesson.zone(name, title, ZONE)
        way = Way(lesson, name, MESSAGE.format(**facts))
        way.arrive(TRACE.format(**facts), lesson.want(facts["ip"], "orders@fuji.example", facts["host"], facts["spf"]))
