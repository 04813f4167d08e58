/* dmarc-why.c: the known reasons for the two RFCs to disagree, looked for in order.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-why.h"

#include <string.h>

static void
why(DmarcPair *pair, const char *id, const char *a, const char *b, const char *c)
{
    const char *args[] = { a, b, c };

    pair->why = g_strdup(id);
    for (gsize i = 0; i < G_N_ELEMENTS(args) && args[i]; i++)
        g_ptr_array_add(pair->why_args, g_strdup(args[i]));
}

/* A question of DNS is left open: which record governs, or whether a name that may count is aligned.
 * A check of SPF or DKIM that is open weighs the same for both RFCs and explains no difference. */
static gboolean
is_open(const DmarcResult *result)
{
    if (result->result != RESULT_TEMPERROR && result->result != RESULT_UNKNOWN)
        return FALSE;
    if (!result->record_domain)
        return TRUE;
    for (guint i = 0; i < result->identifiers->len; i++) {
        const Identifier *id = result->identifiers->pdata[i];
        if (id->domain && id->authenticated != TRI_FALSE && id->aligned == TRI_UNKNOWN)
            return TRUE;
    }
    return FALSE;
}

/* The walk asks more names than the list's two questions, so it meets more trouble. */
static gboolean
for_open_answers(DmarcPair *pair)
{
    const gboolean walk = is_open(pair->rfc9989), list = is_open(pair->rfc7489);

    if (!walk && !list)
        return FALSE;
    why(pair, walk && list ? "why-both-open" : walk ? "why-walk-open" : "why-list-open",
        result_words[pair->rfc9989->result], result_words[pair->rfc7489->result], NULL);
    return TRUE;
}

/* Several records, or one that is no valid list: RFC 9989, 4.10 walks on, RFC 7489, 6.6.3 ends
 * there. */
static gboolean
for_ended_search(DmarcPair *pair)
{
    const DmarcResult *walk = pair->rfc9989, *list = pair->rfc7489;
    const gboolean ended = g_strcmp0(list->reason, "several-records") == 0 ||
                           g_strcmp0(list->reason, "record-invalid") == 0;

    if (!ended || !walk->record_domain || list->queries->len == 0 ||
        g_strcmp0(walk->record_domain, list->record_domain) == 0)
        return FALSE;
    const char *asked = list->queries->pdata[list->queries->len - 1];
    why(pair, "why-search-ends", asked + strlen("_dmarc."), walk->record_domain, NULL);
    return TRUE;
}

static gboolean
for_record(DmarcPair *pair)
{
    const DmarcResult *walk = pair->rfc9989, *list = pair->rfc7489;

    if (g_strcmp0(walk->record_domain, list->record_domain) == 0)
        return FALSE;
    if (!list->record_domain)
        why(pair, "why-record-by-walk-only", walk->record_domain, list->org_domain, NULL);
    else if (!walk->record_domain)
        why(pair, "why-record-by-list-only", list->record_domain, NULL, NULL);
    else
        why(pair, "why-other-record", walk->record_domain, list->record_domain, NULL);
    return TRUE;
}

static gboolean
for_alignment(DmarcPair *pair)
{
    const GPtrArray *a = pair->rfc9989->identifiers, *b = pair->rfc7489->identifiers;

    for (guint i = 0; i < a->len && i < b->len; i++) {
        const Identifier *walk = a->pdata[i], *list = b->pdata[i];
        if (walk->aligned == list->aligned || walk->authenticated == TRI_FALSE ||
            walk->aligned == TRI_UNKNOWN || list->aligned == TRI_UNKNOWN)
            continue;
        why(pair, walk->aligned == TRI_TRUE ? "why-aligned-by-walk-only" : "why-aligned-by-list-only",
            walk->domain, pair->rfc9989->org_domain ? pair->rfc9989->org_domain : "?",
            pair->rfc7489->org_domain ? pair->rfc7489->org_domain : "?");
        return TRUE;
    }
    return FALSE;
}

/* One record, read in two ways. */
static void
for_policy(DmarcPair *pair)
{
    const DmarcResult *walk = pair->rfc9989, *list = pair->rfc7489;
    const char *a = walk->applied ? walk->applied : "none", *b = list->applied ? list->applied : "none";

    if (g_strcmp0(walk->reason, "record-invalid") == 0 ||
        (g_strcmp0(walk->policy_tag, "forced") == 0 && g_strcmp0(list->policy_tag, "forced") != 0))
        why(pair, "why-np-invalid", walk->record_domain, b, NULL);
    else if (!walk->policy)
        why(pair, "why-existence-open", walk->record_domain, b, NULL);
    else if (g_strcmp0(walk->policy_tag, list->policy_tag) != 0)
        why(pair, "why-policy-tag", walk->policy_tag, list->policy_tag, NULL);
    else if (g_strcmp0(walk->policy, walk->applied) != 0)
        why(pair, "why-testing", a, b, NULL);
    else
        why(pair, "why-pct", a, b, NULL);
}

void
dmarc_explain_difference(DmarcPair *pair)
{
    const DmarcResult *walk = pair->rfc9989, *list = pair->rfc7489;
    const gboolean results = walk->result != list->result;
    const gboolean policies = walk->result == RESULT_FAIL &&
                              g_strcmp0(walk->applied, list->applied) != 0;

    pair->differ = results || policies;
    if (!pair->differ || for_open_answers(pair) || for_ended_search(pair))
        return;
    const gboolean one_record = !walk->record_domain != !list->record_domain;
    if (!(results && !one_record && for_alignment(pair)) && !for_record(pair))
        for_policy(pair);
}
