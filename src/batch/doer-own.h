/* doer-own.h: what the files of a batch's worker share: doer.c opens files and finds their messages, doer-message.c tells of each, doer-scan.c
 * finds out where there are some.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "batch/task.h"

struct Doer {
    const BatchClass *class;
    gpointer  data;
    GString  *lines;        /* a piece of a class that has `line`, used again and again */
    gint64    number;       /* of the file that is open; 0: none */
    Store    *store;
    gsize     length;       /* of that file when it was opened */
    TaskFacts told;         /* of it, as a hint */
};

/* A message that was found and is not told of yet. */
typedef struct {
    guint       number, index;  /* the file of the task; in its store */
    Store      *store;          /* not owned; NULL: it could not be opened */
    guint32     where;          /* task_place() */
    Message    *message;        /* owned; or NULL, and */
    GError     *error;          /* owned: why */
    BatchPlace  place;
} Turn;

/* One task while it is done. */
typedef struct {
    Doer          *doer;
    PoolLine      *line;
    const PoolJob *job;
    const Task    *task;
    guint          piece;   /* the number of the next */
    gint64         before;
    gsize          length;  /* of the file that is looked at, when it was opened */
    Turn           turns[BATCH_TURNS];      /* that wait for each other */
    guint          n_turns;
    Store         *stores[BATCH_TURNS];     /* owned: theirs, of which nothing else is wanted */
    guint          n_stores;
} Work;

/* ---- doer.c ---- */

/* (transfer full) */
GBytes  *doer_bytes(const Work *work, const TaskFile *file, GError **error);
gboolean doer_has_message(Work *work, Store *store, guint index);

/* ---- doer-message.c ---- */

/* A piece that holds its head so far. (transfer full) */
GString *doer_begin_piece(void);
void     doer_say(Work *work, GString *out, const PieceHead *head);
void     doer_say_fault(Work *work, guint file, const GError *error);
/* Of a folder, by what was judged of the file. */
gboolean doer_is_one_message(const TaskFile *file);
/* pool_begin() of what comes next, before it is looked at; with those that wait for their turn it begins anew. */
void     doer_begin_at(Work *work, guint32 where);
/* That message of the store, now or in its turn, and a file of a folder that cannot be opened; in order. The store is needed until it is
 * left, or doer_end_turns(). */
void     doer_tell(Work *work, guint number, Store *store, guint index, guint32 where);
void     doer_tell_unread(Work *work, guint number, const GError *unread);
void     doer_end_turns(Work *work);
/* No other message of it is wanted. (transfer full: store) */
void     doer_leave_store(Work *work, Store *store);

/* ---- doer-scan.c ---- */

void     doer_judge(Work *work);
void     doer_scan(Work *work);
