"""Lesson 13: ARC: a list and a forwarder seal what they saw; the same with a second seal broken; and a form that
vouches for itself.
SPDX-License-Identifier: MIT"""
from way import Way

FIELDS = "from to subject date message-id mime-version content-type"

MESSAGE = """\
From: Rin Hayashi <rin@person.example>
To: garden@list.example
Subject: {subject}
Date: Wed, 18 Nov 2026 {time}:02 +0900
Message-ID: <{n}.rin@person.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""
FOOTER = "\n--\nGarden talk, all about roots and leaves\nhttps://list.example/garden\n"

LIST_SAW = """\
Authentication-Results: mx.list.example;
 spf=pass smtp.mailfrom=rin@person.example;
 dkim=pass header.d=person.example header.s=p2026;
 dmarc=pass header.from=person.example
"""
LIST_CAME = """\
Received: from smtp.person.example (smtp.person.example [192.0.2.91])
 by mx.list.example (Postfix) with ESMTPS id 4fF{n}1Jc3z4bLl
 for <garden@list.example>; Wed, 18 Nov 2026 {time}:04 +0900 (JST)
"""
CAMPUS_SAW = """\
Authentication-Results: mx.alumni.campus.example;
 spf=pass smtp.mailfrom=garden-bounces@list.example;
 dkim=fail header.d=person.example header.s=p2026;
 dmarc=fail header.from=person.example;
 arc=pass
"""
CAMPUS_CAME = """\
Received: from mx.list.example (mx.list.example [203.0.113.31])
 by mx.alumni.campus.example (Postfix) with ESMTPS id 4fF{n}5Tv1z9cCa
 for <emi@alumni.campus.example>; Wed, 18 Nov 2026 {time}:09 +0900 (JST)
"""

TRACE = """\
Return-Path: <SRS0=p2xd=VA=list.example=garden-bounces@alumni.campus.example>
Delivered-To: emi@example.jp
Authentication-Results: mx.example.jp;
 arc={arc};
 spf=pass smtp.mailfrom="SRS0=p2xd=VA=list.example=garden-bounces@alumni.campus.example";
 dkim=fail header.d=person.example header.s=p2026;
 dmarc=fail (p=REJECT dis={dis}) header.from=person.example
Received: from mx.alumni.campus.example (mx.alumni.campus.example [198.51.100.40])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fF{n}9Kb7z1kQs
 for <emi@example.jp>; Wed, 18 Nov 2026 {time}:12 +0900 (JST)
"""

ZONE = """\
; Rin's provider.
$ORIGIN person.example.
@               IN A     192.0.2.89
                IN MX    10 smtp
                IN TXT   "v=spf1 ip4:192.0.2.91 -all"
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@person.example"
smtp            IN A     192.0.2.91
p2026._domainkey IN TXT {person}
;! complete person.example.

; The mailing list.
$ORIGIN list.example.
@               IN MX    10 mx
                IN TXT   "v=spf1 ip4:203.0.113.31 -all"
_dmarc          IN TXT   "v=DMARC1; p=none"
mx              IN A     203.0.113.31
arc2026._domainkey IN TXT {list}
;! complete list.example.

; The university's forwarding host.
$ORIGIN campus.example.
_dmarc          IN TXT   "v=DMARC1; p=none; rua=mailto:dmarc@campus.example"
alumni          IN MX    10 mx.alumni
                IN TXT   "v=spf1 ip4:198.51.100.40 -all"
mx.alumni       IN A     198.51.100.40
                IN TXT   "v=spf1 a -all"
arc7._domainkey IN TXT {campus}
;! complete campus.example.
;! nxdomain _dmarc.example.
40.100.51.198.in-addr.arpa. IN PTR mx.alumni.campus.example.
"""

CHAIN = {"n": "130", "time": "07:15", "subject": "Frost tonight", "arc": "pass (2 sets)", "dis": "NONE",
         "body": "Take your pots inside, it will freeze in the hills.\n\nRin"}
BROKEN = {"n": "131", "time": "07:48", "subject": "Frost, and thanks", "arc": "fail", "dis": "QUARANTINE",
          "body": "Thank you, all pots are inside.\n\nRin"}

FORM = """\
Received: by www.tools.example (Postfix, from userid 33)
 id 4fF1322Gh5z7dFf; Wed, 18 Nov 2026 11:20:30 +0900 (JST)
From: "Hanako Yamada" <user@example.jp>
To: desk@tools.example
Subject: Inquiry from the web form
Date: Wed, 18 Nov 2026 11:20:30 +0900
Message-ID: <20261118022030.4fF1322Gh5z7dFf@www.tools.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Name:    Hanako Yamada
E-mail:  user@example.jp

Do you repair tea whisks?
"""
FORM_SAYS = """\
Authentication-Results: www.tools.example;
 auth=pass smtp.mailfrom=form@tools.example;
 dmarc=pass header.from=example.jp
"""
FORM_TRACE = """\
Return-Path: <form@tools.example>
Delivered-To: desk@tools.example
Authentication-Results: mx.tools.example;
 arc=pass (1 set);
 spf=pass smtp.mailfrom=form@tools.example;
 dkim=pass header.d=tools.example header.s=form1;
 dmarc=fail (p=REJECT) header.from=example.jp
Received: from www.tools.example (www.tools.example [203.0.113.50])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.tools.example (Postfix) with ESMTPS id 4fF1326Pp2z1mEe
 for <desk@tools.example>; Wed, 18 Nov 2026 11:20:32 +0900 (JST)
"""
FORM_ZONE = """\
; The company behind the form, and its helpful sealer.
$ORIGIN tools.example.
@               IN A     203.0.113.49
                IN MX    10 mx
                IN TXT   "v=spf1 ip4:203.0.113.50 -all"
mx              IN A     203.0.113.51
_dmarc          IN TXT   "v=DMARC1; p=quarantine; rua=mailto:dmarc@tools.example"
www             IN A     203.0.113.50
                IN TXT   "v=spf1 a -all"
form1._domainkey IN TXT {key}
;! complete tools.example.

; The visitor's provider.
$ORIGIN example.jp.
@               IN MX    10 mx
                IN TXT   "v=spf1 ip4:198.51.100.25 -all"
mx              IN A     198.51.100.25
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@example.jp"
;! complete example.jp.
;! nxdomain _dmarc.example.
;! nxdomain _dmarc.jp.
50.113.0.203.in-addr.arpa. IN PTR www.tools.example.
"""


def write_chain(lesson, name, title, facts, later=()):
    keys = {"person": lesson.key("p2026", "person.example"), "list": lesson.key("arc2026", "list.example"),
            "campus": lesson.key("arc7", "campus.example")}
    lesson.zone(name, title, ZONE.format(**{of: key.record for of, key in keys.items()}))
    way = Way(lesson, name, MESSAGE.format(**facts))
    way.sign(keys["person"], FIELDS)
    way.top(LIST_SAW + LIST_CAME.format(**facts))
    way.alter((facts["body"] + "\n", facts["body"] + "\n" + FOOTER))
    way.seal(keys["list"], "mx.list.example", FIELDS)
    way.top(CAMPUS_SAW + CAMPUS_CAME.format(**facts))
    way.seal(keys["campus"], "mx.alumni.campus.example", FIELDS)
    way.alter(*later)
    way.arrive(TRACE.format(**facts),
               lesson.want("198.51.100.40", "SRS0=p2xd=VA=list.example=garden-bounces@alumni.campus.example",
                           "mx.alumni.campus.example", "pass", [False]), arc="fail" if later else "pass")


def write(lesson):
    write_chain(lesson, "message", "A list and a forwarder, each with a seal.", CHAIN)
    write_chain(lesson, "broken", "The same, and a filter behind the second seal marked the subject.", BROKEN,
                [("Subject: Frost", "Subject: [EXTERNAL] Frost")])
    key = lesson.key("form1", "tools.example")
    lesson.zone("form", "A form that vouches for itself.", FORM_ZONE.format(key=key.record))
    way = Way(lesson, "form", FORM)
    way.sign(key, FIELDS)
    way.top(FORM_SAYS)
    way.seal(key, "www.tools.example", FIELDS)
    way.arrive(FORM_TRACE, lesson.want("203.0.113.50", "form@tools.example", "www.tools.example", "pass", [True]),
               arc="pass")
