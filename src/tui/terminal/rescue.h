/* rescue.h: the terminal is put right again even where the program dies.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <termios.h>

/* From now on a signal that ends the program first writes `sequence` to `fd` and gives it the modes
 * of `found`. Signals are the process's, so there is one rescue. */
void rescue_arm(int fd, const struct termios *found, const char *sequence);
/* Another sequence, for handlers that are set. */
void rescue_change(const char *sequence);
void rescue_disarm(void);

/* A new size of the window, and the wish that the program stop (SIGTSTP from outside), end a wait; who is to stop asks
 * here. */
void     rescue_watch(void);
void     rescue_unwatch(void);
gboolean rescue_stop_waits(void);
/* The same, and it is heard. */
gboolean rescue_stop_wished(void);
