/* receivers.c: the rules of each receiver as a matrix, what stands behind the one under the
 * cursor, and what a reader's mail program shows of the sender.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/ui.h"
#include "tui/view/receivers-page.h"

typedef struct {
    View       view;
    Page      *page, *read;     /* as it is painted, and as it is read aloud */
    gconstpointer open;         /* what Enter opened: a target of the page; or NULL */
    PagePlace  place;
    guint      width, height;
    gboolean   to_shown;        /* :shown was said: the cursor goes there */
    gboolean   reveal;          /* what was opened is to be seen whole, where it can be */
} ReceiversView;

static void
go_to_shown(ReceiversView *self, guint shown)
{
    enum { HEADING = 2 };
    const guint items = page_items(self->page);
    const guint row = shown < items ? page_item_row(self->page, shown) : 0;

    self->place.item = shown;
    self->place.top = row > HEADING ? row - HEADING : 0;
}

/* The page scrolls until the row that was opened ends on the screen, or begins at its top. */
static void
reveal(ReceiversView *self, guint height)
{
    const guint items = page_items(self->page), item = self->place.item;

    if (item >= items)
        return;
    const guint first = page_item_row(self->page, item);
    const guint end = item + 1 < items ? page_item_row(self->page, item + 1)
                                       : page_length(self->page);
    if (end > self->place.top + height)
        self->place.top = MIN(first, end - height);
}

static void
receivers_fit(View *view, guint width, guint height)
{
    ReceiversView *self = (ReceiversView *)view;
    const App *app = view->app;
    guint shown = 0;

    g_clear_pointer(&self->page, page_free);
    g_clear_pointer(&self->read, page_free);
    self->page = receivers_page(app, width, self->open, &shown);
    self->read = receivers_page_aloud(app, width);
    if (self->to_shown)
        go_to_shown(self, shown);
    if (self->reveal)
        reveal(self, height);
    self->to_shown = self->reveal = FALSE;
    self->width = width;
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
receivers_draw(const View *view, Canvas *canvas, Rect area)
{
    const ReceiversView *self = (const ReceiversView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
receivers_move(View *view, Move move)
{
    ReceiversView *self = (ReceiversView *)view;

    page_move(self->page, &self->place, self->height, move);
}

/* Opens what the cursor is on, or closes it. */
static void
receivers_enter(View *view)
{
    ReceiversView *self = (ReceiversView *)view;
    gconstpointer target = page_target(self->page, &self->place);

    if (!target)
        return;
    self->open = self->open == target ? NULL : target;
    self->reveal = self->open != NULL;
}

static void
receivers_renew(View *view)
{
    ReceiversView *self = (ReceiversView *)view;

    self->open = NULL;
}

static char *
receivers_note(const View *view)
{
    const ReceiversView *self = (const ReceiversView *)view;

    return page_more(self->page, &self->place, self->height) ? g_strdup(_("more below")) : NULL;
}

static void
receivers_close(View *view)
{
    ReceiversView *self = (ReceiversView *)view;

    page_free(self->page);
    page_free(self->read);
}

static gboolean
receivers_has(const App *app)
{
    const Report *report = app->doc->report;

    return report && report->receivers->len + report->shown->len > 0;
}

static const Page *
receivers_read(const View *view)
{
    return ((const ReceiversView *)view)->read;
}

static Page *
receivers_pane(View *view, PagePlace **place, Rect *area)
{
    ReceiversView *self = (ReceiversView *)view;

    *place = &self->place;
    *area = (Rect) { 0, 0, self->width, self->height };
    return self->page;
}

static char *
receivers_view_line(View *view)
{
    const ReceiversView *self = (const ReceiversView *)view;
    gconstpointer target = page_target(self->page, &self->place);

    return receivers_line(view->app, target, self->open == target);
}

void
app_receivers(App *app)
{
    app_show(app, VIEW_RECEIVERS);
}

void
command_shown(App *app, const char *argument)
{
    (void)argument;
    app_show(app, VIEW_RECEIVERS);
    if (app->doc->current == VIEW_RECEIVERS)
        ((ReceiversView *)app_view(app))->to_shown = TRUE;
}

const ViewClass view_receivers = {
    .name = "receivers",
    .label = N_("Receivers"),
    .key = "V",
    .context = IN_RECEIVERS,
    .size = sizeof(ReceiversView),
    .needs_message = TRUE,
    .has = receivers_has,
    .renew = receivers_renew,
    .fit = receivers_fit,
    .draw = receivers_draw,
    .move = receivers_move,
    .enter = receivers_enter,
    .note = receivers_note,
    .read = receivers_read,
    .close = receivers_close,
    .pane = receivers_pane,
    .line = receivers_view_line,
};
