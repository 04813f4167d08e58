/* dmarc-branches.c: the branches of an alignment tree, made before the evaluation fills in their outcomes.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-branches.h"

#include <string.h>

#include "base/room.h"
#include "headers/identities.h"

/* A step that an earlier message has, too. */
static Step *
again(const DmarcQuestion *ask, Step *known)
{
    return ask->edited ? record_copy(&step_type, known) : step_again(known);
}

/* ---- the author ---- */

static const char *
shown_name(const Mailbox *mailbox)
{
    return mailbox->address ? mailbox->address : mailbox->domain;
}

/* (transfer full) */
static char *
shown_names(const GPtrArray *addresses)
{
    if (addresses->len == 1 && shown_name(addresses->pdata[0]))
        return g_strdup(shown_name(addresses->pdata[0]));
    GString *shown = g_string_new(NULL);
    for (guint i = 0; i < addresses->len && i < AUTHOR_SHOWN_MAX; i++) {
        const char *name = shown_name(addresses->pdata[i]);
        if (!name)
            continue;
        if (shown->len > 0)
            room_append(shown, ", ", 2);
        room_append(shown, name, strlen(name));
    }
    if (shown->len == 0)
        room_append_c(shown, '?');
    return g_string_free(shown, FALSE);
}

/* But for the input. `shown`: transfer full. */
static Step *
name_author(Step *root, char *shown, const Report *report, const char *author, gboolean legacy)
{
    Step *step = step_add(root, "author", legacy ? "RFC 7489, 6.6.1" : "RFC 9989, 5.3.1", NULL);

    g_ptr_array_add(step->args, shown);
    step_arg(step, author ? author : "");
    evidence_copy_into(step->evidence, report->from->evidence);
    return step_decide(step, author ? RESULT_INFO : RESULT_NONE, evidence_provenance(report->from->evidence));
}

Step *
branches_author(Step *root, const Report *report, const char *author, gboolean legacy)
{
    Step *step = name_author(root, shown_names(report->from->addresses), report, author, legacy);

    return step_input(step, "author-domain", author, (Provenance)step->provenance);
}

/* The second tree names the same author by another rule. */
static Step *
author_branch(Step *root, const DmarcQuestion *ask, const Branches *beside, const Branches *like)
{
    char *shown = beside ? g_strdup(beside->author->args->pdata[0]) : shown_names(ask->report->from->addresses);
    Step *step = name_author(root, shown, ask->report, ask->author, beside != NULL);

    if (!like || ask->edited)
        return step_input(step, "author-domain", ask->author, (Provenance)step->provenance);
    step_inputs_like(step, like->author);
    return step;
}

/* ---- the names that vouch for it ---- */

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
    step_hang(step, helo);
}

static Step *
dkim_identity_step(Step *group, const DmarcQuestion *ask, const DkimResult *signature, Step *known)
{
    if (known) {
        Step *step = again(ask, known);
        evidence_copy_into(step->evidence, signature->evidence);
        step_hang(group, step);
        return step;
    }
    Step *step = step_add(group, "dkim-domain", "RFC 9989, 4.4.1",
                          signature->domain ? signature->domain : "?",
                          signature->selector ? signature->selector : "?", NULL);
    evidence_copy_into(step->evidence, signature->evidence);
    const Provenance provenance = evidence_provenance(signature->evidence);
    step_input(step, "identifier-domain", signature->domain, provenance);
    return step_decide(step, RESULT_INFO, provenance);
}

/* Both names that are compared stand in the message: so does the evidence. */
static Step *
alignment_step(Step *group, const DmarcQuestion *ask, const Identifier *identifier, Step *known)
{
    const Report *report = ask->report;
    Step *step = known ? again(ask, known)
                       : step_add(NULL, "alignment", "RFC 9989, 3.2.10",
                                  identifier->domain ? identifier->domain : "?", ask->author,
                                  identifier->mechanism, NULL);

    step_hang(group, step);
    if (known && !ask->edited)
        step_children_like(step, known);
    if (identifier->signature != RECORD_UNSET)
        evidence_copy_into(step->evidence,
                           ((const DkimResult *)report->dkim->pdata[identifier->signature])->evidence);
    else if (g_str_equal(identifier->mechanism, "spf"))
        evidence_copy_into(step->evidence, report->envelope->mail_from->evidence);
    evidence_copy_into(step->evidence, report->from->evidence);
    step->folded = TRUE;
    return step;
}

static Step *
group_step(const Identifier *identifier, const DmarcQuestion *ask, gboolean first, gboolean legacy)
{
    const gboolean spf = g_str_equal(identifier->mechanism, "spf");
    const gboolean own = spf ? identifier->basis != PROVENANCE_REPORTED
                             : identifier->signature != RECORD_UNSET;
    const char *id = spf && first ? "spf-vouches" : !spf && own ? "dkim-vouches" : "reported-vouches";
    Step *group = step_add(NULL, id, legacy ? "RFC 7489, 3.1" : "RFC 9989, 4.4",
                           identifier->domain ? identifier->domain : "?", ask->author,
                           identifier->reported ? identifier->reported : "", NULL);

    group->group = TRUE;
    return group;
}

/* One branch "does this identifier vouch for From:?". Without notes (the legacy tree) only its alignment. */
static void
add_identifier(Branches *branches, guint place, const DmarcQuestion *ask, gboolean legacy, const Branches *like,
               DmarcNotes *notes)
{
    const Identifier *identifier = ask->identifiers->pdata[place];
    Step *group = like ? again(ask, like->vouches[place]) : group_step(identifier, ask, place == 0, legacy);
    Step *name = NULL;

    step_hang(branches->root, group);
    if (notes && place == 0 && g_str_equal(identifier->mechanism, "spf")) {
        spf_identity_step(group, ask->report, g_steal_pointer(&notes->spf_helo));
        step_hang(group, g_steal_pointer(&notes->spf_mail_from));
    } else if (notes && identifier->signature != RECORD_UNSET) {
        const DkimResult *signature = ask->report->dkim->pdata[identifier->signature];
        name = dkim_identity_step(group, ask, signature, like ? like->names[place] : NULL);
        step_hang(group, g_steal_pointer(&notes->dkim->pdata[identifier->signature]));
    }
    branches->vouches[place] = group;
    branches->names[place] = name;
    branches->alignments[place] = alignment_step(group, ask, identifier, like ? like->alignments[place] : NULL);
}

/* ---- the tree ---- */

static Step *
policy_branch(Step *root, const DmarcQuestion *ask, gboolean legacy, const Branches *like)
{
    if (like) {
        step_hang(root, record_share(&step_type, like->policy));
        return like->policy;
    }
    Step *step = step_add(root, "policy", legacy ? "RFC 7489, 6.6.3" : "RFC 9989, 4.10.1", ask->author, NULL);
    step->folded = TRUE;
    return step;
}

static void
note_unsigned(Step *root, const Report *report, gboolean legacy)
{
    const char *signer = legacy ? "RFC 7489, 3.1.1" : "RFC 9989, 4.4.1";

    if (identities_signatures_lost(report))
        step_decide(step_add(root, "dkim-not-pasted", signer, NULL), RESULT_UNKNOWN, PROVENANCE_UNKNOWN);
    else if (report->dkim->len == 0)
        step_decide(step_add(root, "dkim-none", signer, NULL), RESULT_NONE, evidence_provenance(report->from->evidence));
}

/* One piece of memory for the steps of all identifiers. */
static Branches
with_room(Step *root, gsize count)
{
    Step **steps = g_new(Step *, 3 * count);

    return (Branches){ .root = root, .count = (guint)count, .vouches = steps, .names = steps + count, .alignments = steps + 2 * count };
}

Branches
branches_make(const DmarcQuestion *ask, const Branches *beside, const Branches *like, DmarcNotes *notes)
{
    const gboolean legacy = beside != NULL;
    const guint count = ask->identifiers->len;
    Step *root = like ? again(ask, like->root)
                      : step_add(NULL, "dmarc", legacy ? "RFC 7489, 6.6.2" : "RFC 9989, 5.3", ask->author, NULL);
    Branches made = with_room(root, count);

    made.author = author_branch(root, ask, beside, like);
    made.policy = policy_branch(root, ask, legacy, like);
    for (guint i = 0; i < count; i++)
        add_identifier(&made, i, ask, legacy, like, notes);
    note_unsigned(root, ask->report, legacy);
    if (notes)      /* RFC 9989, 5.3: what ARC says is for the receiver's own judgement, never for DMARC's */
        step_hang(root, g_steal_pointer(&notes->arc));
    return made;
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

Provenance
branches_provenance(const DmarcResult *result)
{
    gboolean said = g_strcmp0(result->basis, "reported") == 0;
    const gboolean mixed = g_strcmp0(result->basis, "mixed") == 0;

    for (guint i = 0; mixed && i < result->identifiers->len; i++)
        said = said || ((const Identifier *)result->identifiers->pdata[i])->basis == PROVENANCE_REPORTED;
    return said ? PROVENANCE_REPORTED : PROVENANCE_RECOMPUTED;
}

void
branches_settle(const Branches *branches, const DmarcResult *result)
{
    for (guint i = 0; i < branches->count; i++) {
        const Identifier *identifier = result->identifiers->pdata[i];
        const Result outcome = vouches_result(identifier);
        step_decide(branches->vouches[i], outcome,
                    outcome == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN
                                              : (Provenance)identifier->basis);
    }
    step_arg(branches->root, result->reason);
    step_arg(branches->root, result->applied ? result->applied : "");
    step_decide(branches->root, (Result)result->result,
                result->result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : branches_provenance(result));
}

void
branches_compare(const Branches *own, const Branches *legacy)
{
    own->root->legacy = legacy->root->result;
    own->policy->legacy = legacy->policy->result;
    for (guint i = 0; i < own->count; i++) {
        own->vouches[i]->legacy = legacy->vouches[i]->result;
        own->alignments[i]->legacy = legacy->alignments[i]->result;
    }
}

void
branches_clear(Branches *branches)
{
    g_free(branches->vouches);
}

/* ---- kept ---- */

/* Its children are each message's own; what is under an alignment is DNS alone. */
static Step *
bare_alone(Step *step)
{
    Step *bare = step_bare(step);

    for (guint i = 0; i < bare->children->len; i++)
        record_free(&step_type, bare->children->pdata[i]);
    g_ptr_array_set_size(bare->children, 0);
    return bare;
}

Branches
branches_hold(const Branches *branches)
{
    Branches held = with_room(bare_alone(branches->root), branches->count);

    held.author = bare_alone(branches->author);
    held.policy = record_share(&step_type, branches->policy);
    for (guint i = 0; i < held.count; i++) {
        held.vouches[i] = bare_alone(branches->vouches[i]);
        held.names[i] = branches->names[i] ? bare_alone(branches->names[i]) : NULL;
        held.alignments[i] = step_bare(branches->alignments[i]);
    }
    return held;
}

void
branches_release(Branches *held)
{
    record_free(&step_type, held->root);
    record_free(&step_type, held->author);
    record_free(&step_type, held->policy);
    for (guint i = 0; i < held->count; i++) {
        record_free(&step_type, held->vouches[i]);
        record_free(&step_type, held->names[i]);
        record_free(&step_type, held->alignments[i]);
    }
    branches_clear(held);
}
