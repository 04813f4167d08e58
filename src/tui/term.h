/* term.h: the terminal: shows a canvas, waits for a key, and is always left as it was found.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/canvas.h"
#include "tui/input.h"

typedef struct Term Term;

/* Takes the terminal: standard input and output, or /dev/tty where they are something
 * else. NULL where there is none. `ambiguous`: columns of ambiguous characters, 1 or 2; 0: the
 * terminal is asked. (transfer full) */
Term *term_open(const Theme *theme, int ambiguous);
/* Whether they take two; may change with a KEYCODE_RESIZE, when the terminal answers late. */
gboolean term_wide(Term *term);
void  term_close(Term *term);
void  term_size(Term *term, guint *width, guint *height);
/* Takes the canvas over: what is shown next is compared with it. */
void  term_show(Term *term, Canvas *canvas);
/* Waits, for at most `ms` milliseconds (negative: without end), until a key is pressed (a KeyCode
 * or a character), text is pasted (KEYCODE_TEXT: see term_text) or the window's size changes;
 * KEYCODE_NONE where nothing of that came, or `fd` (-1: none) can be read. `typing` as in
 * input_next(). Ctrl-Z suspends the program in here. */
guint   term_wait(Term *term, int ms, int fd, gboolean typing);
/* (transfer full: bytes) */
InputText term_text(Term *term);
/* What KEYCODE_MOUSE stood for. */
InputMouse term_mouse(const Term *term);
/* Whether the terminal tells of clicks and of the wheel (at first it does not). */
void    term_use_mouse(Term *term, gboolean use);
/* Bytes for the terminal itself, past the screen. */
void    term_send(Term *term, const char *sequence);
