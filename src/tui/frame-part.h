/* frame-part.h: the parts of what stands around every view; frame.c puts them together.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* The first line: what is open, its verdict. */
void  frame_draw_title(const App *app, Canvas *canvas);
/* The second: the views that there are. */
void  frame_draw_views(const App *app, Canvas *canvas);
/* The last: what there is to say, what is asked, or the keys. */
void  frame_draw_footer(const App *app, Canvas *canvas);
/* Where the answers of DNS come from; or NULL. (transfer full) */
char *frame_dns_note(const App *app);
