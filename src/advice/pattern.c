/* pattern.c: the patterns of cause and advice, one function each, and their table.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

#include "base/name.h"
#include "base/text.h"

#define AUTHORS_MAX 4
#define TXT_MAX 255
/* A longer record goes to two lines, so that its text can be copied whole. */
#define LINE_MAX_COLUMNS 60

/* ---- what all patterns use ---- */

void
pattern_args(Advice *advice, const char *a, const char *b, const char *d)
{
    const char *const all[] = { a, b, d };

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        g_ptr_array_add(advice->args, g_strdup(all[i] ? all[i] : ""));
}

/* A line of a setting to copy: a stranger's line end must not make two of it. */
void
pattern_record(Advice *advice, const char *label, const char *value)
{
    g_autofree char *visible = text_visible(value, -1);
    g_autofree char *line = g_strdup_printf("%s%s", label, visible);
    char *all = advice->record ? g_strconcat(advice->record, "\n", line, NULL) : g_strdup(line);

    g_free(advice->record);
    advice->record = all;
}

/* RFC 1035, 3.3 and 5.1: strings of at most 255 octets, quotes and backslashes escaped. */
void
pattern_record_txt(Advice *advice, const char *owner, const char *text)
{
    g_autoptr(GString) line = g_string_new(owner);

    g_string_append(line, ". IN TXT ");
    if (line->len + strlen(text) > LINE_MAX_COLUMNS) {
        g_string_append_c(line, '(');
        pattern_record(advice, "", line->str);
        g_string_assign(line, "    ");
    }
    const gboolean open = *line->str == ' ';
    g_string_append_c(line, '"');
    for (gsize i = 0; text[i]; i++) {
        if (i > 0 && i % TXT_MAX == 0)
            g_string_append(line, "\" \"");
        if (text[i] == '"' || text[i] == '\\')
            g_string_append_c(line, '\\');
        g_string_append_c(line, text[i]);
    }
    g_string_append(line, open ? "\" )" : "\"");
    pattern_record(advice, "", line->str);
}

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

/* The domain of an address, or the bare domain. (transfer full) */
static char *
domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return name_normalise(at ? at + 1 : address);
}

/* The first recipient in that house: an address, or a domain; NULL where there is none. */
static const char *
recipient_in(const Case *c, const char *house)
{
    const GPtrArray *recipients = c->report->source->recipients;

    for (guint i = 0; i < recipients->len; i++) {
        g_autofree char *domain = domain_of(recipients->pdata[i]);
        if (advice_same_house(domain, house))
            return recipients->pdata[i];
    }
    return NULL;
}

/* Neither stands nor falls: a body that is not at hand, an answer that DNS owes. */
static gboolean
is_open(const Identifier *identifier)
{
    return advice_vouch(identifier, FALSE) == VOUCH_UNKNOWN;
}

static gboolean
any_open(const GPtrArray *identifiers)
{
    for (guint i = 0; i < identifiers->len; i++)
        if (is_open(identifiers->pdata[i]))
            return TRUE;
    return FALSE;
}

static gboolean
fits_pass(const Case *c, Advice *advice)
{
    g_autofree char *count = NULL;
    guint keys = 0;

    if (c->dmarc->result != RESULT_PASS || !c->author)
        return FALSE;
    for (guint i = 0; i < c->dkim->len; i++)
        keys += advice_vouch(c->dkim->pdata[i], FALSE) == VOUCH_YES;
    const gboolean spf = c->spf && advice_vouch(c->spf, FALSE) == VOUCH_YES;
    count = g_strdup_printf("%u", keys);
    pattern_args(advice, c->author, spf ? "SPF" : "", count);
    if (!spf && c->spf && is_open(c->spf))
        g_ptr_array_add(advice->args, g_strdup("SPF"));
    else if (keys == 0 && any_open(c->dkim))
        g_ptr_array_add(advice->args, g_strdup("DKIM"));
    return TRUE;
}

/* One leg only: the other is worth having before the first breaks. */
static gboolean
fits_second_leg(const Case *c, Advice *advice)
{
    gboolean dkim = FALSE;

    if (c->dmarc->result != RESULT_PASS || !c->author)
        return FALSE;
    for (guint i = 0; i < c->dkim->len; i++)
        dkim = dkim || advice_vouch(c->dkim->pdata[i], FALSE) == VOUCH_YES;
    const gboolean spf = c->spf && advice_vouch(c->spf, FALSE) == VOUCH_YES;
    if (spf == dkim || (spf && any_open(c->dkim)) || (dkim && c->spf && is_open(c->spf)))
        return FALSE;
    pattern_args(advice, c->author, spf ? "DKIM" : "SPF", spf ? "SPF" : "DKIM");
    pattern_record(advice, spf ? "DKIM d=    " : "MAIL FROM  ...@", c->author);
    return TRUE;
}

static gboolean
fits_no_author(const Case *c, Advice *advice)
{
    (void)advice;
    return c->report->from->domains->len == 0 &&
           g_strcmp0(c->report->dmarc->rfc9989->reason, "no-author") == 0;
}

static gboolean
fits_several_authors(const Case *c, Advice *advice)
{
    if (c->report->from->domains->len < 2)
        return FALSE;
    for (guint i = 0; i < c->report->from->domains->len && i < AUTHORS_MAX; i++)
        g_ptr_array_add(advice->args, g_strdup(c->report->from->domains->pdata[i]));
    return TRUE;
}

/* A name of the author's organization was proved, but a strict record wants it identical. */
static gboolean
fits_strict(const Case *c, Advice *advice)
{
    const GPtrArray *identifiers = c->identifiers;

    if (c->vouched || !c->author)
        return FALSE;
    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *id = identifiers->pdata[i];
        if (g_strcmp0(id->mode, "s") != 0 || !id->domain ||
            advice_vouch(id, c->believe) != VOUCH_OTHER)
            continue;
        if (!advice_same_house(advice_house(c->report, id), c->author))
            continue;
        pattern_args(advice, c->author, id->domain, advice_is_spf(id) ? "aspf" : "adkim");
        pattern_record(advice, advice_is_spf(id) ? "MAIL FROM  ...@" : "DKIM d=    ", c->author);
        return TRUE;
    }
    return FALSE;
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

/* The house that all proved names share, or NULL. */
static const char *
common_house(const Case *c)
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

static gboolean
spf_passes_for_other(const Case *c)
{
    return c->spf && advice_vouch(c->spf, c->believe) == VOUCH_OTHER;
}

static gboolean
dkim_passes_for_other(const Case *c)
{
    for (guint i = 0; i < c->dkim->len; i++)
        if (advice_vouch(c->dkim->pdata[i], c->believe) == VOUCH_OTHER)
            return TRUE;
    return FALSE;
}

/* What the inference rests on besides To:, by its names. (transfer full) */
static char *
shared_names(const Case *c)
{
    if (c->spf && dkim_passes_for_other(c))
        return g_strdup("MAIL FROM, DKIM");
    return g_strdup(c->spf ? "MAIL FROM" : "DKIM");
}

/* Carrier, signer and addressee are one organization, only From: is a stranger: somebody filled in
 * a form there. */
static gboolean
fits_web_form(const Case *c, Advice *advice)
{
    const char *house = c->vouched ? NULL : common_house(c);
    const char *to = house ? recipient_in(c, house) : NULL;

    if (!to || !c->author || advice_same_house(c->author, house))
        return FALSE;
    const char *carrier = c->report->envelope->mail_from->address;
    const char *own = strchr(to, '@') ? to : carrier && *carrier ? carrier : to;
    pattern_args(advice, c->author, house, c->author_address);
    g_ptr_array_add(advice->args, shared_names(c));
    pattern_record(advice, strchr(own, '@') ? "From:     " : "From:     form@", own);
    if (c->author_address)
        pattern_record(advice, "Reply-To: ", c->author_address);
    return TRUE;
}

/* Another domain carries, and perhaps signs: a service that sends in the author's name. */
static gboolean
fits_service(const Case *c, Advice *advice)
{
    const char *house = c->vouched ? NULL : common_house(c);

    if (c->vouched || !c->author || pattern_is_rewritten(c) || !spf_passes_for_other(c) ||
        fits_web_form(c, advice))
        return FALSE;
    if (!house)
        house = advice_house(c->report, c->spf);
    if (advice_same_house(c->author, house))
        return FALSE;
    pattern_args(advice, c->author, house, NULL);
    g_autofree char *bounce = g_strconcat("bounce.", c->author, NULL);
    pattern_record(advice, "DKIM d=    ", c->author);
    pattern_record(advice, "MAIL FROM  ...@", bounce);
    return TRUE;
}

static gboolean
fits_third_party(const Case *c, Advice *advice)
{
    if (c->vouched || !c->author || spf_passes_for_other(c) || !dkim_passes_for_other(c) ||
        pattern_spf_failed(c) || fits_web_form(c, advice))
        return FALSE;
    pattern_args(advice, c->author, c->others->pdata[0], NULL);
    pattern_record(advice, "DKIM d=    ", c->author);
    return TRUE;
}

/* Never before something aligned passes: until then a record only turns this mail into a fail. */
static gboolean
fits_no_record(const Case *c, Advice *advice)
{
    const char *organization = c->report->dmarc->rfc7489->org_domain;

    if (!c->vouched || !c->author || g_strcmp0(c->dmarc->reason, "no-record") != 0)
        return FALSE;
    if (!organization || !name_is_within(c->author, organization))
        organization = c->author;
    pattern_args(advice, c->author, organization, NULL);
    g_autofree char *owner = g_strconcat("_dmarc.", organization, NULL);
    g_autofree char *text = g_strdup_printf("v=DMARC1; p=none; rua=mailto:dmarc@%s", organization);
    pattern_record_txt(advice, owner, text);
    return TRUE;
}

static gboolean
fits_record_broken(const Case *c, Advice *advice)
{
    if (g_strcmp0(c->dmarc->reason, "record-invalid") != 0)
        return FALSE;
    pattern_args(advice, c->author, c->dmarc->record_domain, NULL);
    return TRUE;
}

static gboolean
fits_forgery(const Case *c, Advice *advice)
{
    if (c->vouched || !c->author)
        return FALSE;
    pattern_args(advice, c->author, NULL, NULL);
    return TRUE;
}

/* The likely one first; forgery is what is left when nothing else explains the message. */
const Pattern pattern_table[] = {
    { "nothing-must-change", "nobody", NULL, fits_pass },
    { "second-leg", "domain-owner", NULL, fits_second_leg },
    { "no-author", "sender", "author", fits_no_author },
    { "several-authors", "sender", "author", fits_several_authors },
    { "record-broken", "domain-dns", "policy", fits_record_broken },
    { "strict-mode", "domain-owner", "alignment", fits_strict },
    { "dkim-key", "domain-dns", "dkim-key", pattern_dkim_key },
    { "key-gone", "reader", "dkim-key", pattern_key_gone },
    { "dkim-expired", "sender", "dkim-header", pattern_expired },
    { "altered-in-transit", "intermediary", "dkim-body", pattern_altered },
    { "header-altered", "intermediary", "dkim-header", pattern_header_altered },
    { "forwarder", "intermediary", "dkim-header", pattern_forwarder },
    { "spf-lacks-sender", "domain-dns", "spf-record", pattern_spf_lacks },
    { "spf-missing", "domain-dns", "spf-record", pattern_spf_missing },
    { "spf-broken", "domain-dns", "spf-record", pattern_spf_broken },
    { "web-form-visitor", "form-owner", "author", fits_web_form },
    { "sending-service", "service-customer", "dkim-vouches", fits_service },
    { "third-party-signature-only", "service-customer", "dkim-vouches", fits_third_party },
    { "no-dmarc-record", "domain-dns", "policy", fits_no_record },
    { NULL, NULL, NULL, NULL }
};
const Pattern pattern_fallback = { "forgery-possible", "receiver", NULL, fits_forgery };
