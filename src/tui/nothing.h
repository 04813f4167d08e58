/* nothing.h: the program with nothing open. SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

gboolean nothing_is_open(const App *app);
/* Then this would only say that there is no message. */
gboolean nothing_hides_key(const App *app, const Binding *binding);
gboolean nothing_hides_word(const App *app, const Verb *verb);
/* Why (NULL: nothing was named), and how something is opened. */
void     nothing_page(Page *page, const char *fault);
