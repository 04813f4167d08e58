/* record-plan.h: what of a table making and freeing a record need, found once for each type.
 * SPDX-License-Identifier: MIT
 *
 * Most fields need nothing: a report is 250 records of 2,300 fields, of which 900 are texts and 300 are lists. */
#pragma once

#include "facts/record.h"

/* Records with more lists are not put aside. */
#define RECORD_PLAN_LISTS 16

struct RecordPlan {
    guint               number;     /* from 0; SPARE_KINDS: none is put aside */
    guint               like;       /* the same of those that are like another: these have no lists for the first fields … */
    guint               head_lists; /* … and those would be so many */
    gpointer            blank;      /* a record as it is made, but for its lists */
    guint               n_texts, n_lists, n_others;
    gsize              *texts;      /* where those stand that are freed */
    const RecordField **lists;      /* STRINGS, SPANS, LIST, PAIRS */
    const RecordField **others;     /* what else is freed */
};

/* The first that asks makes it. (transfer none) */
const RecordPlan *record_plan_make(const RecordType *type);

/* NULL: the type has no place for one. */
static inline const RecordPlan *
record_plan(const RecordType *type)
{
    const RecordPlan *plan = type->plan ? g_atomic_pointer_get(type->plan) : NULL;

    return plan || !type->plan ? plan : record_plan_make(type);
}
