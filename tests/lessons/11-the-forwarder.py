"""Lesson 11: a forwarding address with SRS: a signed letter, and one that nobody signed.
SPDX-License-Identifier: MIT"""
from way import Way

FIELDS = "from to subject date message-id mime-version content-type"

MESSAGE = """\
Received: from desk.yamanoyu.example (desk.yamanoyu.example [192.0.2.21])
 by mail.yamanoyu.example (Postfix) with ESMTPSA id 4fD{n}1Rk2z1aWw;
 Wed, 18 Nov 2026 {time}:03 +0900 (JST)
From: Yamanoyu Inn <{who}@yamanoyu.example>
To: emi@alumni.campus.example
Subject: {subject}
Date: Wed, 18 Nov 2026 {time}:02 +0900
Message-ID: <{n}.{who}@yamanoyu.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

# What the forwarding host saw, and what it passed on under an envelope of its own.
FORWARDED = """\
Authentication-Results: mx.alumni.campus.example;
 spf=pass smtp.mailfrom={who}@yamanoyu.example;
 {dkim};
 dmarc=pass (p=REJECT) header.from=yamanoyu.example
Received: from mail.yamanoyu.example (mail.yamanoyu.example [192.0.2.20])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 by mx.alumni.campus.example (Postfix) with ESMTPS id 4fD{n}4Tv1z9cCa
 for <emi@alumni.campus.example>; Wed, 18 Nov 2026 {time}:04 +0900 (JST)
"""

TRACE = """\
Return-Path: <SRS0=h7kq=VA=yamanoyu.example={who}@alumni.campus.example>
Delivered-To: emi@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom="SRS0=h7kq=VA=yamanoyu.example={who}@alumni.campus.example";
 {dkim};
 dmarc={dmarc} (p=REJECT) header.from=yamanoyu.example
Received: from mx.alumni.campus.example (mx.alumni.campus.example [198.51.100.40])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fD{n}8Kb7z1kQs
 for <emi@example.jp>; Wed, 18 Nov 2026 {time}:06 +0900 (JST)
"""

ZONE = """\
; The inn. Only its own server may send.
$ORIGIN yamanoyu.example.
@               IN A     192.0.2.20
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:192.0.2.20 -all"
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@yamanoyu.example"
mail            IN A     192.0.2.20
                IN TXT   "v=spf1 a -all"
s2026._domainkey IN TXT {key}
;! complete yamanoyu.example.

; The university's forwarding host.
$ORIGIN campus.example.
@               IN A     198.51.100.39
_dmarc          IN TXT   "v=DMARC1; p=none; rua=mailto:dmarc@campus.example"
alumni          IN MX    10 mx.alumni
                IN TXT   "v=spf1 ip4:198.51.100.40 -all"
mx.alumni       IN A     198.51.100.40
                IN TXT   "v=spf1 a -all"
;! complete campus.example.
;! nxdomain _dmarc.example.
40.100.51.198.in-addr.arpa. IN PTR mx.alumni.campus.example.
"""

SIGNED = {"who": "stay", "n": "110", "time": "09:12", "subject": "Your stay from November 27",
          "body": "Dear Ms. Arai,\n\nthank you for your booking: one night, two guests, dinner at six.\n"
                  "The shuttle waits at the station at three.\n\nYamanoyu Inn",
          "dkim": "dkim=pass header.d=yamanoyu.example header.s=s2026", "dmarc": "pass"}
UNSIGNED = {"who": "bill", "n": "111", "time": "09:40", "subject": "Invoice for November 27",
            "body": "Dear Ms. Arai,\n\nthe bill for your stay: 24,800 yen. Please pay at the desk.\n\nYamanoyu Inn",
            "dkim": "dkim=none", "dmarc": "fail"}


def write(lesson):
    key = lesson.key("s2026", "yamanoyu.example")
    for name, title, facts in (("message", "An inn writes to a forwarding address.", SIGNED),
                               ("unsigned", "The inn's cash desk, which does not sign.", UNSIGNED)):
        lesson.zone(name, title, ZONE.format(key=key.record))
        way = Way(lesson, name, MESSAGE.format(**facts))
        if facts is SIGNED:
            way.sign(key, FIELDS)
        way.top(FORWARDED.format(**facts))
        envelope = f"SRS0=h7kq=VA=yamanoyu.example={facts['who']}@alumni.campus.example"
        way.arrive(TRACE.format(**facts), lesson.want("198.51.100.40", envelope, "mx.alumni.campus.example", "pass",
                                                      [True] if facts is SIGNED else []))
