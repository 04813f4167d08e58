/* faults.c: tables of known faults, each with the facts under which it shows.
 * SPDX-License-Identifier: MIT
 *
 * The faults were found in libspf2 1.2.10 and OpenDMARC 1.4.2 as Debian 12 has them. A predicate
 * asks for less than proof: the fault can show here, and what the library answered is what it would
 * then answer. Two are left out, as they cannot show: clients written as ::ffff: reach libspf2 as
 * IPv4 (ip_canonical), and libopendmarc mixes up signatures only where failing ones are stored,
 * which its milter does not do. */
#include "peers/faults.h"

#include <string.h>

#include "auth/dmarc-record.h"
#include "auth/spf-record.h"
#include "base/name.h"

typedef struct {
    const Report     *report;
    const PeerAnswer *answer;
    const Psl        *psl;      /* for DMARC */
} Facts;

typedef struct {
    const char *id;
    gboolean  (*shows)(const Facts *facts);
} Fault;

static const char *
first_fault(const Fault *table, gsize count, const Facts *facts)
{
    for (gsize i = 0; i < count; i++)
        if (table[i].shows(facts))
            return table[i].id;
    return "peer-unexplained";
}

/* ---- SPF: what our own check says ---- */

static const SpfResult *
own_spf(const Facts *facts)
{
    return facts->report->spf->mail_from;
}

static gboolean
own_reason(const Facts *facts, const char *reason)
{
    return own_spf(facts)->result == RESULT_PERMERROR &&
           g_strcmp0(own_spf(facts)->reason, reason) == 0;
}

/* Runs `test` over the terms of every SPF record that was read. */
static gboolean
any_record(const Facts *facts, gboolean (*test)(const char *text))
{
    for (guint i = 0; i < facts->report->dns->len; i++) {
        const DnsAnswer *answer = facts->report->dns->pdata[i];
        for (guint k = 0; k < answer->records->len; k++) {
            const DnsRecord *record = answer->records->pdata[k];
            gsize length = 0;
            const char *data = record->data ? g_bytes_get_data(record->data, &length) : NULL;
            if (!data || g_strcmp0(answer->type, "TXT") != 0 || !spf_record_is_ours(data, length))
                continue;
            g_autofree char *text = g_strndup(data, length);
            if (test(text))
                return TRUE;
        }
    }
    return FALSE;
}

static gboolean
has_prefix_zero(const char *text)
{
    for (const char *at = strstr(text, "/0"); at; at = strstr(at + 2, "/0"))
        if (at[2] == '\0' || at[2] == ' ' || at[2] == '/')
            return TRUE;
    return FALSE;
}

/* "%{d2}": the number of labels to keep, on which the library counts wrong. */
static gboolean
has_label_count(const char *text)
{
    for (const char *at = strstr(text, "%{"); at; at = strstr(at + 2, "%{"))
        if (at[2] && g_ascii_isdigit(at[3]))
            return TRUE;
    return FALSE;
}

static guint
count_terms(const char *text, const char *start)
{
    guint count = 0;
    g_auto(GStrv) terms = g_strsplit(text, " ", -1);

    for (char **term = terms; *term; term++)
        count += g_ascii_strncasecmp(*term + strspn(*term, "+-~?"), start, strlen(start)) == 0;
    return count;
}

static gboolean
has_many_terms(const char *text)
{
    return count_terms(text, "ip4:") >= 64;
}

/* RFC 7208, 6.1: wherever it stands, redirect= comes after all mechanisms. */
static gboolean
has_early_redirect(const char *text)
{
    g_auto(GStrv) terms = g_strsplit(text, " ", -1);
    gboolean seen = FALSE;

    for (char **term = terms; *term; term++) {
        if (g_ascii_strncasecmp(*term, "redirect=", 9) == 0)
            seen = TRUE;
        else if (seen && **term && !strchr(*term, '='))
            return TRUE;
    }
    return FALSE;
}

/* ---- SPF: the faults ---- */

static gboolean
spf_loopback(const Facts *facts)
{
    const char *ip = facts->report->envelope->client_ip->address;

    return facts->answer->result == RESULT_PASS && ip &&
           (g_str_has_prefix(ip, "127.") || g_str_equal(ip, "::1"));
}

static gboolean
spf_lookup_limit(const Facts *facts)
{
    return own_reason(facts, "too-many-lookups");
}

static gboolean
spf_void_limit(const Facts *facts)
{
    return own_reason(facts, "too-many-void-lookups");
}

static gboolean
spf_name_limit(const Facts *facts)
{
    return own_reason(facts, "too-many-mx");
}

static gboolean
spf_many_terms(const Facts *facts)
{
    return facts->answer->result == RESULT_NEUTRAL && any_record(facts, has_many_terms);
}

static gboolean
spf_prefix_zero(const Facts *facts)
{
    return facts->answer->result == RESULT_PERMERROR && any_record(facts, has_prefix_zero);
}

static gboolean
spf_bad_grammar(const Facts *facts)
{
    return own_reason(facts, "syntax");
}

static gboolean
spf_redirect_early(const Facts *facts)
{
    return any_record(facts, has_early_redirect);
}

static gboolean
spf_macro_cut(const Facts *facts)
{
    return any_record(facts, has_label_count);
}

/* RFC 7208, 4.6.4: of more than ten names of an address the rest is ignored. */
static gboolean
spf_ptr_limit(const Facts *facts)
{
    const GPtrArray *dns = facts->report->dns;

    for (guint i = 0; i < dns->len; i++) {
        const DnsAnswer *answer = dns->pdata[i];
        if (g_strcmp0(answer->type, "PTR") == 0 && answer->records->len > 10)
            return facts->answer->result == RESULT_PERMERROR;
    }
    return FALSE;
}

static gboolean
has_ptr(const char *text)
{
    return count_terms(text, "ptr") > 0;
}

/* 5.5: without an answer the mechanism does not match. */
static gboolean
spf_ptr_trouble(const Facts *facts)
{
    return facts->answer->result == RESULT_TEMPERROR && any_record(facts, has_ptr);
}

/* The verdicts are the same, the words for the sender are not. */
static gboolean
spf_exp_blanks(const Facts *facts)
{
    const char *text = own_spf(facts)->explanation;

    return facts->answer->result == own_spf(facts)->result && text && strchr(text, ' ');
}

const char *
faults_of_libspf2(const Report *report, const PeerAnswer *answer)
{
    static const Fault table[] = {
        { "peer-exp-blanks", spf_exp_blanks },       { "peer-loopback", spf_loopback },
        { "peer-lookup-limit", spf_lookup_limit },   { "peer-void-limit", spf_void_limit },
        { "peer-name-limit", spf_name_limit },       { "peer-bad-grammar", spf_bad_grammar },
        { "peer-prefix-zero", spf_prefix_zero },     { "peer-many-terms", spf_many_terms },
        { "peer-redirect-early", spf_redirect_early }, { "peer-macro-cut", spf_macro_cut },
        { "peer-ptr-limit", spf_ptr_limit },         { "peer-ptr-trouble", spf_ptr_trouble },
    };
    const Facts facts = { report, answer, NULL };

    return first_fault(table, G_N_ELEMENTS(table), &facts);
}

/* ---- DMARC ---- */

static const DmarcResult *
own_dmarc(const Facts *facts)
{
    return facts->report->dmarc->rfc7489;
}

/* It passes what by RFC 7489 nobody vouches for. */
static gboolean
passes_alone(const Facts *facts)
{
    return facts->answer->result == RESULT_PASS && own_dmarc(facts)->result != RESULT_PASS;
}

static gboolean
any_proved(const Facts *facts, gboolean (*test)(const Facts *facts, const Identifier *id))
{
    const GPtrArray *identifiers = own_dmarc(facts)->identifiers;

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *id = identifiers->pdata[i];
        if (id->domain && id->authenticated == TRI_TRUE && test(facts, id))
            return TRUE;
    }
    return FALSE;
}

static gboolean
short_first_label(const char *name)
{
    return name[0] && name[1] == '.';
}

/* Without its first label the one name begins the other, seen from the right. */
static gboolean
drops_to_kin(const Facts *facts, const Identifier *id)
{
    const char *author = facts->report->from->domain;
    const char *left = short_first_label(author) ? author + 2 : author;
    const char *right = short_first_label(id->domain) ? id->domain + 2 : id->domain;

    return (left != author || right != id->domain) &&
           (name_is_within(left, right) || name_is_within(right, left));
}

static gboolean
dmarc_first_label(const Facts *facts)
{
    return passes_alone(facts) && any_proved(facts, drops_to_kin);
}

static gboolean
is_suffix(const Facts *facts, const char *name)
{
    g_autofree char *rule = psl_rule(facts->psl, name);

    return !strchr(name, '.') || g_str_equal(rule, name);
}

static gboolean
is_suffix_of_author(const Facts *facts, const Identifier *id)
{
    const char *author = facts->report->from->domain;

    return (is_suffix(facts, id->domain) && name_is_within(author, id->domain)) ||
           (is_suffix(facts, author) && name_is_within(id->domain, author));
}

static gboolean
dmarc_public_suffix(const Facts *facts)
{
    return passes_alone(facts) && any_proved(facts, is_suffix_of_author);
}

/* RFC 7489, 3.1: strict wants the very same name; it is of the same organization only. */
static gboolean
is_strict_kin(const Facts *facts, const Identifier *id)
{
    g_autofree char *own = psl_org_domain(facts->psl, facts->report->from->domain);
    g_autofree char *other = psl_org_domain(facts->psl, id->domain);

    return g_strcmp0(id->mode, "s") == 0 && g_str_equal(own, other) &&
           !g_str_equal(id->domain, facts->report->from->domain);
}

static gboolean
dmarc_strict(const Facts *facts)
{
    return passes_alone(facts) && any_proved(facts, is_strict_kin);
}

static gboolean
dmarc_unknown_top(const Facts *facts)
{
    return facts->answer->org && !*facts->answer->org;
}

/* Its organization of From: is another: "*." and "!" rules are read as plain ones. */
static gboolean
dmarc_wildcard_rule(const Facts *facts)
{
    g_autofree char *org = psl_org_domain(facts->psl, facts->report->from->domain);

    return facts->answer->org && g_ascii_strcasecmp(facts->answer->org, org) != 0;
}

static gboolean
dmarc_refused(const Facts *facts)
{
    return facts->answer->result == RESULT_PERMERROR;
}

/* It went by a record, we did not. */
static gboolean
took_alone(const Facts *facts)
{
    return facts->answer->record && own_dmarc(facts)->result == RESULT_NONE &&
           facts->answer->result != RESULT_NONE;
}

static DmarcRecord *
record_taken(const Facts *facts)
{
    return dmarc_record_parse(facts->answer->record, strlen(facts->answer->record));
}

static gboolean
dmarc_version(const Facts *facts)
{
    if (!took_alone(facts))
        return FALSE;
    g_autoptr(DmarcRecord) record = record_taken(facts);
    return record == NULL;
}

static gboolean
dmarc_policy_word(const Facts *facts)
{
    if (!took_alone(facts))
        return FALSE;
    g_autoptr(DmarcRecord) record = record_taken(facts);
    return record && (record->p == POLICY_INVALID || record->sp == POLICY_INVALID);
}

static gboolean
dmarc_several(const Facts *facts)
{
    if (!took_alone(facts))
        return FALSE;
    g_autoptr(DmarcRecord) record = record_taken(facts);
    return record != NULL;
}

const char *
faults_of_opendmarc(const Report *report, const PeerAnswer *answer, const Psl *psl)
{
    static const Fault table[] = {
        { "peer-record-refused", dmarc_refused },   { "peer-version-anywhere", dmarc_version },
        { "peer-policy-word", dmarc_policy_word },  { "peer-several-records", dmarc_several },
        { "peer-first-label", dmarc_first_label },  { "peer-public-suffix", dmarc_public_suffix },
        { "peer-strict", dmarc_strict },            { "peer-unknown-top", dmarc_unknown_top },
        { "peer-wildcard-rule", dmarc_wildcard_rule },
    };
    const Facts facts = { report, answer, psl };

    return first_fault(table, G_N_ELEMENTS(table), &facts);
}
