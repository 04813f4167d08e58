/* spf.h: SPF by RFC 7208: who may send for a MAIL FROM or HELO domain.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/step.h"
#include "dns/resolver.h"

typedef struct {
    const char *ip;             /* client address as canonical text; NULL: unknown */
    const char *domain;         /* to check: of MAIL FROM, or HELO; NULL: unknown; may be no valid domain name */
    const char *local_part;     /* NULL: "postmaster" (4.3) */
    const char *helo;           /* %{h}; NULL: unknown */
    const char *receiver;       /* %{r}; NULL: "unknown" (7.3) */
    gint64      now;            /* %{t}, seconds since 1970 */
    gboolean   *personal;       /* set where the outcome may follow from more than address and domain: a macro was expanded; or NULL */
} SpfQuestion;

/* check_host() of section 4. Writes its steps under `parent`: a step "spf-record" for the record, then one for each term
 * as it is tried, those of an include or redirect inside its own. DNS trouble is temperror, an answer that
 * nobody has is unknown with the reason; a limit crossed is permerror and `crossed` names the
 * term. A missing ip or domain gives unknown. (transfer full) */
SpfResult *spf_check(const SpfQuestion *question, Resolver *resolver, Step *parent);
