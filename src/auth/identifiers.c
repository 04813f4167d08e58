/* identifiers.c: from check results and reports to the list that DMARC compares with From.
 * SPDX-License-Identifier: MIT */
#include "auth/identifiers.h"

#include <string.h>

#include "base/again-key.h"
#include "base/name.h"
#include "headers/authres.h"

/* One reported method=result that may answer for one of our identifiers. */
typedef struct {
    const ReportedHeader *header;
    const ReportedResult *result;
    char                 *domain;
    gboolean              by_identity;  /* from i=, whose domain may lie below d= */
    gboolean              used;
} Claim;

typedef struct {
    Claim *of;
    guint  count;
} Claims;

static void
claims_clear(Claims *claims)
{
    for (guint i = 0; i < claims->count; i++)
        g_free(claims->of[i].domain);
    g_free(claims->of);
}

/* RFC 9989, 4.4.2: HELO's name counts where MAIL FROM is empty, and then alone. */
static gboolean
is_of_other_identity(const Report *report, const ReportedResult *result)
{
    const EnvelopeItem *from = report->envelope->mail_from;

    return authres_is_helo_only(result) && from->provenance != PROVENANCE_UNKNOWN &&
           !envelope_is_null_sender(report->envelope);
}

static void
take_claims(const Report *report, const ReportedHeader *header, const char *method, Claims *claims)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (!g_str_equal(result->method, method) || is_of_other_identity(report, result))
            continue;
        claims->of = g_renew(Claim, claims->of, claims->count + 1);
        claims->of[claims->count++] = (Claim){
            .header = header,
            .result = result,
            .domain = g_str_equal(method, "dkim") ? authres_dkim_domain(result) : authres_spf_domain(result),
            .by_identity = !pairs_get(result->properties, "header.d"),
        };
    }
}

/* Of the receiving host's own block, or of trusted hosts. */
static Claims
claims_of(const Report *report, const char *method, gboolean trusted)
{
    Claims claims = { NULL, 0 };

    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        /* A sealer's copy (AAR) speaks of its own hop. */
        if (trusted ? header->trusted && header->instance == RECORD_UNSET : header->topmost_block)
            take_claims(report, header, method, &claims);
    }
    return claims;
}

static void
key_result(const ReportedResult *result, GString *key)
{
    const gboolean dkim = g_str_equal(result->method, "dkim"), spf = g_str_equal(result->method, "spf");

    if (!dkim && !spf && !g_str_equal(result->method, "dmarc"))
        return;
    again_key_text(key, result->method);
    again_key_text(key, result->result);
    again_key_text(key, pairs_get(result->properties, "header.from"));
    again_key_text(key, pairs_get(result->properties, "header.s"));
    again_key_number(key, pairs_get(result->properties, "header.d") != NULL);
    again_key_number(key, authres_is_helo_only(result));
    if (dkim || spf) {
        g_autofree char *domain = dkim ? authres_dkim_domain(result) : authres_spf_domain(result);
        again_key_text(key, domain);
    }
}

/* What nobody believes, and is not the receiving host's own, decides nothing. */
void
identifiers_key_claims(const Report *report, GString *key)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (!header->trusted && !header->topmost_block)
            continue;
        again_key_number(key, header->trusted);
        again_key_number(key, header->topmost_block);
        again_key_number(key, header->instance);
        for (guint k = 0; k < header->results->len; k++)
            key_result(header->results->pdata[k], key);
        again_key_text(key, NULL);
    }
}

/* By d=, or by i= where the host tells no more (Gmail). */
static gboolean
names_signature(const Claim *claim, const DkimResult *signature)
{
    if (g_strcmp0(claim->domain, signature->domain) == 0)
        return TRUE;
    if (!claim->by_identity || !signature->identity)
        return FALSE;
    const char *at = strrchr(signature->identity, '@');
    g_autofree char *domain = at ? name_normalise(at + 1) : NULL;
    return g_strcmp0(claim->domain, domain) == 0;
}

/* 2: this very signature, 1: the same domain, 0: another. */
static int
match_signature(const Claim *claim, const DkimResult *signature)
{
    const char *selector = pairs_get(claim->result->properties, "header.s");

    if (!claim->domain || !names_signature(claim, signature))
        return 0;
    if (!selector || !signature->selector)
        return 1;
    return g_ascii_strcasecmp(selector, signature->selector) == 0 ? 2 : 0;
}

static guint
count_signatures(const Report *report, const char *domain)
{
    guint count = 0;

    for (guint i = 0; i < report->dkim->len; i++)
        count += g_strcmp0(((const DkimResult *)report->dkim->pdata[i])->domain, domain) == 0;
    return count;
}

/* A trusted host checked this very signature when its key was there, and says so: it names its selector, or there is but one
 * signature of that domain. What a host says about an earlier hop (ARC) is not its own check. */
static gboolean
was_passed_by_trusted(const Report *report, const DkimResult *signature, const Claims *trusted)
{
    gboolean passed = FALSE;

    for (guint i = 0; i < trusted->count; i++) {
        const Claim *claim = &trusted->of[i];
        const int match = match_signature(claim, signature);
        if (claim->header->instance != RECORD_UNSET || match == 0 ||
            (match == 1 && count_signatures(report, signature->domain) != 1))
            continue;
        if (!g_str_equal(claim->result->result, "pass"))
            return FALSE;       /* two trusted hosts that disagree prove nothing */
        passed = TRUE;
    }
    return passed;
}

static const char *
claim_for_signature(Claims *claims, const DkimResult *signature)
{
    for (int wanted = 2; wanted > 0; wanted--) {
        for (guint i = 0; i < claims->count; i++) {
            Claim *claim = &claims->of[i];
            if (claim->used || match_signature(claim, signature) != wanted)
                continue;
            claim->used = TRUE;
            return claim->result->result;
        }
    }
    return NULL;
}

/* An spf result without a domain of its own speaks of the envelope at hand. */
static const char *
claim_for_domain(Claims *claims, const char *domain)
{
    for (guint i = 0; i < claims->count; i++) {
        Claim *claim = &claims->of[i];
        if (claim->used || (claim->domain && g_strcmp0(claim->domain, domain) != 0))
            continue;
        claim->used = TRUE;
        return claim->result->result;
    }
    return NULL;
}

/* "temperror" and words that no RFC knows leave it open. */
static Tri
reported_by(const char *word)
{
    static const char *const negative[] = { "fail", "none", "softfail", "neutral", "policy",
                                            "permerror", "hardfail", NULL };

    if (g_str_equal(word, "pass"))
        return TRI_TRUE;
    return g_strv_contains(negative, word) ? TRI_FALSE : TRI_UNKNOWN;
}

static Tri
authenticated_by(int result)
{
    switch (result) {
    case RESULT_PASS:
        return TRI_TRUE;
    case RESULT_UNKNOWN:
    case RESULT_TEMPERROR:
        return TRI_UNKNOWN;
    default:
        return TRI_FALSE;
    }
}

static Identifier *
identifier_new(const char *mechanism, const char *domain)
{
    Identifier *identifier = record_new(&identifier_type);

    identifier->mechanism = mechanism;
    identifier->domain = g_strdup(domain);
    return identifier;
}

/* What we know ourselves, else what a trusted host says; never what anybody else says. */
static void
settle(Identifier *identifier, int result, int provenance, const char *trusted)
{
    identifier->authenticated = authenticated_by(result);
    identifier->basis = identifier->authenticated == TRI_UNKNOWN ? PROVENANCE_UNKNOWN : provenance;
    if (identifier->authenticated == TRI_UNKNOWN && trusted) {
        identifier->authenticated = reported_by(trusted);
        identifier->basis = PROVENANCE_REPORTED;
    }
    identifier->temporary = identifier->authenticated == TRI_UNKNOWN &&
                            (result == RESULT_TEMPERROR || g_strcmp0(trusted, "temperror") == 0);
}

/* A permerror is final for a fresh message: no key, no signature. Long afterwards it only says that the key was taken away, as
 * keys are; what counts then is what was found while it was there. By whom: a trusted host alone. Without its word the name stays
 * unproved: nobody can tell such a message from one that never had a key. */
static void
settle_gone(Identifier *identifier, const Report *report, const DkimResult *signature, const Claims *trusted)
{
    if (!signature->key_gone || !was_passed_by_trusted(report, signature, trusted))
        return;
    identifier->authenticated = TRI_TRUE;
    identifier->basis = PROVENANCE_REPORTED;
}

static void
add_spf(const Report *report, Claims *claims, Claims *trusted, GPtrArray *out)
{
    const SpfResult *spf = report->spf->mail_from;
    Identifier *identifier = identifier_new("spf", spf->domain);

    identifier->reported = g_strdup(claim_for_domain(claims, spf->domain));
    settle(identifier, spf->result, spf->provenance, claim_for_domain(trusted, spf->domain));
    g_ptr_array_add(out, identifier);
}

static void
add_signatures(const Report *report, Claims *claims, Claims *trusted, GPtrArray *out)
{
    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *signature = report->dkim->pdata[i];
        Identifier *identifier = identifier_new("dkim", signature->domain);
        identifier->signature = i;
        identifier->reported = g_strdup(claim_for_signature(claims, signature));
        settle(identifier, signature->result, signature->provenance,
               claim_for_signature(trusted, signature));
        settle_gone(identifier, report, signature, trusted);
        g_ptr_array_add(out, identifier);
    }
}

/* A reported identifier that nothing in the message answers to: the signature was removed, or
 * the envelope is another. */
static void
add_reported_only(const Claims *claims, const char *mechanism, GPtrArray *out, guint *passed_over)
{
    guint added = 0;

    for (guint i = 0; i < claims->count; i++) {
        const Claim *claim = &claims->of[i];
        if (claim->used || !claim->domain || g_str_equal(claim->result->result, "none"))
            continue;
        if (added++ >= IDENTIFIERS_REPORTED_MAX) {
            (*passed_over)++;
            continue;
        }
        Identifier *identifier = identifier_new(mechanism, claim->domain);
        identifier->reported = g_strdup(claim->result->result);
        settle(identifier, RESULT_UNKNOWN, PROVENANCE_UNKNOWN,
               claim->header->trusted ? claim->result->result : NULL);
        g_ptr_array_add(out, identifier);
    }
}

GPtrArray *
identifiers_collect(const Report *report, guint *passed_over)
{
    GPtrArray *out = g_ptr_array_new();
    Claims spf = claims_of(report, "spf", FALSE), dkim = claims_of(report, "dkim", FALSE);
    Claims spf_trusted = claims_of(report, "spf", TRUE), dkim_trusted = claims_of(report, "dkim", TRUE);

    add_spf(report, &spf, &spf_trusted, out);
    add_signatures(report, &dkim, &dkim_trusted, out);
    *passed_over = 0;
    add_reported_only(&spf, "spf", out, passed_over);
    add_reported_only(&dkim, "dkim", out, passed_over);
    claims_clear(&spf);
    claims_clear(&dkim);
    claims_clear(&spf_trusted);
    claims_clear(&dkim_trusted);
    return out;
}
