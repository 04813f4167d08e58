/* survey-table.c: a row for each group: how many, a bar, who as whom, what it is judged.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "report/printer-survey-part.h"
#include "tree/words.h"
#include "tui/view/survey-part.h"

enum { COUNT_END = 9, BAR = 8, BAR_MIN = 64, NETWORK = 19, DATE = 11, WIDE = 100, MARKS = 6, NARROW = 50 };

/* Where columns begin; 0: not there. All but `bar` and `from` count from the right. */
typedef struct {
    guint bar, from, by, network, date, verdict, marks;
} Columns;

/* The words of a translation may be wider. */
static guint
verdict_columns(void)
{
    static const Result results[] = {RESULT_PASS, RESULT_FAIL, RESULT_NONE, RESULT_UNKNOWN};
    guint columns = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(results); i++) {
        const SurveyVerdicts verdicts = {{results[i]}};
        const SurveyGroup group = {.verdicts = (SurveyVerdicts *)&verdicts};
        g_autofree char *word = survey_verdict(&group, SURVEY_DMARC, FALSE);
        columns = MAX(columns, glyph_columns(word, FALSE));
    }
    return columns + 1;
}

static Columns
columns_for(guint width)
{
    Columns at = {.bar = width >= BAR_MIN ? COUNT_END + 1 : 0};
    guint end = width;

    if (width >= NARROW)
        at.marks = end -= MARKS - 1;
    at.verdict = end -= MIN(verdict_columns(), end / 3);
    if (width >= WIDE) {
        at.date = end -= DATE;
        at.network = end -= NETWORK;
    }
    at.from = at.bar ? at.bar + BAR + 1 : COUNT_END + 1;
    at.by = at.from + (end - at.from) * 9 / 20;
    return at;
}

/* Where a cell ends that begins at `from`: before the next one. */
static guint
end_of(guint next, guint otherwise)
{
    return (next ? next : otherwise) - 1;
}

static void
draw_head(Canvas *canvas, Rect pane, const Columns *at)
{
    const guint x = pane.x, y = pane.y + 1, end = pane.x + pane.width;
    const char *count = _("MESSAGES");
    const guint columns = MIN(glyph_columns(count, FALSE), COUNT_END - 1);

    canvas_put(canvas, x + COUNT_END - columns, y, x + at->from, ROLE_HEADING, count);
    canvas_put_cut(canvas, x + at->from, y, x + at->by - 1, ROLE_HEADING, _("FROM:"));
    canvas_put_cut(canvas, x + at->by, y, x + end_of(at->network, at->verdict), ROLE_HEADING,
                   _("SENT BY"));
    if (at->network)
        canvas_put_cut(canvas, x + at->network, y, x + at->date - 1, ROLE_HEADING, _("NETWORK"));
    if (at->date)
        canvas_put_cut(canvas, x + at->date, y, x + at->verdict - 1, ROLE_HEADING, _("LAST"));
    canvas_put_cut(canvas, x + at->verdict, y, x + end_of(at->marks, pane.width + 1),
                   ROLE_HEADING, "DMARC");
    if (at->marks)
        canvas_put(canvas, x + at->marks, y, end, ROLE_HEADING, "G Y M");
}

/* As long as its share of the largest, and never nothing; made of what it is judged. */
static void
draw_bar(const SurveyView *self, const SurveyGroup *group, Canvas *canvas, guint x, guint y)
{
    static const char glyphs[] = {[TALLY_PASS] = '#', [TALLY_FAIL] = 'x', [TALLY_NONE] = '.', [TALLY_OPEN] = '?'};
    gint64 results[SURVEY_RESULTS] = {0};
    const gint64 most = MAX(group_order_most(self->order), group->count);
    const guint length = (guint)CLAMP(group->count * BAR / MAX(most, 1), 1, BAR);
    const int result = group->verdicts->result[SURVEY_DMARC];

    results[result] = 1;
    const Tallies tallies = survey_tally(results);
    canvas_fill(canvas, x, y, x + length, survey_verdict_role(result),
                glyphs[survey_tally_worst(&tallies)]);
}

static void
draw_names(const SurveyView *self, const SurveyGroup *group, Canvas *canvas, guint x, guint y,
           const Columns *at)
{
    g_autofree char *last = survey_dates(group->last, group->last);

    guint from = x + at->from;
    if (survey_looks_like(survey_of(self), group->author_domain))
        from = canvas_put(canvas, from, y, x + at->by - 1, ROLE_UNKNOWN, "! ");
    canvas_put_cut(canvas, from, y, x + at->by - 1, ROLE_TEXT, survey_author(group));
    canvas_put_cut(canvas, x + at->by, y, x + end_of(at->network, at->verdict), ROLE_TEXT,
                   survey_sender(self->view.app, group));
    if (at->network)
        canvas_put_cut(canvas, x + at->network, y, x + at->date - 1, ROLE_TEXT,
                       group->network ? group->network : "-");
    if (at->date)
        canvas_put_cut(canvas, x + at->date, y, x + at->verdict - 1, ROLE_TEXT, last ? last : "-");
}

static void
draw_group(const SurveyView *self, guint position, Canvas *canvas, Rect pane, guint y,
           const Columns *at)
{
    const SurveyGroup *group = survey_at(self, position);
    const guint x = pane.x;

    if (!group)
        return;
    g_autofree char *count = words_number_within(group->count, COUNT_END - 1);
    g_autofree char *verdict = survey_verdict(group, SURVEY_DMARC, canvas->glyphs);
    canvas_put(canvas, x + COUNT_END - (guint)strlen(count), y, x + COUNT_END, ROLE_TEXT, count);
    if (at->bar)
        draw_bar(self, group, canvas, x + at->bar, y);
    draw_names(self, group, canvas, x, y, at);
    canvas_put_cut(canvas, x + at->verdict, y, x + end_of(at->marks, pane.width + 1),
                   survey_verdict_role(group->verdicts->result[SURVEY_DMARC]), verdict);
    for (guint i = SURVEY_GMAIL; i < SURVEY_JUDGES && at->marks; i++) {
        const int result = group->verdicts->result[i];
        canvas_put(canvas, x + at->marks + 2 * (i - SURVEY_GMAIL), y, x + pane.width,
                   survey_verdict_role(result), survey_mark(result, canvas->glyphs));
    }
    if (position != self->at)
        return;
    canvas_put(canvas, x, y, x + 1, ROLE_LABEL, ">");
    if (!self->view.in_detail)
        canvas_tint(canvas, x + 1, y, x + pane.width, ROLE_CURSOR);
}

static const char *
nothing(const SurveyView *self)
{
    const MailList *list = self->view.app->doc->list;

    if (mail_list_is_complete(list) && mail_list_count(list) == 0)
        return _("There is no message in it.");
    return group_order_filtered(self->order) ? _("Nothing failed so far. & shows all again.")
           : mail_list_judged(list) == mail_list_count(list) && mail_list_is_complete(list)
               ? _("No message in it can be read.")
               : _("No message is judged yet ..");
}

void
survey_table_draw(const SurveyView *self, Canvas *canvas, Rect pane)
{
    const Columns at = columns_for(pane.width);
    const guint count = group_order_count(self->order);
    g_autofree char *sums = survey_sums(self, canvas->glyphs);

    canvas_put_cut(canvas, pane.x + 1, pane.y, pane.x + pane.width, ROLE_TEXT, sums);
    draw_head(canvas, pane, &at);
    for (guint i = 0; i + SURVEY_HEADS < pane.height && self->top + i < count; i++)
        draw_group(self, self->top + i, canvas, pane, pane.y + SURVEY_HEADS + i, &at);
    if (count == 0)
        canvas_put_cut(canvas, pane.x + 1, pane.y + SURVEY_HEADS, pane.x + pane.width, ROLE_TEXT,
                       nothing(self));
}
