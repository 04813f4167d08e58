/* roff.h: text as mdoc(7) source.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* `text` for a macro's argument or inside a line: never a macro, a request or a delimiter itself.
 * (transfer full) */
char *roff_word(const char *text);
/* `text` as lines of source: wrapped, each sentence on a line of its own. */
void  roff_text(GString *out, const char *text);
