/* progress.h: how far a long run is, on a terminal's standard error.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Progress Progress;

/* Says nothing where standard error is no terminal. (transfer full) */
Progress *progress_new(void);
/* After each message: `done` from 0 to 1, or -1 where nobody knows. Most calls cost next to
 * nothing. */
void progress_step(Progress *progress, double done, gint64 messages);
/* Leaves the line as it was. */
void progress_end(Progress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_end)
