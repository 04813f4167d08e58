"""Lesson 20: result, policy, and what was done with the mail: three different things.
SPDX-License-Identifier: MIT"""

TRACE = """\
Return-Path: <app@crane.hosting.example>
Delivered-To: ken@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom=app@crane.hosting.example;
 dkim=none;
 dmarc=fail (p=REJECT sp=QUARANTINE dis=NONE) header.from=tours.harbor.example
Received: from crane.hosting.example (crane.hosting.example [203.0.113.33])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fCk200Zq9z1kCa
 for <ken@example.jp>; Wed, 18 Nov 2026 16:20:09 +0900 (JST)
"""

MESSAGE = """\
Received: by crane.hosting.example (Postfix, from userid 1001)
 id 4fCk1z6gT5z7Qs2; Wed, 18 Nov 2026 16:20:07 +0900 (JST)
From: Harbor Tours <booking@tours.harbor.example>
To: ken@example.jp
Subject: Your ferry on the 28th
Date: Wed, 18 Nov 2026 16:20:07 +0900
Message-ID: <28-1140.4fCk1z6gT5z7Qs2@crane.hosting.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Dear Ken Mori,

your ferry on the 28th leaves at 11.40 from pier 2. Please be there
twenty minutes before.

Harbor Tours
"""

ZONE = """\
; The company in From:. One record at the top speaks for all names below it.
$ORIGIN harbor.example.
@               IN A     192.0.2.70
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:192.0.2.71 -all"
mail            IN A     192.0.2.71
tours           IN A     192.0.2.70
                IN TXT   "v=spf1 ip4:192.0.2.71 ip4:203.0.113.33 -all"
_dmarc          IN TXT   "v=DMARC1; p=reject; sp=quarantine; np=reject; rua=mailto:dmarc@harbor.example"
;! complete harbor.example.

; The rented machine on which the booking program runs.
$ORIGIN hosting.example.
crane           IN A     203.0.113.33
                IN TXT   "v=spf1 a -all"
;! complete hosting.example.
;! nxdomain _dmarc.example.
33.113.0.203.in-addr.arpa. IN PTR crane.hosting.example.
"""


def write(lesson):
    lesson.zone("message", "A booking mail that proves nothing for the name in From:.", ZONE)
    lesson.message("message", MESSAGE, TRACE,
                   want=lesson.want("203.0.113.33", "app@crane.hosting.example", "crane.hosting.example", "pass"))
