/* rescue.h: the terminal is put right again even where the program dies.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <termios.h>

/* From now on a signal that ends the program first writes `sequence` to `fd` and gives it the modes
 * of `found`. Signals are the process's, so there is one rescue. */
void rescue_arm(int fd, const struct termios *found, const char *sequence);
void rescue_disarm(void);
