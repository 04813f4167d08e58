/* run.h: what the commands that look at strangers' bytes in workers do alike, in the parent.
 * SPDX-License-Identifier: MIT
 *
 * A CommandRun stands first in the struct of such a command: the `data` of its BatchClass or PoolClass is both, and the functions
 * below fill the class in. Each command says itself what a worker does with a message, and what becomes of a piece. */
#pragma once

#include "batch/batch.h"
#include "dns/service-pool.h"
#include "session/session.h"

/* Messages inside messages inside …: nobody reads deeper, or more of them. */
#define COMMAND_INNER_DEPTH_MAX 10
#define COMMAND_INNER_MAX 200

typedef struct {
    const Session *session;
    ServicePool   *served;  /* live DNS; NULL where nobody asks */
    Stop          *stop;    /* a wish that the run end; or NULL */
    int            status;  /* as INTERFACE.md, "Exit status", says */
} CommandRun;

/* The worse of this and what came before. */
void     command_run_status(CommandRun *run, int status);
/* On standard error; the exit status says so, too. */
void     command_run_warn(CommandRun *run, const char *text);
/* The same of `length` bytes that a worker sent. */
void     command_run_warn_piece(CommandRun *run, const char *bytes, gsize length);

/* Live DNS, and a message's share of it where each piece is about `messages`; freed by the caller. FALSE and `error`. */
gboolean command_run_serve(CommandRun *run, guint messages, GError **error);
/* What the command line says of files, workers and messages. */
BatchSources command_run_sources(const CommandRun *run);
/* batch_run(); that it cannot begin is told. */
PoolEnd  command_run_batch(CommandRun *run, const BatchClass *class, const BatchSources *sources);

/* ---- for classes; `data` is the CommandRun ---- */

/* In a worker, before it is confined: what it could not load later. */
void     command_run_prepare(const char *const *needs, gpointer data);
/* Of messages that share DNS: BatchPlace.judged becomes the Report of each. */
void     command_run_judge(BatchPlace *const *places, guint n, Resolver *resolver, const AnalysisOptions *options);
void     command_run_fault(const GError *error, gpointer data);
/* The message is told on standard error, as a file that cannot be read is. */
void     command_run_lost(SourceInfo *source, const PoolLoss *loss, gpointer data);
void     command_run_asked(Pool *pool, guint worker, GBytes *question, gpointer data);
void     command_run_gone(Pool *pool, guint worker, gpointer data);
/* Second opinions. */
const ChildJob *command_run_child(const char *name, gconstpointer *own, gpointer data);
