/* run.c: what the commands that look at strangers' bytes in workers do alike, in the parent.
 * SPDX-License-Identifier: MIT */
#include "command/run.h"

#include "base/translate.h"
#include "peers/peers.h"
#include "session/dns.h"
#include "session/warm.h"

void
command_run_status(CommandRun *run, int status)
{
    run->status = status_worse(run->status, status);
}

void
command_run_warn(CommandRun *run, const char *text)
{
    standard_warn(text);
    command_run_status(run, EXIT_TROUBLE);
}

void
command_run_warn_piece(CommandRun *run, const char *bytes, gsize length)
{
    g_autofree char *text = g_strndup(bytes, length);

    command_run_warn(run, text);
}

gboolean
command_run_serve(CommandRun *run, guint messages, GError **error)
{
    const LiveOptions live = session_live_options(run->session->options, run->session->config);

    run->served = service_pool_new(&live, error);
    if (run->served)
        service_pool_expect(run->served, messages);
    return run->served != NULL;
}

BatchSources
command_run_sources(const CommandRun *run)
{
    const Options *o = run->session->options;

    return (BatchSources){ .files = o->files, .from = o->files_from, .separator = o->nul ? '\0' : '\n',
                           .index = (guint)o->index, .count = (guint)o->count,
                           .beside = session_dns_beside(run->session),
                           .workers = o->jobs > 0 ? (guint)o->jobs : batch_workers(), .isolate = o->isolate };
}

PoolEnd
command_run_batch(CommandRun *run, const BatchClass *class, const BatchSources *sources)
{
    const PoolEnd end = batch_run(class, sources, run->stop, run);

    if (end == POOL_FAILED)
        command_run_warn(run, _("no process can be started"));
    return end;
}

void
command_run_prepare(const char *const *needs, gpointer data)
{
    (void)data;
    session_warm(needs);
}

void
command_run_judge(BatchPlace *const *places, guint n, Resolver *resolver, const AnalysisOptions *options)
{
    const Message *messages[BATCH_TURNS] = { NULL };
    Report *reports[BATCH_TURNS];

    for (guint i = 0; i < n; i++)
        messages[i] = places[i]->message;
    analysis_run_several(messages, n, resolver, options, reports);
    for (guint i = 0; i < n; i++)
        places[i]->judged = reports[i];
}

void
command_run_fault(const GError *error, gpointer data)
{
    command_run_warn(data, error->message);
}

void
command_run_lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    g_autofree char *how = pool_loss_text(loss);
    g_autofree char *text = session_died_text(source, how, loss->whole);

    command_run_warn(data, text);
}

void
command_run_asked(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    const CommandRun *run = data;

    service_pool_asked(run->served, pool, worker, question);
}

void
command_run_gone(Pool *pool, guint worker, gpointer data)
{
    const CommandRun *run = data;

    service_pool_gone(run->served, pool, worker);
}

const ChildJob *
command_run_child(const char *name, gconstpointer *own, gpointer data)
{
    const CommandRun *run = data;

    *own = psl_source(run->session->psl);
    return peers_child(name);
}
