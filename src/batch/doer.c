/* doer.c: a worker's side of a batch: files and blocks become messages.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/mapped.h"
#include "base/fault.h"
#include "base/translate.h"
#include "batch/doer-own.h"

/* Of a mailbox, before a sign of life. */
#define SCAN_US 100000
/* … where a header is soon looked at: it is still in the processor's cache. */
#define SCAN_LINE_US 20

/* More than a usual report has; and of its words those that pass through the text at the same time. */
#define ROOM_LEAST ((gsize)64 << 10)
#define TEXT_SIZE 1000

Doer *
doer_new(const BatchClass *class, gpointer data)
{
    Doer *doer = g_new0(Doer, 1);

    doer->class = class;
    doer->data = data;
    doer->lines = g_string_new(NULL);
    return doer;
}

/* ---- saying ---- */

static void
say(Work *work, char *piece, gsize length, const PieceHead *head)
{
    memcpy(piece, head, sizeof *head);
    pool_piece(work->line, piece, length);
    work->piece++;
    work->before += head->adds;
}

void
doer_say(Work *work, GString *out, const PieceHead *head)
{
    say(work, out->str, out->len, head);
}

GString *
doer_begin_piece(void)
{
    static const PieceHead none = { 0 };
    GString *out = g_string_sized_new(32768);

    return g_string_append_len(out, (const char *)&none, sizeof none);
}

static void
begin_again(Tray *tray)
{
    tray->length = 0;
    g_string_set_size(tray->text, sizeof(PieceHead));
}

/* Of one message, put together where the parent reads it. Its text is the caller's. */
static Tray
begin_tray(const Work *work)
{
    Tray tray = { .text = g_string_sized_new(TEXT_SIZE) };

    tray.room = pool_room(work->line, ROOM_LEAST, &tray.size);
    begin_again(&tray);
    return tray;
}

static void
say_tray(Work *work, Tray *tray, const PieceHead *head)
{
    gsize length;
    char *whole = tray_whole(tray, &length);

    say(work, whole, length, head);
}

static void
say_fault(Work *work, guint file, const GError *error)
{
    g_autoptr(GString) out = doer_begin_piece();
    const PieceHead head = { file, PIECE_FAULT, 0, 0 };

    g_assert(error);
    g_string_append(out, error->message);
    doer_say(work, out, &head);
}

/* Millionths of the file. */
static guint32
progress_of(const Work *work, const Store *store)
{
    const Task *task = work->task;

    if (task->kind == TASK_PART)
        return (guint32)(1e6 * (double)(task->from + 1) / (double)MAX(task->count, 1));
    return store ? (guint32)(store_progress(store) * 1e6) : 1000000;
}

gboolean
doer_has_message(Work *work, Store *store, guint index)
{
    const gint64 slice = work->doer->class->line ? SCAN_LINE_US : SCAN_US;

    while (index >= store_count(store) && store_scan(store, slice))
        pool_alive(work->line);
    return index < store_count(store);
}

/* ---- one message ---- */

/* Of a folder, by what was judged of it. */
static gboolean
is_one_message(const TaskFile *file)
{
    return file->kind && !g_str_equal(file->kind, "mbox");
}

/* The place in the folder, and what the folder says of the message. */
static void
place_in_folder(const TaskFile *file, guint index, gboolean last, Message *message)
{
    Origin *origin = origin_copy(message_origin(message));

    origin->index = file->base + index + 1;
    if (g_str_equal(file->kind, "maildir") && g_str_equal(origin->kind, "eml")) {
        g_free(origin->kind);
        origin->kind = g_strdup("maildir");
    }
    if (last)
        origin_note(origin, file->limit, SEVERITY_WARNING, NULL);
    message_take_origin(message, origin);
}

/* Where message `index` of the store stands in its file: of a part there is but one. */
static guint
place_of(const Work *work, guint index)
{
    return index + (work->task->kind == TASK_PART ? (guint)work->task->from : 0);
}

static gboolean
is_last(Work *work, const TaskFile *file, Store *store, guint index)
{
    if (work->task->kind == TASK_PART)
        return work->task->from + 1 == work->task->count;
    return is_one_message(file) || !doer_has_message(work, store, index + 1);
}

static SourceInfo *
source_of(const Work *work, guint number, Store *store, guint index)
{
    const TaskFile *file = &work->task->files[number];
    SourceInfo *source = store ? store_source(store, index) : record_new(&source_info_type);

    if (!file->kind && work->task->kind != TASK_PART)
        return source;
    g_free(source->path);
    source->path = g_strdup(file->path);
    if (file->kind || !source->kind) {
        g_free(source->kind);
        source->kind = g_strdup(file->kind ? file->kind : "mbox");
    }
    source->index = file->base + place_of(work, index) + 1;
    return source;
}

/* What was mapped behind the end is gone, or zeros: nothing that was found in there may be said. */
static gboolean
is_shorter(const Work *work, const TaskFile *file, GError **error)
{
    const off_t end = file->fd >= 0 ? lseek(work->job->fds[file->fd], 0, SEEK_END) : -1;

    return end >= 0 && (guint64)end < work->length &&
           !fault_set(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("%s: the file was made shorter while it was read"),
                      file->path);
}

static guint
say_unreadable(const Work *work, BatchPlace *place, GError *error, SourceInfo *source)
{
    begin_again(place->tray);
    place->message = NULL;
    place->error = error;
    place->source = source;
    return work->doer->class->message(place, place->tray->text, work->doer->data);
}

/* `store` is NULL for a file of a folder that cannot be read: `error` says why. */
static void
look_at(Work *work, guint number, Store *store, guint index, const GError *unread)
{
    const TaskFile *file = &work->task->files[number];
    const BatchClass *class = work->doer->class;
    g_autoptr(GError) error = unread ? g_error_copy(unread) : NULL;
    g_autoptr(Message) message = store ? store_message(store, index, &error) : NULL;
    Tray tray = begin_tray(work);
    g_autoptr(GString) out = tray.text;
    const Task *task = work->task;
    const gboolean single = !store || task->kind == TASK_PART || store_count(store) < 2 ||
                            (task->index > 0 && task->until == task->index);
    BatchPlace place = { .message = message, .error = error, .name = file->name, .line = work->line,
                         .beside = file->beside_fd >= 0 ? work->job->fds[file->beside_fd] : -1,
                         .beside_name = file->beside,
                         .several = work->task->several || (!file->kind && !single),
                         .mailbox = file->kind || (store && store_is_mailbox(store)),
                         .before = work->before, .tray = &tray };

    if (message && file->kind)
        place_in_folder(file, place_of(work, index), file->limit && is_last(work, file, store, index), message);
    if (!message)
        place.source = source_of(work, number, store, index);
    guint adds = class->message(&place, out, work->doer->data);
    if (message && is_shorter(work, file, &error))
        adds = say_unreadable(work, &place, error, source_of(work, number, store, index));
    const PieceHead head = { number, PIECE_MESSAGE, adds, progress_of(work, store) };
    say_tray(work, &tray, &head);
}

static void
line_at(Work *work, guint number, Store *store, guint index, const GError *unread)
{
    const Doer *doer = work->doer;
    const TaskFile *file = &work->task->files[number];
    const BatchLine line = { store, index, file->base + place_of(work, index) + 1,
                             file->kind ? file->name : file->path, unread };
    const PieceHead head = { number, PIECE_MESSAGE, 0, progress_of(work, store) };

    g_string_set_size(doer->lines, sizeof head);
    doer->class->line(&line, doer->lines, doer->data);
    doer_say(work, doer->lines, &head);
}

static void
tell_of(Work *work, guint number, Store *store, guint index, const GError *unread)
{
    if (work->doer->class->line)
        line_at(work, number, store, index, unread);
    else
        look_at(work, number, store, index, unread);
}

/* ---- the messages of a file ---- */

static void
say_no_such(Work *work, guint number, Store *store)
{
    g_autoptr(GError) error = NULL;

    fault_set(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
              store_path(store), (int)MAX(work->task->index, 1), store_count(store));
    say_fault(work, number, error);
}

/* Those from `from` on, below `until`; places count from `zero`. */
static void
do_messages(Work *work, guint number, Store *store, guint from, guint until, guint zero)
{
    for (guint i = from; i < until && doer_has_message(work, store, i); i++) {
        pool_begin(work->line, work->piece, task_place(number, i - zero));
        tell_of(work, number, store, i, NULL);
    }
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
        do_messages(work, number, store, from, is_one_message(file) ? 1 : G_MAXUINT, 0);
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
open_file(Work *work, guint number, gboolean again, gboolean *told)
{
    g_autoptr(GError) error = NULL;
    const TaskFile *file = &work->task->files[number];

    if (!again)
        pool_begin(work->line, work->piece, task_place(number, PLACE_OPENING));
    Store *store = open_store(work, number, &error);
    *told = !store && !again;
    if (*told && file->kind)
        tell_of(work, number, NULL, 0, error);
    else if (*told)
        say_fault(work, number, error);
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
    gboolean told;

    find_start(work->job, &start, &from);
    for (guint i = start; i < work->task->n_files; i++, from = 0) {
        if (work->task->files[i].missing)
            continue;
        g_autoptr(Store) store = open_file(work, i, i == start && was_opened(work->job), &told);
        if (store)
            do_file(work, i, store, from);
    }
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
    gboolean told = FALSE;

    find_start(work->job, &file, &from);
    if (file > 0)
        return;             /* it could not be opened */
    if (doer->number != task->number)
        keep_store(work, task->number, open_file(work, 0, !task->opens || was_opened(work->job), &told));
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
    tell_of(work, 0, store, 0, error);
}

void
doer_work(Doer *doer, const PoolJob *job, PoolLine *line)
{
    gsize length = 0;
    const void *wire = g_bytes_get_data(job->task, &length);
    g_autoptr(Task) task = task_read(wire, length);
    Work work = { doer, line, job, task, job->first, task ? task->before : 0, 0 };

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
