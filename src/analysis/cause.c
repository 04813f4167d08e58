/* cause.c: which step of the tree the verdict turns at.
 * SPDX-License-Identifier: MIT */
#include "analysis/cause.h"

#include "auth/step.h"
#include "tree/seek.h"

static const Step *
find_failing(const Step *step, const char *id)
{
    if (g_str_equal(step->id, id) && step->result != RESULT_YES && step->result != RESULT_PASS)
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        const Step *found = find_failing(step->children->pdata[i], id);
        if (found)
            return found;
    }
    return NULL;
}

/* The step that the likeliest advice turns, where it may stand for the cause: what holds cannot. */
static const Step *
find_turned(const Report *report)
{
    const Advice *advice = report->advice->len > 0 ? report->advice->pdata[0] : NULL;
    const Step *step = advice && advice->turns
                           ? seek_step(report->tree, advice->turns, advice->args) : NULL;

    return step && step->result != RESULT_YES && step->result != RESULT_PASS ? step : NULL;
}

/* What is open hangs on the first step that nobody could settle: without the policy all the rest is
 * idle. */
static const Step *
find_open(const Step *step)
{
    if (step->result != RESULT_UNKNOWN && step->result != RESULT_TEMPERROR)
        return NULL;
    for (guint i = 0; i < step->children->len; i++) {
        const Step *found = find_open(step->children->pdata[i]);
        if (found)
            return found;
    }
    return step->group || g_str_equal(step->id, "policy-query") ? NULL : step;
}

/* The step that the likeliest advice would turn, else the first thing that did not hold. */
void
cause_mark(Report *report)
{
    static const char *const fallback[] = { "alignment", "spf-check", "spf-assumed",
                                             "dkim-check", "dkim-assumed", "policy" };
    const int result = report_dmarc(report)->result;

    if (!report->tree || result == RESULT_PASS)
        return;
    const Step *cause = find_turned(report);
    if (!cause && (result == RESULT_UNKNOWN || result == RESULT_TEMPERROR))
        cause = find_open(report->tree);
    if (!cause && result == RESULT_NONE)
        cause = seek_step(report->tree, "policy", NULL);
    for (gsize i = 0; !cause && i < G_N_ELEMENTS(fallback); i++)
        cause = find_failing(report->tree, fallback[i]);
    if (cause)
        step_own(report->tree, cause)->cause = TRUE;
}

static void
clear(Step *step)
{
    if (step->cause)
        step->cause = FALSE;
    for (guint i = 0; i < step->children->len; i++)
        clear(step->children->pdata[i]);
}

void
cause_move(Report *report)
{
    if (report->tree)
        clear(report->tree);
    cause_mark(report);
}
