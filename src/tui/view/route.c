/* route.c: the hosts that carried the message, in time order, and the border that a person can
 * move. SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/view/route-part.h"
#include "tui/view/split.h"
#include "tui/view/views.h"

typedef struct {
    View      view;
    guint     at;           /* hop under the cursor, 0 is the oldest */
    guint     top;
    gboolean  chosen;       /* the cursor was placed once */
    Page     *detail;
    guint     shown;        /* the hop that `detail` speaks of */
    PagePlace place;
    guint     width, height;
} RouteView;

enum { TWO_PANES = 100, HOPS_MIN = 3, DETAIL_MIN = 6, ROLE_WIDTH = 11, DELAY_WIDTH = 14 };

static const GPtrArray *
route_of(const RouteView *self)
{
    return self->view.app->doc->report->route;
}

/* The report has the topmost field first, which is the newest. */
static const Hop *
hop_at(const RouteView *self, guint at)
{
    const GPtrArray *route = route_of(self);

    return route->pdata[route->len - 1 - at];
}

/* The columns of a hop take more room than those of other lists (split_for). */
static Split
split_of(const RouteView *self, guint width, guint height)
{
    const guint rows = route_of(self)->len + 1;
    Split split = { { 0, 0, width, height }, { 0, 0, 0, 0 }, FALSE };

    if (width >= TWO_PANES) {
        split.list.width = MIN(width * 55 / 100, 96);
        split.detail = (Rect) { split.list.width + 1, 0, width - split.list.width - 1, height };
        split.beside = TRUE;
    } else if (height >= HOPS_MIN + 1 + DETAIL_MIN) {
        split.list.height = CLAMP(rows, HOPS_MIN, height - 1 - MIN(height / 2, 14));
        split.detail = (Rect) { 0, split.list.height + 1, width, height - split.list.height - 1 };
    } else if (self->view.in_detail) {
        split.detail = split.list;
        split.list.height = 0;
    }
    return split;
}

static void
fit_detail(RouteView *self, const Split *split)
{
    const guint width = split->detail.width ? split->detail.width : self->width;

    g_clear_pointer(&self->detail, page_free);
    self->detail = page_new(width, self->view.app->mode);
    if (route_of(self)->len > 0)
        route_add_hop(self->detail, self->view.app, route_of(self)->len - 1 - self->at);
    if (self->shown != self->at)
        self->place = (PagePlace) { 0, 0 };
    self->shown = self->at;
    page_fit(self->detail, &self->place, MAX(split->detail.height, 1));
}

/* ---- the view ---- */

/* The cursor begins at the border: what matters most. */
static void
place_cursor(RouteView *self)
{
    const guint count = route_of(self)->len;

    for (guint i = 0; !self->chosen && i < count; i++)
        if (hop_at(self, i)->border)
            self->at = i;
    self->chosen = TRUE;
    self->at = MIN(self->at, count > 0 ? count - 1 : 0);
}

static void
route_fit(View *view, guint width, guint height)
{
    RouteView *self = (RouteView *)view;
    const Split split = split_of(self, width, height);
    const guint shown = MAX(split.list.height, 2) - 1;      /* below the headings */

    self->width = width;
    self->height = height;
    place_cursor(self);
    self->top = split_scroll(self->top, self->at, shown);
    fit_detail(self, &split);
}

/* Longer waits, longer bars; a step for each order of magnitude that people feel. */
static const char *
delay_bar(gint64 seconds)
{
    static const struct { gint64 from; const char *bar; } bars[] = {
        { 3600, "#####" }, { 600, "####" }, { 60, "###" }, { 10, "##" }, { 2, "#" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(bars); i++)
        if (seconds >= bars[i].from)
            return bars[i].bar;
    return "";
}

static void
draw_names(Canvas *canvas, const Hop *hop, guint x, guint y, guint limit)
{
    const char *from = hop->from ? hop->from : hop->ip ? hop->ip : hop->helo ? hop->helo : "?";
    const guint half = x + (limit - x - 4) / 2;

    canvas_put_cut(canvas, x, y, half, ROLE_TEXT, from);
    canvas_put(canvas, half, y, limit, ROLE_DIM, " -> ");
    canvas_put_cut(canvas, half + 4, y, limit, ROLE_TEXT, hop->by ? hop->by : "?");
}

static void
draw_hop(const RouteView *self, Canvas *canvas, guint at, guint y, guint width)
{
    const Hop *hop = hop_at(self, at);
    g_autofree char *number = g_strdup_printf("%3u", at + 1);
    const guint names = 5 + ROLE_WIDTH + 1;
    const guint right = width > names + DELAY_WIDTH + 20 ? width - DELAY_WIDTH : width;

    canvas_put(canvas, 0, y, width, ROLE_DIM, number);
    canvas_put_cut(canvas, 5, y, 5 + ROLE_WIDTH, hop->border ? ROLE_CAUSE : ROLE_TEXT,
                   hop->border ? _("BORDER") : hop->role ? route_role(hop->role) : "-");
    draw_names(canvas, hop, names, y, right);
    if (right < width && hop->delay_s != RECORD_UNSET) {
        g_autofree char *delay = route_delay(hop->delay_s);
        const guint end = canvas_put(canvas, right + 1, y, width, ROLE_TEXT, delay);
        if (end <= right + 9)       /* a long number takes the room of its bar, sooner than being cut */
            canvas_put(canvas, right + 9, y, width, ROLE_DIM, delay_bar(hop->delay_s));
    }
    if (at == self->at) {
        canvas_put(canvas, 0, y, 1, ROLE_LABEL, ">");
        if (!self->view.in_detail)
            canvas_tint(canvas, 1, y, width, ROLE_CURSOR);
    }
}

static void
draw_hops(const RouteView *self, Canvas *canvas, Rect area)
{
    const guint count = route_of(self)->len;
    const guint right =
        area.width > 6 + ROLE_WIDTH + DELAY_WIDTH + 20 ? area.width - DELAY_WIDTH : area.width;

    if (count == 0) {
        canvas_put_cut(canvas, 1, area.y, area.width, ROLE_TEXT,
                       _("No Received field: nobody says which way it came."));
        return;
    }
    canvas_put(canvas, 5, area.y, area.width, ROLE_HEADING, _("ROLE"));
    canvas_put(canvas, 6 + ROLE_WIDTH, area.y, area.width, ROLE_HEADING,
               _("FROM -> BY, oldest first"));
    if (right < area.width)
        canvas_put(canvas, right + 1, area.y, area.width, ROLE_HEADING, _("AFTER"));
    for (guint i = 0; i + 1 < area.height && self->top + i < count; i++)
        draw_hop(self, canvas, self->top + i, area.y + 1 + i, area.width);
}

static void
route_draw(const View *view, Canvas *canvas, Rect area)
{
    const RouteView *self = (const RouteView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        draw_hops(self, canvas, split.list);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, split.detail);
}

static void
route_move(View *view, Move move)
{
    RouteView *self = (RouteView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->view.in_detail)
        page_move(self->detail, &self->place, MAX(split.detail.height, 1), move);
    else
        self->at = move_row(move, self->at, route_of(self)->len, MAX(split.list.height, 3) - 2);
}

static void
route_enter(View *view)
{
    const RouteView *self = (const RouteView *)view;

    if (route_of(self)->len > 0)
        app_jump(view->app, hop_at(self, self->at)->evidence);
}

static char *
route_note(const View *view)
{
    const RouteView *self = (const RouteView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->view.in_detail)
        return g_strdup(_("Tab: back to the hops"));
    if (split.detail.height == 0)
        return g_strdup(_("about this hop: Tab"));
    if (page_more(self->detail, &self->place, split.detail.height))
        return g_strdup(_("more about this hop: Tab"));
    return view->app->doc->border > 0
               ? g_strdup(_("the border is your choice; b on it: automatic again"))
               : NULL;
}

static void
route_close(View *view)
{
    page_free(((RouteView *)view)->detail);
}

static gboolean
route_has(const App *app)
{
    return app->doc->report->route->len > 0;
}

guint
route_hop(App *app)
{
    const RouteView *self = (const RouteView *)app_view(app);
    const guint count = route_of(self)->len;

    return count > 0 ? count - self->at : 0;
}

static const Page *
route_read(const View *view)
{
    return ((const RouteView *)view)->detail;
}

static Page *
route_pane_page(View *view, PagePlace **place, Rect *area)
{
    RouteView *self = (RouteView *)view;

    *place = &self->place;
    *area = split_of(self, self->width, self->height).detail;
    return self->view.in_detail ? self->detail : NULL;
}

static gboolean
hop_has(const Hop *hop, const char *needle)
{
    const char *const texts[] = { hop->from, hop->helo, hop->ptr, hop->ip, hop->by, hop->protocol,
                                  hop->tls, hop->id, hop->date };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (find_in(texts[i], needle))
            return TRUE;
    return FALSE;
}

static gboolean
route_find(View *view, Find *find)
{
    RouteView *self = (RouteView *)view;
    const guint count = route_of(self)->len;
    guint at = self->at;

    for (guint i = 0; i < count; i++) {
        find->wrapped |= find->backward ? at == 0 : at + 1 == count;
        at = (find->backward ? at + count - 1 : at + 1) % count;
        if (hop_has(hop_at(self, at), find->needle)) {
            self->at = at;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
route_click(View *view, guint x, guint y)
{
    RouteView *self = (RouteView *)view;
    const Split split = split_of(self, self->width, self->height);
    const guint before = self->at;

    self->view.in_detail = canvas_within(split.detail, x, y);
    if (!canvas_within(split.list, x, y) || y == split.list.y ||
        self->top + y - 1 >= route_of(self)->len)
        return TRUE;
    self->at = self->top + y - 1;
    return self->at != before;
}

/* The client's address: what SPF asks about. */
static char *
route_value(View *view)
{
    const RouteView *self = (const RouteView *)view;

    if (route_of(self)->len == 0)
        return NULL;
    const Hop *hop = hop_at(self, self->at);
    return g_strdup(hop->ip ? hop->ip : hop->from);
}

const ViewClass view_route = {
    .name = "route",
    .label = N_("Route"),
    .key = "5",
    .context = IN_ROUTE,
    .size = sizeof(RouteView),
    .needs_message = TRUE,
    .has = route_has,
    .of_rows = TRUE,
    .fit = route_fit,
    .draw = route_draw,
    .move = route_move,
    .enter = route_enter,
    .note = route_note,
    .read = route_read,
    .close = route_close,
    .pane = route_pane_page,
    .find = route_find,
    .click = route_click,
    .value = route_value,
};
