/* trial-kept.h: what came of a change that was tried, kept for the next message of which the same is known.
 * SPDX-License-Identifier: MIT
 *
 * A trial takes over what SPF and the signatures came to, and judges DMARC again: thousands of messages through one service get
 * the same advice, and a trial takes as long as the rest of a message. What it came to follows from the edits, from what is known
 * of the message, and from DNS, as long as nothing of the message itself was read again. */
#pragma once

#include "analysis/analysis.h"
#include "auth/earlier.h"

typedef struct {
    gboolean    helps;
    Tri         proved;     /* Advice.proved */
    const char *tried;      /* Advice.tried: a literal; or NULL */
} Trial;

/* All that a trial follows from besides the edits and DNS. Without edits of a person. */
void         trial_kept_known(const Report *report, const AnalysisOptions *options, GString *key);
/* With the edits; NULL where this resolver, or none, keeps nothing. (transfer full) */
char        *trial_kept_key(Resolver *resolver, const Report *report, const AnalysisOptions *options, const Edits *edits);
/* What was kept; its questions are asked again. NULL: none, or other answers. (transfer none, until the next trial) */
const Trial *trial_kept_find(Resolver *resolver, const char *key);
/* After earlier_begin() and the trial. NULL: it follows from something else, too, and nothing is kept. */
void         trial_kept_end(Resolver *resolver, const char *key, Earlier *earlier, const Trial *trial);
