/* dns.h: in a worker: where the DNS answers for each message come from.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "batch/batch.h"
#include "session/session.h"

typedef struct {
    const Session *session;
    Resolver *shared;       /* named by the user, or none at all: for all messages; made before there are workers */
    char     *path;         /* whose resolver `own` is */
    Resolver *own;          /* a snapshot beside a message */
    Resolver *live;         /* asked through the parent */
} SessionDns;

/* In the parent: reads what --dns names, so that all workers have it. FALSE and `error`. */
gboolean  session_dns_begin(SessionDns *dns, const Session *session, GError **error);
void      session_dns_clear(SessionDns *dns);
/* Whether a snapshot beside a message counts. */
gboolean  session_dns_beside(const Session *session);

/* In a worker: messages of one file share a resolver, and so its answers; where the source of answers was named, or there is
 * none, so do all. NULL and `error`. (transfer none) */
Resolver *session_dns_for(SessionDns *dns, const BatchPlace *place, GError **error);
