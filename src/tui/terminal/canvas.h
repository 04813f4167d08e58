/* canvas.h: a grid of cells that views paint; a terminal or a test shows it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/glyph.h"
#include "tui/terminal/theme.h"

/* A cell shows one glyph; the further columns of a wide one have width 0. */
typedef struct {
    char  text[32];
    Role  role;
    guint width;
    guint code;             /* the key that a click here presses; 0: none */
} Cell;

typedef struct {
    guint    width;
    guint    height;
    int      mode;          /* GlyphMode */
    gboolean glyphs;        /* check mark and cross may stand for + and x */
    Cell    *cells;
} Canvas;

typedef struct {
    guint x, y, width, height;
} Rect;

/* What stands in every cell of a new canvas. */
extern const Cell canvas_blank;

Canvas     *canvas_new(guint width, guint height);  /* (transfer full), all blank */
Canvas     *canvas_copy(const Canvas *canvas);      /* (transfer full) */
/* Makes the one in `slot` (NULL: none yet) a copy; memory is used again where the size is the same. */
void        canvas_keep(Canvas **slot, const Canvas *canvas);
void        canvas_free(Canvas *canvas);
const Cell *canvas_cell(const Canvas *canvas, guint x, guint y);

/* Paints `text` from (x, y) and stops at a glyph's border before column `limit`. Returns
 * the column behind what was painted. Text of any origin is safe here. */
guint canvas_put(Canvas *canvas, guint x, guint y, guint limit, Role role, const char *text);
guint canvas_put_span(Canvas *canvas, guint x, guint y, guint limit, Role role, const char *text,
                      gsize length);
/* The same, with ".." where it had to be cut. */
guint canvas_put_cut(Canvas *canvas, guint x, guint y, guint limit, Role role, const char *text);
guint canvas_put_glyph(Canvas *canvas, guint x, guint y, guint limit, Role role,
                       const Glyph *glyph);
/* A row of one ASCII character / the role of cells that are painted already. */
void  canvas_fill(Canvas *canvas, guint x, guint y, guint limit, Role role, char fill);
void  canvas_tint(Canvas *canvas, guint x, guint y, guint limit, Role role);
gboolean canvas_within(Rect area, guint x, guint y);
/* A click on these cells presses that key. */
void  canvas_button(Canvas *canvas, guint x, guint y, guint limit, guint code);

/* The grid as lines of text, blanks at the ends removed. (transfer full) */
char *canvas_text(const Canvas *canvas);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Canvas, canvas_free)
