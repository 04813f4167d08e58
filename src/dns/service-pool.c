/* service-pool.c: workers' questions handed on, and answers handed back.
 * SPDX-License-Identifier: MIT */
#include "dns/service-pool.h"

#include <poll.h>

#include "dns/live-context.h"
#include "dns/remote.h"
#include "dns/service.h"

/* So many times the time for a message may pass in waiting for its answers: trouble is tried again for each analysis. */
#define PATIENCE 4
/* What a process that asks needs to come up, and to give up. */
#define SLACK ((gint64)10 * G_USEC_PER_SEC)

/* What a worker has asked for the message that it is at. */
typedef struct {
    guint64 piece;
    guint   questions;
    gint64  since;      /* of the question under way; monotonic */
    gint64  waited;
} Asker;

struct ServicePool {
    Service    *service;
    Pool       *pool;       /* of this run; NULL before the first question */
    GHashTable *askers;     /* worker -> Asker, owned */
    guint       messages;
    gint64      patience;   /* for each of them */
};

/* ---- the parent ---- */

static Asker *
asker_of(ServicePool *served, guint worker)
{
    Asker *asker = g_hash_table_lookup(served->askers, GUINT_TO_POINTER(worker));

    if (asker)
        return asker;
    asker = g_new0(Asker, 1);
    g_hash_table_insert(served->askers, GUINT_TO_POINTER(worker), asker);
    return asker;
}

static void
reply(guint worker, GBytes *answer, gpointer data)
{
    ServicePool *served = data;
    Asker *asker = asker_of(served, worker);

    asker->waited += g_get_monotonic_time() - asker->since;
    pool_reply(served->pool, worker, answer);
}

/* FALSE: that message has asked all that it may. */
static gboolean
may_ask(ServicePool *served, guint worker)
{
    Asker *asker = asker_of(served, worker);
    const guint64 piece = pool_pieces(served->pool, worker);

    if (asker->piece != piece)
        *asker = (Asker){ .piece = piece };
    asker->since = g_get_monotonic_time();
    return asker->questions++ < served->messages * DNS_QUESTIONS_MAX &&
           asker->waited < served->messages * served->patience;
}

static void
ready(Pool *pool G_GNUC_UNUSED, int fd G_GNUC_UNUSED, short events G_GNUC_UNUSED, gpointer data)
{
    service_turn(((ServicePool *)data)->service);
}

ServicePool *
service_pool_new(const LiveOptions *options, GError **error)
{
    if (!live_options_check(options, error))
        return NULL;
    ServicePool *served = g_new0(ServicePool, 1);
    served->service = service_new(options, reply, served);
    served->askers = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    served->messages = 1;
    served->patience = PATIENCE * (gint64)(options->timeout * G_USEC_PER_SEC) + SLACK;
    return served;
}

void
service_pool_expect(ServicePool *served, guint messages)
{
    served->messages = MAX(messages, 1);
}

void
service_pool_free(ServicePool *served)
{
    if (!served)
        return;
    service_free(served->service);
    g_hash_table_unref(served->askers);
    g_free(served);
}

void
service_pool_asked(ServicePool *served, Pool *pool, guint worker, GBytes *question)
{
    if (served->pool != pool)
        pool_watch(pool, service_fd(served->service), POLLIN, ready, served);
    served->pool = pool;
    if (may_ask(served, worker))
        service_forward(served->service, worker, question);
    else
        pool_reply(pool, worker, NULL);
}

void
service_pool_gone(ServicePool *served, Pool *pool G_GNUC_UNUSED, guint worker)
{
    g_hash_table_remove(served->askers, GUINT_TO_POINTER(worker));
    service_forget(served->service, worker);
}

/* ---- a worker ---- */

static GBytes *
ask(GBytes *question, gpointer data)
{
    return pool_ask(data, question);
}

Resolver *
resolver_pool(PoolLine *line, const LiveOptions *options)
{
    const RemoteDoor door = { .ask = ask, .data = line, .source = live_source(options) };

    return resolver_remote(&door);
}
