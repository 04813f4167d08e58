/* out.h: lines of text, one below the other and never above: no sequence moves, colours or
 * clears anything. SPDX-License-Identifier: MIT
 *
 * All text is safe here, whoever wrote it. Wrapped lines are indented, and so is all that a
 * stranger wrote: only the program's own lines begin at the left. */
#pragma once

#include "tui/plain/tie.h"

typedef struct PlainOut PlainOut;

/* Asked when a screen is full: whether to go on. `all`: without asking again. */
typedef gboolean (*PlainMore)(gpointer data, gboolean *all);

/* `tie`: where it goes, borrowed; `mode`: GlyphMode; `more`: NULL, nobody is there to ask. (transfer full) */
PlainOut *plain_out_new(PlainTie *tie, int mode, PlainMore more, gpointer data);
void      plain_out_free(PlainOut *out);
/* A new command: as much as a screen can follow before somebody is asked. */
void      plain_out_begin(PlainOut *out);

guint     plain_out_width(const PlainOut *out);     /* at least 40 */
/* Whether another short paragraph has room, with a line and a prompt below it, before somebody is
 * asked. */
gboolean  plain_out_room(const PlainOut *out);
/* A paragraph. `bar` stands before each of its lines; or NULL. */
void      plain_out_text(PlainOut *out, guint indent, const char *bar, const char *text);
/* The same for our own sentences, from the left. */
void      plain_out_say(PlainOut *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* No line end behind it. */
void      plain_out_prompt(PlainOut *out, const char *text);
/* What was typed, where no terminal shows it. */
void      plain_out_echo(PlainOut *out, const char *text);
gboolean  plain_out_stopped(const PlainOut *out);   /* nobody wants more of this */

/* Only paragraphs that hold `text`, whatever the case of its letters, are shown from now on; NULL:
 * all. Returns how many were shown since it was called last. */
guint     plain_out_filter(PlainOut *out, const char *text);
