/* waiting.h: an analysis in the background, and the screen until it is done.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"
#include "tui/window.h"

/* Does `job`; Esc ends it early, which `*canceled` says. `live`: DNS is asked. NULL where the user
 * quit meanwhile. (transfer full) */
Report *waiting_run(Window *window, const App *app, const AppJob *job, gboolean live,
                    gboolean *canceled);
