/* term-part.h: what the files of term share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <termios.h>

#include "tui/terminal/paint.h"
#include "tui/terminal/term.h"
#include "tui/terminal/terminfo.h"

struct Term {
    Terminfo      *info;
    int            fd, input_fd;
    int            own;             /* /dev/tty, where it was needed; else -1 */
    guint          width, height;
    gboolean       taken;
    gboolean       probes;          /* asks about ambiguous characters, */
    gboolean       asks_ground;     /* … and first what its background is */
    gboolean       mouse;
    gboolean       links;           /* it knows OSC 8 */
    Input         *input;
    struct termios found;
    Theme          theme;
    gboolean       light;           /* it has said that its background is */
    Paint          paint;
    Style          styles[ROLES];   /* as this terminal has them, for what is written past the painter */
    Canvas        *shown;           /* what is on the screen; NULL: nobody knows */
    gboolean       wide;            /* ambiguous characters take two columns */
    gint64         asked;           /* when the terminal was asked; 0: it answered the last question */
    GString       *over;            /* over.h */
};

/* Takes the terminal for the screen, and gives it back; the last time an answer that is still due is awaited. */
void     term_enter(Term *term);
void     term_leave(Term *term, gboolean last);
/* Colors that are read on a light background, from the next frame on. */
void     term_turn_light(Term *term);
/* Its size now; TRUE where it is another. */
gboolean term_measure(Term *term);
/* Asks what its background is, and how wide it draws ambiguous characters; waits a while for the answer, which is nothing for the shell. */
void     term_probe(Term *term);
void     term_await_close(Term *term);
