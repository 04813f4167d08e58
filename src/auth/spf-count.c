/* spf-count.c: how many lookups a whole record can cost, counted without matching anything.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-check.h"

/* Ten is the limit of RFC 7208, 4.6.4; what is far beyond it need not be counted to the end. */
#define COUNT_MAX 50
#define DEPTH_MAX 10

static gboolean count_record(SpfCheck *check, const char *domain, guint depth, gint64 *count);

/* An include or redirect: what stands behind it. A name without record costs nothing more. */
static gboolean
count_behind(SpfCheck *check, const SpfClause *clause, const char *domain, guint depth,
             gint64 *count)
{
    g_autofree char *name = NULL;
    /* %{p} asks DNS; what it asks is not noted, as no verdict rests on it. */
    Step *unseen = step_add(NULL, "spf-count", NULL, NULL);
    const Result known = spf_expand_name(check, unseen, clause->target, domain, &name);

    record_free(&step_type, unseen);
    if (known == RESULT_NO || (known == RESULT_YES && !name))
        return TRUE;
    return known == RESULT_YES && count_record(check, name, depth + 1, count);
}

static gboolean
count_clause(SpfCheck *check, const SpfClause *clause, const char *domain, guint depth,
             gint64 *count)
{
    if (!spf_clause_looks_up(clause))
        return TRUE;
    ++*count;
    if (clause->kind != SPF_INCLUDE && clause->kind != SPF_REDIRECT)
        return TRUE;
    return count_behind(check, clause, domain, depth, count);
}

/* FALSE where it cannot be counted. */
static gboolean
count_record(SpfCheck *check, const char *domain, guint depth, gint64 *count)
{
    g_autoptr(SpfRecord) record = NULL;

    if (depth > DEPTH_MAX || *count > COUNT_MAX)
        return TRUE;
    const DnsAnswer *answer = resolver_ask(check->resolver, domain, DNS_TXT);
    switch (spf_fetch(answer, resolver_memo(check->resolver), &record)) {
    case SPF_FETCH_NONE:
        return depth > 0;
    case SPF_FETCH_SEVERAL:
    case SPF_FETCH_TROUBLE:
        return FALSE;
    case SPF_FETCH_OK:
        break;
    }
    if (record->fault)
        return FALSE;
    for (guint i = 0; i < record->mechanisms->len && *count <= COUNT_MAX; i++) {
        const SpfClause *clause = record->mechanisms->pdata[i];
        if (clause->kind == SPF_ALL)    /* 5.1: what follows, and redirect=, is ignored */
            return TRUE;
        if (!count_clause(check, clause, domain, depth, count))
            return FALSE;
    }
    return !record->redirect || count_clause(check, record->redirect, domain, depth, count);
}

gint64
spf_count_lookups(SpfCheck *check, const char *domain)
{
    gint64 count = 0;
    const char *reason = check->reason;
    const gboolean unlimited = check->unlimited;

    check->unlimited = TRUE;
    const gboolean counted = count_record(check, domain, 0, &count);
    check->unlimited = unlimited;
    check->reason = reason;
    return counted ? count : RECORD_UNSET;
}
