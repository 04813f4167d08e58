/* inside.c: the messages inside this one: returned by a bounce, forwarded, reported.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "mailbox/inside.h"
#include "tui/ui.h"
#include "tui/view/views.h"
#include "tui/way.h"

/* As many as the report lists (analysis/source.c). */
#define INSIDE_MAX 200

typedef struct {
    View       view;
    GPtrArray *inside;      /* InsideMessage; kept by the documents that were opened from it, too */
    Page      *page;
    PagePlace  place;
    guint      height;
} InsideView;

enum { NUMBER = 1, TEXT = 5, VALUE = 14 };

static void
inside_open(View *view)
{
    InsideView *self = (InsideView *)view;

    self->inside = inside_find(view->app->doc->message, INSIDE_MAX);
}

static void
add_value(Page *page, const char *label, const char *value)
{
    page_pair(page, TEXT, VALUE, ROLE_DIM, label, value ? ROLE_TEXT : ROLE_DIM,
              value ? value : _("(none)"));
}

/* Media types (RFC 2046, 5.2.1; RFC 6522, 3; RFC 6532, 3.7) and what is none, as doc/ids.md has
 * them. */
static char *
kind_text(const char *kind)
{
    if (g_str_equal(kind, "attachment"))
        return g_strdup(_("a message in an attached file"));
    if (g_str_equal(kind, "bounce-text"))
        return g_strdup(_("a message within the text of the bounce"));
    return g_strdup_printf(
        "%s (%s)",
        g_str_has_suffix(kind, "-headers") ? _("the header of a message") : _("a message"), kind);
}

static void
add_message(Page *page, const InsideMessage *inner, guint number)
{
    g_autofree char *digits = g_strdup_printf("%u", number);
    g_autofree char *kind = kind_text(inner->kind);
    const guint row = page_length(page);

    page_pair(page, NUMBER, TEXT, ROLE_LABEL, digits, ROLE_LABEL, kind);
    add_value(page, "From:", inner->from);
    add_value(page, "Subject:", inner->subject);
    page_item(page, row, inner);
    page_row(page);
}

static void
inside_fit(View *view, guint width, guint height)
{
    InsideView *self = (InsideView *)view;

    g_clear_pointer(&self->page, page_free);
    self->page = page_new(width, view->app->mode);
    for (guint i = 0; i < self->inside->len; i++)
        add_message(self->page, self->inside->pdata[i], i + 1);
    if (self->inside->len == 0)
        page_text(self->page, NUMBER, ROLE_TEXT, _("There is no message inside this one."));
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
inside_draw(const View *view, Canvas *canvas, Rect area)
{
    const InsideView *self = (const InsideView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
inside_move(View *view, Move move)
{
    InsideView *self = (InsideView *)view;

    page_move(self->page, &self->place, self->height, move);
}

static void
open_inner(View *view, guint index)
{
    InsideView *self = (InsideView *)view;
    const InsideMessage *inner = self->inside->pdata[index];
    g_autofree char *title = g_strdup_printf(_("message %u inside"), index + 1);

    way_begin_number(view->app, "inside", index);
    app_push(view->app, document_of_message(inner->message, g_ptr_array_ref(self->inside),
                                            g_steal_pointer(&title)));
}

static void
inside_enter(View *view)
{
    const InsideView *self = (const InsideView *)view;

    if (self->page && page_target(self->page, &self->place) && self->place.item < self->inside->len)
        open_inner(view, self->place.item);
}

void
inside_open_at(App *app, guint index)
{
    app_show(app, VIEW_INSIDE);
    if (app->doc->current == VIEW_INSIDE && index < ((const InsideView *)app_view(app))->inside->len)
        open_inner(app_view(app), index);
}

static char *
inside_note(const View *view)
{
    const InsideView *self = (const InsideView *)view;
    const guint count = self->inside->len;

    if (count >= INSIDE_MAX)
        return g_strdup_printf(_("the first %d inside"), INSIDE_MAX);
    return g_strdup_printf(count == 1 ? _("%u message inside") : _("%u messages inside"), count);
}

static void
inside_close(View *view)
{
    InsideView *self = (InsideView *)view;

    page_free(self->page);
    g_ptr_array_unref(self->inside);
}

static void
inside_renew(View *view)
{
    InsideView *self = (InsideView *)view;

    g_ptr_array_unref(self->inside);
    inside_open(view);
}

static gboolean
inside_has(const App *app)
{
    return app->doc->report->source->inside->len > 0;
}

static const Page *
inside_read(const View *view)
{
    return ((const InsideView *)view)->page;
}

static Page *
inside_pane(View *view, PagePlace **place, Rect *area)
{
    InsideView *self = (InsideView *)view;

    *place = &self->place;
    *area = (Rect) { 0, 0, view->app->width, self->height };
    return self->page;
}

static char *
inside_value(View *view)
{
    const InsideView *self = (const InsideView *)view;
    const InsideMessage *inner = self->page ? page_target(self->page, &self->place) : NULL;

    return inner ? g_strdup(inner->from) : NULL;
}

const ViewClass view_inside = {
    .name = "inside",
    .label = N_("Inside"),
    .key = "m",
    .context = IN_INSIDE,
    .size = sizeof(InsideView),
    .needs_message = TRUE,
    .has = inside_has,
    .open = inside_open,
    .renew = inside_renew,
    .fit = inside_fit,
    .draw = inside_draw,
    .move = inside_move,
    .enter = inside_enter,
    .note = inside_note,
    .read = inside_read,
    .close = inside_close,
    .pane = inside_pane,
    .value = inside_value,
};
