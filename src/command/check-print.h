/* check-print.h: the options of `check` as assumptions, the answer printed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/analysis.h"
#include "options/options.h"
#include "report/printer.h"

/* Appends what is to be printed to `out`, and each message's DMARC result (int, RFC 9989) to
 * `results`. FALSE and `error` where an option cannot be understood. */
gboolean check_print(const Options *options, Resolver *resolver, const AnalysisOptions *analysis,
                     const PrinterStyle *style, GString *out, GArray *results, GError **error);
