/* core-host.h: a core for as long as the program runs: heard, answered, replaced where it ends.
 * SPDX-License-Identifier: MIT
 *
 * What is the same for the screen, for lines, and for a command that is printed at its end. Whoever
 * has a host waits for core_fd() and for whatever else there is, and gives the core its turn; its
 * frames, and the words, are its own. */
#pragma once

#include "process/core.h"

/* What is known of a core that ended. */
typedef struct {
    gboolean planned;       /* it lacked what is loaded before one is confined: nothing is wrong,
                             * and the next one has it */
    PoolLoss loss;          /* else: how it died */
    CoreSign sign;          /* what it said that it was doing */
} CoreGone;

typedef struct {
    const CoreClass *core;
    guint frames;           /* so many are taken at once */
    guint starts;           /* so many cores in a row may have ended (CoreHost.starts) */
    /* One is started now. Optional. */
    void (*begin)(gpointer data);
    /* A frame of it, which is a stranger's. FALSE: that was nothing a core says, and ends it. */
    gboolean (*take)(guint kind, const guint8 *bytes, gsize length, gpointer data);
    /* It ended. TRUE: another one is wanted. */
    gboolean (*gone)(const CoreGone *gone, gpointer data);
    /* There will be no other, because `gone` was one too many; NULL: no process can be started. The
     * exit status. */
    int  (*over)(const CoreGone *gone, gpointer data);
} CoreHostClass;

/* Filled in by whoever has it: class, data (of all these calls, and of the core's own), keeper (or
 * NULL). */
typedef struct {
    const CoreHostClass *class;
    gpointer   data;
    Keeper    *keeper;
    Core      *core;        /* NULL: there is none any more */
    GPtrArray *needs;       /* char *: what earlier ones lacked; or NULL */
    guint      starts;      /* cores that ended; who sees that a person does something sets it to 0 */
    gint64     cpu;         /* that the core had used at its last sign of life … */
    gint64     heard;       /* … which was then, by g_get_monotonic_time() */
    gboolean   more;        /* frames are here that nobody looked at yet: do not wait */
    gboolean   ending;      /* it is gone, but for these */
    gboolean   quit;
    int        status;      /* exit status, then */
} CoreHost;

void     core_host_start(CoreHost *host);
/* Of a class whose core has `files`: the keeper comes when the first core is under way. */
void     core_host_keep(CoreHost *host, Keeper *keeper);
/* A frame to the core. */
void     core_host_tell(CoreHost *host, guint kind, const void *bytes, gsize length);
/* It begins with something new: its time is counted from now. */
void     core_host_note_life(CoreHost *host);
/* CPU time used since then; microseconds. */
gint64   core_host_used(const CoreHost *host);
/* After waiting. `readable`: core_fd() is. FALSE: it had nothing to say, and may go on; one that
 * computes for too long is ended. Any word of it is a sign of life. */
gboolean core_host_turn(CoreHost *host, gboolean readable);
/* Ends it from here, as one that died of `loss`. */
void     core_host_end(CoreHost *host, gboolean kill_it, PoolLoss loss);
void     core_host_quit(CoreHost *host, int status);
/* Ends what is left of it; `kill_it`: at once. The exit status. */
int      core_host_leave(CoreHost *host, gboolean kill_it);
