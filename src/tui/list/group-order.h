/* group-order.h: the groups of a list's survey in the order in which they are seen. No screen in it.
 * SPDX-License-Identifier: MIT
 *
 * Groups grow while messages are judged. They are put in order anew from time to time, and no more
 * often than that costs a twentieth of the time, however many there are. */
#pragma once

#include "tui/list/mail-list.h"

typedef struct GroupOrder GroupOrder;

typedef enum { GROUPS_BY_MESSAGES, GROUPS_BY_FAILURES, GROUPS_BY_DATE, GROUPS_SORTS } GroupSort;

GroupOrder *group_order_new(void); /* (transfer full) */
void group_order_free(GroupOrder *order);

void group_order_sort(GroupOrder *order, GroupSort sort, gboolean reverse);
GroupSort group_order_sorted(const GroupOrder *order, gboolean *reverse);
void group_order_filter(GroupOrder *order, gboolean only_failing);
gboolean group_order_filtered(const GroupOrder *order);

/* With what `list` knows by now. */
void group_order_update(GroupOrder *order, const MailList *list);
/* Another one: there may be other groups, or in another order. */
guint group_order_serial(const GroupOrder *order);

guint group_order_count(const GroupOrder *order);
/* Its number in the survey, which may have let it go since. */
guint group_order_id(const GroupOrder *order, guint position);
/* SURVEY_NO_GROUP where it is not in sight. */
guint group_order_position(const GroupOrder *order, guint id);
/* How many messages the largest one in sight has. */
gint64 group_order_most(const GroupOrder *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GroupOrder, group_order_free)
