/* tie.h: what is typed, a line at a time, and what is said, for the process that has no terminal.
 * SPDX-License-Identifier: MIT
 *
 * At the other end is front/plain.c. Everything here is for one thread. A line that breaks ends the process: nobody is there any
 * more. */
#pragma once

#include "tui/front/plain-line.h"

typedef struct PlainTie PlainTie;

/* `line` is borrowed. (transfer full) */
PlainTie *plain_tie_new(int line, const PlainSeat *seat);
void      plain_tie_free(PlainTie *tie);
const PlainSeat *plain_tie_seat(const PlainTie *tie);   /* as it was told last */

/* Said with the next wait at the latest. */
void      plain_tie_say(PlainTie *tie, const char *text, gsize length);
void      plain_tie_way(PlainTie *tie, const char *way);
void      plain_tie_keep(PlainTie *tie, GBytes *pasted);
void      plain_tie_quit(PlainTie *tie, int status);

/* The next line, without its end. */
PlainRead plain_tie_line(PlainTie *tie, GString *line);
/* While a line is waited for: work() when fd() can be read; -1: nothing is under way. `work` NULL: no more. */
void      plain_tie_meanwhile(PlainTie *tie, int (*fd)(gpointer), void (*work)(gpointer), gpointer data);
/* What is typed is one long text: Ctrl-D ends it. */
void      plain_tie_pasting(PlainTie *tie, gboolean on);
/* Until `fd` can be read, Ctrl-C (then TRUE), or that many milliseconds (-1: any number). */
gboolean  plain_tie_wait(PlainTie *tie, int fd, int ms);
