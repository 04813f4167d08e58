/* rows.h: what threads need that judge the rows of a list at the same time.
 * SPDX-License-Identifier: MIT
 *
 * Each lane has a resolver and receivers' rules of its own, for both remember what they found, and neither may be asked by two
 * threads at once. Of a report only what a survey shows is looked for. */
#pragma once

#include "analysis/analysis.h"

typedef struct SessionRows SessionRows;

/* As many lanes as cores, or a few. (transfer full) */
SessionRows *session_rows_new(void);
void      session_rows_free(SessionRows *rows);
guint     session_rows_lanes(const SessionRows *rows);
/* From any thread; waits where there is no lane left: those of `resolver`, and of that only one where it cannot be shared
 * (live DNS). (transfer full) */
Report   *session_rows_run(SessionRows *rows, const Message *message, Resolver *resolver, const AnalysisOptions *options);
/* `resolver` is about to go; nothing runs. */
void      session_rows_forget(SessionRows *rows);
