"""Lesson 14: what Microsoft writes: a domain without a DMARC record, and one that asks to reject.
SPDX-License-Identifier: MIT"""
from way import Way

FIELDS = "from to subject date message-id mime-version content-type"

MESSAGE = """\
From: {who} <{local}@{author}>
To: yuki@office.example
Subject: {subject}
Date: Tue, 10 Nov 2026 {hour}:20:41 +0900
Message-ID: <{n}.{local}@mailer.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

# Names of Microsoft's own hosts are replaced; the rest is written as it writes.
TRACE = """\
Received: from TY2PR0101MB2001.jpnprd01.prod.outlook.example (2001:db8:400:1::15)
 by TYCPR01MB9999.jpnprd01.prod.outlook.example with HTTPS; Tue, 10 Nov 2026
 {utc}:20:46 +0000
Authentication-Results: spf=pass (sender IP is 192.0.2.130)
 smtp.mailfrom=bounce.mailer.example; dkim=pass (signature was verified)
 header.d=mailer.example;{dmarc}
 header.from={author};compauth=fail reason={reason}
Received-SPF: Pass (protection.outlook.example: domain of bounce.mailer.example
 designates 192.0.2.130 as permitted sender)
 receiver=protection.outlook.example; client-ip=192.0.2.130;
 helo=out3.mailer.example; pr=C
Received: from out3.mailer.example (192.0.2.130) by
 TY1PEPF0000BAD1.mail.protection.outlook.example (2001:db8:400:2::7) with
 Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id
 15.20.9298.6 via Frontend Transport; Tue, 10 Nov 2026 {utc}:20:44 +0000
"""

# What Microsoft adds lower in the header.
MORE = """\
Return-Path: bounce+{n}@bounce.mailer.example
X-MS-Exchange-Organization-AuthAs: Anonymous
X-Forefront-Antispam-Report:
 CIP:192.0.2.130;CTRY:JP;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;\
H:out3.mailer.example;PTR:out3.mailer.example;CAT:SPOOF;SFS:(13230040);DIR:INB;
"""

ZONE = """\
; The sending service.
$ORIGIN mailer.example.
@               IN A     192.0.2.129
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@mailer.example"
bounce          IN MX    10 out3
                IN TXT   "v=spf1 ip4:192.0.2.130 -all"
out3            IN A     192.0.2.130
m4._domainkey   IN TXT {key}
;! complete mailer.example.

; A swimming school: an SPF record, no DMARC record.
$ORIGIN swim.example.
@               IN A     198.51.100.80
                IN TXT   "v=spf1 ip4:198.51.100.80 ~all"
;! complete swim.example.

; A railway that asks to reject.
$ORIGIN rail.example.
@               IN A     198.51.100.90
                IN TXT   "v=spf1 ip4:198.51.100.90 -all"
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@rail.example"
;! complete rail.example.
;! nxdomain _dmarc.example.
130.2.0.192.in-addr.arpa. IN PTR out3.mailer.example.
"""

SWIM = {"who": "Swimming School", "local": "hello", "author": "swim.example", "hour": "09", "utc": "00", "n": "140",
        "subject": "Winter courses", "dmarc": "dmarc=none action=none", "reason": "001",
        "body": "Dear Yuki,\n\nour winter courses begin on December 1.\n\nSwimming School"}
RAIL = {"who": "Kita Railway", "local": "points", "author": "rail.example", "hour": "10", "utc": "01", "n": "141",
        "subject": "Your points for October", "dmarc": "dmarc=fail action=oreject", "reason": "000",
        "body": "Dear Yuki,\n\nyou have 312 points.\n\nKita Railway"}


def write(lesson):
    key = lesson.key("m4", "mailer.example")
    for name, title, facts in (("message", "A domain without a DMARC record, as Microsoft read it.", SWIM),
                               ("explicit", "A domain with p=reject, as Microsoft read it.", RAIL)):
        lesson.zone(name, title, ZONE.format(key=key.record))
        way = Way(lesson, name, MESSAGE.format(**facts))
        way.sign(key, FIELDS)
        way.alter(("MIME-Version: 1.0\n", "MIME-Version: 1.0\n" + MORE.format(**facts)))
        way.arrive(TRACE.format(**facts), lesson.want("192.0.2.130", f"bounce+{facts['n']}@bounce.mailer.example",
                                                      "out3.mailer.example", "pass", [True]))
