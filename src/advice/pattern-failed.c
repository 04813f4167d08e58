/* pattern-failed.c: patterns of a name that would vouch for From:, had its check not failed.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

static const DkimResult *
signature_of(const Case *c, const Identifier *identifier)
{
    const gint64 index = identifier->signature;

    if (index < 0 || index >= (gint64)c->report->dkim->len)
        return NULL;
    return c->report->dkim->pdata[index];
}

/* The first signature that would vouch if it had not failed in the way asked for. */
static const DkimResult *
failed_signature(const Case *c, gboolean (*how)(const DkimResult *))
{
    for (guint i = 0; i < c->dkim->len; i++) {
        const Identifier *identifier = c->dkim->pdata[i];
        const DkimResult *dkim = signature_of(c, identifier);
        if (dkim && advice_vouch(identifier, c->believe) == VOUCH_FAILED && how(dkim))
            return dkim;
    }
    return NULL;
}

static gboolean
by_body(const DkimResult *dkim)
{
    return g_strcmp0(dkim->body_hash, "mismatch") == 0 ||
           g_strcmp0(dkim->reason, "l-exceeds-body") == 0;
}

static gboolean
by_key(const DkimResult *dkim)
{
    static const char *const reasons[] = { "no-key", "key-syntax", "key-revoked", "key-weak",
                                           "key-mismatch", NULL };

    return dkim->reason && !dkim->key_gone && g_strv_contains(reasons, dkim->reason);
}

static gboolean
by_age(const DkimResult *dkim)
{
    return dkim->key_gone;
}

static gboolean
by_header(const DkimResult *dkim)
{
    return g_strcmp0(dkim->reason, "signature") == 0;
}

static gboolean
by_time(const DkimResult *dkim)
{
    return g_strcmp0(dkim->reason, "expired") == 0;
}

static int
spf_result(const Case *c)
{
    return c->report->spf->mail_from->result;
}

gboolean
pattern_altered(const Case *c, Advice *advice)
{
    const DkimResult *dkim = c->vouched ? NULL : failed_signature(c, by_body);

    if (!dkim || pattern_is_rewritten(c))
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

/* The change that would make the signature fit was found: no need to guess at a forward. */
static gboolean
is_explained(const Report *report, const DkimResult *dkim)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (g_str_equal(finding->id, "dkim-header-cause") && finding->args->len > 1 &&
            g_strcmp0(finding->args->pdata[0], dkim->domain) == 0 &&
            !g_str_has_prefix(finding->args->pdata[1], "cause-unt") &&
            !g_str_equal(finding->args->pdata[1], "cause-other-key"))
            return TRUE;
    }
    return FALSE;
}

gboolean
pattern_header_altered(const Case *c, Advice *advice)
{
    const DkimResult *dkim = c->vouched ? NULL : failed_signature(c, by_header);

    if (!dkim || !is_explained(c->report, dkim))
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

gboolean
pattern_forwarder(const Case *c, Advice *advice)
{
    const gboolean broken = failed_signature(c, by_header) != NULL;

    if (c->vouched || !c->author || (!broken && !pattern_is_rewritten(c)))
        return FALSE;
    pattern_args(advice, c->author, c->spf ? c->spf->domain : NULL, NULL);
    return TRUE;
}

gboolean
pattern_dkim_key(const Case *c, Advice *advice)
{
    const DkimResult *dkim = c->vouched ? NULL : failed_signature(c, by_key);

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

/* No record that is published now can prove a mail of long ago; a trusted host's word can. */
gboolean
pattern_key_gone(const Case *c, Advice *advice)
{
    const DkimResult *dkim = c->vouched ? NULL : failed_signature(c, by_age);

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

gboolean
pattern_expired(const Case *c, Advice *advice)
{
    const DkimResult *dkim = c->vouched ? NULL : failed_signature(c, by_time);

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

/* The record with this server's address put first, where a term cannot hide it. */
static void
record_spf(const Case *c, Advice *advice, const char *old)
{
    const char *ip = c->report->envelope->client_ip->value;

    if (!ip || !c->spf->domain)
        return;
    g_autofree char *text = g_strdup_printf("v=spf1 %s:%s%s", strchr(ip, ':') ? "ip6" : "ip4", ip,
                                            old);
    pattern_record_txt(advice, c->spf->domain, text);
}

gboolean
pattern_spf_lacks(const Case *c, Advice *advice)
{
    const SpfResult *spf = c->report->spf->mail_from;
    const int result = spf_result(c);

    if (c->vouched || !pattern_spf_failed(c) ||
        (result != RESULT_FAIL && result != RESULT_SOFTFAIL && result != RESULT_NEUTRAL))
        return FALSE;
    const char *ip = c->report->envelope->client_ip->value;     /* an assumed fail may have none */
    pattern_args(advice, c->spf->domain, ip ? ip : "?", result_words[result]);
    if (spf->record && g_ascii_strncasecmp(spf->record, "v=spf1", 6) == 0)
        record_spf(c, advice, spf->record + 6);
    return TRUE;
}

gboolean
pattern_spf_missing(const Case *c, Advice *advice)
{
    if (c->vouched || !pattern_spf_failed(c) || spf_result(c) != RESULT_NONE)
        return FALSE;
    pattern_args(advice, c->spf->domain, c->report->envelope->client_ip->value, NULL);
    /* RFC 9989, 7.1: "-all" can get DKIM-signed mail refused before DMARC is looked at. */
    record_spf(c, advice, " ~all");
    return TRUE;
}

gboolean
pattern_spf_broken(const Case *c, Advice *advice)
{
    if (c->vouched || !pattern_spf_failed(c) || spf_result(c) != RESULT_PERMERROR)
        return FALSE;
    pattern_args(advice, c->spf->domain, c->report->spf->mail_from->crossed, NULL);
    return TRUE;
}
