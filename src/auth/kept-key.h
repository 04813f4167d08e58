/* kept-key.h: the text under which something is kept for the next message: all that it follows from.
 * SPDX-License-Identifier: MIT
 *
 * Made for each message, and read by nobody: numbers are written in six bits a byte, the last one marked, so that they cost next to
 * nothing, and texts behind their length, so that no text of a stranger's looks like two. Without NULs. */
#pragma once

#include "facts/report.h"

void     kept_key_number(GString *key, gint64 number);
/* NULL is another one than "". */
void     kept_key_text(GString *key, const char *text);
/* A record that whoever keeps something under this key holds as well: it is the very same one, then, and unchanged. FALSE: nobody
 * else holds it, so that it has never come before. */
gboolean kept_key_held(GString *key, gconstpointer record, const RecordShared *shared);
/* The fields of the header that a value was read from, with the places where they stand. FALSE: it comes from elsewhere. */
gboolean kept_key_fields(GString *key, const GPtrArray *evidence);
