/* analysis.h: all checks, in order, into one Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc.h"
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
    gboolean           second_opinions; /* ask libspf2 and OpenDMARC, too (src/peers) */
} AnalysisOptions;

/* A pure function of the message, the resolver's answers and the options: called again with
 * others it answers "what if". Never fails; what cannot be known is unknown. (transfer full) */
Report *analysis_run(const Message *message, Resolver *resolver, const AnalysisOptions *options);

/* Frees what dmarc_check() did not take over. */
void    analysis_clear_notes(DmarcNotes *notes);

/* The end that all analyses share; `message` is NULL where there is none (hypothesis.h): the log of DNS,
 * findings, advice (unless some stands there already), cause. Frees what is left of the notes. */
void    analysis_finish(const Message *message, Resolver *resolver, DmarcNotes *notes,
                        Report *report);
