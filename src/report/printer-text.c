/* printer-text.c: a Report as text for people: the answer first, then the tree and its grounds.
 * SPDX-License-Identifier: MIT */
#include "report/printer.h"

#include "advice/summary.h"
#include "report/paper.h"
#include "report/printer-parts.h"
#include "tree/words.h"

#define N_(text) text

#define WIDTH 80
#define INDENT PRINTER_INDENT
/* The table of names: blanks between columns, and the least that a domain needs. */
#define GAP 2
#define DOMAIN_MIN 12
/* The tree: mark and outcome first, then titles, deeper ones further right while room is left. */
#define TREE_INDENT 14
#define TREE_ROOM 24

static const char *
tr(const char *text)
{
    return words_translate(text);
}

static PaperRole
tone_role(SummaryTone tone)
{
    switch (tone) {
    case SUMMARY_PASS:    return PAPER_PASS;
    case SUMMARY_FAIL:    return PAPER_FAIL;
    case SUMMARY_OTHER:   return PAPER_OTHER;
    case SUMMARY_NONE:    return PAPER_NONE;
    case SUMMARY_UNKNOWN: return PAPER_UNKNOWN;
    default:              return PAPER_PLAIN;
    }
}

static PaperRole
result_role(int result)
{
    switch (result) {
    case RESULT_PASS: case RESULT_YES:
        return PAPER_PASS;
    case RESULT_FAIL: case RESULT_NO: case RESULT_SOFTFAIL: case RESULT_PERMERROR:
    case RESULT_POLICY:
        return PAPER_FAIL;
    case RESULT_UNKNOWN: case RESULT_TEMPERROR:
        return PAPER_UNKNOWN;
    default:
        return PAPER_DIM;
    }
}

static void
labelled(Paper *paper, const char *label, const char *text)
{
    paper_paragraph(paper, label, PAPER_BOLD, INDENT, PAPER_PLAIN, text);
}

static void
section(Paper *paper, const char *title)
{
    paper_blank(paper);
    paper_paragraph(paper, tr(title), PAPER_BOLD, 0, PAPER_PLAIN, "");
}

/* ---- head and summary ---- */

static const char *
fidelity_words(const char *fidelity)
{
    static const struct { const char *id, *text; } all[] = {
        { "raw", N_("raw bytes") },
        { "reencoded", N_("re-encoded but complete") },
        { "headers", N_("headers only") },
        { "reflowed", N_("re-flowed headers") },
        { "fragments", N_("fragments") },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (g_strcmp0(fidelity, all[i].id) == 0)
            return tr(all[i].text);
    return fidelity ? fidelity : tr(N_("unknown"));
}

static const char *
dns_words(const char *source)
{
    static const struct { const char *id, *text; } all[] = {
        { "offline", N_("not asked (offline)") },
        { "snapshot", N_("from a snapshot file") },
        { "snapshot-beside", N_("from a file beside the message") },
        { "live", N_("live") },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (g_strcmp0(source, all[i].id) == 0)
            return tr(all[i].text);
    return source;
}

/* "MESSAGE  box.mbox, number 3  (raw bytes)" */
static void
print_place(Paper *paper, const SourceInfo *source)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, source->index);
    const gboolean mailbox = g_strcmp0(source->kind, "mbox") == 0;
    const char *path = source->path ? source->path : "-";
    g_autofree char *place = g_strcmp0(source->kind, "part") == 0
                                 ? words_fill(N_("{0}, message {1} inside"), path, number, NULL)
                             : mailbox ? words_fill(N_("{0}, message {1}"), path, number, NULL)
                                       : g_strdup(path);
    g_autofree char *name = source->fidelity
                                ? g_strdup_printf("%s  (%s)", place, fidelity_words(source->fidelity))
                                : g_strdup(place);

    labelled(paper, tr(N_("MESSAGE")), name);
}

static void
print_head(Paper *paper, const Report *report)
{
    const SourceInfo *source = report->source;

    if (g_strcmp0(source->kind, "check") == 0)
        labelled(paper, tr(N_("MESSAGE")), tr(N_("none yet: From:, envelope and DKIM are assumed")));
    else
        print_place(paper, source);
    if (source->subject)
        labelled(paper, tr(N_("SUBJECT")), source->subject);
    if (source->dns_source)
        labelled(paper, "DNS", dns_words(source->dns_source));
    paper_rule(paper);
}

static void
print_verdict(Paper *paper, const Summary *summary)
{
    const PaperRole role = tone_role(summary->tone);
    g_autofree char *label = g_strdup_printf("%s %s", paper_mark(paper, role), summary->verdict);
    g_autofree char *basis = words_fill(N_("DMARC by RFC 9989; basis of the checks: {0}."),
                                        words_provenance(summary->basis), NULL);

    paper_paragraph(paper, label, role, INDENT, PAPER_PLAIN, summary->sentence);
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_DIM, basis);
    if (summary->cause) {
        paper_blank(paper);
        labelled(paper, tr(N_("CAUSE")), summary->cause);
    }
}

/* A mark stands only where there is a verdict. (transfer full) */
static char *
vouches_cell(const Paper *paper, const SummaryName *row)
{
    if (row->tone == SUMMARY_PLAIN)
        return g_strdup(row->vouches);
    return g_strdup_printf("%s %s", paper_mark(paper, tone_role(row->tone)), row->vouches);
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
    const char *head[] = { tr(N_("NAME")), tr(N_("DOMAIN")), tr(N_("CHECK")),
                           summary->vouches_title };
    g_autofree char *title = paper_visible(paper, summary->vouches_title);
    guint columns[4];
    const gboolean fits = measure(paper, summary, head, columns);

    paper_blank(paper);
    if (fits && columns[3] + paper_columns(title) > paper->width)
        head[3] = tr(N_("VOUCHES?"));
    if (fits)
        print_row(paper, head, columns, PAPER_BOLD);
    for (guint i = 0; i < summary->names->len; i++) {
        const SummaryName *row = summary->names->pdata[i];
        g_autofree char *vouches = vouches_cell(paper, row);
        const char *const cells[] = { row->name, row->domain, row->check, vouches };
        if (fits)
            print_row(paper, cells, columns, tone_role(row->tone));
        else
            print_stacked(paper, cells, tone_role(row->tone));
    }
}

static void
print_said_by(Paper *paper, const Summary *summary)
{
    if (summary->said_by->len > 0)
        paper_blank(paper);
    for (guint i = 0; i < summary->said_by->len; i++)
        paper_paragraph(paper, i == 0 ? tr(N_("SAID BY")) : NULL, PAPER_BOLD, INDENT, PAPER_PLAIN,
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

static gboolean
needs_words(const Step *step)
{
    const PaperRole role = result_role(step->result);

    return step->cause || (!step->group && (role == PAPER_FAIL || role == PAPER_UNKNOWN));
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
    helps = helps && !(step->group && step->result != RESULT_YES);
    const PaperRole outcome = result_role(step->result);
    const PaperRole role = outcome == PAPER_PASS && !helps ? PAPER_PLAIN : outcome;
    const guint indent = tree_indent(paper, margin, depth);
    g_autofree char *title = words_title(step);
    g_autofree char *rule = words_rule(step->rule ? step->rule : "");
    g_autofree char *line = g_strdup_printf("%s%s%s%s%s", title, step->rule ? "  [" : "", rule,
                                            step->rule ? "]" : "",
                                            step->cause ? tr(N_("  <- CAUSE")) : "");
    g_autofree char *label = g_strdup_printf("%s %s", paper_mark(paper, role),
                                             words_result((Result)step->result));

    paper_paragraph(paper, label, role, indent, step->cause ? PAPER_BOLD : PAPER_PLAIN, line);
    print_inputs(paper, step, indent + 2);
    if (needs_words(step)) {
        g_autofree char *plain = words_plain(step);
        if (*plain)
            paper_paragraph(paper, NULL, PAPER_PLAIN, indent + 2, PAPER_PLAIN, plain);
    }
    for (guint i = 0; i < step->children->len; i++)
        print_step(paper, step->children->pdata[i], margin, depth + 1, helps);
}

/* ---- what it rests on ---- */

static void
print_advice(Paper *paper, const Report *report)
{
    if (report->advice->len > 0)
        section(paper, N_("WHAT TO CHANGE"));
    for (guint i = 0; i < report->advice->len; i++) {
        const Advice *advice = report->advice->pdata[i];
        g_autofree char *number = g_strdup_printf("%u.", i + 1);
        g_autofree char *text = words_advice(advice);
        paper_paragraph(paper, number, PAPER_PLAIN, 5, PAPER_PLAIN, text);
        g_auto(GStrv) lines = g_strsplit(advice->record ? advice->record : "", "\n", -1);
        for (char **line = lines; *line; line++)
            paper_paragraph(paper, NULL, PAPER_PLAIN, 7, PAPER_BOLD, *line);
    }
}

static void
print_findings(Paper *paper, const Report *report)
{
    static const char *const words[] = { N_("note"), N_("warning"), N_("problem") };
    static const PaperRole roles[] = { PAPER_DIM, PAPER_UNKNOWN, PAPER_FAIL };

    if (report->findings->len > 0)
        section(paper, N_("FINDINGS"));
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (report->delivery_status && g_str_has_prefix(finding->id, "bounce-"))
            continue;   /* told above */
        g_autofree char *text = words_finding(finding);
        g_autofree char *where = evidence_text(finding->evidence);
        g_autofree char *line = g_strdup_printf("%s%s%s%s", text, *where ? "  [" : "", where,
                                                *where ? "]" : "");
        paper_paragraph(paper, tr(words[finding->severity]), roles[finding->severity], INDENT,
                        PAPER_PLAIN, line);
    }
}

/* What other engines would say; that they agree is worth a line, too. */
static void
print_opinions(Paper *paper, const Report *report)
{
    if (report->second_opinions->len > 0)
        section(paper, N_("SECOND OPINIONS"));
    for (guint i = 0; i < report->second_opinions->len; i++) {
        const SecondOpinion *said = report->second_opinions->pdata[i];
        g_autofree char *why = words_text(said->why ? said->why : "second-opinion-agrees", NULL);
        g_autofree char *line =
            g_strdup_printf("%s%s%s, %s: %s (%s)", said->engine, said->version ? " " : "",
                            said->version ? said->version : "", tr(said->question),
                            words_result((Result)said->result), why);
        paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, line);
    }
}

static void
print_result(Paper *paper, const ReportedResult *result)
{
    GString *line = g_string_new(NULL);

    g_string_append_printf(line, "%s=%s", result->method ? result->method : "",
                           result->result ? result->result : "");
    if (result->reason)
        g_string_append_printf(line, " reason=\"%s\"", result->reason);
    for (guint i = 0; i < result->properties->len; i++) {
        const Pair *pair = result->properties->pdata[i];
        g_string_append_printf(line, " %s=%s", pair->name, pair->value ? pair->value : "");
    }
    if (result->comment)
        g_string_append_printf(line, " (%s)", result->comment);
    paper_paragraph(paper, NULL, PAPER_PLAIN, 5, PAPER_PLAIN, line->str);
    g_string_free(line, TRUE);
}

static void
print_reported(Paper *paper, const Report *report)
{
    if (report->reported->len > 0)
        section(paper, N_("REPORTED BY OTHERS"));
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        g_autofree char *line = g_strdup_printf("%" G_GINT64_FORMAT, header->line);
        const char *trust = header->suspicious ? N_("likely forged")
                            : header->trusted  ? N_("trusted")
                                               : N_("not trusted");
        const char *host = header->authserv_id ? header->authserv_id : tr(N_("no host named"));
        g_autofree char *head =
            header->line == RECORD_UNSET    /* not of the message, but of the page around it */
                ? words_fill(N_("{0} ({1})"), header->header, tr(trust), NULL)
                : words_fill(N_("{0}, line {1}: {2} ({3})"), header->header, line, host, tr(trust),
                             NULL);
        paper_paragraph(paper, NULL, PAPER_PLAIN, 1, PAPER_BOLD, head);
        for (guint k = 0; k < header->results->len; k++)
            print_result(paper, header->results->pdata[k]);
        for (guint k = 0; k < header->deviations->len; k++) {
            g_autofree char *odd = words_text(header->deviations->pdata[k], NULL);
            paper_paragraph(paper, NULL, PAPER_PLAIN, 5, PAPER_DIM, odd);
        }
    }
}

static const char *
dnssec_words(const char *dnssec)
{
    static const char *const words[] = { N_("secure"), N_("insecure"), N_("unknown") };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_strcmp0(dnssec, words[i]) == 0)
            return tr(words[i]);
    return dnssec ? dnssec : "-";
}

static void
print_dns(Paper *paper, const Report *report)
{
    if (report->dns->len > 0)
        section(paper, N_("DNS QUESTIONS AND ANSWERS"));
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        g_autofree char *line = g_strdup_printf("%s %s: %s (%s, DNSSEC %s)", answer->type,
                                                answer->name, dns_status_words[answer->status],
                                                answer->source ? answer->source : "-",
                                                dnssec_words(answer->dnssec));
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
    print_summary(&paper, report);
    if (report->tree) {
        section(&paper, N_("THE TREE"));
        print_step(&paper, report->tree, tree_margin(report->tree), 0,
                   report->dmarc->rfc9989->result == RESULT_PASS);
    }
    print_advice(&paper, report);
    print_findings(&paper, report);
    print_opinions(&paper, report);
    print_route(&paper, report);
    print_reported(&paper, report);
    print_dns(&paper, report);
    g_string_append_len(out, whole->str, (gssize)whole->len);
}
