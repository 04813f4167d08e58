/* front.h: the process that has the terminal, and what it and the core agree about.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/core-host.h"
#include "tui/app.h"
#include "tui/window.h"

/* What a core is told that takes the place of another. */
typedef struct {
    char    *way;           /* of the last one (way.h), which may have been taken over; or NULL */
    char    *died;          /* how it died, "signal 11"; NULL: it ended because something was to be loaded */
    guint    row;           /* of its list, plus one: which it was checking; 0: none, or nobody knows which */
    gboolean serial;        /* one died that was checking several: one at a time now, so that it is known which */
    gboolean stopped;       /* the person ended it, since it did not answer */
    gboolean again;         /* one died before it, and nothing was typed since */
    GBytes  *pasted;        /* what it took for a message last, of what was pasted; or NULL */
    /* Of the process that has the terminal. */
    GByteArray *kept;       /* the same, as it comes; or NULL */
    guint    deaths;        /* since something was typed */
} Back;

/* What a core says of where one is. */
#define BACK_WAY_MAX 65536u

/* back.c: in the process that has the terminal. Both FALSE: that is too long. */
gboolean back_take_way(Back *back, const guint8 *bytes, gsize length);
/* A piece of what was pasted; `first`: what was kept before is forgotten. */
gboolean back_keep(Back *back, gboolean first, const guint8 *bytes, gsize length);
/* A core ended; `stopped`: by the person. FALSE: there is no point in another one. */
gboolean back_take_end(Back *back, const CoreGone *gone, gboolean stopped);
/* There will be no other (CoreHostClass.over), on standard error. The exit status. */
int back_say_over(const Back *back, const CoreGone *gone);
/* Another one begins. */
void back_hand_on(Back *back);
void back_clear(Back *back);

/* run.c: in the core: everything but the terminal. Its exit status. */
int screen_run(Window *window, const AppInput *input, const Back *back, CoreSign *sign);
