/* route.c: the hops of a message in order, their delays, and where the receiver begins.
 * SPDX-License-Identifier: MIT */
#include "headers/received.h"

#include <arpa/inet.h>
#include <string.h>

#include "headers/host.h"
#include "headers/received-parts.h"

/* More hops than any mail takes (RFC 5321, 6.3, speaks of 100): the rest is a flood. */
#define HOPS_MAX 1000

static gboolean
same_prefix(int family, const char *a, const char *b)
{
    guint8 one[16], other[16];

    return a && b && inet_pton(family, a, one) == 1 && inet_pton(family, b, other) == 1 &&
           memcmp(one, other, 3) == 0;
}

/* Only what the server itself found out counts: any client may say EHLO with our name, so that name
 * counts only beside an address of our network. Microsoft's inner hosts talk over public addresses
 * of one IPv6 /24, outlook.com to office365.com; strangers reach them by IPv4 or their own. */
static gboolean
is_own_client(const Hop *hop, const ReceivedParts *parts)
{
    return host_same_organization(hop->ptr, hop->by) ||
           same_prefix(AF_INET6, hop->ip, parts->by_ip) ||
           (host_same_organization(hop->helo, hop->by) &&
            same_prefix(AF_INET, hop->ip, parts->by_ip));
}

/* Read out by a browser or an app, or handed in by one: nobody checks SPF there. */
static gboolean
is_http(const Hop *hop)
{
    return hop->protocol && g_ascii_strncasecmp(hop->protocol, "HTTP", 4) == 0;
}

/* Authenticated clients (RFC 3848: ESMTPA, ESMTPSA) hand in mail; below them no server of the
 * receiver's wrote anything. */
static gboolean
is_submission(const Hop *hop)
{
    if (!hop->protocol)
        return FALSE;
    g_autofree char *protocol = g_ascii_strdown(hop->protocol, -1);
    return strstr(protocol, "mtp") && g_str_has_suffix(protocol, "a");
}

typedef struct {
    Hop     *outside;       /* the topmost client of somebody else */
    Hop     *own;           /* the lowest public client of our own, above that */
    gboolean done;
} Border;

static void
border_see(Border *border, Hop *hop, const ReceivedParts *parts)
{
    if (border->done || !hop->ip || ip_is_internal(hop->ip) || is_http(hop))
        return;
    if (is_own_client(hop, parts)) {
        border->own = hop;
        return;
    }
    border->done = TRUE;
    /* Mail between two users of one provider is handed in: the provider's own hop counts. */
    if (!is_submission(hop) || !border->own)
        border->outside = hop;
}

static void
set_delays(const GPtrArray *route)
{
    gint64 before = RECORD_UNSET;

    for (guint i = route->len; i-- > 0;) {
        Hop *hop = route->pdata[i];
        if (hop->time == RECORD_UNSET)
            continue;
        if (before != RECORD_UNSET)
            hop->delay_s = hop->time - before;
        before = hop->time;
    }
}

static Hop *
read_hop(const Message *message, const Field *field, Border *border)
{
    g_autofree char *value = field_value(message, field);
    ReceivedParts parts;
    Hop *hop = received_parse_parts(value, &parts);

    hop->line = field->line;
    g_ptr_array_add(hop->evidence, host_field_evidence(message, field));
    border_see(border, hop, &parts);
    received_parts_clear(&parts);
    return hop;
}

void
received_route(const Message *message, Report *report)
{
    Border border = { 0 };

    for (int i = message_find(message, "Received", 0); i >= 0;
         i = message_find(message, "Received", (guint)i + 1)) {
        if (report->route->len >= HOPS_MAX) {
            report_add_finding(report, "received-too-many", SEVERITY_WARNING, NULL);
            break;
        }
        const Field *field = message_field(message, (guint)i);
        g_ptr_array_add(report->route, read_hop(message, field, &border));
    }
    Hop *chosen = border.outside ? border.outside : border.own;
    if (chosen)
        chosen->border = TRUE;
    set_delays(report->route);
}
