/* dmarc-eval.h: one Author Domain judged by one of the two RFCs.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/psl.h"
#include "auth/step.h"
#include "dns/resolver.h"

typedef struct {
    const Report    *report;
    Resolver        *resolver;
    const Psl       *psl;
    const GPtrArray *identifiers;   /* from identifiers_collect() */
    gboolean         legacy;        /* RFC 7489 instead of RFC 9989 */
    gboolean         edited;        /* a person's edits are marked in the tree afterwards: no other message has any of it */
    const char      *author;        /* the Author Domain */
    Step            *policy;        /* gets the notes of record discovery; its outcome is decided here */
    GPtrArray       *findings;      /* Finding: gets what is to be said about records; NULL: nothing is */
    Step           **alignments;    /* one for each identifier: get the notes of alignment */
} DmarcQuestion;

/* Record discovery, policy, alignment of every identifier, result, claim. (transfer full) */
DmarcResult *dmarc_evaluate(const DmarcQuestion *question);
