/* task.h: what the parent hands a worker, and what the worker says of it: between batch.c and doer.c.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "batch/batch.h"

typedef enum {
    TASK_FILES,     /* all messages of each of these files */
    TASK_BLOCK,     /* some messages of one file, which may be a large mailbox */
    TASK_JUDGE,     /* what kind of mail these files of a folder are */
    TASK_SCAN,      /* where the messages of one file stand; none of them is looked at */
    TASK_PART       /* one message, of which nothing but its own bytes is handed over */
} TaskKind;

/* Each has at most two descriptors: its own, and that of the snapshot beside it. */
#define TASK_FILES_MAX (POOL_FDS_MAX / 2)
/* Those that are judged have one. */
#define TASK_JUDGED_MAX POOL_FDS_MAX

typedef struct {
    const char *name;       /* as it was given, of the folder where it stands in one */
    const char *path;       /* as errors and reports call it */
    const char *beside;     /* name of the snapshot; or NULL */
    const char *kind;       /* of a folder: "eml", "maildir", "mbox"; else NULL */
    const char *fault;      /* of a folder: why it cannot be opened; else NULL */
    const char *limit;      /* of a folder: id of the note on its last message; or NULL */
    gint64      base;       /* of a folder: messages before this file */
    gboolean    missing;    /* not of a folder: it could not be opened, which the parent says */
    gint        fd, beside_fd;      /* which of the job's descriptors; -1: none */
    guint32     at, length;         /* which of the job's bytes, where it is not `fd` */
    gboolean    inside;             /* they are */
} TaskFile;

typedef struct {
    TaskKind kind;
    gint64   number;        /* of the file: a worker keeps it open from block to block */
    gint64   from, count;   /* TASK_BLOCK: these messages; TASK_PART: that one, of so many */
    gboolean opens;         /* TASK_BLOCK: the first block of the file */
    gboolean unquoted;      /* TASK_PART: MboxPlace.unquoted */
    gint64   index;         /* only from this one on, from 1; 0: all */
    gint64   until;         /* with `index`: the last of them */
    gboolean several;       /* there are other files */
    gint64   before;        /* BatchPlace.before */
    guint    facts;         /* TASK_PART: so many of the job's bytes are what is known of the mailbox; its own follow */
    guint    n_files;
    TaskFile *files;        /* in a worker; in the parent: see below */
} Task;

/* In the parent a task is written as it grows: the head, which may still change, then the files. */
void      task_begin(GByteArray *wire, const Task *task);
Task     *task_head(GByteArray *wire);      /* `files` is NULL; until the next is added */
void      task_add(GByteArray *wire, const TaskFile *file);
/* What was written; all of it lies in `bytes` as long as they do. NULL: nonsense. */
Task     *task_read(const void *bytes, gsize length);
void      task_free(Task *task);

/* A file that is kept for later, with texts of its own. (transfer full) */
TaskFile *task_file_copy(const TaskFile *file);
void      task_file_free(TaskFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Task, task_free)

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
    PIECE_NO_MAIL, PIECE_MAIL, PIECE_MBOX,      /* TASK_JUDGE */
    PIECE_SINGLE,           /* TASK_SCAN: no mailbox; whoever does its message sees what it is */
    PIECE_PACKED,           /* TASK_SCAN: a mailbox that must be unpacked first, into a file that comes with the next task */
    PIECE_BOX               /* TASK_SCAN: ScanHead, what is known of it, and its ScanPlaces */
} PieceKind;

typedef struct {
    guint32 facts;          /* bytes, see TASK_PART */
    guint32 count;          /* messages */
} ScanHead;

typedef struct {
    guint64 start, length;
} ScanPlace;
/* In `length`: nothing is quoted there (MboxPlace). */
#define SCAN_UNQUOTED ((guint64)1 << 63)

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
/* No message of the file was looked at. */
gboolean task_is_opening(guint32 place);
/* The same place, where messages behind it are begun, too, before this one has been told of. */
guint32  task_place_several(guint32 place);
gboolean task_is_several(guint32 place);
/* As in PoolClass. */
PoolAgain task_again(guint32 place);

/* In a worker (doer.c). */
typedef struct Doer Doer;
Doer *doer_new(const BatchClass *class, gpointer data);
void  doer_work(Doer *doer, const PoolJob *job, PoolLine *line);
