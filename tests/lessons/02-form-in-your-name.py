"""Lesson 2: the web form that puts its visitor into From:.
SPDX-License-Identifier: MIT"""
from kit import samples


def write(lesson):
    key = lesson.key("form2026", "example.com")
    lesson.zone("message", "A web form that puts the visitor into From:.",
                samples.FORM_ZONE.format(form2026=key.record))
    lesson.message("message", samples.FORM_MESSAGE.format(who=samples.VISITOR),
                   samples.FORM_TRACE.format(dmarc=samples.DMARC_FAIL), [(key, samples.FORM_SIGNED)],
                   lesson.want("192.0.2.10", "webmaster@www.example.com", "www.example.com", "pass", [True]))
