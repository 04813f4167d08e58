/* page-part.h: what a page is made of, for its own files.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/page.h"

typedef struct {
    guint row;
    guint x;
    Role  role;
    gsize start;        /* in the page's text */
    gsize length;
} Piece;

typedef struct {
    guint row, x;
    gsize start;
    gsize length;
} Text;

typedef struct {
    guint         first, last;      /* rows */
    gconstpointer target;
} Item;

struct Page {
    guint    width;
    int      mode;      /* GlyphMode */
    guint    rows;
    GString *text;
    GArray  *pieces;    /* Piece; top to bottom once page_fit() was called */
    gboolean sorted;
    GArray  *items;     /* Item, top to bottom */
    GArray  *texts;     /* Text, before it was wrapped */
};

/* The last row that may be the first in sight. */
guint page_last_top(const Page *page, guint height);
