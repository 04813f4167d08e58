/* printer-text.c: a Report as text for people: the answer first, then the tree and its grounds.
 * SPDX-License-Identifier: MIT */
#include "report/printer.h"

#include "advice/summary.h"
#include "advice/told.h"
#include "base/translate.h"
#include "report/paper.h"
#include "report/printer-parts.h"
#include "report/printer-words.h"
#include "tree/words.h"

#define WIDTH 80
#define INDENT PRINTER_INDENT
/* The table of names: blanks between columns, and the least that a domain needs. */
#define GAP 2
#define DOMAIN_MIN 12
/* The tree: mark and outcome first, then titles, deeper ones further right while room is left. */
#define TREE_INDENT 14
#define TREE_ROOM 24

static void
labelled(Paper *paper, const char *label, const char *text)
{
    paper_paragraph(paper, label, PAPER_BOLD, INDENT, PAPER_PLAIN, text);
}

/* ---- head and summary ---- */

/* "MESSAGE  box.mbox, message 3  (raw bytes)" */
static void
print_place(Paper *paper, const SourceInfo *source)
{
    const gboolean check = g_strcmp0(source->kind, "check") == 0;
    g_autofree char *place = printer_place(source);
    g_autofree char *name =
        source->fidelity && !check
            ? g_strdup_printf("%s  (%s)", place, printer_fidelity(source->fidelity))
            : g_strdup(place);

    labelled(paper, _("MESSAGE"), name);
}

static void
print_head(Paper *paper, const Report *report)
{
    const SourceInfo *source = report->source;

    print_place(paper, source);
    if (source->subject)
        labelled(paper, _("SUBJECT"), source->subject);
    if (source->dns_source)
        labelled(paper, "DNS", printer_dns_source(source->dns_source));
    paper_rule(paper);
}

static void
print_verdict(Paper *paper, const Summary *summary)
{
    const PaperRole role = printer_tone_role(summary->tone);
    g_autofree char *label = g_strdup_printf("%s %s", paper_mark(paper, role), summary->verdict);
    g_autofree char *basis = printer_basis(summary);

    paper_paragraph(paper, label, role, INDENT, PAPER_PLAIN, summary->sentence);
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_DIM, basis);
    if (summary->cause) {
        paper_blank(paper);
        labelled(paper, _("CAUSE"), summary->cause);
    }
}

/* A mark stands only where there is a verdict. (transfer full) */
static char *
vouches_cell(const Paper *paper, const SummaryName *row)
{
    if (row->tone == SUMMARY_PLAIN)
        return g_strdup(row->vouches);
    return g_strdup_printf("%s %s", paper_mark(paper, printer_tone_role(row->tone)), row->vouches);
}

static void
widen(const Paper *paper, guint *width, const char *text)
{
    g_autofree char *visible = paper_visible(paper, text);

    *width = MAX(*width, paper_columns(visible));
}

/* Cells of one row of the table; the last two go to the next line where the name is too long. */
static void
print_row(Paper *paper, const char *const *cells, const guint *columns, PaperRole role)
{
    g_autofree char *domain = paper_visible(paper, cells[1]);

    if (columns[1] + paper_columns(domain) < columns[2]) {
        paper_cells(paper, cells, columns, 4, role);
        return;
    }
    if (columns[1] + paper_columns(domain) <= paper->width) {
        paper_cells(paper, cells, columns, 2, PAPER_PLAIN);
    } else {
        paper_cells(paper, cells, columns, 1, PAPER_PLAIN);
        paper_paragraph(paper, NULL, PAPER_PLAIN, columns[1], PAPER_PLAIN, cells[1]);
    }
    paper_cells(paper, &cells[2], &columns[2], 2, role);
}

/* On narrow paper: each row as two paragraphs. */
static void
print_stacked(Paper *paper, const char *const *cells, PaperRole role)
{
    g_autofree char *head = g_strdup_printf("%s  %s", cells[0], cells[1]);
    g_autofree char *tail = g_strdup_printf("%s  %s", cells[2], cells[3]);

    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, head);
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT + 4, role, tail);
}

/* Columns as wide as their cells; DOMAIN takes what is left. FALSE where that is too little. */
static gboolean
measure(const Paper *paper, const Summary *summary, const char *const *head, guint *columns)
{
    guint widths[4] = { 0 };

    for (gsize k = 0; k < 3; k++)
        widen(paper, &widths[k], head[k]);
    for (guint i = 0; i < summary->names->len; i++) {
        const SummaryName *row = summary->names->pdata[i];
        g_autofree char *vouches = vouches_cell(paper, row);
        const char *const cells[] = { row->name, row->domain, row->check, vouches };
        for (gsize k = 0; k < 4; k++)
            widen(paper, &widths[k], cells[k]);
    }
    const guint others = INDENT + widths[0] + widths[2] + widths[3] + 3 * GAP;
    if (others + DOMAIN_MIN > paper->width)
        return FALSE;
    widths[1] = MIN(widths[1], paper->width - others);
    columns[0] = INDENT;
    for (gsize k = 1; k < 4; k++)
        columns[k] = columns[k - 1] + widths[k - 1] + GAP;
    return TRUE;
}

static void
print_names(Paper *paper, const Summary *summary)
{
    const char *head[] = { _("NAME"), _("DOMAIN"), _("CHECK"),
                           summary->vouches_title };
    g_autofree char *title = paper_visible(paper, summary->vouches_title);
    guint columns[4];
    const gboolean fits = measure(paper, summary, head, columns);

    paper_blank(paper);
    if (fits && columns[3] + paper_columns(title) > paper->width)
        head[3] = _("VOUCHES?");
    if (fits)
        print_row(paper, head, columns, PAPER_BOLD);
    for (guint i = 0; i < summary->names->len; i++) {
        const SummaryName *row = summary->names->pdata[i];
        g_autofree char *vouches = vouches_cell(paper, row);
        const char *const cells[] = { row->name, row->domain, row->check, vouches };
        if (fits)
            print_row(paper, cells, columns, printer_tone_role(row->tone));
        else
            print_stacked(paper, cells, printer_tone_role(row->tone));
    }
}

static void
print_said_by(Paper *paper, const Summary *summary)
{
    if (summary->said_by->len > 0)
        paper_blank(paper);
    for (guint i = 0; i < summary->said_by->len; i++)
        paper_paragraph(paper, i == 0 ? _("SAID BY") : NULL, PAPER_BOLD, INDENT, PAPER_PLAIN,
                        summary->said_by->pdata[i]);
}

static void
print_summary(Paper *paper, const Report *report)
{
    g_autoptr(Summary) summary = summary_new(report);

    if (summary->bounce) {
        printer_bounce(paper, summary);
        return;
    }
    print_verdict(paper, summary);
    print_names(paper, summary);
    paper_blank(paper);
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, summary->policy);
    printer_fix(paper, summary);
    print_said_by(paper, summary);
}

/* ---- the tree ---- */

/* Each value with where it came from, in one paragraph. */
static void
print_inputs(Paper *paper, const Step *step, guint indent)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        g_autofree char *label = words_input(input->name);
        g_autofree char *value = words_value(input->value ? input->value : "");
        g_string_append_printf(line, "%s%s: %s (%s)", i > 0 ? "; " : "", label, value,
                               words_provenance(provenance_words[input->provenance]));
    }
    if (line->len > 0)
        paper_paragraph(paper, NULL, PAPER_PLAIN, indent, PAPER_DIM, line->str);
    if (step->evidence->len > 0) {
        g_autofree char *text = evidence_text(step->evidence);
        g_autofree char *from = words_fill(N_("from: {0}"), text, NULL);
        paper_paragraph(paper, NULL, PAPER_PLAIN, indent, PAPER_DIM, from);
    }
}

/* Where titles begin: behind the widest outcome. */
static guint
tree_margin(const Step *step)
{
    guint margin = MAX(TREE_INDENT, 4 + paper_columns(words_result((Result)step->result)));

    for (guint i = 0; i < step->children->len; i++)
        margin = MAX(margin, tree_margin(step->children->pdata[i]));
    return margin;
}

static guint
tree_indent(const Paper *paper, guint margin, guint depth)
{
    const guint most = paper->width > TREE_ROOM + 2 ? paper->width - TREE_ROOM - 2 : 0;

    return MAX(TREE_INDENT, MIN(margin + 2 * depth, most));
}

/* `helps`: a pass here counts for From:. One that does not is never green. */
static void
print_step(Paper *paper, const Step *step, guint margin, guint depth, gboolean helps)
{
    const PaperRole role = printer_step_role(step, helps);
    const guint indent = tree_indent(paper, margin, depth);
    g_autofree char *title = words_title(step);
    g_autofree char *rule = words_rule(step->rule ? step->rule : "");
    g_autofree char *line = g_strdup_printf("%s%s%s%s%s", title, step->rule ? "  [" : "", rule,
                                            step->rule ? "]" : "",
                                            step->cause ? _("  <- CAUSE") : "");
    g_autofree char *label = g_strdup_printf("%s %s", paper_mark(paper, role),
                                             words_result((Result)step->result));

    paper_paragraph(paper, label, role, indent, step->cause ? PAPER_BOLD : PAPER_PLAIN, line);
    print_inputs(paper, step, indent + 2);
    if (printer_needs_words(step)) {
        g_autofree char *plain = words_plain(step);
        if (*plain)
            paper_paragraph(paper, NULL, PAPER_PLAIN, indent + 2, PAPER_PLAIN, plain);
    }
    for (guint i = 0; i < step->children->len; i++)
        print_step(paper, step->children->pdata[i], margin, depth + 1,
                   printer_step_helps(step, helps));
}

/* ---- what it rests on ---- */

static void
print_told(Paper *paper, const Told *told, ToldKind before)
{
    const char *label = told->kind == before ? NULL : told_label(told->kind);
    g_autofree char *text = label ? g_strdup_printf("%s  %s", label, told->text) : NULL;

    if (told->kind == TOLD_RECORD)
        paper_setting(paper, 7, PAPER_BOLD, told->text);
    else
        paper_paragraph(paper, NULL, PAPER_PLAIN, 5, told->good ? PAPER_PASS : PAPER_PLAIN,
                        text ? text : told->text);
}

/* What it says beside who acts, unless that says it all: "Nothing must change." */
static void
print_advice(Paper *paper, const Report *report)
{
    if (report->advice->len > 0)
        paper_section(paper, _("WHAT TO CHANGE"));
    for (guint i = 0; i < report->advice->len; i++) {
        g_autoptr(GPtrArray) lines = advice_told(report->advice->pdata[i]);
        const Told *who = lines->pdata[0];
        g_autofree char *number = g_strdup_printf("%u.", i + 1);
        paper_paragraph(paper, number, PAPER_PLAIN, 5, PAPER_PLAIN, who->text);
        for (guint k = 1; k < lines->len; k++) {
            const Told *told = lines->pdata[k], *last = lines->pdata[k - 1];
            if (told->kind != TOLD_WHAT || !g_str_equal(told->text, who->text))
                print_told(paper, told, last->kind);
        }
    }
}

static void
print_findings(Paper *paper, const Report *report)
{
    static const PaperRole roles[] = { PAPER_DIM, PAPER_UNKNOWN, PAPER_FAIL };

    if (report->findings->len > 0)
        paper_section(paper, _("FINDINGS"));
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (report->delivery_status && g_str_has_prefix(finding->id, "bounce-"))
            continue;   /* told above */
        g_autofree char *text = words_finding(finding);
        g_autofree char *where = evidence_text(finding->evidence);
        g_autofree char *line = g_strdup_printf("%s%s%s%s", text, *where ? "  [" : "", where,
                                                *where ? "]" : "");
        paper_paragraph(paper, printer_severity(finding->severity), roles[finding->severity], INDENT,
                        PAPER_PLAIN, line);
    }
}

/* What other engines would say; that they agree is worth a line, too. */
static void
print_opinions(Paper *paper, const Report *report)
{
    if (report->second_opinions->len > 0)
        paper_section(paper, _("SECOND OPINIONS"));
    for (guint i = 0; i < report->second_opinions->len; i++) {
        g_autofree char *line = printer_opinion(report->second_opinions->pdata[i]);
        paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, line);
    }
}

static void
print_result(Paper *paper, const ReportedResult *result)
{
    g_autofree char *line = printer_reported_result(result);

    paper_paragraph(paper, NULL, PAPER_PLAIN, 5, PAPER_PLAIN, line);
}

static void
print_reported(Paper *paper, const Report *report)
{
    if (report->reported->len > 0)
        paper_section(paper, _("REPORTED BY OTHERS"));
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        g_autofree char *head = printer_reported_head(header);
        paper_paragraph(paper, NULL, PAPER_PLAIN, 1, PAPER_BOLD, head);
        for (guint k = 0; k < header->results->len; k++)
            print_result(paper, header->results->pdata[k]);
        for (guint k = 0; k < header->deviations->len; k++) {
            g_autofree char *odd = words_text(header->deviations->pdata[k], NULL);
            paper_paragraph(paper, NULL, PAPER_PLAIN, 5, PAPER_DIM, odd);
        }
    }
}

static void
print_dns(Paper *paper, const Report *report)
{
    if (report->dns->len > 0) {
        g_autofree char *number = g_strdup_printf("%u", report->dns->len);
        g_autofree char *count = words_fill(N_("Questions about this message: {0}"), number, NULL);
        paper_section(paper, _("DNS QUESTIONS AND ANSWERS"));
        paper_paragraph(paper, NULL, PAPER_PLAIN, 1, PAPER_DIM, count);
    }
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        g_autofree char *line = g_strdup_printf("%s %s: %s (%s, DNSSEC %s)", answer->type,
                                                answer->name, dns_status_words[answer->status],
                                                answer->source ? answer->source : "-",
                                                printer_dnssec(answer->dnssec));
        paper_paragraph(paper, NULL, PAPER_PLAIN, 1, PAPER_PLAIN, line);
        for (guint k = 0; k < answer->records->len; k++) {
            const DnsRecord *record = answer->records->pdata[k];
            paper_paragraph(paper, NULL, PAPER_PLAIN, 5, PAPER_DIM, record->text ? record->text
                                                                                 : "");
        }
    }
}

void
printer_text_unreadable(GString *out, const Report *report, const PrinterStyle *style)
{
    Paper paper = { out, style->color, style->ascii, style->width ? style->width : WIDTH };

    print_place(&paper, report->source);
    paper_rule(&paper);
    print_findings(&paper, report);
}

void
printer_text(GString *out, const Report *report, const PrinterStyle *style)
{
    g_autoptr(GString) whole = g_string_new(NULL);
    Paper paper = { whole, style->color, style->ascii, style->width ? style->width : WIDTH };

    print_head(&paper, report);
    print_what_if(&paper, report);
    print_summary(&paper, report);
    if (report->tree) {
        paper_section(&paper, _("THE TREE"));
        print_step(&paper, report->tree, tree_margin(report->tree), 0,
                   report_dmarc(report)->result == RESULT_PASS);
    }
    print_advice(&paper, report);
    print_findings(&paper, report);
    print_receivers(&paper, report);
    print_shown(&paper, report);
    print_opinions(&paper, report);
    print_route(&paper, report);
    print_reported(&paper, report);
    print_dns(&paper, report);
    g_string_append_len(out, whole->str, (gssize)whole->len);
}
