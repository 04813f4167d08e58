/* rrdata.h: a resource record of ldns as the plain data of a Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <ldns/ldns.h>

#include "facts/report.h"

/* Fills a DnsRecord as report.h describes it. (transfer full) */
DnsRecord *rrdata_record(const ldns_rr *rr);

/* The same from the octets of a packet; NULL where they do not fit the type. (transfer full) */
DnsRecord *rrdata_record_wire(guint type, const void *data, gsize length);
