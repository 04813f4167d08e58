/* term.h: the terminal: shows a canvas, waits for a key, and is always left as it was found.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/canvas.h"
#include "tui/terminal/input.h"

typedef struct Term Term;

/* Looks what terminal there is: standard input and output, or /dev/tty where they are something
 * else. NULL where there is none. `ambiguous`: columns of ambiguous characters, 1 or 2; 0: the
 * terminal is asked. (transfer full) */
Term *term_open(const Theme *theme, int ambiguous);
/* Takes it: from here on it is to be closed. */
void  term_take(Term *term);
/* The size of the terminal that term_open() will find, as far as that is known without a description; FALSE: it is not. */
gboolean term_look(guint *width, guint *height);
/* Whether they take two; may change with a KEYCODE_RESIZE, when the terminal answers late. */
gboolean term_wide(Term *term);
void  term_close(Term *term);
void  term_size(Term *term, guint *width, guint *height);
/* What is shown next is compared with it. */
void  term_show(Term *term, const Canvas *canvas);
/* Waits, for at most `ms` milliseconds (negative: without end), until a key is pressed (a KeyCode
 * or a character), text is pasted (KEYCODE_TEXT: see term_text) or the window's size changes;
 * KEYCODE_NONE where nothing of that came, or `fd` (-1: none) can be read. `typing` as in
 * input_next(). Ctrl-Z suspends the program in here; after Ctrl-L, a KEYCODE_RESIZE as well, all is painted anew. */
guint   term_wait(Term *term, int ms, int fd, gboolean typing);
/* (transfer full: bytes) */
InputText term_text(Term *term);
/* What KEYCODE_MOUSE stood for. */
InputMouse term_mouse(const Term *term);
/* Whether the terminal tells of clicks and of the wheel (at first it does not). */
void    term_use_mouse(Term *term, gboolean use);
/* Readable when something was typed that nobody has read yet. */
int     term_fd(const Term *term);
/* Then: reads it, and says whether it was this key and nothing else (or the end of the terminal). What else there was is kept for
 * term_wait(). */
gboolean term_is_pressed(Term *term, char key);
/* What was typed ahead was meant for another screen. */
void    term_forget_keys(Term *term);
/* Bytes for the terminal itself, past the screen. */
void    term_send(Term *term, const char *sequence);
