/* pool-turn.c: pieces, losses and ends of jobs, in the order of jobs, whoever made them.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "process/pool-own.h"
#include "process/worker.h"

/* The class looks at no more than so many bytes at once, where they lie: the worker wants their room. */
#define UNSETTLED_MAX (256u << 10)

void
pool_free_job(SlotJob *job)
{
    for (guint i = 0; i < job->job.n_fds; i++)
        if (job->job.fds[i] >= 0)
            close(job->job.fds[i]);
    g_clear_pointer(&job->job.task, g_bytes_unref);
    g_array_unref(job->lost);
    g_free(job);
}

static void
end_job(Pool *pool, SlotJob *job)
{
    g_queue_remove(&job->slot->jobs, job);
    g_queue_pop_head(&pool->jobs);
    if (job->job.n_bytes > 0)
        inbox_drop(job->slot->inbox, job->inbox + job->job.n_bytes);
    if (pool->class->ended)
        pool->class->ended(&job->job, pool->data);
    pool->later = FALSE;
    pool->fds -= job->job.n_fds;
    pool_free_job(job);
}

/* The class has no use for what it was given any more, and workers have their room back. */
static void
settle(Pool *pool)
{
    if (pool->unsettled > 0 && pool->class->settle)
        pool->class->settle(pool->data);
    pool->unsettled = 0;
    for (guint i = 0; i < pool->slots->len; i++)
        ring_release(((const Slot *)pool->slots->pdata[i])->ring);
}

static void
tell_piece(Pool *pool, SlotJob *job, const void *bytes, gsize length)
{
    Slot *slot = job->slot;

    if (slot->part->len == 0 && pool->class->shared) {
        pool->unsettled += length + 1;
        pool->class->piece(&job->job, job->next++, bytes, length, pool->data);
        return;
    }
    g_byte_array_append(slot->part, bytes, (guint)length);
    pool->unsettled += length + 1;
    pool->class->piece(&job->job, job->next++, slot->part->data, slot->part->len, pool->data);
    if (pool->class->settle)
        settle(pool);
    g_byte_array_set_size(slot->part, 0);
}

/* The losses that have their turn. */
static void
tell_losses(Pool *pool, SlotJob *job)
{
    while (job->lost->len > 0 && !pool->stopped) {
        const SlotLoss loss = g_array_index(job->lost, SlotLoss, 0);
        if (loss.index != job->next)
            return;
        g_array_remove_index(job->lost, 0);
        pool->class->lost(&job->job, job->next++, &loss.loss, pool->data);
        pool->later = FALSE;
    }
}

/* An isolated process that has had its say says no more. */
static gboolean
says_too_much(const Pool *pool, Slot *slot, const RingEntry *entry)
{
    return pool->flags == POOL_ISOLATE && entry->kind == ENTRY_PIECE && slot->line &&
           ring_tail(slot->ring) >= slot->start && slot->said++ > 0;
}

static void
take_end(SlotJob *job, const RingEntry *entry)
{
    job->slot->ends++;
    if (entry->length == sizeof job->job.result)
        memcpy(&job->job.result, entry->bytes, sizeof job->job.result);
}

/* One entry of the ring. FALSE: there is none that could be taken. */
static gboolean
take_entry(Pool *pool, SlotJob *job, gboolean *ended)
{
    Slot *slot = job->slot;
    guint64 at = ring_tail(slot->ring);
    RingEntry entry;
    const RingState state = ring_look(slot->ring, &at, &entry);

    if (state == RING_EMPTY)
        return FALSE;
    if (state != RING_FULL || !slot_is_sound(&entry, slot->part->len) || says_too_much(pool, slot, &entry)) {
        if (slot->line)
            slot_kill(slot, POOL_LOST_NONSENSE, 0);
        return FALSE;
    }
    if (entry.kind == ENTRY_PART)
        g_byte_array_append(slot->part, entry.bytes, (guint)entry.length);
    else if (entry.kind == ENTRY_PIECE)
        tell_piece(pool, job, entry.bytes, entry.length);
    else
        take_end(job, &entry);
    *ended = entry.kind == ENTRY_END;
    slot_counted(slot, entry.kind, at);
    ring_take(slot->ring, at);
    return TRUE;
}

static void
take_turns(Pool *pool)
{
    SlotJob *job;

    while (!pool->stopped && (job = g_queue_peek_head(&pool->jobs))) {
        gboolean ended = FALSE;
        tell_losses(pool, job);
        if (job->given_up && job->lost->len == 0)
            ended = TRUE;
        else if (pool->stopped || !take_entry(pool, job, &ended))
            return;
        if (ended)
            end_job(pool, job);
        pool->later = FALSE;
        if (pool->unsettled > UNSETTLED_MAX)
            settle(pool);
        if (stop_wished(pool->stop))
            pool->stopped = TRUE;
    }
}

void
pool_turn(Pool *pool)
{
    take_turns(pool);
    settle(pool);
}
