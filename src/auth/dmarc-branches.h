/* dmarc-branches.h: the alignment tree of one author domain, as its branches.
 * SPDX-License-Identifier: MIT
 *
 * They are made before anything is judged: the evaluation writes its notes into them. Where an earlier message had the same names and
 * results, they are made like its branches, and what names the message's own addresses and places is put in. */
#pragma once

#include "auth/dmarc-eval.h"
#include "auth/dmarc.h"

/* So many addresses of From: are shown in the step that names the author. */
#define AUTHOR_SHOWN_MAX 3

typedef struct {
    Step      *root;
    Step      *author;
    Step      *policy;
    guint      count;       /* of the identifiers; of each: */
    Step     **vouches;     /* its group */
    Step     **names;       /* inside it: the name that counts of a signature; else NULL */
    Step     **alignments;  /* inside it, too */
} Branches;

/* `beside`: the other RFC's, which come first; NULL: these are RFC 9989's. `like`: an earlier message's, of the same RFC; or NULL. What `notes`
 * (or NULL) holds goes into the tree. (transfer full: `root`) */
Branches branches_make(const DmarcQuestion *ask, const Branches *beside, const Branches *like, DmarcNotes *notes);
/* Of a verdict: what rests on somebody's word, in whole or in part, is no recomputation. */
Provenance branches_provenance(const DmarcResult *result);
/* Outcomes that follow from `result`: not for what was made like an earlier message's. */
void     branches_settle(const Branches *branches, const DmarcResult *result);
/* The other RFC's outcome beside each step that both know; likewise. */
void     branches_compare(const Branches *own, const Branches *legacy);
void     branches_clear(Branches *branches);

/* What is the same in another message, for `like`. (transfer full) */
Branches branches_hold(const Branches *branches);
void     branches_release(Branches *held);

/* "From: …", with the domain that is judged; NULL: none can be. (transfer none) */
Step    *branches_author(Step *root, const Report *report, const char *author, gboolean legacy);
