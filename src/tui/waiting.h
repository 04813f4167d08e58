/* waiting.h: an analysis in the background, and the screen until it is done.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/term.h"
#include "tui/ui.h"

/* Does `job`; Esc ends it early, which `*canceled` says. `live`: DNS is asked. NULL where the user
 * quit meanwhile. (transfer full) */
Report *waiting_run(Term *term, const App *app, const AppJob *job, gboolean live,
                    gboolean *canceled);
