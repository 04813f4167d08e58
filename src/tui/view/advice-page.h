/* advice-page.h: the text of the Advice view: what to change, or the letter about it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "tui/page.h"
#include "tui/view.h"

/* All advice, each an item of the page; `airy`: with empty lines. (transfer full) */
Page       *advice_page(const App *app, guint width, gboolean airy);
/* A letter, or what is wrong with its file. (transfer full) */
Page       *advice_letter_page(const App *app, const char *letter, guint width);
/* The step that the advice turns, or NULL. (transfer none) */
const Step *advice_step(const App *app, const Advice *advice);
