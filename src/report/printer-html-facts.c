/* printer-html-facts.c: what the verdict rests on, as parts of the HTML page: identities, route,
 * signatures, ARC, what others reported, DNS. SPDX-License-Identifier: MIT */
#include "report/printer-html.h"

#include <string.h>

#include "base/markup.h"
#include "base/translate.h"
#include "report/printer-words.h"
#include "tree/words.h"

/* A loop of servers is told by its ends; anybody can add signatures, reports and questions. */
#define ROWS_MAX 300

/* TRUE, and a row that says so, where a table is long enough. */
static gboolean
is_enough(GString *out, guint row, guint count)
{
    if (row != ROWS_MAX)
        return row > ROWS_MAX;
    g_autofree char *more = words_more(count, ROWS_MAX);
    markup_html(out, "<tr><td colspan=\"9\">$</td></tr>\n", more);
    return TRUE;
}

/* ---- who it says it is from ---- */

static void
append_identity(GString *out, const char *name, const char *value, int provenance,
                const GPtrArray *evidence)
{
    g_autofree char *where = evidence_text(evidence);

    if (!value)
        return;
    markup_html(out, "<tr><th scope=\"row\">$</th><td><code>$</code></td><td>", name,
                *value ? value : "<>");
    html_provenance(out, provenance);
    markup_html(out, "</td><td>$</td></tr>\n", where);
}

static void
append_item(GString *out, const char *name, const EnvelopeItem *item)
{
    append_identity(out, name, item->value ? item->value : item->address, item->provenance,
                    item->evidence);
}

void
html_identities(GString *out, const Report *report)
{
    const char *const heads[] = {_("NAME"), _("VALUE"), _("KNOWN FROM"), _("EVIDENCE"), NULL};
    const Author *from = report->from;

    html_section(out, _("IDENTITIES"), 0, FALSE);
    html_table(out, _("Who is named, and how we know"), heads);
    for (guint i = 0; i < from->addresses->len && !is_enough(out, i, from->addresses->len); i++) {
        const Mailbox *mailbox = from->addresses->pdata[i];
        g_autofree char *whole =
            mailbox->name && mailbox->address
                ? g_strdup_printf("%s <%s>", mailbox->name, mailbox->address)
                : g_strdup(mailbox->address ? mailbox->address : mailbox->name);
        append_identity(out, "From:", whole, evidence_provenance(from->evidence), from->evidence);
    }
    if (report->sender)
        append_identity(out, "Sender:", report->sender->address, PROVENANCE_MESSAGE,
                        report->sender->evidence);
    if (report->reply_to)
        append_identity(out, "Reply-To:", report->reply_to->address, PROVENANCE_MESSAGE,
                        report->reply_to->evidence);
    append_item(out, "MAIL FROM", report->envelope->mail_from);
    append_item(out, "HELO", report->envelope->helo);
    append_item(out, _("client IP"), report->envelope->client_ip);
    html_table_end(out);
    html_section_end(out);
}

/* ---- the way ---- */

static void
append_hop(GString *out, const Hop *hop, guint number)
{
    g_autofree char *role = words_text(hop->role ? hop->role : "relay", NULL);
    g_autofree char *client = printer_hop_client(hop);
    g_autofree char *delay =
        hop->delay_s == RECORD_UNSET ? g_strdup("") : printer_delay(hop->delay_s);
    g_autofree char *count = g_strdup_printf("%u", number);

    markup_html(
        out, "<tr><th scope=\"row\">$</th><td>$</td><td><code>$</code></td><td><code>$</code></td>",
        count, role, client, hop->by ? hop->by : "?");
    markup_html(out, "<td>$ $</td><td>$ $</td></tr>\n", hop->protocol, hop->tls, hop->date, delay);
}

void
html_route(GString *out, const Report *report)
{
    const char *const heads[] = {_("HOP"),      _("ROLE"), _("FROM"), _("BY"),
                                 _("PROTOCOL"), _("TIME"), NULL};
    const guint count = report->route->len;

    if (count == 0)
        return;
    html_section(out, _("ROUTE"), count, FALSE);
    html_table(out, _("The hosts that carried it, the first one first"), heads);
    for (guint i = 0; i < count && !is_enough(out, i, count); i++)
        append_hop(out, report->route->pdata[count - 1 - i], i + 1);
    html_table_end(out);
    html_section_end(out);
}

/* ---- signatures and seals ---- */

/* "From:To:Subject". (transfer full) */
static char *
field_names(const GPtrArray *fields)
{
    GString *names = g_string_new(NULL);
    g_autofree char *more = words_more(fields->len, ROWS_MAX);

    for (guint i = 0; i < fields->len && i < ROWS_MAX; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ":" : "", (const char *)fields->pdata[i]);
    if (more)
        g_string_append_printf(names, ": %s", more);
    return g_string_free(names, FALSE);
}

static void
append_signature(GString *out, const DkimResult *dkim)
{
    g_autofree char *why = words_text(dkim->reason ? dkim->reason : "", NULL);
    g_autofree char *bits =
        dkim->key_bits == RECORD_UNSET ? g_strdup("") : g_strdup_printf("%d", (int)dkim->key_bits);
    g_autofree char *names = field_names(dkim->signed_fields);

    markup_html(out,
                "<tr><th scope=\"row\"><code>$</code></th><td><code>$</code></td><td>$ $</td><td>",
                dkim->domain ? dkim->domain : "?", dkim->selector, dkim->algorithm, bits);
    html_verdict(out,
                 dkim->result == RESULT_PASS && !dkim->author_signature
                     ? PAPER_OTHER
                     : printer_result_role(dkim->result),
                 words_result((Result)dkim->result));
    g_string_append(out, " ");
    html_provenance(out, dkim->provenance);
    markup_html(out, "</td><td>$</td><td><code>$</code></td></tr>\n", why, names);
}

void
html_signatures(GString *out, const Report *report)
{
    const char *const heads[] = {"d=", "s=", _("KEY"), _("RESULT"), _("WHY"), "h=", NULL};
    const guint count = report->dkim->len;

    if (count == 0)
        return;
    html_section(out, _("SIGNATURES"), count, FALSE);
    html_table(out, _("DKIM signatures, topmost first"), heads);
    for (guint i = 0; i < count && !is_enough(out, i, count); i++)
        append_signature(out, report->dkim->pdata[i]);
    html_table_end(out);
    html_section_end(out);
}

/* In the reader's language. (transfer none) */
static const char *
seal_words(const char *outcome)
{
    Result result = RESULT_UNKNOWN;

    return result_of_word(outcome, &result) ? words_result(result) : "-";
}

void
html_arc(GString *out, const Report *report)
{
    const char *const heads[] = {"i=", _("SEALER"), _("MESSAGE"), _("SEAL"), "cv=", NULL};
    const GPtrArray *instances = report->arc->instances;

    if (instances->len == 0)
        return;
    html_section(out, "ARC", instances->len, FALSE);
    g_string_append(out, "<p>");
    html_verdict(out,
                 printer_result_role(report->arc->result) == PAPER_PASS
                     ? PAPER_PLAIN
                     : printer_result_role(report->arc->result),
                 words_result((Result)report->arc->result));
    if (report->arc->reason) {
        g_autofree char *why = words_text(report->arc->reason, NULL);
        markup_html(out, " $", why);
    }
    g_string_append(out, "</p>\n");
    html_table(out, _("The hosts that sealed what they found"), heads);
    for (guint i = 0; i < instances->len && !is_enough(out, i, instances->len); i++) {
        const ArcInstance *instance = instances->pdata[i];
        g_autofree char *number = g_strdup_printf("%d", (int)instance->i);
        markup_html(
            out,
            "<tr><th "
            "scope=\"row\">$</th><td><code>$</code></td><td>$</td><td>$</td><td>$</td></tr>\n",
            number, instance->sealer, seal_words(instance->ams), seal_words(instance->seal), instance->cv);
    }
    html_table_end(out);
    html_section_end(out);
}

/* ---- what others said ---- */

static void
append_left_out(GString *out, const char *format, guint count)
{
    g_autofree char *more = words_more(count, ROWS_MAX);

    if (more)
        markup_html(out, format, more);
}

static void
append_reported(GString *out, const ReportedHeader *header)
{
    g_autofree char *head = printer_reported_head(header);

    markup_html(out, "<h3 class=\"$\">$</h3>\n<ul>\n", header->suspicious ? "fail" : "none", head);
    for (guint k = 0; k < header->results->len && k < ROWS_MAX; k++) {
        g_autofree char *line = printer_reported_result(header->results->pdata[k]);
        markup_html(out, "<li><code>$</code></li>\n", line);
    }
    append_left_out(out, "<li>$</li>\n", header->results->len);
    for (guint k = 0; k < header->deviations->len && k < ROWS_MAX; k++) {
        g_autofree char *odd = words_text(header->deviations->pdata[k], NULL);
        markup_html(out, "<li class=\"dim\">$</li>\n", odd);
    }
    append_left_out(out, "<li class=\"dim\">$</li>\n", header->deviations->len);
    g_string_append(out, "</ul>\n");
}

void
html_reported(GString *out, const Report *report)
{
    if (report->reported->len == 0)
        return;
    html_section(out, _("REPORTED BY OTHERS"), report->reported->len, FALSE);
    for (guint i = 0; i < report->reported->len && i < ROWS_MAX; i++)
        append_reported(out, report->reported->pdata[i]);
    append_left_out(out, "<p>$</p>\n", report->reported->len);
    html_section_end(out);
}

void
html_opinions(GString *out, const Report *report)
{
    if (report->second_opinions->len == 0)
        return;
    html_section(out, _("SECOND OPINIONS"), report->second_opinions->len, FALSE);
    g_string_append(out, "<ul>\n");
    for (guint i = 0; i < report->second_opinions->len; i++) {
        const SecondOpinion *opinion = report->second_opinions->pdata[i];
        g_autofree char *line = printer_opinion(opinion);
        markup_html(out, "<li class=\"$\">$</li>\n", opinion->agrees ? "none" : "other", line);
    }
    g_string_append(out, "</ul>\n");
    html_section_end(out);
}

/* ---- DNS ---- */

static void
append_answer(GString *out, const DnsAnswer *answer)
{
    g_autofree char *ttl =
        answer->ttl == RECORD_UNSET ? g_strdup("") : g_strdup_printf("%d", (int)answer->ttl);

    markup_html(out,
                "<tr><th scope=\"row\"><code>$</code></th><td><code>$</code></td><td>$</td><td>",
                answer->type, answer->name, dns_status_words[answer->status]);
    for (guint k = 0; k < answer->records->len && k < ROWS_MAX; k++)
        markup_html(out, "<code>$</code><br>",
                    ((const DnsRecord *)answer->records->pdata[k])->text);
    append_left_out(out, "$", answer->records->len);
    markup_html(out, "</td><td>$</td><td>$</td><td>$</td></tr>\n", ttl,
                answer->source ? answer->source : "-", printer_dnssec(answer->dnssec));
}

void
html_dns(GString *out, const Report *report)
{
    const char *const heads[] = {_("TYPE"), _("NAME"),   _("ANSWER"), _("RECORDS"),
                                 "TTL",     _("SOURCE"), "DNSSEC",    NULL};
    const guint count = report->dns->len;

    if (count == 0)
        return;
    html_section(out, _("DNS QUESTIONS AND ANSWERS"), count, FALSE);
    html_table(out, _("In the order asked"), heads);
    for (guint i = 0; i < count && !is_enough(out, i, count); i++)
        append_answer(out, report->dns->pdata[i]);
    html_table_end(out);
    html_section_end(out);
}
