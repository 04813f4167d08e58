/* over.h: glyphs that curses counts otherwise than the terminal, written past it.
 * SPDX-License-Identifier: MIT
 *
 * Curses goes by the C library, for which an ambiguous character (UAX 11: Greek, Cyrillic, many
 * signs) takes one column; where the terminal gives it two, all behind it would shift. So curses is
 * given blanks, and the glyph is written onto them afterwards. */
#pragma once

#include "tui/terminal/theme.h"

/* Writes `text` at a place; both count from 0. The colors of `style` are those of a terminal of
 * `depth` colors. */
void  over_add(GString *out, guint x, guint y, const Style *style, int depth, const char *text);
/* What was added, and the cursor and its colors as before; NULL where nothing was. */
char *over_take(GString *out);      /* (transfer full) */
/* Asks the terminal how wide it draws such a character: writes one in a corner, asks for the cursor
 * (its answer: input_take_report()), and wipes it away. */
#define OVER_QUESTION "\x1B" "7\x1B[1;1H\xE2\x97\x8B\x1B[6n\x1B[1;1H\x1B[K\x1B" "8"
enum { OVER_ANSWER_ONE = 2, OVER_ANSWER_TWO = 3 };  /* the cursor's column */
