/* route-hop.c: one host that carried the message, in full.
 * SPDX-License-Identifier: MIT */
#include "tui/view/route-part.h"

#include "base/translate.h"

enum { INDENT = 1, FACT = 15 };

char *
route_delay(gint64 seconds)
{
    /* Up to two of a unit the one before it tells more. */
    static const struct { guint64 from, unit; const char *name; } units[] = {
        { 2 * 86400, 86400, N_("days") }, { 2 * 3600, 3600, "h" }, { 2 * 60, 60, "min" }, { 0, 1, "s" },
    };
    const guint64 length = seconds < 0 ? -(guint64)seconds : (guint64)seconds;
    gsize i = 0;

    while (length < units[i].from)
        i++;
    return g_strdup_printf("%c%" G_GUINT64_FORMAT " %s", seconds < 0 ? '-' : '+', length / units[i].unit,
                           translate(units[i].name));
}

const char *
route_role(const char *role)
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
add_said(Page *page, const App *app, const GPtrArray *route, guint at)
{
    const Hop *hop = route->pdata[at];
    const char *client = hop->ip ? hop->ip : hop->from ? hop->from : _("a host it does not name");
    g_autofree char *text =
        g_strdup_printf(_("%s wrote this line: the message came from %s."),
                        hop->by ? hop->by : _("A host that does not name itself"), client);
    gboolean before = TRUE;

    page_text(page, INDENT, ROLE_TEXT, text);
    for (guint i = at; i < route->len; i++)
        before = before && !((const Hop *)route->pdata[i])->border;
    if (hop->border)
        page_text(page, INDENT, ROLE_LABEL,
                  app->doc->border > 0
                      ? _("The border, by your choice: here the message came in. Its client is the "
                          "one that SPF asks about.")
                      : _("The border: here the message came in. Its client is the one that SPF "
                          "asks about."));
    else if (before)
        page_text(page, INDENT, ROLE_OTHER,
                  _("Before the border: whoever sent the message may have invented this line."));
}

void
route_add_hop(Page *page, const App *app, guint at)
{
    const GPtrArray *route = app->doc->report->route;
    const Hop *hop = route->pdata[at];
    g_autofree char *title =
        g_strdup_printf(_("Hop %u of %u%s%s"), route->len - at, route->len,
                        hop->role ? ": " : "", hop->role ? route_role(hop->role) : "");
    g_autofree char *delay = hop->delay_s != RECORD_UNSET ? route_delay(hop->delay_s) : NULL;
    g_autofree char *line =
        hop->line != RECORD_UNSET ? g_strdup_printf("%" G_GINT64_FORMAT, hop->line) : NULL;

    page_text(page, INDENT, ROLE_LABEL, title);
    add_said(page, app, route, at);
    page_fact(page, FACT, _("from"), ROLE_TEXT, hop->from);
    page_fact(page, FACT, _("called itself"), ROLE_TEXT, hop->helo);
    page_fact(page, FACT, _("reverse DNS"), ROLE_TEXT, hop->ptr);
    page_fact(page, FACT, _("IP address"), ROLE_TEXT, hop->ip);
    page_fact(page, FACT, _("by"), ROLE_TEXT, hop->by);
    page_fact(page, FACT, _("protocol"), ROLE_TEXT, hop->protocol);
    page_fact(page, FACT, "TLS", ROLE_TEXT, hop->tls);
    page_fact(page, FACT, "id", ROLE_TEXT, hop->id);
    page_fact(page, FACT, _("date"), ROLE_TEXT, hop->date);
    page_fact(page, FACT, _("delay"), ROLE_TEXT, delay);
    page_fact(page, FACT, _("line"), ROLE_TEXT, line);
}
