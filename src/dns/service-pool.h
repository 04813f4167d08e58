/* service-pool.h: the process that asks DNS behind a pool of workers.
 * SPDX-License-Identifier: MIT
 *
 * In the parent, around one pool_run() or batch_run(): service_pool_new(), and what `asked` and
 * `gone` of the class do. In a worker: resolver_pool(), in the place of resolver_live(). No
 * process is started before the first question. */
#pragma once

#include "dns/live.h"
#include "process/pool.h"

typedef struct ServicePool ServicePool;

/* NULL and `error` where an option is of no use. (transfer full) */
ServicePool *service_pool_new(const LiveOptions *options, GError **error);
/* What comes in one piece is about so many messages, or about one that is analyzed so often; 1 if nobody says so. */
void         service_pool_expect(ServicePool *served, guint messages);
/* After the run. */
void         service_pool_free(ServicePool *served);
/* A worker counts its own questions; one that was taken over may not, and so they are counted here once more, from one piece
 * that it says to the next: beyond the questions, or the time, that a message has, there is no answer. */
void         service_pool_asked(ServicePool *served, Pool *pool, guint worker, GBytes *question);
void         service_pool_gone(ServicePool *served, Pool *pool, guint worker);

/* `line` lives as long as the Resolver. (transfer full) */
Resolver    *resolver_pool(PoolLine *line, const LiveOptions *options);
