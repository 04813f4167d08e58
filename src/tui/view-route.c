/* view-route.c: the hosts that carried the message, in time order, and the border that a person can
 * move. SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/ui.h"

typedef struct {
    View      view;
    guint     at;           /* hop under the cursor, 0 is the oldest */
    guint     top;
    gboolean  chosen;       /* the cursor was placed once */
    gboolean  in_detail;    /* Tab: the keys that move go to the other pane */
    Page     *detail;
    guint     shown;        /* the hop that `detail` speaks of */
    PagePlace place;
    guint     width, height;
} RouteView;

/* Where the two panes stand; a height of 0: not on the screen. */
typedef struct {
    Rect     hops, detail;
    gboolean beside;
} Panes;

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

static Panes
panes_for(const RouteView *self, guint width, guint height)
{
    const guint hops = route_of(self)->len + 1;
    Panes panes = { { 0, 0, width, height }, { 0, 0, 0, 0 }, FALSE };

    if (width >= TWO_PANES) {
        panes.hops.width = MIN(width * 55 / 100, 96);
        panes.detail = (Rect) { panes.hops.width + 1, 0, width - panes.hops.width - 1, height };
        panes.beside = TRUE;
    } else if (height >= HOPS_MIN + 1 + DETAIL_MIN) {
        panes.hops.height = CLAMP(hops, HOPS_MIN, height - 1 - MIN(height / 2, 14));
        panes.detail = (Rect) { 0, panes.hops.height + 1, width, height - panes.hops.height - 1 };
    } else if (self->in_detail) {
        panes.detail = panes.hops;
        panes.hops.height = 0;
    }
    return panes;
}

/* ---- one hop in full ---- */

enum { INDENT = 1, FACT = 15 };

static void
add_fact(Page *page, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    const guint row = page_row(page);
    page_wrap(page, row, INDENT, FACT - 1, ROLE_DIM, label);
    page_wrap(page, row, FACT, G_MAXUINT, ROLE_TEXT, value);
}

static char *
delay_text(gint64 seconds)
{
    if (seconds < 0)
        return g_strdup_printf("-%" G_GINT64_FORMAT " s", -seconds);
    if (seconds < 120)
        return g_strdup_printf("+%" G_GINT64_FORMAT " s", seconds);
    if (seconds < 7200)
        return g_strdup_printf("+%" G_GINT64_FORMAT " min", seconds / 60);
    if (seconds < 172800)
        return g_strdup_printf("+%" G_GINT64_FORMAT " h", seconds / 3600);
    return g_strdup_printf("+%" G_GINT64_FORMAT " days", seconds / 86400);
}

static const char *
role_words(const char *role)
{
    static const char *const words[] = { N_("submission"), N_("relay"), N_("internal"),
                                         N_("border"), N_("delivery") };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(role, words[i]))
            return translate(words[i]);
    return role;
}

/* Who wrote it, and so whose word it is. */
static void
add_said(Page *page, const RouteView *self, const Hop *hop)
{
    const char *client = hop->ip ? hop->ip : hop->from ? hop->from : _("a host it does not name");
    g_autofree char *text =
        g_strdup_printf(_("%s wrote this line: the message came from %s."),
                        hop->by ? hop->by : _("A host that does not name itself"), client);
    gboolean before = TRUE;

    page_text(page, INDENT, ROLE_TEXT, text);
    for (guint i = 0; i <= self->at; i++)
        before = before && !hop_at(self, i)->border;
    if (hop->border)
        page_text(page, INDENT, ROLE_LABEL,
                  self->view.app->doc->border > 0
                      ? _("The border, by your choice: here the message came in. Its client is the "
                          "one that SPF asks about.")
                      : _("The border: here the message came in. Its client is the one that SPF "
                          "asks about."));
    else if (before)
        page_text(page, INDENT, ROLE_OTHER,
                  _("Before the border: whoever sent the message may have invented this line."));
}

static void
add_hop(Page *page, const RouteView *self, const Hop *hop)
{
    const guint count = route_of(self)->len;
    g_autofree char *title =
        g_strdup_printf(_("Hop %u of %u%s%s"), self->at + 1, count, hop->role ? ": " : "",
                        hop->role ? role_words(hop->role) : "");
    g_autofree char *delay = hop->delay_s != RECORD_UNSET ? delay_text(hop->delay_s) : NULL;
    g_autofree char *line =
        hop->line != RECORD_UNSET ? g_strdup_printf("%" G_GINT64_FORMAT, hop->line) : NULL;

    page_text(page, INDENT, ROLE_LABEL, title);
    add_said(page, self, hop);
    add_fact(page, _("from"), hop->from);
    add_fact(page, _("called itself"), hop->helo);
    add_fact(page, _("reverse DNS"), hop->ptr);
    add_fact(page, _("IP address"), hop->ip);
    add_fact(page, _("by"), hop->by);
    add_fact(page, _("protocol"), hop->protocol);
    add_fact(page, "TLS", hop->tls);
    add_fact(page, "id", hop->id);
    add_fact(page, _("date"), hop->date);
    add_fact(page, _("delay"), delay);
    add_fact(page, _("line"), line);
}

static void
fit_detail(RouteView *self, const Panes *panes)
{
    const guint width = panes->detail.width ? panes->detail.width : self->width;

    g_clear_pointer(&self->detail, page_free);
    self->detail = page_new(width, self->view.app->ascii);
    if (route_of(self)->len > 0)
        add_hop(self->detail, self, hop_at(self, self->at));
    if (self->shown != self->at)
        self->place = (PagePlace) { 0, 0 };
    self->shown = self->at;
    page_fit(self->detail, &self->place, MAX(panes->detail.height, 1));
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
    const Panes panes = panes_for(self, width, height);
    const guint shown = MAX(panes.hops.height, 2) - 1;      /* below the headings */

    self->width = width;
    self->height = height;
    place_cursor(self);
    if (self->at < self->top)
        self->top = self->at;
    if (self->at >= self->top + shown)
        self->top = self->at + 1 - shown;
    fit_detail(self, &panes);
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
                   hop->border ? _("BORDER") : hop->role ? role_words(hop->role) : "-");
    draw_names(canvas, hop, names, y, right);
    if (right < width && hop->delay_s != RECORD_UNSET) {
        g_autofree char *delay = delay_text(hop->delay_s);
        canvas_put(canvas, right + 1, y, right + 9, ROLE_TEXT, delay);
        canvas_put(canvas, right + 9, y, width, ROLE_DIM, delay_bar(hop->delay_s));
    }
    if (at == self->at) {
        canvas_put(canvas, 0, y, 1, ROLE_LABEL, ">");
        if (!self->in_detail)
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
    Panes panes = panes_for(self, area.width, area.height);

    panes.hops.y += area.y;
    panes.detail.y += area.y;
    if (panes.hops.height > 0)
        draw_hops(self, canvas, panes.hops);
    if (panes.beside)
        for (guint y = 0; y < area.height; y++)
            canvas_put(canvas, panes.hops.width, area.y + y, area.width, ROLE_RULE, "|");
    else if (panes.hops.height > 0 && panes.detail.height > 0)
        canvas_fill(canvas, 0, panes.detail.y - 1, area.width, ROLE_RULE, '-');
    if (panes.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, panes.detail);
}

static void
go(RouteView *self, int by)
{
    const int last = (int)route_of(self)->len - 1;

    self->at = (guint)CLAMP((int)self->at + by, 0, MAX(last, 0));
}

static void
move_hop(RouteView *self, Move move, int page)
{
    switch (move) {
    case MOVE_UP:
        go(self, -1);
        break;
    case MOVE_DOWN:
        go(self, 1);
        break;
    case MOVE_PAGE_UP:
        go(self, -page);
        break;
    case MOVE_PAGE_DOWN:
        go(self, page);
        break;
    case MOVE_FIRST:
        self->at = 0;
        break;
    case MOVE_LAST:
        go(self, (int)route_of(self)->len);
        break;
    }
}

static void
route_move(View *view, Move move)
{
    RouteView *self = (RouteView *)view;
    const Panes panes = panes_for(self, self->width, self->height);

    if (self->in_detail)
        page_move(self->detail, &self->place, MAX(panes.detail.height, 1), move);
    else
        move_hop(self, move, (int)MAX(panes.hops.height, 3) - 2);
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
    const Panes panes = panes_for(self, self->width, self->height);

    if (self->in_detail)
        return g_strdup(_("Tab: back to the hops"));
    if (panes.detail.height == 0)
        return g_strdup(_("about this hop: Tab"));
    if (page_more(self->detail, &self->place, panes.detail.height))
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

void
route_pane(App *app)
{
    RouteView *self = (RouteView *)app_view(app);

    self->in_detail = !self->in_detail;
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
    *area = panes_for(self, self->width, self->height).detail;
    return self->in_detail ? self->detail : NULL;
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
    const Panes panes = panes_for(self, self->width, self->height);
    const guint before = self->at;

    self->in_detail = canvas_within(panes.detail, x, y);
    if (!canvas_within(panes.hops, x, y) || y == panes.hops.y ||
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
