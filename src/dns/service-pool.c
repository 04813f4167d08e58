/* service-pool.c: workers' questions handed on, and answers handed back.
 * SPDX-License-Identifier: MIT */
#include "dns/service-pool.h"

#include <poll.h>

#include "dns/live-context.h"
#include "dns/remote.h"
#include "dns/service.h"

struct ServicePool {
    Service *service;
    Pool    *pool;      /* of this run; NULL before the first question */
};

/* ---- the parent ---- */

static void
reply(guint worker, GBytes *answer, gpointer data)
{
    pool_reply(((ServicePool *)data)->pool, worker, answer);
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
    return served;
}

void
service_pool_free(ServicePool *served)
{
    if (!served)
        return;
    service_free(served->service);
    g_free(served);
}

void
service_pool_asked(ServicePool *served, Pool *pool, guint worker, GBytes *question)
{
    if (served->pool != pool)
        pool_watch(pool, service_fd(served->service), POLLIN, ready, served);
    served->pool = pool;
    service_forward(served->service, worker, question);
}

void
service_pool_gone(ServicePool *served, Pool *pool G_GNUC_UNUSED, guint worker)
{
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
