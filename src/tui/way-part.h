/* way-part.h: what stands in a way.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/way.h"

/* How a list is seen. */
typedef struct {
    guint    sort;          /* MailSort */
    gboolean reverse, failed;
    gboolean group;         /* only those of the group that the row is in */
    guint    cell;          /* of the chart; LIST_ANY_CELL */
    guint    row, above;    /* under the cursor, and so many rows above it; LIST_NO_ROW */
} WayList;

/* A document: how one comes to it, and how it is seen. */
typedef struct {
    char      *kind, *name;
    guint      view;
    gboolean   list;
    GArray    *back;        /* guint: views that Esc leads to, the nearest last */
    GPtrArray *edits;       /* char * */
    GPtrArray *undone;      /* char *: repairs */
    char      *guessing;    /* guessing_said(); or NULL */
    guint      border;
    gboolean   has_seen;
    WayList    seen;        /* of a list, where `has_seen` */
} WayStep;

typedef struct {
    GPtrArray *steps;       /* WayStep */
    GPtrArray *dead;        /* char *: "17 signal 11" */
    GPtrArray *trusted;     /* char * */
    GPtrArray *choices;     /* char *: undo_recall() */
    GPtrArray *answers;     /* char *: class_say() */
    gboolean   predicts;    /* outcomes are guessed */
    char      *told;        /* the line that was seen last; or NULL */
    char      *search;      /* or NULL */
    gboolean   highlight;   /* it is shown where it stands */
    gboolean   searching;   /* the search is not over */
    int        dns;
} Way;

/* way-text.c. Anything may be in such a text: what is no way is left out, numbers are in their
 * bounds, but nobody knows whether there is such a row or host. `text` may be NULL. */
Way   way_read(const char *text);
void  way_clear(Way *way);
char *way_text(const App *app);     /* (transfer full) */
