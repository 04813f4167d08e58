"""Lesson 18: an empty envelope: a vacation note from the company's server, one from a rented server, and a mail
whose HELO alone is right.
SPDX-License-Identifier: MIT"""
from way import Way

MESSAGE = """\
From: {who}
To: rie@example.jp
Subject: {subject}
Date: Tue, 17 Nov 2026 {time}:31 +0900
Message-ID: <{n}.{word}@minori.example>
{more}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

{body}
"""

TRACE = """\
Return-Path: <{mail_from}>
Delivered-To: rie@example.jp
Received-SPF: pass (mx.example.jp: {ip} may send for {asked})
 client-ip={ip}; envelope-from="{mail_from}"; helo={helo};
Authentication-Results: mx.example.jp;
 {spf};
 dkim=none;
 dmarc={dmarc} (p=REJECT) header.from=minori.example
Received: from {helo} ({ptr} [{ip}])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.jp (Postfix) with ESMTPS id 4fK{n}2Ss3z1kTt
 for <rie@example.jp>; Tue, 17 Nov 2026 {time}:33 +0900 (JST)
"""

ZONE = """\
; A company with a server of its own, and a rented one in a data center.
$ORIGIN minori.example.
@               IN A     192.0.2.190
                IN MX    10 mail
                IN TXT   "v=spf1 ip4:192.0.2.191 -all"
_dmarc          IN TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@minori.example"
mail            IN A     192.0.2.191
                IN TXT   "v=spf1 a -all"
shop            IN A     203.0.113.190
                IN TXT   "v=spf1 ip4:203.0.113.190 -all"
;! complete minori.example.

; The landlord of the rented server.
$ORIGIN rackspace7.example.
vm190           IN A     203.0.113.190
                IN TXT   "v=spf1 a -all"
bounces         IN MX    10 vm190
                IN TXT   "v=spf1 ip4:203.0.113.190 ip4:192.0.2.191 -all"
;! complete rackspace7.example.
;! nxdomain _dmarc.example.
191.2.0.192.in-addr.arpa. IN PTR mail.minori.example.
190.113.0.203.in-addr.arpa. IN PTR vm190.rackspace7.example.
"""

AUTO = "In-Reply-To: <99.rie@example.jp>\nAuto-Submitted: auto-replied\n"
AWAY = {"n": "180", "time": "08:10", "word": "vacation", "who": "Jun Oka <jun@minori.example>", "more": AUTO,
        "subject": "Away until November 24", "mail_from": "", "helo": "mail.minori.example", "ip": "192.0.2.191",
        "ptr": "mail.minori.example", "spf": "spf=pass smtp.helo=mail.minori.example", "dmarc": "pass",
        "asked": "postmaster@mail.minori.example",
        "body": "I am away until November 24. For orders please write to\nshop@minori.example.\n\nJun Oka"}
RENTED = dict(AWAY, n="181", time="08:25", word="shop", who="Minori Shop <shop@minori.example>",
              subject="We have your message", helo="vm190.rackspace7.example", ip="203.0.113.190",
              ptr="vm190.rackspace7.example", spf="spf=pass smtp.helo=vm190.rackspace7.example", dmarc="fail",
              asked="postmaster@vm190.rackspace7.example",
              body="Thank you for your message. We answer within two days.\n\nMinori Shop")
HELO = dict(AWAY, n="182", time="11:44", word="offer", who="Minori <offer@minori.example>", more="",
            subject="Rice of the year", mail_from="offer@bounces.rackspace7.example",
            spf="spf=pass smtp.mailfrom=offer@bounces.rackspace7.example", dmarc="fail",
            asked="offer@bounces.rackspace7.example",
            body="Dear Rie,\n\nthe new rice has come.\n\nMinori")


def write(lesson):
    for name, title, facts in (("message", "An empty envelope from the company's own server.", AWAY),
                               ("rented", "An empty envelope from a rented server.", RENTED),
                               ("helo", "The server's name is right, the envelope is not.", HELO)):
        lesson.zone(name, title, ZONE)
        Way(lesson, name, MESSAGE.format(**facts)).arrive(
            TRACE.format(**facts), lesson.want(facts["ip"], facts["mail_from"], facts["helo"], "pass"))
