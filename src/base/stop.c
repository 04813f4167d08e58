/* stop.c: a flag, and a descriptor that wakes who waits for something else.
 * SPDX-License-Identifier: MIT */
#include "base/stop.h"

#include <sys/eventfd.h>
#include <unistd.h>

struct Stop {
    int wished;     /* atomic */
    int fd;
};

Stop *
stop_new(void)
{
    Stop *stop = g_new0(Stop, 1);

    stop->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return stop;
}

void
stop_free(Stop *stop)
{
    if (!stop)
        return;
    if (stop->fd >= 0)
        close(stop->fd);
    g_free(stop);
}

void
stop_wish(Stop *stop)
{
    g_atomic_int_set(&stop->wished, TRUE);
    if (stop->fd >= 0)
        eventfd_write(stop->fd, 1);
}

gboolean
stop_wished(const Stop *stop)
{
    return stop && g_atomic_int_get((int *)&stop->wished);
}

int
stop_fd(const Stop *stop)
{
    return stop ? stop->fd : -1;
}
