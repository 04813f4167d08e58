/* cause.h: which step of the tree the verdict turns at.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Marks one step of report->tree, unless DMARC passes. The advice must stand already. */
void cause_mark(Report *report);
/* The same when the advice has changed since. */
void cause_move(Report *report);
