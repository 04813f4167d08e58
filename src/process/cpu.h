/* cpu.h: CPU time that another process has used.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* Of all its threads, in microseconds; 0 where the process is gone. */
gint64 cpu_of(pid_t pid);
