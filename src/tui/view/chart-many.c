/* chart-many.c: the chart of a list: how many of its messages stand in each cell, as far as they were
 * judged. SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/view/chart-part.h"
#include "tui/view/views.h"

enum { FACT = 9 };

const ChartCount *
chart_counted(const ChartView *self)
{
    const MailList *list = self->view.app->doc->list;

    return list ? mail_list_chart(list) : NULL;
}

char *
chart_count_text(const ChartCount *count, guint cell)
{
    const guint64 told = cell < CHART_CELLS ? count->told[cell] : 0;
    g_autofree char *own = words_number((gint64)count->own[cell]), *beside = words_number((gint64)told);

    return told > 0 ? g_strdup_printf("%s (%s)", own, beside) : g_steal_pointer(&own);
}

static guint
judged(const MailList *list)
{
    return mail_list_judged(list) - mail_list_unreadable(list);
}

char *
chart_many_note(const ChartView *self)
{
    const MailList *list = self->view.app->doc->list;
    const guint open = mail_list_count(list) - mail_list_judged(list);
    const guint unreadable = mail_list_unreadable(list);
    g_autofree char *done = words_number(judged(list)), *left = words_number(open), *bad = words_number(unreadable);
    GString *note = g_string_new(NULL);

    g_string_append_printf(note, _("judged: %s"), done);
    if (open > 0 || !mail_list_is_complete(list))
        g_string_append_printf(note, _(", not yet: %s"), left);
    if (unreadable > 0)
        g_string_append_printf(note, _(", unreadable: %s"), bad);
    return g_string_free(note, FALSE);
}

/* ---- one cell ---- */

/* "12 of the 300 that were judged stand here. Enter lists them." (transfer full) */
static char *
number_sentence(const ChartView *self, guint cell)
{
    const MailList *list = self->view.app->doc->list;
    g_autofree char *here = words_number((gint64)chart_counted(self)->own[cell]);
    g_autofree char *all = words_number(judged(list));

    return words_fill(cell == CHART_NO_CELL
                          ? N_("{0} of the {1} messages that were judged have no cell: of SPF, DKIM or the name in "
                               "From: something is not determined. Enter lists them.")
                          : N_("{0} of the {1} messages that were judged stand here. Enter lists them."),
                      here, all, NULL);
}

static char *
told_sentence(const ChartView *self, guint cell)
{
    const ChartCount *count = chart_counted(self);
    const guint64 told = cell < CHART_CELLS ? count->told[cell]
                                            : count->own[cell] - count->told[CHART_NO_CELL];
    g_autofree char *number = words_number((gint64)told);

    if (told == 0)
        return NULL;
    return words_fill(cell < CHART_CELLS
                          ? N_("In brackets: {0} without a cell of their own would stand here if their receiving "
                               "hosts are right.")
                          : N_("{0} of them would have one if their receiving hosts are right; they are counted "
                               "there in brackets."),
                      number, NULL);
}

static void
add_numbers(const ChartView *self, Page *page, guint cell)
{
    g_autofree char *number = number_sentence(self, cell);
    g_autofree char *told = told_sentence(self, cell);

    chart_add_fact(page, _("HERE"), ROLE_LABEL, number);
    if (told)
        page_text(page, FACT, ROLE_TEXT, told);
}

Page *
chart_many_page(const ChartView *self, guint width)
{
    const App *app = self->view.app;
    Page *page = page_new(width, app->mode);
    const ChartStand nobody = { 0 };
    const ChartCell cell = { .spf = self->spf, .dkim = self->dkim, .record = !self->without,
                             .stand = &nobody };

    if (self->spf >= CHART_STATES) {
        add_numbers(self, page, CHART_NO_CELL);
        return page;
    }
    chart_add_title(page, &cell);
    add_numbers(self, page, chart_cell(cell.spf, cell.dkim));
    chart_add_meaning(page, app, &cell);
    return page;
}

/* ---- all cells ---- */

char *
chart_cell_name(guint cell)
{
    if (cell >= CHART_CELLS)
        return g_strdup(_("no cell"));
    g_autofree char *spf = chart_state_name(chart_cell_spf(cell));
    g_autofree char *dkim = chart_state_name(chart_cell_dkim(cell));

    return g_strdup_printf("SPF %s, DKIM %s", spf, dkim);
}

/* (transfer full) */
static char *
verdicts_text(guint cell, gboolean record)
{
    if (cell >= CHART_CELLS)
        return g_strdup("");
    const ChartState spf = chart_cell_spf(cell), dkim = chart_cell_dkim(cell);
    g_autofree char *word = chart_dmarc_word(chart_dmarc(spf, dkim, record));

    return g_strdup_printf("; DMARC %s, Gmail %s", word,
                           words_result(chart_gmail_lacks(spf, dkim, record) ? RESULT_NO : RESULT_YES));
}

Page *
chart_many_read(const View *view, guint width)
{
    const ChartView *self = (const ChartView *)view;
    Page *page = page_new(width, self->view.app->mode);
    g_autofree char *note = chart_many_note(self);

    page_text(page, 1, ROLE_TEXT, note);
    for (guint cell = 0; cell <= CHART_NO_CELL; cell++) {
        g_autofree char *name = chart_cell_name(cell);
        g_autofree char *count = chart_count_text(chart_counted(self), cell);
        g_autofree char *verdicts = verdicts_text(cell, !self->without);
        const gboolean cursor = cell == (self->spf < CHART_STATES ? self->spf * CHART_STATES + self->dkim
                                                                 : (guint)CHART_NO_CELL);
        g_autofree char *line = g_strdup_printf("%s: %s%s%s", name, count, verdicts,
                                                cursor ? _(" (\"open\" lists these)") : "");
        page_text(page, 1, ROLE_TEXT, line);
    }
    return page;
}
