/* list-part.h: the view of a list, as its own files see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/list/list-rows.h"
#include "tui/ui.h"
#include "tui/view/list.h"

typedef struct {
    View      view;
    guint     at, top;          /* positions */
    guint     row;              /* under the cursor: it stays there when rows come and go */
    gboolean  recalled;         /* so many stand above it until rows are found and sorted */
    guint     above;
    guint     row_before, above_before;     /* where the cursor was before a group was shown */
    ListRows *shown;            /* from `top` */
    guint     width, height;    /* of the rows, without the headings */
} ListView;

/* The one of the list that is open; NULL: it was not seen yet. (transfer none) */
ListView *list_view(const App *app);
/* The cursor keeps its row while others are sorted in, filtered out and found. */
void  list_follow_row(ListView *self);
/* The cursor goes to the row at `position`, or to the last. */
void  list_set_row(ListView *self, guint position);

/* list-judge.c: the next row without a verdict: those in sight first; where the verdict decides what is seen, all
 * others, too. LIST_NO_ROW: none. */
guint list_row_to_judge(const App *app);
void  list_judge_next(App *app);
