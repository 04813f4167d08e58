/* read.c: what a survey printed is counted again, as a part of a larger one.
 * SPDX-License-Identifier: MIT
 *
 * The file may come from anywhere. Whatever it says, sums must agree: a survey that was cut off, or
 * put together by hand, is refused rather than counted by half. */
#include "survey/read.h"

#include <string.h>

#include "base/fault.h"
#include "base/instant.h"
#include "base/translate.h"
#include "facts/record-read.h"

/* As many messages as nobody has. It bounds sums, too, of groups, surveys and files: a few thousand of such counts would
 * not fit into 64 bits. */
#define COUNT_MAX G_GINT64_CONSTANT(1000000000000000)
#define LIST_MAX  1000

typedef struct {
    JsonReader in;
    Survey *survey;
    SurveyTotals totals;
    gint64 messages; /* as the file says; unset: it does not */
    gint64 unknown;
    gint64 grouped;                                /* sum of the groups */
    gint64 results[SURVEY_JUDGES][SURVEY_RESULTS]; /* the same by verdict */
    gboolean counted[SURVEY_JUDGES];               /* the file says it itself */
    gboolean charted;
} Reading;

static void
refuse_count(JsonReader *in)
{
    json_refuse(in, N_("its counts do not add up"));
}

static gint64
read_count(JsonReader *in)
{
    const gint64 count = json_int(in);

    if (count < 0 || count > COUNT_MAX) {
        refuse_count(in);
        return 0;
    }
    return count;
}

static int
index_of(const char *const *words, guint count, const char *word)
{
    for (guint i = 0; word && i < count && words[i]; i++)
        if (g_str_equal(words[i], word))
            return (int)i;
    return -1;
}

/* ---- the chart: [{spf, dkim, count}] ---- */

static void
read_cell(JsonReader *in, guint64 *cells)
{
    int state[2] = {-1, -1};
    gint64 count = 0;
    const char *key;

    json_object(in);
    while ((key = json_key(in))) {
        const int which = g_str_equal(key, "spf") ? 0 : g_str_equal(key, "dkim") ? 1 : -1;
        if (which >= 0) {
            g_autofree char *word = json_string(in);
            state[which] = index_of(chart_state_words, CHART_STATES, word);
        } else if (g_str_equal(key, "count")) {
            count = read_count(in);
        } else {
            json_skip(in);
        }
    }
    if (state[0] < 0 || state[1] < 0)
        json_refuse(in, N_("it names a cell that the chart does not have"));
    else
        cells[chart_cell((ChartState)state[0], (ChartState)state[1])] += (guint64)count;
}

/* The 16 cells; the last one stands under a key of its own. */
static void
read_cells(JsonReader *in, guint64 *cells)
{
    memset(cells, 0, sizeof(guint64) * CHART_CELLS);
    json_array(in);
    while (json_item(in))
        read_cell(in, cells);
}

/* More than COUNT_MAX where any of them is. */
static gint64
sum_cells(const guint64 *cells, guint count)
{
    guint64 sum = 0;

    for (guint i = 0; i < count; i++) {
        sum += MIN(cells[i], 2 * (guint64)COUNT_MAX);
        sum = MIN(sum, 2 * (guint64)COUNT_MAX);
    }
    return (gint64)sum;
}

/* ---- groups ---- */

static gint64
read_time(JsonReader *in)
{
    g_autofree char *text = json_string(in);
    gint64 seconds = RECORD_UNSET;

    if (text && !instant_read(text, &seconds))
        json_refuse(in, N_("it holds a time that cannot be read"));
    return seconds;
}

static void
read_args(JsonReader *in, GPtrArray *args)
{
    json_array(in);
    while (json_item(in)) {
        char *text = json_string(in);
        if (args->len >= LIST_MAX || !text)
            json_refuse(in, N_("it holds a value that does not fit"));
        if (text)
            g_ptr_array_add(args, text);
    }
}

static void
read_advice_key(JsonReader *in, const RecordType *type, const char *key, gpointer record,
                gpointer data)
{
    (void)type, (void)data;
    if (g_str_equal(key, "args"))
        read_args(in, ((SurveyAdvice *)record)->args);
    else
        json_skip(in);
}

static void
read_advice_list(JsonReader *in, SurveyGroup *group)
{
    json_array(in);
    while (json_item(in)) {
        if (group->advice->len >= LIST_MAX)
            json_refuse(in, N_("it holds a value that does not fit"));
        g_ptr_array_add(group->advice,
                        record_read_json(in, &survey_advice_type, LIST_MAX, read_advice_key, NULL));
    }
}

/* Verdicts and places have keys in their tables only. */
static void
read_group_key(JsonReader *in, const RecordType *type, const char *key, gpointer record,
               gpointer data)
{
    SurveyGroup *group = record;
    const gboolean own = type == &survey_group_type;

    (void)data;
    if (own && g_str_equal(key, "first"))
        group->first = read_time(in);
    else if (own && g_str_equal(key, "last"))
        group->last = read_time(in);
    else if (own && g_str_equal(key, "advice"))
        read_advice_list(in, group);
    else if (own && g_str_equal(key, "chart"))
        read_cells(in, group->chart.own);
    else if (own && g_str_equal(key, "chart_reported"))
        read_cells(in, group->chart.told);
    else
        json_skip(in);
}

static gboolean
is_sound_advice(const GPtrArray *list, gint64 count)
{
    gint64 left = count;

    for (guint i = 0; i < list->len; i++) {
        const SurveyAdvice *advice = list->pdata[i];
        if (!advice->pattern || advice->count < 1 || advice->count > left)
            return FALSE;
        left -= advice->count;
    }
    return TRUE;
}

/* The cells of messages without one; and whether all is as a survey prints it. */
static gboolean
settle_group(SurveyGroup *group)
{
    ChartCount *chart = &group->chart;
    const gint64 own = sum_cells(chart->own, CHART_CELLS),
                 told = sum_cells(chart->told, CHART_CELLS);

    if (group->count < 1 || group->count > COUNT_MAX || !group->verdicts || !group->example ||
        !group->example->path || own > group->count || own + told > group->count ||
        !is_sound_advice(group->advice, group->count))
        return FALSE;
    chart->own[CHART_NO_CELL] = (guint64)(group->count - own);
    chart->told[CHART_NO_CELL] = (guint64)(group->count - own - told);
    return TRUE;
}

/* Lists in their order, as those of rows are: a group is found by them. */
static SurveyGroup *
in_order(const SurveyGroup *read)
{
    SurveyGroup *group = survey_group_blank(read);

    survey_group_join(group, read);
    return group;
}

static void
read_groups(Reading *r)
{
    json_array(&r->in);
    while (json_item(&r->in)) {
        SurveyGroup *read =
            record_read_json(&r->in, &survey_group_type, LIST_MAX, read_group_key, NULL);
        if (!r->in.fault && (!settle_group(read) || survey_totals(r->survey)->messages + read->count > COUNT_MAX))
            refuse_count(&r->in);
        if (!r->in.fault) {
            r->grouped += read->count;
            for (guint i = 0; i < SURVEY_JUDGES; i++)
                r->results[i][read->verdicts->result[i]] += read->count;
            survey_take_group(r->survey, in_order(read));
        }
        survey_group_free(read);
    }
}

/* ---- the whole ---- */

static void
read_results(Reading *r)
{
    const char *key;

    json_object(&r->in);
    while ((key = json_key(&r->in))) {
        const int judge = index_of(survey_judge_words, SURVEY_JUDGES, key);
        json_object(&r->in);
        while ((key = json_key(&r->in))) {
            const int result = index_of(receiver_result_words, SURVEY_RESULTS, key);
            const gint64 count = read_count(&r->in);
            if (judge >= 0 && result >= 0)
                r->totals.results[judge][result] = count;
        }
        if (judge >= 0)
            r->counted[judge] = TRUE;
    }
}

static void
read_faults(Reading *r)
{
    json_array(&r->in);
    while (json_item(&r->in)) {
        if (r->totals.faults->len >= LIST_MAX)
            json_refuse(&r->in, N_("it holds a value that does not fit"));
        SurveyFault *fault = record_read_json(&r->in, &survey_fault_type, LIST_MAX, NULL, NULL);
        if (fault->place && fault->place->path && fault->text)
            g_ptr_array_add(r->totals.faults, fault);
        else
            record_free(&survey_fault_type, fault);
    }
}

static void
read_format(JsonReader *in)
{
    if (json_int(in) != 1)
        json_refuse(in, N_("it has another format than this program knows"));
}

static void
read_key(Reading *r, const char *key)
{
    JsonReader *in = &r->in;
    const struct {
        const char *key;
        gint64 *count;
    } counts[] = {
        {"messages", &r->messages},
        {"unreadable", &r->totals.unreadable},
        {"unknown", &r->unknown},
        {"other", &r->totals.other},
        {"elsewhere", &r->totals.elsewhere},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (g_str_equal(key, counts[i].key)) {
            *counts[i].count = read_count(in);
            return;
        }
    }
    if (g_str_equal(key, "chart")) {
        read_cells(in, r->totals.chart.own);
        r->charted = TRUE;
    } else if (g_str_equal(key, "chart_reported"))
        read_cells(in, r->totals.chart.told);
    else if (g_str_equal(key, "groups"))
        read_groups(r);
    else if (g_str_equal(key, "results"))
        read_results(r);
    else if (g_str_equal(key, "unreadable_examples"))
        read_faults(r);
    else if (g_str_equal(key, "first"))
        r->totals.first = read_time(in);
    else if (g_str_equal(key, "last"))
        r->totals.last = read_time(in);
    else if (g_str_equal(key, "part"))
        r->totals.part = json_bool(in);
    else if (g_str_equal(key, "format"))
        read_format(in);
    else
        json_skip(in);
}

/* What a survey of other hands may leave out is taken from its groups. */
static void
settle_results(Reading *r)
{
    for (guint i = 0; i < SURVEY_JUDGES; i++) {
        gint64 sum = 0;
        if (!r->counted[i])
            memcpy(r->totals.results[i], r->results[i], sizeof r->results[i]);
        for (guint k = 0; k < SURVEY_RESULTS; k++)
            sum = MIN(sum + r->totals.results[i][k], 2 * COUNT_MAX);
        if (r->counted[i] && sum != r->messages)
            refuse_count(&r->in);
    }
}

/* Whether what `more` adds to `totals` can still be counted; `messages`: those that it adds. */
static gboolean
has_room(const SurveyTotals *totals, const SurveyTotals *more, gint64 messages)
{
    return totals->messages + messages <= COUNT_MAX && totals->unreadable + more->unreadable <= COUNT_MAX &&
           totals->elsewhere + more->elsewhere <= COUNT_MAX;
}

static void
settle(Reading *r)
{
    ChartCount *chart = &r->totals.chart;
    const gint64 told = sum_cells(chart->told, CHART_CELLS);

    if (r->messages == RECORD_UNSET || !r->charted)
        json_refuse(&r->in, N_("it is no survey"));
    if (sum_cells(chart->own, CHART_CELLS) + r->unknown != r->messages ||
        r->grouped + r->totals.other != r->messages || told > r->unknown ||
        !has_room(survey_totals(r->survey), &r->totals, r->totals.other))
        refuse_count(&r->in);
    chart->own[CHART_NO_CELL] = (guint64)r->unknown;
    chart->told[CHART_NO_CELL] = (guint64)MAX(r->unknown - told, 0);
    settle_results(r);
}

static void
read_survey(Reading *r)
{
    const char *key;

    r->totals.first = r->totals.last = RECORD_UNSET;
    r->totals.faults = g_ptr_array_new();
    r->messages = RECORD_UNSET;
    json_object(&r->in);
    while ((key = json_key(&r->in)))
        read_key(r, key);
    settle(r);
    if (!r->in.fault)
        survey_take_totals(r->survey, &r->totals);
    for (guint i = 0; i < r->totals.faults->len; i++)
        record_free(&survey_fault_type, r->totals.faults->pdata[i]);
    g_ptr_array_unref(r->totals.faults);
}

gboolean
survey_read(Survey *survey, const char *bytes, gsize length, const char *name, GError **error)
{
    JsonReader in;
    g_autoptr(Survey) whole = survey_new(); /* `survey` stays as it is where this is none */

    json_open(&in, bytes, length);
    do {
        Reading reading = {.in = in, .survey = whole};
        read_survey(&reading);
        in = reading.in;
    } while (json_kind(&in) == JSON_OBJECT);
    json_end(&in);
    if (!has_room(survey_totals(survey), survey_totals(whole), survey_totals(whole)->messages))
        refuse_count(&in);
    json_close(&in);
    if (in.fault) {
        g_autofree char *line = g_strdup_printf("%" G_GSIZE_FORMAT, json_line(&in));
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s: line %s: %s"), name, line,
                         translate(in.fault));
    }
    survey_merge(survey, whole);
    return TRUE;
}
