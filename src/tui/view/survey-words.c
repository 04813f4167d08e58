/* survey-words.c: names, verdicts and numbers of a survey's groups, in a few words.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "report/printer-survey-part.h"
#include "tree/words.h"
#include "tui/view/survey-part.h"
#include "tui/view/views.h"

const char *
survey_author(const SurveyGroup *group)
{
    return group->author_domain ? group->author_domain : _("(no single domain)");
}

const char *
survey_sender(const App *app, const SurveyGroup *group)
{
    const char *name = survey_group_sender(group, app->input->providers);

    return name ? name : _("(not known)");
}

char *
survey_title(const App *app, const SurveyGroup *group)
{
    return words_fill(N_("{0} as {1}"), survey_sender(app, group), survey_author(group), NULL);
}

char *
survey_group_title(const App *app, guint id)
{
    const SurveyGroup *group = survey_group_at(mail_list_survey(app->doc->list), id);

    return group ? survey_title(app, group) : g_strdup(_("a group that was left out"));
}

char *
survey_signers(const SurveyGroup *group)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < group->signers->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
                               (const char *)group->signers->pdata[i]);
    if (out->len == 0)
        g_string_append(out, _("nobody"));
    return g_string_free(out, FALSE);
}

static SummaryTone
tone_of(int result)
{
    switch (result) {
    case RESULT_PASS:
        return SUMMARY_PASS;
    case RESULT_FAIL:
    case RESULT_PERMERROR:
        return SUMMARY_FAIL;
    case RESULT_NONE:
    case RESULT_SKIPPED:
        return SUMMARY_NONE;
    default:
        return SUMMARY_UNKNOWN;
    }
}

Role
survey_verdict_role(int result)
{
    return mark_tone_role(tone_of(result));
}

const char *
survey_mark(int result, gboolean glyphs)
{
    return mark_tone(tone_of(result), glyphs);
}

/* "x fail" */
char *
survey_verdict(const SurveyGroup *group, SurveyJudge judge, gboolean glyphs)
{
    const int result = group->verdicts->result[judge];

    return g_strdup_printf("%s %s", survey_mark(result, glyphs), words_result((Result)result));
}

/* "DMARC: + pass 162, x fail 116, - none 13" */
char *
survey_sums(const SurveyView *self, gboolean glyphs)
{
    static const struct {
        Tally tally;
        Result result;
    } shown[] = {{TALLY_PASS, RESULT_PASS},
                 {TALLY_FAIL, RESULT_FAIL},
                 {TALLY_NONE, RESULT_NONE},
                 {TALLY_OPEN, RESULT_UNKNOWN}};
    const SurveyTotals *totals = survey_totals(survey_of(self));
    const Tallies tallies = survey_tally(totals->results[SURVEY_DMARC]);
    GString *out = g_string_new("DMARC:");

    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        g_autofree char *number = words_number(tallies.count[shown[i].tally]);
        g_string_append_printf(out, "%s %s %s %s", i > 0 ? "," : "",
                               survey_mark(shown[i].result, glyphs), words_result(shown[i].result),
                               number);
    }
    return g_string_free(out, FALSE);
}
