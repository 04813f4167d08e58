/* delivery.h: what a bounce says, and what that means.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/analysis.h"
#include "mailbox/bounce.h"

/* Fills report->delivery_status where the message is a `bounce` (RFC 3464, RFC 5965, or plain text; else NULL), the diagnostic explained by its text first and its enhanced code (RFC 3463, RFC 7372) second. */
void delivery_read(const Message *message, const Bounce *bounce, Report *report);

/* Tells what happened to the mail that a bounce returns, as findings "bounce-…" in the order in
 * which a reader wants them, and who can do what, as advice. Where the refusal was for SPF or DMARC
 * these are asked again for the returned message: as of `at`, with the client's address that the
 * report names. From, route and envelope of the bounce must stand. */
void delivery_story(const Message *message, Resolver *resolver, const AnalysisOptions *options,
                    gint64 at, Report *report);
