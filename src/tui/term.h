/* term.h: the terminal: shows a canvas, waits for a key, and is always left as it was found.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/canvas.h"

typedef struct Term Term;

/* Takes the terminal: standard input and output, or /dev/tty where they are something
 * else. NULL where there is none. (transfer full) */
Term *term_open(const Theme *theme);
void  term_close(Term *term);
void  term_size(Term *term, guint *width, guint *height);
void  term_show(Term *term, const Canvas *canvas);
/* Blocks until a key is pressed or the window's size changes: a KeyCode or a character.
 * Ctrl-Z suspends the program in here. */
guint term_key(Term *term);
/* The same, for at most `ms` milliseconds: KEYCODE_NONE where nothing happened. */
guint term_key_within(Term *term, guint ms);
