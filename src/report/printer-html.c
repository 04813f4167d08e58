/* printer-html.c: the report as one HTML page that needs nothing else: no script, no request.
 * SPDX-License-Identifier: MIT
 *
 * A browser that opens it is told by its policy to load nothing and to run nothing, so that even a
 * mistake here would stay a mistake of letters. */
#include "report/printer.h"

#include <string.h>

#include "base/markup.h"
#include "base/translate.h"
#include "report/printer-html.h"
#include "report/printer-words.h"
#include "tree/words.h"
#include "whatif/edit.h"
#include "whatif/outcome.h"

/* ---- small parts ---- */

const char *
html_class(PaperRole role)
{
    switch (role) {
    case PAPER_PASS:
        return "pass";
    case PAPER_FAIL:
        return "fail";
    case PAPER_OTHER:
        return "other";
    case PAPER_UNKNOWN:
        return "unknown";
    case PAPER_DIM:
        return "dim";
    default:
        return "none";
    }
}

void
html_verdict(GString *out, PaperRole role, const char *word)
{
    const Paper utf8 = {.ascii = FALSE};

    markup_html(out, "<span class=\"verdict $\"><span aria-hidden=\"true\">$</span> $</span>",
                html_class(role), paper_mark(&utf8, role), word);
}

void
html_section(GString *out, const char *title, guint count, gboolean open)
{
    g_string_append(out, open ? "<section><details open>" : "<section><details>");
    markup_html(out, "<summary><h2>$</h2>", title);
    if (count > 0) {
        g_autofree char *number = g_strdup_printf("%u", count);
        markup_html(out, " <span class=\"from\">($)</span>", number);
    }
    g_string_append(out, "</summary>\n");
}

void
html_section_end(GString *out)
{
    g_string_append(out, "</details></section>\n");
}

void
html_fact(GString *out, const char *label, const char *value)
{
    if (value && *value)
        markup_html(out, "<dt>$</dt><dd>$</dd>\n", label, value);
}

void
html_provenance(GString *out, int provenance)
{
    markup_html(out, "<span class=\"from\">($)</span>",
                words_provenance(provenance_words[provenance]));
}

/* The only links on the page: their targets are made of the digits of an RFC's number and section.
 */
void
html_rule(GString *out, const char *rule)
{
    g_autofree char *words = words_rule(rule);
    const gboolean rfc = g_str_has_prefix(rule, "RFC ");
    const char *number = rfc ? rule + 4 : "";
    const gsize digits = strspn(number, "0123456789");
    const char *section = g_str_has_prefix(number + digits, ", ") ? number + digits + 2 : "";
    const gsize length = strspn(section, "0123456789.");

    if (digits < 3 || digits > 5) {
        markup_html(out, "$", words);
        return;
    }
    g_autofree char *rfc_digits = g_strndup(number, digits);
    g_autofree char *section_digits = g_strndup(section, length);
    markup_html(out, "<a rel=\"noreferrer\" href=\"https://www.rfc-editor.org/rfc/rfc$",
                rfc_digits);
    if (*section_digits)
        markup_html(out, "#section-$", section_digits);
    markup_html(out, "\">$</a>", words);
}

void
html_table(GString *out, const char *caption, const char *const *heads)
{
    markup_html(out, "<table><caption>$</caption>\n<thead><tr>", caption);
    for (; *heads; heads++)
        markup_html(out, "<th scope=\"col\">$</th>", *heads);
    g_string_append(out, "</tr></thead>\n<tbody>\n");
}

void
html_table_end(GString *out)
{
    g_string_append(out, "</tbody></table>\n");
}

/* ---- the ten-second answer ---- */

/* Nobody may take this for the message as it came. */
static void
append_edits(GString *out, const Report *report)
{
    if (report->what_if->len == 0)
        return;
    markup_html(out, "<div class=\"band\" role=\"note\"><strong>$</strong> $\n<ul>\n", _("WHAT IF"),
                _("These inputs were changed by hand. The verdict below is not that of the message "
                  "as it came."));
    for (guint i = 0; i < report->what_if->len; i++) {
        const WhatIf *edit = report->what_if->pdata[i];
        g_autofree char *words = edit_describe(edit);
        markup_html(out, "<li>$ <code>$=$</code></li>\n", words, edit->key, edit->value);
    }
    g_autofree char *verdict = what_if_verdict(report);
    markup_html(out, "</ul><p>$</p></div>\n", verdict);
}

static void
append_repairs(GString *out, const SourceInfo *source)
{
    for (guint i = 0; i < source->repairs->len; i++) {
        g_autofree char *text = words_repair(source->repairs->pdata[i]);
        html_fact(out, i == 0 ? _("Repaired") : "", text);
    }
}

static void
append_names(GString *out, const Summary *summary)
{
    const char *const heads[] = {_("NAME"), _("DOMAIN"), _("CHECK"), summary->vouches_title, NULL};

    html_table(out, _("Who is named, who is proved"), heads);
    for (guint i = 0; i < summary->names->len; i++) {
        const SummaryName *row = summary->names->pdata[i];
        markup_html(out, "<tr><th scope=\"row\">$</th><td><code>$</code></td><td>$</td><td>",
                    row->name, row->domain, row->check);
        if (row->tone == SUMMARY_PLAIN)
            markup_html(out, "$", row->vouches);
        else
            html_verdict(out, printer_tone_role(row->tone), row->vouches);
        g_string_append(out, "</td></tr>\n");
    }
    html_table_end(out);
}

static void
append_lines(GString *out, const char *label, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++)
        html_fact(out, i == 0 ? label : "", lines->pdata[i]);
}

static void
append_fix(GString *out, const Summary *summary)
{
    if (!summary->fix_who)
        return;
    markup_html(out, "<dt>$</dt><dd>$", _("FIX"), summary->fix_who);
    for (guint i = 0; i < summary->fix_lines->len; i++)
        markup_html(out, i == 0 ? "<pre>$" : "\n$", summary->fix_lines->pdata[i]);
    if (summary->fix_lines->len > 0)
        g_string_append(out, "</pre>");
    markup_html(out, "$</dd>\n", summary->fix_not);
}

static void
append_bounce(GString *out, const Summary *summary)
{
    const SummaryBounce *bounce = summary->bounce;

    g_string_append(out, "<p class=\"sentence\">");
    html_verdict(out, printer_tone_role(bounce->tone), bounce->label);
    markup_html(out, " $</p>\n<dl>\n", bounce->sentence);
    if (bounce->doubtful)
        html_fact(out, _("ITSELF"), bounce->itself);
    html_fact(out, _("SAID"), bounce->said);
    html_fact(out, _("MEANS"), bounce->means);
    append_lines(out, _("STORY"), bounce->story);
    append_fix(out, summary);
    append_lines(out, "", bounce->also);
    if (!bounce->doubtful)
        html_fact(out, _("ITSELF"), bounce->itself);
    g_string_append(out, "</dl>\n");
    if (bounce->text) {
        g_auto(GStrv) lines = g_strsplit(bounce->text, "\n", -1);
        markup_html(out, "<p class=\"dim\">$</p>\n<pre>", _("RETURNED"));
        for (char **line = lines; *line; line++)
            markup_html(out, line == lines ? "$" : "\n$", *line);
        g_string_append(out, "</pre>\n");
    }
}

static void
append_answer(GString *out, const Summary *summary)
{
    g_autofree char *basis = printer_basis(summary);

    g_string_append(out, "<p class=\"sentence\">");
    html_verdict(out, printer_tone_role(summary->tone), summary->verdict);
    markup_html(out, " $</p>\n<p class=\"dim\">$</p>\n<dl>\n", summary->sentence, basis);
    html_fact(out, _("CAUSE"), summary->cause);
    g_string_append(out, "</dl>\n");
    append_names(out, summary);
    markup_html(out, "<p>$</p>\n<dl>\n", summary->policy);
    append_fix(out, summary);
    append_lines(out, _("SAID BY"), summary->said_by);
    g_string_append(out, "</dl>\n");
}

static void
append_source(GString *out, const Report *report)
{
    const SourceInfo *source = report->source;

    g_string_append(out, "<dl>\n");
    html_fact(out, _("SUBJECT"), source->subject);
    html_fact(out, _("FIDELITY"), source->fidelity ? printer_fidelity(source->fidelity) : NULL);
    html_fact(out, "DNS", source->dns_source ? printer_dns_source(source->dns_source) : NULL);
    append_repairs(out, source);
    g_string_append(out, "</dl>\n");
}

/* ---- a message ---- */

static void
open_message(GString *out, const PrinterPage *page, PaperRole role, const char *verdict,
             const Report *report)
{
    g_autofree char *place = printer_place(report->source);
    g_autofree char *id = g_strdup_printf("m%u", page->number);

    markup_html(out, "<details class=\"message\" id=\"$\"", id);
    g_string_append(out, page->alone ? " open><summary><h1>" : "><summary><h1>");
    g_string_append(out, "DMARC: ");
    html_verdict(out, role, verdict);
    markup_html(out, " $</h1>", place);
    if (!page->alone && report->source->subject)
        markup_html(out, " <span class=\"from\">$</span>", report->source->subject);
    g_string_append(out, "</summary>\n");
}

static void
append_message(GString *out, const PrinterPage *page, const Report *report)
{
    g_autoptr(Summary) summary = summary_new(report);

    open_message(out, page, printer_tone_role(summary->tone), summary->verdict, report);
    append_edits(out, report);
    g_string_append(out, "<div class=\"top\">\n");
    if (summary->bounce)
        append_bounce(out, summary);
    else
        append_answer(out, summary);
    append_source(out, report);
    g_string_append(out, "</div>\n");
    html_advice(out, report);
    html_names(out, report);
    html_tree(out, report);
    html_findings(out, report);
    html_receivers(out, report);
    html_identities(out, report);
    html_route(out, report);
    html_signatures(out, report);
    html_arc(out, report);
    html_reported(out, report);
    html_opinions(out, report);
    html_dns(out, report);
    g_string_append(out, "</details>\n");
}

void
printer_html(GString *out, const PrinterPage *page, const Report *report)
{
    g_autoptr(GString) whole = g_string_new(NULL);

    append_message(whole, page, report);
    g_string_append_len(out, whole->str, (gssize)whole->len);
}

void
printer_html_unreadable(GString *out, const PrinterPage *page, const Report *report)
{
    open_message(out, page, PAPER_UNKNOWN, _("UNREADABLE"), report);
    html_findings(out, report);
    g_string_append(out, "</details>\n");
}

/* ---- the page ---- */

/* CSP 3, 2.3.1: a style sheet is allowed by the hash of its bytes. (transfer full) */
static char *
style_hash(void)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;

    g_checksum_update(sum, (const guchar *)html_style(), -1);
    g_checksum_get_digest(sum, digest, &length);
    return g_base64_encode(digest, length);
}

void
printer_html_begin(GString *out, const char *title, gboolean redacted)
{
    g_autofree char *hash = style_hash();

    markup_html(out, "<!DOCTYPE html>\n<html lang=\"$\">\n<head>\n<meta charset=\"utf-8\">\n",
                translate_is_english() ? "en" : "ja");
    markup_html(out,
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'sha256-$'; base-uri 'none'; form-action 'none'\">\n",
                hash);
    g_string_append(out,
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n");
    markup_html(out, "<title>fromscope: $</title>\n<style>", title);
    g_string_append(out, html_style());
    g_string_append(out, "</style>\n</head>\n<body>\n<main>\n");
    if (redacted)
        markup_html(
            out, "<p class=\"dim\">$</p>\n",
            _("Redacted: names of people, what stands before the @, and subjects are masked."));
}

void
printer_html_end(GString *out)
{
    markup_html(out, "</main>\n<footer class=\"from\"><p>$</p></footer>\n</body>\n</html>\n",
                _("(message), (reported), (recomputed), (assumed), (unknown): where each value "
                  "comes from."));
}
