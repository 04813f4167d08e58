/* printer-steps.c: the tree as a talk: a numbered paragraph for each step, for slides and for
 * reading aloud. SPDX-License-Identifier: MIT */
#include "report/printer.h"

#include <string.h>

#include "advice/summary.h"
#include "base/translate.h"
#include "report/paper.h"
#include "report/printer-parts.h"
#include "report/printer-words.h"
#include "tree/cursor.h"
#include "tree/words.h"

#define WIDTH  80
#define INDENT 12

static void
fact(Paper *paper, const char *label, const char *text)
{
    if (text && *text)
        paper_paragraph(paper, label, PAPER_DIM, INDENT, PAPER_PLAIN, text);
}

static void
print_inputs(Paper *paper, const Step *step)
{
    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        g_autofree char *label = words_input(input->name);
        g_autofree char *value = words_value(input->value ? input->value : "-");
        g_autofree char *line = g_strdup_printf(
            "%s: %s (%s)", label, value, words_provenance(provenance_words[input->provenance]));
        paper_paragraph(paper, i == 0 ? _("Given") : NULL, PAPER_DIM, INDENT, PAPER_PLAIN, line);
    }
}

/* Title first where the question says it otherwise: that is what the tree on the screen shows. */
static void
print_step(Paper *paper, const CursorRow *row, guint number, guint count)
{
    const Step *step = row->step;
    const PaperRole role = printer_step_role(step, row->depth == 0);
    g_autofree char *title = words_title(step);
    g_autofree char *question = words_question(step);
    g_autofree char *plain = words_plain(step);
    g_autofree char *rule = words_rule(step->rule ? step->rule : "");
    g_autofree char *evidence = evidence_text(step->evidence);
    g_autofree char *label = g_strdup_printf("%u/%u", number, count);
    g_autofree char *answer =
        g_strdup_printf("%s %s", paper_mark(paper, role), words_result((Result)step->result));

    paper_blank(paper);
    paper_paragraph(paper, label, PAPER_BOLD, INDENT, PAPER_BOLD, question);
    if (!g_str_equal(title, question))
        fact(paper, _("Step"), title);
    print_inputs(paper, step);
    if (step->result != RESULT_INFO)
        paper_paragraph(paper, _("Answer"), PAPER_DIM, INDENT, role, answer);
    fact(paper, _("Plainly"), plain);
    if (step->cause)
        fact(paper, NULL, _("The verdict turns here."));
    fact(paper, _("Rule"), rule);
    fact(paper, _("Evidence"), evidence);
}

/* What the screen calls "step 5 of 9" is step 5 here. */
static void
print_steps(Paper *paper, const Report *report)
{
    g_autoptr(Cursor) cursor = cursor_new(report->tree);
    const GArray *rows = cursor_rows(cursor);
    const guint count = cursor_walk_length(cursor);

    for (guint step = 1; step <= count; step++)
        print_step(paper, &g_array_index(rows, CursorRow, cursor_walk_row(cursor, step)), step,
                   count);
}

void
printer_steps(GString *out, const Report *report, const PrinterStyle *style)
{
    g_autoptr(GString) whole = g_string_new(NULL);
    Paper paper = {whole, style->color, style->ascii, style->width ? style->width : WIDTH};
    g_autoptr(Summary) summary = summary_new(report);
    g_autofree char *place = printer_place(report->source);
    const PaperRole role = printer_tone_role(summary->tone);
    g_autofree char *verdict = g_strdup_printf("%s %s", paper_mark(&paper, role), summary->verdict);

    paper_paragraph(&paper, _("MESSAGE"), PAPER_BOLD, INDENT, PAPER_PLAIN, place);
    print_what_if(&paper, report);
    paper_rule(&paper);
    if (report->tree)
        print_steps(&paper, report);
    paper_blank(&paper);
    paper_paragraph(&paper, verdict, role, INDENT, PAPER_BOLD, summary->sentence);
    fact(&paper, _("CAUSE"), summary->cause);
    printer_fix(&paper, summary);
    g_string_append_len(out, whole->str, (gssize)whole->len);
}
