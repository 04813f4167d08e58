/* slot.h: the parent's side of one worker: its process, its line, its ring, the jobs it has. When the process dies another
 * takes the slot.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/inbox.h"
#include "process/line.h"
#include "process/pool.h"
#include "process/ring.h"
#include "process/wards.h"

/* A job that was handed out and has not ended. */
typedef struct Slot Slot;
typedef struct {
    PoolJob   job;
    Slot     *slot;
    guint     number;       /* from 1 */
    guint     next;         /* pieces and losses so far, as the class has seen them */
    GArray   *lost;         /* SlotLoss, of pieces from `next` on */
    guint     again[POOL_AGAIN_N];      /* by PoolAgain: the piece that was tried once more; 0: none */
    guint     vain;         /* processes that died on it before they began a message */
    gboolean  sent;         /* to the process that is there */
    gboolean  done;         /* by one that is there no more; what it said lies in the ring */
    gboolean  given_up;     /* no process gets it any more; its losses are told, then it ends */
    guint64   inbox;        /* where its bytes lie */
} SlotJob;

typedef struct {
    guint    index;
    PoolLoss loss;
} SlotLoss;

struct Slot {
    const PoolClass *class;
    Ring       *ring;
    Inbox      *inbox;      /* NULL: jobs of the class have no bytes */
    LineEnd    *line;       /* NULL: no process */
    pid_t       pid;
    guint       worker;     /* its number: no two processes of a run have the same */
    GQueue      jobs;       /* SlotJob, as they were sent */
    Wards      *children;   /* what its process had started */
    GPtrArray  *needs;      /* what processes here must have loaded */
    guint       files;      /* temporary ones that this process has */
    gboolean    asking;
    gboolean    told_end;   /* that no job follows */
    gboolean    well;       /* it said why it ends */
    gboolean    was_killed;
    PoolLoss    killed_for;
    guint64     start;      /* what lies in the ring from here on is of this process … */
    gboolean    used;       /* a process that is gone may have written here */
    gboolean    isolated;   /* it has one job, and one piece to say */
    guint       said;       /* … and so many of it the class has seen */
    guint64     beats;      /* as last looked at */
    gint64      cpu, seen;  /* of the process then, and at the last look; microseconds */
    guint       idle;       /* looks since then at which it had not worked either */
    guint       ends;       /* of jobs that the class has seen */
    guint64     pieces;     /* ever, in the ring … */
    guint64     counted;    /* … up to here */
    GByteArray *part;       /* of a piece larger than an entry */
};

/* NULL: there is no memory for it. (transfer full) */
Slot     *slot_new(const PoolClass *class);
void      slot_free(Slot *slot);    /* its process is ended, if there is one */

/* Forks a process that does `class`'s work. FALSE: none can be started. `others`: the slots of the pool, whose rings are
 * none of its business. */
gboolean  slot_start(Slot *slot, const GPtrArray *others, const PoolClass *class, guint worker, PoolFlags flags,
                     gpointer data);
/* All that its processes have read and written is nowhere any more; it has no job and no process. */
void      slot_wipe(Slot *slot);
/* Jobs that it still works on, as far as it says. */
guint     slot_load(const Slot *slot);
/* Ends that it has put, ever, when it has done them. */
guint     slot_ends_due(const Slot *slot);
/* Sends what it has not been sent yet. */
void      slot_send_jobs(Slot *slot);
void      slot_say_end(Slot *slot);

/* Kills it for `loss`. */
void      slot_kill(Slot *slot, PoolHow how, int number);
/* Its line is closed: waits until it is gone, and finds out what is lost by that. */
void      slot_bury(Slot *slot);

/* Whether that is an entry of ours, behind `part` bytes of the same piece. */
gboolean  slot_is_sound(const RingEntry *entry, gsize part);

/* An entry of that kind was taken, that ended at `at`. */
void      slot_counted(Slot *slot, guint kind, guint64 at);
/* Pieces in the ring so far, taken ones included. */
guint64   slot_count_pieces(Slot *slot);

/* Looks whether it makes progress; called about once a second. */
void      slot_watch(Slot *slot);
