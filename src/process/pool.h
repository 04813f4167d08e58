/* pool.h: work on strangers' bytes, shared out among processes that can do nothing else.
 * SPDX-License-Identifier: MIT
 *
 * The parent opens files and hands descriptors out; it never looks into them. A worker is a fork of it that is confined
 * (confine.h) before its first job: it computes, reads what it was handed, and says pieces, one for each message. They come
 * back in the order of jobs, whoever made them: a worker that is far ahead waits, so what is held back is a ring of shared
 * memory a worker (ring.h) and no more.
 *
 * A worker that dies (a signal, too much memory, no progress) takes the message under way with it: that one is `lost`, is not
 * tried again, and another worker goes on behind it. One that needs what must be loaded before confinement (GMime,
 * libgsf, a character set) says so (inside_need(), base/inside.h) and ends; the message is done again by one that has it.
 *
 * Mailboxes and folders as jobs: batch/batch.h, which `report` and `survey` are made with. */
#pragma once

#include "base/stop.h"
#include "process/child.h"

#define POOL_FDS_MAX 64
#define POOL_BYTES_MAX ((gsize)112 << 10)

typedef struct Pool Pool;           /* in the parent, while pool_run() runs */
typedef struct PoolLine PoolLine;   /* in a worker: what it says goes through it */

typedef struct {
    GBytes  *task;          /* what is to be done, as its maker and its doer agreed; small */
    const void *bytes;      /* what it is about, where that is little: read by the parent, which keeps them only until `next` is
                             * called again; in the worker they live as long as the job */
    gsize    n_bytes;       /* at most POOL_BYTES_MAX, of a class that has `reads` */
    guint8  *room;          /* set by the pool when it asks for one: bytes that are written here need not be copied. Or NULL */
    int      fds[POOL_FDS_MAX];     /* -1 is handed over, too: "none". The pool closes them when the job has ended */
    guint    n_fds;
    guint    seconds;       /* of CPU time from one sign of life to the next; 0: 60 */
    /* Set by the pool, for the worker. So many pieces are there already: those of workers that died, and what they died of. */
    guint    first;
    guint    begun;         /* number of the piece that was begun last, plus one; 0: none. first + 1: it is to be begun again */
    guint32  place;         /* … and what was said of it then; a worker that was taken over may have said anything */
    gpointer own;           /* of the class, in the parent */
    guint64  result;        /* for `ended`: what pool_result() said of the job; 0: nothing, or no worker came to its end */
} PoolJob;

typedef enum { POOL_LOST_SIGNAL, POOL_LOST_TIME, POOL_LOST_NONSENSE, POOL_LOST_EXIT } PoolHow;

/* What became of a worker. */
typedef struct {
    PoolHow how;
    int     number;         /* the signal, the seconds, the exit status */
    guint32 place;          /* of the message that it had begun */
    gboolean given_up;      /* it had not begun any, nor did the next: the job ends here */
    gboolean whole;         /* of a batch: on opening what may be a mailbox, so that others may be missing with it */
} PoolLoss;

typedef enum {
    POOL_NEVER,
    POOL_IF_DIED,           /* unless it was killed, since it made no progress: no message was looked at yet, and much may be lost */
    POOL_ALWAYS,            /* one of several messages is to blame: the next process begins them one by one */
    POOL_AGAIN_N
} PoolAgain;

typedef enum {
    POOL_JOB,               /* `job` is filled in */
    POOL_LATER,             /* not yet: asked again after each note, piece and end of a job */
    POOL_END                /* there is no more; not asked again */
} PoolNext;

typedef struct {
    /* ---- in the parent ---- */

    PoolNext (*next)(PoolJob *job, gpointer data);
    /* In order. With `shared` the bytes lie where the worker can still change them: copy before you look at one twice. They
     * stay there until `settle`. */
    void     (*piece)(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data);
    /* When this returns the bytes of the pieces before are nowhere any more. After each few of them, and before anything is
     * waited for. May be NULL, as all below `ended`. */
    void     (*settle)(gpointer data);
    /* In order, in the place of a piece. */
    void     (*lost)(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data);
    /* In order, after its last piece: frees what is the class's own. May be NULL, as all below. */
    void     (*ended)(const PoolJob *job, gpointer data);
    /* … and of one that will not, since the run is over; nothing more comes of it. May be NULL. */
    void     (*dropped)(const PoolJob *job, gpointer data);
    /* At once, whatever the order: what a worker has to say before its pieces have their turn. A hint and no more: it may
     * come twice or too late, when `job` is another one already; what must not be missed is a result (pool_result()). From a
     * worker that was taken over it may be anything. */
    void     (*note)(const PoolJob *job, const void *bytes, gsize length, gpointer data);
    /* A worker's question; it waits until pool_reply(). `worker` tells one process from all others of the run. */
    void     (*asked)(Pool *pool, guint worker, GBytes *question, gpointer data);
    /* That worker is gone, with its question. */
    void     (*gone)(Pool *pool, guint worker, gpointer data);
    /* A child that workers may have started for them (child.h), and what it sees. NULL: there is none of that name. */
    const ChildJob *(*child)(const char *name, gconstpointer *own, gpointer data);

    /* ---- in a worker ---- */

    /* Not confined yet: opens what the work may want. `needs`: what earlier workers lacked, ended by NULL. */
    void     (*prepare)(const char *const *needs, gpointer data);
    /* Confined: calls pool_begin() and pool_piece() for each message behind the first `job->first`. */
    void     (*work)(const PoolJob *job, PoolLine *line, gpointer data);

    /* Whether what was begun at that place when its worker died is tried once more. In the parent; NULL: never. */
    PoolAgain (*again)(guint32 place);

    gboolean shared;        /* see `piece` */
    gboolean reads;         /* jobs may have `bytes` */
    gsize    memory;        /* bytes that a worker may have besides what it began with; 0: 1 GB */
} PoolClass;

/* ISOLATE: each job has a process of its own, which says one piece and sees nothing that others read or wrote. */
typedef enum { POOL_PLAIN = 0, POOL_ISOLATE = 1 } PoolFlags;

typedef enum { POOL_DONE, POOL_STOPPED, POOL_FAILED } PoolEnd;  /* FAILED: no process can be started at all */

/* Runs all jobs with at most so many workers, each started when there is work for it; all are gone when this returns.
 * After a wish of `stop` (may be NULL) no further piece comes. */
PoolEnd  pool_run(const PoolClass *class, guint workers, PoolFlags flags, const Stop *stop, gpointer data);

/* Of pool_run()'s callbacks, in the parent. A NULL answer is an empty one. */
void     pool_reply(Pool *pool, guint worker, GBytes *answer);
/* Pieces that it has put down so far, whether or not they have had their turn: what lies there, not what it claims. When the number
 * grows another message has begun. */
guint64  pool_pieces(Pool *pool, guint worker);
/* `ready` is called whenever `fd` has one of `events` (poll(2)), until pool_unwatch(). */
typedef void (*PoolReady)(Pool *pool, int fd, short events, gpointer data);
void     pool_watch(Pool *pool, int fd, short events, PoolReady ready, gpointer data);
void     pool_unwatch(Pool *pool, int fd);

/* ---- in a worker, from `work` ---- */

/* Before anything of the message is looked at that makes piece number `index`; again where `place` has become known better.
 * `place`, whatever it means, comes back if the worker dies. */
void     pool_begin(PoolLine *line, guint index, guint32 place);
/* A sign of life in a long piece of work that makes progress. */
void     pool_alive(PoolLine *line);
/* What there is to say of that message: once for each. */
void     pool_piece(PoolLine *line, const void *bytes, gsize length);
/* Where the next piece will lie, for who writes it there before he says it: at least so many bytes; NULL: they are not free now.
 * Nobody sees them before. */
void    *pool_room(PoolLine *line, gsize least, gsize *size);
void     pool_note(PoolLine *line, const void *bytes, gsize length);
/* Comes with the job's end, by the way that pieces take, so that no order of events can lose it. The last counts. */
void     pool_result(PoolLine *line, guint64 result);
/* Waits for the answer. NULL: there is none, nor will there be. (transfer full) */
GBytes  *pool_ask(PoolLine *line, GBytes *question);

/* "signal 11"; English, for findings. (transfer full) */
char    *pool_loss_text(const PoolLoss *loss);
