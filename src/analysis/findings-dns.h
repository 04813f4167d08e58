/* findings-dns.h: what a reader should notice about where DNS answers came from.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Goes by report->dns and report->source->dns_source. */
void findings_dns(Report *report);
