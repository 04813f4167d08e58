/* dmarc-why.c: the known reasons for the two RFCs to disagree, looked for in order.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-why.h"

static void
why(DmarcPair *pair, const char *id, const char *a, const char *b, const char *c)
{
    const char *args[] = { a, b, c };

    pair->why = g_strdup(id);
    for (gsize i = 0; i < G_N_ELEMENTS(args) && args[i]; i++)
        g_ptr_array_add(pair->why_args, g_strdup(args[i]));
}

static gboolean
is_open(const DmarcResult *result)
{
    return result->result == RESULT_TEMPERROR || result->result == RESULT_UNKNOWN;
}

/* The walk asks more names than the list's two questions, so it meets more trouble. */
static gboolean
for_open_answers(DmarcPair *pair)
{
    const gboolean walk = is_open(pair->rfc9989), list = is_open(pair->rfc7489);

    if (walk == list)
        return FALSE;
    if (walk)
        why(pair, "why-walk-open", result_words[pair->rfc9989->result],
            result_words[pair->rfc7489->result], NULL);
    else
        why(pair, "why-list-open", result_words[pair->rfc9989->result],
            result_words[pair->rfc7489->result], NULL);
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
        if (walk->aligned == list->aligned || walk->authenticated != TRI_TRUE)
            continue;
        why(pair, walk->aligned == TRI_TRUE ? "why-aligned-by-walk-only" : "why-aligned-by-list-only",
            walk->domain, pair->rfc9989->org_domain ? pair->rfc9989->org_domain : "?",
            pair->rfc7489->org_domain ? pair->rfc7489->org_domain : "?");
        return TRUE;
    }
    return FALSE;
}

static void
for_policy(DmarcPair *pair)
{
    const DmarcResult *walk = pair->rfc9989, *list = pair->rfc7489;
    const char *a = walk->applied ? walk->applied : "?", *b = list->applied ? list->applied : "?";

    if (g_strcmp0(walk->policy_tag, list->policy_tag) != 0)
        why(pair, "why-policy-tag", walk->policy_tag ? walk->policy_tag : "?",
            list->policy_tag ? list->policy_tag : "?", NULL);
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
    if (!pair->differ || for_open_answers(pair))
        return;
    const gboolean one_record = !walk->record_domain != !list->record_domain;
    if (!(results && !one_record && for_alignment(pair)) && !for_record(pair))
        for_policy(pair);
}
