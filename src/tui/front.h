/* front.h: the process that has the terminal, and what it and the core agree about.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/core.h"
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
} Back;

/* Before core_end(): what the core was checking. */
void back_find(Back *back, Core *core);

/* run.c: in the core: everything but the terminal. Its exit status. */
int screen_run(Window *window, const AppInput *input, const Back *back, CoreSign *sign);
