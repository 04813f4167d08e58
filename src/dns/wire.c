/* wire.c: questions and answers, written and read with care.
 * SPDX-License-Identifier: MIT */
#include "dns/wire.h"

#include <string.h>

#include "dns/rrdata.h"

/* ---- questions: two numbers in network order, then the name ---- */

#define HEAD 6

gboolean
wire_can_ask(const char *name)
{
    return *name && strlen(name) <= WIRE_NAME_MAX;
}

GBytes *
wire_question(guint32 message, const char *name, DnsType type)
{
    const guint32 number = GUINT32_TO_BE(message);
    const guint16 kind = GUINT16_TO_BE((guint16)type);
    const gsize length = strlen(name);
    guint8 *out = g_malloc(HEAD + length);

    memcpy(out, &number, sizeof number);
    memcpy(out + sizeof number, &kind, sizeof kind);
    memcpy(out + HEAD, name, length);
    return g_bytes_new_take(out, HEAD + length);
}

guint32
wire_message(GBytes *bytes)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    guint32 number = 0;

    if (length >= sizeof number)
        memcpy(&number, data, sizeof number);
    return GUINT32_FROM_BE(number);
}

gboolean
wire_read_question(GBytes *bytes, DnsQuestion *question)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    guint16 kind;

    if (length <= HEAD || length > HEAD + WIRE_NAME_MAX || memchr(data + HEAD, 0, length - HEAD))
        return FALSE;
    memcpy(&kind, data + sizeof(guint32), sizeof kind);
    const DnsType type = (DnsType)GUINT16_FROM_BE(kind);
    if (type == 0 || dns_type_of(dns_type_word(type)) != type)
        return FALSE;
    *question = (DnsQuestion){ wire_message(bytes), type,
                               g_strndup((const char *)data + HEAD, length - HEAD) };
    return TRUE;
}

/* ---- answers ---- */

DnsAnswer *
wire_answer_new(DnsStatus status, const char *source, const char *why)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->status = (int)status;
    answer->source = g_strdup(source);
    answer->dnssec = g_strdup("unknown");
    answer->why = g_strdup(why);
    return answer;
}

GBytes *
wire_answer(const DnsAnswer *answer)
{
    GBytes *bytes = record_save(&dns_answer_type, answer);

    if (g_bytes_get_size(bytes) <= WIRE_ANSWER_MAX)
        return bytes;
    g_bytes_unref(bytes);
    DnsAnswer *none = wire_answer_new(DNS_SERVFAIL, answer->source, NULL);
    bytes = record_save(&dns_answer_type, none);
    record_free(&dns_answer_type, none);
    return bytes;
}

/* The rdata of each gives way to what checks read. FALSE where one does not fit its type. */
static gboolean
read_records(DnsAnswer *answer, DnsType type)
{
    for (guint i = 0; i < answer->records->len; i++) {
        DnsRecord *raw = answer->records->pdata[i];
        gsize length = 0;
        const void *data = raw->data ? g_bytes_get_data(raw->data, &length) : NULL;
        DnsRecord *record = data ? rrdata_record_wire(type, data, length) : NULL;
        if (!record)
            return FALSE;
        record_free(&dns_record_type, raw);
        answer->records->pdata[i] = record;
    }
    return TRUE;
}

static void
drop_records(DnsAnswer *answer)
{
    for (guint i = 0; i < answer->records->len; i++)
        record_free(&dns_record_type, answer->records->pdata[i]);
    g_ptr_array_set_size(answer->records, 0);
    answer->ttl = RECORD_UNSET;
}

/* What is no TTL counts as none (RFC 2181, 8): a snapshot with it could not be read. */
static void
check_ttl(DnsAnswer *answer)
{
    if (answer->ttl != RECORD_UNSET && (answer->ttl < 0 || answer->ttl > G_MAXINT32))
        answer->ttl = 0;
}

/* A status that a network gives, the words of dnssec that go with it, texts of a sane length. */
static gboolean
is_sane(const DnsAnswer *answer)
{
    static const char *const words[] = { "unknown", "secure", "insecure", "bogus", NULL };
    const gboolean bogus = answer->status == DNS_BOGUS;

    return answer->status != DNS_NOT_IN_SNAPSHOT && !answer->beside && answer->source &&
           strlen(answer->source) <= WIRE_NAME_MAX && answer->dnssec &&
           g_strv_contains(words, answer->dnssec) &&
           g_str_equal(answer->dnssec, "bogus") == bogus &&
           (!answer->why || strlen(answer->why) <= WIRE_WHY_MAX) &&
           (answer->status == DNS_NOERROR || answer->records->len == 0 || bogus);
}

DnsAnswer *
wire_read_answer(GBytes *bytes, const char *name, DnsType type)
{
    DnsAnswer *answer = g_bytes_get_size(bytes) <= WIRE_ANSWER_MAX
                            ? record_load(&dns_answer_type, bytes) : NULL;

    if (!answer)
        return NULL;
    /* Nobody knew the question where nothing was asked. */
    const gboolean named = answer->name && answer->type && g_str_equal(answer->name, name) &&
                           g_str_equal(answer->type, dns_type_word(type));
    if (!is_sane(answer) || (!named && answer->status != DNS_OFFLINE &&
                             answer->status != DNS_TIMEOUT)) {
        record_free(&dns_answer_type, answer);
        return NULL;
    }
    check_ttl(answer);
    if (answer->status != DNS_NOERROR) {
        drop_records(answer);       /* what is bogus is never used */
    } else if (answer->records->len == 0) {
        answer->status = DNS_NODATA;
    } else if (!read_records(answer, type)) {
        drop_records(answer);
        answer->status = DNS_SERVFAIL;
    }
    return answer;
}
