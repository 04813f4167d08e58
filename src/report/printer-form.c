/* printer-form.c: the answer for a web form: a table of visitors, and what has to be asked.
 * SPDX-License-Identifier: MIT */
#include "report/printer.h"

#include "advice/advice.h"
#include "advice/summary.h"
#include "base/translate.h"
#include "report/paper.h"
#include "tree/words.h"

#define WIDTH 80
#define INDENT 10
#define GAP 2
#define COLUMNS 5

/* ---- one row ---- */

static const char *const heads[COLUMNS] = {
    N_("VISITOR'S DOMAIN"), N_("SPF"), N_("DKIM"), N_("DMARC"), N_("RECEIVERS ARE ASKED TO DO")
};

typedef struct {
    char     *cells[COLUMNS];
    PaperRole role;
} Row;

static void
row_free(gpointer data)
{
    Row *row = data;

    for (gsize k = 0; k < COLUMNS; k++)
        g_free(row->cells[k]);
    g_free(row);
}

/* The best of several signatures: one is enough. */
static Result
dkim_result(const Report *report)
{
    Result result = RESULT_NONE;

    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *signature = report->dkim->pdata[i];
        if (i == 0 || signature->result == RESULT_PASS)
            result = (Result)signature->result;
    }
    return result;
}

/* What the record asks; without one an SPF fail is still a reason for some to refuse (RFC 7208,
 * 8.4). */
static const char *
asked(const Report *report)
{
    const DmarcResult *dmarc = report->dmarc->rfc9989;

    if (dmarc->result == RESULT_FAIL && g_strcmp0(dmarc->applied, "reject") == 0)
        return "form-asks-reject";
    if (dmarc->result == RESULT_FAIL && g_strcmp0(dmarc->applied, "quarantine") == 0)
        return "form-asks-quarantine";
    return report->spf->mail_from->result == RESULT_FAIL ? "form-asks-spf" : "form-asks-nothing";
}

static PaperRole
role_of(const Summary *summary)
{
    static const PaperRole roles[] = {
        [SUMMARY_PASS] = PAPER_PASS, [SUMMARY_FAIL] = PAPER_FAIL, [SUMMARY_OTHER] = PAPER_OTHER,
        [SUMMARY_NONE] = PAPER_NONE, [SUMMARY_UNKNOWN] = PAPER_UNKNOWN,
        [SUMMARY_PLAIN] = PAPER_PLAIN,
    };

    return roles[summary->tone];
}

static Row *
row_new(const Paper *paper, const FormCase *one)
{
    g_autoptr(Summary) summary = summary_new(one->report);
    Row *row = g_new0(Row, 1);

    row->role = role_of(summary);
    row->cells[0] = words_text(one->id, NULL);
    row->cells[1] = g_strdup(words_result((Result)one->report->spf->mail_from->result));
    row->cells[2] = g_strdup(words_result(dkim_result(one->report)));
    row->cells[3] = g_strdup_printf("%s %s", paper_mark(paper, row->role), summary->verdict);
    row->cells[4] = row->role == PAPER_UNKNOWN ? g_strdup("?")
                                               : words_text(asked(one->report), NULL);
    return row;
}

/* ---- the table ---- */

/* Where each column begins; FALSE where the paper is too narrow. */
static gboolean
measure(const Paper *paper, const GPtrArray *rows, guint *columns)
{
    guint at = 1;

    for (gsize k = 0; k < COLUMNS; k++) {
        guint width = paper_columns(translate(heads[k]));
        for (guint i = 0; i < rows->len; i++)
            width = MAX(width, paper_columns(((const Row *)rows->pdata[i])->cells[k]));
        columns[k] = at;
        at += width + GAP;
    }
    return at - GAP <= paper->width;
}

static void
print_stacked(Paper *paper, const Row *row)
{
    g_autofree char *rest = words_fill("SPF {0}, DKIM {1}, DMARC {2}: {3}", row->cells[1],
                                       row->cells[2], row->cells[3], row->cells[4], NULL);

    paper_paragraph(paper, NULL, PAPER_PLAIN, 1, PAPER_BOLD, row->cells[0]);
    paper_paragraph(paper, NULL, PAPER_PLAIN, 5, row->role, rest);
}

static void
print_table(Paper *paper, const FormAnswer *answer)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
    const char *titles[COLUMNS];
    guint columns[COLUMNS];

    for (guint i = 0; i < answer->cases->len; i++)
        g_ptr_array_add(rows, row_new(paper, answer->cases->pdata[i]));
    for (gsize k = 0; k < COLUMNS; k++)
        titles[k] = translate(heads[k]);
    const gboolean fits = measure(paper, rows, columns);
    if (fits)
        paper_cells(paper, titles, columns, COLUMNS, PAPER_BOLD);
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = rows->pdata[i];
        if (fits)
            paper_cells(paper, (const char *const *)row->cells, columns, COLUMNS, row->role);
        else
            print_stacked(paper, row);
    }
}

/* ---- what follows from it ---- */

static void
labelled(Paper *paper, const char *label, const char *id)
{
    g_autofree char *text = words_text(id, NULL);

    paper_blank(paper);
    paper_paragraph(paper, label ? translate(label) : NULL, PAPER_BOLD, INDENT, PAPER_PLAIN,
                    text);
}

static const char *
answer_id(const FormAnswer *answer)
{
    guint passed = 0, failed = 0, open = 0;

    for (guint i = 0; i < answer->cases->len; i++) {
        switch (((const FormCase *)answer->cases->pdata[i])->report->dmarc->rfc9989->result) {
        case RESULT_PASS: passed++; break;
        case RESULT_FAIL: failed++; break;
        case RESULT_NONE: break;
        default: open++; break;
        }
    }
    if (open > 0)
        return "form-answer-open";
    if (failed == 0)
        return "form-answer-pass";
    return passed > 0 ? "form-answer-some" : "form-answer-fail";
}

/* The names that pass for somebody else: the reason why ticks do not help. */
static void
print_others(Paper *paper, const FormAnswer *answer)
{
    const FormCase *first = answer->cases->pdata[0];
    const GPtrArray *identifiers = report_identifiers(first->report);

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *id = identifiers->pdata[i];
        if (!id->domain || advice_vouch(id, FALSE) != VOUCH_OTHER)
            continue;
        g_autoptr(GPtrArray) args = g_ptr_array_new();
        g_ptr_array_add(args, (char *)(advice_is_spf(id) ? "SPF" : "DKIM"));
        g_ptr_array_add(args, id->domain);
        g_autofree char *text = words_text("form-other-name", args);
        paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, text);
    }
}

/* What would have to be known; FALSE where nothing is missing. */
static gboolean
print_missing(Paper *paper, const Report *report)
{
    g_autoptr(Summary) summary = summary_new(report);

    if (summary->tone != SUMMARY_UNKNOWN || !summary->cause)
        return FALSE;
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, summary->cause);
    return TRUE;
}

/* It is the same for all of them. */
static void
print_first_missing(Paper *paper, const FormAnswer *answer)
{
    for (guint i = 0; i < answer->cases->len; i++)
        if (print_missing(paper, ((const FormCase *)answer->cases->pdata[i])->report))
            return;
}

static void
print_questions(Paper *paper)
{
    static const char *const ids[] = { "form-question-arrives", "form-question-typed",
                                       "form-question-hop", "form-question-safe" };

    paper_section(paper, _("QUESTIONS TO ANSWER"));
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autofree char *number = g_strdup_printf("%" G_GSIZE_FORMAT ".", i + 1);
        g_autofree char *text = words_text(ids[i], NULL);
        paper_paragraph(paper, number, PAPER_PLAIN, 5, PAPER_PLAIN, text);
    }
}

static const char *
tried_id(const FormAnswer *answer)
{
    if (!answer->own)
        return "form-fix-unknown";
    switch (answer->own->dmarc->rfc9989->result) {
    case RESULT_PASS:
        return "form-fix-passes";
    case RESULT_NONE:
        return "form-fix-none";
    case RESULT_FAIL:
        return "form-fix-fails";
    default:
        return "form-fix-open";
    }
}

static void
print_fix(Paper *paper, const FormAnswer *answer)
{
    g_autoptr(GPtrArray) args = g_ptr_array_new();
    g_autofree char *from =
        g_strdup_printf("From:     %s", answer->own_address ? answer->own_address : "");
    g_autofree char *reply = words_fill(N_("Reply-To: (the visitor's address)"), NULL);

    labelled(paper, N_("FIX"), "form-fix");
    if (answer->own_address) {
        paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT + 2, PAPER_BOLD, from);
        paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT + 2, PAPER_BOLD, reply);
    }
    if (answer->own) {
        g_ptr_array_add(args, answer->own_address);
        g_ptr_array_add(args, (char *)words_result((Result)answer->own->dmarc->rfc9989->result));
    }
    g_autofree char *tried = words_text(tried_id(answer), args);
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_PLAIN, tried);
    if (answer->own)
        print_missing(paper, answer->own);
}

void
printer_form_text(GString *out, const FormAnswer *answer, const PrinterStyle *style)
{
    g_autoptr(GString) whole = g_string_new(NULL);
    Paper paper = { whole, style->color, style->ascii, style->width ? style->width : WIDTH };

    paper_paragraph(&paper, _("WEB FORM"), PAPER_BOLD, INDENT, PAPER_PLAIN,
                    _("From: is any visitor. Visitors, their DNS and the form's mail are assumed."));
    paper_rule(&paper);
    print_table(&paper, answer);
    labelled(&paper, N_("ANSWER"), answer_id(answer));
    print_first_missing(&paper, answer);
    print_others(&paper, answer);
    if (!answer->own_envelope)
        labelled(&paper, NULL, "form-visitor-envelope");
    print_questions(&paper);
    print_fix(&paper, answer);
    g_string_append_len(out, whole->str, (gssize)whole->len);
}

void
printer_form_json(GString *out, const FormAnswer *answer)
{
    for (guint i = 0; i < answer->cases->len; i++) {
        const FormCase *one = answer->cases->pdata[i];
        printer_json_named(out, one->report, "form", one->id);
    }
}
