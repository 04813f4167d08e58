/* pattern-pass.c: mail that passes: what is optional, and what it stands on.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

#include "advice/dmarc-text.h"
#include "base/name.h"
#include "base/room.h"

/* More than these nobody counts. */
#define LEGS_MAX 10
#define RSA_BITS_WANTED 2048

static gboolean
vouches(const Identifier *identifier)
{
    return advice_vouch(identifier, FALSE) == VOUCH_YES;
}

static gboolean
passes(const Case *c)
{
    return c->dmarc->result == RESULT_PASS && c->author;
}

/* A pass proves the name that stands there, and not the one it looks like (RFC 9989, 11.4). */
gboolean
pattern_lookalike(const Case *c, Advice *advice)
{
    if (!c->author || (!pattern_has_finding(c, "lookalike-domain") &&
                       !pattern_has_finding(c, "mixed-script") &&
                       !pattern_has_finding(c, "display-name-address")))
        return FALSE;
    if (c->dmarc->result != RESULT_PASS && c->dmarc->result != RESULT_NONE)
        return FALSE;
    const char *claimed = report_finding_arg(c->report, "display-name-address", 0);
    const char *like = report_finding_arg(c->report, "lookalike-domain", 1);
    pattern_args(advice, c->author, claimed ? "alike-name" : like ? "alike-domain" : "alike-script", claimed ? claimed : like);
    return TRUE;
}

/* ---- whose pass it is ---- */

/* Every name that vouches is, by the public suffix list, another organization's. */
static const Identifier *
foreign_leg(const Case *c)
{
    const GPtrArray *walk = c->report->dmarc->rfc9989->identifiers;
    const GPtrArray *list = c->report->dmarc->rfc7489->identifiers;
    const Identifier *foreign = NULL;

    for (guint i = 0; i < walk->len && i < list->len; i++) {
        const Identifier *mine = walk->pdata[i], *twin = list->pdata[i];
        if (!vouches(mine) || g_strcmp0(mine->domain, twin->domain) != 0)
            continue;
        if (twin->aligned != TRI_FALSE)
            return NULL;
        foreign = mine;
    }
    return foreign;
}

/* RFC 9989, 11.8: a record of a registry or a host of many customers, without psd=y, makes one
 * organization of all who live below it. */
static gboolean
is_shared(const Case *c, const Identifier *foreign)
{
    const char *own = c->report->dmarc->rfc7489->org_domain;
    const char *shared = c->dmarc->org_domain;

    return foreign && own && shared && name_is_within(c->author, own) &&
           name_is_within(own, shared) && !g_str_equal(own, shared);
}

/* A record at `name` that makes it an organization of its own (RFC 9989, 4.10.2, rule 1). */
static void
propose_border(const Case *c, Advice *advice, const char *name)
{
    g_autofree char *owner = g_strconcat("_dmarc.", name, NULL);
    g_autofree char *there = pattern_dns_text(c, owner, "v=DMARC1");
    g_autofree char *text = there ? dmarc_text_with(there, "psd", "n")
                                  : g_strdup_printf("v=DMARC1; p=%s; psd=n",
                                                    c->dmarc->policy ? c->dmarc->policy : "none");

    pattern_record_txt(advice, owner, text);
}

gboolean
pattern_shared_parent(const Case *c, Advice *advice)
{
    const Identifier *foreign = passes(c) ? foreign_leg(c) : NULL;

    if (!is_shared(c, foreign))
        return FALSE;
    pattern_args(advice, c->author, foreign->domain, c->dmarc->org_domain);
    propose_border(c, advice, c->report->dmarc->rfc7489->org_domain);
    return TRUE;
}

/* The first name that vouches, where each is neither above nor below the author's. */
static const Identifier *
only_siblings(const Case *c)
{
    const Identifier *first = NULL;

    for (guint i = 0; i < c->identifiers->len; i++) {
        const Identifier *one = c->identifiers->pdata[i];
        if (!vouches(one) || !one->domain)
            continue;
        if (advice_same_house(one->domain, c->author))
            return NULL;
        first = first ? first : one;
    }
    return first;
}

/* The author's name, or the one above it, that stands right below `house`. (transfer none) */
static const char *
right_below(const char *name, const char *house)
{
    for (const char *above; (above = name_parent(name)) && !g_str_equal(above, house);)
        name = above;
    return name;
}

/* RFC 9989, 11.8: DNS does not tell a house with departments from a host with customers. */
gboolean
pattern_sibling_names(const Case *c, Advice *advice)
{
    const char *house = c->dmarc->org_domain;
    const gboolean walked = c->dmarc == c->report->dmarc->rfc9989;      /* RFC 7489 does not know psd= */
    const Identifier *sibling = walked && passes(c) ? only_siblings(c) : NULL;

    if (!sibling || !house || !name_is_within(c->author, house) ||
        !name_is_within(sibling->domain, house) || is_shared(c, foreign_leg(c)))
        return FALSE;
    const char *own = right_below(c->author, house);
    pattern_args(advice, c->author, sibling->domain, house);
    g_ptr_array_add(advice->args, g_strdup(own));
    propose_border(c, advice, own);
    return TRUE;
}

/* ---- nothing must change ---- */

/* What is left of the verdict without one of `sure` names that vouch. */
static int
without_one(guint sure, gboolean open, gboolean trouble)
{
    if (sure > 1)
        return RESULT_PASS;
    return trouble ? RESULT_TEMPERROR : open ? RESULT_UNKNOWN : RESULT_FAIL;
}

static void
add_leg(Advice *advice, const Identifier *identifier, int without)
{
    AdviceLeg *leg = record_new(&advice_leg_type);

    leg->mechanism = g_strdup(identifier->mechanism);
    leg->domain = g_strdup(identifier->domain);
    if (advice_is_spf(identifier))
        leg->edit = g_strdup("spf=fail");
    else if (identifier->signature >= 0)
        leg->edit = g_strdup_printf("dkim.%u=fail", (guint)identifier->signature + 1);
    leg->without = without;
    g_ptr_array_add(advice->legs, leg);
}

/* RFC 9989, 5.3.5: one aligned pass is enough; so each can be spared while another stands. */
static void
add_legs(const Case *c, Advice *advice)
{
    gboolean open = FALSE, trouble = FALSE;
    guint sure = 0;

    for (guint i = 0; i < c->identifiers->len; i++) {
        const Identifier *identifier = c->identifiers->pdata[i];
        sure += vouches(identifier) ? 1 : 0;
        open = open || pattern_is_open(identifier);
        trouble = trouble || (pattern_is_open(identifier) && identifier->temporary);
    }
    for (guint i = 0; i < c->identifiers->len && advice->legs->len < LEGS_MAX; i++)
        if (vouches(c->identifiers->pdata[i]))
            add_leg(advice, c->identifiers->pdata[i], without_one(sure, open, trouble));
}

gboolean
pattern_pass(const Case *c, Advice *advice)
{
    guint keys = 0;

    if (!passes(c) || is_shared(c, foreign_leg(c)))
        return FALSE;
    for (guint i = 0; i < c->dkim->len; i++)
        keys += vouches(c->dkim->pdata[i]) ? 1 : 0;
    const gboolean spf = c->spf && vouches(c->spf);
    g_autofree char *count = room_int_text(keys);
    pattern_args(advice, c->author, spf ? "SPF" : "", count);
    if (!spf && c->spf && pattern_is_open(c->spf))
        g_ptr_array_add(advice->args, g_strdup("SPF"));
    else if (keys == 0 && pattern_any_open(c->dkim))
        g_ptr_array_add(advice->args, g_strdup("DKIM"));
    add_legs(c, advice);
    return TRUE;
}

/* ---- what is optional ---- */

/* SPF as the second leg: the record mended where MAIL FROM is one's own, else a MAIL FROM. */
static void
propose_spf(const Case *c, Advice *advice)
{
    const SpfResult *spf = c->report->spf->mail_from;

    if (!c->spf || !pattern_spf_failed(c)) {
        pattern_propose_mail_from(c, advice);
        return;
    }
    g_autofree char *record =
        pattern_spf_with_server(c, spf->record ? spf->record : "v=spf1 ~all");
    if (!record || pattern_forwarder_host(c) || spf->result == RESULT_PERMERROR)
        return;
    pattern_record_txt(advice, c->spf->domain, record);
    pattern_edit_txt(advice, c->spf->domain, record);
    pattern_effect(advice, "effect-own-server");
}

/* One leg only: the other is worth having before the first breaks. */
gboolean
pattern_second_leg(const Case *c, Advice *advice)
{
    gboolean dkim = FALSE;

    if (!passes(c))
        return FALSE;
    for (guint i = 0; i < c->dkim->len; i++)
        dkim = dkim || vouches(c->dkim->pdata[i]);
    const gboolean spf = c->spf && vouches(c->spf);
    if (spf == dkim || (spf && pattern_any_open(c->dkim)) ||
        (dkim && c->spf && pattern_is_open(c->spf)))
        return FALSE;
    pattern_args(advice, c->author, spf ? "DKIM" : "SPF", spf ? "SPF" : "DKIM");
    if (!spf) {
        propose_spf(c, advice);
        return TRUE;
    }
    pattern_sign_as_author(c, advice);
    pattern_service_dkim(c, advice, c->author);
    return TRUE;
}

/* RFC 7489 and its list are what many receivers still go by. */
gboolean
pattern_older_receivers(const Case *c, Advice *advice)
{
    if (!passes(c) || c->report->dmarc->rfc7489->result != RESULT_FAIL)
        return FALSE;
    pattern_args(advice, c->author, NULL, NULL);
    pattern_sign_as_author(c, advice);
    return TRUE;
}

/* The last term lets every server in the world pass. */
gboolean
pattern_plus_all(const Case *c, Advice *advice)
{
    const SpfResult *spf = c->report->spf->mail_from;
    const char *matched = spf->matched;

    if (!c->spf || c->spf->aligned != TRI_TRUE || spf->result != RESULT_PASS || !matched ||
        (g_ascii_strcasecmp(matched, "+all") != 0 && g_ascii_strcasecmp(matched, "all") != 0))
        return FALSE;
    pattern_args(advice, c->spf->domain, matched, NULL);
    g_autofree char *record = pattern_spf_with_server(c, spf->record);
    char *end = record ? strrchr(record, ' ') : NULL;
    if (end && g_ascii_strcasecmp(end + 1, matched) == 0) {
        *end = '\0';
        g_autofree char *text = g_strconcat(record, " ~all", NULL);
        pattern_record_txt(advice, c->spf->domain, text);
        pattern_edit_txt(advice, c->spf->domain, text);
    }
    pattern_effect(advice, "effect-all-servers");
    return TRUE;
}

/* The first signature that vouches and has this fault. */
static const DkimResult *
vouching_signature(const Case *c, gboolean (*has)(const DkimResult *dkim))
{
    for (guint i = 0; i < c->dkim->len; i++) {
        const DkimResult *dkim = pattern_signature(c, c->dkim->pdata[i]);
        if (dkim && vouches(c->dkim->pdata[i]) && has(dkim))
            return dkim;
    }
    return NULL;
}

static gboolean
has_tail(const DkimResult *dkim)
{
    return dkim->unsigned_tail != RECORD_UNSET && dkim->unsigned_tail > 0;
}

static gboolean
has_short_key(const DkimResult *dkim)
{
    return dkim->algorithm && g_str_has_prefix(dkim->algorithm, "rsa") &&
           dkim->key_bits != RECORD_UNSET && dkim->key_bits > 0 &&
           dkim->key_bits < RSA_BITS_WANTED;
}

/* RFC 6376, 8.2: what stands behind l= anybody may have added. */
gboolean
pattern_unsigned_tail(const Case *c, Advice *advice)
{
    const DkimResult *dkim = vouching_signature(c, has_tail);

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    return TRUE;
}

/* RFC 8301, 3.2: at least 1024 bits, and better 2048. */
gboolean
pattern_short_key(const Case *c, Advice *advice)
{
    const DkimResult *dkim = vouching_signature(c, has_short_key);

    if (!dkim)
        return FALSE;
    pattern_args(advice, c->author, dkim->domain, dkim->selector);
    g_autofree char *bits = room_int_text(dkim->key_bits);
    g_ptr_array_add(advice->args, g_steal_pointer(&bits));
    pattern_effect(advice, "effect-old-key");
    return TRUE;
}

/* This path ended early; another server's may not (RFC 7208, 4.6.4). */
gboolean
pattern_spf_crowded(const Case *c, Advice *advice)
{
    const SpfResult *spf = c->report->spf->mail_from;

    if (!c->spf || c->spf->aligned != TRI_TRUE || spf->result != RESULT_PASS ||
        spf->record_lookups == RECORD_UNSET || spf->record_lookups <= 10)
        return FALSE;
    g_autofree char *count = room_int_text(spf->record_lookups);
    pattern_args(advice, c->spf->domain, count, NULL);
    return TRUE;
}

/* RFC 9989, 7.4: a month of reports first, then more. */
gboolean
pattern_policy_none(const Case *c, Advice *advice)
{
    const DmarcResult *dmarc = c->dmarc;

    if (!passes(c) || !dmarc->record || !dmarc->record_domain ||
        g_strcmp0(dmarc->policy_tag, "p") != 0 || g_strcmp0(dmarc->policy, "none") != 0)
        return FALSE;
    pattern_args(advice, c->author, dmarc->record_domain, NULL);
    g_autofree char *owner = g_strconcat("_dmarc.", dmarc->record_domain, NULL);
    g_autofree char *text = dmarc_text_with(dmarc->record, "p", "quarantine");
    pattern_record_txt(advice, owner, text);
    pattern_edit(advice, "p", "quarantine");
    return TRUE;
}
