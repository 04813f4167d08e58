/* batch.h: the messages of many files, folders and mailboxes, each looked at by a confined worker, answered in order.
 * SPDX-License-Identifier: MIT
 *
 * Between the commands and the pool (process/pool.h): names become jobs, jobs become messages. `report` and `survey` say
 * what is done with a message (in a worker), and with what came of it (in the parent). */
#pragma once

#include "dns/resolver.h"
#include "mailbox/store.h"
#include "process/pool.h"

/* Where the messages come from. */
typedef struct {
    char       **files;         /* as on the command line: "-" is standard input; or NULL */
    char *const *from;          /* files of names, read as it goes, behind `files`: "-" is standard input; or NULL */
    char         separator;     /* of its names: '\n' or '\0' */
    guint        index;         /* --index: only this message of each file, from 1; 0: all */
    guint        count;         /* --count: with `index`, so many from there on; 0: one */
    gboolean     beside;        /* a snapshot that lies beside a message is opened with it */
    guint        workers;
    gboolean     isolate;
    gboolean     serial;        /* each message after the last: pieces know how many there were (BatchPlace.before) */
} BatchSources;

/* So many messages at most are judged by turns. */
#define BATCH_TURNS RESOLVER_TURNS

/* In a worker: one message. */
typedef struct {
    const Message *message;     /* NULL: unreadable */
    const GError  *error;       /* why */
    SourceInfo    *source;      /* of an unreadable one, else NULL (transfer full) */
    int            beside;      /* descriptor of the snapshot beside it, or -1; closed by the batch */
    const char    *beside_name; /* its name, for errors */
    const char    *name;        /* as it was given: "-", a folder … */
    gboolean       several;     /* it is one of two or more, as far as one knows */
    gboolean       mailbox;     /* it stands in a mailbox or a folder */
    gint64         before;      /* serial: what `count` of the class has added up to; else 0 */
    PoolLine      *line;
    gpointer       judged;      /* what `judge` found; whoever has told of it has freed it, too */
    Tray          *tray;        /* whose text `out` of `message` is: what is put into its room is not copied */
} BatchPlace;

/* In a worker: a message of which only the header counts. */
typedef struct {
    Store        *store;
    guint         index;        /* in it */
    gint64        number;       /* in what was named, from 1 */
    const char   *path;         /* as errors call what was named */
    const GError *error;
} BatchLine;

typedef struct {
    /* In a worker, not confined yet. */
    void     (*prepare)(const char *const *needs, gpointer data);
    /* In a worker: what is to be told of this message is appended to `out`, which holds something already; how much it adds
     * to `before`. */
    guint    (*message)(const BatchPlace *place, GString *out, gpointer data);
    /* In a worker: before `message` of each of them in turn, the judgement on a few small messages; sets `judged`. May be NULL: `message`
     * does all, as it does where nothing was judged. */
    void     (*judge)(BatchPlace *const *places, guint n, gpointer data);
    /* Instead of `message`, for who looks at no more than the header: message `index` of `store`, which is number `number`
     * (from 1) of what was named `path`. NULL `store`: `error` says why it cannot be read. With one worker. */
    void     (*line)(const BatchLine *line, GString *out, gpointer data);

    /* In the parent, in order: what `message` appended. The bytes lie in memory that the worker shares, unless `copied`: such
     * must not be looked at twice. */
    void     (*piece)(const void *bytes, gsize length, gpointer data);
    /* They may be looked at until this returns. NULL: not behind `piece`. */
    void     (*settle)(gpointer data);
    /* The worker died on that message. `source` says which as far as one knows. (transfer full: source) */
    void     (*lost)(SourceInfo *source, const PoolLoss *loss, gpointer data);
    /* A file that cannot be opened, or holds no such message. */
    void     (*fault)(const GError *error, gpointer data);
    /* After each message: how far we are, 0 to 1, -1 where nobody knows. May be NULL, as all below. */
    void     (*progress)(double done, gpointer data);
    /* There is nothing to hand out yet: what was held back may be written. */
    void     (*idle)(gpointer data);

    /* As in PoolClass. */
    void     (*asked)(Pool *pool, guint worker, GBytes *question, gpointer data);
    void     (*gone)(Pool *pool, guint worker, gpointer data);
    const ChildJob *(*child)(const char *name, gconstpointer *own, gpointer data);
    gboolean copied;
} BatchClass;

PoolEnd batch_run(const BatchClass *class, const BatchSources *sources, const Stop *stop, gpointer data);

/* Processors that are ours: the default of -j. */
guint   batch_workers(void);
