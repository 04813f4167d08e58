/* pattern-forgery.c: what speaks for a forgery, where a sending service would look much the same.
 * SPDX-License-Identifier: MIT
 *
 * An unknown server that proves its own name under somebody else's From: is a service that nobody set up, or a forger.
 * No single sign tells; together with one that no service has any reason for, they do, likely. */
#include "advice/pattern.h"

#include "base/name.h"

/* A pass for the author in the name of the host that received it, written by somebody else: services have no use for
 * it. */
static gboolean
has_forged_results(const Case *c)
{
    const GPtrArray *reported = c->report->reported;
    const char *receiver = NULL;

    for (guint i = 0; i < reported->len && !receiver; i++) {
        const ReportedHeader *header = reported->pdata[i];
        receiver = header->topmost_block ? header->authserv_id : NULL;
    }
    for (guint i = 0; receiver && i < reported->len; i++) {
        const ReportedHeader *header = reported->pdata[i];
        if (header->suspicious && header->authserv_id &&
            g_ascii_strcasecmp(header->authserv_id, receiver) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
imitates(const Case *c)
{
    return pattern_has_finding(c, "lookalike-domain") || pattern_has_finding(c, "lookalike-brand");
}

/* Neither to the author nor to whoever carried it. */
static gboolean
answers_elsewhere(const Case *c, const char *house)
{
    const char *domain = c->report->reply_to ? c->report->reply_to->domain : NULL;

    return domain && !advice_same_house(domain, c->author) && !advice_same_house(domain, house);
}

static gboolean
is_unsigned(const Case *c)
{
    return c->report->dkim->len == 0;
}

static gboolean
is_enforced(const Case *c)
{
    return g_strcmp0(c->dmarc->applied, "reject") == 0 || g_strcmp0(c->dmarc->applied, "quarantine") == 0;
}

/* The sign that no service has; NULL where the rest could be one. */
static const char *
telling_sign(const Case *c, const char *house)
{
    if (c->carrier || c->dmarc->result != RESULT_FAIL)
        return NULL;
    if (has_forged_results(c))
        return "sign-forged-results";
    if (imitates(c) && is_unsigned(c))
        return "sign-lookalike";
    return answers_elsewhere(c, house) && is_unsigned(c) && is_enforced(c) ? "sign-reply-elsewhere" : NULL;
}

gboolean
pattern_is_forgery(const Case *c)
{
    const char *house = pattern_service_house(c);

    return house && telling_sign(c, house);
}

gboolean
pattern_forgery(const Case *c, Advice *advice)
{
    const char *house = pattern_service_house(c);
    const char *sign = house ? telling_sign(c, house) : NULL;

    if (!sign)
        return FALSE;
    pattern_args(advice, c->author, house, sign);
    g_ptr_array_add(advice->args, g_strdup(is_unsigned(c) ? "sign-unsigned" : ""));
    g_ptr_array_add(advice->args, g_strdup(is_enforced(c) ? "sign-enforced" : ""));
    return TRUE;
}
