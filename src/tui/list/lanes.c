/* lanes.c: the threads, what they take, the descriptor.
 * SPDX-License-Identifier: MIT */
#include "tui/list/lanes.h"

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/heap.h"
#include "process/core.h"

struct Lanes {
    const char *name;
    guint       most;
    GPtrArray  *threads;    /* GThread */
    gboolean    busy;       /* the caller's */
    int         fd;
    GMutex      mutex;      /* of what stands below */
    GCond       begun, ended;
    guint       round;      /* its number */
    guint       working;    /* threads that have not ended it */
    gboolean    leaving;
    guint       items;
    LaneWork    work;
    gpointer    data;
    guint       next;       /* the item to take; atomic */
};

Lanes *
lanes_new(const char *name, guint most)
{
    Lanes *lanes = g_new0(Lanes, 1);

    lanes->name = name;
    lanes->most = MAX(most, 1);
    lanes->threads = g_ptr_array_new();
    lanes->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    g_mutex_init(&lanes->mutex);
    g_cond_init(&lanes->begun);
    g_cond_init(&lanes->ended);
    return lanes;
}

guint
lanes_most(const Lanes *lanes)
{
    return lanes->most;
}

/* ---- in a thread ---- */

static void
work_round(Lanes *lanes)
{
    for (guint item; (item = (guint)g_atomic_int_add((gint *)&lanes->next, 1)) < lanes->items;)
        if (!lanes->work(item, lanes->data))
            return;
}

/* Another round than `seen` was begun; FALSE: there will be none. With the lock. */
static gboolean
wait_for_round(Lanes *lanes, guint *seen)
{
    while (!lanes->leaving && lanes->round == *seen)
        g_cond_wait(&lanes->begun, &lanes->mutex);
    *seen = lanes->round;
    return !lanes->leaving;
}

static gpointer
drive(gpointer data)
{
    Lanes *lanes = data;
    guint seen = 0;

    heap_keep();
    g_mutex_lock(&lanes->mutex);
    while (wait_for_round(lanes, &seen)) {
        g_mutex_unlock(&lanes->mutex);
        work_round(lanes);
        g_mutex_lock(&lanes->mutex);
        if (--lanes->working > 0)
            continue;
        g_cond_signal(&lanes->ended);
        if (lanes->fd >= 0)
            eventfd_write(lanes->fd, 1);
    }
    g_mutex_unlock(&lanes->mutex);
    return NULL;
}

/* ---- the caller's ---- */

/* Signals stay with the thread that has the terminal: its handlers put it right again. A new thread begins with the mask of
 * its maker. One that cannot be had is done without, but for the first. */
static void
start_threads(Lanes *lanes, guint wanted)
{
    sigset_t all, before;

    if (lanes->threads->len >= wanted)
        return;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (lanes->threads->len < wanted) {
        GThread *thread = lanes->threads->len == 0 ? g_thread_new(lanes->name, drive, lanes)
                                                   : g_thread_try_new(lanes->name, drive, lanes, NULL);
        if (!thread)
            break;
        g_ptr_array_add(lanes->threads, thread);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void
lanes_begin(Lanes *lanes, guint items, LaneWork work, gpointer data)
{
    g_return_if_fail(!lanes->busy && items > 0);
    g_mutex_lock(&lanes->mutex);
    start_threads(lanes, MIN(items, lanes->most));
    lanes->items = items;
    lanes->work = work;
    lanes->data = data;
    lanes->next = 0;
    lanes->working = lanes->threads->len;
    lanes->round++;
    lanes->busy = TRUE;
    g_cond_broadcast(&lanes->begun);
    g_mutex_unlock(&lanes->mutex);
}

gboolean
lanes_busy(const Lanes *lanes)
{
    return lanes->busy;
}

static void
take_notice(Lanes *lanes)
{
    eventfd_t count;

    if (lanes->fd >= 0)
        (void)eventfd_read(lanes->fd, &count);
    lanes->busy = FALSE;
}

gboolean
lanes_done(Lanes *lanes)
{
    if (!lanes->busy)
        return FALSE;
    g_mutex_lock(&lanes->mutex);
    const gboolean done = lanes->working == 0;
    g_mutex_unlock(&lanes->mutex);
    if (done)
        take_notice(lanes);
    return done;
}

void
lanes_wait(Lanes *lanes)
{
    if (!lanes->busy)
        return;
    const gboolean held = core_release();   /* one of them may wait for that */
    g_mutex_lock(&lanes->mutex);
    while (lanes->working > 0)
        g_cond_wait(&lanes->ended, &lanes->mutex);
    g_mutex_unlock(&lanes->mutex);
    if (held)
        core_hold();
    take_notice(lanes);
}

int
lanes_fd(const Lanes *lanes)
{
    return lanes->busy ? lanes->fd : -1;
}

void
lanes_free(Lanes *lanes)
{
    if (!lanes)
        return;
    lanes_wait(lanes);
    g_mutex_lock(&lanes->mutex);
    lanes->leaving = TRUE;
    g_cond_broadcast(&lanes->begun);
    g_mutex_unlock(&lanes->mutex);
    for (guint i = 0; i < lanes->threads->len; i++)
        g_thread_join(lanes->threads->pdata[i]);
    g_ptr_array_unref(lanes->threads);
    if (lanes->fd >= 0)
        close(lanes->fd);
    g_mutex_clear(&lanes->mutex);
    g_cond_clear(&lanes->begun);
    g_cond_clear(&lanes->ended);
    g_free(lanes);
}
