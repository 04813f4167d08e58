/* cursor.h: a person's place in the alignment tree: steps shown, branches folded. No screen in it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

typedef struct Cursor Cursor;

typedef struct {
    const Step *step;
    guint       depth;
    gboolean    folded;         /* has children that are not shown */
    gboolean    open;           /* has children that are shown */
    gboolean    revealed;       /* its outcome has been reached by the walk */
    gboolean    concealed;      /* not even of the root it may be seen: somebody is to guess it */
} CursorRow;

/* Opens with every outcome shown and the cursor on the cause (else the first step that failed; where the whole
 * passed, the root). Keeps a borrowed `root`. (transfer full) */
Cursor *cursor_new(const Step *root);
void    cursor_free(Cursor *cursor);
/* The same tree, made anew (borrowed), with other words: place, folds and walk stay. FALSE, and nothing
 * changes, where its branches are others. */
gboolean cursor_follow(Cursor *cursor, const Step *root);

/* The visible rows, top to bottom. (transfer none, until the next call that changes the cursor) */
const GArray *cursor_rows(Cursor *cursor);      /* CursorRow */
guint       cursor_at(const Cursor *cursor);    /* index of the row under the cursor */
const Step *cursor_step(Cursor *cursor);
void        cursor_go(Cursor *cursor, guint row);

/* The walk: steps in the order the answer is built, children before the branch that rests on them,
 * the root last. Only visible rows take part. */
gboolean    cursor_walking(const Cursor *cursor);
guint       cursor_walk_at(const Cursor *cursor);   /* steps revealed so far */
guint       cursor_walk_length(Cursor *cursor);
/* The row of a step of the walk (from 1), and the step that a row takes; 0: none. */
guint       cursor_walk_row(const Cursor *cursor, guint step);
guint       cursor_walk_step(const Cursor *cursor, guint row);
gboolean    cursor_next(Cursor *cursor);        /* FALSE at the end */
gboolean    cursor_back(Cursor *cursor);
void        cursor_end(Cursor *cursor);         /* everything revealed */
void        cursor_restart(Cursor *cursor);     /* nothing revealed */

/* No outcome is seen, not the root's either, until it is revealed, or all are again. */
void        cursor_conceal(Cursor *cursor, gboolean concealed);
/* Of this step and of all below it. */
void        cursor_reveal(Cursor *cursor, const Step *step);
/* Of this step nothing is seen, and of what lies below it not even that it is there, until it is revealed, or all
 * are concealed or revealed anew. */
void        cursor_seal(Cursor *cursor, const Step *step);

gboolean    cursor_fold(Cursor *cursor);        /* closes this branch, or goes to its parent */
gboolean    cursor_unfold(Cursor *cursor);      /* opens it, or goes to its first child */
gboolean    cursor_cause(Cursor *cursor);       /* goes to the cause, unfolding what hides it */
gboolean    cursor_to(Cursor *cursor, const Step *step);    /* likewise to this step of its tree */
gboolean    cursor_failing(Cursor *cursor, int direction);  /* next (+1) or previous (-1) failing step */

/* Only steps that failed (as far as the walk has come), and what leads to them; or all again.
 * FALSE, and nothing changes, where none failed. */
gboolean    cursor_filter(Cursor *cursor, gboolean only_failed);
gboolean    cursor_filtered(const Cursor *cursor);
/* Goes to the next (`backward`: the previous) step that `matches`, around the end, folded or not.
 * FALSE where there is none. */
typedef gboolean (*CursorMatch)(const CursorRow *row, gconstpointer data);
gboolean    cursor_find(Cursor *cursor, CursorMatch matches, gconstpointer data, gboolean backward, gboolean *wrapped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cursor, cursor_free)
