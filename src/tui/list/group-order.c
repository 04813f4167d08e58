/* group-order.c: numbers of groups, sorted by a few numbers each, so that fifty thousand of them are
 * a matter of milliseconds. SPDX-License-Identifier: MIT */
#include "tui/list/group-order.h"

#include "survey/source.h"

/* Between two orders passes at least this, and so many times what the last one took. */
enum { REST_US = 100000, REST_TIMES = 20 };

typedef struct {
    gint64 count, last;
    guint id;
    gboolean fails;
} Entry;

struct GroupOrder {
    GArray *entries; /* Entry */
    GroupSort sort;
    gboolean reverse, only_failing;
    gboolean stale; /* what was asked for is another order */
    gint64 most;
    gint64 messages;     /* of the survey, then */
    guint survey_serial; /* likewise */
    guint serial;
    gint64 done_at, took; /* microseconds */
};

GroupOrder *
group_order_new(void)
{
    GroupOrder *order = g_new0(GroupOrder, 1);

    order->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    order->stale = TRUE;
    return order;
}

void
group_order_free(GroupOrder *order)
{
    if (!order)
        return;
    g_array_unref(order->entries);
    g_free(order);
}

void
group_order_sort(GroupOrder *order, GroupSort sort, gboolean reverse)
{
    order->sort = sort;
    order->reverse = reverse;
    order->stale = TRUE;
}

GroupSort
group_order_sorted(const GroupOrder *order, gboolean *reverse)
{
    if (reverse)
        *reverse = order->reverse;
    return order->sort;
}

void
group_order_filter(GroupOrder *order, gboolean only_failing)
{
    order->only_failing = only_failing;
    order->stale = TRUE;
}

gboolean
group_order_filtered(const GroupOrder *order)
{
    return order->only_failing;
}

/* ---- putting in order ---- */

/* The larger one first. */
static int
by_size(gint64 a, gint64 b)
{
    return (a < b) - (a > b);
}

/* Of equals the one that was met first. */
static gint
compare(gconstpointer left, gconstpointer right, gpointer data)
{
    const GroupOrder *order = data;
    const Entry *a = left, *b = right;
    int result = 0;

    if (order->sort == GROUPS_BY_FAILURES)
        result = b->fails - a->fails;
    else if (order->sort == GROUPS_BY_DATE)
        result = by_size(a->last, b->last);
    if (result == 0)
        result = by_size(a->count, b->count);
    if (result == 0)
        result = (a->id > b->id) - (a->id < b->id);
    return order->reverse ? -result : result;
}

static void
gather(GroupOrder *order, const MailList *list)
{
    const Survey *survey = mail_list_survey(list);
    const guint end = mail_list_groups_end(list);

    g_array_set_size(order->entries, 0);
    order->most = 0;
    for (guint id = 0; id < end; id++) {
        const SurveyGroup *group = survey_group_at(survey, id);
        if (!group || (order->only_failing && !survey_group_fails(group)))
            continue;
        const Entry entry = {group->count, group->last, id, survey_group_fails(group)};
        g_array_append_val(order->entries, entry);
        order->most = MAX(order->most, group->count);
    }
}

static gboolean
is_due(const GroupOrder *order, const MailList *list)
{
    const gboolean complete =
        mail_list_is_complete(list) && mail_list_judged(list) == mail_list_count(list);

    if (order->stale || order->survey_serial != mail_list_survey_serial(list))
        return TRUE;
    if (order->messages == survey_totals(mail_list_survey(list))->messages)
        return FALSE;
    return complete ||
           g_get_monotonic_time() - order->done_at > MAX(REST_US, REST_TIMES * order->took);
}

void
group_order_update(GroupOrder *order, const MailList *list)
{
    const gint64 begin = g_get_monotonic_time();

    if (!is_due(order, list))
        return;
    gather(order, list);
    g_array_sort_with_data(order->entries, compare, order);
    order->messages = survey_totals(mail_list_survey(list))->messages;
    order->survey_serial = mail_list_survey_serial(list);
    order->stale = FALSE;
    order->serial++;
    order->done_at = g_get_monotonic_time();
    order->took = order->done_at - begin;
}

guint
group_order_serial(const GroupOrder *order)
{
    return order->serial;
}

/* ---- what is in sight ---- */

guint
group_order_count(const GroupOrder *order)
{
    return order->entries->len;
}

guint
group_order_id(const GroupOrder *order, guint position)
{
    return position < order->entries->len ? g_array_index(order->entries, Entry, position).id
                                          : SURVEY_NO_GROUP;
}

guint
group_order_position(const GroupOrder *order, guint id)
{
    for (guint i = 0; i < order->entries->len; i++)
        if (g_array_index(order->entries, Entry, i).id == id)
            return i;
    return SURVEY_NO_GROUP;
}

gint64
group_order_most(const GroupOrder *order)
{
    return order->most;
}
