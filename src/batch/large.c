/* large.c: a file that may be a large mailbox, handed out in blocks of messages.
 * SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "batch/batch-own.h"

/* A file from this size on may be a mailbox worth sharing out; its messages go in blocks. */
#define LARGE (256u << 10)
#define BLOCK 32
/* … or in larger ones, where there is little to do for each. */
#define BLOCK_LINES 8192

typedef enum { LARGE_ASKED, LARGE_SINGLE, LARGE_MAILBOX } LargeState;

struct Large {
    TaskFile  *file;
    int        fd;
    char      *beside_path; /* opened anew for each block */
    gint64     number;
    gint64     next;        /* message */
    gint64     until;       /* no further than this one */
    gboolean   begun;       /* a block was handed out */
    gboolean   several;     /* there are other messages, as far as one knows */
    gint64     known;       /* how many it has; -1 */
    LargeState state;
    guint      ordinal;
};

gboolean
large_is(const Batch *batch, guint64 size)
{
    return batch->sources->serial || size >= LARGE;
}

void
large_begin(Batch *batch, const TaskFile *file, int fd, gint64 known, guint ordinal)
{
    Large *large = g_new0(Large, 1);

    large->file = task_file_copy(file);
    large->fd = fd;
    large->beside_path = g_strdup(file->kind ? file->path : file->name);
    large->number = ++batch->numbers;
    large->next = batch_first(batch);
    large->until = batch_last(batch);
    large->known = known;
    large->state = known >= 0 ? LARGE_MAILBOX : LARGE_ASKED;
    large->ordinal = ordinal;
    large->several = batch->several;
    batch->large = large;
}

/* `--index` counts in the folder. */
void
large_begin_mbox(Batch *batch, const TaskFile *file, int fd, guint messages, gboolean several)
{
    large_begin(batch, file, fd, messages, batch->ordinal);
    batch->large->several = several;
    batch->large->next = MAX(batch_first(batch) - file->base, 0);
    batch->large->until = batch_last(batch) - file->base;
}

void
large_end(Batch *batch)
{
    Large *large = g_steal_pointer(&batch->large);

    if (!large)
        return;
    task_file_free(large->file);
    close(large->fd);
    g_free(large->beside_path);
    g_free(large);
}

gboolean
large_is_done(const Batch *batch)
{
    const Large *large = batch->large;

    if (!large->begun)
        return FALSE;
    return large->next >= large->until || large->state == LARGE_SINGLE ||
           (large->known >= 0 && large->next >= large->known);
}

static gint64
block_of(const Batch *batch)
{
    const Large *large = batch->large;
    const gint64 count = batch->sources->serial ? 1 : batch->class->line ? BLOCK_LINES : BLOCK;
    const gint64 left = MIN(count, large->until - large->next);

    if (large->known < 0)
        return left;
    const gint64 all = large->known - large->next;
    const gint64 share = all / (TASK_SHARES * MAX(batch->sources->workers, 1));
    return MIN(left, batch_left(batch) == 0 ? MAX(share, 1) : all);
}

PoolNext
large_next(Batch *batch, PoolJob *job)
{
    Large *large = batch->large;

    if (large->begun && large->state == LARGE_ASKED)
        return POOL_LATER;
    Own *own = batch_own_new(batch, TASK_BLOCK, large->ordinal);
    Task *task = task_head(own->wire);
    TaskFile file = *large->file;
    task->number = own->number = large->number;
    task->from = large->next;
    task->count = block_of(batch);
    task->opens = own->first_block = !large->begun;
    task->several = large->several;
    if (file.kind)
        task->index = 0;
    large->begun = TRUE;
    large->next += task->count;
    file.fd = (gint)job->n_fds;
    job->fds[job->n_fds++] = dup(large->fd);
    batch_add_beside(batch, large->beside_path, &file, job);
    task_add(own->wire, &file);
    g_free((char *)file.beside);
    return batch_give(batch, own, job);
}

void
large_learn(Batch *batch, gint64 number, const TaskFacts *facts)
{
    Large *large = batch->large;

    if (!large || large->number != number)
        return;
    if (large->state == LARGE_ASKED && facts->kind == FILE_SINGLE)
        large->state = LARGE_SINGLE;
    else if (large->state == LARGE_ASKED && facts->kind == FILE_MAILBOX)
        large->state = LARGE_MAILBOX;
    if (large->known < 0 && facts->known > 0)
        large->known = MIN(facts->known - 1, G_MAXINT32);
}

void
large_ended(Batch *batch, const Own *own, const TaskFacts *facts)
{
    Large *large = batch->large;

    large_learn(batch, own->number, facts);
    /* Nobody could open it, which was told. */
    if (own->first_block && large && large->number == own->number && large->state == LARGE_ASKED)
        large->state = LARGE_SINGLE;
}

/* Whoever opens this file dies of it: no more is handed out. */
void
large_give_up(Batch *batch, const Own *own)
{
    Large *large = batch->large;

    if (large && large->number == own->number)
        large->until = MIN(large->until, large->next);
}
