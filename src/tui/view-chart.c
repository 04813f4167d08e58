/* view-chart.c: SPF by DKIM in 16 cells, and what the one under the cursor means.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/chart-part.h"
#include "tui/split.h"

enum { TWO_PANES = 120, GRID_WIDE = 78, HIGH = 16 };

/* ---- where everything stands ---- */

static Split
split_of(const ChartView *self, guint width, guint height)
{
    if (width >= TWO_PANES)
        return (Split){ { 0, 0, GRID_WIDE, height },
                        { GRID_WIDE + 1, 0, width - GRID_WIDE - 1, height },
                        TRUE };
    const guint rows = 2 + CHART_STATES * (height >= HIGH ? 2 : 1);
    return split_stacked(width, height, rows, rows, self->in_detail);
}

/* ---- reading the report ---- */

static void
read_report(ChartView *self)
{
    if (self->read)
        return;
    const Report *report = self->view.app->doc->report;

    self->placed = chart_place(report, FALSE, &self->place);
    /* Second best: what follows if the receiving host is right, a cell or only a line of them. */
    ChartPlace told;
    self->claimed = !self->placed && chart_place(report, TRUE, &told);
    if (!self->placed && (told.spf != self->place.spf || told.dkim != self->place.dkim))
        self->place = told;
    self->without = self->place.record == TRI_FALSE;
    self->spf = self->place.spf == CHART_OPEN ? 0 : self->place.spf;
    self->dkim = self->place.dkim == CHART_OPEN ? 0 : self->place.dkim;
    self->read = TRUE;
}

static void
chart_fit(View *view, guint width, guint height)
{
    ChartView *self = (ChartView *)view;
    const Split split = split_of(self, width, height);

    read_report(self);
    self->width = width;
    self->height = height;
    g_clear_pointer(&self->detail, page_free);
    const ChartCell cell = { .spf = self->spf, .dkim = self->dkim, .record = !self->without,
                             .placed = self->placed, .claimed = self->claimed,
                             .place = &self->place };
    self->detail = chart_page(view->app, &cell, split.detail.width ? split.detail.width : width);
    page_fit(self->detail, &self->at, MAX(split.detail.height, 1));
}

static void
chart_draw(const View *view, Canvas *canvas, Rect area)
{
    const ChartView *self = (const ChartView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        chart_grid_draw(self, canvas, split.list);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->at, canvas, split.detail);
}

/* ---- keys ---- */

static void
go(ChartView *self, int rows, int columns)
{
    self->spf = (guint)CLAMP((int)self->spf + rows, 0, CHART_STATES - 1);
    self->dkim = (guint)CLAMP((int)self->dkim + columns, 0, CHART_STATES - 1);
    self->at = (PagePlace){ 0, 0 };
}

/* It begins at the cell of this message. */
static void
go_home(ChartView *self)
{
    self->spf = self->place.spf == CHART_OPEN ? 0 : self->place.spf;
    self->dkim = self->place.dkim == CHART_OPEN ? 0 : self->place.dkim;
    self->at = (PagePlace){ 0, 0 };
}

static void
move_cell(ChartView *self, Move move)
{
    switch (move) {
    case MOVE_UP:
        go(self, -1, 0);
        break;
    case MOVE_DOWN:
        go(self, 1, 0);
        break;
    case MOVE_PAGE_UP:
        go(self, -CHART_STATES, 0);
        break;
    case MOVE_PAGE_DOWN:
        go(self, CHART_STATES, 0);
        break;
    case MOVE_FIRST:
        go_home(self);
        break;
    case MOVE_LAST:
        go(self, CHART_STATES, CHART_STATES);
        break;
    }
}

static void
chart_move(View *view, Move move)
{
    ChartView *self = (ChartView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->in_detail)
        page_move(self->detail, &self->at, MAX(split.detail.height, 1), move);
    else
        move_cell(self, move);
}

/* What put this message into its cell is told by the tree. */
static void
chart_enter(View *view)
{
    app_tree(view->app);
}

static char *
chart_note(const View *view)
{
    const ChartView *self = (const ChartView *)view;
    const Split split = split_of(self, self->width, self->height);
    const ChartGrid grid = chart_grid_for(split.list);

    if (self->in_detail)
        return g_strdup(_("Tab: back to the chart"));
    const char *more = split.detail.height == 0 ? _("this cell: Tab")
                       : page_more(self->detail, &self->at, split.detail.height)
                           ? _("more: Tab")
                           : NULL;
    const char *here = self->placed    ? _("[ ] this message")
                       : self->claimed ? _("( ) if the receiver is right")
                                       : NULL;
    const char *const parts[] = { here, grid.lines > 1 ? NULL : _("G Gmail's bulk rule"), more };
    g_autoptr(GString) note = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i])
            g_string_append_printf(note, "%s%s", note->len > 0 ? ", " : "", parts[i]);
    return note->len > 0 ? g_strdup(note->str) : NULL;
}

static gboolean
chart_click(View *view, guint x, guint y)
{
    ChartView *self = (ChartView *)view;
    const Split split = split_of(self, self->width, self->height);
    const ChartGrid grid = chart_grid_for(split.list);

    if (split.list.height == 0 || x < grid.label || y < grid.head || x >= split.list.width ||
        y >= split.list.height)
        return TRUE;
    const guint dkim = (x - grid.label) / MAX(grid.cell, 1);
    const guint spf = (y - grid.head) / grid.lines;
    if (spf >= CHART_STATES || dkim >= CHART_STATES)
        return TRUE;
    const gboolean moved = self->spf != spf || self->dkim != dkim || self->in_detail;
    self->in_detail = FALSE;
    self->spf = spf;
    self->dkim = dkim;
    return moved;
}

static Page *
chart_pane(View *view, PagePlace **place, Rect *area)
{
    ChartView *self = (ChartView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (!self->in_detail)
        return NULL;
    *place = &self->at;
    *area = split.detail;
    return self->detail;
}

/* In the examples: "forward" leads from one cell of forwards to the next. */
static gboolean
chart_find(View *view, Find *find)
{
    enum { CELLS = CHART_STATES * CHART_STATES };
    ChartView *self = (ChartView *)view;
    const guint from = self->spf * CHART_STATES + self->dkim;

    for (guint i = 1; i <= CELLS; i++) {
        const guint at = (find->backward ? from + CELLS - i : from + i) % CELLS;
        g_autofree char *id =
            g_strdup_printf("chart-%s-%s", chart_state_words[at / CHART_STATES],
                            chart_state_words[at % CHART_STATES]);
        g_autofree char *example = words_text(id, NULL);
        if (!find_in(example, find->needle))
            continue;
        find->wrapped = find->backward ? at >= from : at <= from;
        self->spf = at / CHART_STATES;
        self->dkim = at % CHART_STATES;
        return TRUE;
    }
    return FALSE;
}

/* "SPF unaligned, DKIM none: DMARC fail" */
static char *
chart_value(View *view)
{
    const ChartView *self = (const ChartView *)view;
    const Result result = chart_dmarc(self->spf, self->dkim, !self->without);

    return g_strdup_printf("SPF %s, DKIM %s: DMARC %s", chart_state_words[self->spf],
                           chart_state_words[self->dkim], result_words[result]);
}

static const Page *
chart_read(const View *view)
{
    return ((const ChartView *)view)->detail;
}

static void
chart_renew(View *view)
{
    ((ChartView *)view)->read = FALSE;
}

static void
chart_close(View *view)
{
    page_free(((ChartView *)view)->detail);
}

/* Without one domain in From: no cell says anything about it. */
static gboolean
chart_has(const App *app)
{
    return app->doc->report->from->domain != NULL;
}

void
chart_left(App *app)
{
    go((ChartView *)app_view(app), 0, -1);
}

void
chart_right(App *app)
{
    go((ChartView *)app_view(app), 0, 1);
}

void
chart_record(App *app)
{
    ChartView *self = (ChartView *)app_view(app);

    self->without = !self->without;
}

void
chart_tab(App *app)
{
    ChartView *self = (ChartView *)app_view(app);

    self->in_detail = !self->in_detail;
}

const ViewClass view_chart = {
    .name = "chart",
    .label = N_("Chart"),
    .key = "7",
    .context = IN_CHART,
    .size = sizeof(ChartView),
    .needs_message = TRUE,
    .has = chart_has,
    .renew = chart_renew,
    .fit = chart_fit,
    .draw = chart_draw,
    .move = chart_move,
    .enter = chart_enter,
    .note = chart_note,
    .read = chart_read,
    .close = chart_close,
    .pane = chart_pane,
    .find = chart_find,
    .click = chart_click,
    .value = chart_value,
};
