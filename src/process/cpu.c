/* cpu.c: asks the kernel's clock of a process.
 * SPDX-License-Identifier: MIT */
#include "process/cpu.h"

#include <time.h>

gint64
cpu_of(pid_t pid)
{
    clockid_t clock;
    struct timespec time;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
