/* core.h: a program in two processes: one has the terminal and opens files, the other, which can do neither, does all the rest.
 * SPDX-License-Identifier: MIT
 *
 * The parent looks into no message and starts no thread, so that it can fork at any time. The core is its fork, confined
 * (confine.h) before it reads the first byte that a stranger wrote; it may have threads. It has three lines to its parent: one
 * that the two agree about (`line`: frames of line.h), one for what confined code asks of the world (base/inside.h; done in
 * here), one for files (keeper.h). When it dies the parent starts another: nothing is lost there. */
#pragma once

#include "process/keeper.h"
#include "process/line.h"
#include "process/pool.h"

typedef struct Core Core;

#define CORE_DOING 17

/* What a core says of itself in memory that it shares with its parent: good for telling a person on what it died. */
typedef struct {
    gint doing[CORE_DOING]; /* atomic: whatever the two agreed; 0: nothing */
} CoreSign;

typedef struct {
    /* In the core, not confined yet: opens what the work may want; `needs`: what earlier ones lacked, ended by NULL. */
    void (*prepare)(const char *const *needs, gpointer data);
    /* In the core, confined. Its exit status. */
    int  (*run)(int line, CoreSign *sign, gpointer data);
    /* In the parent: starts a child that the core may have: its line, or -1. `told` may be anything, and is for the child to
     * look into. */
    int  (*start)(const char *name, GBytes *told, pid_t *pid, gpointer data);
    const char *name;       /* for ps(1) */
    gboolean files;         /* a keeper comes later: core_keep() */
    gsize memory;           /* as of PoolClass */
} CoreClass;

/* ---- the core ---- */

/* While this is held no other thread of the core ends it because it needs something: what its parent
 * knows of it is not what is so. Of one thread only; again, or without having been held: nothing. */
void     core_hold(void);
gboolean core_release(void);        /* TRUE: it was held */
/* Before that thread itself ends the core so, it says the rest. */
void     core_last_words(void (*say)(gpointer data), gpointer data);

/* ---- the parent ---- */

/* Forks. `keeper` (may be NULL: no files) answers for files. `needs` may be NULL. NULL: no process can be started. (transfer full) */
Core    *core_start(const CoreClass *class, const GPtrArray *needs, Keeper *keeper, gpointer data);
/* Before core_serve(). */
void     core_keep(Core *core, Keeper *keeper);
/* Readable where core_serve() or core_line() have something; the same for the whole life. */
int      core_fd(const Core *core);
LineEnd *core_line(Core *core);
/* After line_end_send(): what did not go out goes as soon as there is room. */
void     core_flush(Core *core);
/* Answers what it asks for. FALSE: it is gone, or said nonsense: core_end(). */
gboolean core_serve(Core *core);
CoreSign *core_sign(Core *core);
pid_t    core_pid(const Core *core);       /* for tests */
/* CPU time that it has used; microseconds. */
gint64   core_cpu(const Core *core);

typedef enum {
    CORE_DONE,              /* it came to its end: `number` is its exit status */
    CORE_NEEDS,             /* something that must be loaded before confinement: `need` says what */
    CORE_DIED               /* `loss` says how */
} CoreEnd;

/* Ends it, if it has not ended; with it all that it had started. `loss`: with `kill_it` why it is ended from here, and stays so;
 * else how it ended is written there. Frees `core`. `need`: the word, of CORE_NEEDS. (transfer full: need) */
CoreEnd  core_end(Core *core, gboolean kill_it, PoolLoss *loss, char **need);
