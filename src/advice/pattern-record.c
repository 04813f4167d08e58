/* pattern-record.c: what a DMARC record says, or does not, about who belongs together.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include "advice/dmarc-text.h"
#include "base/name.h"

#define DMARC "v=DMARC1"

/* A record that asks for nothing but reports, as the first one of a domain should. */
static void
propose_first(Advice *advice, const char *domain)
{
    g_autofree char *owner = g_strconcat("_dmarc.", domain, NULL);
    g_autofree char *text = g_strdup_printf(DMARC "; p=none; rua=mailto:dmarc@%s", domain);

    pattern_record_txt(advice, owner, text);
    pattern_edit_txt(advice, owner, text);
}

/* Never before something aligned passes: until then a record only turns this mail into a fail. */
gboolean
pattern_no_record(const Case *c, Advice *advice)
{
    const char *organization = c->report->dmarc->rfc7489->org_domain;

    if (!c->vouched || !c->author || g_strcmp0(c->dmarc->reason, "no-record") != 0)
        return FALSE;
    if (!organization || !name_is_within(c->author, organization))
        organization = c->author;
    pattern_args(advice, c->author, organization, NULL);
    propose_first(advice, organization);
    pattern_effect(advice, "effect-reports-come");
    pattern_effect(advice, "effect-subdomains");
    return TRUE;
}

/* RFC 9989, 4.10.1: p= is missing or does not exist, and nobody is named who would get reports. */
gboolean
pattern_record_broken(const Case *c, Advice *advice)
{
    const char *domain = c->dmarc->record_domain ? c->dmarc->record_domain : c->author;

    if (g_strcmp0(c->dmarc->reason, "record-invalid") != 0 || !c->vouched || !domain)
        return FALSE;
    pattern_args(advice, c->author, domain, NULL);
    propose_first(advice, domain);
    return TRUE;
}

/* ---- the two RFCs draw the border of an organization differently ---- */

const Identifier *
pattern_lost_in_walk(const Case *c)
{
    const GPtrArray *walk = c->report->dmarc->rfc9989->identifiers;
    const GPtrArray *list = c->report->dmarc->rfc7489->identifiers;

    if (c->vouched || !c->author || c->dmarc->result != RESULT_FAIL)
        return NULL;
    for (guint i = 0; i < walk->len && i < list->len; i++) {
        const Identifier *mine = walk->pdata[i], *twin = list->pdata[i];
        if (mine->domain && mine->authenticated == TRI_TRUE && mine->aligned == TRI_FALSE &&
            twin->aligned == TRI_TRUE && g_strcmp0(mine->domain, twin->domain) == 0)
            return mine;
    }
    return NULL;
}

/* The name with that psd= at `name` or above it; NULL where DNS showed none. (transfer none) */
static const char *
border_above(const Case *c, const char *name, const char *psd)
{
    for (; name; name = name_parent(name)) {
        g_autofree char *owner = g_strconcat("_dmarc.", name, NULL);
        g_autofree char *record = pattern_dns_text(c, owner, DMARC);
        g_autofree char *tag = dmarc_text_tag(record, "psd");
        if (tag && g_ascii_strcasecmp(tag, psd) == 0)
            return name;
    }
    return NULL;
}

/* RFC 9989, 4.10.2, rule 1: psd=n makes an organization of its own of what stands below. */
gboolean
pattern_psd_border(const Case *c, Advice *advice)
{
    const Identifier *lost = pattern_lost_in_walk(c);
    const char *border = lost ? border_above(c, c->author, "n") : NULL;

    if (lost && !border)
        border = border_above(c, lost->domain, "n");
    if (!border)
        return FALSE;
    pattern_args(advice, c->author, lost->domain, border);
    pattern_sign_as_author(c, advice);
    return TRUE;
}

/* Rule 2: below a public suffix (psd=y) each name is an organization of its own. */
gboolean
pattern_psd_neighbor(const Case *c, Advice *advice)
{
    const Identifier *lost = pattern_lost_in_walk(c);
    const char *border = lost ? border_above(c, c->author, "y") : NULL;

    if (!border || border_above(c, c->author, "n") || border_above(c, lost->domain, "n"))
        return FALSE;
    pattern_args(advice, c->author, lost->domain, border);
    pattern_sign_as_author(c, advice);
    return TRUE;
}

/* Rule 4: without a record above both, each is alone. */
gboolean
pattern_no_parent_record(const Case *c, Advice *advice)
{
    const Identifier *lost = pattern_lost_in_walk(c);
    const char *parent = c->report->dmarc->rfc7489->org_domain;

    if (!lost || !parent || border_above(c, c->author, "n") || border_above(c, c->author, "y") ||
        border_above(c, lost->domain, "n") || !name_is_within(c->author, parent) ||
        !name_is_within(lost->domain, parent))
        return FALSE;
    g_autofree char *owner = g_strconcat("_dmarc.", parent, NULL);
    g_autofree char *there = pattern_dns_text(c, owner, DMARC);
    if (there)
        return FALSE;
    pattern_args(advice, c->author, lost->domain, parent);
    propose_first(advice, parent);
    pattern_effect(advice, "effect-subdomains");
    return TRUE;
}

/* ---- strict alignment ---- */

/* A name of the author's organization was proved, but a strict record wants it identical. */
static const Identifier *
strict_one(const Case *c)
{
    for (guint i = 0; i < c->identifiers->len && !c->vouched && c->author; i++) {
        const Identifier *id = c->identifiers->pdata[i];
        if (g_strcmp0(id->mode, "s") == 0 && id->domain &&
            advice_vouch(id, c->believe) == VOUCH_OTHER &&
            advice_same_house(advice_house(c->report, id), c->author))
            return id;
    }
    return NULL;
}

gboolean
pattern_strict_mode(const Case *c, Advice *advice)
{
    const Identifier *id = strict_one(c);

    if (!id)
        return FALSE;
    const char *tag = advice_is_spf(id) ? "aspf" : "adkim";
    pattern_args(advice, c->author, id->domain, tag);
    if (c->dmarc->record && c->dmarc->record_domain) {
        g_autofree char *owner = g_strconcat("_dmarc.", c->dmarc->record_domain, NULL);
        g_autofree char *text = dmarc_text_with(c->dmarc->record, tag, NULL);
        pattern_record_txt(advice, owner, text);
    }
    pattern_edit(advice, tag, "");
    pattern_effect(advice, "effect-relaxed");
    return TRUE;
}

/* The record stays strict: then the very name must be proved. */
gboolean
pattern_strict_name(const Case *c, Advice *advice)
{
    const Identifier *id = strict_one(c);

    if (!id)
        return FALSE;
    pattern_args(advice, c->author, id->domain, advice_is_spf(id) ? "aspf" : "adkim");
    if (!advice_is_spf(id) && id->signature >= 0) {
        pattern_record(advice, "DKIM d=    ", c->author);
        pattern_edit_signature(advice, id, c->author);
        return TRUE;
    }
    pattern_sign_as_author(c, advice);
    return TRUE;
}

/* ---- what hangs by a thread ---- */

/* RFC 9989, 5.3.6 and 4.7: it fails, and arrives only because nobody is asked to stop it. */
gboolean
pattern_hangs_by_policy(const Case *c, Advice *advice)
{
    if (c->dmarc->result != RESULT_FAIL || c->vouched || !c->author ||
        g_strcmp0(c->dmarc->applied, "none") != 0 || !c->dmarc->record_domain)
        return FALSE;
    pattern_args(advice, c->author, c->dmarc->record_domain,
                 c->dmarc->policy_tag ? c->dmarc->policy_tag : "p");
    return TRUE;
}

gboolean
pattern_hangs_by_nothing(const Case *c, Advice *advice)
{
    if (c->dmarc->result != RESULT_NONE || c->vouched || !c->author || c->others->len == 0)
        return FALSE;
    pattern_args(advice, c->author, NULL, NULL);
    return TRUE;
}
