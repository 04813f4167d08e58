/* pattern-look.c: what patterns see in a message: who proved what, for whom, and who is related.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

#include "base/name.h"

/* An address that a forwarder rewrote carries the old domain in its local part. */
gboolean
pattern_is_rewritten(const Case *c)
{
    const char *address = c->report->envelope->mail_from->address;

    return address && (g_ascii_strncasecmp(address, "SRS0", 4) == 0 ||
                       g_ascii_strncasecmp(address, "SRS1", 4) == 0);
}

gboolean
pattern_spf_failed(const Case *c)
{
    return c->spf && advice_vouch(c->spf, c->believe) == VOUCH_FAILED;
}

gboolean
pattern_spf_other(const Case *c)
{
    return c->spf && advice_vouch(c->spf, c->believe) == VOUCH_OTHER;
}

gboolean
pattern_dkim_other(const Case *c)
{
    for (guint i = 0; i < c->dkim->len; i++)
        if (advice_vouch(c->dkim->pdata[i], c->believe) == VOUCH_OTHER)
            return TRUE;
    return FALSE;
}

gboolean
pattern_is_unsigned(const Case *c)
{
    for (guint i = 0; i < c->dkim->len; i++)
        if (((const Identifier *)c->dkim->pdata[i])->aligned == TRI_TRUE)
            return FALSE;
    return TRUE;
}

gboolean
pattern_has_finding(const Case *c, const char *id)
{
    return report_has_finding(c->report, id);
}

/* DNS knows no such organization: before anybody can publish for it, somebody would have to register it. */
gboolean
pattern_is_nobodys(const Case *c, const char *domain)
{
    gboolean absent = FALSE;

    for (guint i = 0; i < c->report->findings->len; i++) {
        const Finding *finding = c->report->findings->pdata[i];
        absent = absent || (g_str_equal(finding->id, "domain-absent") &&
                            g_strcmp0(finding->args->pdata[0], domain) == 0);
    }
    return absent && g_strcmp0(domain, c->report->dmarc->rfc7489->org_domain) == 0;
}

char *
pattern_domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return name_normalise(at ? at + 1 : address);
}

const char *
pattern_recipient_in(const Case *c, const char *house)
{
    const GPtrArray *recipients = c->report->source->recipients;

    for (guint i = 0; i < recipients->len; i++) {
        g_autofree char *domain = pattern_domain_of(recipients->pdata[i]);
        if (advice_same_house(domain, house))
            return recipients->pdata[i];
    }
    return NULL;
}

gboolean
pattern_is_open(const Identifier *identifier)
{
    return advice_vouch(identifier, FALSE) == VOUCH_UNKNOWN;
}

gboolean
pattern_any_open(const GPtrArray *identifiers)
{
    for (guint i = 0; i < identifiers->len; i++)
        if (pattern_is_open(identifiers->pdata[i]))
            return TRUE;
    return FALSE;
}

const DkimResult *
pattern_signature(const Case *c, const Identifier *identifier)
{
    const gint64 index = identifier->signature;

    if (index < 0 || index >= (gint64)c->report->dkim->len)
        return NULL;
    return c->report->dkim->pdata[index];
}

/* All that was proved, and the MAIL FROM even where it was not, lies in this house. */
static gboolean
all_within(const Case *c, const char *house)
{
    if (c->spf && !advice_same_house(advice_house(c->report, c->spf), house))
        return FALSE;
    for (guint i = 0; i < c->others->len; i++)
        if (!advice_same_house(c->others->pdata[i], house))
            return FALSE;
    return c->others->len > 0;
}

const char *
pattern_common_house(const Case *c)
{
    const GPtrArray *identifiers = c->identifiers;

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *id = identifiers->pdata[i];
        if (id->domain && advice_vouch(id, c->believe) == VOUCH_OTHER) {
            const char *house = advice_house(c->report, id);
            const char *wide = name_is_within(id->domain, house) ? house : id->domain;
            /* A name without a record above it is its own organization (RFC 9989, 4.10.2). */
            if (name_labels(c->others->pdata[0]) < name_labels(wide))
                wide = c->others->pdata[0];
            return all_within(c, wide) ? wide : NULL;
        }
    }
    return NULL;
}

/* Version strings end at a blank, a semicolon or the text's end. */
static gboolean
begins(const char *text, const char *version)
{
    const gsize length = strlen(version);

    return g_ascii_strncasecmp(text, version, length) == 0 &&
           (!text[length] || strchr(" ;\t", text[length]));
}

GPtrArray *
pattern_dns_texts(const Case *c, const char *name, const char *version)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < c->report->dns->len; i++) {
        const DnsAnswer *answer = c->report->dns->pdata[i];
        if (!g_str_equal(answer->type, "TXT") || !g_str_equal(answer->name, name))
            continue;
        for (guint k = 0; k < answer->records->len; k++) {
            const DnsRecord *record = answer->records->pdata[k];
            gsize size = 0;
            const char *data = record->data ? g_bytes_get_data(record->data, &size) : NULL;
            g_autofree char *text = g_strndup(data ? data : "", size);
            if (begins(text, version))
                g_ptr_array_add(texts, g_steal_pointer(&text));
        }
    }
    return texts;
}

char *
pattern_dns_text(const Case *c, const char *name, const char *version)
{
    g_autoptr(GPtrArray) texts = pattern_dns_texts(c, name, version);

    return texts->len == 1 ? g_strdup(texts->pdata[0]) : NULL;
}

const char *
pattern_client_name(const Case *c)
{
    const Hop *border = report_border(c->report);
    const char *helo = c->report->envelope->helo->domain;

    if (border && border->ptr)
        return border->ptr;
    return helo ? helo : border ? border->from : NULL;
}

static gboolean
in_house(const char *host, const char *house)
{
    g_autofree char *name = host ? name_normalise(host) : NULL;

    return name && name_labels(name) > 1 && advice_same_house(name, house);
}

/* One of the author's own servers had the mail before the host that brought it. */
const char *
pattern_forwarder_host(const Case *c)
{
    const GPtrArray *route = c->report->route;
    const Hop *border = report_border(c->report);
    const char *client = pattern_client_name(c);
    gboolean behind = FALSE;

    if (!pattern_spf_failed(c) || !client || in_house(client, c->author))
        return NULL;
    for (guint i = 0; i < route->len; i++) {
        const Hop *hop = route->pdata[i];
        if (behind && (in_house(hop->from, c->author) || in_house(hop->ptr, c->author)) &&
            !in_house(hop->by, c->author))
            return client;
        behind = behind || hop == border;
    }
    return NULL;
}
