/* again-key.h: the text of all that a thing follows from, under which it is kept (base/again.h).
 * SPDX-License-Identifier: MIT
 *
 * Made for each message, and read by nobody: numbers are written in six bits a byte, the last one marked, so that they cost next to
 * nothing, and texts behind their length, so that no text of a stranger's looks like two. Without NULs. */
#pragma once

#include <glib.h>

void again_key_number(GString *key, gint64 number);
/* NULL is another one than "". */
void again_key_text(GString *key, const char *text);
/* Which thing, by its place in memory: it has to be held as long as the key is. */
void again_key_thing(GString *key, gconstpointer thing);
