/* tty.h: what is typed, a line at a time: from a terminal or a pipe; and Ctrl-C.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/front/plain-line.h"

typedef struct PlainTty PlainTty;

/* Standard input, or where `elsewhere` (the message comes from there) the terminal; NULL where
 * there is none. From now on Ctrl-C is something to read. (transfer full) */
PlainTty *plain_tty_new(gboolean elsewhere);
void      plain_tty_free(PlainTty *tty);
gboolean  plain_tty_is_terminal(const PlainTty *tty);
/* Readable where there is more to read, and after Ctrl-C. */
int       plain_tty_fd(const PlainTty *tty);
int       plain_tty_signals(const PlainTty *tty);

/* Reads what is there. */
void      plain_tty_read(PlainTty *tty);
/* A line that is here, without its end, or the end; FALSE: neither yet. `by_hand`: it was not pasted. */
gboolean  plain_tty_take(PlainTty *tty, GString *line, PlainRead *what, gboolean *by_hand);
/* TRUE after Ctrl-C, once for each. */
gboolean  plain_tty_interrupted(const PlainTty *tty);
/* A terminal hands over lines of 4,095 bytes at most and drops the rest; while a text is pasted
 * that must not be. Then Ctrl-D ends it, and the last byte can still be erased. */
void      plain_tty_pasting(PlainTty *tty, gboolean on);
