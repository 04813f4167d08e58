/* batch-own.h: what the files of a batch's parent side share: batch.c runs it, opening.c makes tasks of names and folders, large.c
 * of large files, apart.c of messages that are kept apart (--isolate), back.c hears what came of them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "batch/names.h"
#include "batch/task.h"
#include "batch/walk.h"

/* Into so many tasks for each worker what is left is shared out, where it would not make full ones. */
#define TASK_SHARES 3
/* Bytes of files that one task may be about. */
#define TASK_BYTES (40u << 10)
/* A file up to this size is read here and goes with its task; a larger one is handed over. */
#define FILE_READ_MAX (64u << 10)

typedef struct Large Large;
typedef struct Apart Apart;
typedef struct ApartFile ApartFile;

typedef struct {
    guint   file;
    GError *error;
} Fault;

/* What the parent knows of a task. */
typedef struct {
    TaskKind   kind;
    GByteArray *wire;       /* the task */
    GArray    *faults;      /* Fault: files that cannot be opened; NULL: none */
    guint      faults_told;
    guint      told;        /* files that something was said of, or that are past */
    gboolean   heard;       /* a piece of it, or a loss */
    guint      ordinal;     /* of the first file, among the names */
    gboolean   first_block;
    gint64     number;
    ApartFile *scanned;     /* of TASK_SCAN */
    gboolean   died;        /* a scan did, of which this job tells in its turn */
    PoolLoss   loss;
} Own;

typedef struct {
    const BatchClass   *class;
    const BatchSources *sources;
    gpointer   data;
    Names     *names;
    Walk      *walk;
    char      *walk_name;
    gboolean   walk_wanted; /* the message of `index` was given, or all are wanted */
    Large     *large;
    Apart     *apart;       /* --isolate; else NULL */
    Doer      *doer;        /* in a worker */
    guint8    *bytes;       /* of a job that has no room of its own: POOL_BYTES_MAX */
    guint      n_names, ordinal;
    gboolean   several;
    gint64     before;
    guint      outstanding; /* tasks */
    guint      tasks;       /* ever */
    gint64     numbers;     /* of large files, ever */
} Batch;

/* ---- batch.c ---- */

/* Which messages are wanted, of each file: from the first, up to the last. */
gint64   batch_first(const Batch *batch);
gint64   batch_last(const Batch *batch);
gboolean batch_wants_one(const Batch *batch);

/* A task without files; what it says of `batch` is set. */
Own     *batch_own_new(const Batch *batch, TaskKind kind, guint ordinal);
void     batch_own_free(Own *own);
void     batch_own_fault(Own *own, GError *error);      /* of the file that was added last (transfer full) */
guint    batch_own_files(const Own *own);
/* Where bytes of the job are put: POOL_BYTES_MAX. */
guint8  *batch_room(const Batch *batch, const PoolJob *job);
/* The task goes to a worker. */
PoolNext batch_give(Batch *batch, Own *own, PoolJob *job);

/* ---- opening.c ---- */

/* What is added to a task of `job`: small files as bytes, others as they are. Takes the descriptor over. */
void     batch_add_file(Batch *batch, Own *own, PoolJob *job, TaskFile *file, int fd, guint64 size);
/* How much lies behind a descriptor. */
guint64  batch_size_of(int fd);
/* Of a message at `path`: sets `beside` (transfer full) and hands it over; or there is none. */
void     batch_add_beside(const Batch *batch, const char *path, TaskFile *file, PoolJob *job);
/* As `next` of the pool. JOB without one: ask again. */
PoolNext batch_next_of_walk(Batch *batch, PoolJob *job);
PoolNext batch_next_of_names(Batch *batch, PoolJob *job);
/* Files that are to come, as far as one can tell. */
guint    batch_left(const Batch *batch);
/* Begins with the folder; FALSE and `error`. */
gboolean batch_begin_walk(Batch *batch, const char *name, GError **error);
/* Why it held nothing that is wanted, or NULL. Ends it. (transfer full) */
GError  *batch_end_walk(Batch *batch);
/* With --index, not all messages of a folder are wanted. */
gboolean batch_wants(Batch *batch, const TaskFile *file, guint messages);

/* ---- large.c ---- */

gboolean large_is(const Batch *batch, guint64 size);
/* Takes the descriptor over. `known`: messages, -1: not known. */
void     large_begin(Batch *batch, const TaskFile *file, int fd, gint64 known, guint ordinal);
/* Of a folder, by what is wanted of it. */
void     large_begin_mbox(Batch *batch, const TaskFile *file, int fd, guint messages, gboolean several);
void     large_end(Batch *batch);
gboolean large_is_done(const Batch *batch);
PoolNext large_next(Batch *batch, PoolJob *job);
void     large_learn(Batch *batch, gint64 number, const TaskFacts *facts);
/* A block of it has ended, or nobody can open it. */
void     large_ended(Batch *batch, const Own *own, const TaskFacts *facts);
void     large_give_up(Batch *batch, const Own *own);

/* ---- apart.c ---- */

Apart   *apart_new(guint workers);
void     apart_free(Apart *apart);
PoolNext apart_next(Batch *batch, PoolJob *job);
/* What a scan said, or that it died of it. */
void     apart_scanned(ApartFile *file, guint kind, const void *bytes, gsize length);
void     apart_lost(ApartFile *file, const PoolLoss *loss);
/* Its scan has ended, whatever it said. */
void     apart_ended(ApartFile *file);

/* ---- back.c: callbacks of the pool ---- */

void     back_piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data);
void     back_lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data);
void     back_ended(const PoolJob *job, gpointer data);
void     back_dropped(const PoolJob *job, gpointer data);
void     back_note(const PoolJob *job, const void *bytes, gsize length, gpointer data);
