/* hypothesis-read.c: the assumptions of a person as the beginning of a Report.
 * SPDX-License-Identifier: MIT */
#include "analysis/hypothesis-part.h"

#include <string.h>

#include "base/fault.h"
#include "base/translate.h"
#include "headers/address.h"

/* RFC 1112, 4: reserved, so no server has it and no record names it. The records that are assumed of a visitor name no server
 * either, but those of a domain that somebody gives (--from) do: they must not happen to name this one. */
#define ANY_IP "240.0.0.1"

#define fault(error, ...) fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, __VA_ARGS__)

/* RFC 8601, 2.7.1 and 2.7.2, and our own "unknown"; the index is RESULT_… */
static gboolean
read_result(const char *word, const char *const *known, int *result)
{
    if (!g_strv_contains(known, word))
        return FALSE;
    for (*result = 0; !g_str_equal(result_words[*result], word);)
        ++*result;
    return TRUE;
}

/* ---- From: ---- */

typedef struct {
    Mailbox *only;
    guint    count;
} Reading;

static void
take_mailbox(Mailbox *mailbox, gpointer data)
{
    Reading *reading = data;

    reading->count++;
    record_free(&mailbox_type, reading->only);
    reading->only = mailbox;
}

/* An address, with or without a name; or a domain alone. NULL for anything else. */
static Mailbox *
read_mailbox(const char *text)
{
    Reading reading = { NULL, 0 };
    g_autofree char *bare = strchr(text, '@') ? NULL : address_host(text);

    if (bare) {
        reading.only = record_new(&mailbox_type);
        reading.only->domain = g_steal_pointer(&bare);
        return reading.only;
    }
    address_each(text, take_mailbox, &reading);
    if (reading.count == 1 && reading.only->address && reading.only->domain)
        return reading.only;
    record_free(&mailbox_type, reading.only);
    return NULL;
}

static gboolean
read_from(Report *premise, const Assumptions *said, GError **error)
{
    Author *author = premise->from;

    if (!said->from)
        return fault(error, _("check: --from is missing: whose name is to be proved?"));
    Mailbox *mailbox = read_mailbox(said->from);
    if (!mailbox)
        return fault(error, _("--from %s: not one address or domain"), said->from);
    g_ptr_array_add(author->addresses, mailbox);
    g_ptr_array_add(author->domains, g_strdup(mailbox->domain));
    author->domain = g_strdup(mailbox->domain);
    g_ptr_array_add(author->evidence, evidence_option(said->form ? "--form" : "--from"));
    if (!said->author_exists)
        return TRUE;
    author->assumed_exists = g_str_equal(said->author_exists, "yes") ? TRI_TRUE
                             : g_str_equal(said->author_exists, "no") ? TRI_FALSE
                                                                      : TRI_UNKNOWN;
    if (author->assumed_exists == TRI_UNKNOWN)
        return fault(error, _("--author-exists %s: not yes or no"), said->author_exists);
    return TRUE;
}

/* ---- the envelope ---- */

/* The option that really gave it. */
static void
name_option(const EnvelopeItem *item, const char *option)
{
    Evidence *evidence = record_own(&evidence_type, &item->evidence->pdata[0]);

    g_free(evidence->name);
    evidence->name = g_strdup(option);
}

/* A form that has no envelope sender of its own takes the visitor's for that, too. */
static gboolean
read_envelope(Report *premise, const Assumptions *said, GError **error)
{
    const gboolean visitor = said->form && !said->envelope.mail_from;
    IdentityOverrides given = said->envelope;
    Envelope *envelope = premise->envelope;

    if (visitor) {
        given.mail_from = said->from;
        given.ip = given.ip ? given.ip : ANY_IP;
    }
    identities_envelope(NULL, &given, premise);
    if (given.mail_from && envelope->mail_from->provenance == PROVENANCE_UNKNOWN)
        return fault(error, _("--mail-from %s: not an address, a domain or <>"), given.mail_from);
    if (given.helo && envelope->helo->provenance == PROVENANCE_UNKNOWN)
        return fault(error, _("--helo: a name is missing"));
    if (given.ip && envelope->client_ip->provenance == PROVENANCE_UNKNOWN)
        return fault(error, _("--ip %s: not an IP address"), given.ip);
    if (visitor)
        name_option(envelope->mail_from, "--form");
    if (visitor && !said->envelope.ip)
        name_option(envelope->client_ip, "--form");
    return TRUE;
}

/* ---- SPF and DKIM as they are said to come out ---- */

static gboolean
read_spf(Report *premise, const Assumptions *said, GError **error)
{
    static const char *const known[] = { "none", "neutral", "pass", "fail", "softfail",
                                         "temperror", "permerror", "unknown", NULL };
    SpfResult *spf = premise->spf->mail_from;

    if (!said->spf)
        return TRUE;
    if (!read_result(said->spf, known, &spf->result))
        return fault(error, _("--spf %s: not pass, fail, softfail, neutral, none, temperror or "
                     "permerror"), said->spf);
    spf->domain = g_strdup(envelope_spf_domain(premise->envelope));
    if (spf->result == RESULT_PASS && (!spf->domain || (said->form && !said->envelope.mail_from)))
        return fault(error, _("--spf pass: whose SPF? say it with --mail-from (for <>: --helo)"));
    spf->reason = "assumed";
    spf->provenance = spf->result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_ASSUMED;
    premise->spf->helo->reason = "assumed";
    return TRUE;
}

static DkimResult *
signature_new(char *domain, int result)
{
    DkimResult *signature = record_new(&dkim_result_type);

    signature->domain = domain;
    signature->result = result;
    signature->reason = "assumed";
    signature->header_hash = signature->body_hash = "unknown";
    signature->unsigned_tail = 0;
    signature->provenance = result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_ASSUMED;
    g_ptr_array_add(signature->evidence, evidence_option("--dkim"));
    return signature;
}

/* No domain name has a colon in it. */
static gboolean
read_dkim(Report *premise, const char *text, GError **error)
{
    static const char *const known[] = { "none", "pass", "fail", "policy", "neutral", "temperror",
                                         "permerror", "unknown", NULL };
    const char *colon = strchr(text, ':');
    g_autofree char *name = colon ? g_strndup(text, (gsize)(colon - text)) : g_strdup(text);
    g_autofree char *domain = address_host(name);
    int result = RESULT_PASS;

    if (!domain)
        return fault(error, _("--dkim %s: not a domain"), text);
    if (colon && !read_result(colon + 1, known, &result))
        return fault(error, _("--dkim %s: the result is not pass, fail, neutral, policy, none, "
                     "temperror or permerror"), text);
    g_ptr_array_add(premise->dkim, signature_new(g_steal_pointer(&domain), result));
    return TRUE;
}

static gboolean
read_all(Report *premise, const Assumptions *said, GError **error)
{
    if (!read_from(premise, said, error) || !read_envelope(premise, said, error) ||
        !read_spf(premise, said, error))
        return FALSE;
    for (const char *const *dkim = said->dkim; dkim && *dkim; dkim++)
        if (!read_dkim(premise, *dkim, error))
            return FALSE;
    return TRUE;
}

/* The bounce address is one that exists; of a bare domain or a signature we only know the domain.
 * */
static char *
own_address(const Report *premise, const Assumptions *said)
{
    const EnvelopeItem *carrier = premise->envelope->mail_from;

    if (said->envelope.mail_from && carrier->domain)
        return carrier->address ? g_strdup(carrier->address)
                                : g_strconcat("form@", carrier->domain, NULL);
    for (guint i = 0; i < premise->dkim->len; i++) {
        const DkimResult *signature = premise->dkim->pdata[i];
        if (signature->result == RESULT_PASS)
            return g_strconcat("form@", signature->domain, NULL);
    }
    return NULL;
}

Hypothesis *
hypothesis_read(const Assumptions *said, GError **error)
{
    Hypothesis *hypothesis = g_new0(Hypothesis, 1);

    hypothesis->premise = report_new();
    hypothesis->premise->source->kind = g_strdup("check");
    hypothesis->spf_said = said->spf != NULL;
    hypothesis->form = said->form;
    if (!read_all(hypothesis->premise, said, error)) {
        hypothesis_free(hypothesis);
        return NULL;
    }
    hypothesis->own_address = own_address(hypothesis->premise, said);
    return hypothesis;
}

void
hypothesis_free(Hypothesis *hypothesis)
{
    if (!hypothesis)
        return;
    report_free(hypothesis->premise);
    g_free(hypothesis->own_address);
    g_free(hypothesis);
}

char *
hypothesis_own_address(const Hypothesis *hypothesis)
{
    return g_strdup(hypothesis->own_address);
}
