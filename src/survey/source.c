/* source.c: who sends: groups by domain and sender.
 * SPDX-License-Identifier: MIT */
#include "survey/source.h"

/* ---- who a group is ---- */

static const char *
service_name(const Providers *providers, const char *id)
{
    for (guint i = 0; providers && id && i < providers_count(providers); i++)
        if (g_str_equal(providers_get(providers, i)->id, id))
            return providers_get(providers, i)->name;
    return id;
}

/* Where most of its messages stand, by SPF; CHART_OPEN: nobody knows. */
static ChartState
spf_of(const SurveyGroup *group)
{
    const ChartCount *chart = &group->chart;
    guint most = CHART_NO_CELL;
    guint64 count = 0;

    for (guint cell = 0; cell < CHART_CELLS; cell++) {
        const guint64 here = chart->own[cell] + chart->told[cell];
        if (here > count) {
            most = cell;
            count = here;
        }
    }
    return chart_cell_spf(most);
}

gboolean
survey_group_proved(const SurveyGroup *group)
{
    const ChartState spf = spf_of(group);

    return spf == CHART_ALIGNED || spf == CHART_UNALIGNED || group->signers->len > 0;
}

/* A name on the envelope is anybody's to write; where SPF did not pass for it, it does not say who
 * sent. */
const char *
survey_group_sender(const SurveyGroup *group, const Providers *providers)
{
    const char *signer = group->signers->len > 0 ? group->signers->pdata[0] : NULL;
    const ChartState spf = spf_of(group);

    if (group->service)
        return service_name(providers, group->service);
    if (spf == CHART_FAIL || spf == CHART_NONE)
        return signer ? signer : group->network ? group->network : group->envelope_domain;
    return group->envelope_domain ? group->envelope_domain : signer ? signer : group->network;
}

/* ---- sources ---- */

static void
source_free(gpointer data)
{
    SurveySource *source = data;

    g_ptr_array_unref(source->groups);
    g_free(source);
}

static gint
compare_sources(gconstpointer a, gconstpointer b)
{
    const SurveySource *one = a, *two = b;
    const int order = g_strcmp0(one->author_domain, two->author_domain);

    return order != 0 ? order : g_strcmp0(one->name, two->name);
}

static void
take(SurveySource *source, SurveyGroup *group)
{
    source->proved = source->proved || survey_group_proved(group);
    source->messages += group->count;
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        source->results[i][group->verdicts->result[i]] += group->count;
    survey_take_dates(&source->first, &source->last, group->first, group->last);
    g_ptr_array_add(source->groups, group);
}

static gint
by_messages(gconstpointer a, gconstpointer b)
{
    const SurveySource *one = *(SurveySource *const *)a, *two = *(SurveySource *const *)b;

    if (one->messages != two->messages)
        return one->messages > two->messages ? -1 : 1;
    return compare_sources(one, two);
}

static gint
by_failures(gconstpointer a, gconstpointer b)
{
    const gint64 one = survey_failures(*(SurveySource *const *)a);
    const gint64 two = survey_failures(*(SurveySource *const *)b);

    return one != two ? (one > two ? -1 : 1) : by_messages(a, b);
}

gint64
survey_failures(const SurveySource *source)
{
    return source->results[SURVEY_DMARC][RESULT_FAIL] +
           source->results[SURVEY_DMARC][RESULT_PERMERROR];
}

GPtrArray *
survey_sources(const Survey *survey, const Providers *providers, SurveyOrder order)
{
    g_autoptr(GPtrArray) groups = survey_sorted(survey);
    GPtrArray *list = g_ptr_array_new_with_free_func(source_free);
    GTree *known = g_tree_new(compare_sources);

    for (guint i = 0; i < groups->len; i++) {
        SurveyGroup *group = groups->pdata[i];
        const SurveySource key = {.author_domain = group->author_domain,
                                  .name = survey_group_sender(group, providers)};
        SurveySource *source = g_tree_lookup(known, &key);
        if (!source) {
            source = g_memdup2(&key, sizeof key);
            source->first = source->last = RECORD_UNSET;
            source->groups = g_ptr_array_new();
            g_tree_insert(known, source, source);
            g_ptr_array_add(list, source);
        }
        take(source, group);
    }
    g_tree_destroy(known);
    for (guint i = list->len; order == SURVEY_BY_FAILURES && i > 0; i--)
        if (survey_failures(list->pdata[i - 1]) == 0)
            g_ptr_array_remove_index_fast(list, i - 1);
    g_ptr_array_sort(list, order == SURVEY_BY_FAILURES ? by_failures : by_messages);
    return list;
}

gboolean
survey_group_fails(const SurveyGroup *group)
{
    const int result = group->verdicts->result[SURVEY_DMARC];

    return result == RESULT_FAIL || result == RESULT_PERMERROR;
}

const SurveyGroup *
survey_worst_group(const SurveySource *source)
{
    for (guint i = 0; i < source->groups->len; i++)
        if (survey_group_fails(source->groups->pdata[i]))
            return source->groups->pdata[i];
    return source->groups->pdata[0];
}
