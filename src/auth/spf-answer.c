/* spf-answer.c: what a DNS answer means for an SPF check.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-check.h"

#include <string.h>

Result
spf_end(SpfCheck *check, Result result, const char *reason)
{
    check->reason = reason;
    return result;
}

static const char *
reason_of(const DnsAnswer *answer)
{
    if (answer->status == DNS_OFFLINE)
        return "offline";
    return dns_is_unknown(answer) ? "not-in-snapshot" : "dns";
}

/* RFC 7208, 4.6.4: the third void answer is one too many, whichever term asks. */
static Result
count_void(SpfCheck *check)
{
    if (check->unlimited || ++check->out->void_lookups <= SPF_VOIDS_MAX)
        return RESULT_NO;
    g_free(check->out->crossed);
    check->out->crossed = g_strdup(check->term);
    return spf_end(check, RESULT_PERMERROR, "too-many-void-lookups");
}

Result
spf_judge(SpfCheck *check, const DnsAnswer *answer)
{
    if (dns_is_unknown(answer))
        return spf_end(check, RESULT_UNKNOWN, reason_of(answer));
    if (dns_is_trouble(answer))
        return spf_end(check, RESULT_TEMPERROR, reason_of(answer));
    return dns_is_void(answer) ? count_void(check) : RESULT_YES;
}

const DnsAnswer *
spf_ask(SpfCheck *check, Step *step, const char *name, DnsType type)
{
    const DnsAnswer *answer = resolver_ask(check->resolver, name, type);

    step_dns(step, check->resolver, answer);
    return answer;
}

static gboolean
is_ours(const DnsRecord *record)
{
    gsize length = 0;
    const char *bytes = record->data ? g_bytes_get_data(record->data, &length) : NULL;

    return bytes && spf_record_is_ours(bytes, length);
}

SpfFetch
spf_fetch(const DnsAnswer *answer, Memo *memo, SpfRecord **found)
{
    const DnsRecord *chosen = NULL;

    if (dns_is_unknown(answer) || dns_is_trouble(answer))
        return SPF_FETCH_TROUBLE;
    for (guint i = 0; i < answer->records->len; i++) {
        if (!is_ours(answer->records->pdata[i]))
            continue;
        if (chosen)
            return SPF_FETCH_SEVERAL;
        chosen = answer->records->pdata[i];
    }
    if (!chosen)
        return SPF_FETCH_NONE;
    *found = spf_record_of(memo, chosen->data);
    return SPF_FETCH_OK;
}

/* The name that a record's data holds, or NULL when it is none (the null MX of RFC 7505). */
char *
spf_name_in(const DnsRecord *record)
{
    gsize length = 0;
    const char *data = record->data ? g_bytes_get_data(record->data, &length) : NULL;

    if (!data || memchr(data, '\0', length))
        return NULL;
    g_autofree char *text = g_strndup(data, length);
    return spf_macro_name(text);
}
