/* cells.h: what changed on a canvas, as bytes from one process to another, which believes none of them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/canvas.h"

/* Is handed each piece; they are taken in this order. */
typedef void (*CellsPiece)(const guint8 *bytes, gsize length, gpointer data);

/* What of `now` is another in `before` (NULL: on a new canvas). The two have the same size. */
void     cells_give(const Canvas *before, const Canvas *now, CellsPiece piece, gpointer data);

/* Writes a piece onto `canvas`. FALSE: that was none (a size or a role that cannot be, a part of a record): the sender is not one of
 * ours. What is in a cell is looked at again (glyph.h): what has not exactly these columns becomes "?". `mode`: of
 * this terminal, GLYPH_WIDE as the sender has it. */
gboolean cells_take(Canvas *canvas, const guint8 *bytes, gsize length, int mode);
/* When all pieces are there: of a wide glyph of which a part is missing, "?" is left, so that all columns stand where they should. */
void     cells_settle(Canvas *canvas);
