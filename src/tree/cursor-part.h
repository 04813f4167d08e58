/* cursor-part.h: what the files of the cursor share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tree/cursor.h"

/* What the cursor remembers about one step of the tree. Places stand in the tree's own
 * order, so the descendants of place i are i + 1 … i + below. */
typedef struct {
    const Step *step;
    guint       depth;
    guint       parent;         /* index of its place; the root is its own */
    guint       below;          /* descendants */
    gboolean    folded;
    gboolean    revealed;
    gboolean    sealed;         /* what lies below it is not seen either */
    gboolean    kept;           /* the filter shows it */
} Place;

struct Cursor {
    GArray  *places;            /* Place */
    GArray  *rows;              /* CursorRow: the visible places */
    GArray  *row_places;        /* guint: the place of each row */
    GArray  *walk;              /* guint: visible places that take a step, in walking order */
    guint    at;                /* place under the cursor, always visible */
    gboolean walking;
    gboolean filtered;
    gboolean concealed;
};

static inline Place *
place_at(const Cursor *cursor, guint index)
{
    return &g_array_index(cursor->places, Place, index);
}

/* The places of `step` and of all below it, in order. */
void     cursor_add_places(Cursor *cursor, const Step *step, guint depth, guint parent);
/* Rows and walk anew, after folds, filter or outcomes changed. */
void     cursor_rebuild(Cursor *cursor);
gboolean cursor_is_failure(Result result);
/* What failed and is known to, and what leads there; below a step that passed nothing matters (a
 * term of SPF that did not match). Returns how many failed. */
guint    cursor_keep(Cursor *cursor);
/* From a place that the filter hides to the nearest above that is seen. */
void     cursor_leave_hidden(Cursor *cursor);
gboolean cursor_conceals(const Cursor *cursor, const Place *place);
/* The outermost place above (or at) `index` that hides what lies below it. */
guint    cursor_outside_of_seals(const Cursor *cursor, guint index);
gboolean cursor_has_rows_below(const Cursor *cursor, guint index);
/* The row of a place, or the one that hides it. */
guint    cursor_row_of(const Cursor *cursor, guint place);
