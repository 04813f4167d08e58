/* plain-in.h: what is typed, a line at a time: from a terminal or a pipe; and Ctrl-C.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct PlainIn PlainIn;

typedef enum { PLAIN_LINE, PLAIN_END, PLAIN_INTERRUPT } PlainRead;

/* Standard input, or where `elsewhere` (the message comes from there) the terminal; NULL where
 * there is none. From now on Ctrl-C is a PLAIN_INTERRUPT. (transfer full) */
PlainIn  *plain_in_new(gboolean elsewhere);
void      plain_in_free(PlainIn *in);
gboolean  plain_in_is_terminal(const PlainIn *in);

/* The next line, without its end. */
PlainRead plain_in_line(PlainIn *in, GString *line);
/* While a line is waited for: work() when fd() can be read; -1: nothing is under way. `work` NULL: no more. */
void      plain_in_meanwhile(PlainIn *in, int (*fd)(gpointer), void (*work)(gpointer), gpointer data);
/* A terminal hands over lines of 4,095 bytes at most and drops the rest; while a text is pasted
 * that must not be. Then Ctrl-D ends it, and the last byte can still be erased. */
void      plain_in_paste(PlainIn *in, gboolean on);
/* Until `fd` can be read, Ctrl-C (then TRUE), or that many milliseconds (-1: any number). */
gboolean  plain_in_wait(const PlainIn *in, int fd, int ms);
