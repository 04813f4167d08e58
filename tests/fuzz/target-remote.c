/* target-remote.c: what a process that asks DNS may answer, taken over or not, as whoever checks a message reads it; and a snapshot
 * of that.
 * SPDX-License-Identifier: MIT */
#include "dns/remote.h"

#include <stdio.h>
#include <string.h>

#include "base/name.h"
#include "dns/snapshot-writer.h"
#include "dns/wire.h"
#include "fuzz.h"

enum { ANSWERS_MAX = 6, RECORDS_MAX = 8 };

static const char *const names[] = { "example.com", "_dmarc.example.com", "a\\\";(@$\x7f'.example.com" };
/* Those that checks ask for. */
static const DnsType types[] = { DNS_TXT, DNS_A, DNS_AAAA, DNS_MX, DNS_PTR };

typedef struct {
    FuzzPart   rest;
    const char *name;       /* what is asked */
    DnsType    type;
    DnsAnswer *said;        /* what the process said, where it keeps to the format; else NULL */
} Run;

static guint8
next_byte(FuzzPart *rest)
{
    if (!rest->length)
        return 0;
    rest->length--;
    return (guint8)*rest->bytes++;
}

static FuzzPart
next_bytes(FuzzPart *rest, gsize length)
{
    const FuzzPart part = { rest->bytes, MIN(length, rest->length) };

    rest->bytes += part.length;
    rest->length -= part.length;
    return part;
}

/* ---- the process that asks ---- */

/* Octets of its own for each record; all else that an answer has, by a few bytes. */
static DnsAnswer *
make_answer(Run *run)
{
    static const char *const words[] = { "unknown", "secure", "insecure", "bogus" };
    static const gint64 ttls[] = { 300, 0, RECORD_UNSET, -5, G_MAXINT64, G_MAXUINT32 };
    const guint8 status = next_byte(&run->rest), more = next_byte(&run->rest);
    DnsAnswer *answer = wire_answer_new((DnsStatus)(status % 8), "server", status & 8 ? "a\x1b[2J" : NULL);

    answer->name = g_strdup(status & 16 ? "other.example.com" : run->name);
    answer->type = g_strdup(status & 32 ? "SPF" : dns_type_word(run->type));
    answer->beside = (status & 64) != 0;
    answer->ttl = ttls[more / 4 % G_N_ELEMENTS(ttls)];
    g_free(answer->dnssec);
    answer->dnssec = g_strdup(words[more % 4]);
    for (guint i = 0; i < more / 32u % RECORDS_MAX; i++) {
        DnsRecord *record = record_new(&dns_record_type);
        record->data = fuzz_bytes(next_bytes(&run->rest, next_byte(&run->rest)));
        g_ptr_array_add(answer->records, record);
    }
    return answer;
}

static GBytes *
ask(GBytes *bytes, gpointer data)
{
    Run *run = data;
    DnsQuestion question;

    FUZZ_REQUIRE(wire_read_question(bytes, &question));
    FUZZ_REQUIRE(g_str_equal(question.name, run->name) && question.type == run->type);
    g_free(question.name);
    const guint8 how = next_byte(&run->rest);
    if (how % 8 == 7)
        return how & 8 ? NULL : fuzz_bytes(next_bytes(&run->rest, next_byte(&run->rest)));
    run->said = make_answer(run);
    return wire_answer(run->said);
}

/* ---- what may come of it ---- */

/* The strings of a TXT record one behind the other (RFC 1035, 3.3.14). NULL: that is none. */
static GString *
model_text(GBytes *rdata)
{
    gsize length;
    const guint8 *octets = g_bytes_get_data(rdata, &length);
    GString *text = g_string_new(NULL);

    for (gsize at = 0; at < length; at += (gsize)octets[at] + 1) {
        if (octets[at] >= length - at) {
            g_string_free(text, TRUE);
            return NULL;
        }
        g_string_append_len(text, (const char *)octets + at + 1, octets[at]);
    }
    return text;
}

/* A name or, where it has none that can be written, its octets. */
static void
check_target(GBytes *data)
{
    gsize length;
    const char *octets = g_bytes_get_data(data, &length);
    g_autofree char *text = g_strndup(octets ? octets : "", length);
    g_autofree char *again = name_normalise(text);

    FUZZ_REQUIRE(length > 0 && (g_strcmp0(again, text) == 0 || octets[length - 1] == '\0'));
}

/* FALSE: such octets are no record of that type. */
static gboolean
check_record(DnsType type, GBytes *rdata, const DnsRecord *record)
{
    const gsize length = g_bytes_get_size(rdata);
    g_autoptr(GString) text = type == DNS_TXT ? model_text(rdata) : NULL;

    switch (type) {
    case DNS_TXT:
        if (text && record)
            FUZZ_REQUIRE(g_bytes_get_size(record->data) == text->len &&
                         (!text->len || !memcmp(g_bytes_get_data(record->data, NULL), text->str, text->len)));
        return text != NULL;
    case DNS_A:
    case DNS_AAAA:
        if (record)
            FUZZ_REQUIRE(g_bytes_equal(record->data, rdata));
        return length == (type == DNS_A ? 4 : 16);
    case DNS_MX:
        if (record)
            FUZZ_REQUIRE(record->preference >= 0 && record->preference <= G_MAXUINT16);
        G_GNUC_FALLTHROUGH;
    default:
        if (record)
            check_target(record->data);
        return TRUE;
    }
}

/* What it said of another name, of a status that no network has, or of records that are none, is no answer. */
static void
check_said(const Run *run, const DnsAnswer *answer)
{
    const DnsAnswer *said = run->said;
    gboolean sound = TRUE;

    if (answer->status != DNS_NOERROR)
        return;
    FUZZ_REQUIRE(said->status == DNS_NOERROR && !said->beside && said->records->len == answer->records->len);
    FUZZ_REQUIRE(g_str_equal(said->name, run->name) && g_str_equal(said->type, dns_type_word(run->type)));
    FUZZ_REQUIRE(!g_str_equal(said->dnssec, "bogus"));
    for (guint i = 0; i < said->records->len; i++)
        sound = check_record(run->type, ((const DnsRecord *)said->records->pdata[i])->data, answer->records->pdata[i]) && sound;
    FUZZ_REQUIRE(sound);
}

static void
check_answer(const Run *run, const DnsAnswer *answer)
{
    static const char *const words[] = { "unknown", "secure", "insecure", "bogus", NULL };

    FUZZ_REQUIRE(g_str_equal(answer->name, run->name) && g_str_equal(answer->type, dns_type_word(run->type)));
    FUZZ_REQUIRE(answer->status != DNS_NOT_IN_SNAPSHOT && !answer->beside && g_strv_contains(words, answer->dnssec));
    FUZZ_REQUIRE((answer->status == DNS_NOERROR) == (answer->records->len > 0));
    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        FUZZ_REQUIRE(record->data && record->text && !strpbrk(record->text, "\r\n\x1b"));
    }
    if (run->said)
        check_said(run, answer);
}

/* ---- the same, saved ---- */

static gboolean
holds(const DnsAnswer *answer, GBytes *data)
{
    for (guint i = 0; i < answer->records->len; i++)
        if (g_bytes_equal(((const DnsRecord *)answer->records->pdata[i])->data, data))
            return TRUE;
    return FALSE;
}

static void
check_same(const DnsAnswer *live, const DnsAnswer *saved)
{
    FUZZ_REQUIRE(saved->status == live->status);
    for (guint i = 0; i < live->records->len; i++)
        FUZZ_REQUIRE(holds(saved, ((const DnsRecord *)live->records->pdata[i])->data));
    for (guint i = 0; i < saved->records->len; i++)
        FUZZ_REQUIRE(holds(live, ((const DnsRecord *)saved->records->pdata[i])->data));
}

/* A name that is not there and has records of another type is none that a network has: of that a file says one thing only. */
static gboolean
is_plain(const GPtrArray *log)
{
    for (guint i = 0; i < log->len; i++)
        if (((const DnsAnswer *)log->pdata[i])->status == DNS_NXDOMAIN)
            return FALSE;
    return TRUE;
}

static void
check_snapshot(const GPtrArray *log)
{
    g_autofree char *text = snapshot_text(log, 1795305600);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    g_autoptr(Resolver) saved = resolver_snapshot_bytes(bytes, "live.dns", &error);

    if (!saved)
        fprintf(stderr, "%s\n%s", error->message, text);
    FUZZ_REQUIRE(saved && !error);
    for (guint i = 0; i < log->len && is_plain(log); i++) {
        const DnsAnswer *live = log->pdata[i];
        if (!dns_is_unknown(live))
            check_same(live, resolver_ask(saved, live->name, dns_type_of(live->type)));
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    Run run = { .rest = fuzz_whole(data, size) };
    const RemoteDoor door = { .ask = ask, .data = &run, .source = "server" };
    g_autoptr(Resolver) resolver = resolver_remote(&door);

    for (guint i = 0; i < ANSWERS_MAX && run.rest.length > 0; i++) {
        const guint8 what = next_byte(&run.rest);
        run.name = names[what % G_N_ELEMENTS(names)];
        run.type = types[what / 3 % G_N_ELEMENTS(types)];
        const guint before = resolver_log(resolver)->len;
        const DnsAnswer *answer = resolver_ask(resolver, run.name, run.type);
        if (resolver_log(resolver)->len > before)
            check_answer(&run, answer);
        if (run.said)
            record_free(&dns_answer_type, run.said);
        run.said = NULL;
    }
    check_snapshot(resolver_log(resolver));
    return 0;
}
