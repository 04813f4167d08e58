/* survey-page.c: a group of messages in full: who sent them as whom, how they are judged, and who has
 * to change what. SPDX-License-Identifier: MIT */
#include "advice/told.h"
#include "base/translate.h"
#include "report/printer-survey-part.h"
#include "tree/words.h"
#include "tui/view/survey-part.h"
#include "tui/view/views.h"

enum { LABEL = 1, TEXT = 12, SETTING = 14 };

static void
fact(Page *page, const char *label, Role role, const char *text)
{
    page_pair(page, LABEL, TEXT, ROLE_LABEL, label, role, text);
}

/* ---- what they have in common ---- */

static void
add_count(const SurveyView *self, Page *page, const SurveyGroup *group)
{
    const gint64 all = survey_totals(survey_of(self))->messages;
    g_autofree char *count = words_number(group->count);
    g_autofree char *total = words_number(all);
    g_autofree char *dates = survey_dates(group->first, group->last);
    g_autofree char *text =
        words_fill(N_("{0} of {1} that were judged; {2}"), count, total, dates ? dates : _("no date"), NULL);

    fact(page, _("MESSAGES"), ROLE_TEXT, text);
}

static void
add_names(Page *page, const SurveyGroup *group)
{
    g_autofree char *signers = survey_signers(group);
    g_autoptr(GString) unverified = g_string_new(NULL);

    fact(page, _("ENVELOPE"), ROLE_TEXT,
         group->envelope_domain ? group->envelope_domain : _("no domain"));
    fact(page, _("SIGNED BY"), ROLE_TEXT, signers);
    for (guint i = 0; i < group->unverified->len; i++)
        g_string_append_printf(unverified, "%s%s", i > 0 ? ", " : "",
                               (const char *)group->unverified->pdata[i]);
    if (unverified->len > 0) {
        g_autofree char *text =
            words_fill(N_("not verified: {0}"), unverified->str, NULL);
        page_text(page, TEXT, ROLE_DIM, text);
    }
    fact(page, _("NETWORK"), ROLE_TEXT,
         group->network ? group->network : _("an address that is not known"));
    if (group->term) {
        g_autofree char *text = words_fill(N_("SPF decided by: {0}"), group->term, NULL);
        page_text(page, TEXT, ROLE_DIM, text);
    }
}

static void
add_verdicts(const SurveyView *self, Page *page, const SurveyGroup *group)
{
    static const char *const judges[] = {"Gmail", "Yahoo", "Microsoft"};
    const gboolean glyphs = self->view.app->glyphs;
    const Role role = survey_verdict_role(group->verdicts->result[SURVEY_DMARC]);
    g_autofree char *dmarc = survey_verdict(group, SURVEY_DMARC, glyphs);
    g_autoptr(GString) others = g_string_new(NULL);

    fact(page, "DMARC", role, dmarc);
    for (guint i = SURVEY_GMAIL; i < SURVEY_JUDGES; i++) {
        g_autofree char *verdict = survey_verdict(group, (SurveyJudge)i, glyphs);
        g_string_append_printf(others, "%s%s %s", i > SURVEY_GMAIL ? ", " : "",
                               judges[i - SURVEY_GMAIL], verdict);
    }
    fact(page, _("RULES"), ROLE_TEXT, others->str);
}

static void
add_chart(Page *page, const SurveyGroup *group)
{
    const char *label = _("CHART");

    for (guint cell = 0; cell <= CHART_NO_CELL; cell++) {
        if (group->chart.own[cell] == 0)
            continue;
        g_autofree char *name = chart_cell_name(cell);
        g_autofree char *count = words_number((gint64)group->chart.own[cell]);
        g_autofree char *text = g_strdup_printf("%s: %s", name, count);
        if (label)
            fact(page, label, ROLE_TEXT, text);
        else
            page_text(page, TEXT, ROLE_TEXT, text);
        label = NULL;
    }
}

/* ---- what to change ---- */

static void
add_told(Page *page, const Told *told)
{
    const char *label = told_label(told->kind);

    if (told->kind == TOLD_RECORD)
        page_setting(page, SETTING, ROLE_LABEL, told->text);
    else if (label && told->kind != TOLD_WHAT)
        fact(page, label, told->good ? ROLE_PASS : told->kind == TOLD_TRIED ? ROLE_DIM : ROLE_TEXT,
             told->text);
    else
        page_text(page, TEXT, ROLE_TEXT, told->text);
}

static void
add_advice(Page *page, const SurveyGroup *group, const SurveyAdvice *advice)
{
    g_autoptr(GPtrArray) empty = g_ptr_array_new();
    const Advice view = survey_advice_view(advice, empty);
    g_autoptr(GPtrArray) lines = advice_told(&view);
    const char *who = "";

    for (guint i = 0; i < lines->len; i++) {
        const Told *told = lines->pdata[i];
        if (told->kind == TOLD_WHO)
            fact(page, _("CHANGE"), ROLE_LABEL, who = told->text);
        else if (told->kind != TOLD_WHAT || !g_str_has_prefix(who, told->text)) /* said already */
            add_told(page, told);
    }
    if (advice->count < group->count) {
        g_autofree char *count = words_number(advice->count);
        g_autofree char *text =
            words_fill(N_("This advice is for {0} of its messages."), count, NULL);
        page_text(page, TEXT, ROLE_DIM, text);
    }
    page_row(page);
}

static void
add_example(Page *page, const SurveyGroup *group)
{
    g_autofree char *index = g_strdup_printf("%d", (int)CLAMP(group->example->index, 1, G_MAXINT));
    g_autofree char *text =
        words_fill(N_("{0}, message {1}; Enter lists all of them"), group->example->path, index, NULL);

    fact(page, _("EXAMPLE"), ROLE_DIM, text);
}

/* "paypa1.com looks like …" (transfer full); NULL: like nobody. */
static char *
alike_text(const SurveyView *self, const SurveyGroup *group)
{
    const char *like = survey_looks_like(survey_of(self), group->author_domain);

    return like ? words_fill(N_("{0} looks like {1}, and is another domain."), group->author_domain, like, NULL) : NULL;
}

Page *
survey_page(const SurveyView *self, const SurveyGroup *group, guint width)
{
    Page *page = page_new(width, self->view.app->mode);

    if (!group)
        return page;
    g_autofree char *title = survey_title(self->view.app, group);
    g_autofree char *alike = alike_text(self, group);
    g_autoptr(GPtrArray) advice = survey_group_advice(group);
    page_text(page, LABEL, ROLE_HEADING, title);
    if (alike)
        page_text(page, LABEL, ROLE_UNKNOWN, alike);
    if (survey_group_fails(group) && !survey_group_proved(group))
        page_text(page, LABEL, ROLE_UNKNOWN,
                  _("Nothing proves who sent these: a host of the domain that was forgotten in its "
                    "records, or a forgery."));
    for (guint i = 0; i < advice->len; i++)
        add_advice(page, group, advice->pdata[i]);
    add_count(self, page, group);
    add_names(page, group);
    add_verdicts(self, page, group);
    add_chart(page, group);
    add_example(page, group);
    return page;
}

/* ---- line by line ---- */

static void
read_group(const SurveyView *self, Page *page, guint position)
{
    const SurveyGroup *group = survey_at(self, position);

    if (!group)
        return;
    g_autofree char *title = survey_title(self->view.app, group);
    g_autofree char *verdict = survey_verdict(group, SURVEY_DMARC, FALSE);
    g_autofree char *count = words_number(group->count);
    g_autofree char *number = g_strdup_printf("%u", position + 1);
    g_autofree char *text = words_fill(N_("{0}. {1}: {2}, DMARC {3}; on the envelope {4}; from {5}"),
                                       number, title, count, verdict,
                                       group->envelope_domain ? group->envelope_domain : _("no domain"),
                                       group->network ? group->network : _("an address that is not known"),
                                       NULL);
    g_autofree char *alike = alike_text(self, group);
    page_text(page, 1, ROLE_TEXT, text);
    if (alike)
        page_text(page, 1, ROLE_UNKNOWN, alike);
}

Page *
survey_as_page(const View *view, guint width)
{
    const SurveyView *self = (const SurveyView *)view;
    Page *page = page_new(width, self->view.app->mode);
    g_autofree char *note = view->class->note(view);
    g_autofree char *sums = survey_sums(self, FALSE);

    page_text(page, 1, ROLE_TEXT, note);
    page_text(page, 1, ROLE_TEXT, sums);
    for (guint i = 0; i < group_order_count(self->order); i++)
        read_group(self, page, i);
    if (group_order_count(self->order) > 0)
        page_text(page, 1, ROLE_DIM,
                  _("A number shows that group in full; \"open\" lists its messages."));
    return page;
}
