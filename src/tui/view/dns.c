/* dns.c: every question that was asked of DNS, in order, and the answer under the cursor in
 * full.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "dns/resolver.h"
#include "tui/handlers.h"
#include "tui/ui.h"
#include "tui/view/dns-page.h"
#include "tui/view/split.h"
#include "tui/view/views.h"

typedef struct {
    guint  empty;               /* void: no record, no name */
    guint  unanswered;
    guint  slow;
    double ms;
} Counts;

typedef struct {
    View       view;
    guint      at, top;         /* answer under the cursor, first one on the screen */
    gboolean   read;            /* `counts` and `seek` are of this report */
    Counts     counts;
    SeekDns   *seek;            /* which step used it */
    Page      *detail;
    guint      shown, shown_width;  /* what `detail` speaks of */
    PagePlace  place;
    guint      width, height;
} DnsView;

enum { HEADS = 2, SLOW_MS = 500 };
enum { NUMBER = 7, TYPE = 6, STATUS = 18, STATUS_SHORT = 12, TTL = 8, TIME = 10 };

static const GPtrArray *
answers_of(const DnsView *self)
{
    return self->view.app->doc->report->dns;
}

static const DnsAnswer *
answer_at(const DnsView *self, guint at)
{
    const GPtrArray *answers = answers_of(self);

    return at < answers->len ? answers->pdata[at] : NULL;
}

static Split
split_of(const DnsView *self, guint width, guint height)
{
    return split_for(width, height, answers_of(self)->len + HEADS, self->view.in_detail);
}

/* ---- reading the report ---- */

static void
read_report(DnsView *self)
{
    const GPtrArray *answers = answers_of(self);

    if (self->read)
        return;
    self->counts = (Counts){ 0 };
    for (guint i = 0; i < answers->len; i++) {
        const DnsAnswer *answer = answers->pdata[i];
        self->counts.empty += dns_is_void(answer) ? 1 : 0;
        self->counts.unanswered += dns_is_trouble(answer) || dns_is_unknown(answer) ? 1 : 0;
        self->counts.slow += answer->ms >= SLOW_MS ? 1 : 0;
        self->counts.ms += answer->ms;
    }
    g_clear_pointer(&self->seek, seek_dns_free);
    self->seek = seek_dns_new(self->view.app->doc->report->tree);
    self->read = TRUE;
}

static void
fit_detail(DnsView *self, const Split *split)
{
    const guint width = split->detail.width ? split->detail.width : self->width;
    const DnsAnswer *answer = answer_at(self, self->at);

    if (!self->detail || self->shown != self->at || self->shown_width != width) {
        g_clear_pointer(&self->detail, page_free);
        self->detail = dns_page(self->view.app, answer,
                                answer ? seek_dns_step(self->seek, answer) : NULL, width);
        if (self->shown != self->at)
            self->place = (PagePlace){ 0, 0 };
        self->shown = self->at;
        self->shown_width = width;
    }
    page_fit(self->detail, &self->place, MAX(split->detail.height, 1));
}

static void
dns_fit(View *view, guint width, guint height)
{
    DnsView *self = (DnsView *)view;
    const Split split = split_of(self, width, height);
    const guint count = answers_of(self)->len;
    const guint shown = MAX(split.list.height, HEADS + 1) - HEADS;

    read_report(self);
    self->width = width;
    self->height = height;
    self->at = MIN(self->at, count > 0 ? count - 1 : 0);
    self->top = split_scroll(self->top, self->at, shown);
    self->top = MIN(self->top, count > shown ? count - shown : 0);
    fit_detail(self, &split);
}

/* ---- the list ---- */

/* Columns of a row in so much room; 0: not there. */
typedef struct {
    guint name, status, ttl, time, end;
} Columns;

static Columns
columns_for(guint width)
{
    Columns columns = { .name = NUMBER + TYPE, .end = width };
    guint right = width;

    if (width >= 56)
        columns.time = right -= TIME;
    if (width >= 76)
        columns.ttl = right -= TTL;
    columns.status = right - (width >= 76 ? STATUS : STATUS_SHORT);
    return columns;
}

static Role
status_role(const DnsAnswer *answer)
{
    if (answer->status == DNS_BOGUS)
        return ROLE_FAIL;
    if (dns_is_trouble(answer) || dns_is_unknown(answer))
        return ROLE_UNKNOWN;
    return dns_is_void(answer) ? ROLE_NONE : ROLE_TEXT;
}

static void
draw_answer(const DnsView *self, Canvas *canvas, Rect pane, guint at, guint y)
{
    const DnsAnswer *answer = answer_at(self, at);
    const Columns columns = columns_for(pane.width);
    const guint x = pane.x;
    g_autofree char *number = g_strdup_printf("%*u", NUMBER - 2, at + 1);
    g_autofree char *status = dns_status_text(answer);
    g_autofree char *time = g_strdup_printf(_("%.1f ms"), answer->ms);

    canvas_put(canvas, x + 1, y, x + NUMBER, ROLE_DIM, number);
    canvas_put_cut(canvas, x + NUMBER, y, x + columns.name - 1, ROLE_LABEL,
                   answer->type ? answer->type : "?");
    canvas_put_cut(canvas, x + columns.name, y, x + columns.status - 1, ROLE_TEXT,
                   answer->name ? answer->name : "?");
    canvas_put_cut(canvas, x + columns.status, y,
                   x + (columns.ttl ? columns.ttl : columns.time ? columns.time : columns.end) - 1,
                   status_role(answer), status);
    if (columns.ttl && answer->ttl != RECORD_UNSET) {
        g_autofree char *ttl = g_strdup_printf("%" G_GINT64_FORMAT, answer->ttl);
        canvas_put_cut(canvas, x + columns.ttl, y, x + columns.time - 1, ROLE_DIM, ttl);
    }
    if (columns.time)
        canvas_put_cut(canvas, x + columns.time, y, x + pane.width,
                       answer->ms >= SLOW_MS ? ROLE_OTHER : ROLE_DIM, time);
    if (at != self->at)
        return;
    canvas_put(canvas, x, y, x + 1, ROLE_LABEL, ">");
    if (!self->view.in_detail)
        canvas_tint(canvas, x + 1, y, x + pane.width, ROLE_CURSOR);
}

static void
draw_heads(const DnsView *self, Canvas *canvas, Rect pane)
{
    const Columns columns = columns_for(pane.width);
    const guint y = pane.y + 1;
    const Counts *counts = &self->counts;
    g_autofree char *text =
        g_strdup_printf(_("Questions: %u; void: %u; not answered: %u; slow: %u; %.1f ms in all"),
                        answers_of(self)->len, counts->empty, counts->unanswered, counts->slow,
                        counts->ms);

    canvas_put_cut(canvas, pane.x + 1, pane.y, pane.x + pane.width, ROLE_TEXT, text);
    canvas_put_cut(canvas, pane.x + NUMBER, y, pane.x + columns.name, ROLE_HEADING, _("TYPE"));
    canvas_put_cut(canvas, pane.x + columns.name, y, pane.x + columns.status, ROLE_HEADING,
                   _("NAME"));
    canvas_put_cut(canvas, pane.x + columns.status, y, pane.x + pane.width, ROLE_HEADING,
                   _("STATUS"));
    if (columns.ttl)
        canvas_put_cut(canvas, pane.x + columns.ttl, y, pane.x + columns.time, ROLE_HEADING, "TTL");
    if (columns.time)
        canvas_put_cut(canvas, pane.x + columns.time, y, pane.x + pane.width, ROLE_HEADING,
                       _("TIME"));
}

static void
dns_draw(const View *view, Canvas *canvas, Rect area)
{
    const DnsView *self = (const DnsView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        draw_heads(self, canvas, split.list);
    for (guint i = 0; i + HEADS < split.list.height && answer_at(self, self->top + i); i++)
        draw_answer(self, canvas, split.list, self->top + i, split.list.y + HEADS + i);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, split.detail);
}

/* ---- keys ---- */

static void
dns_move(View *view, Move move)
{
    DnsView *self = (DnsView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->view.in_detail)
        page_move(self->detail, &self->place, MAX(split.detail.height, 1), move);
    else
        self->at = move_row(move, self->at, answers_of(self)->len,
                            MAX(split.list.height, HEADS + 2) - HEADS - 1);
}

static void
dns_enter(View *view)
{
    const DnsView *self = (const DnsView *)view;
    const DnsAnswer *answer = answer_at(self, self->at);
    const Step *step = answer ? seek_dns_step(self->seek, answer) : NULL;

    if (step)
        tree_show_step(view->app, step);
    else
        app_status(view->app, _("No step of the tree rests on this answer"));
}

static char *
dns_note(const View *view)
{
    const DnsView *self = (const DnsView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->view.in_detail)
        return g_strdup(_("Tab: back to the questions"));
    if (split.detail.height == 0)
        return g_strdup(_("the answer: Tab"));
    return page_more(self->detail, &self->place, split.detail.height)
               ? g_strdup(_("more of this answer: Tab"))
               : NULL;
}

static gboolean
dns_click(View *view, guint x, guint y)
{
    DnsView *self = (DnsView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (x >= split.list.width || y >= split.list.height || y < HEADS ||
        !answer_at(self, self->top + y - HEADS))
        return TRUE;
    const gboolean moved = self->at != self->top + y - HEADS || self->view.in_detail;
    self->at = self->top + y - HEADS;
    self->view.in_detail = FALSE;
    return moved;
}

static Page *
dns_pane(View *view, PagePlace **place, Rect *area)
{
    DnsView *self = (DnsView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (!self->view.in_detail)
        return NULL;
    *place = &self->place;
    *area = split.detail;
    return self->detail;
}

static gboolean
holds(const DnsAnswer *answer, const char *needle)
{
    gboolean found = find_in(answer->name, needle) || find_in(answer->type, needle) ||
                     find_in(dns_status_words[answer->status], needle);

    for (guint i = 0; !found && i < answer->records->len; i++)
        found = find_in(((const DnsRecord *)answer->records->pdata[i])->text, needle);
    return found;
}

static gboolean
dns_find(View *view, Find *find)
{
    DnsView *self = (DnsView *)view;
    const guint count = answers_of(self)->len;

    for (guint i = 1; i <= count; i++) {
        const guint at = (find->backward ? self->at + count - i : self->at + i) % count;
        if (!holds(answer_at(self, at), find->needle))
            continue;
        find->wrapped = find->backward ? at >= self->at : at <= self->at;
        self->at = at;
        return TRUE;
    }
    return FALSE;
}

/* A line of a zone file for each record; without records the name. */
static char *
dns_value(View *view)
{
    const DnsView *self = (const DnsView *)view;
    const DnsAnswer *answer = answer_at(self, self->at);

    return answer ? dns_answer_lines(answer) : NULL;
}

static const Page *
dns_read(const View *view)
{
    return ((const DnsView *)view)->detail;
}

static void
dns_renew(View *view)
{
    DnsView *self = (DnsView *)view;

    g_clear_pointer(&self->detail, page_free);
    g_clear_pointer(&self->seek, seek_dns_free);
    self->read = FALSE;
}

static void
dns_close(View *view)
{
    dns_renew(view);
}

static gboolean
dns_has(const App *app)
{
    return app->doc->report->dns->len > 0;
}

const ViewClass view_dns = {
    .name = "dns",
    .label = N_("DNS"),
    .key = "9",
    .context = IN_DNS,
    .size = sizeof(DnsView),
    .needs_message = TRUE,
    .has = dns_has,
    .renew = dns_renew,
    .fit = dns_fit,
    .draw = dns_draw,
    .move = dns_move,
    .enter = dns_enter,
    .note = dns_note,
    .read = dns_read,
    .close = dns_close,
    .pane = dns_pane,
    .find = dns_find,
    .click = dns_click,
    .value = dns_value,
};
