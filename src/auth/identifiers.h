/* identifiers.h: the names that a message proved, or is said to have proved (RFC 9989, 4.4).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* All that they, and what hosts say of DMARC, follow from in reported results, for a key (base/again-key.h): names and results, no address. */
void identifiers_key_claims(const Report *report, GString *key);

/* Of what only a report names, this many of each mechanism are looked at: each costs DNS questions. */
#define IDENTIFIERS_REPORTED_MAX 100

/* The SPF identifier, every signature's d= in message order, then what only the receiving host
 * reports: Identifier records without alignment. `authenticated` is what this program computed, else what a trusted
 * host reported; `reported` is the receiving host's word, trusted or not. `passed_over` counts what was beyond
 * the limit. (transfer full: record_free each) */
GPtrArray *identifiers_collect(const Report *report, guint *passed_over);
