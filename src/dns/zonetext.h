/* zonetext.h: the text of a TXT record, and the address of an A record, where they are written in the plainest way.
 * SPDX-License-Identifier: MIT
 *
 * Nearly all records of a snapshot are such, and ldns takes some 30,000 instructions for each: as much as the check
 * that asks for it (doc/benchmarks.md). */
#pragma once

#include "facts/report.h"

/* Strings in quotation marks, of printable ASCII without backslashes, with blanks between them. */
gboolean   zonetext_is_plain(const char *data, gsize length);
/* What rrdata_record() makes of the same. NULL where it is written in any other way, which is left to ldns. (transfer full) */
DnsRecord *zonetext_record(const char *data, gsize length);
/* Likewise of an A record: four numbers, nothing else. */
DnsRecord *zonetext_address(const char *data, gsize length);
