"""Lesson 1: plain company mail, and the till in the shop that nobody listed.
SPDX-License-Identifier: MIT"""

TRACE = """\
Return-Path: <aya@kitano.example>
Delivered-To: ken@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom=aya@kitano.example;
 dkim=pass header.d=kitano.example header.s=k2026;
 dmarc=pass (p=QUARANTINE) header.from=kitano.example
Received: from mail.kitano.example (mail.kitano.example [192.0.2.40])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fBk111Zq9z1kAa
 for <ken@example.jp>; Wed, 18 Nov 2026 09:02:13 +0900 (JST)
"""

MESSAGE = """\
Received: from counter.kitano.example (counter.kitano.example [192.0.2.43])
 by mail.kitano.example (Postfix) with ESMTPSA id 4fBk0z6gT5z9Qs1
 for <ken@example.jp>; Wed, 18 Nov 2026 09:02:11 +0900 (JST)
From: Aya Kitano <aya@kitano.example>
To: Ken Mori <ken@example.jp>
Subject: Your book has arrived
Date: Wed, 18 Nov 2026 09:02:10 +0900
Message-ID: <20261118000210.7Qs1@kitano.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Dear Ken,

the atlas that you ordered came in this morning. It waits for you
at the counter; we are open until seven.

See you soon
Aya Kitano, Kitano Books
"""

TILL_TRACE = """\
Return-Path: <aya@kitano.example>
Delivered-To: ken@example.jp
Authentication-Results: mx.example.jp;
 spf=fail smtp.mailfrom=aya@kitano.example;
 dkim=none;
 dmarc=fail (p=QUARANTINE) header.from=kitano.example
Received: from till.kitano.example (till.kitano.example [192.0.2.44])
 by mx.example.jp (Postfix) with ESMTP id 4fBkQ23Wc1z1kAq
 for <ken@example.jp>; Wed, 18 Nov 2026 12:30:41 +0900 (JST)
"""

TILL = """\
From: Kitano Books <aya@kitano.example>
To: ken@example.jp
Subject: Your receipt, no. 20814
Date: Wed, 18 Nov 2026 12:30:40 +0900
Message-ID: <20814.1795318240@till.kitano.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii
Content-Transfer-Encoding: 7bit

Kitano Books            2026-11-18 12:30

1 Atlas of the Inland Sea       4,800 yen
  paid in cash

Thank you, and come again.
"""

ZONE = """\
; The bookshop: one mail server, and a till that learned to send mail by itself.
$ORIGIN kitano.example.
@               IN A     192.0.2.40
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:192.0.2.40 -all"
mail            IN A     192.0.2.40
                IN TXT   "v=spf1 a -all"
counter         IN A     192.0.2.43
till            IN A     192.0.2.44
k2026._domainkey IN TXT {key}

_dmarc          IN TXT   "v=DMARC1; p=quarantine; rua=mailto:aya@kitano.example"
;! complete kitano.example.

; Names for "what if": another company, whose server may send for itself.
$ORIGIN post.example.
@               IN TXT   "v=spf1 ip4:192.0.2.40 -all"
;! complete post.example.

;! nxdomain _dmarc.example.
40.2.0.192.in-addr.arpa. IN PTR mail.kitano.example.
44.2.0.192.in-addr.arpa. IN PTR till.kitano.example.
"""

FIELDS = "from to subject date message-id mime-version content-type"


def write(lesson):
    key = lesson.key("k2026", "kitano.example")
    zone = ZONE.format(key=key.record)
    lesson.zone("message", "A bookshop that sends its own mail.", zone)
    lesson.message("message", MESSAGE, TRACE, [(key, FIELDS)],
                   lesson.want("192.0.2.40", "aya@kitano.example", "mail.kitano.example", "pass", [True]))
    lesson.zone("till", "The same bookshop; the till sends for itself.", zone)
    lesson.message("till", TILL, TILL_TRACE,
                   want=lesson.want("192.0.2.44", "aya@kitano.example", "till.kitano.example", "fail"))
