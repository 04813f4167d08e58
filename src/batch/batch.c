/* batch.c: the parent's side: names become tasks, pieces become calls, in order.
 * SPDX-License-Identifier: MIT */
#include "batch/batch.h"

#include <sched.h>

#include "batch/batch-own.h"

guint
batch_workers(void)
{
    cpu_set_t ours;

    if (sched_getaffinity(0, sizeof ours, &ours) != 0)
        return 1;
    return (guint)MAX(CPU_COUNT(&ours), 1);
}

/* ---- which messages are wanted ---- */

gint64
batch_first(const Batch *batch)
{
    return batch->sources->index > 0 ? (gint64)batch->sources->index - 1 : 0;
}

gint64
batch_last(const Batch *batch)
{
    return batch->sources->index > 0 ? batch_first(batch) + MAX(batch->sources->count, 1) : G_MAXINT32;
}

gboolean
batch_wants_one(const Batch *batch)
{
    return batch->sources->index > 0 && batch->sources->count < 2;
}

/* ---- tasks ---- */

Own *
batch_own_new(const Batch *batch, TaskKind kind, guint ordinal)
{
    const Task task = { .kind = kind, .index = (gint64)batch->sources->index, .until = batch_last(batch),
                        .several = batch->several, .before = batch->before };
    Own *own = g_new0(Own, 1);

    own->kind = kind;
    own->wire = g_byte_array_sized_new(512);
    own->ordinal = ordinal;
    task_begin(own->wire, &task);
    return own;
}

void
batch_own_free(Own *own)
{
    for (guint i = 0; own->faults && i < own->faults->len; i++)
        g_error_free(g_array_index(own->faults, Fault, i).error);
    g_clear_pointer(&own->faults, g_array_unref);
    g_byte_array_unref(own->wire);
    g_free(own);
}

guint
batch_own_files(const Own *own)
{
    return task_head(own->wire)->n_files;
}

void
batch_own_fault(Own *own, GError *error)
{
    const Fault fault = { batch_own_files(own) - 1, error };

    if (!own->faults)
        own->faults = g_array_new(FALSE, FALSE, sizeof(Fault));
    g_array_append_val(own->faults, fault);
}

guint8 *
batch_room(const Batch *batch, const PoolJob *job)
{
    return job->room ? job->room : batch->bytes;
}

PoolNext
batch_give(Batch *batch, Own *own, PoolJob *job)
{
    job->task = g_bytes_new_static(own->wire->data, own->wire->len);
    job->own = own;
    batch->outstanding++;
    batch->tasks++;
    return POOL_JOB;
}

static PoolNext
next(PoolJob *job, gpointer data)
{
    Batch *batch = data;
    PoolNext what = POOL_JOB;

    if (batch->sources->serial && batch->outstanding > 0)
        return POOL_LATER;
    /* What gave no task ended something: the next in line is asked. */
    while (what == POOL_JOB && !job->own) {
        if (batch->large && large_is_done(batch))
            large_end(batch);
        if (batch->apart)
            what = apart_next(batch, job);
        else if (batch->large)
            what = large_next(batch, job);
        else if (batch->walk)
            what = batch_next_of_walk(batch, job);
        else
            what = batch_next_of_names(batch, job);
    }
    if (what == POOL_LATER && batch->class->idle)
        batch->class->idle(batch->data);
    return what;
}

/* ---- what is only handed on ---- */

static void
asked(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    const Batch *batch = data;

    batch->class->asked(pool, worker, question, batch->data);
}

static void
gone(Pool *pool, guint worker, gpointer data)
{
    const Batch *batch = data;

    if (batch->class->gone)
        batch->class->gone(pool, worker, batch->data);
}

static void
settle(gpointer data)
{
    const Batch *batch = data;

    batch->class->settle(batch->data);
}

static const ChildJob *
child(const char *name, gconstpointer *own, gpointer data)
{
    const Batch *batch = data;

    return batch->class->child ? batch->class->child(name, own, batch->data) : NULL;
}

static void
prepare(const char *const *needs, gpointer data)
{
    Batch *batch = data;

    batch->doer = doer_new(batch->class, batch->data);
    if (batch->class->prepare)
        batch->class->prepare(needs, batch->data);
}

static void
work(const PoolJob *job, PoolLine *line, gpointer data)
{
    const Batch *batch = data;

    doer_work(batch->doer, job, line);
}

/* ---- the run ---- */

static PoolEnd
run(Batch *batch, const Stop *stop)
{
    const BatchClass *class = batch->class;
    const BatchSources *sources = batch->sources;
    const PoolClass pool = { .next = next, .piece = back_piece, .lost = back_lost, .ended = back_ended, .dropped = back_dropped,
                             .note = back_note, .settle = class->settle ? settle : NULL,
                             .asked = class->asked ? asked : NULL, .gone = gone, .child = child,
                             .prepare = prepare, .work = work, .again = task_again, .shared = !class->copied,
                             .reads = TRUE };

    return pool_run(&pool, sources->serial ? 1 : sources->workers, sources->isolate ? POOL_ISOLATE : POOL_PLAIN,
                    stop, batch);
}

PoolEnd
batch_run(const BatchClass *class, const BatchSources *sources, const Stop *stop, gpointer data)
{
    Batch batch = { .class = class, .sources = sources, .data = data };
    g_autoptr(GError) error = NULL;

    batch.names = names_new(sources->files, sources->from, sources->separator, &error);
    if (!batch.names) {
        class->fault(error, data);
        return POOL_DONE;
    }
    batch.n_names = sources->files ? g_strv_length(sources->files) : 0;
    batch.several = batch.n_names > 1 || sources->from;
    batch.bytes = g_malloc(POOL_BYTES_MAX);
    batch.apart = sources->isolate ? apart_new(sources->workers) : NULL;
    const PoolEnd end = run(&batch, stop);
    large_end(&batch);
    apart_free(batch.apart);
    g_clear_pointer(&batch.walk, walk_free);
    g_free(batch.walk_name);
    g_free(batch.bytes);
    names_free(batch.names);
    return end;
}
