/* printer-markdown.c: the report for a ticket: compact, and inert whatever stands in the message.
 * SPDX-License-Identifier: MIT
 *
 * For GitHub, GitLab, and what reads CommonMark with tables (GFM). Templates are literals; what
 * varies passes base/markup.h. */
#include "report/printer.h"

#include "advice/advice.h"
#include "advice/summary.h"
#include "advice/told.h"
#include "base/markup.h"
#include "base/translate.h"
#include "report/paper.h"
#include "report/printer-words.h"
#include "tree/words.h"
#include "whatif/edit.h"
#include "whatif/outcome.h"

/* A ticket is read by people: the rest is in the other formats. */
#define ROWS_MAX  40
#define DEPTH_MAX 8

static const char *
mark(PaperRole role)
{
    const Paper utf8 = {.ascii = FALSE};

    return paper_mark(&utf8, role);
}

/* "✗ FAIL" (transfer full) */
static char *
marked(PaperRole role, const char *word)
{
    return g_strdup_printf("%s %s", mark(role), word);
}

static void
heading(GString *out, const char *title)
{
    markup_markdown(out, "\n### $\n\n", title);
}

static void
labelled(GString *out, const char *label, const char *text)
{
    if (text && *text)
        markup_markdown(out, "**$** $\n\n", label, text);
}

static void
head_row(GString *out, const char *const *heads)
{
    for (const char *const *head = heads; *head; head++)
        markup_markdown(out, "| $ ", *head);
    g_string_append(out, "|\n");
    for (const char *const *head = heads; *head; head++)
        g_string_append(out, "| --- ");
    g_string_append(out, "|\n");
}

/* What is left out, as an item of an indented list. */
static void
append_left_out(GString *out, guint indent, guint count)
{
    g_autofree char *more = words_more(count, ROWS_MAX);

    if (!more)
        return;
    g_string_append_printf(out, "%*s", (int)indent, "");
    markup_markdown(out, "- $\n", more);
}

/* TRUE, and a line that says so, where enough is listed. */
static gboolean
is_enough(GString *out, guint row, guint count, gboolean table)
{
    if (row != ROWS_MAX)
        return row > ROWS_MAX;
    g_autofree char *more = words_more(count, ROWS_MAX);
    markup_markdown(out, table ? "| $ |\n" : "- $\n", more);
    return TRUE;
}

/* ---- the answer ---- */

static void
append_edits(GString *out, const Report *report)
{
    if (report->what_if->len == 0)
        return;
    markup_markdown(out, "> **$** $\n>\n", _("WHAT IF"),
                    _("These inputs were changed by hand. The verdict below is not that of the "
                      "message as it came."));
    for (guint i = 0; i < report->what_if->len; i++) {
        const WhatIf *edit = report->what_if->pdata[i];
        g_autofree char *words = edit_describe(edit);
        g_autofree char *text = g_strdup_printf("%s=%s", edit->key, edit->value ? edit->value : "");
        markup_markdown(out, "> - $ @\n", words, text);
    }
    g_autofree char *verdict = what_if_verdict(report);
    markup_markdown(out, ">\n> $\n", verdict);
    g_string_append(out, "\n");
}

static void
append_names(GString *out, const Summary *summary)
{
    const char *const heads[] = {_("NAME"), _("DOMAIN"), _("CHECK"), summary->vouches_title, NULL};

    head_row(out, heads);
    for (guint i = 0; i < summary->names->len; i++) {
        const SummaryName *row = summary->names->pdata[i];
        g_autofree char *vouches = row->tone == SUMMARY_PLAIN
                                       ? g_strdup(row->vouches)
                                       : marked(printer_tone_role(row->tone), row->vouches);
        markup_markdown(out, "| $ | @ | $ | $ |\n", row->name, row->domain, row->check, vouches);
    }
    g_string_append(out, "\n");
}

static void
append_fix(GString *out, const Summary *summary)
{
    g_autoptr(GString) lines = g_string_new(NULL);

    if (!summary->fix_who)
        return;
    labelled(out, _("FIX"), summary->fix_who);
    for (guint i = 0; i < summary->fix_lines->len; i++)
        g_string_append_printf(lines, "%s%s", i > 0 ? "\n" : "",
                               (const char *)summary->fix_lines->pdata[i]);
    if (lines->len > 0) {
        markup_append_fence(out, lines->str);
        g_string_append(out, "\n");
    }
    if (summary->fix_not)
        markup_markdown(out, "$\n\n", summary->fix_not);
}

static void
append_lines(GString *out, const char *label, const GPtrArray *lines)
{
    if (lines->len > 0)
        markup_markdown(out, "**$**\n\n", label);
    for (guint i = 0; i < lines->len; i++)
        markup_markdown(out, "- $\n", lines->pdata[i]);
    if (lines->len > 0)
        g_string_append(out, "\n");
}

static void
append_bounce(GString *out, const Summary *summary)
{
    const SummaryBounce *bounce = summary->bounce;

    markup_markdown(out, "**$ $** $\n\n", mark(printer_tone_role(bounce->tone)), bounce->label,
                    bounce->sentence);
    labelled(out, _("SAID"), bounce->said);
    labelled(out, _("MEANS"), bounce->means);
    append_lines(out, _("STORY"), bounce->story);
    append_fix(out, summary);
    for (guint i = 0; i < bounce->also->len; i++)
        markup_markdown(out, "$\n\n", bounce->also->pdata[i]);
    labelled(out, _("ITSELF"), bounce->itself);
    if (bounce->text) {
        markup_markdown(out, "**$**\n\n", _("RETURNED"));
        markup_append_fence(out, bounce->text);
        g_string_append(out, "\n");
    }
}

static void
append_answer(GString *out, const Summary *summary)
{
    markup_markdown(out, "**$ $** $\n\n", mark(printer_tone_role(summary->tone)), summary->verdict,
                    summary->sentence);
    labelled(out, _("CAUSE"), summary->cause);
    append_names(out, summary);
    if (summary->policy)
        markup_markdown(out, "$\n\n", summary->policy);
    append_fix(out, summary);
    append_lines(out, _("SAID BY"), summary->said_by);
}

static void
append_head(GString *out, const Report *report, PaperRole role, const char *verdict)
{
    const SourceInfo *source = report->source;
    g_autofree char *place = printer_place(source);
    g_autofree char *word = marked(role, verdict);
    const gboolean check = g_strcmp0(source->kind, "check") == 0;

    markup_markdown(out, check ? "## DMARC: $ ($)\n\n" : "## DMARC: $ (@)\n\n", word, place);
    append_edits(out, report);
    if (source->subject)
        markup_markdown(out, "- $: @\n", _("SUBJECT"), source->subject);
    if (source->fidelity && !check)
        markup_markdown(out, "- $: $\n", _("FIDELITY"), printer_fidelity(source->fidelity));
    if (source->dns_source)
        markup_markdown(out, "- DNS: $\n", printer_dns_source(source->dns_source));
    g_string_append(out, "\n");
}

/* ---- the tree ---- */

static void
append_step(GString *out, const Step *step, guint depth, gboolean helps)
{
    g_autofree char *title = words_title(step);
    g_autofree char *rule = words_rule(step->rule ? step->rule : "");
    g_autofree char *word =
        marked(printer_step_role(step, helps), words_result((Result)step->result));

    g_string_append_printf(out, "%*s", (int)(2 * MIN(depth, DEPTH_MAX)), "");
    markup_markdown(out, step->cause ? "- **$ - $ ($)**\n" : "- **$** - $ ($)\n", word, title,
                    step->cause ? _("CAUSE")
                                : words_provenance(provenance_words[step->provenance]));
    if (printer_needs_words(step)) {
        g_autofree char *plain = words_plain(step);
        g_string_append_printf(out, "%*s", (int)(2 * MIN(depth, DEPTH_MAX)) + 2, "");
        markup_markdown(out, "- $ $\n", plain, rule);
    }
    for (guint i = 0; !step->folded && i < step->children->len && i < ROWS_MAX; i++)
        append_step(out, step->children->pdata[i], depth + 1, printer_step_helps(step, helps));
    if (!step->folded)
        append_left_out(out, 2 * MIN(depth + 1, DEPTH_MAX), step->children->len);
}

static void
append_tree(GString *out, const Report *report)
{
    if (!report->tree)
        return;
    heading(out, _("THE TREE"));
    append_step(out, report->tree, 0, report_dmarc(report)->result == RESULT_PASS);
}

/* ---- what it rests on ---- */

/* Of an advice in a list: what belongs to it is indented. */
static void
append_told(GString *out, const Told *told, const Told *before)
{
    const char *label = told->kind == before->kind ? NULL : told_label(told->kind);

    if (told->kind == TOLD_RECORD)
        markup_markdown(out, "   - @\n", told->text);
    else if (label)
        markup_markdown(out, "   - **$** $\n", label, told->text);
    else
        markup_markdown(out, "   - $\n", told->text);
}

static void
append_advice(GString *out, const Report *report)
{
    if (report->advice->len > 0)
        heading(out, _("WHAT TO CHANGE"));
    for (guint i = 0; i < report->advice->len; i++) {
        g_autoptr(GPtrArray) lines = advice_told(report->advice->pdata[i]);
        const Told *who = lines->pdata[0];
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        markup_markdown(out, "$. **$**\n", number, who->text);
        for (guint k = 1; k < lines->len; k++) {
            const Told *told = lines->pdata[k];
            if (told->kind != TOLD_WHAT || !g_str_equal(told->text, who->text))
                append_told(out, told, lines->pdata[k - 1]);
        }
    }
}

static void
append_findings(GString *out, const Report *report)
{
    const GPtrArray *findings = report->findings;

    if (findings->len > 0)
        heading(out, _("FINDINGS"));
    for (guint i = 0; i < findings->len && !is_enough(out, i, findings->len, FALSE); i++) {
        const Finding *finding = findings->pdata[i];
        g_autofree char *text = words_finding(finding);
        g_autofree char *where = evidence_text(finding->evidence);
        markup_markdown(out, "- **$** $ @\n", printer_severity(finding->severity), text, where);
    }
}

/* Of the rules those that are not met: a ticket is about these. */
static void
append_receivers(GString *out, const Report *report)
{
    const char *const heads[] = {_("RECEIVER"), _("RULE"), _("RESULT"), _("SEEN"), NULL};

    if (report->receivers->len == 0)
        return;
    heading(out, _("RECEIVERS' OWN RULES"));
    head_row(out, heads);
    for (guint i = 0; i < report->receivers->len; i++) {
        const ReceiverVerdict *receiver = report->receivers->pdata[i];
        const char *name = receiver->name ? receiver->name : receiver->profile;
        g_autofree char *whole = marked(printer_result_role(receiver->result),
                                        words_rule_result((Result)receiver->result));
        markup_markdown(out, "| **$** | | **$** | $ |\n", name, whole, receiver->as_of);
        for (guint k = 0; k < receiver->rules->len; k++) {
            const ReceiverRule *rule = receiver->rules->pdata[k];
            if (rule->result != RESULT_FAIL && rule->result != RESULT_UNKNOWN)
                continue;
            g_autofree char *title = words_rule_title(rule);
            g_autofree char *seen = words_rule_evidence(rule);
            g_autofree char *word =
                marked(printer_result_role(rule->result), words_rule_result((Result)rule->result));
            markup_markdown(out, "| $ | $ | $ | $ |\n", name, title, word, seen);
        }
    }
}

static void
append_signatures(GString *out, const Report *report)
{
    const char *const heads[] = {"d=", "s=", _("RESULT"), _("WHY"), NULL};
    const guint count = report->dkim->len;

    if (count == 0)
        return;
    heading(out, _("SIGNATURES"));
    head_row(out, heads);
    for (guint i = 0; i < count && !is_enough(out, i, count, TRUE); i++) {
        const DkimResult *dkim = report->dkim->pdata[i];
        g_autofree char *why = words_text(dkim->reason ? dkim->reason : "", NULL);
        markup_markdown(out, "| @ | @ | $ | $ |\n", dkim->domain ? dkim->domain : "?",
                        dkim->selector, words_result((Result)dkim->result), why);
    }
}

static void
append_route(GString *out, const Report *report)
{
    const char *const heads[] = {_("HOP"), _("ROLE"), _("FROM"), _("BY"), _("TIME"), NULL};
    const guint count = report->route->len;

    if (count == 0)
        return;
    heading(out, _("ROUTE"));
    head_row(out, heads);
    for (guint i = 0; i < count && !is_enough(out, i, count, TRUE); i++) {
        const Hop *hop = report->route->pdata[count - 1 - i];
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        g_autofree char *role = words_text(hop->role ? hop->role : "relay", NULL);
        g_autofree char *client = printer_hop_client(hop);
        markup_markdown(out, "| $ | $ | @ | @ | @ |\n", number, role, client,
                        hop->by ? hop->by : "?", hop->date);
    }
}

static void
append_reported(GString *out, const Report *report)
{
    const GPtrArray *reported = report->reported;

    if (reported->len > 0)
        heading(out, _("REPORTED BY OTHERS"));
    for (guint i = 0; i < reported->len && !is_enough(out, i, reported->len, FALSE); i++) {
        const ReportedHeader *header = reported->pdata[i];
        g_autofree char *head = printer_reported_head(header);
        markup_markdown(out, "- $\n", head);
        for (guint k = 0; k < header->results->len && k < ROWS_MAX; k++) {
            g_autofree char *line = printer_reported_result(header->results->pdata[k]);
            markup_markdown(out, "  - @\n", line);
        }
        append_left_out(out, 2, header->results->len);
    }
}

static void
append_dns(GString *out, const Report *report)
{
    const char *const heads[] = {_("TYPE"), _("NAME"), _("ANSWER"), _("RECORDS"), NULL};
    const guint count = report->dns->len;

    if (count == 0)
        return;
    heading(out, _("DNS QUESTIONS AND ANSWERS"));
    head_row(out, heads);
    for (guint i = 0; i < count && !is_enough(out, i, count, TRUE); i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        markup_markdown(out, "| $ | @ | $ | ", answer->type, answer->name,
                        dns_status_words[answer->status]);
        for (guint k = 0; k < answer->records->len && k < ROWS_MAX; k++) {
            const DnsRecord *record = answer->records->pdata[k];
            g_string_append(out, k > 0 ? " " : "");
            markup_append_code(out, record->text, MARKUP_CELL);
        }
        g_autofree char *more = words_more(answer->records->len, ROWS_MAX);
        markup_markdown(out, more ? " $" : "", more);
        g_string_append(out, " |\n");
    }
}

void
printer_markdown(GString *out, const Report *report)
{
    g_autoptr(Summary) summary = summary_new(report);
    g_autoptr(GString) whole = g_string_new(NULL);

    append_head(whole, report, printer_tone_role(summary->tone), summary->verdict);
    if (summary->bounce)
        append_bounce(whole, summary);
    else
        append_answer(whole, summary);
    append_advice(whole, report);
    append_tree(whole, report);
    append_findings(whole, report);
    append_receivers(whole, report);
    append_signatures(whole, report);
    append_reported(whole, report);
    append_route(whole, report);
    append_dns(whole, report);
    g_string_append(whole, "\n");
    g_string_append_len(out, whole->str, (gssize)whole->len);
}

void
printer_markdown_unreadable(GString *out, const Report *report)
{
    append_head(out, report, PAPER_UNKNOWN, _("UNREADABLE"));
    append_findings(out, report);
    g_string_append(out, "\n");
}
