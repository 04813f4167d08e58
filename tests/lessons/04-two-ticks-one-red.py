"""Lesson 4: a newsletter that the sending service signs and bounces for itself.
SPDX-License-Identifier: MIT"""
from kit import samples


def write(lesson):
    key = lesson.key("esp1", "esp.example")
    lesson.zone("message", "A newsletter that a service sends and signs for itself.",
                samples.CAMPAIGN_ZONE.format(esp1=key.record))
    lesson.message("message", samples.CAMPAIGN_MESSAGE, samples.CAMPAIGN_TRACE, [(key, samples.CAMPAIGN_SIGNED)],
                   lesson.want("198.51.100.27", "bounce+123@mail.esp.example", "out7.mail.esp.example", "pass", [True]))
