/* doer-own.h: what the files of a batch's worker share: doer.c does messages, doer-scan.c finds out where there are some.
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

/* One task while it is done. */
typedef struct {
    Doer          *doer;
    PoolLine      *line;
    const PoolJob *job;
    const Task    *task;
    guint          piece;   /* the number of the next */
    gint64         before;
    gsize          length;  /* of the file that is looked at, when it was opened */
} Work;

/* ---- doer.c ---- */

/* A piece that holds its head so far. (transfer full) */
GString *doer_begin_piece(void);
void     doer_say(Work *work, GString *out, const PieceHead *head);
/* (transfer full) */
GBytes  *doer_bytes(const Work *work, const TaskFile *file, GError **error);
gboolean doer_has_message(Work *work, Store *store, guint index);

/* ---- doer-scan.c ---- */

void     doer_judge(Work *work);
void     doer_scan(Work *work);
