/* worker.h: a pool's worker, from its fork to its end.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/inbox.h"
#include "process/pool.h"
#include "process/ring.h"

/* Entries of the ring. */
typedef enum { ENTRY_PART = 1, ENTRY_PIECE, ENTRY_END } EntryKind;

/* What a job's frame begins with; its task follows. */
typedef struct {
    guint32 number;         /* of the job, from 1 */
    guint32 first, begun, place, n_fds, n_bytes;
    guint64 there;          /* bits: the descriptors that are none (-1) are not */
    guint64 inbox;          /* where its bytes lie */
} JobHead;

typedef struct {
    const PoolClass    *class;
    gpointer            data;
    const char *const  *needs;
    pid_t               parent;
    int                 fd;     /* its end of the line */
    Ring               *ring;
    Inbox              *inbox;  /* or NULL */
} WorkerStart;

void worker_run(const WorkerStart *start) G_GNUC_NORETURN;
