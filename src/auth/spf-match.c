/* spf-match.c: the terms of SPF that compare addresses, with the DNS behind them.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-check.h"

#include <string.h>

/* ---- addresses ---- */

static gboolean
same_network(const guint8 *a, const guint8 *b, guint prefix)
{
    const guint octets = prefix / 8, bits = prefix % 8;

    if (memcmp(a, b, octets) != 0)
        return FALSE;
    return bits == 0 || ((a[octets] ^ b[octets]) >> (8 - bits)) == 0;
}

Result
spf_match_network(const SpfCheck *check, const SpfClause *clause)
{
    const gboolean four = clause->kind == SPF_IP4;

    if (check->ip_size != (four ? 4u : 16u))
        return RESULT_NO;
    return same_network(check->ip, clause->network, four ? clause->prefix4 : clause->prefix6)
               ? RESULT_YES : RESULT_NO;
}

static gboolean
answer_has_client(const SpfCheck *check, const DnsAnswer *answer, guint prefix)
{
    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        gsize size = 0;
        const guint8 *address = record->data ? g_bytes_get_data(record->data, &size) : NULL;
        if (address && size == check->ip_size && same_network(check->ip, address, prefix))
            return TRUE;
    }
    return FALSE;
}

/* Only the client's own family is asked for (5). */
Result
spf_match_address(SpfCheck *check, Step *step, const char *name, guint prefix)
{
    const DnsType type = check->ip_size == 4 ? DNS_A : DNS_AAAA;
    const DnsAnswer *answer = spf_ask(check, step, name, type);
    const Result judged = spf_judge(check, answer);

    if (judged != RESULT_YES)
        return judged;
    return answer_has_client(check, answer, prefix) ? RESULT_YES : RESULT_NO;
}

/* ---- mx ---- */

static int
by_preference(gconstpointer a, gconstpointer b)
{
    const DnsRecord *one = *(const DnsRecord *const *)a;
    const DnsRecord *two = *(const DnsRecord *const *)b;

    return (one->preference > two->preference) - (one->preference < two->preference);
}

/* 5.4: an unknown host is set aside, since another one may match. */
static Result
match_hosts(SpfCheck *check, Step *step, GPtrArray *records, guint prefix)
{
    const char *unknown = NULL;

    for (guint i = 0; i < records->len; i++) {
        g_autofree char *host = spf_name_in(records->pdata[i]);
        if (!host)
            continue;
        const Result result = spf_match_address(check, step, host, prefix);
        if (result == RESULT_UNKNOWN)
            unknown = check->reason;
        else if (result != RESULT_NO && !(unknown && result != RESULT_YES))
            return result;
    }
    return unknown ? spf_end(check, RESULT_UNKNOWN, unknown) : RESULT_NO;
}

static Result
match_mx(SpfCheck *check, Step *step, const char *name, guint prefix)
{
    const DnsAnswer *answer = spf_ask(check, step, name, DNS_MX);
    const Result judged = spf_judge(check, answer);

    if (judged != RESULT_YES)
        return judged;
    /* Before the first address is asked for, so that the verdict does not hang on the order in
     * which a server lists equal preferences. */
    if (answer->records->len > SPF_NAMES_MAX) {
        g_free(check->out->crossed);
        check->out->crossed = g_strdup(check->term);
        return spf_end(check, RESULT_PERMERROR, "too-many-mx");
    }
    g_autoptr(GPtrArray) records = g_ptr_array_new();
    for (guint i = 0; i < answer->records->len; i++)
        g_ptr_array_add(records, answer->records->pdata[i]);
    g_ptr_array_sort(records, by_preference);
    return match_hosts(check, step, records, prefix);
}

Result
spf_match_name(SpfCheck *check, Step *step, const SpfClause *clause, const char *name)
{
    const guint prefix = check->ip_size == 4 ? clause->prefix4 : clause->prefix6;

    switch (clause->kind) {
    case SPF_A:
        return spf_match_address(check, step, name, prefix);
    case SPF_MX:
        return match_mx(check, step, name, prefix);
    case SPF_PTR:
        return spf_match_ptr(check, step, name);
    case SPF_EXISTS:
        /* 5.7: always type A, whatever the client. */
        return spf_judge(check, spf_ask(check, step, name, DNS_A));
    case SPF_ALL: case SPF_INCLUDE: case SPF_IP4: case SPF_IP6: case SPF_REDIRECT: case SPF_EXP:
    case SPF_OTHER_MODIFIER:
        break;
    }
    g_return_val_if_reached(RESULT_NO);
}
