/* dns.c: resolvers of a worker, kept from message to message.
 * SPDX-License-Identifier: MIT */
#include "session/dns.h"

#include "base/mapped.h"
#include "dns/service-pool.h"

/* A snapshot that the user named is the user's own word, so the parent reads it, once for all workers. One that lies beside
 * a message came with it: the parent opens it, and no more. */
gboolean
session_dns_begin(SessionDns *dns, const Session *session, GError **error)
{
    const Options *o = session->options;

    *dns = (SessionDns){ .session = session };
    if (o->dns)
        dns->shared = resolver_snapshot((const char *const *)o->dns, FALSE, error);
    else if (o->offline)
        dns->shared = resolver_offline();
    return dns->shared || (!o->dns && !o->offline);
}

void
session_dns_clear(SessionDns *dns)
{
    g_clear_pointer(&dns->shared, resolver_free);
    g_clear_pointer(&dns->own, resolver_free);
    g_clear_pointer(&dns->live, resolver_free);
    g_clear_pointer(&dns->path, g_free);
}

gboolean
session_dns_beside(const Session *session)
{
    const Options *o = session->options;

    return !o->dns && !o->offline && !o->no_beside && !o->dns_server;
}

static Resolver *
read_beside(const BatchPlace *place, GError **error)
{
    g_autoptr(GBytes) bytes = mapped_bytes(place->beside, error);

    if (!bytes)
        g_prefix_error(error, "%s: ", place->beside_name);
    return bytes ? resolver_snapshot_bytes(bytes, place->beside_name, error) : NULL;
}

static Resolver *
live(SessionDns *dns, const BatchPlace *place)
{
    const Session *session = dns->session;
    const LiveOptions options = session_live_options(session->options, session->config);

    if (dns->live)
        return dns->live;
    if (session_is_silent(session))
        return dns->live = resolver_offline();
    return dns->live = resolver_pool(place->line, &options);
}

Resolver *
session_dns_for(SessionDns *dns, const BatchPlace *place, GError **error)
{
    const char *path = message_path(place->message);

    if (dns->shared)
        return dns->shared;
    if (place->beside < 0)
        return live(dns, place);
    if (dns->own && g_strcmp0(dns->path, path) == 0)
        return dns->own;
    g_clear_pointer(&dns->own, resolver_free);
    g_free(dns->path);
    dns->path = g_strdup(path);
    return dns->own = read_beside(place, error);
}
