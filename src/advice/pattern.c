/* pattern.c: the table of patterns, in order of effect.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include "headers/identities.h"

#define AUTHORS_MAX 4

static gboolean
fits_no_author(const Case *c, Advice *advice)
{
    const EnvelopeItem *mail_from = c->report->envelope->mail_from;

    if (c->report->from->domains->len > 0 || g_strcmp0(c->dmarc->reason, "no-author") != 0)
        return FALSE;
    if (c->report->spf->mail_from->result == RESULT_PASS && mail_from->address &&
        *mail_from->address && c->report->from->problems->len > 0) {
        pattern_record(advice, "From: ", mail_from->address);
        pattern_edit(advice, "from", mail_from->address);
    }
    return TRUE;
}

/* The first of them that is vouched for: with it alone the mail passes. */
static const Mailbox *
vouched_author(const Case *c)
{
    for (guint i = 0; i < c->dmarc->per_domain->len; i++) {
        const DmarcPerDomain *one = c->dmarc->per_domain->pdata[i];
        for (guint k = 0; k < c->report->from->addresses->len; k++) {
            const Mailbox *mailbox = c->report->from->addresses->pdata[k];
            if (one->result == RESULT_PASS && g_strcmp0(mailbox->domain, one->domain) == 0)
                return mailbox;
        }
    }
    return NULL;
}

static gboolean
fits_several_authors(const Case *c, Advice *advice)
{
    const GPtrArray *domains = c->report->from->domains;
    const Mailbox *vouched = vouched_author(c);

    if (domains->len < 2)
        return FALSE;
    for (guint i = 0; i < domains->len && i < AUTHORS_MAX; i++)
        g_ptr_array_add(advice->args, g_strdup(domains->pdata[i]));
    if (vouched && vouched->address) {
        pattern_record(advice, "From:     ", vouched->address);
        pattern_edit(advice, "from", vouched->address);
    }
    return TRUE;
}

/* Without a record the verdict is none, whatever speaks for the mail: what was not checked may do it yet. */
static gboolean
may_be_vouched(const Case *c)
{
    return c->dmarc->result == RESULT_NONE && (pattern_any_open(c->identifiers) || identities_signatures_lost(c->report));
}

static gboolean
fits_forgery(const Case *c, Advice *advice)
{
    if (c->vouched || !c->author || may_be_vouched(c))
        return FALSE;
    pattern_args(advice, c->author, NULL, NULL);
    return TRUE;
}

#define SIGNED "dkim-vouches|dkim-none|dkim-not-pasted|dmarc"
#define SPF "spf-record|spf-check|spf-assumed|spf-vouches"

/* Rows of one id are alternatives: the first that fits, and proves, is shown. Forgery is what is left
 * when nothing else explains the message. */
const Pattern pattern_table[] = {
    { "lookalike", "reader", "author", pattern_lookalike },
    { "shared-parent", "domain-dns", "policy", pattern_shared_parent },
    { "nothing-must-change", "nobody", NULL, pattern_pass },
    { "sibling-names", "domain-dns", "policy", pattern_sibling_names },
    { "second-leg", "domain-owner", NULL, pattern_second_leg },
    { "spf-plus-all", "domain-dns", SPF, pattern_plus_all },
    { "older-receivers", "domain-owner", "alignment", pattern_older_receivers },
    { "unsigned-tail", "domain-owner", "dkim-body", pattern_unsigned_tail },
    { "short-key", "domain-dns", "dkim-key", pattern_short_key },
    { "spf-crowded", "domain-dns", SPF, pattern_spf_crowded },
    { "policy-none", "domain-dns", "policy", pattern_policy_none },

    { "no-author", "sender", "author|dmarc-no-author", fits_no_author },
    { "several-authors", "sender", "author", fits_several_authors },
    { "record-broken", "domain-dns", "policy", pattern_record_broken },
    { "psd-border", "domain-owner", "alignment", pattern_psd_border },
    { "psd-neighbor", "domain-owner", "alignment", pattern_psd_neighbor },
    { "no-parent-record", "domain-dns", "alignment", pattern_no_parent_record },
    { "strict-mode", "domain-dns", "alignment", pattern_strict_mode },
    { "strict-name", "domain-owner", "alignment", pattern_strict_name },
    { "dkim-key", "domain-dns", "dkim-key|dkim-check|dkim-assumed", pattern_dkim_key },
    { "key-revoked", "domain-owner", "dkim-key|dkim-check|dkim-assumed", pattern_key_revoked },
    { "key-weak", "domain-owner", "dkim-key|dkim-check|dkim-assumed", pattern_key_weak },
    { "key-gone", "reader", "dkim-key|dkim-check|dkim-assumed", pattern_key_gone },
    { "dkim-expired", "domain-owner", "dkim-header|dkim-check", pattern_expired },
    { "text-missing", "reader", "dkim-body|dkim-check", pattern_text_missing },
    { "mailing-list", "list-owner", "author", pattern_mailing_list },
    { "altered-in-transit", "intermediary", "dkim-body|dkim-check", pattern_altered },
    { "header-altered", "intermediary", "dkim-header|dkim-check", pattern_header_altered },
    { "forward-unsigned", "domain-owner", SIGNED, pattern_forward_unsigned },
    { "forwarder", "intermediary", "dkim-header|" SIGNED, pattern_forwarder },
    { "web-form-envelope", "form-owner", "author", pattern_web_form_envelope },
    { "web-form-half", "form-owner", "spf-vouches", pattern_web_form_half },
    { "web-form-half", "form-owner", "spf-vouches", pattern_web_form_half_signed },
    { "spf-lacks-sender", "domain-dns", SPF, pattern_spf_lacks },
    { "spf-missing", "domain-dns", SPF, pattern_spf_missing },
    { "spf-two-records", "domain-dns", SPF, pattern_spf_several },
    { "spf-two-records", "domain-dns", SPF, pattern_spf_several_more },
    { "spf-over-limits", "domain-dns", SPF, pattern_spf_over_limits },
    { "spf-broken", "domain-dns", SPF, pattern_spf_broken },
    { "spf-broken", "domain-dns", SPF, pattern_spf_broken_more },
    { "null-sender", "domain-owner", SIGNED, pattern_null_sender },
    { "web-form-visitor", "form-owner", "author", pattern_web_form },
    { "web-form-visitor", "form-owner", "author", pattern_web_form_signed },
    { "forgery-likely", "nobody", NULL, pattern_forgery },
    { "sending-service", "service-customer", SIGNED, pattern_service },
    { "own-mail-from", "service-customer", "spf-vouches", pattern_own_mail_from },
    { "third-party-signature-only", "service-customer", SIGNED, pattern_third_party },
    { "sign-yourself", "domain-owner", SIGNED, pattern_sign_yourself },
    { "no-dmarc-record", "domain-dns", "policy", pattern_no_record },
    { "hangs-by-policy", "domain-owner", "policy", pattern_hangs_by_policy },
    { "hangs-by-nothing", "domain-owner", "policy", pattern_hangs_by_nothing },
    { NULL, NULL, NULL, NULL }
};
const Pattern pattern_fallback = { "forgery-possible", "receiver", NULL, fits_forgery };
