/* doer.c: a worker's side of a batch: files and blocks become messages.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/mapped.h"
#include "base/fault.h"
#include "base/translate.h"
#include "batch/doer-own.h"

/* Of a mailbox, before a sign of life. */
#define SCAN_US 100000
/* … where a header is soon looked at: it is still in the processor's cache. */
#define SCAN_LINE_US 20

Doer *
doer_new(const BatchClass *class, gpointer data)
{
    Doer *doer = g_new0(Doer, 1);

    doer->class = class;
    doer->data = data;
    doer->lines = g_string_new(NULL);
    return doer;
}

gboolean
doer_has_message(Work *work, Store *store, guint index)
{
    const gint64 slice = work->doer->class->line ? SCAN_LINE_US : SCAN_US;

    while (index >= store_count(store) && store_scan(store, slice))
        pool_alive(work->line);
    return index < store_count(store);
}

/* ---- the messages of a file ---- */

static void
say_no_such(Work *work, guint number, Store *store)
{
    g_autoptr(GError) error = NULL;

    fault_set(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
              store_path(store), (int)MAX(work->task->index, 1), store_count(store));
    doer_say_fault(work, number, error);
}

/* Those from `from` on, below `until`; places count from `zero`. */
static void
do_messages(Work *work, guint number, Store *store, guint from, guint until, guint zero)
{
    for (guint i = from; i < until && doer_has_message(work, store, i); i++)
        doer_tell(work, number, store, i, task_place(number, i - zero));
}

/* The file itself was asked for, or it is a mailbox: an empty one holds no message 1. */
static void
do_file(Work *work, guint number, Store *store, guint from)
{
    const guint index = (guint)work->task->index;
    const TaskFile *file = &work->task->files[number];

    doer_has_message(work, store, 1);
    if (!doer_has_message(work, store, index > 0 ? index - 1 : 0)) {
        if (from == 0)
            say_no_such(work, number, store);
    } else if (index > 0) {
        do_messages(work, number, store, MAX(from, index - 1), (guint)work->task->until, 0);
    } else {
        do_messages(work, number, store, from, doer_is_one_message(file) ? 1 : G_MAXUINT, 0);
    }
}

/* What came with the job is read-only, but gone with it, so that it is copied: nobody has to think of who keeps what. */
GBytes *
doer_bytes(const Work *work, const TaskFile *file, GError **error)
{
    const PoolJob *job = work->job;

    if (file->fd >= 0)
        return mapped_bytes(job->fds[file->fd], error);
    if (file->inside && (guint64)file->at + file->length <= job->n_bytes)
        return g_bytes_new((const guint8 *)job->bytes + file->at, file->length);
    fault_set(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("the file was made shorter while it was read"));
    return NULL;
}

static Store *
store_of(const Work *work, const TaskFile *file, GBytes *bytes, GError **error)
{
    const Task *task = work->task;

    if (task->kind != TASK_PART)
        return store_from_bytes(bytes, file->path, error);
    const StorePart part = { (guint)task->from, task->unquoted, task->from + 1 == task->count };
    g_autoptr(GBytes) facts = g_bytes_new(work->job->bytes, MIN(task->facts, work->job->n_bytes));
    return store_from_part(bytes, file->path, facts, &part);
}

static Store *
open_store(Work *work, guint number, GError **error)
{
    const TaskFile *file = &work->task->files[number];
    g_autoptr(GError) fault = NULL;

    if (file->fault) {
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s", file->fault);
        return NULL;
    }
    g_autoptr(GBytes) bytes = doer_bytes(work, file, &fault);
    work->length = bytes ? g_bytes_get_size(bytes) : 0;
    if (bytes)
        return store_of(work, file, bytes, error);
    g_assert(fault);
    fault_set(error, fault->domain, fault->code, "%s: %s", file->path, fault->message);
    return NULL;
}

/* One that could be opened before is opened again without being blamed for it. */
static Store *
open_file(Work *work, guint number, gboolean again)
{
    g_autoptr(GError) error = NULL;
    const TaskFile *file = &work->task->files[number];

    if (!again)
        doer_begin_at(work, task_place(number, PLACE_OPENING));
    Store *store = open_store(work, number, &error);
    if (!store && !again && file->kind)
        doer_tell_unread(work, number, error);
    else if (!store && !again)
        doer_say_fault(work, number, error);
    return store;
}

/* ---- tasks ---- */

/* Where a worker that died had come to: the first file and message that are still to be done. */
static void
find_start(const PoolJob *job, guint *file, guint *message)
{
    const guint last = task_place_message(job->place);

    *file = *message = 0;
    if (job->begun == 0)
        return;
    *file = task_place_file(job->place);
    const gboolean redo = job->begun == job->first + 1;
    if (last == PLACE_OPENING)
        *file += redo ? 0 : 1;
    else
        *message = last + (redo ? 0 : 1);
}

static gboolean
was_opened(const PoolJob *job)
{
    return job->begun > 0 && !task_is_opening(job->place);
}

static void
do_files(Work *work)
{
    guint start, from;

    find_start(work->job, &start, &from);
    for (guint i = start; i < work->task->n_files; i++, from = 0) {
        if (work->task->files[i].missing)
            continue;
        Store *store = open_file(work, i, i == start && was_opened(work->job));
        if (!store)
            continue;
        do_file(work, i, store, from);
        doer_leave_store(work, store);
    }
    doer_end_turns(work);
}

static void
keep_store(Work *work, gint64 number, Store *store)
{
    Doer *doer = work->doer;

    g_clear_pointer(&doer->store, store_free);
    doer->store = store;
    doer->number = store ? number : 0;
    doer->length = work->length;
    doer->told = (TaskFacts){ FILE_UNKNOWN, 0 };
}

/* All that is known of the file as soon as it is, where others wait for it, and at the block's end. */
static void
tell_facts(Work *work, Store *store, gboolean awaited)
{
    const TaskFacts facts = { store_is_mailbox(store) ? FILE_MAILBOX : FILE_SINGLE,
                              store_is_complete(store) ? store_count(store) + 1 : 0 };
    const TaskHint hint = { work->task->number, facts };
    TaskFacts *told = &work->doer->told;
    guint64 result;

    memcpy(&result, &facts, sizeof result);
    pool_result(work->line, result);
    if (!awaited && (told->known > 0 || facts.known == 0))
        return;
    pool_note(work->line, &hint, sizeof hint);
    *told = facts;
}

static void
do_block(Work *work)
{
    const Task *task = work->task;
    Doer *doer = work->doer;
    guint file, from;

    find_start(work->job, &file, &from);
    if (file > 0)
        return;             /* it could not be opened */
    if (doer->number != task->number)
        keep_store(work, task->number, open_file(work, 0, !task->opens || was_opened(work->job)));
    if (!doer->store)
        return;
    work->length = doer->length;
    doer_has_message(work, doer->store, 1);
    tell_facts(work, doer->store, task->opens);
    if (task->opens && !doer_has_message(work, doer->store, task->index > 0 ? (guint)task->index - 1 : 0)) {
        if (from == 0)
            say_no_such(work, 0, doer->store);
    } else {
        do_messages(work, 0, doer->store, (guint)task->from + from, (guint)(task->from + task->count),
                    (guint)task->from);
    }
    doer_end_turns(work);
    tell_facts(work, doer->store, FALSE);
}

/* One message of a mailbox: its bytes are all there is. */
static void
do_part(Work *work)
{
    g_autoptr(GError) error = NULL;

    if (work->job->first > 0)
        return;
    pool_begin(work->line, work->piece, task_place(0, 0));
    g_autoptr(Store) store = open_store(work, 0, &error);
    if (store)
        doer_tell(work, 0, store, 0, task_place(0, 0));
    else
        doer_tell_unread(work, 0, error);
    doer_end_turns(work);
}

void
doer_work(Doer *doer, const PoolJob *job, PoolLine *line)
{
    gsize length = 0;
    const void *wire = g_bytes_get_data(job->task, &length);
    g_autoptr(Task) task = task_read(wire, length);
    Work work = { .doer = doer, .line = line, .job = job, .task = task, .piece = job->first, .before = task ? task->before : 0 };

    g_return_if_fail(task && (task->n_files > 0 || task->kind == TASK_FILES));
    if (task->kind == TASK_JUDGE)
        doer_judge(&work);
    else if (task->kind == TASK_SCAN)
        doer_scan(&work);
    else if (task->kind == TASK_PART)
        do_part(&work);
    else if (task->kind == TASK_BLOCK)
        do_block(&work);
    else
        do_files(&work);
}
