/* overview-part.h: what the files of the ten-second answer share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* Where text begins beside its label; lines longer than the width are hard to read, however wide the window is. */
enum { OVERVIEW_TEXT = 10, OVERVIEW_WIDTH = 110 };

/* overview-names.c: who is who in this mail, and whether each vouches for From:; each row an item. */
void overview_names(Page *page, const Summary *summary, guint width, gboolean glyphs);
