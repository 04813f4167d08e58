/* dmarc-kept.h: what both RFCs made of one author and what vouches for him, kept while DNS says the same.
 * SPDX-License-Identifier: MIT
 *
 * Thousands of messages of one domain differ in where their fields stand, not in what DMARC makes of them: policy, alignment
 * and result follow from the names, from what is known of each, and from DNS. Reports share the results, the notes on the
 * policy and the inputs of each step, and their JSON; what else an earlier message's branches have is taken over, without its
 * addresses and places (dmarc-branches.h). */
#pragma once

#include "auth/dmarc-branches.h"
#include "auth/earlier.h"

/* By one RFC. */
typedef struct {
    DmarcResult *result;
    Branches     branches;
} DmarcHalf;

typedef struct {
    DmarcHalf rfc9989, rfc7489;
} DmarcFound;

/* All that they follow from, besides DNS; NULL where this resolver keeps nothing. (transfer full) */
char             *dmarc_kept_key(const DmarcQuestion *ask);
/* What was kept; its questions are asked again. NULL: none, or other answers. (transfer none, until the next message) */
const DmarcFound *dmarc_kept_find(const DmarcQuestion *ask, const char *key);
/* When both have been judged anew, between earlier_begin() and this; kept where the same key comes for the second time. NULL for
 * both: it follows from something else, too, and nothing is kept. */
void              dmarc_kept_end(const DmarcQuestion *ask, const char *key, Earlier *earlier, const DmarcHalf *rfc9989,
                                 const DmarcHalf *rfc7489);
