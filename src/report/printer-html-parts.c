/* printer-html-parts.c: names, advice, findings and receivers as parts of the HTML page.
 * SPDX-License-Identifier: MIT */
#include "report/printer-html.h"

#include "advice/advice.h"
#include "advice/summary.h"
#include "advice/told.h"
#include "base/markup.h"
#include "base/translate.h"
#include "report/printer-words.h"
#include "tree/words.h"

/* ---- identifier, authenticated?, aligned with From?: always three ---- */

static const char *
tri_words(int value)
{
    return words_result(value == TRI_TRUE    ? RESULT_YES
                        : value == TRI_FALSE ? RESULT_NO
                                             : RESULT_UNKNOWN);
}

static PaperRole
tri_role(int value)
{
    return value == TRI_TRUE ? PAPER_PASS : value == TRI_FALSE ? PAPER_FAIL : PAPER_UNKNOWN;
}

/* A pass for another domain is its own thing: it has no share in green. */
static PaperRole
authenticated_role(const Identifier *identifier)
{
    if (identifier->authenticated == TRI_TRUE && identifier->aligned != TRI_TRUE)
        return PAPER_NONE;
    return tri_role(identifier->authenticated);
}

/* "relaxed, example.jp"; what is not known has no organization. (transfer full) */
static char *
mode_words(const Identifier *identifier)
{
    const char *mode = g_strcmp0(identifier->mode, "s") == 0   ? "strict"
                       : g_strcmp0(identifier->mode, "r") == 0 ? "relaxed"
                                                               : "relaxed (assumed)";
    g_autofree char *words = words_value(mode);

    if (!identifier->org_domain)
        return g_steal_pointer(&words);
    return g_strdup_printf("%s, %s", words, identifier->org_domain);
}

static void
append_identifier(GString *out, const Identifier *identifier)
{
    g_autofree char *mode = mode_words(identifier);

    markup_html(out, "<tr><th scope=\"row\">$</th><td><code>$</code></td><td>",
                advice_is_spf(identifier) ? "SPF" : "DKIM", identifier->domain);
    html_verdict(out, authenticated_role(identifier), tri_words(identifier->authenticated));
    g_string_append(out, " ");
    html_provenance(out, identifier->basis);
    if (identifier->reported) {
        g_autofree char *reported = words_fill(N_("reported: {0}"), identifier->reported, NULL);
        markup_html(out, " <span class=\"from\">$</span>", reported);
    }
    g_string_append(out, "</td><td>");
    html_verdict(out, tri_role(identifier->aligned), tri_words(identifier->aligned));
    markup_html(out, " <span class=\"from\">$</span></td></tr>\n", mode);
}

void
html_names(GString *out, const Report *report)
{
    const char *const heads[] = {_("CHECK"), _("IDENTIFIER"), _("AUTHENTICATED?"),
                                 _("ALIGNED WITH FROM:?"), NULL};
    const GPtrArray *identifiers = report_identifiers(report);

    if (identifiers->len == 0)
        return;
    html_section(out, _("NAMES AND ALIGNMENT"), identifiers->len, TRUE);
    html_table(out, _("DMARC wants one line that says yes twice."), heads);
    for (guint i = 0; i < identifiers->len; i++)
        append_identifier(out, identifiers->pdata[i]);
    html_table_end(out);
    html_section_end(out);
}

/* ---- what to change, what was found ---- */

/* Records to copy stand together, as they are. */
static void
append_told(GString *out, const Told *told, const Told *before, const Told *after)
{
    const char *label = told->kind == before->kind ? NULL : told_label(told->kind);

    if (told->kind == TOLD_RECORD) {
        markup_html(out, before->kind == TOLD_RECORD ? "\n$" : "<pre>$", told->text);
        g_string_append(out, after && after->kind == TOLD_RECORD ? "" : "</pre>\n");
        return;
    }
    markup_html(out, "<p class=\"$\">", told->good ? "pass" : "none");
    if (label)
        markup_html(out, "<span class=\"dim\">$</span> ", label);
    markup_html(out, "$</p>\n", told->text);
}

static void
append_advice(GString *out, const Advice *advice)
{
    g_autoptr(GPtrArray) lines = advice_told(advice);
    const Told *who = lines->pdata[0];

    markup_html(out, "<li><p><strong>$</strong></p>\n", who->text);
    for (guint i = 1; i < lines->len; i++) {
        const Told *told = lines->pdata[i];
        if (told->kind != TOLD_WHAT || !g_str_equal(told->text, who->text))
            append_told(out, told, lines->pdata[i - 1],
                        i + 1 < lines->len ? lines->pdata[i + 1] : NULL);
    }
    g_string_append(out, "</li>\n");
}

void
html_advice(GString *out, const Report *report)
{
    if (report->advice->len == 0)
        return;
    html_section(out, _("WHAT TO CHANGE"), report->advice->len, TRUE);
    g_string_append(out, "<ol>\n");
    for (guint i = 0; i < report->advice->len; i++)
        append_advice(out, report->advice->pdata[i]);
    g_string_append(out, "</ol>\n");
    html_section_end(out);
}

void
html_findings(GString *out, const Report *report)
{
    static const PaperRole roles[] = {PAPER_DIM, PAPER_UNKNOWN, PAPER_FAIL};

    if (report->findings->len == 0)
        return;
    html_section(out, _("FINDINGS"), report->findings->len, TRUE);
    g_string_append(out, "<ul>\n");
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        g_autofree char *text = words_finding(finding);
        g_autofree char *where = evidence_text(finding->evidence);
        markup_html(out, "<li><strong class=\"$\">$</strong> $",
                    html_class(roles[finding->severity]), printer_severity(finding->severity),
                    text);
        if (*where)
            markup_html(out, " <span class=\"from\">[$]</span>", where);
        g_string_append(out, "</li>\n");
    }
    g_string_append(out, "</ul>\n");
    html_section_end(out);
}

/* ---- receivers ---- */

static void
append_rule(GString *out, const ReceiverRule *rule)
{
    g_autofree char *title = words_rule_title(rule);
    g_autofree char *seen = words_rule_evidence(rule);
    g_autofree char *effect = rule->result == RESULT_FAIL ? words_rule_effect(rule) : NULL;
    g_autofree char *remedy = rule->result == RESULT_FAIL ? words_rule_remedy(rule) : NULL;
    g_autofree char *clash = words_rule_clash(rule);

    markup_html(out, "<tr><th scope=\"row\">$</th><td>", title);
    html_verdict(out, printer_result_role(rule->result), words_rule_result((Result)rule->result));
    markup_html(out, "</td><td>$", seen);
    if (effect && *effect)
        markup_html(out, "<br>$ <code>$</code> $", effect, rule->code, clash);
    if (remedy && *remedy)
        markup_html(out, "<br>$", remedy);
    markup_html(out, "</td><td class=\"from\">$ $</td></tr>\n", rule->source, rule->since);
}

static void
append_receiver(GString *out, const ReceiverVerdict *receiver)
{
    const char *const heads[] = {_("RULE"), _("RESULT"), _("SEEN"), _("SOURCE"), NULL};
    const char *name = receiver->name ? receiver->name : receiver->profile;
    g_autofree char *caption =
        words_fill(N_("as of {0}"), receiver->as_of ? receiver->as_of : "?", NULL);

    markup_html(out, "<h3>$ ", name);
    html_verdict(out, printer_result_role(receiver->result),
                 words_rule_result((Result)receiver->result));
    g_string_append(out, "</h3>\n");
    html_table(out, caption, heads);
    for (guint i = 0; i < receiver->rules->len; i++)
        append_rule(out, receiver->rules->pdata[i]);
    html_table_end(out);
}

/* What mail programs show of the sender: the line by which people judge. */
static void
append_shown(GString *out, const Report *report)
{
    const char *const heads[] = {_("PROGRAM"), _("SHOWS"), _("WHY"), _("SOURCE"), NULL};

    html_table(out, _("What the reader's mail program shows"), heads);
    for (guint i = 0; i < report->shown->len; i++) {
        const Shown *shown = report->shown->pdata[i];
        g_autofree char *line = words_shown_line(shown);
        g_autofree char *why = words_shown_why(shown);
        g_autofree char *mark = words_shown_mark(shown);
        markup_html(
            out,
            "<tr><th scope=\"row\">$</th><td>$ $</td><td>$</td><td class=\"from\">$, $</td></tr>\n",
            shown->name ? shown->name : shown->program, line, mark, why, shown->source,
            shown->as_of);
    }
    html_table_end(out);
}

void
html_receivers(GString *out, const Report *report)
{
    if (report->receivers->len + report->shown->len == 0)
        return;
    html_section(out, _("RECEIVERS' OWN RULES"), report->receivers->len, FALSE);
    for (guint i = 0; i < report->receivers->len; i++)
        append_receiver(out, report->receivers->pdata[i]);
    if (report->shown->len > 0)
        append_shown(out, report);
    html_section_end(out);
}
