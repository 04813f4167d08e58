/* spf-identities.h: SPF asked for the two names of an envelope, MAIL FROM and HELO.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/step.h"
#include "dns/resolver.h"

/* Each fills its half of report->spf from report->envelope, as of `now` (seconds since 1970), and
 * returns its notes. HELO's are NULL where there is no name to ask about. (transfer full) */
Step *spf_of_mail_from(Report *report, Resolver *resolver, gint64 now);
Step *spf_of_helo(Report *report, Resolver *resolver, gint64 now);
