/* printer-survey-fix.c: the senders that make most failures, and what each must change; the chart;
 * what could not be read. SPDX-License-Identifier: MIT */
#include "advice/told.h"
#include "base/translate.h"
#include "report/printer-survey-part.h"
#include "tree/words.h"

/* Behind "5  ". */
enum { INDENT = 4 };
/* Right ends of the chart's columns. */
enum { CELL_FROM = 26, CELL = 11, CELL_FROM_NARROW = 20, CELL_NARROW = 8 };

static void
line(Paper *paper, guint indent, PaperRole role, const char *text)
{
    paper_paragraph(paper, NULL, PAPER_PLAIN, indent, role, text);
}

/* ---- what to change ---- */

static void
print_told(Paper *paper, const SurveyAdvice *advice)
{
    g_autoptr(GPtrArray) empty = g_ptr_array_new();
    const Advice view = survey_advice_view(advice, empty);
    g_autoptr(GPtrArray) lines = advice_told(&view);

    for (guint i = 0; i < lines->len; i++) {
        const Told *told = lines->pdata[i];
        if (told->kind == TOLD_WHO)
            line(paper, INDENT, PAPER_BOLD, told->text);
        else if (told->kind == TOLD_WHAT)
            line(paper, INDENT, PAPER_PLAIN, told->text);
        else if (told->kind == TOLD_RECORD)
            paper_setting(paper, INDENT + 2, PAPER_PLAIN, told->text);
        else if (told->kind == TOLD_WHERE)
            line(paper, INDENT + 2, PAPER_PLAIN, told->text);
        else if (told->kind == TOLD_TRIED)
            line(paper, INDENT, told->good ? PAPER_PASS : PAPER_DIM, told->text);
    }
}

/* "from 192.0.2.0/24; envelope news.example.net; signed by example.net; 2026-10-01 to 2026-11-22"
 * (transfer full) */
static char *
group_line(const SurveySource *source, const SurveyGroup *group)
{
    g_autofree char *signers = NULL;
    g_autofree char *dates = survey_dates(source->first, source->last);
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < group->signers->len; i++)
        g_ptr_array_add(names, group->signers->pdata[i]);
    g_ptr_array_add(names, NULL);
    signers = names->len > 1 ? g_strjoinv(", ", (char **)names->pdata) : g_strdup(_("nobody"));
    return words_fill(N_("from {0}; on the envelope {1}; signed by {2}; {3}"),
                      group->network ? group->network : _("an address that is not known"),
                      group->envelope_domain ? group->envelope_domain : _("no domain"), signers,
                      dates ? dates : _("no date"), NULL);
}

static void
print_example(Paper *paper, const SurveyGroup *group)
{
    g_autofree char *index = g_strdup_printf("%d", (int)CLAMP(group->example->index, 1, G_MAXINT));
    g_autofree char *text =
        words_fill(N_("Example: message {1} of {0}"), group->example->path, index, NULL);

    line(paper, INDENT, PAPER_DIM, text);
}

static void
print_fix(Paper *paper, guint number, const SurveySource *source)
{
    const SurveyGroup *group = survey_worst_group(source);
    g_autofree char *label = g_strdup_printf("%u", number);
    g_autofree char *failed = words_number(survey_failures(source));
    g_autofree char *all = words_number(source->messages);
    g_autofree char *head =
        words_fill(N_("{0} as {1}: {2} of {3} fail"), survey_source_name(source),
                   survey_author_name(source), failed, all, NULL);
    g_autofree char *from = group_line(source, group);
    g_autoptr(GPtrArray) advice = survey_group_advice(group);

    paper_blank(paper);
    paper_paragraph(paper, label, PAPER_FAIL, INDENT, PAPER_BOLD, head);
    line(paper, INDENT, PAPER_DIM, from);
    if (!survey_group_proved(group))
        line(paper, INDENT, PAPER_UNKNOWN,
             _("Nothing proves who sent these: a host of the domain that was forgotten in its "
               "records, or a forgery."));
    if (advice->len > 0)
        print_told(paper, advice->pdata[0]);
    print_example(paper, group);
}

void
survey_print_fixes(Paper *paper, const GPtrArray *failing)
{
    const guint shown = MIN(failing->len, SURVEY_FIXES_SHOWN);
    gint64 all = 0, here = 0;

    for (guint i = 0; i < failing->len; i++) {
        all += survey_failures(failing->pdata[i]);
        here += i < shown ? survey_failures(failing->pdata[i]) : 0;
    }
    if (all == 0)
        return;
    paper_section(paper, _("WHAT MAKES MOST FAILURES, AND WHAT TO CHANGE"));
    g_autofree char *some = words_number(here);
    g_autofree char *total = words_number(all);
    g_autofree char *text = words_fill(
        N_("These make {0} of {1} failures. A sender that you do not know may be a forgery: "
           "then nothing is to be changed for it."),
        some, total, NULL);
    line(paper, 1, PAPER_DIM, text);
    for (guint i = 0; i < shown; i++)
        print_fix(paper, i + 1, failing->pdata[i]);
}

/* Nothing where there is nothing to do. */
static guint
print_other(Paper *paper, const SurveySource *source, gboolean first)
{
    g_autoptr(GPtrArray) empty = g_ptr_array_new();
    g_autoptr(GPtrArray) list = survey_group_advice(survey_worst_group(source));
    const SurveyAdvice *advice = list->len > 0 ? list->pdata[0] : NULL;

    if (!advice || g_strcmp0(advice->who, "nobody") == 0 || g_strcmp0(advice->who, "reader") == 0)
        return 0;
    const Advice view = survey_advice_view(advice, empty);
    g_autofree char *text = words_advice(&view);
    g_autofree char *count = words_number(source->messages);
    g_autofree char *whole = words_fill(N_("{0} as {1} ({2}): {3}"), survey_source_name(source),
                                        survey_author_name(source), count, text, NULL);
    if (first)
        paper_section(paper, _("ALSO TO CHANGE"));
    paper_paragraph(paper, "-", PAPER_DIM, INDENT, PAPER_PLAIN, whole);
    return 1;
}

void
survey_print_others(Paper *paper, const GPtrArray *failing, const GPtrArray *sources)
{
    guint printed = 0;

    for (guint i = SURVEY_FIXES_SHOWN; i < failing->len && printed < SURVEY_OTHERS_SHOWN; i++)
        printed += print_other(paper, failing->pdata[i], printed == 0);
    for (guint i = 0; i < sources->len && printed < SURVEY_OTHERS_SHOWN; i++)
        if (survey_failures(sources->pdata[i]) == 0)
            printed += print_other(paper, sources->pdata[i], printed == 0);
}

/* ---- the chart ---- */

/* `texts` belong to the caller. */
static void
state_names(const Paper *paper, char **texts)
{
    const char *const names[] = {[CHART_ALIGNED] = _("aligned"),
                                 [CHART_UNALIGNED] = _("other"),
                                 [CHART_FAIL] = _("fails"),
                                 [CHART_NONE] = _("none")};

    survey_heads(names, CHART_STATES, paper->width < SURVEY_NARROW ? CELL_NARROW : CELL, texts);
}

static guint
cell_end(const Paper *paper, guint dkim)
{
    return paper->width < SURVEY_NARROW ? CELL_FROM_NARROW + dkim * CELL_NARROW
                                        : CELL_FROM + dkim * CELL;
}

static void
print_chart_row(Paper *paper, const ChartCount *chart, ChartState spf, const char *name)
{
    g_autofree char *label = g_strdup_printf("SPF %s", name);
    PaperCell cells[CHART_STATES + 1] = {{label, 1, PAPER_PLAIN}};

    for (guint dkim = 0; dkim < CHART_STATES; dkim++) {
        const guint64 count = chart->own[chart_cell(spf, (ChartState)dkim)];
        const PaperRole role = count == 0                                      ? PAPER_DIM
                               : spf == CHART_ALIGNED || dkim == CHART_ALIGNED ? PAPER_PASS
                                                                               : PAPER_FAIL;
        cells[dkim + 1] = survey_right(words_number((gint64)count), cell_end(paper, dkim), role);
    }
    paper_row(paper, cells, G_N_ELEMENTS(cells));
    for (guint i = 1; i <= CHART_STATES; i++)
        g_free((char *)cells[i].text);
}

void
survey_print_chart(Paper *paper, const ChartCount *chart)
{
    PaperCell head[CHART_STATES + 1] = {{"DKIM", 1, PAPER_DIM}};
    char *names[CHART_STATES];

    state_names(paper, names);
    paper_section(paper, _("CHART"));
    for (guint i = 0; i < CHART_STATES; i++)
        head[i + 1] = survey_right(names[i], cell_end(paper, i), PAPER_DIM);
    paper_row(paper, head, G_N_ELEMENTS(head));
    for (guint spf = 0; spf < CHART_STATES; spf++)
        print_chart_row(paper, chart, (ChartState)spf, names[spf]);
    for (guint i = 0; i < CHART_STATES; i++)
        g_free(names[i]);
    line(paper, 1, PAPER_DIM,
         _("Aligned: it passes for the domain in From:. Other: it passes for another domain, which "
           "proves nothing about From:."));
}

/* ---- what could not be read ---- */

void
survey_print_faults(Paper *paper, const SurveyTotals *totals)
{
    if (totals->faults->len == 0)
        return;
    paper_section(paper, _("NOT READ"));
    for (guint i = 0; i < totals->faults->len; i++) {
        const SurveyFault *fault = totals->faults->pdata[i];
        g_autofree char *index =
            g_strdup_printf("%d", (int)CLAMP(fault->place->index, 1, G_MAXINT));
        g_autofree char *text =
            words_fill(N_("{0}, message {1}: {2}"), fault->place->path, index, fault->text, NULL);
        line(paper, 1, PAPER_PLAIN, text);
    }
    if (totals->unreadable > totals->faults->len)
        line(paper, 1, PAPER_DIM, _("and more"));
}
