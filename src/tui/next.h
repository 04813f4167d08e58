/* next.h: from a message of a list to the next one, or the one before, in the view that is seen.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* A key that has nothing to do with what is open, and would only take room in its help. */
gboolean next_hides_key(const App *app, const Binding *binding);
/* Where it stands there, and the keys, for the rule below the view; or NULL. (transfer full) */
char    *next_note(const App *app);
