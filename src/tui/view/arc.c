/* arc.c: the ARC chain as a ladder: the whole first, then hop by hop, the newest at the top.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/view/arc-part.h"
#include "tui/view/split.h"

typedef struct {
    View       view;
    guint      at, top;     /* 0: the chain as a whole; then the newest hop */
    ArcFields *fields;
    Page      *aloud;
    Page      *detail;
    guint      shown;       /* what `detail` speaks of */
    guint      detail_width;
    PagePlace  place;
    guint      width, height;
} ArcView;

static const ArcResult *
arc_of(const ArcView *self)
{
    return self->view.app->doc->report->arc;
}

/* Fields may stand there without one instance that could be read. */
static gboolean
has_arc(const App *app)
{
    return app->doc->report->arc->result != RESULT_NONE ||
           app->doc->report->arc->instances->len > 0;
}

static const ArcInstance *
instance_at(const ArcView *self, guint at)
{
    const GPtrArray *instances = arc_of(self)->instances;

    return at > 0 && at <= instances->len ? instances->pdata[instances->len - at] : NULL;
}

static guint
rows_of(const ArcView *self)
{
    return arc_of(self)->instances->len + 1;
}

/* One more: the headings of the ladder. */
static Split
split_of(const ArcView *self, guint width, guint height)
{
    return split_for(width, height, rows_of(self) + 1, self->view.in_detail);
}

static guint
hops_shown(const Split *split)
{
    return MAX(split->list.height, 3) - 2;
}

static void
fit_detail(ArcView *self, const Split *split)
{
    const guint width = MAX(split->detail.width ? split->detail.width : self->width, 1);
    const gboolean other = !self->detail || self->shown != self->at;

    if (!self->fields)
        self->fields = arc_fields(self->view.app->doc->message);
    if (other || self->detail_width != width) {
        g_clear_pointer(&self->detail, page_free);
        self->detail = page_new(width, self->view.app->mode);
        arc_add_detail(self->detail, self->view.app, self->fields, instance_at(self, self->at));
        self->detail_width = width;
    }
    if (other)
        self->place = (PagePlace) { 0, 0 };
    self->shown = self->at;
    page_fit(self->detail, &self->place, MAX(split->detail.height, 1));
}

static void
arc_fit(View *view, guint width, guint height)
{
    ArcView *self = (ArcView *)view;

    self->width = width;
    self->height = height;
    if (!has_arc(view->app))
        return;
    const Split split = split_of(self, width, height);
    self->at = MIN(self->at, rows_of(self) - 1);
    if (self->at > 0)
        self->top = split_scroll(self->top, self->at - 1, hops_shown(&split));
    else
        self->top = 0;
    fit_detail(self, &split);
}

/* ---- painting ---- */

static void
draw_cursor(const ArcView *self, Canvas *canvas, Rect area, guint y)
{
    canvas_put(canvas, area.x, y, area.x + area.width, ROLE_LABEL, ">");
    if (!self->view.in_detail)
        canvas_tint(canvas, area.x + 1, y, area.x + area.width, ROLE_CURSOR);
}

static void
draw_ladder(const ArcView *self, Canvas *canvas, const Split *split)
{
    const Rect area = split->list;

    arc_draw_chain(self->view.app, canvas, area);
    if (self->at == 0)
        draw_cursor(self, canvas, area, area.y);
    arc_draw_headings(canvas, area, area.y + 1);
    for (guint i = 0; i < hops_shown(split) && i + 2 < area.height; i++) {
        const guint at = self->top + 1 + i;
        if (at >= rows_of(self))
            break;
        arc_draw_hop(self->view.app, instance_at(self, at), canvas, area, area.y + 2 + i);
        if (at == self->at)
            draw_cursor(self, canvas, area, area.y + 2 + i);
    }
}

static const char *
none_text(void)
{
    return _("No ARC field: no host on the way sealed what it found.");
}

static void
arc_draw(const View *view, Canvas *canvas, Rect area)
{
    const ArcView *self = (const ArcView *)view;

    if (!has_arc(view->app)) {
        canvas_put_cut(canvas, area.x + 1, area.y + 1, area.x + area.width, ROLE_TEXT,
                       none_text());
        return;
    }
    Split split = split_of(self, area.width, area.height);
    split_place(&split, canvas, area);
    if (split.list.height > 0)
        draw_ladder(self, canvas, &split);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, split.detail);
}

/* ---- keys ---- */

static void
arc_move(View *view, Move move)
{
    ArcView *self = (ArcView *)view;

    if (!has_arc(view->app))
        return;
    const Split split = split_of(self, self->width, self->height);
    if (self->view.in_detail)
        page_move(self->detail, &self->place, MAX(split.detail.height, 1), move);
    else
        self->at = move_row(move, self->at, rows_of(self), MAX(hops_shown(&split), 2) - 1);
}

static void
add_span(const ArcView *self, Evidence *item, int index)
{
    if (index >= 0) {
        const Field *field = message_field(self->view.app->doc->message, (guint)index);
        g_array_append_val(item->spans, field->all);
    }
}

/* In the ladder all fields of the hop, its seal first; in the detail the field under the cursor. */
static void
arc_enter(View *view)
{
    ArcView *self = (ArcView *)view;

    if (!has_arc(view->app))
        return;
    const guint chosen =
        self->view.in_detail ? GPOINTER_TO_UINT(page_target(self->detail, &self->place)) : 0;
    const ArcInstance *instance = instance_at(self, self->at > 0 ? self->at : 1);
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();
    Evidence *item = record_new(&evidence_type);
    item->kind = EVIDENCE_HEADER;
    for (guint kind = 0; instance && kind < ARC_KINDS; kind++)
        if (chosen == 0 || chosen == kind + 1)
            add_span(self, item, self->fields->field[CLAMP(instance->i, 1, ARC_MOST)][kind]);
    if (item->spans->len > 0)
        g_ptr_array_add(evidence, item);
    app_jump(view->app, evidence);
    record_free(&evidence_type, item);
}

void
arc_pane(App *app)
{
    ArcView *self = (ArcView *)app_view(app);

    self->view.in_detail = has_arc(app) && !self->view.in_detail;
}

static char *
arc_note(const View *view)
{
    const ArcView *self = (const ArcView *)view;

    if (!has_arc(view->app))
        return NULL;
    const Split split = split_of(self, self->width, self->height);
    if (self->view.in_detail)
        return g_strdup(_("Tab: back to the hops"));
    if (split.detail.height == 0)
        return g_strdup(_("about this hop: Tab"));
    return page_more(self->detail, &self->place, split.detail.height)
               ? g_strdup(_("more about this hop: Tab")) : NULL;
}

/* ---- for search, mouse, copying and reading aloud ---- */

static Page *
arc_page(View *view, PagePlace **place, Rect *area)
{
    ArcView *self = (ArcView *)view;

    if (!has_arc(view->app) || !self->detail)
        return NULL;
    const Split split = split_of(self, self->width, self->height);
    *place = &self->place;
    *area = split.detail;
    return self->view.in_detail ? self->detail : NULL;
}

static gboolean
hop_matches(const ArcView *self, guint at, const char *needle)
{
    const ArcInstance *instance = instance_at(self, at);

    if (!instance)
        return find_in(_("chain"), needle);
    g_autofree char *reported = arc_reported_text(instance->reported);
    return find_in(instance->sealer, needle) || find_in(reported, needle);
}

static gboolean
arc_find(View *view, Find *find)
{
    ArcView *self = (ArcView *)view;
    const guint rows = rows_of(self);

    for (guint i = 1; has_arc(view->app) && i <= rows; i++) {
        const guint at = (find->backward ? self->at + rows - i : self->at + i) % rows;
        if (!hop_matches(self, at, find->needle))
            continue;
        find->wrapped = find->backward ? at >= self->at : at <= self->at;
        self->at = at;
        return TRUE;
    }
    return FALSE;
}

/* Row 0 is the chain, row 1 the headings. */
static gboolean
arc_click(View *view, guint x, guint y)
{
    ArcView *self = (ArcView *)view;
    const Split split = split_of(self, self->width, self->height);
    const guint at = y == 0 ? 0 : self->top + y - 1;

    if (!has_arc(view->app))
        return FALSE;
    const gboolean listed = x < split.list.width && y < split.list.height;
    const gboolean moved = self->view.in_detail == listed || (listed && y != 1 && at != self->at);
    self->view.in_detail = !listed && split.detail.height > 0;
    if (listed && y != 1 && at < rows_of(self))
        self->at = at;
    return moved;
}

static char *
arc_value(View *view)
{
    const ArcInstance *instance = instance_at((ArcView *)view, ((ArcView *)view)->at);

    return g_strdup(instance ? instance->sealer : NULL);
}

static const Page *
arc_read(const View *view)
{
    ArcView *self = (ArcView *)view;

    g_clear_pointer(&self->aloud, page_free);
    self->aloud = page_new(MAX(self->width, 1), view->app->mode);
    if (!has_arc(view->app)) {
        page_text(self->aloud, 1, ROLE_TEXT, none_text());
        return self->aloud;
    }
    if (!self->fields)
        self->fields = arc_fields(view->app->doc->message);
    for (guint at = 0; at < rows_of(self); at++) {
        arc_add_detail(self->aloud, view->app, self->fields, instance_at(self, at));
        page_row(self->aloud);
    }
    return self->aloud;
}

static void
forget(ArcView *self)
{
    g_clear_pointer(&self->detail, page_free);
    g_clear_pointer(&self->aloud, page_free);
    g_clear_pointer(&self->fields, g_free);
}

static void
arc_renew(View *view)
{
    forget((ArcView *)view);
}

static void
arc_close(View *view)
{
    forget((ArcView *)view);
}

const ViewClass view_arc = {
    .name = "arc",
    .label = "ARC",
    .key = "4",
    .context = IN_ARC,
    .size = sizeof(ArcView),
    .needs_message = TRUE,
    .has = has_arc,
    .of_rows = TRUE,
    .renew = arc_renew,
    .fit = arc_fit,
    .draw = arc_draw,
    .move = arc_move,
    .enter = arc_enter,
    .note = arc_note,
    .read = arc_read,
    .close = arc_close,
    .pane = arc_page,
    .find = arc_find,
    .click = arc_click,
    .value = arc_value,
};
