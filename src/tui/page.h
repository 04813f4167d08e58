/* page.h: a text longer than the screen: rows of pieces with roles, a place in it, a selection.
 * SPDX-License-Identifier: MIT
 *
 * Views that read like a page fill one when the window's size is known and paint what fits.
 * Knows nothing of mail. */
#pragma once

#include "tui/canvas.h"

typedef enum { MOVE_UP, MOVE_DOWN, MOVE_PAGE_UP, MOVE_PAGE_DOWN, MOVE_FIRST, MOVE_LAST } Move;

typedef struct Page Page;

Page    *page_new(guint width, gboolean ascii);     /* (transfer full) */
void     page_free(Page *page);

/* A new empty row below the last; the first call makes row 0. Returns its number. */
guint    page_row(Page *page);
guint    page_length(const Page *page);
/* Wraps `text` between the columns x and limit, beginning in `row`, over as many rows
 * as it takes (made where they are missing). Returns the number of rows used. */
guint    page_wrap(Page *page, guint row, guint x, guint limit, Role role, const char *text);
/* The common case: new rows at the end. */
guint    page_text(Page *page, guint x, Role role, const char *text);
/* From `row` to the last row: one thing that can be selected, with what belongs to it. */
void     page_item(Page *page, guint row, gconstpointer target);

/* Where a person is in a page; survives the page being filled anew. */
typedef struct {
    guint top;          /* first row on the screen */
    guint item;         /* selected, where there are items */
} PagePlace;

guint         page_items(const Page *page);
gconstpointer page_target(const Page *page, const PagePlace *place);
/* Call when the page is filled, and when the height changes: corrects the place. */
void     page_fit(Page *page, PagePlace *place, guint height);
void     page_move(const Page *page, PagePlace *place, guint height, Move move);
/* The selected rows are tinted as under the cursor. */
void     page_draw(const Page *page, const PagePlace *place, Canvas *canvas, Rect area);
gboolean page_more(const Page *page, const PagePlace *place, guint height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Page, page_free)
