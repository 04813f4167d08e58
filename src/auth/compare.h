/* compare.h: what others reported beside what was recomputed; each difference is a finding.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Adds spf-report-differs, dkim-report-differs, dmarc-report-differs (args: host, reported, ours), reported-unfounded (host,
 * domain). */
void compare_reports(Report *report);
