"""Lesson 9: one newsletter in all 16 states of SPF by DKIM, cell-SPF-DKIM.eml.
SPDX-License-Identifier: MIT"""

# Of SPF: who the envelope speaks for, the host, and what comes out.
ENVELOPES = {
    "aligned": ("bounce+{n}@news.brand.example", "out7.mail.esp.example", "198.51.100.27", "pass"),
    "unaligned": ("bounce+{n}@mail.esp.example", "out7.mail.esp.example", "198.51.100.27", "pass"),
    "fail": ("bounce+{n}@news.brand.example", "spare.brand.example", "203.0.113.99", "fail"),
    "none": ("bounce+{n}@plain.brand.example", "out7.mail.esp.example", "198.51.100.27", "none"),
}
STATES = list(ENVELOPES)

TRACE = """\
Return-Path: <{mail_from}>
Delivered-To: mika@example.com
Authentication-Results: mx.example.com;
 spf={spf} smtp.mailfrom={mail_from};
 dkim={dkim};
 dmarc={dmarc} (p=QUARANTINE) header.from=brand.example
Received: from {helo} ({helo} [{ip}])
 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
 (No client certificate requested)
 by mx.example.com (Postfix) with ESMTPS id 4fBn9{n}4Wc1z2xT
 for <mika@example.com>; Wed, 18 Nov 2026 12:00:09 +0900 (JST)
"""

MESSAGE = """\
From: Brand Store <news@brand.example>
To: mika@example.com
Subject: The winter cups are here
Date: Wed, 18 Nov 2026 12:00:04 +0900
Message-ID: <n{n}.9f31b2@mail.esp.example>
List-Id: Brand Store news <news.brand.example>
List-Unsubscribe: <https://click.esp.example/u/{n}>, <mailto:leave+{n}@mail.esp.example>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Good morning,

six new cups have left the kiln, in six colors. The shop is open
all week: https://www.brand.example/winter
"""

FIELDS = "from to subject date message-id list-unsubscribe list-unsubscribe-post mime-version content-type"
# A gateway adds a line at the end.
FOOTER = ("all week: https://www.brand.example/winter\n",
          "all week: https://www.brand.example/winter\n\n-- \nThis mail was scanned for viruses.\n")

ZONE = """\
; The brand in From:. news. is its own envelope domain at the service; plain. has no SPF record.
$ORIGIN brand.example.
@               IN A     192.0.2.80
                IN TXT   "v=spf1 include:_spf.esp.example -all"
news            IN MX    10 bounces.mail.esp.example.
                IN TXT   "v=spf1 include:_spf.esp.example -all"
plain           IN MX    10 bounces.mail.esp.example.
spare           IN A     203.0.113.99
brand1._domainkey IN CNAME brand1.dkim.esp.example.
_dmarc          IN TXT   "v=DMARC1; p=quarantine; rua=mailto:dmarc@brand.example"
;! complete brand.example.

; The service that sends the newsletter.
$ORIGIN esp.example.
@               IN A     198.51.100.80
_spf            IN TXT   "v=spf1 ip4:198.51.100.0/25 -all"
mail            IN MX    10 bounces.mail
                IN TXT   "v=spf1 include:_spf.esp.example -all"
bounces.mail    IN A     198.51.100.30
out7.mail       IN A     198.51.100.27
                IN TXT   "v=spf1 a -all"
brand1.dkim     IN TXT {brand}
esp1._domainkey IN TXT {esp}
;! complete esp.example.

;! nxdomain _dmarc.example.

27.100.51.198.in-addr.arpa. IN PTR out7.mail.esp.example.
99.113.0.203.in-addr.arpa. IN PTR spare.brand.example.
"""


def reported_dkim(state):
    return {"aligned": "pass header.d=brand.example header.s=brand1",
            "unaligned": "pass header.d=esp.example header.s=esp1",
            "fail": "fail (body hash did not verify) header.d=brand.example header.s=brand1",
            "none": "none"}[state]


def write_cell(lesson, name, zone, keys, spf, dkim):
    number = f"{STATES.index(spf) + 1}{STATES.index(dkim) + 1}"
    mail_from, helo, ip, result = ENVELOPES[spf]
    mail_from = mail_from.format(n=number)
    trace = TRACE.format(n=number, mail_from=mail_from, helo=helo, ip=ip, spf=result, dkim=reported_dkim(dkim),
                         dmarc="pass" if "aligned" in (spf, dkim) else "fail")
    signers = [] if dkim == "none" else [(keys["esp" if dkim == "unaligned" else "brand"], FIELDS)]
    lesson.zone(name, f"SPF: {spf}. DKIM: {dkim}.", zone)
    lesson.message(name, MESSAGE.format(n=number), trace, signers, altered=FOOTER if dkim == "fail" else None,
                   want=lesson.want(ip, mail_from, helo, result, [dkim != "fail"] if signers else []))


def write(lesson):
    keys = {"esp": lesson.key("esp1", "esp.example"), "brand": lesson.key("brand1", "brand.example")}
    zone = ZONE.format(**{name: key.record for name, key in keys.items()})
    write_cell(lesson, "message", zone, keys, "unaligned", "unaligned")
    for spf in STATES:
        for dkim in STATES:
            write_cell(lesson, f"cell-{spf}-{dkim}", zone, keys, spf, dkim)
