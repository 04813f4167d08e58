/* cause.c: which step of the tree the verdict turns at.
 * SPDX-License-Identifier: MIT */
#include "analysis/cause.h"

static Step *
find_step(Step *step, const char *id, gboolean failing)
{
    if (g_str_equal(step->id, id) &&
        (!failing || (step->result != RESULT_YES && step->result != RESULT_PASS)))
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        Step *found = find_step(step->children->pdata[i], id, failing);
        if (found)
            return found;
    }
    return NULL;
}

/* What is open hangs on the first step that nobody could settle: without the policy all the rest is
 * idle. */
static Step *
find_open(Step *step)
{
    if (step->result != RESULT_UNKNOWN && step->result != RESULT_TEMPERROR)
        return NULL;
    for (guint i = 0; i < step->children->len; i++) {
        Step *found = find_open(step->children->pdata[i]);
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
    const int result = report->dmarc->rfc9989->result;
    Step *cause = NULL;

    if (!report->tree || result == RESULT_PASS)
        return;
    if (report->advice->len > 0) {
        const Advice *advice = report->advice->pdata[0];
        cause = advice->turns ? find_step(report->tree, advice->turns, FALSE) : NULL;
    }
    if (!cause && (result == RESULT_UNKNOWN || result == RESULT_TEMPERROR))
        cause = find_open(report->tree);
    if (!cause && result == RESULT_NONE)
        cause = find_step(report->tree, "policy", FALSE);
    for (gsize i = 0; !cause && i < G_N_ELEMENTS(fallback); i++)
        cause = find_step(report->tree, fallback[i], TRUE);
    if (cause)
        cause->cause = TRUE;
}
