/* batch.c: the parent's side: names become tasks, pieces become calls, in order.
 * SPDX-License-Identifier: MIT */
#include "batch/batch.h"

#include <sched.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/translate.h"
#include "batch/names.h"
#include "batch/task.h"
#include "batch/walk.h"

/* A file from this size on may be a mailbox worth sharing out; its messages go in blocks. */
#define LARGE (256u << 10)
#define BLOCK 32
/* … or in larger ones, where there is little to do for each. */
#define BLOCK_LINES 8192
/* What one task may hold. */
#define TASK_BYTES (1u << 20)
#define TASK_NAMES (16u << 10)

/* A file that is done in blocks. */
typedef enum { LARGE_ASKED, LARGE_SINGLE, LARGE_MAILBOX } LargeState;
typedef struct {
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
} Large;

/* What the parent knows of a task. */
typedef struct {
    TaskKind   kind;
    GPtrArray *files;       /* TaskFile: borrowed from `task` */
    Task      *task;
    GPtrArray *faults;      /* GError or NULL, one for each file */
    guint      told;        /* files whose faults were told */
    guint      ordinal;     /* of the first file, among the names */
    gboolean   first_block;
    gint64     number;
} Own;

typedef struct {
    const BatchClass   *class;
    const BatchSources *sources;
    gpointer   data;
    Names     *names;
    char      *name;        /* that was read and is still to be opened; or NULL */
    Walk      *walk;
    char      *walk_name;
    gboolean   walk_wanted; /* the message of `index` was given, or all are wanted */
    Large     *large;
    Doer      *doer;        /* in a worker */
    guint      n_names, ordinal;
    gboolean   several;
    gint64     before;
    guint      outstanding; /* tasks */
    guint      tasks;       /* ever */
    gint64     numbers;     /* of large files, ever */
} Batch;

guint
batch_workers(void)
{
    cpu_set_t ours;

    if (sched_getaffinity(0, sizeof ours, &ours) != 0)
        return 1;
    return (guint)MAX(CPU_COUNT(&ours), 1);
}

/* ---- which messages are wanted, of each file: from the first, up to the last ---- */

static gint64
first_wanted(const Batch *batch)
{
    return batch->sources->index > 0 ? (gint64)batch->sources->index - 1 : 0;
}

static gint64
last_wanted(const Batch *batch)
{
    return batch->sources->index > 0 ? first_wanted(batch) + MAX(batch->sources->count, 1) : G_MAXINT32;
}

static gboolean
is_one_wanted(const Batch *batch)
{
    return batch->sources->index > 0 && batch->sources->count < 2;
}

/* ---- tasks ---- */

static Task *
task_new(const Batch *batch, TaskKind kind)
{
    Task *task = record_new(&task_type);

    task->kind = (int)kind;
    task->number = 0;
    task->from = task->count = 0;
    task->index = (gint64)batch->sources->index;
    task->until = last_wanted(batch);
    task->several = batch->several;
    task->before = batch->before;
    return task;
}

static void
free_fault(gpointer fault)
{
    if (fault)
        g_error_free(fault);
}

static Own *
own_new(Task *task, guint ordinal)
{
    Own *own = g_new0(Own, 1);

    own->kind = (TaskKind)task->kind;
    own->task = task;
    own->files = task->files;
    own->faults = g_ptr_array_new_with_free_func(free_fault);
    own->ordinal = ordinal;
    return own;
}

/* The task goes to a worker. */
static PoolNext
give(Batch *batch, Own *own, PoolJob *job)
{
    job->task = record_save(&task_type, own->task);
    job->own = own;
    batch->outstanding++;
    batch->tasks++;
    return POOL_JOB;
}

/* ---- opening ---- */

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

static int
open_beside_of(const Batch *batch, const char *path, TaskFile *file)
{
    g_clear_pointer(&file->beside, g_free);
    return batch->sources->beside && !g_str_equal(path, "-") ? open_beside(path, &file->beside) : -1;
}

static void
add_fds(PoolJob *job, int fd, int beside)
{
    job->fds[job->n_fds++] = fd;
    job->fds[job->n_fds++] = beside;
}

static gboolean
is_large(const Batch *batch, guint64 size)
{
    return batch->sources->serial || size >= LARGE;
}

static guint
size_of(int fd)
{
    struct stat info;

    return fd >= 0 && fstat(fd, &info) == 0 ? (guint)MIN(info.st_size, TASK_BYTES) : 0;
}

/* ---- large files ---- */

/* Takes file and descriptor over. */
static void
begin_large(Batch *batch, TaskFile *file, int fd, gint64 known, guint ordinal)
{
    Large *large = g_new0(Large, 1);

    large->file = file;
    large->fd = fd;
    large->beside_path = g_strdup(file->kind ? file->path : file->name);
    large->number = ++batch->numbers;
    large->next = first_wanted(batch);
    large->until = last_wanted(batch);
    large->known = known;
    large->state = known >= 0 ? LARGE_MAILBOX : LARGE_ASKED;
    large->ordinal = ordinal;
    large->several = batch->several;
    batch->large = large;
}

static void
end_large(Batch *batch)
{
    Large *large = g_steal_pointer(&batch->large);

    if (!large)
        return;
    record_free(&task_file_type, large->file);
    close(large->fd);
    g_free(large->beside_path);
    g_free(large);
}

static gboolean
is_large_done(const Batch *batch)
{
    const Large *large = batch->large;

    if (!large->begun)
        return FALSE;
    return large->next >= large->until || large->state == LARGE_SINGLE ||
           (large->known >= 0 && large->next >= large->known);
}

static PoolNext
next_block(Batch *batch, PoolJob *job)
{
    Large *large = batch->large;

    if (large->begun && large->state == LARGE_ASKED)
        return POOL_LATER;
    Task *task = task_new(batch, TASK_BLOCK);
    TaskFile *file = record_copy(&task_file_type, large->file);
    task->number = large->number;
    task->from = large->next;
    task->count = batch->sources->serial ? 1 : batch->class->line ? BLOCK_LINES : BLOCK;
    task->count = MIN(task->count, large->until - large->next);
    if (large->known >= 0)
        task->count = MIN(task->count, large->known - large->next);
    task->opens = !large->begun;
    task->several = large->several;
    if (file->kind)
        task->index = 0;
    g_ptr_array_add(task->files, file);
    add_fds(job, dup(large->fd), open_beside_of(batch, large->beside_path, file));
    Own *own = own_new(task, large->ordinal);
    g_ptr_array_add(own->faults, NULL);
    own->first_block = task->opens;
    large->begun = TRUE;
    own->number = large->number;
    large->next += task->count;
    return give(batch, own, job);
}

/* ---- folders ---- */

static PoolNext
next_judged(Batch *batch, Task *task, PoolJob *job)
{
    return give(batch, own_new(task, batch->ordinal), job);
}

/* With --index, not all are wanted. */
static gboolean
is_wanted(Batch *batch, TaskFile *file, guint messages)
{
    if (file->base >= last_wanted(batch) || file->base + messages <= first_wanted(batch))
        return FALSE;
    batch->walk_wanted = TRUE;
    return TRUE;
}

static void
end_walk(Batch *batch, Own *own)
{
    GError *error = NULL;
    const guint index = batch->sources->index;

    if (walk_given(batch->walk) == 0)
        fault_set(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: no message in this folder"), batch->walk_name);
    else if (index > 0 && !batch->walk_wanted)
        fault_set(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
                  batch->walk_name, (int)index, walk_given(batch->walk));
    if (error) {
        TaskFile *file = record_new(&task_file_type);
        file->missing = TRUE;
        g_ptr_array_add(own->files, file);
        g_ptr_array_add(own->faults, error);
    }
    g_clear_pointer(&batch->walk, walk_free);
    g_clear_pointer(&batch->walk_name, g_free);
}

/* A mailbox of a folder; `--index` counts in the folder. */
static void
take_mbox(Batch *batch, TaskFile *file, int fd, guint messages, gboolean several)
{
    begin_large(batch, file, fd, messages, batch->ordinal);
    batch->large->several = several;
    batch->large->next = MAX(first_wanted(batch) - file->base, 0);
    batch->large->until = last_wanted(batch) - file->base;
}

/* Files into a task, as long as they are known and fit. */
static void
collect_of_walk(Batch *batch, Own *own, PoolJob *job, guint most)
{
    WalkNext next = WALK_LATER;
    TaskFile *file;
    guint messages, bytes = 0;
    int fd;

    while (own->files->len < most && bytes < TASK_BYTES &&
           (next = walk_next(batch->walk, &file, &fd, &messages)) == WALK_FILE) {
        own->task->several = batch->several || (walk_has_several(batch->walk) && !is_one_wanted(batch));
        if (!is_wanted(batch, file, messages)) {
            record_free(&task_file_type, file);
            if (fd >= 0)
                close(fd);
            continue;
        }
        if (fd >= 0 && g_str_equal(file->kind, "mbox")) {
            take_mbox(batch, file, fd, messages, own->task->several);
            return;
        }
        bytes += size_of(fd);
        g_ptr_array_add(own->files, file);
        g_ptr_array_add(own->faults, NULL);
        add_fds(job, fd, open_beside_of(batch, file->path, file));
    }
    if (next == WALK_END)
        end_walk(batch, own);
}

/* ---- names ---- */

/* TRUE where something large or a folder follows: what was collected goes first. */
static gboolean
take_name(Batch *batch, char *name, Own *own, PoolJob *job, guint *bytes)
{
    g_autoptr(GError) error = NULL;
    gboolean folder;
    guint64 size;
    const int fd = file_open(name, &folder, &size, &error);
    TaskFile *file = record_new(&task_file_type);

    file->name = name;
    file->path = g_strdup(file_shown(name));
    file->base = 0;
    batch->ordinal++;
    if (folder && (batch->walk = walk_new(name, &error))) {
        batch->walk_name = g_strdup(name);
        batch->walk_wanted = FALSE;
        record_free(&task_file_type, file);
        return TRUE;
    }
    if (fd >= 0 && is_large(batch, size)) {
        begin_large(batch, file, fd, -1, batch->ordinal);
        return TRUE;
    }
    file->missing = fd < 0;
    *bytes += (guint)MIN(size, TASK_BYTES);
    g_ptr_array_add(own->files, file);
    add_fds(job, fd, fd >= 0 ? open_beside_of(batch, name, file) : -1);
    g_ptr_array_add(own->faults, g_steal_pointer(&error));
    return FALSE;
}

static void
take_bad_name(Own *own, PoolJob *job, GError *error)
{
    TaskFile *file = record_new(&task_file_type);

    file->missing = TRUE;
    g_ptr_array_add(own->files, file);
    g_ptr_array_add(own->faults, error);
    add_fds(job, -1, -1);
}

static NamesNext
collect(Batch *batch, Own *own, PoolJob *job, guint most)
{
    guint bytes = 0, letters = 0;

    while (own->files->len < most && bytes < TASK_BYTES && letters < TASK_NAMES) {
        GError *error = NULL;
        char *name = NULL;
        const NamesNext next = names_next(batch->names, &name, &error);
        if (next == NAMES_FAULT)
            take_bad_name(own, job, error);
        else if (next != NAMES_ONE)
            return next;
        else {
            letters += (guint)strlen(name);
            if (take_name(batch, name, own, job, &bytes))
                return NAMES_ONE;
        }
    }
    return NAMES_ONE;
}

/* ---- the pool's class ---- */

/* Few at first, so that all workers have something to do when there is little; then more, which is cheaper. */
static guint
files_wanted(const Batch *batch)
{
    const guint workers = MAX(batch->sources->workers, 1);

    if (batch->sources->serial || batch->sources->isolate)
        return 1;
    return CLAMP(1 + batch->tasks / (2 * workers), 1, TASK_FILES_MAX - 2);
}

static void
own_free(Own *own)
{
    record_free(&task_type, own->task);
    g_ptr_array_unref(own->faults);
    g_free(own);
}

/* A task without files is none. */
static PoolNext
give_files(Batch *batch, Own *own, PoolJob *job, PoolNext otherwise)
{
    if (own->files->len > 0)
        return give(batch, own, job);
    own_free(own);
    return otherwise;
}

static PoolNext
next_of_walk(Batch *batch, PoolJob *job)
{
    Task *judged = task_new(batch, TASK_JUDGE);

    if (walk_judge(batch->walk, judged, job))
        return next_judged(batch, judged, job);
    record_free(&task_type, judged);
    Task *task = task_new(batch, TASK_FILES);
    task->index = 0;
    Own *own = own_new(task, batch->ordinal);
    collect_of_walk(batch, own, job, files_wanted(batch));
    return give_files(batch, own, job, batch->walk && !batch->large ? POOL_LATER : POOL_JOB);
}

static PoolNext
next_of_names(Batch *batch, PoolJob *job)
{
    Own *own = own_new(task_new(batch, TASK_FILES), batch->ordinal + 1);
    const NamesNext next = collect(batch, own, job, files_wanted(batch));

    return give_files(batch, own, job, next == NAMES_END    ? POOL_END
                                       : next == NAMES_WAIT ? POOL_LATER
                                                            : POOL_JOB);
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
        if (batch->large && is_large_done(batch))
            end_large(batch);
        if (batch->large)
            what = next_block(batch, job);
        else if (batch->walk)
            what = next_of_walk(batch, job);
        else
            what = next_of_names(batch, job);
    }
    if (what == POOL_LATER && batch->class->idle)
        batch->class->idle(batch->data);
    return what;
}

/* ---- what comes back ---- */

/* Of the files before `until`: those that could not be opened have their turn. */
static void
tell_faults(Batch *batch, Own *own, guint until)
{
    for (; own->told < MIN(until, own->faults->len); own->told++)
        if (own->faults->pdata[own->told])
            batch->class->fault(own->faults->pdata[own->told], batch->data);
}

static void
tell_progress(Batch *batch, const Own *own, const PieceHead *head)
{
    const double inside = MIN(head->progress / 1e6, 1);
    const guint file = own->kind == TASK_FILES ? MIN(head->file, own->files->len) : 0;
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
piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    Batch *batch = data;
    Own *own = job->own;
    PieceHead head = { 0 };
    const char *behind = (const char *)bytes + sizeof head;

    (void)index;
    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    if (own->kind == TASK_JUDGE) {
        if (batch->walk)
            walk_judged(batch->walk, (PieceKind)head.kind, head.progress);
        return;
    }
    tell_faults(batch, own, head.file);
    own->told = MAX(own->told, MIN(head.file, own->files->len));
    if (head.kind == PIECE_FAULT) {
        take_fault(batch, behind, length - sizeof head);
        return;
    }
    batch->before += head.adds;
    batch->class->piece(behind, length - sizeof head, batch->data);
    tell_progress(batch, own, &head);
}

/* As far as one knows what it was. */
static SourceInfo *
source_of(const Own *own, guint number, guint message)
{
    const TaskFile *file = own->files->pdata[number];
    SourceInfo *source = record_new(&source_info_type);
    const gint64 inside = message == PLACE_OPENING ? 0 : message;

    source->path = g_strdup(file->path);
    source->kind = g_strdup(file->kind ? file->kind : own->kind == TASK_BLOCK && own->task->from > 0 ? "mbox" : "eml");
    source->index = file->base + own->task->from + inside + 1;
    return source;
}

static void
lose(Batch *batch, Own *own, guint number, guint message, const PoolLoss *loss)
{
    const TaskFile *file = own->files->pdata[number];
    PoolLoss told = *loss;

    told.whole = (own->kind == TASK_BLOCK || g_strcmp0(file->kind, "mbox") == 0) &&
                 (loss->given_up || message == PLACE_OPENING);
    tell_faults(batch, own, number);
    batch->class->lost(source_of(own, number, message), &told, batch->data);
}

static void
lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data)
{
    Batch *batch = data;
    Own *own = job->own;
    const guint last = own->files->len > 0 ? own->files->len - 1 : 0;
    const guint number = MIN(task_place_file(loss->place), last);

    (void)index;
    if (own->kind == TASK_JUDGE) {
        if (batch->walk)        /* it will be lost as a message, too */
            walk_judged(batch->walk, PIECE_MAIL, 1);
        return;
    }
    if (!loss->given_up) {
        lose(batch, own, number, task_place_message(loss->place), loss);
        return;
    }
    /* Whoever opens this file dies of it: no more is handed out. */
    if (batch->large && batch->large->number == own->number)
        batch->large->until = MIN(batch->large->until, batch->large->next);
    for (guint i = own->told; i < own->files->len; i++)
        if (!((const TaskFile *)own->files->pdata[i])->missing)
            lose(batch, own, i, 0, loss);
}

/* What a worker says of the file, for sure or as a hint. */
static void
learn(Large *large, const TaskFacts *facts)
{
    if (large->state == LARGE_ASKED && facts->kind == FILE_SINGLE)
        large->state = LARGE_SINGLE;
    else if (large->state == LARGE_ASKED && facts->kind == FILE_MAILBOX)
        large->state = LARGE_MAILBOX;
    if (large->known < 0 && facts->known > 0)
        large->known = MIN(facts->known - 1, G_MAXINT32);
}

static void
ended(const PoolJob *job, gpointer data)
{
    Batch *batch = data;
    Own *own = job->own;
    Large *large = batch->large;
    TaskFacts facts;

    tell_faults(batch, own, own->files->len);
    memcpy(&facts, &job->result, sizeof facts);
    if (large && large->number == own->number)
        learn(large, &facts);
    /* Nobody could open it, which was told. */
    if (own->first_block && large && large->number == own->number && large->state == LARGE_ASKED)
        large->state = LARGE_SINGLE;
    batch->outstanding--;
    own_free(own);
}

static void
note(const PoolJob *job, const void *bytes, gsize length, gpointer data)
{
    Batch *batch = data;
    const Own *own = job->own;
    Large *large = batch->large;
    TaskHint hint;

    if (length != sizeof hint || !large || large->number != own->number)
        return;
    memcpy(&hint, bytes, sizeof hint);
    if (hint.number == large->number)
        learn(large, &hint.facts);
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

PoolEnd
batch_run(const BatchClass *class, const BatchSources *sources, const Stop *stop, gpointer data)
{
    Batch batch = { .class = class, .sources = sources, .data = data };
    const PoolClass pool = { .next = next, .piece = piece, .lost = lost, .ended = ended, .note = note,
                             .asked = class->asked ? asked : NULL, .gone = gone, .child = child,
                             .prepare = prepare, .work = work, .shared = !class->copied };
    g_autoptr(GError) error = NULL;

    batch.names = names_new(sources->files, sources->from, sources->separator, &error);
    if (!batch.names) {
        class->fault(error, data);
        return POOL_DONE;
    }
    batch.n_names = sources->files ? g_strv_length(sources->files) : 0;
    batch.several = batch.n_names > 1 || sources->from;
    const PoolEnd end = pool_run(&pool, sources->serial ? 1 : sources->workers,
                                 sources->isolate ? POOL_ISOLATE : POOL_PLAIN, stop, &batch);
    end_large(&batch);
    g_clear_pointer(&batch.walk, walk_free);
    g_free(batch.walk_name);
    names_free(batch.names);
    return end;
}
