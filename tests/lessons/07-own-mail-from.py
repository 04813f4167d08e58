"""Lesson 7: the shop's own MAIL FROM, relaxed and strict.
SPDX-License-Identifier: MIT"""
from kit import samples

CUSTOM = f"{samples.SES_ID}@ses.example.com"
HELO = "a8-51.smtp-out.eu-west-1.amazonses.example"
OWN_LINE = " dkim=pass header.d=example.com header.s=l7qm2dzpx3vkw5ntr4gbyc6hsaujfe8o;\n"


def write(lesson):
    own = lesson.key("l7qm2dzpx3vkw5ntr4gbyc6hsaujfe8o", "example.com")
    service = lesson.key("q5vhz3mdtw7ykrbn2xpcj4gselafou6i", "amazonses.example")
    keys = {"own_key": own.record, "service_key": service.record}
    text, trace = samples.SES_MESSAGE.format(id=samples.SES_ID), samples.SES_TRACE.format(mail_from=CUSTOM)
    lesson.zone("message", "The same service with the shop's own MAIL FROM.",
                samples.SES_ZONE.format(own=samples.SES_OWN + samples.SES_RELAXED, aspf="", **keys))
    lesson.message("message", text, trace, [(service, samples.SES_SIGNED), (own, samples.SES_SIGNED)],
                   lesson.want("203.0.113.51", CUSTOM, HELO, "pass", [True, True]))
    lesson.zone("strict", "Strict alignment for SPF, and nobody signs for the shop.",
                samples.SES_ZONE.format(own=samples.SES_OWN + samples.SES_STRICT, aspf=" aspf=s;", **keys))
    lesson.message("strict", text,
                   trace.replace(OWN_LINE, "").replace("dmarc=pass", "dmarc=fail"), [(service, samples.SES_SIGNED)],
                   lesson.want("203.0.113.51", CUSTOM, HELO, "pass", [True]))
