/* child.h: work done in a process that may crash, hang or lie without harm to ours.
 * SPDX-License-Identifier: MIT
 *
 * The child is a fork: it knows what we know, is confined before it touches what a stranger wrote,
 * and talks over one line in frames. It may ask (we answer), and ends by one answer. Nothing that
 * it sends is trusted. */
#pragma once

#include <signal.h>
#include <sys/types.h>

#include "base/stop.h"

typedef struct ChildLine ChildLine;
typedef struct Child Child;

typedef struct {
    /* In the child, not confined yet: opens libraries and files. FALSE: cannot be done here. */
    gboolean (*prepare)(gpointer data);
    /* In the child, confined: the answer; NULL where there is none. (transfer full) */
    GBytes  *(*work)(ChildLine *line, gpointer data);
    /* In the parent: answers a question of the child; NULL ends the talk: that was no question.
     * (transfer full) */
    GBytes  *(*serve)(GBytes *question, gpointer data);
    guint    time_ms;       /* for the child alone: what `serve` takes is not counted */
    guint    questions_max;

    /* For jobs that a confined worker may want, which can start no process: its parent does (PoolClass.child), and hands it the
     * line. */
    const char *name;       /* NULL: there is no such job */
    /* In the worker: what the child must know; NULL: it is not started. (transfer full) */
    GBytes  *(*tell)(gconstpointer data);
    /* In the child, not confined yet: the `data` of `prepare` and `work`, from that; `own` is the parent's. The bytes may come from
     * a worker that was taken over. NULL: it is no such thing. */
    gpointer (*told)(GBytes *bytes, gconstpointer own);
} ChildJob;

typedef enum {
    CHILD_ANSWERED,
    CHILD_NOT_STARTED,      /* no process, no confinement, or `prepare` said no */
    CHILD_CRASHED,
    CHILD_TIMED_OUT,
    CHILD_NONSENSE,         /* broke the protocol, or ended without an answer */
    CHILD_STOPPED           /* nobody wants to hear it any more */
} ChildEnd;

/* In the child: asks the parent. NULL when the line broke. (transfer full) */
GBytes  *child_ask(ChildLine *line, GBytes *question);

/* A new process at `job`; it loads while we do something else, and waits where it asks. `job`, `data`
 * and `stop` (which may be NULL) live until child_finish(). It is a copy of the thread that calls: a lock
 * that another one holds now stays locked in there for ever. NULL: not started. (transfer full) */
Child   *child_start(const ChildJob *job, gpointer data, const Stop *stop);

/* Hears what it says and ends it, in any thread: the process is gone when this returns, and so is `child`. NULL is
 * CHILD_NOT_STARTED. `answer` is set on CHILD_ANSWERED only. (transfer full) */
ChildEnd child_finish(Child *child, GBytes **answer);

/* Both, for tests: the program starts one, and does something else before it hears it. */
ChildEnd child_run(const ChildJob *job, gpointer data, GBytes **answer);

/* ---- in the parent of a confined worker (pool.h) ---- */

/* Starts the child that a worker wants; the worker's end of its line, or -1. */
int      child_spawn(const ChildJob *job, GBytes *told, gconstpointer own, pid_t *pid);
/* Ends it; how it ended, as of wait(2). */
int      child_end(pid_t pid);
