/* dmarc-text.h: the text of a DMARC record with one tag changed, for people to copy.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* `record` with the tag set, or, where `value` is NULL, without it; the other tags stay as they are
 * and in their order. (transfer full) */
char *dmarc_text_with(const char *record, const char *tag, const char *value);
/* The tag's value as written, or NULL where it is absent. (transfer full) */
char *dmarc_text_tag(const char *record, const char *tag);
