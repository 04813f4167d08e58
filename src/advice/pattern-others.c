/* pattern-others.c: other people's names: forms, sending services, mail providers.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

#include "base/name.h"

/* What the inference rests on besides To:, by its names. (transfer full) */
static char *
shared_names(const Case *c)
{
    if (c->spf && pattern_dkim_other(c))
        return g_strdup("MAIL FROM, DKIM");
    return g_strdup(c->spf ? "MAIL FROM" : "DKIM");
}

/* The visitor goes from From: to Reply-To:; `own` takes the place. */
static void
swap_authors(const Case *c, Advice *advice, const char *own)
{
    const gboolean whole = strchr(own, '@') != NULL;
    g_autofree char *address = whole ? g_strdup(own) : g_strconcat("form@", own, NULL);

    pattern_record(advice, "From:     ", address);
    pattern_edit(advice, "from", address);
    if (c->author_address) {
        pattern_record(advice, "Reply-To: ", c->author_address);
        pattern_edit(advice, "reply-to", c->author_address);
    }
    pattern_effect(advice, "effect-two-copies");
    pattern_effect(advice, "effect-ticket-from");
}

/* Carrier, signer and addressee are one organization, only From: is a stranger: somebody filled in
 * a form there. One of them missing, and it may as well be a forgery. */
static const char *
form_house(const Case *c, const char **own)
{
    const gboolean list = c->report->source->list != NULL;
    const char *house = c->vouched || list ? NULL : pattern_common_house(c);
    const char *to = house ? pattern_recipient_in(c, house) : NULL;

    /* A forwarder carries it likewise, to an address of its own (SRS). */
    if (!to || !c->author || advice_same_house(c->author, house) || pattern_is_rewritten(c))
        return NULL;
    const char *carrier = c->report->envelope->mail_from->address;
    *own = strchr(to, '@') ? to : carrier && strchr(carrier, '@') ? carrier : to;
    return house;
}

static gboolean
web_form(const Case *c, Advice *advice, gboolean sign)
{
    const char *own = NULL;
    const char *house = form_house(c, &own);

    if (!house)
        return FALSE;
    pattern_args(advice, c->author, house, c->author_address);
    g_ptr_array_add(advice->args, shared_names(c));
    const gboolean complete = pattern_spf_other(c) && pattern_dkim_other(c);
    g_ptr_array_add(advice->args, g_strdup(complete ? "form-likely" : "form-or-forgery"));
    swap_authors(c, advice, own);
    if (sign) {
        g_autofree char *domain = pattern_domain_of(own);
        if (!domain)
            return FALSE;
        pattern_record(advice, "DKIM d=   ", domain);
        pattern_edit(advice, "dkim.add", domain);
    }
    return TRUE;
}

gboolean
pattern_web_form(const Case *c, Advice *advice)
{
    return web_form(c, advice, FALSE);
}

/* Where the form's own domain wants more than it proves today: signed, too. */
gboolean
pattern_web_form_signed(const Case *c, Advice *advice)
{
    return web_form(c, advice, TRUE);
}

/* ---- the visitor on the envelope, too ---- */

/* It came from there, and not through there: no earlier hop names a host of anybody else. */
static gboolean
began_within(const Case *c, const char *house)
{
    const GPtrArray *route = c->report->route;
    const Hop *border = report_border(c->report);
    gboolean behind = FALSE;

    for (guint i = 0; i < route->len; i++) {
        const Hop *hop = route->pdata[i];
        const char *const names[] = { hop->by, hop->from };
        for (gsize k = 0; behind && k < G_N_ELEMENTS(names); k++) {
            g_autofree char *name = names[k] ? name_normalise(names[k]) : NULL;
            if (name && name_labels(name) > 1 && !advice_same_house(name, house))
                return FALSE;
        }
        behind = behind || hop == border;
    }
    return TRUE;
}

/* The recipient in whose house the sending host stands. (transfer none) */
static const char *
form_recipient(const Case *c)
{
    const GPtrArray *recipients = c->report->source->recipients;
    g_autofree char *client = pattern_client_name(c) ? name_normalise(pattern_client_name(c)) : NULL;

    if (!client || c->vouched || !c->author || !pattern_spf_failed(c) ||
        pattern_is_rewritten(c) || !pattern_is_unsigned(c) ||
        envelope_is_null_sender(c->report->envelope))
        return NULL;
    for (guint i = 0; i < recipients->len; i++) {
        g_autofree char *domain = pattern_domain_of(recipients->pdata[i]);
        if (domain && name_labels(domain) > 1 && name_is_within(client, domain) &&
            !advice_same_house(domain, c->author) && began_within(c, domain))
            return recipients->pdata[i];
    }
    return NULL;
}

gboolean
pattern_is_form_envelope(const Case *c)
{
    return form_recipient(c) != NULL;
}

gboolean
pattern_web_form_envelope(const Case *c, Advice *advice)
{
    const char *to = form_recipient(c);
    g_autofree char *domain = to ? pattern_domain_of(to) : NULL;

    if (!domain)
        return FALSE;
    g_autofree char *own = strchr(to, '@') ? g_strdup(to) : g_strconcat("form@", to, NULL);
    pattern_args(advice, c->author, domain, c->author_address);
    g_ptr_array_add(advice->args, g_strdup(pattern_client_name(c)));
    pattern_record(advice, "MAIL FROM ", own);
    pattern_edit(advice, "mail-from", own);
    swap_authors(c, advice, own);
    if (!pattern_dkim_other(c)) {
        pattern_record(advice, "DKIM d=   ", domain);
        pattern_edit(advice, "dkim.add", domain);
    }
    pattern_effect(advice, "effect-bounces-move");
    return TRUE;
}

/* ---- a form that was mended in From:, and not on the envelope ---- */

/* MAIL FROM is still the visitor's, who stands in Reply-To: as it should be, and the mail began on a
 * server of the name in From:. (transfer none: that server, or NULL) */
static const char *
half_form(const Case *c)
{
    const char *mail_from = c->report->envelope->mail_from->address;
    const char *reply_to = c->report->reply_to ? c->report->reply_to->address : NULL;
    const char *organization = c->report->dmarc->rfc7489->org_domain;
    const char *client = pattern_client_name(c);
    g_autofree char *host = client ? name_normalise(client) : NULL;

    if (c->vouched || !c->author || !c->author_address || !c->spf || pattern_spf_other(c) ||
        c->spf->aligned != TRI_FALSE || !pattern_is_unsigned(c) || !mail_from || !*mail_from ||
        !reply_to || g_ascii_strcasecmp(mail_from, reply_to) != 0)
        return NULL;
    if (!organization || !name_is_within(c->author, organization))
        organization = c->author;
    return host && name_is_within(host, organization) && began_within(c, organization) ? client
                                                                                        : NULL;
}

static gboolean
web_form_half(const Case *c, Advice *advice, gboolean sign)
{
    const char *client = half_form(c);
    const Hop *border = report_border(c->report);

    /* HELO is only what the client says; a signature is proposed where DNS knows the server, too. */
    if (!client || (sign && (!border || !border->ptr)))
        return FALSE;
    pattern_args(advice, c->author, c->spf->domain, c->report->envelope->mail_from->address);
    g_ptr_array_add(advice->args, g_strdup(client));
    pattern_record(advice, "MAIL FROM ", c->author_address);
    pattern_edit(advice, "mail-from", c->author_address);
    if (sign) {
        pattern_record(advice, "DKIM d=   ", c->author);
        pattern_edit(advice, "dkim.add", c->author);
    }
    pattern_effect(advice, "effect-bounces-move");
    return TRUE;
}

gboolean
pattern_web_form_half(const Case *c, Advice *advice)
{
    return web_form_half(c, advice, FALSE);
}

/* Where the own record does not name the form's server either. */
gboolean
pattern_web_form_half_signed(const Case *c, Advice *advice)
{
    return web_form_half(c, advice, TRUE);
}

/* ---- services ---- */

const char *
pattern_service_house(const Case *c)
{
    const char *house = c->vouched ? NULL : pattern_common_house(c);
    const char *own;

    if (c->vouched || !c->author || pattern_is_rewritten(c) || !pattern_spf_other(c) ||
        !pattern_is_unsigned(c) || form_house(c, &own) || c->report->source->list ||
        pattern_lost_in_walk(c) ||
        envelope_is_null_sender(c->report->envelope))
        return NULL;
    if (!house)
        house = advice_house(c->report, c->spf);
    return advice_same_house(c->author, house) ? NULL : house;
}

gboolean
pattern_service(const Case *c, Advice *advice)
{
    const char *house = pattern_service_house(c);

    if (!house || pattern_is_forgery(c))
        return FALSE;
    g_autofree char *name = pattern_service_name(c, house);
    pattern_args(advice, c->author, name, house);
    pattern_sign_as_author(c, advice);
    pattern_service_dkim(c, advice, c->author);
    return TRUE;
}

/* A MAIL FROM below the author's domain: the service's own lines where it is known, else the
 * server of this mail. RFC 7208, 2.4: SPF is asked of MAIL FROM's domain, and of no other. */
void
pattern_propose_mail_from(const Case *c, Advice *advice)
{
    const char *label = c->carrier && c->carrier->label ? c->carrier->label : "bounce";
    g_autofree char *domain = g_strdup_printf("%s.%s", label, c->author);
    g_autofree char *term = c->carrier && c->carrier->spf ? g_strdup(c->carrier->spf) : NULL;
    const char *ip = c->report->envelope->client_ip->value;
    g_autofree char *address = g_strconcat("bounce@", domain, NULL);

    pattern_effect(advice, "effect-bounces-move");
    pattern_record(advice, "MAIL FROM  ...@", domain);
    const gboolean known = pattern_service_mail_from(c, advice, c->author);
    if (!term && ip)
        term = g_strdup_printf("%s:%s", strchr(ip, ':') ? "ip6" : "ip4", ip);
    if (!term)
        return;
    g_autofree char *text = g_strdup_printf("v=spf1 %s ~all", term);
    if (!known)
        pattern_record_txt(advice, domain, text);
    pattern_edit(advice, "mail-from", address);
    pattern_edit_txt(advice, domain, text);
}

/* Beside the signature, or where a service cannot sign. */
gboolean
pattern_own_mail_from(const Case *c, Advice *advice)
{
    const char *house = pattern_service_house(c);

    if (!house || pattern_is_forgery(c) || (c->carrier && c->carrier->mail_from->len == 0))
        return FALSE;
    g_autofree char *name = pattern_service_name(c, house);
    pattern_args(advice, c->author, name, house);
    pattern_propose_mail_from(c, advice);
    return TRUE;
}

gboolean
pattern_third_party(const Case *c, Advice *advice)
{
    const char *own;

    if (c->vouched || !c->author || pattern_spf_other(c) || !pattern_dkim_other(c) ||
        pattern_spf_failed(c) || !pattern_is_unsigned(c) || form_house(c, &own) ||
        pattern_lost_in_walk(c))
        return FALSE;
    g_autofree char *name = pattern_service_name(c, c->others->pdata[0]);
    pattern_args(advice, c->author, name, c->others->pdata[0]);
    pattern_sign_as_author(c, advice);
    pattern_service_dkim(c, advice, c->author);
    return TRUE;
}
