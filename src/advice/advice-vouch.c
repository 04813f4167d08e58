/* advice-vouch.c: what each identifier does for From:, and which names are of one house.
 * SPDX-License-Identifier: MIT */
#include "advice/advice.h"

#include "base/name.h"

/* More names than this only blur the sentence they stand in. */
#define OTHERS_MAX 4

static Tri
authenticated(const Identifier *identifier, gboolean believe)
{
    if (identifier->authenticated != TRI_UNKNOWN || !believe || !identifier->reported)
        return (Tri)identifier->authenticated;
    return g_str_equal(identifier->reported, "pass") ? TRI_TRUE : TRI_FALSE;
}

Vouch
advice_vouch(const Identifier *identifier, gboolean believe)
{
    const Tri proved = authenticated(identifier, believe);

    if (proved == TRI_FALSE)
        return identifier->aligned == TRI_TRUE ? VOUCH_FAILED : VOUCH_NEITHER;
    if (identifier->aligned == TRI_FALSE)
        return proved == TRI_TRUE ? VOUCH_OTHER : VOUCH_NEITHER;
    if (proved == TRI_TRUE && identifier->aligned == TRI_TRUE)
        return VOUCH_YES;
    /* The host that reported this pass found no aligned one: it knew what DNS says of the two names, and we do not. */
    return believe && proved == TRI_TRUE && identifier->aligned == TRI_UNKNOWN ? VOUCH_OTHER : VOUCH_UNKNOWN;
}

gboolean
advice_believes(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);

    return dmarc->result == RESULT_UNKNOWN && dmarc->claimed == RESULT_FAIL;
}

gboolean
advice_is_spf(const Identifier *identifier)
{
    return g_strcmp0(identifier->mechanism, "spf") == 0;
}

/* ---- who belongs together ---- */

gboolean
advice_same_house(const char *a, const char *b)
{
    if (!a || !b)
        return FALSE;
    return (name_labels(b) > 1 && name_is_within(a, b)) ||
           (name_labels(a) > 1 && name_is_within(b, a));
}

const char *
advice_house(const Report *report, const Identifier *identifier)
{
    const GPtrArray *mine = report_identifiers(report);
    const GPtrArray *listed = report->dmarc->rfc7489->identifiers;

    for (guint i = 0; i < mine->len && i < listed->len; i++) {
        const Identifier *twin = listed->pdata[i];
        if (mine->pdata[i] == identifier && twin->org_domain &&
            g_strcmp0(twin->domain, identifier->domain) == 0)
            return twin->org_domain;
    }
    return identifier->org_domain ? identifier->org_domain : identifier->domain;
}

/* Keeps the shortest names: www.example.com adds nothing to example.com. */
static void
add_other(GPtrArray *others, char *name)
{
    for (guint i = 0; i < others->len; i++) {
        const char *have = others->pdata[i];
        if (name_is_within(name, have))
            return;
        if (name_labels(name) > 1 && name_is_within(have, name)) {
            others->pdata[i] = name;
            return;
        }
    }
    if (others->len < OTHERS_MAX)
        g_ptr_array_add(others, name);
}

GPtrArray *
advice_others(const Report *report)
{
    const GPtrArray *identifiers = report_identifiers(report);
    const gboolean believe = advice_believes(report);
    GPtrArray *others = g_ptr_array_new();

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (identifier->domain && advice_vouch(identifier, believe) == VOUCH_OTHER)
            add_other(others, identifier->domain);
    }
    return others;
}
