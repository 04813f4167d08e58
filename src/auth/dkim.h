/* dkim.h: DKIM by RFC 6376, 8301 and 8463: every signature of a message, header hash and body hash
 * judged apart.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/body-hash.h"
#include "auth/step.h"
#include "dns/resolver.h"
#include "message/message.h"

/* Seconds since 1970. */
typedef struct {
    gint64 at;          /* when x= and t= are judged */
    gint64 received;    /* when the message was received; RECORD_UNSET: nobody knows */
    gint64 now;         /* when DNS is asked */
} DkimTimes;

/* Verifies each DKIM-Signature field, topmost first, and appends a DkimResult each to report->dkim. `bodies`: what all checks of
 * the message share of its body. Returns a free-standing step "dkim-check" for each signature, in the same order, holding the notes
 * "dkim-tags", "dkim-key", "dkim-body", "dkim-header"; below the last two "dkim-diagnosis" where they did not hold. (transfer full,
 * elements too) */
GPtrArray *dkim_check(const Message *message, Resolver *resolver, const DkimTimes *times,
                      BodyHashes *bodies, Report *report);
