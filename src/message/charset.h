/* charset.h: character sets in a confined worker, where the C library cannot load its tables any more.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Before text in that character set, as mail calls it, is converted; of all those that encoded words in `value` name. In a
 * confined worker that lacks one the message is done again by another one (base/inside.h); elsewhere nothing happens. */
void     charset_ready(const char *name, gsize length);
void     charset_ready_words(const char *value);

/* In a process that will be confined: loads that set, "charset:" and its name being what was needed; FALSE: it is no such
 * need. A set that the C library does not know is not there afterwards, either. */
gboolean charset_warm(const char *need);
/* … the sets that mail is written in. */
void     charset_warm_usual(void);
