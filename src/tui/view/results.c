/* results.c: what other hosts reported, host by host.
 * SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "base/translate.h"
#include "tree/words.h"
#include "tui/ui.h"
#include "tui/view/views.h"

typedef struct {
    View      view;
    Page     *page;
    guint     page_width;
    PagePlace place;
    guint     height;
} ResultsView;

enum { HOST = 1, HEADER = 3, METHOD = 5, DETAIL = 24 };

static Role
result_role(const char *result)
{
    if (!result || g_str_equal(result, "none") || g_str_equal(result, "neutral"))
        return ROLE_NONE;
    if (g_str_equal(result, "pass"))        /* somebody's word for some name: not green */
        return ROLE_OTHER;
    static const char *const failures[] = { "fail", "softfail", "permerror", "temperror",
                                            "hardfail", "policy", "reject", NULL };
    return g_strv_contains(failures, result) ? ROLE_FAIL : ROLE_TEXT;
}

static void
add_result(Page *page, const ReportedHeader *header, const ReportedResult *result)
{
    g_autofree char *verdict = g_strdup_printf("%s=%s", result->method ? result->method : "?",
                                               result->result ? result->result : "?");
    const guint row = page_row(page);
    guint next = row;

    page_wrap(page, row, METHOD, G_MAXUINT, result_role(result->result), verdict);
    if (METHOD + glyph_columns(verdict, FALSE) >= DETAIL)
        next = page_length(page);
    for (guint i = 0; i < result->properties->len; i++) {
        const Pair *pair = g_ptr_array_index(result->properties, i);
        g_autofree char *text = g_strdup_printf("%s=%s", pair->name ? pair->name : "",
                                                pair->value ? pair->value : "");
        next += page_wrap(page, next, DETAIL, G_MAXUINT, ROLE_TEXT, text);
    }
    if (result->reason && *result->reason) {
        g_autofree char *text = g_strdup_printf(_("reason: %s"), result->reason);
        next += page_wrap(page, next, DETAIL, G_MAXUINT, ROLE_TEXT, text);
    }
    if (result->comment && *result->comment) {
        g_autofree char *text = g_strdup_printf("(%s)", result->comment);
        page_wrap(page, next, DETAIL, G_MAXUINT, ROLE_DIM, text);
    }
    page_item(page, row, header);
}

static void
add_header(Page *page, const ReportedHeader *header)
{
    g_autoptr(GString) title = g_string_new(header->header ? header->header : "?");
    const guint row = page_row(page);

    if (header->line != RECORD_UNSET)
        g_string_append_printf(title, _("  line %ld"), (long)header->line);
    if (header->instance != RECORD_UNSET)
        g_string_append_printf(title, "  i=%" G_GINT64_FORMAT, header->instance);
    page_wrap(page, row, HEADER, G_MAXUINT, ROLE_TEXT, title->str);
    if (header->results->len == 0)
        page_text(page, METHOD, ROLE_DIM, _("no result in it"));
    for (guint i = 0; i < header->deviations->len; i++) {
        const char *id = g_ptr_array_index(header->deviations, i);
        g_autofree char *words = words_text(id, NULL);
        g_autofree char *text = g_strdup_printf("! %s", words);
        page_text(page, METHOD, ROLE_OTHER, text);
    }
    page_item(page, row, header);
    for (guint i = 0; i < header->results->len; i++)
        add_result(page, header, g_ptr_array_index(header->results, i));
}

static void
add_host(Page *page, const GPtrArray *headers)
{
    const ReportedHeader *first = g_ptr_array_index(headers, 0);
    gboolean trusted = FALSE, suspicious = FALSE;

    for (guint i = 0; i < headers->len; i++) {
        const ReportedHeader *header = g_ptr_array_index(headers, i);
        trusted |= header->trusted;
        suspicious |= header->suspicious;
    }
    g_autofree char *title = g_strdup_printf(
        "%s   %s%s", first->authserv_id ? first->authserv_id : _("(a host that gives no name)"),
        trusted ? _("trusted") : _("not trusted"),
        suspicious ? _("   ? suspicious: not where this host's own would stand") : "");
    page_text(page, HOST, suspicious ? ROLE_FAIL : ROLE_LABEL, title);
    for (guint i = 0; i < headers->len; i++)
        add_header(page, g_ptr_array_index(headers, i));
    page_row(page);
}

/* The headers of each host, trusted or not, suspicious or not, apart; hosts in the order in which
 * they are first met. */
static GPtrArray *
group_by_host(const GPtrArray *reported)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) by_host = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    for (guint i = 0; i < reported->len; i++) {
        ReportedHeader *header = g_ptr_array_index(reported, i);
        g_autofree char *key = g_strdup_printf("%d%d%s", header->trusted, header->suspicious,
                                               header->authserv_id ? header->authserv_id : "");
        GPtrArray *group = g_hash_table_lookup(by_host, key);
        if (!group) {
            group = g_ptr_array_new();
            g_ptr_array_add(groups, group);
            g_hash_table_insert(by_host, g_steal_pointer(&key), group);
        }
        g_ptr_array_add(group, header);
    }
    return groups;
}

static Page *
make_page(const App *app, guint width)
{
    Page *page = page_new(width, app->mode);
    g_autoptr(GPtrArray) groups = group_by_host(app->doc->report->reported);

    for (guint i = 0; i < groups->len; i++)
        add_host(page, g_ptr_array_index(groups, i));
    if (groups->len == 0) {
        page_row(page);
        page_text(page, HOST, ROLE_TEXT,
                  _("No host reported a result: the message has no Authentication-Results, no "
                    "Received-SPF and none of their relatives."));
    }
    return page;
}

static void
results_fit(View *view, guint width, guint height)
{
    ResultsView *self = (ResultsView *)view;

    if (!self->page || self->page_width != width) {
        g_clear_pointer(&self->page, page_free);
        self->page = make_page(view->app, width);
        self->page_width = width;
    }
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
results_draw(const View *view, Canvas *canvas, Rect area)
{
    const ResultsView *self = (const ResultsView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
results_move(View *view, Move move)
{
    ResultsView *self = (ResultsView *)view;

    page_move(self->page, &self->place, self->height, move);
}

static void
results_enter(View *view)
{
    const ReportedHeader *header = results_header(view->app);

    if (header)
        app_jump(view->app, header->evidence);
}

const ReportedHeader *
results_header(App *app)
{
    const ResultsView *self = (const ResultsView *)app->doc->views[VIEW_RESULTS];

    return self && self->page ? page_target(self->page, &self->place) : NULL;
}

static gboolean
results_has(const App *app)
{
    return app->doc->report->reported->len > 0;
}

static void
results_renew(View *view)
{
    g_clear_pointer(&((ResultsView *)view)->page, page_free);
}

static char *
results_note(const View *view)
{
    const ResultsView *self = (const ResultsView *)view;

    return page_more(self->page, &self->place, self->height) ? g_strdup(_("more below")) : NULL;
}

static void
results_close(View *view)
{
    page_free(((ResultsView *)view)->page);
}

static const Page *
results_read(const View *view)
{
    return ((const ResultsView *)view)->page;
}

static Page *
results_pane(View *view, PagePlace **place, Rect *area)
{
    ResultsView *self = (ResultsView *)view;

    *place = &self->place;
    *area = (Rect) { 0, 0, view->app->width, self->height };
    return self->page;
}

static char *
results_value(View *view)
{
    const ReportedHeader *header = results_header(view->app);

    return header ? g_strdup(header->raw) : NULL;
}

const ViewClass view_results = {
    .name = "results",
    .label = N_("Results"),
    .key = "3",
    .context = IN_RESULTS,
    .size = sizeof(ResultsView),
    .needs_message = TRUE,
    .has = results_has,
    .of_rows = TRUE,
    .renew = results_renew,
    .fit = results_fit,
    .draw = results_draw,
    .move = results_move,
    .enter = results_enter,
    .note = results_note,
    .read = results_read,
    .close = results_close,
    .pane = results_pane,
    .value = results_value,
};
