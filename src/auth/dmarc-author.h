/* dmarc-author.h: DMARC for one author domain, by both RFCs, with its tree.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-eval.h"
#include "auth/dmarc.h"

/* So many addresses of From: are shown in the step that names the author. */
#define AUTHOR_SHOWN_MAX 3
/* The branches of a tree: the author, the policy, then one for each identifier … */
#define AUTHOR_BRANCHES 2
/* … in which the notes on its signature stand behind the name that counts of it. */
#define AUTHOR_SIGNATURE_NOTES 1

typedef struct {
    DmarcResult *rfc9989, *rfc7489;
    Step        *tree, *tree_7489;
} AuthorVerdict;

/* `ask` names the author domain; by which RFC and into which branches is filled in there. What `notes` (or NULL) holds goes
 * into the tree. (transfer full) */
AuthorVerdict author_judge(const DmarcQuestion *ask, DmarcNotes *notes);
/* "From: …", with the domain that is judged; NULL: none can be. (transfer none) */
Step         *author_step(Step *root, const Report *report, const char *author, gboolean legacy);
/* Takes `child` over; NULL is none. */
void          author_hang(Step *group, Step *child);
