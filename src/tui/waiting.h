/* waiting.h: an analysis in the background, and the screen until it is done.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/app.h"
#include "tui/term.h"

/* Does `input->job`; Esc ends it early. NULL where the user quit meanwhile. (transfer full) */
Report *waiting_run(Term *term, const AppInput *input, gboolean utf8);
