/* landlock.h: a process gives up files, TCP and signals to others (Landlock).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Which Landlock this kernel has; below 1: none. */
int      landlock_version(void);

/* From here on the calling thread and those that it starts have no right that this kernel's
 * Landlock knows, but to connect to `port` by TCP (0: to none). FALSE: it could not be done. */
gboolean landlock_enter(guint port);
