/* border.c: the search for the hop at which the receiving organization begins.
 * SPDX-License-Identifier: MIT
 *
 * All below that hop was written by strangers, so nothing is taken from there. What stops the search
 * too early finds a client that is ours; what stops it too late lets a stranger name his own. */
#include "headers/border.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/lower.h"
#include "base/name.h"
#include "headers/authres.h"
#include "headers/client-ip.h"
#include "headers/host.h"
#include "headers/ip.h"

/* Results fields that are read for their client address, all hops together: a chain of
 * forwarders has some dozen. */
#define RESULTS_MAX 60

static gboolean
same_prefix(int family, const char *a, const char *b)
{
    guint8 one[16], other[16];

    return a && b && inet_pton(family, a, one) == 1 && inet_pton(family, b, other) == 1 &&
           memcmp(one, other, 3) == 0;
}

/* iCloud's hosts go by three names. Apple's own mail (apple.com) comes to them from outside. */
static gboolean
is_of_icloud(const char *host)
{
    static const struct { const char *name; gsize length; } names[] = { { ".icloud.com", 11 }, { ".me.com", 7 }, { ".mac.com", 8 } };
    const gsize length = host ? strlen(host) : 0;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)     /* "d.com", "e.com", "c.com": a look at one letter rules out most */
        if (length > names[i].length && (host[length - 5] | 0x20) == names[i].name[names[i].length - 5] &&
            g_ascii_strcasecmp(host + length - names[i].length, names[i].name) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
same_provider(const char *a, const char *b)
{
    return host_same_organization(a, b) || (is_of_icloud(b) && is_of_icloud(a));
}

/* Only what the server itself found out counts: any client may say EHLO with our name, so that name
 * counts only beside an address of our network; and whoever has an address may have its reverse DNS
 * say our name, so that one counts only where the server saw it lead back. Microsoft's inner hosts
 * talk over public addresses of one IPv6 /24, outlook.com to office365.com; strangers reach them by
 * IPv4 or their own. */
static gboolean
is_own_client(const Hop *hop, const ReceivedParts *parts)
{
    const gboolean checked = !hop->no_ptr && !parts->ptr_unchecked;

    return (checked && same_provider(hop->ptr, hop->by)) ||
           same_prefix(AF_INET6, hop->ip, parts->by_ip) ||
           (same_provider(hop->helo, hop->by) &&
            same_prefix(AF_INET, hop->ip, parts->by_ip));
}

/* Read out by a browser or an app, fetched from a mailbox, or handed over on the host: nobody
 * checks SPF there. */
static gboolean
is_no_smtp(const Hop *hop)
{
    static const char *const protocols[] = { "HTTP", "POP", "IMAP", "mapi", "local", "LMTP", NULL };

    return received_speaks(hop, protocols);
}

/* RFC 3848: ESMTPA, ESMTPSA and the like. */
static gboolean
is_authenticated(const Hop *hop)
{
    const gsize length = hop->protocol ? strlen(hop->protocol) : 0;

    if (length == 0 || (hop->protocol[length - 1] | 0x20) != 'a')
        return FALSE;
    g_autofree char *protocol = lower_text(hop->protocol);
    return strstr(protocol, "mtp") != NULL;
}

gboolean
border_is_submission(const Hop *hop, const ReceivedParts *parts)
{
    static const char *const protocols[] = { "HTTP", "mapi", "local", NULL };

    return is_authenticated(hop) || parts->authenticated || parts->local ||
           received_speaks(hop, protocols);
}

static gboolean
is_results_field(const Message *message, const Field *field)
{
    return message_field_is(message, field, "Received-SPF") ||
           message_field_is(message, field, "Authentication-Results");
}

static gboolean
names_client(const Message *message, const Field *field, const char *ip)
{
    g_autofree char *value = field_value(message, field);
    ReportedHeader *header = message_field_is(message, field, "Received-SPF")
                                 ? authres_parse_received_spf(value)
                                 : authres_parse("Authentication-Results", value);
    g_autofree char *stated = client_ip_stated(header);

    record_free(&reported_header_type, header);
    return g_strcmp0(stated, ip) == 0;
}

/* SPF was checked on this very client: its results stand next to the field, above it
 * (Microsoft) or below (Google), with no other Received field between. So a provider that gets
 * mail from itself, forwarded or from another customer, tells where it takes mail for new. */
static gboolean
was_checked(Border *border, const Hop *hop, int index, int above)
{
    const Message *message = border->message;

    for (int at = above + 1; at < (int)message_n_fields(message); at++) {
        const Field *field = message_field(message, (guint)at);
        if (at > index && message_field_is(message, field, "Received"))
            return FALSE;
        if (!is_results_field(message, field))
            continue;
        if (border->looked++ >= RESULTS_MAX)
            return FALSE;
        if (names_client(message, field, hop->ip))
            return TRUE;
    }
    return FALSE;
}

/* A server that does not say whom it spoke to took the message from another organization, as
 * far as names tell: the address is not known, and that of a lower hop would be the wrong one. */
static gboolean
hides_foreign_client(const Hop *hop)
{
    g_autofree char *client = !hop->ip && hop->from ? host_suffix(hop->from) : NULL;
    g_autofree char *server = hop->by ? host_suffix(hop->by) : NULL;
    static const char *const inner[] = { "internal", "local", "localdomain", "lan", "corp", "home",
                                         "intra", "arpa", NULL };

    return client && server && !g_str_equal(client, server) && !same_provider(hop->from, hop->by) &&
           !g_strv_contains(inner, name_tail(client, 1)) &&
           !g_strv_contains(inner, name_tail(server, 1));
}

gboolean
border_see(Border *border, Hop *hop, const ReceivedParts *parts, int index, int above)
{
    const gboolean own = is_own_client(hop, parts);

    if (border->done || is_no_smtp(hop) || parts->local)
        return own;
    if (hides_foreign_client(hop)) {
        border->done = TRUE;
        border->outside = hop;
    }
    if (!hop->ip || ip_is_internal(hop->ip))
        return own;
    border->done = !own || was_checked(border, hop, index, above);
    if (own)
        border->own = hop;
    /* Mail between two users of one provider is handed in: the provider's own hop counts. */
    else if (!border_is_submission(hop, parts) || !border->own)
        border->outside = hop;
    return own;
}

Hop *
border_found(const Border *border)
{
    return border->outside ? border->outside : border->own;
}
