/* pool-wait.c: sleeps until a worker, a descriptor or the clock wants something.
 * SPDX-License-Identifier: MIT */
#include <poll.h>

#include "process/pool-own.h"

/* So much a worker collects before we are woken, if it does not want another job first … */
#define WAKE_BYTES (RING_BYTES / 8 * 5)
/* … or so much time passes. */
#define LATEST_MS 50
#define LOOK_US ((gint64)G_USEC_PER_SEC)

static void
poll_add(Pool *pool, int fd, short events)
{
    const struct pollfd polled = { fd, events, 0 };

    g_array_append_val(pool->polled, polled);
}

/* Somebody gets on only when the first job has ended: more is handed out then, or there is room for what has been done. */
static gboolean
is_awaited(const Pool *pool)
{
    if (pool->later)
        return TRUE;
    for (guint i = 0; i < pool->slots->len; i++) {
        const Slot *slot = pool->slots->pdata[i];
        if (slot->line && ((!pool->no_more && slot_load(slot) <= POOL_LOW) || ring_is_full(slot->ring)))
            return TRUE;
    }
    return FALSE;
}

/* The worker counts an end that it never put: who waits for that one would wait no moment, again and again. */
static gboolean
lies(const Slot *slot)
{
    return ring_ends(slot->ring) != slot->ends && ring_head(slot->ring) == ring_tail(slot->ring);
}

/* The end of a job at which we are wanted: there is more to hand out, or all is done. 0: none is to come. */
static guint
end_wanted(const Pool *pool, const Slot *slot, gboolean turn, gboolean awaited)
{
    const guint all = slot_ends_due(slot), load = slot_load(slot);

    if (lies(slot))
        return 0;
    if (turn && (awaited || load == 0))
        return slot->ends + 1;      /* it may have been put since we took what there was */
    if (load == 0)
        return 0;
    return pool->no_more || load <= POOL_LOW ? all : all - POOL_LOW;
}

/* FALSE: there is something to do already. */
static gboolean
lie_down(Pool *pool)
{
    const SlotJob *first = g_queue_peek_head(&pool->jobs);
    const gboolean awaited = is_awaited(pool);
    gboolean quiet = TRUE;

    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        const gboolean turn = first && first->slot == slot;
        const gsize bytes = turn ? WAKE_BYTES : G_MAXUINT32;
        if (slot->line && !ring_sleep(slot->ring, bytes, end_wanted(pool, slot, turn, awaited)))
            quiet = FALSE;
    }
    return quiet;
}

static void
wake_up(Pool *pool)
{
    for (guint i = 0; i < pool->slots->len; i++)
        ring_wake(((Slot *)pool->slots->pdata[i])->ring);
}

static void
collect_polled(Pool *pool)
{
    g_array_set_size(pool->polled, 0);
    poll_add(pool, stop_fd(pool->stop), POLLIN);
    for (guint i = 0; i < pool->slots->len; i++) {
        const Slot *slot = pool->slots->pdata[i];
        const gboolean waits = slot->line && line_end_waits(slot->line);
        poll_add(pool, slot->line ? line_end_fd(slot->line) : -1, (short)(POLLIN | (waits ? POLLOUT : 0)));
    }
    for (guint i = 0; i < pool->watches->len; i++) {
        const PoolWatch *watch = &g_array_index(pool->watches, PoolWatch, i);
        poll_add(pool, watch->fd, watch->events);
    }
}

static void
serve_slots(Pool *pool, guint n_slots)
{
    for (guint i = 0; i < n_slots; i++) {
        Slot *slot = pool->slots->pdata[i];
        const short events = g_array_index(pool->polled, struct pollfd, 1 + i).revents;
        if ((events & POLLOUT) && slot->line)
            line_end_flush(slot->line);
        if ((events & (POLLIN | POLLHUP | POLLERR)) && slot->line)
            if (!pool_hear(pool, slot))
                pool_bury(pool, slot);
    }
}

/* A callback may watch others, or stop watching. */
static void
serve_watches(Pool *pool, guint n_slots)
{
    g_autoptr(GArray) watches = g_array_copy(pool->watches);

    for (guint i = 0; i < watches->len && 1 + n_slots + i < pool->polled->len; i++) {
        const PoolWatch *watch = &g_array_index(watches, PoolWatch, i);
        const short events = g_array_index(pool->polled, struct pollfd, 1 + n_slots + i).revents;
        if (events)
            watch->ready(pool, watch->fd, events, watch->data);
    }
}

static void
look_at_slots(Pool *pool)
{
    const gint64 now = g_get_monotonic_time();

    if (now - pool->looked < LOOK_US)
        return;
    pool->looked = now;
    for (guint i = 0; i < pool->slots->len; i++)
        slot_watch(pool->slots->pdata[i]);
}

void
pool_wait(Pool *pool)
{
    const guint n_slots = pool->slots->len;

    collect_polled(pool);
    const gboolean quiet = lie_down(pool);
    const int ready = poll((struct pollfd *)(void *)pool->polled->data, pool->polled->len,
                           quiet ? LATEST_MS : 0);
    wake_up(pool);
    if (ready == 0 && quiet)
        pool->later = FALSE;    /* what is waited for may be outside: names that somebody types */
    if (stop_wished(pool->stop))
        pool->stopped = TRUE;
    if (ready > 0 && !pool->stopped) {
        pool_turn(pool);            /* written while a process that is done leaves */
        serve_slots(pool, n_slots);
        serve_watches(pool, n_slots);
    }
    look_at_slots(pool);
}
