/* spf-identities.h: SPF asked for the two names of an envelope, MAIL FROM and HELO.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/step.h"
#include "dns/resolver.h"

/* Each fills its half of report->spf from report->envelope, as of `now` (seconds since 1970), and
 * returns its notes. HELO's are NULL where there is no name to ask about. (transfer full) */
Step *spf_of_mail_from(Report *report, Resolver *resolver, gint64 now);
Step *spf_of_helo(Report *report, Resolver *resolver, gint64 now);
/* Both halves, with their notes in `mail_from` and `helo`. What came of the same names and the same address, read from the same
 * places, is taken from an earlier message for as long as DNS says the same. */
void  spf_of_envelope(Report *report, Resolver *resolver, gint64 now, Step **mail_from, Step **helo);
