"""Lesson 12: a mailing list: it adds a footer; then a tag in Subject:, too; then it writes in its own name.
SPDX-License-Identifier: MIT"""
from way import Way

FIELDS = "from to subject date message-id mime-version content-type"
TRACE_FIELDS = FIELDS + " list-id"

MESSAGE = """\
Received: from [192.0.2.90] (cable90.person.example [192.0.2.90])
 by smtp.person.example (Postfix) with ESMTPSA id 4fE{n}2Wq8z1aHh;
 Tue, 17 Nov 2026 {time}:11 +0900 (JST)
From: Rin Hayashi <rin@person.example>
To: garden@list.example
Subject: {subject}
Date: Tue, 17 Nov 2026 {time}:10 +0900
Message-ID: <{n}.rin@person.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

LIST = """\
List-Id: Garden talk <garden.list.example>
List-Post: <mailto:garden@list.example>
List-Unsubscribe: <https://list.example/garden/leave>
Precedence: list
Received: from smtp.person.example (smtp.person.example [192.0.2.91])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 by mx.list.example (Postfix) with ESMTPS id 4fE{n}5Jc3z4bLl
 for <garden@list.example>; Tue, 17 Nov 2026 {time}:13 +0900 (JST)
"""

TRACE = """\
Return-Path: <garden-bounces@list.example>
Delivered-To: sora@example.jp
Authentication-Results: mx.example.jp;
 spf=pass smtp.mailfrom=garden-bounces@list.example;
 dkim=pass header.d=list.example header.s=l2026;
 dkim=fail ("{why}") header.d=person.example header.s=p2026;
 dmarc={dmarc} header.from={author}
Received: from mx.list.example (mx.list.example [203.0.113.31])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fE{n}9Nf6z1kUu
 for <sora@example.jp>; Tue, 17 Nov 2026 {time}:19 +0900 (JST)
"""

ZONE = """\
; A provider for private people. It asks to reject what it did not send.
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
@               IN A     203.0.113.30
                IN MX    10 mx
                IN TXT   "v=spf1 ip4:203.0.113.31 -all"
_dmarc          IN TXT   "v=DMARC1; p=none; rua=mailto:dmarc@list.example"
mx              IN A     203.0.113.31
                IN TXT   "v=spf1 a -all"
l2026._domainkey IN TXT {list}
;! complete list.example.
;! nxdomain _dmarc.example.
31.113.0.203.in-addr.arpa. IN PTR mx.list.example.
"""

FOOTER = "\n--\nGarden talk, all about roots and leaves\nhttps://list.example/garden\n"
FROM, OWN_FROM = "From: Rin Hayashi <rin@person.example>\n", "From: Rin Hayashi via Garden <garden@list.example>\n"

STORIES = {
    "message": ("The list adds four lines at the end.",
                {"n": "120", "time": "20:05", "subject": "Maples in pots", "why": "body hash did not verify",
                 "body": "Does anybody keep maples in pots? Mine drops its leaves\n"
                         "already, and I water it every day.\n\nRin",
                 "dmarc": "fail (p=REJECT)", "author": "person.example"}, []),
    "tag": ("The list writes its name into Subject: and nothing else.",
            {"n": "121", "time": "20:31", "subject": "Re: Maples in pots", "why": "signature did not verify",
             "body": "Thank you all. Less water, then.\n\nRin",
             "dmarc": "fail (p=REJECT)", "author": "person.example"},
            [("Subject: Re:", "Subject: [garden] Re:")]),
    "own-name": ("The list writes in its own name.",
                 {"n": "122", "time": "21:02", "subject": "Leaves again", "why": "body hash did not verify",
                  "body": "It has new leaves. In November!\n\nRin",
                  "dmarc": "pass (p=NONE)", "author": "list.example"},
                 [(FROM, OWN_FROM + "Reply-To: Rin Hayashi <rin@person.example>\n")]),
}


def write(lesson):
    person, own = lesson.key("p2026", "person.example"), lesson.key("l2026", "list.example")
    for name, (title, facts, changes) in STORIES.items():
        lesson.zone(name, title, ZONE.format(person=person.record, list=own.record))
        way = Way(lesson, name, MESSAGE.format(**facts))
        way.sign(person, FIELDS)
        if name != "tag":
            changes = changes + [(facts["body"] + "\n", facts["body"] + "\n" + FOOTER)]
        way.alter(*changes)
        way.top(LIST.format(**facts))
        way.sign(own, TRACE_FIELDS)
        way.arrive(TRACE.format(**facts), lesson.want("203.0.113.31", "garden-bounces@list.example",
                                                      "mx.list.example", "pass", [True, False]))
