/* glyph.h: text as it will stand in cells: what a terminal shows for a character, and how wide.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "base/span.h"

/* How text is shown: bits. */
typedef enum {
    GLYPH_ASCII = 1 << 0,   /* every character beyond ASCII as a mark (a locale without UTF-8) */
    GLYPH_WIDE  = 1 << 1,   /* the terminal gives ambiguous characters (UAX 11) two columns */
    GLYPH_EXACT = 1 << 2    /* what an emoji is joined with stands as marks, too */
} GlyphMode;

/* One thing to show, never cut in two: a character as a reader sees it (grapheme cluster, UAX 29),
 * or the visible mark that stands for a character that must not reach a terminal ("\x1B",
 * "<U+202E>"). Its characters stand side by side, each with its combining marks: so every terminal
 * takes the same columns for it. */
typedef struct {
    char     text[32];  /* printable UTF-8, never empty */
    guint    width;     /* columns */
    gboolean mark;      /* `text` is a mark of plain ASCII, one column a byte */
    gboolean blank;
} Glyph;

/* Reads the next glyph at `*cursor` and advances past it; FALSE at the end. `mode`: of GlyphMode.
 * The joiner, the variation selector and the skin tone of an emoji are left out, since terminals
 * disagree about them; elsewhere, and in an exact mode, they are marks. */
gboolean glyph_next(const char **cursor, const char *end, int mode, Glyph *glyph);

/* Columns that `text` takes, counted up to a number that no window has. */
#define GLYPH_COLUMNS_MAX 4096u
guint    glyph_columns(const char *text, int mode);

/* Breaks `text` into lines of at most `width` columns, at blanks where there are any. Always at
 * least one line. Array of Span (transfer full). */
GArray  *glyph_wrap(const char *text, guint width, int mode);
