/* survey.c: rows are counted, groups are kept.
 * SPDX-License-Identifier: MIT */
#include "survey/survey.h"

struct Survey {
    SurveyTotals totals;
    GTree *groups; /* SurveyGroup by survey_group_compare(): no names make it slow, as they might a
                      hash table */
    GHashTable *by_id; /* the same, by their number */
    guint next_id;
    LookalikeNames *names; /* domains of From:; NULL: they are not compared */
};

#define REC SurveyFault
static const RecordField fault_fields[] = {
    {"place", RECORD_ONE, offsetof(REC, place), &survey_place_type, NULL, RECORD_SHOWN},
    {"text", RECORD_STRING, offsetof(REC, text), NULL, NULL, RECORD_SHOWN},
    {NULL}};
#undef REC
const RecordType survey_fault_type = {"fault", sizeof(SurveyFault), fault_fields};

static gint
compare_groups(gconstpointer a, gconstpointer b)
{
    return survey_group_compare(a, b);
}

Survey *
survey_new(void)
{
    Survey *survey = g_new0(Survey, 1);

    survey->groups = g_tree_new(compare_groups);
    survey->by_id = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL,
                                          (GDestroyNotify)survey_group_free);
    survey->totals.faults = g_ptr_array_new();
    survey->totals.first = survey->totals.last = RECORD_UNSET;
    return survey;
}

void
survey_free(Survey *survey)
{
    if (!survey)
        return;
    g_tree_destroy(survey->groups);
    g_hash_table_destroy(survey->by_id);
    for (guint i = 0; i < survey->totals.faults->len; i++)
        record_free(&survey_fault_type, survey->totals.faults->pdata[i]);
    g_ptr_array_unref(survey->totals.faults);
    lookalike_names_free(survey->names);
    g_free(survey);
}

void
survey_compare_names(Survey *survey, const Lookalikes *data)
{
    g_clear_pointer(&survey->names, lookalike_names_free);
    survey->names = data ? lookalike_names_new(data) : NULL;
}

static void
take_name(Survey *survey, const char *domain, gint64 messages)
{
    if (survey->names && domain)
        lookalike_names_add(survey->names, domain, messages);
}

/* ---- totals ---- */

static void
take_verdicts(SurveyTotals *totals, const SurveyVerdicts *verdicts, gint64 count)
{
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        totals->results[i][verdicts->result[i]] += count;
}

static int
compare_places(const SurveyPlace *a, const SurveyPlace *b)
{
    const int order = g_strcmp0(a->path, b->path);

    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* The first ones stay; messages come in about that order. */
static void
take_fault(SurveyTotals *totals, const char *path, gint64 index, const char *text)
{
    GPtrArray *faults = totals->faults;
    const SurveyPlace place = {(char *)path, index};
    guint at = faults->len;

    while (at > 0 && compare_places(((SurveyFault *)faults->pdata[at - 1])->place, &place) > 0)
        at--;
    if (at >= SURVEY_FAULTS_MAX)
        return;
    SurveyFault *fault = record_new(&survey_fault_type);
    fault->place = record_copy(&survey_place_type, &place);
    fault->text = g_strdup(text);
    g_ptr_array_insert(faults, (gint)at, fault);
    if (faults->len > SURVEY_FAULTS_MAX) {
        record_free(&survey_fault_type, faults->pdata[SURVEY_FAULTS_MAX]);
        g_ptr_array_set_size(faults, SURVEY_FAULTS_MAX);
    }
}

void
survey_take_totals(Survey *survey, const SurveyTotals *more)
{
    SurveyTotals *totals = &survey->totals;

    totals->messages += more->other;
    totals->other += more->other;
    totals->unreadable += more->unreadable;
    totals->elsewhere += more->elsewhere;
    totals->part = totals->part || more->part;
    survey_take_dates(&totals->first, &totals->last, more->first, more->last);
    chart_count_join(&totals->chart, &more->chart);
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        for (guint k = 0; k < SURVEY_RESULTS; k++)
            totals->results[i][k] += more->results[i][k];
    for (guint i = 0; i < more->faults->len; i++) {
        const SurveyFault *fault = more->faults->pdata[i];
        take_fault(totals, fault->place->path, fault->place->index, fault->text);
    }
}

/* ---- groups ---- */

static gint
order_groups(gconstpointer a, gconstpointer b)
{
    return survey_group_order(*(SurveyGroup *const *)a, *(SurveyGroup *const *)b);
}

GPtrArray *
survey_sorted(const Survey *survey)
{
    GPtrArray *list = g_ptr_array_sized_new(survey_groups(survey));
    GHashTableIter iter;
    gpointer group;

    g_hash_table_iter_init(&iter, survey->by_id);
    while (g_hash_table_iter_next(&iter, NULL, &group))
        g_ptr_array_add(list, group);
    g_ptr_array_sort(list, order_groups);
    return list;
}

static void
let_go(Survey *survey, SurveyGroup *group)
{
    survey->totals.other += group->count;
    g_tree_remove(survey->groups, group);
    g_hash_table_remove(survey->by_id, GUINT_TO_POINTER(group->id));
}

/* Half of them at once, so that the sorting is paid by as many messages as there are groups. What
 * sends often stays, however many others send once. */
static void
make_room(Survey *survey)
{
    g_autoptr(GPtrArray) list = survey_sorted(survey);

    for (guint i = SURVEY_GROUPS_MAX / 2; i < list->len; i++)
        let_go(survey, list->pdata[i]);
}

/* Takes `group` over. */
static SurveyGroup *
insert(Survey *survey, SurveyGroup *group)
{
    if (survey_groups(survey) >= SURVEY_GROUPS_MAX)
        make_room(survey);
    group->id = survey->next_id++;
    g_tree_insert(survey->groups, group, group);
    g_hash_table_insert(survey->by_id, GUINT_TO_POINTER(group->id), group);
    return group;
}

static gint
search_row(gconstpointer key, gconstpointer row)
{
    return -survey_group_compare_row(key, row);
}

guint
survey_add(Survey *survey, const SurveyRow *row)
{
    SurveyTotals *totals = &survey->totals;

    if (row->fault) {
        totals->unreadable++;
        take_fault(totals, row->path, row->index, row->fault);
        return SURVEY_NO_GROUP;
    }
    totals->messages++;
    survey_take_dates(&totals->first, &totals->last, row->date, row->date);
    take_verdicts(totals, row->verdicts, 1);
    take_name(survey, row->author_domain, 1);
    chart_count_add(&totals->chart, (ChartSpot){(guint8)row->own, (guint8)row->told});
    SurveyGroup *group = g_tree_search(survey->groups, search_row, row);
    if (group)
        survey_group_add(group, row);
    else
        group = insert(survey, survey_group_new(row));
    return group->id;
}

void
survey_add_elsewhere(Survey *survey)
{
    survey->totals.elsewhere++;
}

void
survey_take_group(Survey *survey, SurveyGroup *group)
{
    SurveyGroup *known = g_tree_lookup(survey->groups, group);

    survey->totals.messages += group->count;
    take_name(survey, group->author_domain, group->count);
    if (known) {
        survey_group_join(known, group);
        survey_group_free(group);
    } else {
        insert(survey, group);
    }
}

static SurveyGroup *
copy_group(const SurveyGroup *group)
{
    SurveyGroup *copy = record_copy(&survey_group_type, group);

    copy->chart = group->chart;
    return copy;
}

void
survey_merge(Survey *survey, const Survey *part)
{
    g_autoptr(GPtrArray) list = survey_sorted(part);

    survey_take_totals(survey, &part->totals);
    for (guint i = 0; i < list->len; i++)
        survey_take_group(survey, copy_group(list->pdata[i]));
}

void
survey_set_part(Survey *survey)
{
    survey->totals.part = TRUE;
}

/* ---- what is known ---- */

const SurveyTotals *
survey_totals(const Survey *survey)
{
    return &survey->totals;
}

guint
survey_groups(const Survey *survey)
{
    return g_hash_table_size(survey->by_id);
}

const SurveyGroup *
survey_group_at(const Survey *survey, guint id)
{
    return g_hash_table_lookup(survey->by_id, GUINT_TO_POINTER(id));
}

const char *
survey_looks_like(const Survey *survey, const char *author_domain)
{
    return survey->names && author_domain ? lookalike_names_like(survey->names, author_domain) : NULL;
}
