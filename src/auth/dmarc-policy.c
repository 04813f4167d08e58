/* dmarc-policy.c: discovery of the record that governs, by either RFC.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-policy.h"

#include "auth/earlier.h"
#include "auth/treewalk.h"
#include "base/name.h"
#include "base/room.h"

/* ---- what a record asks ---- */

/* 3.2.13: only NXDOMAIN means that a name does not exist. Any type will do as the question, so a second one
 * may answer where a snapshot holds only some types. */
static Tri
name_exists(const char *name, Resolver *resolver, Step *step)
{
    static const DnsType types[] = { DNS_TXT, DNS_A, DNS_MX };

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        const DnsAnswer *answer = resolver_ask(resolver, name, types[i]);
        if (dns_is_unknown(answer))
            continue;
        step_dns(step, resolver, answer);
        if (dns_is_trouble(answer))
            return TRI_UNKNOWN;
        return answer->status == DNS_NXDOMAIN ? TRI_FALSE : TRI_TRUE;
    }
    return TRI_UNKNOWN;
}

static Tri
author_exists(const DmarcPolicy *policy, const char *author, Resolver *resolver, Step *step)
{
    if (policy->assumed_exists == TRI_UNKNOWN)
        return name_exists(author, resolver, step);
    step_evidence(step, evidence_option("--author-exists"));
    return policy->assumed_exists;
}

static Policy
first_of(Policy a, Policy b)
{
    return a != POLICY_ABSENT ? a : b;
}

static const char *
one_level_less(const char *policy)
{
    if (g_str_equal(policy, "reject"))
        return "quarantine";
    return "none";
}

/* 4.10.1: p where the record is the Author Domain's own, else np or sp, falling back on the next. */
static Policy
governing(const DmarcRecord *record, gboolean own, gboolean legacy, Tri exists, const char **tag)
{
    if (!own && !legacy && exists == TRI_FALSE && record->np != POLICY_ABSENT) {
        *tag = "np";
        return record->np;
    }
    if (!own && record->sp != POLICY_ABSENT) {
        *tag = "sp";
        return record->sp;
    }
    *tag = "p";
    return record->p;
}

static gboolean
is_bad(const DmarcRecord *record, gboolean legacy)
{
    return record->p == POLICY_ABSENT || record->p == POLICY_INVALID ||
           record->sp == POLICY_INVALID || (!legacy && record->np == POLICY_INVALID);
}

/* RFC 9989's t and RFC 7489's pct make of the published policy what applies. */
static void
apply_options(DmarcPolicy *policy, const DmarcRecord *record, gboolean legacy)
{
    policy->applied = policy->published;
    if (!legacy && record->testing)
        policy->applied = one_level_less(policy->published);
    if (!legacy || record->pct == 100)
        return;
    policy->applied_sampled = one_level_less(policy->published);
    if (record->pct == 0)
        policy->applied = policy->applied_sampled;
}

static void
use_record(DmarcPolicy *policy, const DmarcRecord *record, const char *at, const char *author,
           gboolean legacy, const DmarcLog *log, Step *step)
{
    const gboolean own = g_str_equal(at, author);
    const Policy otherwise = first_of(record->sp, record->p);
    Tri exists = TRI_TRUE;

    policy->record_text = g_strdup(record->text);
    policy->record_domain = g_strdup(at);
    policy->strict_spf = record->strict_spf;
    policy->strict_dkim = record->strict_dkim;
    policy->state = DISCOVERY_FOUND;
    dmarc_note_used(log, record, at, legacy);
    if (record->repeated || (is_bad(record, legacy) && !record->has_rua)) {
        policy->state = DISCOVERY_UNUSABLE;
        return;
    }
    if (is_bad(record, legacy)) {
        policy->tag = "forced";
        policy->published = "none";
        apply_options(policy, record, legacy);
        return;
    }
    if (!own && !legacy && first_of(record->np, otherwise) != otherwise)
        exists = author_exists(policy, author, log->resolver, step);
    if (exists == TRI_UNKNOWN) {    /* no policy is named */
        dmarc_note(log, "dmarc-existence-unknown", SEVERITY_WARNING, at, author);
        return;
    }
    policy->published =
        policy_words[governing(record, own, legacy, exists, &policy->tag)];
    apply_options(policy, record, legacy);
}

/* ---- RFC 9989 ---- */

static void
find_by_walk(DmarcPolicy *policy, const char *author, const DmarcLog *log, Step *step)
{
    g_autoptr(Walk) walk = treewalk(author, log, step);
    const char *org = treewalk_org_domain(walk);
    const WalkHit *hit = treewalk_hit(walk, author);

    policy->org = g_strdup(org);
    policy->org_temporary = walk->state == FETCH_TROUBLE;
    treewalk_note_border(walk, log);
    if (!hit && org)
        hit = treewalk_hit(walk, org);
    if (!hit && org)
        hit = treewalk_psd_hit(walk);
    if (hit)
        use_record(policy, hit->record, hit->domain, author, FALSE, log, step);
    else if (walk->state == FETCH_TROUBLE)
        policy->state = DISCOVERY_TROUBLE;
    else if (walk->state == FETCH_UNKNOWN)
        policy->state = DISCOVERY_OPEN;
}

/* ---- RFC 7489 ---- */

static void
find_by_list(DmarcPolicy *policy, const char *author, const DmarcLog *log, const Psl *psl,
             Step *step)
{
    static const char *const rule = "RFC 7489, 6.6.3";
    g_autoptr(DmarcRecord) record = NULL;
    const char *at = author;

    policy->org = psl_org_domain(psl, author);
    FetchState state = dmarc_fetch(author, rule, log, step, &record);
    if (state == FETCH_NONE && !g_str_equal(policy->org, author)) {
        at = policy->org;
        state = dmarc_fetch(at, rule, log, step, &record);
    }
    policy->several = state == FETCH_SEVERAL;
    /* A record that is no valid list still ends the search here: the set was not empty (step 3). */
    if (record)
        use_record(policy, record, at, author, TRUE, log, step);
    else if (state == FETCH_TROUBLE)
        policy->state = DISCOVERY_TROUBLE;
    else if (state == FETCH_UNKNOWN)
        policy->state = DISCOVERY_OPEN;
}

static void
note_outcome(const DmarcPolicy *policy, Step *step)
{
    static const Result outcome[] = { RESULT_YES, RESULT_NONE, RESULT_NONE, RESULT_TEMPERROR,
                                      RESULT_UNKNOWN };
    g_autofree char *asked =
        policy->published ? g_strconcat(policy->tag, "=", policy->published, NULL) : NULL;

    step_arg(step, policy->record_domain ? policy->record_domain : "");
    step_arg(step, asked ? asked : "");
    step_arg(step, policy->applied ? policy->applied : "");
    step_input(step, "record", policy->record_text, PROVENANCE_RECOMPUTED);
    step_input(step, "record-domain", policy->record_domain, PROVENANCE_RECOMPUTED);
    step_input(step, "org-domain", policy->org, PROVENANCE_RECOMPUTED);
    step_decide(step, outcome[policy->state],
                policy->state == DISCOVERY_OPEN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
}

/* ---- what an earlier message found ---- */

typedef struct {
    DmarcPolicy *policy;
    GPtrArray   *queries;
} Found;

static void
found_free(gpointer data)
{
    Found *found = data;

    dmarc_policy_free(found->policy);
    g_ptr_array_unref(found->queries);
    g_free(found);
}

static DmarcPolicy *
copy_policy(const DmarcPolicy *policy)
{
    DmarcPolicy *copy = g_memdup2(policy, sizeof *policy);

    copy->record_text = g_strdup(policy->record_text);
    copy->record_domain = g_strdup(policy->record_domain);
    copy->org = g_strdup(policy->org);
    return copy;
}

static DmarcPolicy *
find_anew(const char *author, gboolean legacy, const Psl *psl, Tri assumed_exists, const DmarcLog *log, Step *step)
{
    DmarcPolicy *policy = g_new0(DmarcPolicy, 1);

    policy->state = DISCOVERY_NONE;
    policy->assumed_exists = assumed_exists;
    if (legacy)
        find_by_list(policy, author, log, psl, step);
    else
        find_by_walk(policy, author, log, step);
    return policy;
}

/* As find_anew(), kept for the next message. What there is to be said about a record belongs to each message whose policy
 * it is, and whether the author's name exists is evidence of the step itself: neither is kept. */
static DmarcPolicy *
find_and_keep(const char *key, const char *author, gboolean legacy, const Psl *psl, Tri assumed_exists,
              const DmarcLog *log, Step *step)
{
    const guint evidence = step->evidence->len;
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) notes = g_ptr_array_new();
    const DmarcLog own = { log->resolver, queries, notes };
    Earlier earlier = earlier_begin(log->resolver, step);
    DmarcPolicy *policy = find_anew(author, legacy, psl, assumed_exists, &own, step);
    Found *found = NULL;

    for (guint i = 0; i < queries->len; i++)
        dmarc_note_query(log, queries->pdata[i]);
    if (notes->len == 0 && step->evidence->len == evidence) {
        found = g_new(Found, 1);
        *found = (Found){ copy_policy(policy), g_ptr_array_ref(queries) };
    }
    earlier_end(&earlier, key, found, found_free);
    dmarc_notes_move(notes, log->notes);
    return policy;
}

/* All that is found follows from, besides DNS. */
static char *
key_of(const char *author, gboolean legacy, const Psl *psl, Tri assumed_exists)
{
    const char exists[] = { (char)('a' + assumed_exists), ' ', '\0' };
    g_autofree char *list = legacy ? room_int_text((gint64)GPOINTER_TO_SIZE(psl)) : NULL;

    return g_strconcat("policy ", exists, author, list ? " " : NULL, list, NULL);
}

DmarcPolicy *
dmarc_policy_find(const char *author, gboolean legacy, const Psl *psl, Tri assumed_exists,
                  const DmarcLog *log, Step *step)
{
    g_autofree char *key = key_of(author, legacy, psl, assumed_exists);
    const Found *found = earlier_find(log->resolver, key, step);
    DmarcPolicy *policy;

    for (guint i = 0; found && i < found->queries->len; i++)
        dmarc_note_query(log, found->queries->pdata[i]);
    if (found)
        policy = copy_policy(found->policy);
    else
        policy = find_and_keep(key, author, legacy, psl, assumed_exists, log, step);
    note_outcome(policy, step);
    return policy;
}

void
dmarc_policy_free(DmarcPolicy *policy)
{
    g_free(policy->record_text);
    g_free(policy->record_domain);
    g_free(policy->org);
    g_free(policy);
}
