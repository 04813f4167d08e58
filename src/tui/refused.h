/* refused.h: keys that would only say why they do nothing here: no footer and no prompt offers them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

gboolean refused_here(const App *app, const Binding *binding);
