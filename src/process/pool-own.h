/* pool-own.h: what the files of a pool share: pool.c runs it, pool-turn.c takes pieces in order, pool-hear.c does what workers
 * ask for, pool-wait.c sleeps.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/slot.h"

/* Jobs that a worker has, the one that it works on included: at most, and where it gets more. So it does not wait for us between
 * two, and we are not woken for each. */
#define POOL_LOAD 3
#define POOL_LOW 1

struct Pool {
    const PoolClass *class;
    gpointer   data;
    PoolFlags  flags;
    const Stop *stop;
    guint      workers;     /* at most */
    GPtrArray *slots;       /* Slot */
    GQueue     jobs;        /* SlotJob, in order */
    GArray    *watches;     /* PoolWatch */
    GArray    *polled;      /* struct pollfd */
    guint      started, given;  /* processes, jobs, ever */
    guint      fds, fds_most;   /* that jobs hold, and may hold before they wait for others to end */
    gboolean   no_more;     /* jobs */
    gboolean   later;       /* `next` said so, and nothing has happened since */
    gboolean   stopped, failed;
    gint64     looked;      /* monotonic: when slots were last looked at */
    PoolJob    waiting;     /* a job that no process could be started for, while others run; no task: none */
    guint8    *waiting_bytes;
    gsize      unsettled;   /* bytes of pieces that the class was given and may still look at */
};

typedef struct {
    int       fd;
    short     events;
    PoolReady ready;
    gpointer  data;
} PoolWatch;

/* pool-turn.c: all that has its turn. */
void     pool_turn(Pool *pool);
void     pool_free_job(SlotJob *job);

/* pool-hear.c: what a process says through its line. FALSE: that line is closed, or nonsense was said. */
gboolean pool_hear(Pool *pool, Slot *slot);

/* pool.c: its process is gone: another takes over what it has left. */
void     pool_bury(Pool *pool, Slot *slot);

/* pool-wait.c: until something happens, which is dealt with. */
void     pool_wait(Pool *pool);
