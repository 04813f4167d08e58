/* prove.h: advice is tried before anybody hears it: the analysis with the change made.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/advice.h"
#include "analysis/analysis.h"

/* The same message (or hypothesis) with other options; `looked` is set where more of it was looked at than the known run says
 * (Inputs.looked). (transfer full) */
typedef Report *(*ProveRun)(const AnalysisOptions *options, gboolean *looked, gpointer data);

/* Fills report->advice, and proves it by `run`; NULL: nothing is tried. The report must be whole
 * but for what rests on advice. `resolver` keeps what came of it (trial-kept.h), or is NULL. FALSE: some trial followed from more than the
 * key of trial-kept.h says. */
gboolean prove_advice(Report *report, const AnalysisOptions *options, Resolver *resolver, ProveRun run, gpointer data);
/* Finds the advice anew, and proves it now, where some was announced only (`proofs_later`): TRUE. */
gboolean prove_announced(Report *report, const AnalysisOptions *options, Resolver *resolver, ProveRun run, gpointer data);
