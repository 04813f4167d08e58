/* dmarc-author.c: the alignment tree of one author domain, and DMARC for it by both RFCs side by side.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-author.h"

#include <string.h>

#include "auth/dmarc-kept.h"
#include "auth/fidelity.h"
#include "base/room.h"

/* ---- the tree's branches, made before the evaluation fills in their outcomes ---- */

typedef struct {
    Step      *root;
    Step      *policy;
    GPtrArray *vouches;         /* Step, one group for each identifier */
    GPtrArray *alignments;      /* Step, inside it */
    const DmarcHalf *found;     /* what an earlier message of the same has of it; or NULL */
} Branches;

Step *
author_step(Step *root, const Report *report, const char *author, gboolean legacy)
{
    g_autoptr(GString) shown = g_string_new(NULL);

    for (guint i = 0; i < report->from->addresses->len && i < AUTHOR_SHOWN_MAX; i++) {
        const Mailbox *mailbox = report->from->addresses->pdata[i];
        const char *name = mailbox->address ? mailbox->address : mailbox->domain;
        if (!name)
            continue;
        if (shown->len > 0)
            room_append(shown, ", ", 2);
        room_append(shown, name, strlen(name));
    }
    Step *step = step_add(root, "author", legacy ? "RFC 7489, 6.6.1" : "RFC 9989, 5.3.1", shown->len ? shown->str : "?",
                          author ? author : "", NULL);
    evidence_copy_into(step->evidence, report->from->evidence);
    const Provenance known = evidence_provenance(report->from->evidence);
    step_input(step, "author-domain", author, known);
    return step_decide(step, author ? RESULT_INFO : RESULT_NONE, known);
}

/* The envelope's name, with what was found out about HELO folded into it. */
static void
spf_identity_step(Step *group, const Report *report, Step *helo)
{
    const EnvelopeItem *from = report->envelope->mail_from;
    const SpfResult *spf = report->spf->mail_from;
    const gboolean null_sender = envelope_is_null_sender(report->envelope);
    const char *address = from->address ? from->address : from->value;  /* a bare domain will do */
    Step *step = step_add(group, null_sender ? "spf-identity-null" : "spf-identity",
                          "RFC 7208, 2.4", spf->domain ? spf->domain : "?",
                          address ? address : "?", NULL);

    step_input(step, "mail-from", address, (Provenance)from->provenance);
    step_input(step, "helo", report->envelope->helo->value,
               (Provenance)report->envelope->helo->provenance);
    evidence_copy_into(step->evidence, from->evidence);
    step_decide(step, spf->domain ? RESULT_INFO : RESULT_UNKNOWN,
                spf->domain ? (Provenance)from->provenance : PROVENANCE_UNKNOWN);
    step->folded = TRUE;
    if (helo)
        g_ptr_array_add(step->children, helo);
}

static void
dkim_identity_step(Step *group, const DkimResult *signature)
{
    Step *step = step_add(group, "dkim-domain", "RFC 9989, 4.4.1",
                          signature->domain ? signature->domain : "?",
                          signature->selector ? signature->selector : "?", NULL);

    evidence_copy_into(step->evidence, signature->evidence);
    const Provenance known = evidence_provenance(signature->evidence);
    step_input(step, "identifier-domain", signature->domain, known);
    step_decide(step, RESULT_INFO, known);
}

/* Both names that are compared stand in the message: so does the evidence. `known`: all but that, or NULL. */
static Step *
alignment_step(Step *group, const Report *report, const Identifier *identifier, const char *author, Step *known)
{
    Step *step = known ? record_copy_sharing(&step_type, known)
                       : step_add(NULL, "alignment", "RFC 9989, 3.2.10",
                                  identifier->domain ? identifier->domain : "?", author,
                                  identifier->mechanism, NULL);

    g_ptr_array_add(group->children, step);
    if (identifier->signature != RECORD_UNSET)
        evidence_copy_into(step->evidence,
                           ((const DkimResult *)report->dkim->pdata[identifier->signature])->evidence);
    else if (g_str_equal(identifier->mechanism, "spf"))
        evidence_copy_into(step->evidence, report->envelope->mail_from->evidence);
    evidence_copy_into(step->evidence, report->from->evidence);
    step->folded = TRUE;
    return step;
}

void
author_hang(Step *group, Step *child)
{
    if (child)
        g_ptr_array_add(group->children, child);
}

/* One branch "does this identifier vouch for From:?". Without notes (the legacy tree) only its alignment. */
static void
add_identifier(Branches *branches, const Report *report, const Identifier *identifier,
               const char *author, gboolean legacy, DmarcNotes *notes)
{
    const gboolean spf = g_str_equal(identifier->mechanism, "spf");
    const gboolean own = spf ? identifier->basis != PROVENANCE_REPORTED
                             : identifier->signature != RECORD_UNSET;
    const gboolean first_spf = spf && branches->vouches->len == 0;
    const char *id = first_spf ? "spf-vouches" : !spf && own ? "dkim-vouches" : "reported-vouches";
    Step *group = step_add(branches->root, id, legacy ? "RFC 7489, 3.1" : "RFC 9989, 4.4",
                           identifier->domain ? identifier->domain : "?", author,
                           identifier->reported ? identifier->reported : "", NULL);

    group->group = TRUE;
    if (notes && first_spf) {
        spf_identity_step(group, report, g_steal_pointer(&notes->spf_helo));
        author_hang(group, g_steal_pointer(&notes->spf_mail_from));
    } else if (notes && identifier->signature != RECORD_UNSET) {
        dkim_identity_step(group, report->dkim->pdata[identifier->signature]);
        author_hang(group, g_steal_pointer(&notes->dkim->pdata[identifier->signature]));
    }
    Step *known = branches->found ? branches->found->alignments->pdata[branches->vouches->len] : NULL;
    g_ptr_array_add(branches->vouches, group);
    g_ptr_array_add(branches->alignments, alignment_step(group, report, identifier, author, known));
}

static Step *
policy_step(const Branches *branches, const char *author, gboolean legacy)
{
    if (branches->found) {
        author_hang(branches->root, record_share(&step_type, branches->found->policy));
        return branches->found->policy;
    }
    Step *step = step_add(branches->root, "policy", legacy ? "RFC 7489, 6.6.3" : "RFC 9989, 4.10.1", author, NULL);
    step->folded = TRUE;
    return step;
}

static void
branches_make(Branches *branches, const Report *report, const GPtrArray *identifiers,
              const char *author, gboolean legacy, const DmarcHalf *found, DmarcNotes *notes)
{
    const char *rule = legacy ? "RFC 7489, 6.6.2" : "RFC 9989, 5.3";

    branches->found = found;
    branches->root = step_add(NULL, "dmarc", rule, author, NULL);
    branches->root->group = FALSE;
    author_step(branches->root, report, author, legacy);
    branches->policy = policy_step(branches, author, legacy);
    branches->vouches = g_ptr_array_new();
    branches->alignments = g_ptr_array_new();
    for (guint i = 0; i < identifiers->len; i++)
        add_identifier(branches, report, identifiers->pdata[i], author, legacy, notes);
    const char *signer = legacy ? "RFC 7489, 3.1.1" : "RFC 9989, 4.4.1";
    if (fidelity_hides_signatures(report))
        step_decide(step_add(branches->root, "dkim-not-pasted", signer, NULL),
                    RESULT_UNKNOWN, PROVENANCE_UNKNOWN);
    else if (report->dkim->len == 0)
        step_decide(step_add(branches->root, "dkim-none", signer, NULL), RESULT_NONE,
                    evidence_provenance(report->from->evidence));
    if (notes)      /* RFC 9989, 5.3: what ARC says is for the receiver's own judgement, never for DMARC's */
        author_hang(branches->root, g_steal_pointer(&notes->arc));
}

/* Authenticated and aligned: yes; one of them no: no; else open. */
static Result
vouches_result(const Identifier *identifier)
{
    if (identifier->authenticated == TRI_FALSE || identifier->aligned == TRI_FALSE)
        return RESULT_NO;
    if (identifier->authenticated == TRI_TRUE && identifier->aligned == TRI_TRUE)
        return RESULT_YES;
    return RESULT_UNKNOWN;
}

static void
branches_settle(const Branches *branches, const DmarcResult *result)
{
    for (guint i = 0; i < branches->vouches->len; i++) {
        const Identifier *identifier = result->identifiers->pdata[i];
        const Result outcome = vouches_result(identifier);
        step_decide(branches->vouches->pdata[i], outcome,
                    outcome == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN
                                              : (Provenance)identifier->basis);
    }
    step_arg(branches->root, result->reason);
    step_arg(branches->root, result->applied ? result->applied : "");
    step_decide(branches->root, (Result)result->result,
                result->result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
}

/* The other RFC's outcome beside each step that both know: beside what follows from names and DNS alone … */
static void
alignments_compare(const Branches *own, const Branches *legacy)
{
    own->policy->legacy = legacy->policy->result;
    for (guint i = 0; i < own->alignments->len && i < legacy->alignments->len; i++)
        ((Step *)own->alignments->pdata[i])->legacy = ((Step *)legacy->alignments->pdata[i])->result;
}

/* … and beside what is this message's own. */
static void
branches_compare(const Branches *own, const Branches *legacy)
{
    own->root->legacy = legacy->root->result;
    for (guint i = 0; i < own->vouches->len && i < legacy->vouches->len; i++)
        ((Step *)own->vouches->pdata[i])->legacy = ((Step *)legacy->vouches->pdata[i])->result;
}

static void
branches_clear(Branches *branches)
{
    g_ptr_array_unref(branches->vouches);
    g_ptr_array_unref(branches->alignments);
}

/* ---- both RFCs ---- */

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

    for (guint i = 0; i < branches->alignments->len; i++)
        count += ((const Step *)branches->alignments->pdata[i])->evidence->len;
    return count;
}

static DmarcHalf
half_of(const Branches *branches, DmarcResult *result)
{
    return (DmarcHalf){ result, branches->policy, branches->alignments };
}

static void
judge_anew(const DmarcQuestion *ask, const Branches *own, const Branches *legacy, AuthorVerdict *verdict)
{
    verdict->rfc9989 = evaluate(ask, FALSE, own);
    verdict->rfc7489 = evaluate(ask, TRUE, legacy);
    alignments_compare(own, legacy);
}

/* What is to be said about a record belongs to each message that rests on it: then nothing is kept. */
static void
judge_and_keep(const DmarcQuestion *ask, const char *key, const Branches *own, const Branches *legacy, AuthorVerdict *verdict)
{
    const guint said = ask->findings->len, evidence = count_evidence(own) + count_evidence(legacy);
    Earlier earlier = earlier_begin(ask->resolver, NULL);

    judge_anew(ask, own, legacy, verdict);
    const DmarcHalf first = half_of(own, verdict->rfc9989), second = half_of(legacy, verdict->rfc7489);
    const gboolean alone = ask->findings->len == said && count_evidence(own) + count_evidence(legacy) == evidence;
    dmarc_kept_end(ask, key, &earlier, alone ? &first : NULL, alone ? &second : NULL);
}

/* `ask` names the author domain; by which RFC and into which branches is filled in here. */
AuthorVerdict
author_judge(const DmarcQuestion *ask, DmarcNotes *notes)
{
    g_autofree char *key = dmarc_kept_key(ask);
    const DmarcFound *found = dmarc_kept_find(ask, key);
    Branches own, legacy;
    AuthorVerdict verdict;

    branches_make(&own, ask->report, ask->identifiers, ask->author, FALSE, found ? &found->rfc9989 : NULL, notes);
    branches_make(&legacy, ask->report, ask->identifiers, ask->author, TRUE, found ? &found->rfc7489 : NULL, NULL);
    if (found) {
        verdict.rfc9989 = record_share(&dmarc_result_type, found->rfc9989.result);
        verdict.rfc7489 = record_share(&dmarc_result_type, found->rfc7489.result);
    } else if (key) {
        judge_and_keep(ask, key, &own, &legacy, &verdict);
    } else {
        judge_anew(ask, &own, &legacy, &verdict);
    }
    branches_settle(&own, verdict.rfc9989);
    branches_settle(&legacy, verdict.rfc7489);
    branches_compare(&own, &legacy);
    verdict.tree = own.root;
    verdict.tree_7489 = legacy.root;
    branches_clear(&own);
    branches_clear(&legacy);
    return verdict;
}
