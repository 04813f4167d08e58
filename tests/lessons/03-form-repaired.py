"""Lesson 3: the same form in its own name, and once more after it moved to a rented host.
SPDX-License-Identifier: MIT"""
from kit import samples

HOST_TRACE = """\
Return-Path: <www-data@web17.hosting.example>
Delivered-To: support@example.com
Authentication-Results: mx.example.com;
 spf=pass smtp.mailfrom=www-data@web17.hosting.example;
 dkim=none;
 dmarc=fail (p=QUARANTINE) header.from=example.com
Received: from web17.hosting.example (web17.hosting.example [198.51.100.117])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.com (Postfix) with ESMTPS id 4fBzX30Zq9z2xUa
 for <support@example.com>; Wed, 18 Nov 2026 15:40:27 +0900 (JST)
"""

HOST_MESSAGE = """\
Received: by web17.hosting.example (Postfix, from userid 1017)
 id 4fBzX16gT5zRsW; Wed, 18 Nov 2026 15:40:25 +0900 (JST)
To: support@example.com
Subject: Inquiry from the web form
From: Example Support <support@example.com>
Reply-To: "Jun Okada" <jun@example.jp>
Date: Wed, 18 Nov 2026 15:40:25 +0900
Message-ID: <20261118064025.4fBzX16gT5zRsW@web17.hosting.example>
X-Mailer: contact-form 2.5
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Name:    Jun Okada
E-mail:  jun@example.jp
Topic:   Opening hours

Hello, are you open on the 23rd? It is a holiday here.

-- 
Sent by the contact form on www.example.com
"""

HOSTING = """
; Where the form lives now: a rented host, which sends under its own name.
$ORIGIN hosting.example.
@               IN A     198.51.100.110
                IN TXT   "v=spf1 ip4:198.51.100.96/27 -all"
web17           IN A     198.51.100.117
                IN TXT   "v=spf1 a -all"
;! complete hosting.example.
;! nxdomain _dmarc.example.

117.100.51.198.in-addr.arpa. IN PTR web17.hosting.example.
"""


def write(lesson):
    key = lesson.key("form2026", "example.com")
    zone = samples.FORM_ZONE.format(form2026=key.record)
    lesson.zone("message", "The same form, now in its own name.", zone)
    lesson.message("message", samples.FORM_MESSAGE.format(who=samples.COMPANY),
                   samples.FORM_TRACE.format(dmarc=samples.DMARC_PASS), [(key, samples.FORM_SIGNED + " reply-to")],
                   lesson.want("192.0.2.10", "webmaster@www.example.com", "www.example.com", "pass", [True]))
    lesson.zone("moved", "The repaired form on a rented host.", zone + HOSTING)
    lesson.message("moved", HOST_MESSAGE, HOST_TRACE,
                   want=lesson.want("198.51.100.117", "www-data@web17.hosting.example", "web17.hosting.example", "pass"))
