/* group.c: messages counted together.
 * SPDX-License-Identifier: MIT */
#include "survey/group.h"

/* What one group is told at most: messages that were sent and judged alike have one trouble, seldom
 * two. */
#define ADVICE_MAX 8

/* ---- the tables ---- */

#define FIELD(name, kind, member)                                                                  \
    {                                                                                              \
        name, kind, offsetof(REC, member), NULL, NULL, RECORD_SHOWN                                \
    }
#define TYPED(name, kind, member, type)                                                            \
    {                                                                                              \
        name, kind, offsetof(REC, member), &type, NULL, RECORD_SHOWN                               \
    }
#define TIME(name, member)                                                                         \
    {                                                                                              \
        name, RECORD_INT, offsetof(REC, member), NULL, NULL, RECORD_WORDED                         \
    }

#define REC SurveyPlace
static const RecordField place_fields[] = {
    FIELD("path", RECORD_STRING, path), FIELD("index", RECORD_INT, index), {NULL}};
#undef REC
const RecordType survey_place_type = {"place", sizeof(SurveyPlace), place_fields};

#define REC SurveyGroup
static const RecordField group_fields[] = {
    FIELD("author_domain", RECORD_DOMAIN, author_domain),
    FIELD("envelope_domain", RECORD_DOMAIN, envelope_domain),
    FIELD("signers", RECORD_STRINGS, signers),
    FIELD("network", RECORD_STRING, network),
    FIELD("count", RECORD_INT, count),
    TIME("first", first),
    TIME("last", last),
    TYPED("example", RECORD_ONE, example, survey_place_type),
    TYPED("verdicts", RECORD_ONE, verdicts, survey_verdicts_type),
    {"advice", RECORD_LIST, offsetof(REC, advice), &survey_advice_type, NULL, RECORD_WORDED},
    FIELD("service", RECORD_STRING, service),
    FIELD("spf_term", RECORD_STRING, term),
    FIELD("unverified", RECORD_STRINGS, unverified),
    {NULL}};
#undef REC
const RecordType survey_group_type = {"group", sizeof(SurveyGroup), group_fields};

/* ---- order ---- */

static int
compare_lists(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; i < MIN(a->len, b->len); i++) {
        const int order = g_strcmp0(a->pdata[i], b->pdata[i]);
        if (order != 0)
            return order;
    }
    return (a->len > b->len) - (a->len < b->len);
}

static int
compare_verdicts(const SurveyVerdicts *a, const SurveyVerdicts *b)
{
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        if (a->result[i] != b->result[i])
            return a->result[i] < b->result[i] ? -1 : 1;
    return 0;
}

int
survey_group_compare(const SurveyGroup *a, const SurveyGroup *b)
{
    int order = g_strcmp0(a->author_domain, b->author_domain);

    if (order == 0)
        order = g_strcmp0(a->envelope_domain, b->envelope_domain);
    if (order == 0)
        order = compare_lists(a->signers, b->signers);
    if (order == 0)
        order = g_strcmp0(a->network, b->network);
    return order != 0 ? order : compare_verdicts(a->verdicts, b->verdicts);
}

/* What makes the group of a row; its pointers are the row's. */
static SurveyGroup
key_of(const SurveyRow *row)
{
    return (SurveyGroup){.author_domain = row->author_domain,
                         .envelope_domain = row->envelope_domain,
                         .signers = row->signers,
                         .network = row->network,
                         .verdicts = row->verdicts};
}

int
survey_group_compare_row(const SurveyGroup *group, const SurveyRow *row)
{
    const SurveyGroup key = key_of(row);

    return survey_group_compare(group, &key);
}

int
survey_group_order(const SurveyGroup *a, const SurveyGroup *b)
{
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return survey_group_compare(a, b);
}

/* ---- a message is taken in ---- */

static void
keep_first_name(char **kept, const char *name)
{
    if (!name || (*kept && g_strcmp0(*kept, name) <= 0))
        return;
    g_free(*kept);
    *kept = g_strdup(name);
}

/* Sorted, each once; the first ones stay where there are too many. */
static void
take_name(GPtrArray *names, const char *name)
{
    guint at = 0;

    while (at < names->len && g_strcmp0(names->pdata[at], name) < 0)
        at++;
    if (at < names->len && g_strcmp0(names->pdata[at], name) == 0)
        return;
    g_ptr_array_insert(names, (gint)at, g_strdup(name));
    if (names->len > SURVEY_NAMES_MAX)
        g_ptr_array_set_size(names, SURVEY_NAMES_MAX);
}

static void
take_names(GPtrArray *names, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        take_name(names, more->pdata[i]);
}

static int
compare_advice(const SurveyAdvice *a, const SurveyAdvice *b)
{
    const int order = g_strcmp0(a->pattern, b->pattern);

    return order != 0 ? order : g_strcmp0(a->who, b->who);
}

/* Of two that say the same of different messages, the one that is shown: by all that can be seen of
 * it, or it would depend on which one came first. */
static int
compare_wording(const SurveyAdvice *a, const SurveyAdvice *b)
{
    const struct {
        const char *a, *b;
    } texts[] = {
        {a->record, b->record},   {a->turns, b->turns},           {a->provider, b->provider},
        {a->console, b->console}, {a->console_ja, b->console_ja}, {a->tried, b->tried},
    };
    int order = (a->proved > b->proved) - (a->proved < b->proved);

    for (gsize i = 0; i < G_N_ELEMENTS(texts) && order == 0; i++)
        order = g_strcmp0(texts[i].a, texts[i].b);
    if (order == 0)
        order = compare_lists(a->args, b->args);
    return order != 0 ? order : compare_lists(a->effects, b->effects);
}

static void
drop_last_advice(GPtrArray *list)
{
    record_free(&survey_advice_type, list->pdata[list->len - 1]);
    g_ptr_array_set_size(list, (gint)list->len - 1);
}

/* Whatever was left out stays left out: those that are kept come before it, and only ever change
 * for ones before them. So the counts of all that is shown are exact. */
static void
take_advice(GPtrArray *list, const SurveyAdvice *advice)
{
    guint at = 0;

    while (at < list->len && compare_advice(list->pdata[at], advice) < 0)
        at++;
    if (at == list->len || compare_advice(list->pdata[at], advice) != 0) {
        if (at < ADVICE_MAX)
            g_ptr_array_insert(list, (gint)at, record_copy(&survey_advice_type, advice));
        if (list->len > ADVICE_MAX)
            drop_last_advice(list);
        return;
    }
    SurveyAdvice *known = list->pdata[at];
    const gint64 count = known->count + advice->count;
    if (compare_wording(advice, known) < 0) {
        list->pdata[at] = record_copy(&survey_advice_type, advice);
        record_free(&survey_advice_type, known);
    }
    ((SurveyAdvice *)list->pdata[at])->count = count;
}

static gboolean
is_newer(gint64 date, const char *path, gint64 index, const SurveyGroup *than)
{
    const int order = g_strcmp0(path, than->example->path);

    if (date != than->last)
        return date > than->last; /* unset is before all */
    return order != 0 ? order < 0 : index < than->example->index;
}

static void
take_example(SurveyGroup *group, gint64 date, const char *path, gint64 index)
{
    if (!is_newer(date, path, index, group))
        return;
    if (g_strcmp0(path, group->example->path) != 0) {
        g_free(group->example->path);
        group->example->path = g_strdup(path);
    }
    group->example->index = index;
}

void
survey_take_dates(gint64 *first, gint64 *last, gint64 from, gint64 to)
{
    if (from != RECORD_UNSET && (*first == RECORD_UNSET || from < *first))
        *first = from;
    *last = MAX(*last, to);
}

void
survey_group_add(SurveyGroup *group, const SurveyRow *row)
{
    const ChartSpot spot = {(guint8)row->own, (guint8)row->told};

    take_example(group, row->date, row->path, row->index);
    survey_take_dates(&group->first, &group->last, row->date, row->date);
    chart_count_add(&group->chart, spot);
    keep_first_name(&group->service, row->service);
    keep_first_name(&group->term, row->term);
    take_names(group->unverified, row->unverified);
    if (row->advice)
        take_advice(group->advice, row->advice);
    group->count++;
}

void
survey_group_join(SurveyGroup *group, const SurveyGroup *part)
{
    take_example(group, part->last, part->example->path, part->example->index);
    survey_take_dates(&group->first, &group->last, part->first, part->last);
    chart_count_join(&group->chart, &part->chart);
    keep_first_name(&group->service, part->service);
    keep_first_name(&group->term, part->term);
    take_names(group->unverified, part->unverified);
    for (guint i = 0; i < part->advice->len; i++)
        take_advice(group->advice, part->advice->pdata[i]);
    group->count += part->count;
}

SurveyGroup *
survey_group_blank(const SurveyGroup *like)
{
    SurveyGroup *group = record_new(&survey_group_type);

    group->author_domain = g_strdup(like->author_domain);
    group->envelope_domain = g_strdup(like->envelope_domain);
    take_names(group->signers, like->signers);
    group->network = g_strdup(like->network);
    group->verdicts = record_copy(&survey_verdicts_type, like->verdicts);
    group->example = record_copy(&survey_place_type, like->example);
    group->count = 0;
    return group;
}

SurveyGroup *
survey_group_new(const SurveyRow *row)
{
    SurveyPlace place = {row->path, row->index};
    SurveyGroup key = key_of(row);

    key.example = &place;
    SurveyGroup *group = survey_group_blank(&key);
    survey_group_add(group, row);
    return group;
}

void
survey_group_free(SurveyGroup *group)
{
    record_free(&survey_group_type, group);
}

static gint
by_count(gconstpointer a, gconstpointer b)
{
    const SurveyAdvice *one = *(SurveyAdvice *const *)a, *two = *(SurveyAdvice *const *)b;

    if (one->count != two->count)
        return one->count > two->count ? -1 : 1;
    return compare_advice(one, two);
}

GPtrArray *
survey_group_advice(const SurveyGroup *group)
{
    GPtrArray *list = g_ptr_array_new();

    for (guint i = 0; i < group->advice->len; i++)
        g_ptr_array_add(list, group->advice->pdata[i]);
    g_ptr_array_sort(list, by_count);
    return list;
}
