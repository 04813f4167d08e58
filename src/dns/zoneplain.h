/* zoneplain.h: the lines of a zone file that are written in the plainest way.
 * SPDX-License-Identifier: MIT
 *
 * A snapshot is mostly such lines: an absolute name of letters, digits, hyphens and underlines, a number, IN, TXT, strings
 * in quotation marks. Whoever reads one report from a snapshot of hundreds of records has waited for these
 * (doc/benchmarks.md). */
#pragma once

#include "facts/report.h"

enum { ZONEPLAIN_KEY_MAX = 256 };

typedef struct {
    char       key[ZONEPLAIN_KEY_MAX];  /* as zone.h has it */
    gint64     ttl;                     /* RECORD_UNSET where the line names none */
    const char *text;                   /* the data of a TXT record, for zonetext_record(); in the line */
    gsize      length;
} ZonePlain;

/* One line without its end. FALSE where it is written in any other way, which is left to zonefile.c: also every fault. */
gboolean zoneplain_read(const char *line, gsize length, ZonePlain *plain);
