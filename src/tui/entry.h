/* entry.h: a line that somebody types: what may stand in it, and the end of it that is seen.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/glyph.h"

/* Appends the first line of `text`, without control characters, as long as the line has no more than `most` bytes. */
void        entry_add(GString *line, const char *text, gsize length, gsize most);
/* Takes the last character away. FALSE: there is none. */
gboolean    entry_erase(GString *line);
/* Where somebody types the end is seen: as much of it as `room` columns hold; `mode` as in glyph_next(). (points into `text`) */
const char *entry_end(const char *text, guint room, int mode);
