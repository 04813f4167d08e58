/* advice.c: what each identifier does for From:, and the walk over the patterns.
 * SPDX-License-Identifier: MIT */
#include "advice/advice.h"

#include "advice/pattern.h"
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
    return VOUCH_UNKNOWN;
}

gboolean
advice_believes(const Report *report)
{
    const DmarcResult *dmarc = report->dmarc->rfc9989;

    return dmarc->result == RESULT_UNKNOWN && dmarc->claimed == RESULT_FAIL;
}

const GPtrArray *
advice_identifiers(const Report *report)
{
    const DmarcPair *pair = report->dmarc;
    const gboolean no_record = g_strcmp0(pair->rfc9989->reason, "no-record") == 0;

    return no_record && pair->rfc7489->identifiers->len > 0 ? pair->rfc7489->identifiers
                                                            : pair->rfc9989->identifiers;
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
    const GPtrArray *mine = advice_identifiers(report);
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
    const GPtrArray *identifiers = advice_identifiers(report);
    const gboolean believe = advice_believes(report);
    GPtrArray *others = g_ptr_array_new();

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (identifier->domain && advice_vouch(identifier, believe) == VOUCH_OTHER)
            add_other(others, identifier->domain);
    }
    return others;
}

static gboolean
try_pattern(const Case *c, const Pattern *pattern, GPtrArray *list)
{
    Advice *advice = record_new(&advice_type);

    if (!pattern->fits(c, advice)) {
        record_free(&advice_type, advice);
        return FALSE;
    }
    advice->pattern = g_strdup(pattern->id);
    advice->who = g_strdup(pattern->who);
    advice->turns = g_strdup(pattern->turns);
    g_ptr_array_add(list, advice);
    return TRUE;
}

static void
open_case(Case *c, const Report *report)
{
    const GPtrArray *addresses = report->from->addresses;

    c->report = report;
    c->dmarc = report->dmarc->rfc9989;
    c->author = report->from->domain;
    if (c->author && addresses->len > 0)
        c->author_address = ((const Mailbox *)addresses->pdata[0])->address;
    c->believe = advice_believes(report);
    c->others = advice_others(report);
    c->dkim = g_ptr_array_new();
    c->identifiers = advice_identifiers(report);
    for (guint i = 0; i < c->identifiers->len; i++) {
        Identifier *identifier = c->identifiers->pdata[i];
        if (!advice_is_spf(identifier))
            g_ptr_array_add(c->dkim, identifier);
        else if (!c->spf && identifier->domain)
            c->spf = identifier;
        c->vouched = c->vouched || advice_vouch(identifier, c->believe) == VOUCH_YES;
    }
}

/* Where nothing is decided, nobody need change anything yet. */
static gboolean
is_decided(const Case *c)
{
    switch (c->dmarc->result) {
    case RESULT_PASS: case RESULT_FAIL: case RESULT_NONE: case RESULT_PERMERROR:
        return TRUE;
    default:
        return c->believe;
    }
}

void
advice_find(Report *report)
{
    Case c = { 0 };
    gboolean found = FALSE;

    open_case(&c, report);
    for (const Pattern *p = pattern_table; p->id && is_decided(&c); p++)
        found = try_pattern(&c, p, report->advice) || found;
    if (!found && is_decided(&c))
        try_pattern(&c, &pattern_fallback, report->advice);
    g_ptr_array_unref(c.others);
    g_ptr_array_unref(c.dkim);
}
