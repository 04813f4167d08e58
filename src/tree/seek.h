/* seek.h: finds steps of the tree by what they are, and by the DNS answers that they rest on.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* The step of that id that an advice with these arguments is about: where there are several, the
 * cause, one that names an argument, one that did not come out well; else the first. NULL where
 * there is none. (transfer none) */
const Step *seek_step(const Step *root, const char *id, const GPtrArray *args);
/* The first of that id, whatever it is about: one of them is there wherever seek_step() finds one. (transfer none) */
const Step *seek_any(const Step *root, const char *id);
/* It did not hold, and somebody knows that. */
gboolean    seek_went_wrong(const Step *step);

/* Which step used which answer: the deepest of the first branch that did. Made in one walk, since
 * answers may be many. (transfer full) */
typedef struct SeekDns SeekDns;
SeekDns    *seek_dns_new(const Step *root);
void        seek_dns_free(SeekDns *seek);
/* NULL where no step names it. (transfer none) */
const Step *seek_dns_step(const SeekDns *seek, const DnsAnswer *answer);
