/* dmarc-trial.c: DMARC for a change that is tried.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-trial.h"

static DmarcResult *
evaluate(const DmarcQuestion *about, gboolean legacy)
{
    Step *unread = step_add(NULL, "unread", NULL, NULL);
    g_autofree Step **alignments = g_new(Step *, about->identifiers->len);
    DmarcQuestion question = *about;

    for (guint i = 0; i < about->identifiers->len; i++)
        alignments[i] = unread;
    question.legacy = legacy;
    question.policy = unread;
    question.alignments = alignments;
    DmarcResult *result = dmarc_evaluate(&question);
    record_free(&step_type, unread);
    return result;
}

/* RFC 7489 asks the author's name and then the organization's: neither is news where the walk asked it. */
static gboolean
asks_more(const DmarcQuestion *about, const DmarcResult *result)
{
    g_autofree char *org = psl_org_domain(about->psl, about->author);
    g_autofree char *name = g_strconcat("_dmarc.", org, NULL);

    for (guint i = 0; i < result->queries->len; i++)
        if (g_str_equal(result->queries->pdata[i], name))
            return FALSE;
    return TRUE;
}

/* Without a record of RFC 9989's what vouches is RFC 7489's to say (report_identifiers()). */
static gboolean
needs_legacy(const DmarcQuestion *about, const DmarcResult *result)
{
    if (!result->record_domain)
        return TRUE;
    return !g_str_equal(result->record_domain, about->author) && asks_more(about, result);
}

static void
take(DmarcResult **slot, DmarcResult *result)
{
    record_free(&dmarc_result_type, *slot);
    *slot = result;
}

void
dmarc_trial(const DmarcQuestion *about, DmarcPair *results)
{
    take(&results->rfc9989, evaluate(about, FALSE));
    if (needs_legacy(about, results->rfc9989))
        take(&results->rfc7489, evaluate(about, TRUE));
}
