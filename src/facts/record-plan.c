/* record-plan.c: plans of record types.
 * SPDX-License-Identifier: MIT */
#include "facts/record-plan.h"

#include "base/spare.h"
#include "facts/record-slot.h"

static void
add_field(RecordPlan *plan, const RecordField *f)
{
    switch (f->kind) {
    case RECORD_STRING: case RECORD_DOMAIN:
        plan->texts[plan->n_texts++] = f->offset;
        break;
    case RECORD_STRINGS: case RECORD_SPANS: case RECORD_LIST: case RECORD_PAIRS:
        plan->lists[plan->n_lists++] = f;
        break;
    case RECORD_BLOB: case RECORD_ONE:
        plan->others[plan->n_others++] = f;
        break;
    case RECORD_INT:
        *SLOT(plan->blank, f, gint64) = RECORD_UNSET;
        break;
    case RECORD_REAL: case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD: case RECORD_ID:
        break;
    }
}

static void
plan_free(RecordPlan *plan)
{
    g_free(plan->blank);
    g_free(plan->texts);
    g_free(plan->lists);
    g_free(plan->others);
    g_free(plan);
}

/* A number for each: no two types ever have the same, whichever thread asks. */
static guint
next_number(void)
{
    static gint given;
    const gint number = g_atomic_int_add(&given, 1);

    return number < SPARE_KINDS ? (guint)number : SPARE_KINDS;
}

const RecordPlan *
record_plan_make(const RecordType *type)
{
    RecordPlan *plan = g_new0(RecordPlan, 1);

    plan->blank = g_malloc0(type->size);
    plan->texts = g_new(gsize, type->count);
    plan->lists = g_new(const RecordField *, type->count);
    plan->others = g_new(const RecordField *, type->count);
    for (const RecordField *f = type->fields; f->name; f++) {
        if (f == type->fields + type->head)
            plan->head_lists = plan->n_lists;
        add_field(plan, f);
    }
    plan->like = type->head > 0 ? next_number() : SPARE_KINDS;
    plan->number = plan->n_lists <= RECORD_PLAN_LISTS ? next_number() : SPARE_KINDS;
    if (g_atomic_pointer_compare_and_exchange(type->plan, NULL, plan))
        return plan;
    plan_free(plan);        /* another thread was faster */
    return g_atomic_pointer_get(type->plan);
}
