/* live.h: a Resolver that asks the network, by a process that can do nothing else.
 * SPDX-License-Identifier: MIT
 *
 * The sender of a message may see in its own name servers that somebody looks at it. All
 * questions of one message share one time limit: when it is used up, what is left is
 * DNS_TIMEOUT. What DNSSEC calls bogus is never used. */
#pragma once

#include "dns/resolver.h"

#define LIVE_TIMEOUT_DEFAULT 5.0
#define LIVE_TIMEOUT_MAX     120.0      /* libunbound itself gives up somewhere behind it */

typedef struct {
    const char *server;         /* ADDR[@PORT]; NULL: the system's */
    const char *trust_anchor;   /* file; NULL: the system's, where there is one */
    double      timeout;        /* seconds for all questions of a message */
} LiveOptions;

/* No process is there before the first question. NULL and `error` where an option is of no use.
 * `options` is copied. (transfer full) */
Resolver *resolver_live(const LiveOptions *options, GError **error);

/* What answers say of where they are from. (transfer none) */
const char *live_source(const LiveOptions *options);

/* For `info`: "libunbound 1.17.1", or why it cannot be used. (transfer full) */
char     *live_describe(const LiveOptions *options);
