/* pattern-failed.c: patterns of a name that would vouch for From:, had its check not failed.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

typedef gboolean (*How)(const DkimResult *dkim);

/* The first signature that would vouch if it had not failed in the way asked for; what it would
 * take is an edit of it. */
static const DkimResult *
failed_signature(const Case *c, How how, const Identifier **of)
{
    for (guint i = 0; i < c->dkim->len && !c->vouched; i++) {
        const Identifier *identifier = c->dkim->pdata[i];
        const DkimResult *dkim = pattern_signature(c, identifier);
        if (dkim && advice_vouch(identifier, c->believe) == VOUCH_FAILED && how(dkim)) {
            *of = identifier;
            return dkim;
        }
    }
    return NULL;
}

/* The edit by which that signature holds. */
static const DkimResult *
edit_signature(const Case *c, Advice *advice, How how)
{
    const Identifier *of;
    const DkimResult *dkim = failed_signature(c, how, &of);

    if (dkim)
        pattern_edit_signature(advice, of, dkim->domain);
    return dkim;
}

/* Says whose signature it is, too. */
static const DkimResult *
mend_signature(const Case *c, Advice *advice, How how)
{
    const DkimResult *dkim = edit_signature(c, advice, how);

    if (dkim)
        pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return dkim;
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
    static const char *const reasons[] = { "no-key", "key-syntax", "key-mismatch", NULL };

    return dkim->reason && !dkim->key_gone && g_strv_contains(reasons, dkim->reason);
}

static gboolean
by_revoked_key(const DkimResult *dkim)
{
    return g_strcmp0(dkim->reason, "key-revoked") == 0 && !dkim->key_gone;
}

static gboolean
by_weak_key(const DkimResult *dkim)
{
    return g_strcmp0(dkim->reason, "key-weak") == 0 && !dkim->key_gone;
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

gboolean
pattern_altered(const Case *c, Advice *advice)
{
    return !pattern_is_rewritten(c) && mend_signature(c, advice, by_body) != NULL;
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
    const Identifier *of;
    const DkimResult *dkim = failed_signature(c, by_header, &of);

    return dkim && is_explained(c->report, dkim) && mend_signature(c, advice, by_header) != NULL;
}

/* The key in DNS is not the one that signed: what it makes of b= is no signature at all. */
static gboolean
is_by_another_key(const Report *report, const DkimResult *dkim)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (g_str_equal(finding->id, "dkim-header-cause") && finding->args->len > 1 &&
            g_strcmp0(finding->args->pdata[0], dkim->domain) == 0 &&
            g_str_equal(finding->args->pdata[1], "cause-other-key"))
            return TRUE;
    }
    return FALSE;
}

/* ---- those on the way ---- */

/* The address to which people write to the list. (transfer none) */
static const char *
list_address(const Case *c)
{
    const char *list = c->report->source->list;
    const char *at = list ? strchr(list, '@') : NULL;

    if (at)
        return list;
    const char *to = list ? pattern_recipient_in(c, list) : NULL;
    return to && strchr(to, '@') ? to : NULL;
}

/* RFC 9989, 7.4: a list that changes what it passes on breaks the author's signature. It can leave
 * the mail alone, or speak in its own name. */
gboolean
pattern_mailing_list(const Case *c, Advice *advice)
{
    const char *list = c->report->source->list;
    const char *address = list_address(c);
    g_autofree char *domain = list ? pattern_domain_of(list) : NULL;

    if (c->vouched || !c->author || !domain || advice_same_house(domain, c->author))
        return FALSE;
    pattern_args(advice, c->author, domain, NULL);
    if (address) {
        pattern_record(advice, "From:     ", address);
        pattern_edit(advice, "from", address);
    }
    if (address && c->author_address) {
        pattern_record(advice, "Reply-To: ", c->author_address);
        pattern_edit(advice, "reply-to", c->author_address);
    }
    pattern_effect(advice, "effect-list-replies");
    return TRUE;
}

/* By whom, or NULL. A record that is broken for everybody was not broken by a forward. */
static const char *
was_forwarded(const Case *c)
{
    if (pattern_is_rewritten(c))
        return c->spf ? c->spf->domain : NULL;
    return c->report->spf->mail_from->result == RESULT_PERMERROR ? NULL : pattern_forwarder_host(c);
}

/* Whoever passes it on can do nothing for a mail that brings no signature along. */
gboolean
pattern_forward_unsigned(const Case *c, Advice *advice)
{
    const char *through = was_forwarded(c);

    if (c->vouched || !c->author || !through || !pattern_is_unsigned(c) ||
        pattern_is_form_envelope(c))
        return FALSE;
    pattern_args(advice, c->author, through, NULL);
    pattern_sign_as_author(c, advice);
    return TRUE;
}

gboolean
pattern_forwarder(const Case *c, Advice *advice)
{
    const Identifier *of;
    const DkimResult *broken = failed_signature(c, by_header, &of);
    const gboolean srs = pattern_is_rewritten(c);
    const char *through = pattern_forwarder_host(c);

    if (c->vouched || !c->author || (!broken && !srs && !through) ||
        (broken && is_by_another_key(c->report, broken)))
        return FALSE;
    if (!broken && pattern_is_unsigned(c))    /* there is nothing that it could have kept: pattern_forward_unsigned() */
        return FALSE;
    /* A record that is broken for everybody was not broken by a forward. */
    if (!broken && !srs && c->report->spf->mail_from->result == RESULT_PERMERROR)
        return FALSE;
    if (srs || !through)
        through = c->spf ? c->spf->domain : NULL;
    pattern_args(advice, c->author, through, NULL);
    if (!edit_signature(c, advice, by_header))
        edit_signature(c, advice, by_body);
    return TRUE;
}

/* ---- keys ---- */

static gboolean
key_pattern(const Case *c, Advice *advice, How how, gboolean rsa)
{
    const DkimResult *dkim = mend_signature(c, advice, how);

    if (!dkim)
        return FALSE;
    if (dkim->selector && dkim->domain && rsa) {
        g_autofree char *owner = g_strdup_printf("%s._domainkey.%s", dkim->selector, dkim->domain);
        pattern_record_txt(advice, owner, "v=DKIM1; k=rsa; p=PUBLIC-KEY");
    }
    return TRUE;
}

gboolean
pattern_dkim_key(const Case *c, Advice *advice)
{
    const Identifier *of;
    const DkimResult *broken = failed_signature(c, by_header, &of);

    return key_pattern(c, advice,
                       broken && is_by_another_key(c->report, broken) ? by_header : by_key, TRUE);
}

/* An empty p= is the owner's word: that key is not to be believed any more (RFC 6376, 3.6.1). */
gboolean
pattern_key_revoked(const Case *c, Advice *advice)
{
    return key_pattern(c, advice, by_revoked_key, FALSE);
}

gboolean
pattern_key_weak(const Case *c, Advice *advice)
{
    pattern_effect(advice, "effect-old-key");
    return key_pattern(c, advice, by_weak_key, FALSE);
}

/* No record that is published now can prove a mail of long ago; a trusted host's word can. */
gboolean
pattern_key_gone(const Case *c, Advice *advice)
{
    const Identifier *of;
    const DkimResult *dkim = failed_signature(c, by_age, &of);

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    for (guint i = 0; i < c->report->reported->len; i++) {
        const ReportedHeader *header = c->report->reported->pdata[i];
        if (header->topmost_block && header->authserv_id && !header->trusted &&
            g_strcmp0(of->reported, "pass") == 0) {
            pattern_record(advice, "--trust ", header->authserv_id);
            pattern_edit(advice, "trust", header->authserv_id);
            break;
        }
    }
    return TRUE;
}

static gboolean
has_no_text(const Case *c)
{
    for (guint i = 0; i < c->report->findings->len; i++) {
        const Finding *finding = c->report->findings->pdata[i];
        if (g_str_equal(finding->id, "dkim-body-cause") && finding->args->len > 1 &&
            g_strcmp0(finding->args->pdata[1], "cause-body-empty") == 0)
            return TRUE;
    }
    return FALSE;
}

/* Header fields that were saved alone are no sign of a change on the way. */
gboolean
pattern_text_missing(const Case *c, Advice *advice)
{
    const Identifier *of;
    const DkimResult *dkim = has_no_text(c) ? failed_signature(c, by_body, &of) : NULL;

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

gboolean
pattern_expired(const Case *c, Advice *advice)
{
    return mend_signature(c, advice, by_time) != NULL;
}

/* Without a signature of the author nothing survives a forward, and SPF is a matter of servers. */
gboolean
pattern_sign_yourself(const Case *c, Advice *advice)
{
    const gboolean spf_only = pattern_spf_failed(c) || pattern_is_rewritten(c) ||
                              c->report->source->list;

    if (c->vouched || !c->author || !spf_only || pattern_is_form_envelope(c) ||
        !pattern_is_unsigned(c) || was_forwarded(c) || pattern_is_nobodys(c, c->author) ||
        envelope_is_null_sender(c->report->envelope))
        return FALSE;
    pattern_args(advice, c->author, NULL, NULL);
    pattern_sign_as_author(c, advice);
    return TRUE;
}
