/* pool.c: hands jobs out, and goes on when a worker dies.
 * SPDX-License-Identifier: MIT */
#include "process/pool.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/translate.h"
#include "process/pool-own.h"

/* Slots for each worker, where a slot has to be empty before it is used again. */
#define SLOTS_EACH 4
/* Open files that are enough for any number of workers. */
#define FDS_WANTED 16384

/* ---- jobs ---- */

static gboolean
is_running(const Slot *slot)
{
    return slot->line != NULL;
}

static gboolean
takes_jobs(const Slot *slot)
{
    return slot_load(slot) < POOL_LOAD && (!slot->inbox || inbox_has_room(slot->inbox, POOL_BYTES_MAX));
}

/* A process of its own for each job: a slot of which nothing is left, so that nobody meets what another has written. There are
 * more of them than processes, since what is done waits there for its turn. */
static Slot *
choose_empty(const Pool *pool, gboolean *fresh)
{
    Slot *empty = NULL;
    guint running = 0;

    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (is_running(slot))
            running++;
        else if (slot->jobs.length == 0 && !empty)
            empty = slot;
    }
    *fresh = running < pool->workers && !empty && pool->slots->len < SLOTS_EACH * pool->workers;
    return running < pool->workers ? empty : NULL;
}

/* Who does nothing; else a new one; else who has least to do. NULL: all have enough. */
static Slot *
choose_slot(const Pool *pool, gboolean *fresh)
{
    Slot *best = NULL;

    if (pool->flags == POOL_ISOLATE)
        return choose_empty(pool, fresh);
    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (takes_jobs(slot) && (!best || slot_load(slot) < slot_load(best)))
            best = slot;
    }
    *fresh = pool->slots->len < pool->workers && !(best && slot_load(best) == 0);
    return best;
}

/* Whether the slot has a process that does what it has to do. */
static gboolean
has_process(Pool *pool, Slot *slot)
{
    if (is_running(slot))
        return TRUE;
    if (!slot_start(slot, pool->slots, pool->class, ++pool->started, pool->flags, pool->data))
        pool->failed = TRUE;
    return !pool->failed;
}

static void
give(Pool *pool, Slot *slot, const PoolJob *given)
{
    SlotJob *job = g_new0(SlotJob, 1);

    job->job = *given;
    job->slot = slot;
    job->number = ++pool->given;
    job->lost = g_array_new(FALSE, FALSE, sizeof(SlotLoss));
    if (pool->flags == POOL_ISOLATE)
        slot_wipe(slot);
    if (given->n_bytes > 0)
        job->inbox = inbox_put(slot->inbox, given->bytes, given->n_bytes);
    g_queue_push_tail(&pool->jobs, job);
    g_queue_push_tail(&slot->jobs, job);
    pool->fds += given->n_fds;
    if (has_process(pool, slot))
        slot_send_jobs(slot);
}

/* A slot with a process of its own. NULL: so many as there are must do. */
static Slot *
add_slot(Pool *pool)
{
    Slot *slot = slot_new(pool->class);

    if (slot)
        g_ptr_array_add(pool->slots, slot);
    if (slot && slot_start(slot, pool->slots, pool->class, ++pool->started, pool->flags, pool->data))
        return slot;
    if (slot)
        g_ptr_array_set_size(pool->slots, (int)pool->slots->len - 1);
    if (pool->flags != POOL_ISOLATE)
        pool->workers = MAX(pool->slots->len, 1);
    return NULL;
}

/* What could not be given before, or what the class has next. */
static PoolNext
next_job(Pool *pool, PoolJob *job)
{
    if (!pool->waiting.task)
        return pool->class->next(job, pool->data);
    *job = pool->waiting;
    pool->waiting.task = NULL;
    return POOL_JOB;
}

/* No process can be started for it now: it waits until one of those that run has less to do. */
static void
keep_job(Pool *pool, const PoolJob *job)
{
    guint8 *bytes = g_memdup2(job->bytes, job->n_bytes);

    g_free(pool->waiting_bytes);
    pool->waiting_bytes = bytes;
    pool->waiting = *job;
    pool->waiting.bytes = bytes;
}

/* FALSE: nobody wants a job now, or there is none. */
static gboolean
hand_out_one(Pool *pool)
{
    PoolJob job = { .task = NULL };
    gboolean fresh;
    Slot *slot = choose_slot(pool, &fresh);

    if ((!slot && !fresh) || pool->fds > pool->fds_most)
        return FALSE;
    /* What a process of its own must not see is wiped first (give()). */
    if (!fresh && slot->inbox && pool->flags != POOL_ISOLATE)
        job.room = inbox_room(slot->inbox, POOL_BYTES_MAX);
    const PoolNext next = next_job(pool, &job);
    pool->no_more = next == POOL_END;
    pool->later = next == POOL_LATER;
    if (next != POOL_JOB)
        return FALSE;
    Slot *another = fresh ? add_slot(pool) : NULL;
    if (another)
        slot = another;
    pool->failed = pool->slots->len == 0;
    if (slot)
        give(pool, slot, &job);
    else
        keep_job(pool, &job);
    return slot != NULL;
}

/* Who will get no more is told at once, so that it ends while we do something else. */
static void
hand_out(Pool *pool)
{
    while (!pool->no_more && !pool->later && !pool->failed && !pool->stopped && hand_out_one(pool))
        continue;
    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (is_running(slot) && (pool->no_more || pool->flags == POOL_ISOLATE))
            slot_say_end(slot);
    }
}

void
pool_bury(Pool *pool, Slot *slot)
{
    if (pool->class->gone)
        pool->class->gone(pool, slot->worker, pool->data);
    slot_bury(slot);
    pool->later = FALSE;
    for (GList *link = slot->jobs.head; link; link = link->next) {
        const SlotJob *job = link->data;
        if (job->done || job->given_up)
            continue;
        if (has_process(pool, slot))
            slot_send_jobs(slot);
        return;
    }
}

/* ---- for callbacks ---- */

void
pool_reply(Pool *pool, guint worker, GBytes *answer)
{
    gsize length = 0;
    const void *bytes = answer ? g_bytes_get_data(answer, &length) : NULL;

    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (!slot->line || slot->worker != worker || !slot->asking)
            continue;
        slot->asking = FALSE;
        line_end_send(slot->line, LINE_ANSWER, bytes, length, NULL, 0);
    }
}

guint64
pool_pieces(Pool *pool, guint worker)
{
    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (slot->line && slot->worker == worker)
            return slot_count_pieces(slot);
    }
    return 0;
}

void
pool_watch(Pool *pool, int fd, short events, PoolReady ready, gpointer data)
{
    const PoolWatch watch = { fd, events, ready, data };

    pool_unwatch(pool, fd);
    g_array_append_val(pool->watches, watch);
}

void
pool_unwatch(Pool *pool, int fd)
{
    for (guint i = pool->watches->len; i > 0; i--)
        if (g_array_index(pool->watches, PoolWatch, i - 1).fd == fd)
            g_array_remove_index(pool->watches, i - 1);
}

char *
pool_loss_text(const PoolLoss *loss)
{
    switch (loss->how) {
    case POOL_LOST_SIGNAL:
        if (loss->number == SIGBUS)     /* what is mapped of a file ends where the file ends now */
            return g_strdup_printf(_("signal %d, as when a file is made shorter while it is read"), loss->number);
        return g_strdup_printf(_("signal %d"), loss->number);
    case POOL_LOST_TIME:
        return g_strdup_printf(_("no end after %d s"), loss->number);
    case POOL_LOST_EXIT:
        return g_strdup_printf(_("exit status %d"), loss->number);
    case POOL_LOST_NONSENSE:
        break;
    }
    return g_strdup(_("nonsense instead of an answer"));
}

/* ---- the run ---- */

/* Half of what the process may have open; a soft limit is raised first, for it was meant for programs that use select(). */
static guint
descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256;
    if (limit.rlim_cur < limit.rlim_max && limit.rlim_cur < FDS_WANTED) {
        limit.rlim_cur = MIN(limit.rlim_max, FDS_WANTED);
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    return (guint)MIN(limit.rlim_cur, FDS_WANTED) / 2;
}

static void
free_slot(gpointer slot)
{
    slot_free(slot);
}

/* The run was stopped: these never end. */
static void
drop_jobs(Pool *pool)
{
    SlotJob *job;

    while ((job = g_queue_pop_head(&pool->jobs))) {
        if (pool->class->dropped)
            pool->class->dropped(&job->job, pool->data);
        pool_free_job(job);
    }
    if (pool->waiting.task && pool->class->dropped)
        pool->class->dropped(&pool->waiting, pool->data);
    for (guint i = 0; pool->waiting.task && i < pool->waiting.n_fds; i++)
        if (pool->waiting.fds[i] >= 0)
            close(pool->waiting.fds[i]);
    g_clear_pointer(&pool->waiting.task, g_bytes_unref);
    g_free(pool->waiting_bytes);
}

PoolEnd
pool_run(const PoolClass *class, guint workers, PoolFlags flags, const Stop *stop, gpointer data)
{
    Pool pool = { .class = class, .data = data, .flags = flags, .stop = stop, .workers = MAX(workers, 1),
                  .slots = g_ptr_array_new_with_free_func(free_slot),
                  .watches = g_array_new(FALSE, FALSE, sizeof(PoolWatch)),
                  .polled = g_array_new(FALSE, FALSE, sizeof(struct pollfd)),
                  .looked = g_get_monotonic_time(), .fds_most = descriptors() };

    g_queue_init(&pool.jobs);
    while (!pool.stopped && !pool.failed) {
        pool_turn(&pool);
        hand_out(&pool);
        if (pool.no_more && pool.jobs.length == 0)
            break;
        if (!pool.stopped && !pool.failed)
            pool_wait(&pool);
    }
    g_ptr_array_unref(pool.slots);
    drop_jobs(&pool);
    g_array_unref(pool.watches);
    g_array_unref(pool.polled);
    return pool.failed ? POOL_FAILED : pool.stopped ? POOL_STOPPED : POOL_DONE;
}
