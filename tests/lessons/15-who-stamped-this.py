"""Lesson 15: a forged Authentication-Results below the real one, and a copy from the Sent folder.
SPDX-License-Identifier: MIT"""
from way import Way

# The crook's program wrote the lower stamp in the receiver's name, and a Return-Path of its liking.
FORGED = """\
Return-Path: <service@bank.example>
Received: from localhost (localhost [198.51.100.201])
 by tool.crook.example (Postfix) with ESMTP id 4fG1501Zz9z1kXx;
 Thu, 12 Nov 2026 03:12:40 +0000
Authentication-Results: mx.victim.example;
 spf=pass smtp.mailfrom=service@bank.example;
 dkim=pass header.d=bank.example header.s=b2026;
 dmarc=pass (p=REJECT) header.from=bank.example
From: First Bank <service@bank.example>
To: taro@victim.example
Subject: Your account will be closed today
Date: Thu, 12 Nov 2026 03:12:39 +0000
Message-ID: <150.a71c@bank.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Dear customer,

your account will be closed today. Open the attached page and type
your password to keep it.
"""

TRACE = """\
Return-Path: <x9@crook.example>
Delivered-To: taro@victim.example
Authentication-Results: mx.victim.example;
 spf=pass smtp.mailfrom=x9@crook.example;
 dkim=none;
 dmarc=fail (p=REJECT dis=NONE) header.from=bank.example
Received: from tool.crook.example (tool.crook.example [198.51.100.200])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.victim.example (Postfix) with ESMTPS id 4fG1506Aa2z1vVv
 for <taro@victim.example>; Thu, 12 Nov 2026 12:12:44 +0900 (JST)
"""

# A mail as its author's program keeps it: no host has touched it.
SENT = """\
From: Naomi Ogawa <naomi@victim.example>
To: taro@victim.example
Cc: desk@harbor.example
Subject: The meeting on Friday
Date: Thu, 12 Nov 2026 14:05:12 +0900
Message-ID: <151.naomi@victim.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Taro,

the meeting is at ten, in the small room.

Naomi
"""

ZONE = """\
; The bank: only its own server, and whatever else shall be rejected.
$ORIGIN bank.example.
@               IN A     192.0.2.150
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:192.0.2.151 -all"
mail            IN A     192.0.2.151
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@bank.example"
;! complete bank.example.

; The crook has a domain of his own, with everything in order.
$ORIGIN crook.example.
@               IN A     198.51.100.200
                IN MX    10 tool
                IN TXT   "v=spf1 ip4:198.51.100.200 -all"
tool            IN A     198.51.100.200
                IN TXT   "v=spf1 a -all"
_dmarc          IN TXT   "v=DMARC1; p=reject"
;! complete crook.example.

; The company that receives.
$ORIGIN victim.example.
@               IN MX    10 mx
                IN TXT   "v=spf1 ip4:192.0.2.160 -all"
mx              IN A     192.0.2.160
_dmarc          IN TXT   "v=DMARC1; p=quarantine; rua=mailto:dmarc@victim.example"
;! complete victim.example.
;! nxdomain _dmarc.example.
200.100.51.198.in-addr.arpa. IN PTR tool.crook.example.
"""


def write(lesson):
    lesson.zone("message", "A mail that brings its own stamp.", ZONE)
    way = Way(lesson, "message", FORGED)
    way.arrive(TRACE, lesson.want("198.51.100.200", "x9@crook.example", "tool.crook.example", "pass"))
    lesson.zone("sent", "A mail from the Sent folder.", ZONE)
    Way(lesson, "sent", SENT).arrive()
