/* mail-order.c: rows of a list in order, and which of them are seen.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "headers/maildate.h"
#include "tui/list/mail-list-part.h"

/* Of a sort key more bytes are not kept: rows that are alike so far stay in the order found. */
enum { FROM_MAX = 40, SUBJECT_MAX = 56 };

/* Verdicts come one by one: a list sorted by them is put in order again no more often. */
#define RESORT_AFTER G_USEC_PER_SEC

static gboolean
has_failed(guint verdict)
{
    return verdict == MAIL_FAIL || verdict == MAIL_SAID_FAIL;
}

/* It stands on the chart, or beside it. */
static gboolean
is_placed(const MailRow *row)
{
    return row->verdict != MAIL_OPEN && row->verdict != MAIL_UNREADABLE;
}

gboolean
mail_row_in_sight(const MailList *list, guint row)
{
    const MailRow *at = mail_row(list, row);

    if (list->only_group != LIST_ANY_GROUP)
        return is_placed(at) && at->group == list->only_group;
    if (list->only_cell != LIST_ANY_CELL)
        return is_placed(at) && at->spot.own == list->only_cell;
    return !list->only_failed || has_failed(at->verdict);
}

/* Quotes around a name are none of it. */
static void
append_key(GString *keys, const char *text, gsize limit)
{
    text = text ? text : "";
    while (*text == '"' || *text == '\'' || *text == ' ')
        text++;
    g_autofree char *cut =
        g_strndup(text, 4 * limit); /* no letter needs to be folded behind that */
    g_autofree char *valid = g_utf8_make_valid(cut, -1);
    g_autofree char *folded = g_utf8_casefold(valid, -1);

    g_string_append_len(keys, folded, (gssize)MIN(strlen(folded), limit));
    g_string_append_c(keys, '\0');
}

void
mail_order_gather(MailList *list)
{
    MailRow *row = mail_row(list, list->keyed);
    g_autoptr(StoreLine) line = mail_list_line(list, list->keyed);
    g_autofree char *date = NULL;
    gint64 seconds;

    row->keys = (guint32)list->keys->len;
    if (line->date && maildate_parse(line->date, &seconds, &date))
        row->time = seconds;
    append_key(list->keys, line->from, FROM_MAX);
    append_key(list->keys, line->subject, SUBJECT_MAX);
    if (line->fault && row->verdict == MAIL_OPEN)
        mail_list_refuse(list, list->keyed, line->fault);
    list->keyed++;
}

static int
compare_text(const MailList *list, const MailRow *a, const MailRow *b)
{
    const char *left = list->keys->str + a->keys;
    const char *right = list->keys->str + b->keys;

    if (list->sort == MAIL_BY_SUBJECT) {
        left += strlen(left) + 1;
        right += strlen(right) + 1;
    }
    return strcmp(left, right);
}

static int
compare(gconstpointer left, gconstpointer right, gpointer data)
{
    const MailList *list = data;
    const guint32 a = *(const guint32 *)left, b = *(const guint32 *)right;
    const MailRow *one = mail_row(list, a), *other = mail_row(list, b);
    int result = 0;

    switch (list->sort) {
    case MAIL_BY_DATE:
        result = one->time < other->time ? -1 : one->time > other->time;
        break;
    case MAIL_BY_FROM:
    case MAIL_BY_SUBJECT:
        result = compare_text(list, one, other);
        break;
    case MAIL_BY_VERDICT:
        result = (int)one->verdict - (int)other->verdict;
        break;
    case MAIL_BY_NUMBER:
    case MAIL_SORTS:
        break;
    }
    if (result == 0)
        result = a < b ? -1 : a > b;
    return list->reverse ? -result : result;
}

gboolean
mail_order_needs_keys(const MailList *list)
{
    return list->sort == MAIL_BY_DATE || list->sort == MAIL_BY_FROM ||
           list->sort == MAIL_BY_SUBJECT;
}

void
mail_order_sort(MailList *list)
{
    g_array_sort_with_data(list->order, compare, list);
    list->unsorted = FALSE;
    list->sorted_at = g_get_monotonic_time();
}

static void
show_rows(MailList *list)
{
    g_array_set_size(list->order, 0);
    for (guint32 row = 0; row < list->rows->len; row++)
        if (mail_row_in_sight(list, row))
            g_array_append_val(list->order, row);
    list->unsorted = list->sort != MAIL_BY_NUMBER || list->reverse;
    mail_list_stop_search(list);
}

void
mail_list_sort(MailList *list, MailSort sort, gboolean reverse)
{
    list->sort = sort;
    list->reverse = reverse;
    show_rows(list);
    if (!mail_order_needs_keys(list) && mail_list_is_complete(list))
        mail_order_sort(list);
}

MailSort
mail_list_sorted(const MailList *list, gboolean *reverse)
{
    if (reverse)
        *reverse = list->reverse;
    return list->sort;
}

static void
filter(MailList *list, gboolean only_failed, guint cell, guint group)
{
    list->only_failed = only_failed;
    list->only_cell = cell;
    list->only_group = group;
    list->only_like = LIST_NO_ROW;
    show_rows(list);
    if (mail_list_is_complete(list) &&
        (!mail_order_needs_keys(list) || list->keyed == list->rows->len))
        mail_order_sort(list);
}

void
mail_list_filter(MailList *list, gboolean only_failed)
{
    filter(list, only_failed, LIST_ANY_CELL, LIST_ANY_GROUP);
}

void
mail_list_filter_cell(MailList *list, guint cell)
{
    filter(list, FALSE, cell, LIST_ANY_GROUP);
}

void
mail_list_filter_group(MailList *list, guint group)
{
    if (list->only_group == LIST_ANY_GROUP) {
        list->failed_before = list->only_failed;
        list->cell_before = list->only_cell;
    }
    filter(list, FALSE, LIST_ANY_CELL, group);
}

void
mail_list_filter_like(MailList *list, guint row)
{
    const guint group = row < list->rows->len ? mail_row(list, row)->group : SURVEY_NO_GROUP;

    if (group != SURVEY_NO_GROUP)
        mail_list_filter_group(list, group);
    else
        list->only_like = row;
}

void
mail_list_ungroup(MailList *list)
{
    if (list->only_group != LIST_ANY_GROUP)
        filter(list, list->failed_before, list->cell_before, LIST_ANY_GROUP);
}

gboolean
mail_list_filtered(const MailList *list)
{
    return list->only_failed || list->only_cell != LIST_ANY_CELL ||
           list->only_group != LIST_ANY_GROUP;
}

guint
mail_list_cell(const MailList *list)
{
    return list->only_cell;
}

guint
mail_list_group(const MailList *list)
{
    return list->only_group;
}

/* ---- verdicts ---- */

MailVerdict
mail_list_verdict(const MailList *list, guint row)
{
    return (MailVerdict)mail_row(list, row)->verdict;
}

/* The first position whose row does not stand before `row`. */
static guint
place_of(MailList *list, guint32 row)
{
    guint low = 0, high = list->order->len;

    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (compare(&g_array_index(list->order, guint32, middle), &row, list) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

MailVerdict
mail_list_seen_verdict(const MailList *list, guint row)
{
    return list->concealed ? MAIL_OPEN : mail_list_verdict(list, row);
}

void
mail_list_conceal(MailList *list, gboolean concealed)
{
    list->concealed = concealed;
}

/* Takes a row out of the counts, or into them. */
static void
count_row(MailList *list, const MailRow *row, gboolean in)
{
    if (row->verdict == MAIL_OPEN)
        return;
    list->judged += in ? 1 : -1u;
    if (row->verdict == MAIL_UNREADABLE)
        list->unreadable += in ? 1 : -1u;
    else if (in)
        chart_count_add(&list->chart, row->spot);
    else
        chart_count_remove(&list->chart, row->spot);
}

/* It may have come into sight, or left it. */
static void
settle_row(MailList *list, guint32 row, gboolean seen)
{
    if (!mail_list_filtered(list) || seen == mail_row_in_sight(list, row))
        return;
    const guint place = seen ? mail_list_position(list, row) : place_of(list, row);
    if (seen && place != LIST_NO_ROW)
        g_array_remove_index(list->order, place);
    else if (!seen)
        g_array_insert_val(list->order, place, row);
}

void
mail_list_place(MailList *list, guint row, MailVerdict verdict, ChartSpot spot)
{
    MailRow *at = mail_row(list, row);
    const gboolean seen = mail_row_in_sight(list, row);

    count_row(list, at, FALSE);
    at->verdict = (guint8)verdict;
    at->spot = spot;
    count_row(list, at, TRUE);
    if (verdict == MAIL_OPEN)
        list->next_open = MIN(list->next_open, row);
    settle_row(list, row, seen);
    if (list->sort == MAIL_BY_VERDICT && mail_list_is_complete(list) &&
        (list->judged == list->rows->len ||
         g_get_monotonic_time() - list->sorted_at > RESORT_AFTER))
        list->unsorted = TRUE;
}

void
mail_list_judge(MailList *list, guint row, MailVerdict verdict)
{
    mail_list_place(list, row, verdict, (ChartSpot){ CHART_NO_CELL, CHART_NO_CELL });
}

void
mail_list_note_dns(MailList *list, const char *source)
{
    const gboolean live = source && g_str_has_prefix(source, "live");

    list->dns |= !source                    ? 0
                 : strstr(source, "beside") ? LIST_DNS_BESIDE
                 : live                     ? LIST_DNS_LIVE
                                            : LIST_DNS_OTHER;
}

guint
mail_list_dns(const MailList *list)
{
    return list->dns;
}

/* What a process died on is not opened by itself again, whatever verdicts are wanted anew. */
static void
refuse_dead(MailList *list)
{
    GHashTableIter iter;
    gpointer row, fault;

    if (!list->dead)
        return;
    g_hash_table_iter_init(&iter, list->dead);
    while (g_hash_table_iter_next(&iter, &row, &fault))
        mail_list_refuse(list, GPOINTER_TO_UINT(row), fault);
}

void
mail_list_forget_verdicts(MailList *list)
{
    list->dns = 0;
    for (guint i = 0; i < list->rows->len; i++) {
        mail_row(list, i)->verdict = MAIL_OPEN;
        mail_row(list, i)->group = SURVEY_NO_GROUP;
        mail_row(list, i)->spot = (ChartSpot){ CHART_NO_CELL, CHART_NO_CELL };
    }
    list->judged = list->unreadable = list->next_open = 0;
    list->chart = (ChartCount){ 0 };
    mail_survey_reset(list);
    refuse_dead(list);
    if (list->only_group != LIST_ANY_GROUP)     /* there is no such group any more */
        mail_list_ungroup(list);
    else if (mail_list_filtered(list))
        show_rows(list);
}

guint
mail_list_next_open(MailList *list)
{
    while (list->next_open < list->rows->len &&
           mail_row(list, list->next_open)->verdict != MAIL_OPEN)
        list->next_open++;
    return list->next_open < list->rows->len ? list->next_open : LIST_NO_ROW;
}

guint
mail_list_unreadable(const MailList *list)
{
    return list->unreadable;
}

const ChartCount *
mail_list_chart(const MailList *list)
{
    return &list->chart;
}

guint
mail_list_judged(const MailList *list)
{
    return list->judged;
}
