"""Lesson 8: a form that uses the visitor as envelope sender, too: its notice of failure, what a second receiver
saw, and the form after half of a repair.
SPDX-License-Identifier: MIT"""
from kit import samples

INNER = "Content-Type: message/rfc822\nContent-Transfer-Encoding: 7bit\n"
INNER_BODY = """
Name:    Hanako Yamada
E-mail:  user@example.jp
Topic:   Delivery

Hello, I wrote yesterday about order 10482 and would like to add
that the parcel may be left with my neighbour, Mr Sato.
"""

SEEN_TRACE = """\
Return-Path: <user@example.jp>
Delivered-To: nami@example.net
Received-SPF: fail (mx.example.net: domain of user@example.jp does not designate
 192.0.2.10 as permitted sender) client-ip=192.0.2.10;
 envelope-from="user@example.jp"; helo=www.example.com;
Authentication-Results: mx.example.net;
 spf=fail smtp.mailfrom=user@example.jp;
 dkim=none;
 dmarc=fail ({policy}) header.from={author}
Received: from www.example.com (www.example.com [192.0.2.10])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.net (Postfix) with ESMTPS id {id}
 for <nami@example.net>; Wed, 18 Nov 2026 {time} +0900 (JST)
"""

SEEN = """\
Received: by www.example.com (Postfix, from userid 33)
 id {id}; Wed, 18 Nov 2026 {time} +0900 (JST)
To: support@example.com, nami@example.net
Subject: Inquiry from the web form
{who}
Date: Wed, 18 Nov 2026 {time} +0900
Message-ID: <{number}@www.example.com>
X-Mailer: contact-form {version}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit
"""

FOR_FORM = {"id": "4fBr2f6Lw2zQsY", "time": "10:20:08", "number": "20261118012008.4fBr2f6Lw2zQsY", "version": "2.3",
            "who": samples.VISITOR}
FOR_HALF = {"id": "4fBw7k4Jm1zQtC", "time": "14:05:31", "number": "20261118050531.4fBw7k4Jm1zQtC", "version": "2.4",
            "who": samples.COMPANY}


def headers_only(text):
    """The notice as many servers send it: of the returned mail the header alone."""
    assert INNER in text and INNER_BODY in text
    return text.replace(INNER, "Content-Type: text/rfc822-headers\n").replace(INNER_BODY, "")


def write(lesson):
    key = lesson.key("form2026", "example.com")
    zone = samples.FORM_ZONE.format(form2026=key.record)
    refused = lesson.want("192.0.2.10", "user@example.jp", "www.example.com", "fail")
    lesson.zone("message", "A form that uses the visitor as envelope sender: its own server refuses.", zone)
    lesson.message("message", headers_only(samples.BOUNCE),
                   want=lesson.want("192.0.2.10", "", "www.example.com", "pass"))
    lesson.zone("seen", "The same mail at a receiver that takes it and looks at it.", zone)
    lesson.message("seen", SEEN.format(**FOR_FORM) + INNER_BODY,
                   SEEN_TRACE.format(policy="p=REJECT", author="example.jp", id="4fBr2h9Lw2zN1a", time="10:20:10"),
                   want=refused)
    lesson.zone("half", "The form has its own From: now, and still the visitor's envelope.", zone)
    lesson.message("half", SEEN.format(**FOR_HALF) + INNER_BODY,
                   SEEN_TRACE.format(policy="p=QUARANTINE", author="example.com", id="4fBw7m2Lw2zN1b", time="14:05:33"),
                   want=refused)
