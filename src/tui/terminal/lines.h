/* lines.h: rows of a text of any size: found at once, wrapped only where they are seen.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/glyph.h"

typedef struct Lines Lines;

/* A place in the text: a piece (a line, or a part of a giant one) and a row of it. */
typedef struct {
    guint piece;
    guint row;
} LinePlace;

typedef struct {
    Span     span;          /* bytes of this row, line end excluded */
    gsize    number;        /* of the line, from 1; 0 where the row continues one */
} LineRow;

/* Reads `bytes` (borrowed) once for line ends. (transfer full) */
Lines    *lines_new(GBytes *bytes, int mode);
void      lines_free(Lines *lines);
gsize     lines_count(const Lines *lines);

/* Rows are `width` columns from now on. */
void      lines_fit(Lines *lines, guint width);
LineRow   lines_row(const Lines *lines, LinePlace place);
/* FALSE at the last (first) row: `place` stays. */
gboolean  lines_next(const Lines *lines, LinePlace *place);
gboolean  lines_previous(const Lines *lines, LinePlace *place);
LinePlace lines_last(const Lines *lines);
/* The row that holds that byte. */
LinePlace lines_find(const Lines *lines, gsize offset);
/* A place that is still right after the width changed. */
LinePlace lines_clamp(const Lines *lines, LinePlace place);

/* As glyph_next(), with tabs as the blanks up to the next stop of eight; `column` is where the
 * glyph will stand. */
gboolean  lines_glyph(const Lines *lines, const char **cursor, const char *end, guint column,
                      Glyph *glyph);
