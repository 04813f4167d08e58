/* findings.h: what a reader should notice about a message.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "message/message.h"

/* Appends the findings that follow from the bytes and the finished checks to those that the checks
 * made themselves. */
void findings_add(const Message *message, Report *report);
/* Says where nobody whose word was to count (NULL-terminated; or NULL) said anything, but others did. */
void findings_trust(const char *const *trusted, Report *report);
