/* background.c: the thread, the flag and the descriptor.
 * SPDX-License-Identifier: MIT */
#include "tui/background.h"

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "process/core.h"

struct Background {
    AppJob   job;
    GThread *thread;
    Report  *report;
    int      done;      /* atomic */
    int      fd;
};

static gpointer
work(gpointer data)
{
    Background *background = data;

    background->report = background->job.run(background->job.data);
    g_atomic_int_set(&background->done, TRUE);
    if (background->fd >= 0)
        eventfd_write(background->fd, 1);
    return NULL;
}

/* Signals stay with the thread that has the terminal: its handlers put it right again. A new thread
 * begins with the mask of its maker. */
Background *
background_begin(const char *name, const AppJob *job)
{
    Background *background = g_new0(Background, 1);
    sigset_t all, before;

    background->job = *job;
    background->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    background->thread = g_thread_new(name, work, background);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return background;
}

gboolean
background_done(const Background *background)
{
    return g_atomic_int_get((int *)&background->done);
}

int
background_fd(const Background *background)
{
    return background->fd;
}

Report *
background_end(Background *background)
{
    const gboolean held = core_release();   /* it may wait for that */

    g_thread_join(background->thread);
    if (held)
        core_hold();
    Report *report = background->report;
    if (background->fd >= 0)
        close(background->fd);
    g_free(background);
    return report;      /* cppcheck-suppress memleak ; the thread is over */
}
