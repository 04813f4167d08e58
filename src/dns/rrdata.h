/* rrdata.h: a resource record of ldns as the plain data of a Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <ldns/ldns.h>

#include "facts/report.h"

/* Fills a DnsRecord as report.h describes it. (transfer full) */
DnsRecord *rrdata_record(const ldns_rr *rr);
