/* task.h: what the parent hands a worker, and what the worker says of it: between batch.c and doer.c.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "batch/batch.h"

typedef enum {
    TASK_FILES,     /* all messages of each of these files */
    TASK_BLOCK,     /* some messages of one file, which may be a large mailbox */
    TASK_JUDGE      /* what kind of mail these files of a folder are */
} TaskKind;

/* Each has two descriptors: its own, and that of the snapshot beside it. */
#define TASK_FILES_MAX (POOL_FDS_MAX / 2)
/* Those that are judged have one. */
#define TASK_JUDGED_MAX POOL_FDS_MAX

typedef struct {
    char    *name;          /* as it was given, of the folder where it stands in one */
    char    *path;          /* as errors and reports call it */
    char    *beside;        /* name of the snapshot; or NULL */
    char    *kind;          /* of a folder: "eml", "maildir", "mbox"; else NULL */
    char    *fault;         /* of a folder: why it cannot be opened; else NULL */
    char    *limit;         /* of a folder: id of the note on its last message; or NULL */
    gint64   base;          /* of a folder: messages before this file */
    gboolean missing;       /* not of a folder: it could not be opened, which the parent says */
} TaskFile;

typedef struct {
    int        kind;        /* TaskKind */
    gint64     number;      /* of the file: a worker keeps it open from block to block */
    gint64     from, count; /* TASK_BLOCK: these messages; count 0: all */
    gboolean   opens;       /* TASK_BLOCK: the first block of the file */
    gint64     index;       /* only from this one on, from 1; 0: all */
    gint64     until;       /* with `index`: the last of them */
    gboolean   several;     /* there are other files */
    gint64     before;      /* BatchPlace.before */
    GPtrArray *files;       /* TaskFile */
} Task;

extern const RecordType task_type, task_file_type;

/* What each piece begins with. */
typedef struct {
    guint32 file;           /* of the task */
    guint32 kind;           /* PieceKind */
    guint32 adds;           /* to `before` */
    guint32 progress;       /* in the file, millionths; TASK_JUDGE: messages */
} PieceHead;

typedef enum {
    PIECE_MESSAGE,          /* what `message` appended follows */
    PIECE_FAULT,            /* the file cannot be read; the text of the error follows */
    PIECE_NO_MAIL, PIECE_MAIL, PIECE_MBOX       /* TASK_JUDGE */
} PieceKind;

/* What the worker knows of a block's file by now. It comes twice: at once, as a hint that lets others begin (pool_note()), and
 * for sure, with the block's end (pool_result()). */
typedef enum { FILE_UNKNOWN, FILE_SINGLE, FILE_MAILBOX } FileKind;
typedef struct {
    guint32 kind;           /* FileKind; UNKNOWN: it could not be opened */
    guint32 known;          /* messages in all, plus one; 0: not known yet */
} TaskFacts;
typedef struct {
    gint64    number;       /* Task.number: a hint may come too late */
    TaskFacts facts;
} TaskHint;

/* Where in a task a worker is (PoolJob.place): the file, and the message of it or of the block. */
#define PLACE_OPENING 0xFFFFFFu
guint32 task_place(guint file, guint message);
guint   task_place_file(guint32 place);
guint   task_place_message(guint32 place);

/* In a worker (doer.c). */
typedef struct Doer Doer;
Doer *doer_new(const BatchClass *class, gpointer data);
void  doer_work(Doer *doer, const PoolJob *job, PoolLine *line);
