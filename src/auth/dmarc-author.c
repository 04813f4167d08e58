/* dmarc-author.c: DMARC for one author domain by both RFCs side by side, like an earlier message's or anew.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-author.h"

#include "auth/dmarc-kept.h"

static DmarcResult *
evaluate(const DmarcQuestion *ask, gboolean legacy, const Branches *branches)
{
    DmarcQuestion question = *ask;

    question.legacy = legacy;
    question.policy = branches->policy;
    question.alignments = branches->alignments;
    return dmarc_evaluate(&question);
}

/* Evidence that an alignment rests on besides what its message has. */
static guint
count_evidence(const Branches *branches)
{
    guint count = branches->policy->evidence->len;

    for (guint i = 0; i < branches->count; i++)
        count += branches->alignments[i]->evidence->len;
    return count;
}

static void
judge_anew(const DmarcQuestion *ask, const Branches *own, const Branches *legacy, AuthorVerdict *verdict)
{
    verdict->rfc9989 = evaluate(ask, FALSE, own);
    verdict->rfc7489 = evaluate(ask, TRUE, legacy);
    branches_settle(own, verdict->rfc9989);
    branches_settle(legacy, verdict->rfc7489);
    branches_compare(own, legacy);
}

/* What is to be said about a record belongs to each message that rests on it: then nothing is kept. */
static void
judge_and_keep(const DmarcQuestion *ask, const char *key, const Branches *own, const Branches *legacy, AuthorVerdict *verdict)
{
    const guint said = ask->findings->len, evidence = count_evidence(own) + count_evidence(legacy);
    Earlier earlier = earlier_begin(ask->resolver, NULL);

    judge_anew(ask, own, legacy, verdict);
    const DmarcHalf first = { verdict->rfc9989, *own }, second = { verdict->rfc7489, *legacy };
    const gboolean alone = ask->findings->len == said && count_evidence(own) + count_evidence(legacy) == evidence;
    dmarc_kept_end(ask, key, &earlier, alone ? &first : NULL, alone ? &second : NULL);
}

AuthorVerdict
author_judge(const DmarcQuestion *ask, DmarcNotes *notes)
{
    g_autofree char *key = dmarc_kept_key(ask);
    const DmarcFound *found = dmarc_kept_find(ask, key);
    Branches own = branches_make(ask, NULL, found ? &found->rfc9989.branches : NULL, notes);
    Branches legacy = branches_make(ask, &own, found ? &found->rfc7489.branches : NULL, NULL);
    AuthorVerdict verdict = { .tree = own.root, .tree_7489 = legacy.root };

    if (found) {
        verdict.rfc9989 = record_share(&dmarc_result_type, found->rfc9989.result);
        verdict.rfc7489 = record_share(&dmarc_result_type, found->rfc7489.result);
    } else if (key) {
        judge_and_keep(ask, key, &own, &legacy, &verdict);
    } else {
        judge_anew(ask, &own, &legacy, &verdict);
    }
    branches_clear(&own);
    branches_clear(&legacy);
    return verdict;
}
