/* identifiers.h: the names that a message proved, or is said to have proved (RFC 9989, 4.4).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* The SPF identifier, every signature's d= in message order, then what only the receiving host
 * reports: Identifier records without alignment. `authenticated` is what this program computed, else what a trusted
 * host reported; `reported` is the receiving host's word, trusted or not. (transfer full: record_free each) */
GPtrArray *identifiers_collect(const Report *report);
