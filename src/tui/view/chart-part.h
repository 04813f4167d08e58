/* chart-part.h: what the files of the chart share: the view, and where its cells stand.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"
#include "tui/view/chart-page.h"

typedef struct {
    View       view;
    ChartStand stand;           /* where this message stands */
    gboolean   read;            /* `stand` is of this report */
    gboolean   stays;           /* so does the cursor, when it is read anew */
    guint      spf, dkim;       /* the cell under the cursor; CHART_STATES by 0: below them, those without one */
    GPtrArray *ways;            /* Edits: changes that lead to this cell; NULL: nobody asked */
    gboolean   without;         /* the chart without a DMARC record */
    Page      *detail;
    PagePlace  at;
    guint      width, height;
} ChartView;

/* Where the cells stand in their pane. */
typedef struct {
    guint label, cell;          /* columns */
    guint lines;                /* of a cell */
    guint head;                 /* rows above the cells */
    guint foot;                 /* and below */
} ChartGrid;

/* In a pane of that size. */
ChartGrid chart_grid_for(const ChartView *self, Rect pane);
void      chart_grid_draw(const ChartView *self, Canvas *canvas, Rect pane);

/* chart-many.c: the messages of a list on it. NULL: one message is. (transfer none) */
const ChartCount *chart_counted(const ChartView *self);
/* "12 (3)": those in a cell, and in brackets those that would be if their receiving hosts are right. (transfer full) */
char     *chart_count_text(const ChartCount *count, guint cell);
/* What the cell under the cursor means for a list. (transfer full) */
Page     *chart_many_page(const ChartView *self, guint width);
/* "1,200 judged, 300 not yet, 2 unreadable" (transfer full) */
char     *chart_many_note(const ChartView *self);

/* chart-open.c: the worked example of a cell. */
void      chart_open_example(App *app, ChartState spf, ChartState dkim);
