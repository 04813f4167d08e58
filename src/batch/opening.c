/* opening.c: names and folders become tasks of open files.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/translate.h"
#include "batch/batch-own.h"

#define TASK_NAMES (16u << 10)

/* ---- one file ---- */

guint64
batch_size_of(int fd)
{
    const off_t end = fd >= 0 ? lseek(fd, 0, SEEK_END) : -1;

    return (guint64)MAX(end, 0);
}

/* FALSE where it is not small, or changes while it is read: then it is handed over, and looked at as it will be then. */
static gboolean
read_small(const Batch *batch, PoolJob *job, TaskFile *file, int fd, guint64 size)
{
    guint8 *bytes = batch_room(batch, job);

    if (size == 0 || size > FILE_READ_MAX || job->n_bytes + size + 1 > POOL_BYTES_MAX)
        return FALSE;
    const gssize got = pread(fd, bytes + job->n_bytes, size + 1, 0);
    if (got < 0 || (guint64)got != size)
        return FALSE;
    file->inside = TRUE;
    file->at = (guint32)job->n_bytes;
    file->length = (guint32)size;
    job->bytes = bytes;
    job->n_bytes += size;
    return TRUE;
}

void
batch_add_file(Batch *batch, Own *own, PoolJob *job, TaskFile *file, int fd, guint64 size)
{
    file->fd = -1;
    if (fd >= 0 && read_small(batch, job, file, fd, size)) {
        close(fd);
    } else if (fd >= 0) {
        file->fd = (gint)job->n_fds;
        job->fds[job->n_fds++] = fd;
    }
    task_add(own->wire, file);
}

/* Tried under both names that INTERFACE.md has; whatever is no readable regular file is none. */
static int
open_beside(const char *path, char **found)
{
    g_autofree char *beside = snapshot_path_beside(path);
    gboolean folder;
    guint64 size;

    if (!beside)
        return -1;
    const int fd = file_open(beside, &folder, &size, NULL);
    if (fd >= 0)
        *found = g_steal_pointer(&beside);
    return fd;
}

void
batch_add_beside(const Batch *batch, const char *path, TaskFile *file, PoolJob *job)
{
    char *found = NULL;
    const int fd = batch->sources->beside && !g_str_equal(path, "-") ? open_beside(path, &found) : -1;

    file->beside = found;
    file->beside_fd = -1;
    if (fd < 0)
        return;
    file->beside_fd = (gint)job->n_fds;
    job->fds[job->n_fds++] = fd;
}

/* ---- folders ---- */

gboolean
batch_begin_walk(Batch *batch, const char *name, GError **error)
{
    batch->walk = walk_new(name, error);
    if (!batch->walk)
        return FALSE;
    batch->walk_name = g_strdup(name);
    batch->walk_wanted = FALSE;
    return TRUE;
}

gboolean
batch_wants(Batch *batch, const TaskFile *file, guint messages)
{
    if (file->base >= batch_last(batch) || file->base + messages <= batch_first(batch))
        return FALSE;
    batch->walk_wanted = TRUE;
    return TRUE;
}

GError *
batch_end_walk(Batch *batch)
{
    GError *error = NULL;
    const guint index = batch->sources->index;

    if (walk_given(batch->walk) == 0)
        fault_set(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: no message in this folder"), batch->walk_name);
    else if (index > 0 && !batch->walk_wanted)
        fault_set(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
                  batch->walk_name, (int)index, walk_given(batch->walk));
    g_clear_pointer(&batch->walk, walk_free);
    g_clear_pointer(&batch->walk_name, g_free);
    return error;
}

/* A file that is told of, and not looked at. */
static void
add_fault(Own *own, GError *error)
{
    static const TaskFile none = { .missing = TRUE, .fd = -1, .beside_fd = -1 };

    task_add(own->wire, &none);
    batch_own_fault(own, error);
}

/* FALSE where it is a mailbox: what was collected goes first. */
static gboolean
add_of_walk(Batch *batch, Own *own, PoolJob *job, TaskFile *file, int fd, guint messages)
{
    Task *task = task_head(own->wire);

    task->several = batch->several || (walk_has_several(batch->walk) && !batch_wants_one(batch));
    if (!batch_wants(batch, file, messages)) {
        if (fd >= 0)
            close(fd);
        return TRUE;
    }
    if (fd >= 0 && g_str_equal(file->kind, "mbox")) {
        large_begin_mbox(batch, file, fd, messages, task->several);
        return FALSE;
    }
    const guint64 size = batch_size_of(fd);
    batch_add_beside(batch, file->path, file, job);
    batch_add_file(batch, own, job, file, fd, size);
    return TRUE;
}

/* No more files into this task: there are enough bytes, of as many files as a worker looks at by turns, or a few times as many. One
 * that is left over would be looked at alone. */
static gboolean
is_full(const Own *own, const PoolJob *job)
{
    return job->n_bytes >= TASK_BYTES &&
           (batch_own_files(own) % BATCH_TURNS == 0 || job->n_bytes >= TASK_BYTES + TASK_BYTES / 2);
}

/* Files into a task, as long as they are known and fit. */
static void
collect_of_walk(Batch *batch, Own *own, PoolJob *job, guint most)
{
    WalkNext next = WALK_LATER;
    TaskFile *file;
    guint messages;
    gboolean more = TRUE;
    int fd;

    while (more && batch_own_files(own) < most && !is_full(own, job) &&
           (next = walk_next(batch->walk, &file, &fd, &messages)) == WALK_FILE) {
        more = add_of_walk(batch, own, job, file, fd, messages);
        task_file_free(file);
    }
    if (next != WALK_END)
        return;
    GError *error = batch_end_walk(batch);
    if (error)
        add_fault(own, error);
}

/* ---- names ---- */

/* TRUE where something large or a folder follows: what was collected goes first. */
static gboolean
take_name(Batch *batch, const char *name, Own *own, PoolJob *job)
{
    GError *error = NULL;
    gboolean folder;
    guint64 size;
    const int fd = file_open(name, &folder, &size, &error);
    TaskFile file = { .name = name, .path = file_shown(name), .fd = -1, .beside_fd = -1 };

    batch->ordinal++;
    if (folder && batch_begin_walk(batch, name, &error))
        return TRUE;
    if (fd >= 0 && large_is(batch, size)) {
        large_begin(batch, &file, fd, -1, batch->ordinal);
        return TRUE;
    }
    file.missing = fd < 0;
    if (fd >= 0)
        batch_add_beside(batch, name, &file, job);
    batch_add_file(batch, own, job, &file, fd, size);
    g_free((char *)file.beside);
    if (fd < 0)
        batch_own_fault(own, error);
    return FALSE;
}

static NamesNext
collect(Batch *batch, Own *own, PoolJob *job, guint most)
{
    guint letters = 0;

    while (batch_own_files(own) < most && !is_full(own, job) && letters < TASK_NAMES) {
        GError *error = NULL;
        g_autofree char *name = NULL;
        const NamesNext next = names_next(batch->names, &name, &error);
        if (next == NAMES_FAULT)
            add_fault(own, error);
        else if (next != NAMES_ONE)
            return next;
        else {
            letters += (guint)strlen(name);
            if (take_name(batch, name, own, job))
                return NAMES_ONE;
        }
    }
    return NAMES_ONE;
}

/* ---- tasks ---- */

guint
batch_left(const Batch *batch)
{
    const guint named = names_left(batch->names);
    const guint walked = batch->walk ? walk_left(batch->walk) : 0;

    return walked > G_MAXUINT - named ? G_MAXUINT : named + walked;
}

/* Few at first, so that all workers have something to do when there is little; then more, which is cheaper; few again towards
 * the end, so that all are done at the same time. */
static guint
files_wanted(const Batch *batch)
{
    const guint workers = MAX(batch->sources->workers, 1);
    const guint share = batch_left(batch) / (TASK_SHARES * workers);

    const guint wanted = MIN(BATCH_TURNS * (1 + batch->tasks / (2 * workers)), MIN(share, TASK_FILES_MAX - 2));

    if (batch->sources->serial)
        return 1;
    return wanted < BATCH_TURNS ? MAX(wanted, 1) : wanted - wanted % BATCH_TURNS;
}

/* A task without files is none. */
static PoolNext
give_files(Batch *batch, Own *own, PoolJob *job, PoolNext otherwise)
{
    if (batch_own_files(own) > 0)
        return batch_give(batch, own, job);
    batch_own_free(own);
    return otherwise;
}

PoolNext
batch_next_of_walk(Batch *batch, PoolJob *job)
{
    Own *judged = batch_own_new(batch, TASK_JUDGE, batch->ordinal);

    if (walk_judge(batch->walk, judged->wire, job, TASK_JUDGED_MAX))
        return batch_give(batch, judged, job);
    batch_own_free(judged);
    Own *own = batch_own_new(batch, TASK_FILES, batch->ordinal);
    task_head(own->wire)->index = 0;
    collect_of_walk(batch, own, job, files_wanted(batch));
    return give_files(batch, own, job, batch->walk && !batch->large ? POOL_LATER : POOL_JOB);
}

PoolNext
batch_next_of_names(Batch *batch, PoolJob *job)
{
    Own *own = batch_own_new(batch, TASK_FILES, batch->ordinal + 1);
    const NamesNext next = collect(batch, own, job, files_wanted(batch));

    return give_files(batch, own, job, next == NAMES_END    ? POOL_END
                                       : next == NAMES_WAIT ? POOL_LATER
                                                            : POOL_JOB);
}
