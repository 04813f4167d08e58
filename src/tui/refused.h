/* refused.h: keys that would only say why they do nothing here: no footer and no prompt offers them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* The view would show rows, and the message has none for it. */
gboolean refused_bare(const App *app);
gboolean refused_here(const App *app, const Binding *binding);
