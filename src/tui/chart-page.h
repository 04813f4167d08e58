/* chart-page.h: a cell of the chart in words, as a page.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/chart.h"
#include "tui/page.h"
#include "tui/theme.h"

typedef struct App App;

typedef struct {
    ChartState spf, dkim;       /* the cell */
    gboolean   record;          /* with a DMARC record */
    gboolean   placed;          /* the message has a cell */
    gboolean   claimed;         /* it would, if the receiving host is right */
    const ChartPlace *place;    /* where it stands, as far as is known */
} ChartCell;

/* (transfer full) */
Page *chart_page(const App *app, const ChartCell *cell, guint width);

/* What a cell says of DMARC: mark, word and role. */
const char *chart_dmarc_mark(const App *app, Result result);    /* (transfer none) */
char       *chart_dmarc_word(Result result);                    /* (transfer full) */
Role        chart_dmarc_role(Result result);
