/* identifiers.c: from check results and reports to the list that DMARC compares with From.
 * SPDX-License-Identifier: MIT */
#include "auth/identifiers.h"

#include <string.h>

#include "base/name.h"
#include "headers/authres.h"

/* One reported method=result that may answer for one of our identifiers. */
typedef struct {
    const ReportedHeader *header;
    const ReportedResult *result;
    char                 *domain;
    gboolean              used;
} Claim;

static void
claim_free(gpointer data)
{
    g_free(((Claim *)data)->domain);
    g_free(data);
}

static void
take_claims(const ReportedHeader *header, const char *method, GPtrArray *claims)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (!g_str_equal(result->method, method))
            continue;
        Claim *claim = g_new0(Claim, 1);
        claim->header = header;
        claim->result = result;
        claim->domain = g_str_equal(method, "dkim") ? authres_dkim_domain(result)
                                                    : authres_spf_domain(result);
        g_ptr_array_add(claims, claim);
    }
}

/* Of the receiving host's own block, or of trusted hosts. */
static GPtrArray *
claims_of(const Report *report, const char *method, gboolean trusted)
{
    GPtrArray *claims = g_ptr_array_new_with_free_func(claim_free);

    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (trusted ? header->trusted : header->topmost_block)
            take_claims(header, method, claims);
    }
    return claims;
}

/* 2: this very signature, 1: the same domain, 0: another. */
static int
match_signature(const Claim *claim, const DkimResult *signature)
{
    const char *selector = pairs_get(claim->result->properties, "header.s");

    if (!claim->domain || g_strcmp0(claim->domain, signature->domain) != 0)
        return 0;
    if (!selector || !signature->selector)
        return 1;
    return g_ascii_strcasecmp(selector, signature->selector) == 0 ? 2 : 0;
}

static const char *
claim_for_signature(GPtrArray *claims, const DkimResult *signature)
{
    for (int wanted = 2; wanted > 0; wanted--) {
        for (guint i = 0; i < claims->len; i++) {
            Claim *claim = claims->pdata[i];
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
claim_for_domain(GPtrArray *claims, const char *domain)
{
    for (guint i = 0; i < claims->len; i++) {
        Claim *claim = claims->pdata[i];
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

    identifier->mechanism = g_strdup(mechanism);
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
}

static void
add_spf(const Report *report, GPtrArray *claims, GPtrArray *trusted, GPtrArray *out)
{
    const SpfResult *spf = report->spf->mail_from;
    Identifier *identifier = identifier_new("spf", spf->domain);

    identifier->reported = g_strdup(claim_for_domain(claims, spf->domain));
    settle(identifier, spf->result, spf->provenance, claim_for_domain(trusted, spf->domain));
    g_ptr_array_add(out, identifier);
}

static void
add_signatures(const Report *report, GPtrArray *claims, GPtrArray *trusted, GPtrArray *out)
{
    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *signature = report->dkim->pdata[i];
        Identifier *identifier = identifier_new("dkim", signature->domain);
        identifier->signature = i;
        identifier->reported = g_strdup(claim_for_signature(claims, signature));
        settle(identifier, signature->result, signature->provenance,
               claim_for_signature(trusted, signature));
        g_ptr_array_add(out, identifier);
    }
}

/* A reported identifier that nothing in the message answers to: the signature was removed, or
 * the envelope is another. */
static void
add_reported_only(const GPtrArray *claims, const char *mechanism, GPtrArray *out)
{
    for (guint i = 0; i < claims->len; i++) {
        const Claim *claim = claims->pdata[i];
        if (claim->used || !claim->domain || g_str_equal(claim->result->result, "none"))
            continue;
        Identifier *identifier = identifier_new(mechanism, claim->domain);
        identifier->reported = g_strdup(claim->result->result);
        settle(identifier, RESULT_UNKNOWN, PROVENANCE_UNKNOWN,
               claim->header->trusted ? claim->result->result : NULL);
        g_ptr_array_add(out, identifier);
    }
}

GPtrArray *
identifiers_collect(const Report *report)
{
    GPtrArray *out = g_ptr_array_new();
    g_autoptr(GPtrArray) spf = claims_of(report, "spf", FALSE);
    g_autoptr(GPtrArray) dkim = claims_of(report, "dkim", FALSE);
    g_autoptr(GPtrArray) spf_trusted = claims_of(report, "spf", TRUE);
    g_autoptr(GPtrArray) dkim_trusted = claims_of(report, "dkim", TRUE);

    add_spf(report, spf, spf_trusted, out);
    add_signatures(report, dkim, dkim_trusted, out);
    add_reported_only(spf, "spf", out);
    add_reported_only(dkim, "dkim", out);
    return out;
}

gboolean
identifier_is_temporary(const Identifier *identifier, const Report *report)
{
    if (identifier->authenticated != TRI_UNKNOWN)
        return FALSE;
    if (identifier->signature != RECORD_UNSET) {
        const DkimResult *signature = report->dkim->pdata[identifier->signature];
        return signature->result == RESULT_TEMPERROR;
    }
    return g_str_equal(identifier->mechanism, "spf") &&
           report->spf->mail_from->result == RESULT_TEMPERROR;
}
