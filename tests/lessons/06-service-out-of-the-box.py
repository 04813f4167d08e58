"""Lesson 6: a sending service as it is set up at first, with and without the shop's own signature.
SPDX-License-Identifier: MIT"""
from kit import samples

DEFAULT = f"{samples.SES_ID}@eu-west-1.amazonses.example"
HELO = "a8-51.smtp-out.eu-west-1.amazonses.example"
OWN_LINE = " dkim=pass header.d=example.com header.s=l7qm2dzpx3vkw5ntr4gbyc6hsaujfe8o;\n"


def write(lesson):
    own = lesson.key("l7qm2dzpx3vkw5ntr4gbyc6hsaujfe8o", "example.com")
    service = lesson.key("q5vhz3mdtw7ykrbn2xpcj4gselafou6i", "amazonses.example")
    keys = {"own_key": own.record, "service_key": service.record, "aspf": ""}
    text, trace = samples.SES_MESSAGE.format(id=samples.SES_ID), samples.SES_TRACE.format(mail_from=DEFAULT)
    lesson.zone("message", "A sending service as it is set up at first.",
                samples.SES_ZONE.format(own=samples.SES_RELAXED, **keys))
    lesson.message("message", text, trace, [(service, samples.SES_SIGNED), (own, samples.SES_SIGNED)],
                   lesson.want("203.0.113.51", DEFAULT, HELO, "pass", [True, True]))
    # Only the address was confirmed at the service, not the domain: it signs for itself alone.
    lesson.zone("one-address", "The same service; it signs for itself alone.",
                samples.SES_ZONE.format(own=samples.SES_OWN + samples.SES_RELAXED, **keys))
    lesson.message("one-address", text,
                   trace.replace(OWN_LINE, "").replace("dmarc=pass", "dmarc=fail"), [(service, samples.SES_SIGNED)],
                   lesson.want("203.0.113.51", DEFAULT, HELO, "pass", [True]))
