/* receivers-page.h: receivers' rules and what mail programs show, as pages.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/page.h"
#include "tui/ui.h"

/* The matrix; `open` (a ReceiverRule or Shown, or NULL) is told at length below its row. `shown`
 * gets the number of the first item that is about a mail program. (transfer full) */
Page *receivers_page(const App *app, guint width, gconstpointer open, guint *shown);
/* What stands in a row of the matrix, and behind it where it is open, as one line; NULL: `target` is none of its rows.
 * (transfer full) */
char *receivers_line(const App *app, gconstpointer target, gboolean open);
/* The same line by line, each cell a sentence of its own. (transfer full) */
Page *receivers_page_aloud(const App *app, guint width);
