/* host.h: what host names and fields of one organization have in common.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "message/message.h"

/* The end of `name` that looks like what one organization registers: two labels, three below a country's short second
 * level (co.jp, com.au). A guess that needs no list; NULL for a single label, and for what looks like such a second
 * level itself. (points into `name`) */
const char *host_registered(const char *name);
/* The same of a name in any form, normalised; NULL for addresses as well. (transfer full) */
char     *host_suffix(const char *name);
gboolean  host_same_organization(const char *a, const char *b);

/* Evidence of one whole field, without its line end. (transfer full) */
Evidence *host_field_evidence(const Message *message, const Field *field);
