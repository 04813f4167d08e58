/* background.h: an analysis in a thread of its own, and how its end is noticed.
 * SPDX-License-Identifier: MIT
 *
 * The thread works with what the job was given and hands back a Report when it is over: nothing is shared. */
#pragma once

#include "tui/app.h"

typedef struct Background Background;

/* Begins with `job`, which stays the caller's to free, after background_end(). `name` is the thread's.
 * (transfer full) */
Background *background_begin(const char *name, const AppJob *job);
gboolean    background_done(const Background *background);
/* Readable when it is done; -1 where the system has none to give: then background_done() is to be asked. */
int         background_fd(const Background *background);
/* Waits for the end: what came of it (transfer full), or NULL. `background` is gone. */
Report     *background_end(Background *background);
