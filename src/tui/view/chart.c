/* chart.c: SPF by DKIM in 16 cells, and what the one under the cursor means.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/view/chart-part.h"
#include "tui/view/list.h"
#include "tui/view/split.h"
#include "tui/view/views.h"
#include "tui/view/what-if.h"

enum { TWO_PANES = 120, GRID_WIDE = 78, HIGH = 16 };

/* ---- where everything stands ---- */

static Split
split_of(const ChartView *self, guint width, guint height)
{
    if (width >= TWO_PANES)
        return (Split){ { 0, 0, GRID_WIDE, height },
                        { GRID_WIDE + 1, 0, width - GRID_WIDE - 1, height },
                        TRUE };
    const guint foot = chart_counted(self) ? 1 : 0;
    const guint rows = 2u + CHART_STATES * (height >= HIGH ? 2u : 1u) + foot;
    return split_stacked(width, height, rows, rows, self->view.in_detail);
}

/* ---- reading the report ---- */

/* It begins at the cell of this message. */
static void
go_home(ChartView *self)
{
    const ChartPlace *place = &self->stand.place;
    const gboolean many = chart_counted(self) != NULL;

    self->spf = many || place->spf == CHART_OPEN ? 0 : place->spf;
    self->dkim = many || place->dkim == CHART_OPEN ? 0 : place->dkim;
    self->at = (PagePlace){ 0, 0, 0 };
}

static void
forget_ways(ChartView *self)
{
    if (self->ways)
        self->view.in_detail = FALSE;
    g_clear_pointer(&self->ways, g_ptr_array_unref);
}

static void
read_report(ChartView *self)
{
    const Document *document = self->view.app->doc;

    if (self->read)
        return;
    if (!document->list) {
        self->stand = chart_stand(document->report, document->base);
    }
    if (!self->stays) {
        self->without = !document->list && self->stand.place.record == TRI_FALSE;
        forget_ways(self);
        go_home(self);
    }
    self->read = TRUE;
}

static Page *
detail_page(const ChartView *self, guint width)
{
    const ChartCell cell = { .spf = self->spf, .dkim = self->dkim, .record = !self->without,
                             .stand = &self->stand, .ways = self->ways };

    return chart_counted(self) ? chart_many_page(self, width)
                               : chart_page(self->view.app, &cell, width);
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
    self->detail = detail_page(self, split.detail.width ? split.detail.width : width);
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

/* Of a list, those without a cell stand below all columns. */
static void
go(ChartView *self, int rows, int columns)
{
    const int last = chart_counted(self) ? CHART_STATES : CHART_STATES - 1;

    forget_ways(self);
    self->spf = (guint)CLAMP((int)self->spf + rows, 0, last);
    self->dkim = (guint)CLAMP((int)self->dkim + columns, 0, CHART_STATES - 1);
    self->at = (PagePlace){ 0, 0, 0 };
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

    if (self->view.in_detail)
        page_move(self->detail, &self->at, MAX(split.detail.height, 1), move);
    else
        move_cell(self, move);
}

static const Edits *
chosen_way(const ChartView *self)
{
    return self->view.in_detail && self->ways && self->ways->len > 0
               ? page_target(self->detail, &self->at) : NULL;
}

/* What put this message into its cell is told by the tree; any other cell by its example. */
static void
chart_enter(View *view)
{
    ChartView *self = (ChartView *)view;
    const Edits *way = chosen_way(self);
    const ChartState spf = (ChartState)self->spf, dkim = (ChartState)self->dkim;

    if (chart_counted(self))
        list_show_cell(view->app, chart_cell(spf, dkim));
    else if (way)
        what_if_set(view->app, edits_copy(way));
    else if (chart_is_here(&self->stand, spf, dkim))
        app_tree(view->app);
    else
        chart_open_example(view->app, spf, dkim);
}

/* "[ ] this message, { } without the edits" */
static const char *
legend(const ChartView *self)
{
    if (self->stand.placed)
        return self->stand.moved ? _("[ ] this message, { } without the edits")
                                 : _("[ ] this message");
    return self->stand.claimed ? _("( ) if the receiver is right") : NULL;
}

static char *
chart_note(const View *view)
{
    const ChartView *self = (const ChartView *)view;
    const Split split = split_of(self, self->width, self->height);
    const ChartGrid grid = chart_grid_for(self, split.list);
    g_autofree char *many = chart_counted(self) ? chart_many_note(self) : NULL;

    if (self->view.in_detail)
        return g_strdup(self->ways ? _("Enter: make this change, Tab: back to the chart")
                                   : _("Tab: back to the chart"));
    const char *more = split.detail.height == 0 ? _("this cell: Tab")
                       : page_more(self->detail, &self->at, split.detail.height)
                           ? _("more: Tab")
                           : NULL;
    const char *const parts[] = { many ? many : legend(self),
                                  grid.lines > 1 ? NULL : _("G Gmail's bulk rule"), more };
    g_autoptr(GString) note = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i])
            g_string_append_printf(note, "%s%s", note->len > 0 ? ", " : "", parts[i]);
    return note->len > 0 ? g_strdup(note->str) : NULL;
}

static void
go_to(ChartView *self, guint spf, guint dkim)
{
    forget_ways(self);
    self->view.in_detail = FALSE;
    self->spf = spf;
    self->dkim = dkim;
}

static gboolean
chart_click(View *view, guint x, guint y)
{
    ChartView *self = (ChartView *)view;
    const Split split = split_of(self, self->width, self->height);
    const ChartGrid grid = chart_grid_for(self, split.list);

    if (split.list.height == 0 || y < grid.head || x >= split.list.width ||
        y >= split.list.height)
        return TRUE;
    const guint spf = (y - grid.head) / grid.lines;
    const gboolean foot = grid.foot > 0 && spf == CHART_STATES;
    const guint dkim = foot ? self->dkim : (x - MIN(x, grid.label)) / MAX(grid.cell, 1);
    if ((spf >= CHART_STATES && !foot) || dkim >= CHART_STATES || (!foot && x < grid.label))
        return TRUE;
    const gboolean moved = self->spf != spf || self->dkim != dkim || self->view.in_detail;
    go_to(self, spf, dkim);
    return moved;
}

static Page *
chart_pane(View *view, PagePlace **place, Rect *area)
{
    ChartView *self = (ChartView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (!self->view.in_detail)
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
    const guint from = MIN(self->spf * CHART_STATES + self->dkim, CELLS - 1);

    for (guint i = 1; i <= CELLS; i++) {
        const guint at = (find->backward ? from + CELLS - i : from + i) % CELLS;
        g_autofree char *id =
            g_strdup_printf("chart-%s-%s", chart_state_words[at / CHART_STATES],
                            chart_state_words[at % CHART_STATES]);
        g_autofree char *example = words_text(id, NULL);
        if (!find_in(example, find->needle))
            continue;
        find->wrapped = find->backward ? at >= from : at <= from;
        go_to(self, at / CHART_STATES, at % CHART_STATES);
        return TRUE;
    }
    return FALSE;
}

/* "SPF unaligned, DKIM none: DMARC fail" */
static char *
chart_value(View *view)
{
    const ChartView *self = (const ChartView *)view;
    if (self->spf >= CHART_STATES)
        return NULL;
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
    ChartView *self = (ChartView *)view;

    self->read = FALSE;
    self->stays = FALSE;
}

/* What came is about the same message: the cursor stays. */
static void
chart_grow(View *view)
{
    ChartView *self = (ChartView *)view;

    self->stays = self->read || self->stays;
    self->read = FALSE;
}

static void
chart_close(View *view)
{
    ChartView *self = (ChartView *)view;

    page_free(self->detail);
    g_clear_pointer(&self->ways, g_ptr_array_unref);
}

/* Without one domain in From: no cell says anything about it. */
static gboolean
chart_has(const App *app)
{
    return app->doc->list || app->doc->report->from->domain != NULL;
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

    if (self->ways)
        forget_ways(self);
    else
        self->view.in_detail = !self->view.in_detail;
}

const ViewClass view_chart = {
    .name = "chart",
    .label = N_("Chart"),
    .key = "7",
    .context = IN_CHART,
    .size = sizeof(ChartView),
    .needs_message = TRUE,
    .of_list = TRUE,
    .has = chart_has,
    .renew = chart_renew,
    .grow = chart_grow,
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
