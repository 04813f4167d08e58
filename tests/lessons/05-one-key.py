"""Lesson 5: the same newsletter with a second signature, and what a lost CNAME does to it.
SPDX-License-Identifier: MIT"""
from kit import samples

REPORTED = """\
 dkim=pass header.d=esp.example header.s=esp1;
 dmarc=fail (p=QUARANTINE) header.from=brand.example
"""
REPORTED_TWO = """\
 dkim={own} header.d=brand.example header.s=brand1;
 dkim=pass header.d=esp.example header.s=esp1;
 dmarc={dmarc} (p=QUARANTINE) header.from=brand.example
"""
# The service's keys: that of the brand stands with the service, so that it can be changed there.
BRAND_KEY = "brand1.dkim     IN TXT {key}\n"
BRAND_CNAME = """\
; The brand's part of the bargain: its key name leads to the service's key.
brand1._domainkey IN CNAME brand1.dkim.esp.example.
"""


def zone(esp, brand, cname):
    text = samples.CAMPAIGN_ZONE.format(esp1=esp.record)
    text = text.replace("esp1._domainkey", BRAND_KEY.format(key=brand.record) + "esp1._domainkey")
    return text.replace(";! complete brand.example.", cname + ";! complete brand.example.")


def trace(own, dmarc):
    assert REPORTED in samples.CAMPAIGN_TRACE
    return samples.CAMPAIGN_TRACE.replace(REPORTED, REPORTED_TWO.format(own=own, dmarc=dmarc))


def write(lesson):
    esp, brand = lesson.key("esp1", "esp.example"), lesson.key("brand1", "brand.example")
    signers = [(esp, samples.CAMPAIGN_SIGNED), (brand, samples.CAMPAIGN_SIGNED)]
    sent = "198.51.100.27", "bounce+123@mail.esp.example", "out7.mail.esp.example", "pass"
    lesson.zone("message", "The newsletter with the brand's own signature besides.", zone(esp, brand, BRAND_CNAME))
    lesson.message("message", samples.CAMPAIGN_MESSAGE, trace("pass", "pass"), signers,
                   lesson.want(*sent, [True, True]))
    lesson.zone("moved", "The brand moved its DNS, and one line was left behind.", zone(esp, brand, ""))
    lesson.message("moved", samples.CAMPAIGN_MESSAGE.replace("c123.9f31b2", "c124.07aa41"),
                   trace("permerror", "fail"), signers, lesson.want(*sent, [False, True]))
