/* printer-survey-csv.c: the groups of a survey as CSV (RFC 4180), for a spreadsheet.
 * SPDX-License-Identifier: MIT */
#include "base/csv.h"
#include "base/instant.h"
#include "report/printer-survey.h"
#include "tree/words.h"

static void
append_next(GString *out, const char *text)
{
    g_string_append_c(out, ',');
    csv_append_cell(out, text, "");
}

static void
append_owned(GString *out, char *text)
{
    append_next(out, text);
    g_free(text);
}

static void
append_int(GString *out, gint64 number)
{
    g_string_append_printf(out, ",%" G_GINT64_FORMAT, number);
}

/* (transfer full) */
static char *
joined(const GPtrArray *list)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? " " : "", (const char *)list->pdata[i]);
    return g_string_free(out, FALSE);
}

/* Lines of a record in one cell, with a bar between them. (transfer full) */
static char *
in_one_line(const char *record)
{
    g_auto(GStrv) lines = g_strsplit(record ? record : "", "\n", -1);

    return g_strjoinv(" | ", lines);
}

static void
append_advice(GString *out, const SurveyGroup *group)
{
    g_autoptr(GPtrArray) list = survey_group_advice(group);
    g_autoptr(GPtrArray) empty = g_ptr_array_new();

    if (list->len == 0) {
        g_string_append(out, ",,,,");
        return;
    }
    const SurveyAdvice *advice = list->pdata[0];
    const Advice view = survey_advice_view(advice, empty);
    append_next(out, advice->pattern);
    append_next(out, advice->who);
    append_owned(out, words_advice(&view));
    append_owned(out, in_one_line(advice->record));
}

static void
append_group(GString *out, const Survey *survey, const SurveyGroup *group)
{
    csv_append_cell(out, group->author_domain, "");
    append_next(out, group->envelope_domain);
    append_owned(out, joined(group->signers));
    append_next(out, group->network);
    append_int(out, group->count);
    append_owned(out, instant_text(group->first));
    append_owned(out, instant_text(group->last));
    append_next(out, group->example->path);
    append_int(out, group->example->index);
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        append_next(out, receiver_result_words[group->verdicts->result[i]]);
    append_next(out, group->service);
    append_next(out, group->term);
    append_owned(out, joined(group->unverified));
    append_advice(out, group);
    append_next(out, survey_looks_like(survey, group->author_domain));
    g_string_append(out, "\r\n");
}

void
printer_survey_csv(GString *out, const Survey *survey)
{
    g_autoptr(GPtrArray) list = survey_sorted(survey);

    g_string_append(out, "author_domain,envelope_domain,signers,network,count,first,last,example_"
                         "path,example_index");
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        g_string_append_printf(out, ",%s", survey_judge_words[i]);
    g_string_append(
        out,
        ",service,spf_term,unverified,advice_pattern,advice_who,advice_text,advice_record,"
        "looks_like\r\n");
    for (guint i = 0; i < list->len; i++)
        append_group(out, survey, list->pdata[i]);
}
