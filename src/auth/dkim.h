/* dkim.h: DKIM by RFC 6376, 8301 and 8463: every signature of a message, header hash and body hash
 * judged apart.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/step.h"
#include "dns/resolver.h"
#include "message/message.h"

/* Verifies each DKIM-Signature field, topmost first, as of `at` (seconds since 1970), and appends a DkimResult each
 * to report->dkim. Returns a free-standing step "dkim-check" for each signature, in the same order, holding
 * the notes "dkim-tags", "dkim-key", "dkim-body", "dkim-header". (transfer full, elements too) */
GPtrArray *dkim_check(const Message *message, Resolver *resolver, gint64 at, Report *report);
