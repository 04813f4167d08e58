/* dmarc-author.h: DMARC for one author domain, by both RFCs, with its tree.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-eval.h"
#include "auth/dmarc.h"

typedef struct {
    DmarcResult *rfc9989, *rfc7489;
    Step        *tree, *tree_7489;
} AuthorVerdict;

/* `ask` names the author domain; by which RFC and into which branches is filled in there. What `notes` (or NULL) holds goes
 * into the tree. (transfer full) */
AuthorVerdict author_judge(const DmarcQuestion *ask, DmarcNotes *notes);
