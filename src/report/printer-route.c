/* printer-route.c: the way of a message from hop to hop, as text.
 * SPDX-License-Identifier: MIT */
#include "report/printer-parts.h"

#include "base/translate.h"
#include "report/printer-words.h"
#include "tree/words.h"

/* Number and role first, then the hop. */
#define INDENT 15
/* A loop of servers is told by its ends. */
#define HOPS_SHOWN 60

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
        g_autofree char *delay = printer_delay(hop->delay_s);
        append(out, delay);
    }
    return g_string_free(out, FALSE);
}

static void
print_hop(Paper *paper, const Hop *hop, guint number)
{
    g_autofree char *role = words_text(hop->role ? hop->role : "relay", NULL);
    g_autofree char *label = g_strdup_printf("%3u %s", number, role);
    g_autofree char *client = printer_hop_client(hop);
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
    paper_section(paper, _("ROUTE"));
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
