/* apart.c: --isolate: who finds out where messages stand looks at none; who looks at one is given its bytes and no others.
 * SPDX-License-Identifier: MIT
 *
 * A file is scanned first, by a process of its own, which says no more than where the messages of a mailbox stand. It is gone
 * before the first of them is looked at. What a later process says cannot hide a message, nor make one up: the count is known. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/nameless.h"
#include "base/translate.h"
#include "batch/batch-own.h"

typedef enum {
    APART_NEW, APART_SCANNING,
    APART_SINGLE,           /* one message: the file goes to its process as it is */
    APART_PACKED,           /* to be scanned once more, into a file that can be read without unpacking */
    APART_BOX,
    APART_DEAD,             /* its scan died: `loss` */
    APART_FAULT             /* nothing to look at: `fault` says why */
} ApartState;

struct ApartFile {
    TaskFile  *file;
    int        fd;
    int        unpacked;    /* or -1 */
    ApartState state;
    GArray    *places;      /* ScanPlace */
    GBytes    *facts;
    gint64     first, until;    /* messages that are wanted of it, and the next */
    gboolean   several;
    gboolean   large;       /* enough for a mailbox */
    guint      ordinal;
    PoolLoss   loss;
    GError    *fault;
};

struct Apart {
    GQueue   files;         /* ApartFile, in order */
    guint    ahead;         /* so many are scanned before their turn */
    gboolean end;           /* no more files */
};

Apart *
apart_new(guint workers)
{
    Apart *apart = g_new0(Apart, 1);

    g_queue_init(&apart->files);
    apart->ahead = 2 * MAX(workers, 1);
    return apart;
}

static void
free_file(gpointer data)
{
    ApartFile *file = data;

    task_file_free(file->file);
    if (file->fd >= 0)
        close(file->fd);
    if (file->unpacked >= 0)
        close(file->unpacked);
    g_clear_pointer(&file->places, g_array_unref);
    g_clear_pointer(&file->facts, g_bytes_unref);
    g_clear_error(&file->fault);
    g_free(file);
}

void
apart_free(Apart *apart)
{
    if (!apart)
        return;
    g_queue_clear_full(&apart->files, free_file);
    g_free(apart);
}

/* ---- finding files ---- */

static ApartFile *
add_file(Batch *batch, const TaskFile *named, int fd, ApartState state)
{
    ApartFile *file = g_new0(ApartFile, 1);

    file->file = task_file_copy(named);
    file->fd = fd;
    file->unpacked = -1;
    file->state = state;
    file->first = MAX(batch_first(batch) - named->base, 0);
    file->until = batch_last(batch) - named->base;
    file->several = batch->several;
    file->ordinal = batch->ordinal;
    g_queue_push_tail(&batch->apart->files, file);
    return file;
}

static void
add_fault(Batch *batch, GError *error)
{
    static const TaskFile none = { .missing = TRUE, .fd = -1, .beside_fd = -1 };

    add_file(batch, &none, -1, APART_FAULT)->fault = error;
}

static void
take_name(Batch *batch, const char *name)
{
    GError *error = NULL;
    gboolean folder;
    guint64 size;
    const int fd = file_open(name, &folder, &size, &error);
    const TaskFile file = { .name = name, .path = file_shown(name), .fd = -1, .beside_fd = -1 };

    batch->ordinal++;
    if (folder && batch_begin_walk(batch, name, &error))
        return;
    if (fd < 0)
        add_fault(batch, error);
    else
        add_file(batch, &file, fd, APART_NEW)->large = large_is(batch, size);
}

static PoolNext
find_name(Batch *batch)
{
    GError *error = NULL;
    g_autofree char *name = NULL;

    switch (names_next(batch->names, &name, &error)) {
    case NAMES_ONE:
        take_name(batch, name);
        return POOL_JOB;
    case NAMES_FAULT:
        add_fault(batch, error);
        return POOL_JOB;
    case NAMES_WAIT:
        return POOL_LATER;
    case NAMES_END:
        break;
    }
    batch->apart->end = TRUE;
    return POOL_END;
}

/* Each file is judged by a process of its own, too. */
static PoolNext
find_in_folder(Batch *batch, PoolJob *job)
{
    Own *judged = batch_own_new(batch, TASK_JUDGE, batch->ordinal);
    TaskFile *file;
    guint messages;
    int fd;

    if (walk_judge(batch->walk, judged->wire, job, 1))
        return batch_give(batch, judged, job);
    batch_own_free(judged);
    const WalkNext next = walk_next(batch->walk, &file, &fd, &messages);
    if (next == WALK_LATER)
        return POOL_LATER;
    if (next == WALK_END) {
        GError *error = batch_end_walk(batch);
        if (error)
            add_fault(batch, error);
        return POOL_JOB;
    }
    if (batch_wants(batch, file, messages)) {
        const gboolean box = fd >= 0 && g_str_equal(file->kind, "mbox");
        ApartFile *added = add_file(batch, file, fd, box ? APART_NEW : APART_SINGLE);
        added->large = box;
        added->several = batch->several || (walk_has_several(batch->walk) && !batch_wants_one(batch));
    } else if (fd >= 0) {
        close(fd);
    }
    task_file_free(file);
    return POOL_JOB;
}

/* ---- what a scan says ---- */

static void
take_places(ApartFile *file, const guint8 *bytes, gsize length)
{
    ScanHead head = { 0 };

    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    const guint64 places = (guint64)head.count * sizeof(ScanPlace);
    if (head.facts > POOL_BYTES_MAX / 2 || length - sizeof head != head.facts + places)
        return;
    file->facts = g_bytes_new(bytes + sizeof head, head.facts);
    file->places = g_array_sized_new(FALSE, FALSE, sizeof(ScanPlace), head.count);
    g_array_append_vals(file->places, bytes + sizeof head + head.facts, head.count);
    file->state = APART_BOX;
}

/* A process says one thing. What is no answer makes the file dead. */
void
apart_scanned(ApartFile *file, guint kind, const void *bytes, gsize length)
{
    if (kind == PIECE_SINGLE)
        file->state = APART_SINGLE;
    else if (kind == PIECE_PACKED && file->unpacked < 0)
        file->state = APART_PACKED;
    else if (kind == PIECE_BOX)
        take_places(file, bytes, length);
    apart_ended(file);
}

void
apart_lost(ApartFile *file, const PoolLoss *loss)
{
    file->state = APART_DEAD;
    file->loss = *loss;
}

/* It said nothing that could be used. */
void
apart_ended(ApartFile *file)
{
    if (file->state == APART_SCANNING)
        apart_lost(file, &(PoolLoss){ .how = POOL_LOST_NONSENSE });
}

/* ---- tasks ---- */

static PoolNext
give_scan(Batch *batch, ApartFile *file, PoolJob *job)
{
    Own *own = batch_own_new(batch, TASK_SCAN, file->ordinal);
    TaskFile named = *file->file;

    named.fd = (gint)job->n_fds;
    job->fds[job->n_fds++] = dup(file->fd);
    named.beside_fd = -1;
    if (file->unpacked >= 0) {
        named.beside_fd = (gint)job->n_fds;
        job->fds[job->n_fds++] = dup(file->unpacked);
    }
    task_add(own->wire, &named);
    own->scanned = file;
    file->state = APART_SCANNING;
    return batch_give(batch, own, job);
}

/* A place for what is packed. */
static PoolNext
unpack(ApartFile *file)
{
    file->unpacked = nameless_open(&file->fault);
    file->state = file->unpacked >= 0 ? APART_NEW : APART_FAULT;
    return POOL_JOB;
}

/* A job that tells of a file in its turn, and does nothing. */
static Own *
tell_only(const Batch *batch, const ApartFile *file)
{
    Own *own = batch_own_new(batch, TASK_FILES, file->ordinal);
    TaskFile named = *file->file;

    named.missing = TRUE;
    named.fd = named.beside_fd = -1;
    task_add(own->wire, &named);
    return own;
}

static PoolNext
give_fault(Batch *batch, ApartFile *file, PoolJob *job)
{
    Own *own = tell_only(batch, file);

    if (file->state == APART_FAULT) {
        batch_own_fault(own, g_steal_pointer(&file->fault));
    } else {
        own->died = TRUE;
        own->loss = file->loss;
        own->loss.whole = file->large;
    }
    return batch_give(batch, own, job);
}

static PoolNext
give_single(Batch *batch, ApartFile *file, PoolJob *job)
{
    Own *own = batch_own_new(batch, TASK_FILES, file->ordinal);
    TaskFile *named = file->file;
    const char *path = named->kind ? named->path : named->name;

    task_head(own->wire)->several = file->several;
    if (named->kind)
        task_head(own->wire)->index = 0;
    batch_add_beside(batch, path, named, job);
    batch_add_file(batch, own, job, named, file->fd, batch_size_of(file->fd));
    file->fd = -1;
    return batch_give(batch, own, job);
}

/* ---- one message of a mailbox ---- */

/* A copy that nobody else has. -1 where the file is shorter by now, or there is no room. */
static int
copy_of(int fd, const ScanPlace *place, guint64 length)
{
    const int copy = memfd_create("fromscope-message", MFD_CLOEXEC);
    off_t at = (off_t)place->start;

    while (copy >= 0 && length > 0) {
        const gssize got = sendfile(copy, fd, &at, (gsize)MIN(length, 1u << 30));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            close(copy);
            return -1;
        }
        length -= (guint64)got;
    }
    return copy;
}

/* Its bytes behind the facts, or in a file of its own. */
static void
add_message(Batch *batch, const ApartFile *file, const ScanPlace *place, PoolJob *job, TaskFile *named)
{
    const int fd = file->unpacked >= 0 ? file->unpacked : file->fd;
    const guint64 length = place->length & ~SCAN_UNQUOTED;

    named->fd = -1;
    if (job->n_bytes + length > POOL_BYTES_MAX) {
        named->fd = (gint)job->n_fds;
        job->fds[job->n_fds++] = copy_of(fd, place, length);
        return;
    }
    const gssize got = pread(fd, batch_room(batch, job) + job->n_bytes, (gsize)length, (off_t)place->start);
    if (got < 0 || (guint64)got != length)
        return;
    named->inside = TRUE;
    named->at = (guint32)job->n_bytes;
    named->length = (guint32)length;
    job->n_bytes += (gsize)length;
}

static PoolNext
give_message(Batch *batch, ApartFile *file, PoolJob *job)
{
    Own *own = batch_own_new(batch, TASK_PART, file->ordinal);
    const ScanPlace *place = &g_array_index(file->places, ScanPlace, file->first);
    Task *task = task_head(own->wire);
    TaskFile named = *file->file;
    gsize facts = 0;
    const void *known = g_bytes_get_data(file->facts, &facts);

    task->from = file->first++;
    task->count = file->places->len;
    task->several = file->several || !batch_wants_one(batch);
    task->facts = (guint)facts;
    task->unquoted = (place->length & SCAN_UNQUOTED) != 0;
    if (facts > 0)
        memcpy(batch_room(batch, job), known, facts);
    job->bytes = batch_room(batch, job);
    job->n_bytes = facts;
    batch_add_beside(batch, named.kind ? named.path : named.name, &named, job);
    add_message(batch, file, place, job, &named);
    task_add(own->wire, &named);
    g_free((char *)named.beside);
    return batch_give(batch, own, job);
}

static void
say_no_such(const Batch *batch, ApartFile *file)
{
    fault_set(&file->fault, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
              file->file->path, (int)MAX(batch->sources->index, 1), file->places->len);
    file->state = APART_FAULT;
}

/* ---- whose turn it is ---- */

static void
drop_first(Apart *apart)
{
    free_file(g_queue_pop_head(&apart->files));
}

/* A message of the first file. LATER: it is being scanned. JOB without one: it is done with. */
static PoolNext
next_of_first(Batch *batch, PoolJob *job)
{
    ApartFile *file = g_queue_peek_head(&batch->apart->files);
    PoolNext next;

    switch (file->state) {
    case APART_SINGLE:
        next = give_single(batch, file, job);
        break;
    case APART_BOX:
        if (file->first < MIN(file->until, (gint64)file->places->len))
            return give_message(batch, file, job);
        next = POOL_JOB;
        break;
    case APART_DEAD:
    case APART_FAULT:
        next = give_fault(batch, file, job);
        break;
    default:
        return POOL_LATER;
    }
    drop_first(batch->apart);
    return next;
}

/* A mailbox of which a message is wanted that it does not have. */
static void
check_first(const Batch *batch)
{
    ApartFile *file = g_queue_peek_head(&batch->apart->files);

    if (file && file->state == APART_BOX && !file->file->kind && file->first == batch_first(batch) &&
        file->first >= file->places->len)
        say_no_such(batch, file);
}

static ApartFile *
to_be_scanned(const Apart *apart)
{
    for (GList *link = apart->files.head; link; link = link->next) {
        ApartFile *file = link->data;
        if (file->state == APART_NEW || file->state == APART_PACKED)
            return file;
    }
    return NULL;
}

PoolNext
apart_next(Batch *batch, PoolJob *job)
{
    Apart *apart = batch->apart;
    ApartFile *unknown = to_be_scanned(apart);

    check_first(batch);
    if (apart->files.length > 0) {
        const PoolNext next = next_of_first(batch, job);
        if (next == POOL_JOB)
            return next;
    }
    if (unknown)
        return unknown->state == APART_PACKED ? unpack(unknown) : give_scan(batch, unknown, job);
    if (apart->files.length >= apart->ahead)
        return POOL_LATER;
    const PoolNext found = batch->walk ? find_in_folder(batch, job) : apart->end ? POOL_END : find_name(batch);
    return found == POOL_END && apart->files.length > 0 ? POOL_LATER : found;
}
