/* chart-ways.h: changes of a message that may lead it to another cell of the chart.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/chart.h"
#include "whatif/edit.h"

/* Stacks of edits that are worth a try for `spf` by `dkim`, what somebody could really do first. `base` is
 * the report without edits; of `present` (may be NULL) those edits stay that say nothing of SPF and DKIM. Whether one
 * leads there is for an analysis to say. (transfer full: GPtrArray of Edits, with free function) */
GPtrArray *chart_ways(const Report *base, const Edits *present, ChartState spf, ChartState dkim);
