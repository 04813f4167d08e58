/* chart-page.h: a cell of the chart in words, as a page.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/chart.h"
#include "tui/page.h"
#include "tui/terminal/theme.h"
#include "whatif/edit.h"

typedef struct App App;

/* Where a message stands. */
typedef struct {
    ChartPlace place;           /* as far as is known */
    ChartPlace own;             /* the same without believing anybody */
    gboolean   placed;          /* it has a cell */
    gboolean   claimed;         /* it would, if the receiving host is right: that one is `place` */
    ChartPlace was;             /* where it stood without the edits, */
    gboolean   moved;           /* which is another cell */
} ChartStand;

typedef struct {
    ChartState spf, dkim;       /* the cell */
    gboolean   record;          /* with a DMARC record */
    const ChartStand *stand;
    const GPtrArray  *ways;     /* Edits: changes that lead here; NULL: nobody asked */
} ChartCell;

/* (transfer full) */
Page *chart_page(const App *app, const ChartCell *cell, guint width);
/* What the cell means, whoever stands there: DMARC, Gmail, an example, where changes lead. */
void  chart_add_meaning(Page *page, const App *app, const ChartCell *cell);
void  chart_add_title(Page *page, const ChartCell *cell);
void  chart_add_fact(Page *page, const char *label, Role role, const char *text);
/* "mail-from=bounce@example.jp and spf=pass" (transfer full) */
char *chart_way_text(const Edits *edits);
/* chart-changes.c: where it stood before the edits, and edits that lead here; changes that lead on. */
void  chart_add_edits(Page *page, const ChartCell *cell);
void  chart_add_moves(Page *page, const App *app, const ChartCell *cell);
/* `base`: the report without edits; NULL: there are none. */
ChartStand chart_stand(const Report *report, const Report *base);
gboolean chart_is_here(const ChartStand *stand, ChartState spf, ChartState dkim);
gboolean chart_was_here(const ChartStand *stand, ChartState spf, ChartState dkim);
/* As it stands over a column or beside a row: "other domain". (transfer full) */
char *chart_state_name(ChartState state);

/* What a cell says of DMARC: mark, word and role. */
const char *chart_dmarc_mark(const App *app, Result result);    /* (transfer none) */
char       *chart_dmarc_word(Result result);                    /* (transfer full) */
Role        chart_dmarc_role(Result result);
