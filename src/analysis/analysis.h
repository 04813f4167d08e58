/* analysis.h: all checks, in order, into one Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/psl.h"
#include "dns/resolver.h"
#include "headers/identities.h"
#include "message/message.h"

typedef struct {
    IdentityOverrides  identities;
    const char *const *trusted;     /* --trust, NULL-terminated; may be NULL */
    gint64             at;          /* --at: seconds since 1970; RECORD_UNSET: the receipt time, else `now` */
    gint64             now;         /* seconds since 1970: the only clock that checks see */
    const Psl         *psl;         /* the public suffix list, for RFC 7489 */
} AnalysisOptions;

/* A pure function of the message, the resolver's answers and the options: called again with
 * others it answers "what if". Never fails; what cannot be known is unknown. (transfer full) */
Report *analysis_run(const Message *message, Resolver *resolver, const AnalysisOptions *options);
