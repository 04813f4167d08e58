/* back.c: what comes back from workers, in order: pieces become calls.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "batch/batch-own.h"

/* Of the files before `until`: those that could not be opened have their turn. */
static void
tell_faults(Batch *batch, Own *own, guint until)
{
    for (; own->faults && own->faults_told < own->faults->len; own->faults_told++) {
        const Fault *fault = &g_array_index(own->faults, Fault, own->faults_told);
        if (fault->file >= until)
            return;
        batch->class->fault(fault->error, batch->data);
    }
}

static void
tell_progress(Batch *batch, const Own *own, const PieceHead *head)
{
    const double inside = MIN(head->progress / 1e6, 1);
    const guint file = own->kind == TASK_FILES ? MIN(head->file, batch_own_files(own)) : 0;
    double done = -1;

    if (!batch->class->progress)
        return;
    if (batch->sources->from)
        done = -1;
    else if (batch->walk)
        done = (own->ordinal - 1 + walk_progress(batch->walk)) / batch->n_names;
    else if (batch->n_names > 0)
        done = ((own->ordinal > 0 ? own->ordinal - 1 : 0) + file + inside) / batch->n_names;
    batch->class->progress(MIN(done, 1), batch->data);
}

static void
take_fault(Batch *batch, const void *bytes, gsize length)
{
    g_autofree char *text = g_strndup(bytes, length);
    g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_FAILED, text);

    batch->class->fault(error, batch->data);
}

static void
take_message(Batch *batch, Own *own, const PieceHead *head, const char *behind, gsize length)
{
    tell_faults(batch, own, head->file);
    own->told = MAX(own->told, MIN(head->file, batch_own_files(own)));
    if (head->kind == PIECE_FAULT) {
        take_fault(batch, behind, length);
        return;
    }
    batch->before += head->adds;
    batch->class->piece(behind, length, batch->data);
    tell_progress(batch, own, head);
}

void
back_piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    Batch *batch = data;
    Own *own = job->own;
    PieceHead head = { 0 };
    const char *behind = (const char *)bytes + sizeof head;

    (void)index;
    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    own->heard = TRUE;
    if (own->kind == TASK_JUDGE) {
        if (batch->walk)
            walk_judged(batch->walk, (PieceKind)head.kind, head.progress);
    } else if (own->kind == TASK_SCAN) {
        if (own->scanned)
            apart_scanned(g_steal_pointer(&own->scanned), head.kind, behind, length - sizeof head);
    } else {
        take_message(batch, own, &head, behind, length - sizeof head);
    }
}

/* ---- losses ---- */

/* As far as one knows what it was. */
static SourceInfo *
source_of(const Own *own, const Task *task, guint number, guint message)
{
    const TaskFile *file = &task->files[number];
    SourceInfo *source = record_new(&source_info_type);
    /* Who has one message can have died on no other. */
    const gint64 inside = message == PLACE_OPENING || own->kind == TASK_PART ? 0 : message;
    const gboolean behind = (own->kind == TASK_BLOCK || own->kind == TASK_PART) && task->from > 0;

    source->path = g_strdup(file->path);
    source->kind = g_strdup(file->kind ? file->kind : behind || own->kind == TASK_PART ? "mbox" : "eml");
    source->index = file->base + task->from + inside + 1;
    return source;
}

static void
lose(Batch *batch, Own *own, const Task *task, guint number, guint message, const PoolLoss *loss)
{
    const TaskFile *file = &task->files[number];
    PoolLoss told = *loss;

    told.whole = own->kind != TASK_PART && (own->kind == TASK_BLOCK || g_strcmp0(file->kind, "mbox") == 0) &&
                 (loss->given_up || message == PLACE_OPENING);
    tell_faults(batch, own, number);
    batch->class->lost(source_of(own, task, number, message), &told, batch->data);
}

/* No process gets on with it: all that is left of it is lost. `done`: pieces of it that came before. */
static void
lose_rest(Batch *batch, Own *own, const Task *task, guint done, const PoolLoss *loss)
{
    large_give_up(batch, own);
    for (guint i = own->told; i < task->n_files; i++)
        if (!task->files[i].missing)
            lose(batch, own, task, i, own->kind == TASK_BLOCK ? done : 0, loss);
}

/* The file that it said, or the first that there is; n_files: there was none to die on. */
static guint
file_of(const Task *task, guint said)
{
    guint first = 0;

    while (first < task->n_files && task->files[first].missing)
        first++;
    return said < task->n_files && !task->files[said].missing ? said : first;
}

/* A scan died of a file; now is its messages' turn. */
static void
lose_scanned(Batch *batch, const Own *own)
{
    g_autoptr(Task) task = task_read(own->wire->data, own->wire->len);

    g_return_if_fail(task && task->n_files > 0);
    batch->class->lost(source_of(own, task, 0, 0), &own->loss, batch->data);
}

void
back_lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data)
{
    Batch *batch = data;
    Own *own = job->own;
    g_autoptr(Task) task = task_read(own->wire->data, own->wire->len);

    own->heard = TRUE;
    if (own->kind == TASK_JUDGE) {
        if (batch->walk)        /* it will be lost as a message, too */
            walk_judged(batch->walk, PIECE_MAIL, 1);
    } else if (own->kind == TASK_SCAN) {
        if (own->scanned)
            apart_lost(g_steal_pointer(&own->scanned), loss);
    } else if (task && task->n_files > 0 && loss->given_up) {
        lose_rest(batch, own, task, index, loss);
    } else if (task) {
        const guint number = file_of(task, task_place_file(loss->place));
        if (number < task->n_files)
            lose(batch, own, task, number, task_place_message(loss->place), loss);
    }
}

/* --isolate: a process that ends its job without a word hides no message by that. */
static void
lose_unsaid(Batch *batch, Own *own)
{
    static const PoolLoss unsaid = { .how = POOL_LOST_NONSENSE };
    g_autoptr(Task) task = task_read(own->wire->data, own->wire->len);
    const guint number = task ? file_of(task, 0) : 0;

    if (task && number < task->n_files)
        lose(batch, own, task, number, 0, &unsaid);
}

/* ---- ends and hints ---- */

void
back_ended(const PoolJob *job, gpointer data)
{
    Batch *batch = data;
    Own *own = job->own;
    TaskFacts facts;

    if (batch->apart && !own->heard && (own->kind == TASK_PART || own->kind == TASK_FILES))
        lose_unsaid(batch, own);
    tell_faults(batch, own, batch_own_files(own));
    memcpy(&facts, &job->result, sizeof facts);
    if (own->kind == TASK_BLOCK)
        large_ended(batch, own, &facts);
    if (own->scanned)
        apart_ended(own->scanned);
    if (own->died)
        lose_scanned(batch, own);
    batch->outstanding--;
    batch_own_free(own);
}

void
back_dropped(const PoolJob *job, gpointer data)
{
    (void)data;
    batch_own_free(job->own);
}

void
back_note(const PoolJob *job, const void *bytes, gsize length, gpointer data)
{
    Batch *batch = data;
    const Own *own = job->own;
    TaskHint hint;

    if (length != sizeof hint || own->kind != TASK_BLOCK)
        return;
    memcpy(&hint, bytes, sizeof hint);
    if (hint.number == own->number)
        large_learn(batch, own->number, &hint.facts);
}
