/* what-if.h: changed inputs of the message that is open: what the rest of the screen asks.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* what-if-run.c: changed inputs of the message that is open. */
gboolean what_if_set(App *app, Edits *edits);   /* (transfer full) FALSE: one does not fit; nothing is changed */
void  what_if_remove(App *app, guint index);
void  what_if_set_goal(App *app, const Goal *goal);     /* NULL: none */
/* "WHAT IF: 2 edits", or NULL. (transfer full) */
char *what_if_title(const Document *document);
/* "fromscope report FILE --what-if …" (transfer full) */
char *what_if_command_line(const Document *document);
void  command_what_if(App *app, const char *argument);
void  app_what_if(App *app);
void  edit_add_text(App *app, const char *text, gsize length);
guint edit_draw_line(const App *app, Canvas *canvas, guint y);
char *edit_note(const App *app);
