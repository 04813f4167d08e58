/* chart-part.h: what the files of the chart share: the view, and where its cells stand.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/chart-page.h"
#include "tui/ui.h"

typedef struct {
    View       view;
    ChartPlace place;           /* where this message stands */
    gboolean   placed;          /* it has a cell */
    gboolean   claimed;         /* it would, if the receiving host is right: that one is `place` */
    gboolean   read;            /* `place` is of this report */
    guint      spf, dkim;       /* the cell under the cursor */
    gboolean   without;         /* the chart without a DMARC record */
    gboolean   in_detail;
    Page      *detail;
    PagePlace  at;
    guint      width, height;
} ChartView;

/* Where the cells stand in their pane. */
typedef struct {
    guint label, cell;          /* columns */
    guint lines;                /* of a cell */
    guint head;                 /* rows above the cells */
} ChartGrid;

/* In a pane of that size. */
ChartGrid chart_grid_for(Rect pane);
void      chart_grid_draw(const ChartView *self, Canvas *canvas, Rect pane);
