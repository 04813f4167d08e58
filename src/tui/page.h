/* page.h: a text longer than the screen: rows of pieces with roles, a place in it, a selection.
 * SPDX-License-Identifier: MIT
 *
 * Views that read like a page fill one when the window's size is known and paint what fits.
 * Knows nothing of mail. */
#pragma once

#include "tui/find.h"
#include "tui/terminal/canvas.h"

typedef enum { MOVE_UP, MOVE_DOWN, MOVE_PAGE_UP, MOVE_PAGE_DOWN, MOVE_FIRST, MOVE_LAST } Move;

/* The same in a list of `count` rows: the row that a move leads to. 0 where there is none. */
guint    move_row(Move move, guint at, guint count, guint page);

typedef struct Page Page;

Page    *page_new(guint width, int mode);       /* of GlyphMode. (transfer full) */
void     page_free(Page *page);

/* A new empty row below the last; the first call makes row 0. Returns its number. */
guint    page_row(Page *page);
guint    page_length(const Page *page);
/* Wraps `text` between the columns x and limit, beginning in `row`, over as many rows
 * as it takes (made where they are missing). Returns the number of rows used. */
guint    page_wrap(Page *page, guint row, guint x, guint limit, Role role, const char *text);
/* The common case: new rows at the end. */
guint    page_text(Page *page, guint x, Role role, const char *text);
/* A line to copy, in new rows at the end: at `x` where it fits, at the edge where only that keeps it
 * in one row. A longer one is seen to be one line: its further rows stand deeper than the first. */
void     page_setting(Page *page, guint x, Role role, const char *line);
/* A new row at the end: a label at `x`, and from `column` on what it names, on as many rows as both
 * take. */
void     page_pair(Page *page, guint x, guint column, Role label_role, const char *label, Role role,
                   const char *text);
/* The same under the left edge, with a dim label. Nothing where there is no value. */
void     page_fact(Page *page, guint column, const char *label, Role role, const char *value);
/* From `row` to the last row: one thing that can be selected, with what belongs to it. */
void     page_item(Page *page, guint row, gconstpointer target);

/* Where a person is in a page; survives the page being filled anew. */
typedef struct {
    guint top;          /* first row on the screen */
    guint item;         /* selected, where there are items */
    guint found;        /* the row where a search ended, from 1; 0: it has been left since */
} PagePlace;

guint         page_items(const Page *page);
gconstpointer page_target(const Page *page, const PagePlace *place);
/* Call when the page is filled, and when the height changes: corrects the place. */
void     page_fit(Page *page, PagePlace *place, guint height);
void     page_move(const Page *page, PagePlace *place, guint height, Move move);
/* The selected rows are tinted as under the cursor. */
void     page_draw(const Page *page, const PagePlace *place, Canvas *canvas, Rect area);
gboolean page_more(const Page *page, const PagePlace *place, guint height);
#define PAGE_NO_ITEM G_MAXUINT
guint    page_item_at(const Page *page, guint row);     /* PAGE_NO_ITEM: none stands there */
/* The selected item's text, or that of the first row that is seen; cells apart by blanks.
 * (transfer full) */
char    *page_item_text(const Page *page, const PagePlace *place);
/* Goes to the next row (from the selected one on) that has it. */
gboolean page_find(const Page *page, PagePlace *place, guint height, Find *find);

/* What was put on the page, whole and in the order in which it was put there: for those who read it
 * without a screen. (text: transfer none) */
typedef struct {
    guint       row, x;
    const char *text;
    gsize       length;
} PageCell;

guint    page_cells(const Page *page);
PageCell page_cell(const Page *page, guint index);
guint    page_item_row(const Page *page, guint item);   /* its first row */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Page, page_free)
