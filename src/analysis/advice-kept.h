/* advice-kept.h: advice on mail that somebody vouches for, kept for the next message of which the same was seen.
 * SPDX-License-Identifier: MIT
 *
 * Such mail is most of a mailbox, and what patterns see of it is little: DMARC's results, which messages of one domain share
 * (auth/dmarc-kept.h), what SPF and the signatures came to, the host that brought it. Reports share the advice, and its JSON.
 * What a pattern asks of a message beyond that has to stand in the key, too; tests/unit/test-advice-kept.c finds what was
 * forgotten. */
#pragma once

#include "analysis/prove.h"

/* prove_advice(), or what an earlier message got. */
void advice_kept_find(Report *report, const AnalysisOptions *options, Resolver *resolver, ProveRun run, gpointer data);
