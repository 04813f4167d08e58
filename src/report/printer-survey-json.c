/* printer-survey-json.c: a survey as the JSON object of INTERFACE.md.
 * SPDX-License-Identifier: MIT
 *
 * Keys of the contract first, ours behind them. There is enough of it that surveys of parts add up
 * to the survey of the whole (survey/read.h). */
#include "base/instant.h"
#include "base/text.h"
#include "base/translate.h"
#include "facts/record-pen.h"
#include "report/printer-survey.h"
#include "tree/words.h"

/* Grows when a key is renamed or changes its meaning; new keys leave it alone. */
#define FORMAT "1"

static void
append_time(GString *out, gint64 seconds)
{
    g_autofree char *text = instant_text(seconds);

    text_append_json(out, text, -1);
}

static void
append_count(GString *out, const char *key, gint64 count)
{
    g_string_append_printf(out, ",\"%s\":%" G_GINT64_FORMAT, key, count);
}

/* [{spf, dkim, count}]: of all 16 cells, or of those where something stands. */
static void
append_cells(GString *out, const char *key, const guint64 *cells, gboolean all)
{
    const char *comma = "";

    g_string_append_printf(out, ",\"%s\":[", key);
    for (guint cell = 0; cell < CHART_CELLS; cell++) {
        if (!all && cells[cell] == 0)
            continue;
        g_string_append_printf(out,
                               "%s{\"spf\":\"%s\",\"dkim\":\"%s\",\"count\":%" G_GUINT64_FORMAT "}",
                               comma, chart_state_words[chart_cell_spf(cell)],
                               chart_state_words[chart_cell_dkim(cell)], cells[cell]);
        comma = ",";
    }
    g_string_append_c(out, ']');
}

/* ---- groups ---- */

static void
append_strings(GString *out, const GPtrArray *list)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        text_append_json(out, list->pdata[i], -1);
    }
    g_string_append_c(out, ']');
}

/* The sentence, and what it was made of: who adds surveys up makes it again. */
static char *
put_advice_text(RecordPen *pen, char *at, const RecordField *field, gconstpointer record, gpointer data)
{
    GString *out = pen_down(pen, at);
    const SurveyAdvice *advice = record;
    const Advice view = survey_advice_view(advice, data);
    g_autofree char *text = words_advice(&view);

    (void)field;
    text_append_json(out, text, -1);
    g_string_append(out, ",\"args\":");
    append_strings(out, advice->args);
    return pen_up(pen);
}

static void
append_advice(GString *out, const SurveyGroup *group, gpointer empty)
{
    g_autoptr(GPtrArray) list = survey_group_advice(group);

    g_string_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        record_append_json(out, &survey_advice_type, list->pdata[i], put_advice_text, empty);
    }
    g_string_append_c(out, ']');
}

static char *
put_worded(RecordPen *pen, char *at, const RecordField *field, gconstpointer record, gpointer data)
{
    GString *out = pen_down(pen, at);
    const SurveyGroup *group = record;

    if (g_str_equal(field->name, "advice"))
        append_advice(out, group, data);
    else
        append_time(out, g_str_equal(field->name, "first") ? group->first : group->last);
    return pen_up(pen);
}

static void
append_groups(GString *out, const Survey *survey)
{
    g_autoptr(GPtrArray) list = survey_sorted(survey);
    g_autoptr(GPtrArray) empty = g_ptr_array_new();

    g_string_append(out, ",\"groups\":[");
    for (guint i = 0; i < list->len; i++) {
        const SurveyGroup *group = list->pdata[i];
        g_string_append(out, i > 0 ? "," : "");
        const gsize start = out->len;
        record_append_json_fields(out, &survey_group_type, group, put_worded, empty);
        out->str[start] = '{';      /* in the place of the first comma */
        append_cells(out, "chart", group->chart.own, FALSE);
        append_cells(out, "chart_reported", group->chart.told, FALSE);
        g_string_append(out, ",\"looks_like\":");
        text_append_json(out, survey_looks_like(survey, group->author_domain), -1);
        g_string_append_c(out, '}');
    }
    g_string_append_c(out, ']');
}

/* ---- totals ---- */

static void
append_results(GString *out, const SurveyTotals *totals)
{
    g_string_append(out, ",\"results\":{");
    for (guint judge = 0; judge < SURVEY_JUDGES; judge++) {
        const char *comma = "";
        g_string_append_printf(out, "%s\"%s\":{", judge > 0 ? "," : "", survey_judge_words[judge]);
        for (guint i = 0; i < SURVEY_RESULTS; i++) {
            if (totals->results[judge][i] == 0)
                continue;
            g_string_append_printf(out, "%s\"%s\":%" G_GINT64_FORMAT, comma,
                                   receiver_result_words[i], totals->results[judge][i]);
            comma = ",";
        }
        g_string_append_c(out, '}');
    }
    g_string_append_c(out, '}');
}

static void
append_faults(GString *out, const SurveyTotals *totals)
{
    g_string_append(out, ",\"unreadable_examples\":[");
    for (guint i = 0; i < totals->faults->len; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        record_append_json(out, &survey_fault_type, totals->faults->pdata[i], NULL, NULL);
    }
    g_string_append_c(out, ']');
}

void
printer_survey_json(GString *out, const Survey *survey)
{
    const SurveyTotals *totals = survey_totals(survey);

    translate_english(TRUE);
    g_string_append(out, "{\"format\":" FORMAT);
    append_count(out, "messages", totals->messages);
    append_count(out, "unreadable", totals->unreadable);
    append_cells(out, "chart", totals->chart.own, TRUE);
    append_count(out, "unknown", (gint64)totals->chart.own[CHART_NO_CELL]);
    append_groups(out, survey);
    append_count(out, "other", totals->other);
    append_count(out, "elsewhere", totals->elsewhere);
    g_string_append_printf(out, ",\"part\":%s,\"first\":", totals->part ? "true" : "false");
    append_time(out, totals->first);
    g_string_append(out, ",\"last\":");
    append_time(out, totals->last);
    append_results(out, totals);
    append_cells(out, "chart_reported", totals->chart.told, FALSE);
    append_faults(out, totals);
    g_string_append(out, "}\n");
    translate_english(FALSE);
}
