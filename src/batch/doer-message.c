/* doer-message.c: what a worker says of a message: alone, or some messages by turns.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/translate.h"
#include "batch/doer-own.h"

/* More than a usual report has; and of its words those that pass through the text at the same time. */
#define ROOM_LEAST ((gsize)64 << 10)
#define TEXT_SIZE 1000

/* Larger ones do not wait for others: what is held for each is several times its size. */
#define TURN_BYTES_MAX ((gsize)64 << 10)

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

void
doer_say_fault(Work *work, guint file, const GError *error)
{
    doer_end_turns(work);
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

/* ---- one message ---- */

/* Of a folder, by what was judged of it. */
gboolean
doer_is_one_message(const TaskFile *file)
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
    return doer_is_one_message(file) || !doer_has_message(work, store, index + 1);
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
static Turn
look_at(Work *work, guint number, Store *store, guint index, const GError *unread)
{
    const Task *task = work->task;
    const TaskFile *file = &task->files[number];
    Turn turn = { .number = number, .store = store, .index = index, .error = unread ? g_error_copy(unread) : NULL };
    const gboolean single = !store || task->kind == TASK_PART || store_count(store) < 2 ||
                            (task->index > 0 && task->until == task->index);

    turn.message = store ? store_message(store, index, &turn.error) : NULL;
    turn.place = (BatchPlace){ .message = turn.message, .error = turn.error, .name = file->name, .line = work->line,
                               .beside = file->beside_fd >= 0 ? work->job->fds[file->beside_fd] : -1,
                               .beside_name = file->beside,
                               .several = task->several || (!file->kind && !single),
                               .mailbox = file->kind || (store && store_is_mailbox(store)) };
    if (turn.message && file->kind)
        place_in_folder(file, place_of(work, index), file->limit && is_last(work, file, store, index), turn.message);
    if (!turn.message)
        turn.place.source = source_of(work, number, store, index);
    return turn;
}

/* Frees what the turn holds. */
static void
tell(Work *work, Turn *turn)
{
    Tray tray = begin_tray(work);
    g_autoptr(GString) out = tray.text;

    turn->place.before = work->before;
    turn->place.tray = &tray;
    guint adds = work->doer->class->message(&turn->place, out, work->doer->data);
    turn->place.judged = NULL;
    if (turn->message && is_shorter(work, &work->task->files[turn->number], &turn->error))
        adds = say_unreadable(work, &turn->place, turn->error, source_of(work, turn->number, turn->store, turn->index));
    const PieceHead head = { turn->number, PIECE_MESSAGE, adds, progress_of(work, turn->store) };
    say_tray(work, &tray, &head);
    g_clear_pointer(&turn->message, message_free);
    g_clear_error(&turn->error);
}

/* ---- by turns ---- */

/* Those that wait have not been told of: with any of them that the worker dies on, all are done again, from the first. */
void
doer_begin_at(Work *work, guint32 where)
{
    pool_begin(work->line, work->piece, work->n_turns > 0 ? task_place_several(work->turns[0].where) : where);
}

static gboolean
may_wait(const Work *work, const Turn *turn)
{
    return work->doer->class->judge && !task_is_several(work->job->place) && turn->message &&
           g_bytes_get_size(message_raw(turn->message)) <= TURN_BYTES_MAX;
}

void
doer_end_turns(Work *work)
{
    const guint n = work->n_turns;
    BatchPlace *places[BATCH_TURNS];

    for (guint i = 0; i < n; i++)
        places[i] = &work->turns[i].place;
    if (n > 1) {
        doer_begin_at(work, 0);
        work->doer->class->judge(places, n, work->doer->data);
    }
    work->n_turns = 0;
    for (guint i = 0; i < n; i++) {
        doer_begin_at(work, work->turns[i].where);
        tell(work, &work->turns[i]);
    }
    for (guint i = 0; i < work->n_stores; i++)
        store_free(work->stores[i]);
    work->n_stores = 0;
}

void
doer_leave_store(Work *work, Store *store)
{
    if (work->n_turns > 0 && work->turns[work->n_turns - 1].store == store)
        work->stores[work->n_stores++] = store;
    else
        store_free(store);
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

void
doer_tell_unread(Work *work, guint number, const GError *unread)
{
    doer_end_turns(work);
    if (work->doer->class->line) {
        line_at(work, number, NULL, 0, unread);
    } else {
        Turn turn = look_at(work, number, NULL, 0, unread);
        tell(work, &turn);
    }
}

void
doer_tell(Work *work, guint number, Store *store, guint index, guint32 where)
{
    doer_begin_at(work, where);
    if (work->doer->class->line) {
        line_at(work, number, store, index, NULL);
        return;
    }
    Turn turn = look_at(work, number, store, index, NULL);
    turn.where = where;
    if (may_wait(work, &turn)) {
        work->turns[work->n_turns++] = turn;
        if (work->n_turns == BATCH_TURNS)
            doer_end_turns(work);
    } else {
        doer_end_turns(work);
        doer_begin_at(work, where);
        tell(work, &turn);
    }
}
