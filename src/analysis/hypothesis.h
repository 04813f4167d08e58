/* hypothesis.h: the analysis of a message that does not exist yet: "would it pass?"
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/analysis.h"

/* What a person assumes, as written. NULL: nothing is said. */
typedef struct {
    const char        *from;            /* an address or a bare domain */
    IdentityOverrides  envelope;
    const char *const *dkim;            /* "DOMAIN[:RESULT]", NULL-terminated */
    const char        *spf;             /* a result: SPF is then not evaluated */
    const char        *author_exists;   /* "yes", "no" */
    gboolean           form;            /* `from` is a visitor whom a web form puts there,
                                         * and into the envelope where that is not said */
} Assumptions;

typedef struct Hypothesis Hypothesis;

/* NULL and `error` ("--from x..y: …") where something cannot be understood. (transfer full) */
Hypothesis *hypothesis_read(const Assumptions *said, GError **error);
void        hypothesis_free(Hypothesis *hypothesis);

/* The address that a form could write into From: instead of a visitor's, from what is known of its
 * own envelope and signatures; NULL where nothing is. (transfer full) */
char       *hypothesis_own_address(const Hypothesis *hypothesis);

/* A Report like that of analysis_run(), basis "assumed": SPF is evaluated where the envelope is
 * known, DKIM is what was said, DMARC follows by both RFCs. The same hypothesis may run again.
 * (transfer full) */
Report     *hypothesis_run(const Hypothesis *hypothesis, Resolver *resolver,
                           const AnalysisOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hypothesis, hypothesis_free)
