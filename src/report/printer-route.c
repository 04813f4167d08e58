/* printer-route.c: the way of a message from hop to hop, as text.
 * SPDX-License-Identifier: MIT */
#include "report/printer-parts.h"

#include <string.h>

#include "tree/words.h"

#define N_(text) text

/* Number and role first, then the hop. */
#define INDENT 15
/* A loop of servers is told by its ends. */
#define HOPS_SHOWN 60

/* "mail.example.com [192.0.2.1], HELO pc". (transfer full) */
static char *
client_words(const Hop *hop)
{
    const char *name = hop->ptr ? hop->ptr : hop->from ? hop->from : hop->helo;
    GString *out = g_string_new(name ? name : "");

    if (hop->ip && !(name && strstr(name, hop->ip)))
        g_string_append_printf(out, "%s[%s]", out->len > 0 ? " " : "", hop->ip);
    if (hop->helo && name && g_ascii_strcasecmp(hop->helo, name) != 0)
        g_string_append_printf(out, ", HELO %s", hop->helo);
    return g_string_free(out, FALSE);
}

/* "+3 s", "+2 min 5 s", "+1 h 3 min", "+2 d 4 h": two units tell enough. (transfer full) */
static char *
delay_words(gint64 delay)
{
    static const struct { gint64 seconds; const char *unit; } units[] = {
        { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" },
    };
    const char *sign = delay < 0 ? "-" : "+";
    const guint64 away = delay < 0 ? (guint64)-delay : (guint64)delay;
    gsize i = 0;

    while (i + 1 < G_N_ELEMENTS(units) && away < (guint64)units[i].seconds)
        i++;
    const guint64 first = away / (guint64)units[i].seconds;
    const guint64 rest = away % (guint64)units[i].seconds;
    const guint64 second = i + 1 < G_N_ELEMENTS(units) ? rest / (guint64)units[i + 1].seconds : 0;
    if (second == 0)
        return g_strdup_printf("%s%" G_GUINT64_FORMAT " %s", sign, first, units[i].unit);
    return g_strdup_printf("%s%" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT " %s", sign, first,
                           units[i].unit, second, units[i + 1].unit);
}

static void
append(GString *out, const char *text)
{
    if (text)
        g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", text);
}

/* "ESMTPS, TLSv1.3, 2026-09-01T10:00:00+09:00, +3 s". (transfer full) */
static char *
details(const Hop *hop)
{
    GString *out = g_string_new(NULL);

    append(out, hop->protocol);
    append(out, hop->tls);
    append(out, hop->date);
    if (hop->delay_s != RECORD_UNSET) {
        g_autofree char *delay = delay_words(hop->delay_s);
        append(out, delay);
    }
    return g_string_free(out, FALSE);
}

static void
print_hop(Paper *paper, const Hop *hop, guint number)
{
    g_autofree char *role = words_text(hop->role ? hop->role : "relay", NULL);
    g_autofree char *label = g_strdup_printf("%3u %s", number, role);
    g_autofree char *client = client_words(hop);
    g_autofree char *facts = details(hop);
    g_autofree char *line = g_strdup_printf("%s%s%s", client, *client ? " -> " : "-> ",
                                            hop->by ? hop->by : "?");
    const PaperRole tone = hop->border ? PAPER_BOLD : PAPER_PLAIN;

    paper_paragraph(paper, label, tone, INDENT, tone, line);
    if (*facts)
        paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_DIM, facts);
}

void
print_route(Paper *paper, const Report *report)
{
    const guint count = report->route->len;

    if (count == 0)
        return;
    paper_blank(paper);
    paper_paragraph(paper, words_translate(N_("ROUTE")), PAPER_BOLD, 0, PAPER_PLAIN, "");
    for (guint i = count; i-- > 0;) {
        if (count > HOPS_SHOWN && i == count - HOPS_SHOWN / 2) {
            g_autofree char *left = g_strdup_printf("%u", count - HOPS_SHOWN);
            g_autofree char *more = words_fill(N_("{0} hops more"), left, NULL);
            paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_DIM, more);
            i = HOPS_SHOWN / 2;
            continue;
        }
        print_hop(paper, report->route->pdata[i], count - i);
    }
}
