/* glyph.h: text as it will stand in cells: what a terminal shows for a character, and how wide.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "base/span.h"

/* One thing to show: a character with its combining marks, or the visible mark that stands for
 * a character that must not reach a terminal ("\x1B", "<U+202E>"). */
typedef struct {
    char     text[32];  /* printable UTF-8, never empty */
    guint    width;     /* columns */
    gboolean mark;      /* `text` is a mark of plain ASCII, one column a byte */
    gboolean blank;
} Glyph;

/* Reads the next glyph at `*cursor` and advances past it; FALSE at the end. With `ascii`,
 * every character beyond ASCII is shown as a mark too (a locale that has no UTF-8). */
gboolean glyph_next(const char **cursor, const char *end, gboolean ascii, Glyph *glyph);

/* Columns that `text` takes, counted up to a number that no window has. */
#define GLYPH_COLUMNS_MAX 4096u
guint    glyph_columns(const char *text, gboolean ascii);

/* Breaks `text` into lines of at most `width` columns, at blanks where there are any. Always at
 * least one line. Array of Span (transfer full). */
GArray  *glyph_wrap(const char *text, guint width, gboolean ascii);
