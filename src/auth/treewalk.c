/* treewalk.c: which names are asked for DMARC records, and what follows.
 * SPDX-License-Identifier: MIT */
#include "auth/treewalk.h"

#include <string.h>

#include "base/name.h"

/* 4.10: names of more labels skip to this many after the first question. */
#define WALK_LABELS 7

/* The DMARC records among the TXT records. */
static GPtrArray *
dmarc_records(const DnsAnswer *answer, Memo *memo)
{
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)dmarc_record_free);

    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *txt = answer->records->pdata[i];
        DmarcRecord *record = dmarc_record_of(memo, txt->data);
        if (record)
            g_ptr_array_add(found, record);
    }
    return found;
}

static FetchState
judge(const DnsAnswer *answer, Memo *memo, Step *step, DmarcRecord **record)
{
    if (dns_is_unknown(answer)) {
        step_decide(step, RESULT_UNKNOWN, PROVENANCE_UNKNOWN);
        return FETCH_UNKNOWN;
    }
    if (dns_is_trouble(answer)) {
        step_decide(step, RESULT_TEMPERROR, PROVENANCE_RECOMPUTED);
        return FETCH_TROUBLE;
    }
    g_autoptr(GPtrArray) found = dmarc_records(answer, memo);
    step_decide(step, found->len == 1 ? RESULT_YES : RESULT_NONE, PROVENANCE_RECOMPUTED);
    if (found->len > 1) {
        step_arg(step, "dmarc-several-records");
        return FETCH_SEVERAL;
    }
    if (found->len == 0)
        return FETCH_NONE;
    *record = g_ptr_array_steal_index(found, 0);
    step_arg(step, (*record)->text);
    if (!(*record)->repeated)
        return FETCH_FOUND;
    step_decide(step, RESULT_PERMERROR, PROVENANCE_RECOMPUTED);
    return FETCH_INVALID;
}

FetchState
dmarc_fetch(const char *domain, const char *rule, const DmarcLog *log, Step *parent,
            DmarcRecord **record)
{
    g_autofree char *wanted = g_strconcat("_dmarc.", domain, NULL);
    g_autofree char *name = name_normalise(wanted);
    Step *step = step_add(parent, "policy-query", rule, wanted, NULL);

    *record = NULL;
    if (!name) {    /* longer than a DNS name can be: nothing can stand there */
        step_decide(step, RESULT_SKIPPED, PROVENANCE_RECOMPUTED);
        return FETCH_NONE;
    }
    dmarc_note_query(log, name);
    const DnsAnswer *answer = resolver_ask(log->resolver, name, DNS_TXT);
    step_dns(step, log->resolver, answer);
    const FetchState state = judge(answer, resolver_memo(log->resolver), step, record);
    if (*record)
        dmarc_note_found(log, *record, domain);
    if (state == FETCH_SEVERAL)
        dmarc_note(log, "dmarc-several-records", SEVERITY_WARNING, domain, NULL);
    return state;
}

static void
hit_free(gpointer data)
{
    WalkHit *hit = data;

    g_free(hit->domain);
    dmarc_record_free(hit->record);
    g_free(hit);
}

static const char *
next_target(const char *domain)
{
    return name_labels(domain) > WALK_LABELS + 1 ? name_tail(domain, WALK_LABELS)
                                                 : name_parent(domain);
}

Walk *
treewalk(const char *domain, const DmarcLog *log, Step *parent)
{
    Walk *walk = g_new0(Walk, 1);

    walk->start = g_strdup(domain);
    walk->hits = g_ptr_array_new_with_free_func(hit_free);
    walk->state = FETCH_NONE;
    for (const char *target = domain; target; target = next_target(target)) {
        DmarcRecord *record = NULL;
        const FetchState state = dmarc_fetch(target, "RFC 9989, 4.10", log, parent, &record);
        if (state == FETCH_TROUBLE || state == FETCH_UNKNOWN) {
            walk->state = state;
            walk->stopped = g_strdup(target);
            break;
        }
        if (state != FETCH_FOUND) {
            dmarc_record_free(record);
            continue;
        }
        WalkHit *hit = g_new0(WalkHit, 1);
        hit->domain = g_strdup(target);
        hit->record = record;
        g_ptr_array_add(walk->hits, hit);
        if (record->psd != 'u')
            break;
    }
    return walk;
}

void
treewalk_free(Walk *walk)
{
    if (!walk)
        return;
    g_free(walk->start);
    g_free(walk->stopped);
    g_ptr_array_unref(walk->hits);
    g_free(walk);
}

/* The name one label longer than `above` on the way up from `start`. */
static const char *
one_below(const char *start, const char *above)
{
    return name_tail(start, name_labels(above) + 1);
}

const char *
treewalk_org_domain(const Walk *walk)
{
    if (walk->state != FETCH_NONE)
        return NULL;
    for (guint i = 0; i < walk->hits->len; i++) {
        const WalkHit *hit = walk->hits->pdata[i];
        if (hit->record->psd == 'n')
            return hit->domain;
        if (hit->record->psd == 'y' && !g_str_equal(hit->domain, walk->start))
            return one_below(walk->start, hit->domain);
    }
    if (walk->hits->len == 0)
        return walk->start;
    return ((const WalkHit *)walk->hits->pdata[walk->hits->len - 1])->domain;
}

const WalkHit *
treewalk_hit(const Walk *walk, const char *domain)
{
    for (guint i = 0; i < walk->hits->len; i++) {
        const WalkHit *hit = walk->hits->pdata[i];
        if (g_str_equal(hit->domain, domain))
            return hit;
    }
    return NULL;
}

const WalkHit *
treewalk_psd_hit(const Walk *walk)
{
    for (guint i = 0; i < walk->hits->len; i++) {
        const WalkHit *hit = walk->hits->pdata[i];
        if (hit->record->psd == 'y')
            return hit;
    }
    return NULL;
}

void
treewalk_note_border(const Walk *walk, const DmarcLog *log)
{
    const WalkHit *last = walk->hits->len > 0 ? walk->hits->pdata[walk->hits->len - 1] : NULL;

    if (last && last->record->psd != 'u')
        dmarc_note(log, "psd-walk", SEVERITY_INFO, last->domain, NULL);
}
