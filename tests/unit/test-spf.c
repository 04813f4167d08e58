/* test-spf.c: check_host(), its limits, what it says when nobody knows, and its notes.
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "auth/spf.h"
#include "tree/words.h"

/* One record, or one name in trouble. MX data is "10 host". */
typedef struct {
    const char *name;
    DnsType     type;
    const char *data;       /* NULL: `status` is the answer */
    DnsStatus   status;
} Row;

typedef struct {
    const Row *rows;        /* ended by a row without name */
    DnsStatus  otherwise;   /* for every other question */
} Zone;

static GBytes *
row_data(const Row *row)
{
    guint8 address[16];

    switch (row->type) {
    case DNS_A: case DNS_AAAA: {
        const gboolean four = row->type == DNS_A;
        g_assert_cmpint(inet_pton(four ? AF_INET : AF_INET6, row->data, address), ==, 1);
        return g_bytes_new(address, four ? 4 : 16);
    }
    case DNS_MX: {
        const char *host = strchr(row->data, ' ') + 1;
        return g_bytes_new(host, strlen(host));
    }
    default:
        return g_bytes_new(row->data, strlen(row->data));
    }
}

static DnsAnswer *
zone_lookup(gpointer self, const char *name, DnsType type)
{
    const Zone *zone = self;
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->status = zone->otherwise;
    for (const Row *row = zone->rows; row->name; row++) {
        if (row->type != type || !g_str_equal(row->name, name))
            continue;
        answer->status = row->data ? DNS_NOERROR : (int)row->status;
        if (!row->data)
            continue;
        DnsRecord *record = record_new(&dns_record_type);
        record->data = row_data(row);
        record->preference = type == DNS_MX ? atoi(row->data) : RECORD_UNSET;
        g_ptr_array_add(answer->records, record);
    }
    return answer;
}

static const ResolverClass zone_class = { "test", zone_lookup, NULL };

/* A checked question, with its notes. */
typedef struct {
    SpfResult *result;
    Step      *root;
} Checked;

static Checked
check_question(const SpfQuestion *question, const Row *rows, DnsStatus otherwise)
{
    Zone zone = { rows, otherwise };
    g_autoptr(Resolver) resolver = resolver_new(&zone_class, &zone);
    Step *root = step_add(NULL, "spf", NULL, NULL);

    return (Checked) { spf_check(question, resolver, root), root };
}

static Checked
check(const char *ip, const Row *rows)
{
    const SpfQuestion question = { ip, "example.com", "user", "helo.example", NULL, 0 };

    return check_question(&question, rows, DNS_NXDOMAIN);
}

/* The same, where what is not listed is in no snapshot. */
static Checked
check_partial(const char *ip, const Row *rows)
{
    const SpfQuestion question = { ip, "example.com", "user", NULL, NULL, 0 };

    return check_question(&question, rows, DNS_NOT_IN_SNAPSHOT);
}

static void
done(Checked *checked)
{
    record_free(&spf_result_type, checked->result);
    record_free(&step_type, checked->root);
}

#define assert_result(checked, want, why) \
    do { \
        g_assert_cmpstr(result_words[(checked).result->result], ==, result_words[want]); \
        g_assert_cmpstr((checked).result->reason, ==, why); \
        g_assert_cmpint((checked).result->provenance, ==, \
                        (want) == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED); \
    } while (0)

static const Step *
child(const Step *step, guint index, const char *id, Result result)
{
    g_assert_cmpuint(step->children->len, >, index);
    const Step *found = step->children->pdata[index];
    g_assert_cmpstr(found->id, ==, id);
    g_assert_cmpstr(result_words[found->result], ==, result_words[result]);
    return found;
}

static const char *
arg(const Step *step, guint index)
{
    g_assert_cmpuint(step->args->len, >, index);
    return step->args->pdata[index];
}

static const char *
input(const Step *step, const char *name)
{
    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *one = step->inputs->pdata[i];
        if (g_str_equal(one->name, name))
            return one->value;
    }
    return NULL;
}

/* ---- results ---- */

static void
test_simple(void)
{
    static const struct {
        const char *ip, *record;
        Result      want;
        const char *why, *matched;
    } cases[] = {
        { "192.0.2.1", "v=spf1 ip4:192.0.2.0/24 -all", RESULT_PASS, "matched", "ip4:192.0.2.0/24" },
        { "198.51.100.1", "v=spf1 ip4:192.0.2.0/24 -all", RESULT_FAIL, "matched", "-all" },
        { "198.51.100.1", "v=spf1 ip4:192.0.2.0/0 -all", RESULT_PASS, "matched",
          "ip4:192.0.2.0/0" },
        { "2001:db8::2", "v=spf1 ip6:2001:db8::1 ~all", RESULT_SOFTFAIL, "matched", "~all" },
        { "2001:db8::1", "v=spf1 ip6:2001:db8::1 ~all", RESULT_PASS, "matched",
          "ip6:2001:db8::1" },
        { "2001:db8::1", "v=spf1 ip4:0.0.0.0/0", RESULT_NEUTRAL, "no-match", NULL },
        /* 5: an IPv4 client inside IPv6 is an IPv4 client. */
        { "::ffff:192.0.2.1", "v=spf1 ip6:::/0 ip4:192.0.2.1 -all", RESULT_PASS, "matched",
          "ip4:192.0.2.1" },
        { "192.0.2.1", "v=spf1 ?all", RESULT_NEUTRAL, "matched", "?all" },
        { "192.0.2.1", "v=spf1", RESULT_NEUTRAL, "no-match", NULL },
        { "192.0.2.1", "v=spf1 +all moo", RESULT_PERMERROR, "syntax", NULL },
        { "192.0.2.1", "not SPF", RESULT_NONE, "no-record", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, cases[i].record, 0 }, { NULL } };
        Checked checked = check(cases[i].ip, rows);
        assert_result(checked, cases[i].want, cases[i].why);
        g_assert_cmpstr(checked.result->matched, ==, cases[i].matched);
        done(&checked);
    }
}

static void
test_several(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 -all", 0 },
        { "example.com", DNS_TXT, "something else", 0 },
        { "example.com", DNS_TXT, "v=spf1 +all", 0 },
        { NULL }
    };
    Checked checked = check("192.0.2.1", rows);

    assert_result(checked, RESULT_PERMERROR, "several-records");
    child(child(checked.root, 0, "spf-record", RESULT_PERMERROR), 0, "spf-several",
          RESULT_PERMERROR);
    done(&checked);
}

static void
test_question(void)
{
    static const Row rows[] = { { "example.com", DNS_TXT, "v=spf1 +all", 0 },
                                { "xn--bcher-kva.example", DNS_TXT, "v=spf1 +all", 0 }, { NULL } };
    static const struct {
        const char *ip, *domain;
        Result      want;
        const char *why, *name;
    } cases[] = {
        { NULL, "example.com", RESULT_UNKNOWN, "no-ip", "example.com" },
        { "no address", "example.com", RESULT_UNKNOWN, "no-ip", "example.com" },
        { "192.0.2.1", NULL, RESULT_UNKNOWN, "no-domain", NULL },
        { "192.0.2.1", "localhost", RESULT_NONE, "bad-domain", "localhost" },
        { "192.0.2.1", "[192.0.2.1]", RESULT_NONE, "bad-domain", "[192.0.2.1]" },
        { "192.0.2.1", "192.0.2.1", RESULT_NONE, "bad-domain", "192.0.2.1" },
        { "192.0.2.1", "a..example.com", RESULT_NONE, "bad-domain", "a..example.com" },
        { "192.0.2.1", "Example.COM.", RESULT_PASS, "matched", "example.com" },
        { "192.0.2.1", "B\xC3\xBC" "cher.example", RESULT_PASS, "matched",
          "xn--bcher-kva.example" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const SpfQuestion question = { cases[i].ip, cases[i].domain, NULL, NULL, NULL, 0 };
        Checked checked = check_question(&question, rows, DNS_NXDOMAIN);
        assert_result(checked, cases[i].want, cases[i].why);
        g_assert_cmpstr(checked.result->domain, ==, cases[i].name);
        done(&checked);
    }
}

/* ---- limits (4.6.4) ---- */

static void
test_lookup_limit(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 a a a a a a a a a a a:crossed.example -all", 0 },
        { "example.com", DNS_A, "198.51.100.1", 0 },
        { "crossed.example", DNS_A, "192.0.2.1", 0 },
        { NULL }
    };
    Checked checked = check("192.0.2.1", rows);

    assert_result(checked, RESULT_PERMERROR, "too-many-lookups");
    g_assert_cmpstr(checked.result->crossed, ==, "a:crossed.example");
    g_assert_cmpint(checked.result->lookups, ==, 11);
    g_assert_cmpint(checked.result->record_lookups, ==, 11);
    done(&checked);
}

/* A match before the limit stands, though the whole record is too large. */
static void
test_match_before_limit(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 a include:many.example -all", 0 },
        { "example.com", DNS_A, "192.0.2.1", 0 },
        { "many.example", DNS_TXT, "v=spf1 a a a a a a a a a mx ptr exists:x.y ?all a a", 0 },
        { NULL }
    };
    Checked checked = check("192.0.2.1", rows);

    assert_result(checked, RESULT_PASS, "matched");
    g_assert_cmpint(checked.result->lookups, ==, 1);
    g_assert_cmpint(checked.result->record_lookups, ==, 14);
    g_assert_null(checked.result->crossed);
    done(&checked);
}

static void
test_void_limit(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 a:gone.example mx:gone.example exists:gone.example +all",
          0 },
        { NULL }
    };
    Checked checked = check("192.0.2.1", rows);

    assert_result(checked, RESULT_PERMERROR, "too-many-void-lookups");
    g_assert_cmpstr(checked.result->crossed, ==, "exists:gone.example");
    g_assert_cmpint(checked.result->void_lookups, ==, 3);
    child(checked.root, 2, "spf-mx", RESULT_NO);
    child(checked.root, 3, "spf-exists", RESULT_PERMERROR);
    child(checked.root, 4, "spf-all", RESULT_SKIPPED);
    done(&checked);
}

static void
test_loops(void)
{
    static const char *const records[] = {
        "v=spf1 include:example.com -all", "v=spf1 redirect=example.com",
        "v=spf1 include:example.com include:example.com redirect=example.com",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, records[i], 0 }, { NULL } };
        Checked checked = check("192.0.2.1", rows);
        assert_result(checked, RESULT_PERMERROR, "too-many-lookups");
        g_assert_cmpint(checked.result->record_lookups, >, 10);
        g_assert_cmpint(checked.result->record_lookups, <, 100);
        g_assert_nonnull(checked.result->crossed);
        done(&checked);
    }
}

static void
test_mx_limit(void)
{
    Row rows[14] = { { "example.com", DNS_TXT, "v=spf1 mx +all", 0 },
                     { "mail.example.com", DNS_A, "192.0.2.1", 0 } };

    for (guint i = 2; i < 12; i++)
        rows[i] = (Row) { "example.com", DNS_MX, "10 mail.example.com", 0 };
    Checked checked = check("192.0.2.1", rows);
    assert_result(checked, RESULT_PASS, "matched");
    g_assert_cmpstr(checked.result->matched, ==, "mx");
    done(&checked);
    rows[12] = rows[11];
    checked = check("192.0.2.1", rows);
    assert_result(checked, RESULT_PERMERROR, "too-many-mx");
    g_assert_cmpstr(checked.result->crossed, ==, "mx");
    done(&checked);
}

static void
test_record_lookups(void)
{
    static const struct { const char *record, *other; DnsStatus status; gint64 want; } cases[] = {
        { "v=spf1 ip4:192.0.2.1 ip6:::1 exp=x.example x=y -all", NULL, 0, 0 },
        { "v=spf1 a mx ptr exists:x.y include:other.example -all", "v=spf1 a a", 0, 7 },
        { "v=spf1 -all include:other.example redirect=other.example", "v=spf1 a a", 0, 0 },
        { "v=spf1 a redirect=other.example", "v=spf1 a a", 0, 4 },
        { "v=spf1 include:other.example", "no SPF", 0, 1 },
        { "v=spf1 +ip4:192.0.2.1 include:other.example", NULL, DNS_SERVFAIL, RECORD_UNSET },
        { "v=spf1 +ip4:192.0.2.1 include:other.example", NULL, DNS_NOT_IN_SNAPSHOT, RECORD_UNSET },
        { "v=spf1 +ip4:192.0.2.1 include:other.example", "v=spf1 moo", 0, RECORD_UNSET },
        { "v=spf1 moo", NULL, 0, RECORD_UNSET },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, cases[i].record, 0 },
                             { "other.example", DNS_TXT, cases[i].other, cases[i].status },
                             { NULL } };
        Checked checked = check("192.0.2.1", rows);
        g_assert_cmpint(checked.result->record_lookups, ==, cases[i].want);
        done(&checked);
    }
}

/* ---- trouble and ignorance ---- */

static void
test_trouble(void)
{
    static const DnsStatus troubles[] = { DNS_SERVFAIL, DNS_TIMEOUT, DNS_BOGUS };
    static const char *const records[] = {
        "v=spf1 a:bad.example +all", "v=spf1 mx:bad.example +all", "v=spf1 exists:bad.example +all",
        "v=spf1 include:bad.example +all", "v=spf1 redirect=bad.example",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(troubles); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(records); j++) {
            const Row rows[] = { { "example.com", DNS_TXT, records[j], 0 },
                                 { "bad.example", DNS_A, NULL, troubles[i] },
                                 { "bad.example", DNS_MX, NULL, troubles[i] },
                                 { "bad.example", DNS_TXT, NULL, troubles[i] }, { NULL } };
            Checked checked = check("192.0.2.1", rows);
            assert_result(checked, RESULT_TEMPERROR, "dns");
            done(&checked);
        }
}

/* An answer nobody has is neither none nor fail. */
static void
test_unknown(void)
{
    static const char *const records[] = {
        "v=spf1 a:unknown.example -all", "v=spf1 mx:unknown.example -all", "v=spf1 ptr -all",
        "v=spf1 exists:unknown.example -all", "v=spf1 include:unknown.example -all",
        "v=spf1 redirect=unknown.example", "v=spf1 exists:%{p}.example -all",
    };
    const SpfQuestion question = { "192.0.2.1", "example.com", NULL, NULL, NULL, 0 };

    for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, records[i], 0 }, { NULL } };
        Checked checked = check_partial("192.0.2.1", rows);
        assert_result(checked, RESULT_UNKNOWN, "not-in-snapshot");
        done(&checked);
        checked = check_question(&question, rows, DNS_OFFLINE);
        assert_result(checked, RESULT_UNKNOWN, "offline");
        done(&checked);
    }
    static const Row nothing[] = { { NULL } };
    Checked checked = check_question(&question, nothing, DNS_OFFLINE);
    assert_result(checked, RESULT_UNKNOWN, "offline");
    done(&checked);
}

/* What can be decided without the missing answer is decided. */
static void
test_decided_anyway(void)
{
    static const struct { const char *record; Result want; const char *why; } cases[] = {
        { "v=spf1 ip4:192.0.2.1 a:unknown.example -all", RESULT_PASS, "matched" },
        { "v=spf1 mx -all", RESULT_PASS, "matched" },      /* the second host matches */
        { "v=spf1 mx:half.example -all", RESULT_UNKNOWN, "not-in-snapshot" },
        { "v=spf1 ptr:good.example -all", RESULT_PASS, "matched" },
        { "v=spf1 ptr:elsewhere.example -all", RESULT_FAIL, "matched" },
        { "v=spf1 ptr:unknown.example -all", RESULT_UNKNOWN, "not-in-snapshot" },
        /* %{p}: any name would do, and the first one is unknown */
        { "v=spf1 exists:%{p} -all", RESULT_UNKNOWN, "not-in-snapshot" },
        { "v=spf1 exists:%{h} -all", RESULT_UNKNOWN, "no-helo" },
        { "v=spf1 include:good.example -all", RESULT_PASS, "matched" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Row rows[] = {
            { "example.com", DNS_TXT, cases[i].record, 0 },
            { "example.com", DNS_MX, "10 mx.unknown.example", 0 },
            { "example.com", DNS_MX, "20 mail.good.example", 0 },
            { "half.example", DNS_MX, "10 mx.unknown.example", 0 },
            { "half.example", DNS_MX, "20 other.example", 0 },
            { "other.example", DNS_A, "198.51.100.1", 0 },
            { "mail.good.example", DNS_A, "192.0.2.1", 0 },
            { "good.example", DNS_TXT, "v=spf1 ptr:good.example exists:unknown.example", 0 },
            { "1.2.0.192.in-addr.arpa", DNS_PTR, "mx.unknown.example", 0 },
            { "1.2.0.192.in-addr.arpa", DNS_PTR, "mail.good.example", 0 },
            { NULL }
        };
        Checked checked = check_partial("192.0.2.1", rows);
        assert_result(checked, cases[i].want, cases[i].why);
        done(&checked);
    }
}

/* %{p} prefers the domain itself, then a name below it (7.3). */
static void
test_validated_name(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 exists:%{p}.want.example -all", 0 },
        { "1.2.0.192.in-addr.arpa", DNS_PTR, "first.example", 0 },
        { "1.2.0.192.in-addr.arpa", DNS_PTR, "broken.example.com", 0 },
        { "1.2.0.192.in-addr.arpa", DNS_PTR, "Mail.Example.com.", 0 },
        { "first.example", DNS_A, "192.0.2.1", 0 },
        { "broken.example.com", DNS_A, NULL, DNS_SERVFAIL },
        { "mail.example.com", DNS_A, "192.0.2.1", 0 },
        { "mail.example.com.want.example", DNS_A, "127.0.0.2", 0 },
        { NULL }
    };
    Checked checked = check("192.0.2.1", rows);

    assert_result(checked, RESULT_PASS, "matched");
    done(&checked);
}

/* 5.4: hosts in the order of their preference, whatever the order of the answer. */
static void
test_mx_order(void)
{
    static const struct { const char *bad, *good; Result want; const char *why; } cases[] = {
        { "20 bad.example", "10 good.example", RESULT_PASS, "matched" },
        { "10 bad.example", "20 good.example", RESULT_TEMPERROR, "dns" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, "v=spf1 mx -all", 0 },
                             { "example.com", DNS_MX, cases[i].bad, 0 },
                             { "example.com", DNS_MX, cases[i].good, 0 },
                             { "bad.example", DNS_A, NULL, DNS_SERVFAIL },
                             { "good.example", DNS_A, "192.0.2.1", 0 }, { NULL } };
        Checked checked = check("192.0.2.1", rows);
        assert_result(checked, cases[i].want, cases[i].why);
        done(&checked);
    }
}

/* 5.5 and 7.3: reverse DNS in trouble is no name, and no temperror. */
static void
test_reverse_trouble(void)
{
    static const struct { const char *record, *matched; } cases[] = {
        { "v=spf1 ptr -all", "-all" },
        { "v=spf1 exists:%{p}.want.example -all", "exists:%{p}.want.example" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, cases[i].record, 0 },
                             { "1.2.0.192.in-addr.arpa", DNS_PTR, NULL, DNS_TIMEOUT },
                             { "unknown.want.example", DNS_A, "127.0.0.2", 0 }, { NULL } };
        Checked checked = check("192.0.2.1", rows);
        g_assert_cmpstr(checked.result->reason, ==, "matched");
        g_assert_cmpstr(checked.result->matched, ==, cases[i].matched);
        done(&checked);
    }
}

/* 4.6.4: names of the reverse lookup beyond the tenth are ignored, and are no error. */
static void
test_reverse_limit(void)
{
    for (guint before = 9; before <= 10; before++) {
        Row rows[16] = { { "example.com", DNS_TXT, "v=spf1 ptr:good.example -all", 0 },
                         { "good.example", DNS_A, "192.0.2.1", 0 },
                         { "other.example", DNS_A, "198.51.100.1", 0 } };
        for (guint i = 0; i < before; i++)
            rows[3 + i] = (Row) { "1.2.0.192.in-addr.arpa", DNS_PTR, "other.example", 0 };
        rows[3 + before] = (Row) { "1.2.0.192.in-addr.arpa", DNS_PTR, "good.example", 0 };
        Checked checked = check("192.0.2.1", rows);
        assert_result(checked, before < 10 ? RESULT_PASS : RESULT_FAIL, "matched");
        done(&checked);
    }
}

/* A pass or fail that includes what nobody may use: RFC 8616, 4. */
static void
test_local_part_beyond_ascii(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 +exists:%{l}.example.com ?include:%{l}.x.example -all",
          0 },
        { NULL }
    };
    const SpfQuestion question = { "192.0.2.1", "example.com", "us\xC3\xA9r", NULL, NULL, 0 };
    Checked checked = check_question(&question, rows, DNS_NXDOMAIN);

    assert_result(checked, RESULT_FAIL, "matched");
    g_assert_cmpint(checked.result->void_lookups, ==, 0);
    done(&checked);
}

/* ---- explanation (6.2) ---- */

static void
test_explanation(void)
{
    static const struct {
        const char *record, *text;
        DnsStatus   status;
        const char *want;
    } cases[] = {
        { "v=spf1 -all exp=why.example", "%{i} may not send for %{d}", 0,
          "192.0.2.1 may not send for example.com" },
        { "v=spf1 -all exp=why.example", "caf\xC3\xA9", 0, NULL },
        { "v=spf1 -all exp=why.example", "100%", 0, NULL },
        { "v=spf1 -all exp=why.example", "tab\there", 0, NULL },
        { "v=spf1 -all exp=why.example", NULL, DNS_SERVFAIL, NULL },
        { "v=spf1 -all exp=why.example", NULL, DNS_NOT_IN_SNAPSHOT, NULL },
        { "v=spf1 -all exp=gone.example", "x", 0, NULL },
        { "v=spf1 -all exp=%{h}", "x", 0, NULL },
        { "v=spf1 -all", "x", 0, NULL },
        /* %{p} finds nothing, and that is counted nowhere */
        { "v=spf1 -all exp=why.example", "%{p}", 0, "unknown" },
        { "v=spf1 include:other.example -all", "x", 0, NULL },
        { "v=spf1 redirect=other.example exp=gone.example", "%{d}", 0, "other.example" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Row rows[] = { { "example.com", DNS_TXT, cases[i].record, 0 },
                             { "other.example", DNS_TXT, "v=spf1 -all exp=why.example", 0 },
                             { "why.example", DNS_TXT, cases[i].text, cases[i].status },
                             { NULL } };
        const SpfQuestion question = { "192.0.2.1", "example.com", NULL, NULL, NULL, 0 };
        Checked checked = check_question(&question, rows, DNS_NXDOMAIN);
        assert_result(checked, RESULT_FAIL, "matched");
        g_assert_cmpstr(checked.result->explanation, ==, cases[i].want);
        g_assert_cmpint(checked.result->void_lookups, ==, 0);
        done(&checked);
    }
}

/* ---- notes ---- */

static void
test_notes(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 ip4:198.51.100.0/24 include:_spf.esp.example a mx -all",
          0 },
        { "_spf.esp.example", DNS_TXT, "v=spf1 ip4:203.0.113.1 ?all", 0 },
        { "example.com", DNS_A, "192.0.2.10", 0 },
        { NULL }
    };
    Checked checked = check("192.0.2.10", rows);

    assert_result(checked, RESULT_PASS, "matched");
    g_assert_cmpuint(checked.root->children->len, ==, 6);
    const Step *record = child(checked.root, 0, "spf-record", RESULT_YES);
    g_assert_cmpstr(arg(record, 0), ==, "example.com");
    g_assert_cmpstr(arg(record, 1), ==, rows[0].data);
    g_assert_cmpuint(record->evidence->len, ==, 1);
    const Step *four = child(checked.root, 1, "spf-ip4", RESULT_NO);
    g_assert_cmpstr(arg(four, 1), ==, "198.51.100.0/24");
    g_assert_cmpstr(four->rule, ==, "RFC 7208, 5.6");
    const Step *include = child(checked.root, 2, "spf-include", RESULT_NO);
    g_assert_true(include->folded);
    g_assert_cmpuint(include->children->len, ==, 3);
    child(include, 0, "spf-record", RESULT_YES);
    child(include, 1, "spf-ip4", RESULT_NO);
    child(include, 2, "spf-all", RESULT_YES);
    const Step *a = child(checked.root, 3, "spf-a", RESULT_YES);
    g_assert_cmpstr(arg(a, 0), ==, "a");
    g_assert_cmpstr(arg(a, 1), ==, "example.com");
    g_assert_cmpstr(arg(a, 2), ==, "192.0.2.10");
    g_assert_cmpstr(arg(a, 4), ==, "pass");
    g_assert_cmpstr(input(a, "lookups"), ==, "2 of 10");
    g_assert_cmpstr(input(a, "void-lookups"), ==, "0 of 2");
    g_assert_cmpstr(input(a, "client-ip"), ==, "192.0.2.10");
    child(checked.root, 4, "spf-mx", RESULT_SKIPPED);
    child(checked.root, 5, "spf-all", RESULT_SKIPPED);
    done(&checked);
}

static void
test_trace(void)
{
    static const Row rows[] = {
        { "example.com", DNS_TXT, "v=spf1 include:inner.example redirect=outer.example", 0 },
        { "inner.example", DNS_TXT, "v=spf1 -all", 0 },
        { "outer.example", DNS_TXT, "v=spf1 ~all", 0 },
        { NULL }
    };
    static const struct {
        const char *term, *domain;
        Result      result;
        gint64      depth, lookups;
    } want[] = {
        { "include:inner.example", "example.com", RESULT_NO, 0, 1 },
        { "-all", "inner.example", RESULT_YES, 1, 1 },
        { "redirect=outer.example", "example.com", RESULT_YES, 0, 2 },
        { "~all", "outer.example", RESULT_YES, 1, 2 },
    };
    Checked checked = check("192.0.2.1", rows);

    assert_result(checked, RESULT_SOFTFAIL, "matched");
    g_assert_cmpstr(checked.result->matched, ==, "~all");
    g_assert_cmpuint(checked.result->trace->len, ==, G_N_ELEMENTS(want));
    for (guint i = 0; i < G_N_ELEMENTS(want); i++) {
        const SpfTerm *term = checked.result->trace->pdata[i];
        g_assert_cmpstr(term->term, ==, want[i].term);
        g_assert_cmpstr(term->domain, ==, want[i].domain);
        g_assert_cmpint(term->result, ==, want[i].result);
        g_assert_cmpint(term->depth, ==, want[i].depth);
        g_assert_cmpint(term->lookups, ==, want[i].lookups);
    }
    child(child(checked.root, 2, "spf-redirect", RESULT_YES), 1, "spf-all", RESULT_YES);
    done(&checked);
}

static void
assert_worded(const Step *step)
{
    g_autofree char *title = words_title(step);
    g_autofree char *plain = words_plain(step);

    g_assert_cmpstr(title, !=, step->id);
    g_assert_cmpstr(plain, !=, "");
    g_assert_null(strchr(plain, '{'));
    for (guint i = 0; i < step->children->len; i++)
        assert_worded(step->children->pdata[i]);
}

/* Every step that a check writes has words for every outcome. */
static void
test_words(void)
{
    static const char *const records[] = {
        "v=spf1 a mx ptr ip4:1.2.3.4 ip6:::1 include:other.example exists:x.example all",
        "v=spf1 redirect=other.example", "v=spf1 -all exp=other.example",
        "v=spf1 -all exp=x.example",
        "v=spf1 include:gone.example all", "v=spf1 redirect=gone.example", "v=spf1 moo",
        "v=spf1 a:bad.example all", "v=spf1 mx:bad.example", "v=spf1 include:bad.example",
        "v=spf1 redirect=bad.example", "v=spf1 include:other.example include:two.example", "none",
        "v=spf1 exists:gone.example exists:gone.example ptr all",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(records); i++)
        for (int partial = 0; partial < 2; partial++) {
            const Row rows[] = { { "example.com", DNS_TXT, records[i], 0 },
                                 { "other.example", DNS_TXT, "v=spf1 ~all", 0 },
                                 { "two.example", DNS_TXT, "v=spf1", 0 },
                                 { "two.example", DNS_TXT, "v=spf1", 0 },
                                 { "bad.example", DNS_A, NULL, DNS_TIMEOUT },
                                 { "bad.example", DNS_MX, NULL, DNS_TIMEOUT },
                                 { "bad.example", DNS_TXT, NULL, DNS_TIMEOUT }, { NULL } };
            Checked checked = partial ? check_partial("192.0.2.1", rows) : check("192.0.2.1", rows);
            for (guint j = 0; j < checked.root->children->len; j++)
                assert_worded(checked.root->children->pdata[j]);
            done(&checked);
        }
}

/* Records as large as DNS carries, of terms without end. */
static void
test_huge(void)
{
    static const char *const terms[] = {
        " a", " ip4:1.1.1.1", " exists:%{l}%{l}.x.y", " all", " x=y", " include:example.com",
        "        ", " ptr:%{p}.%{p}.x",
    };
    g_autofree char *local = g_strnfill(60000, 'x');
    const gint64 start = g_get_monotonic_time();

    for (gsize i = 0; i < G_N_ELEMENTS(terms); i++) {
        GString *record = g_string_new("v=spf1");
        while (record->len < 65000)
            g_string_append(record, terms[i]);
        const Row rows[] = { { "example.com", DNS_TXT, record->str, 0 }, { NULL } };
        const SpfQuestion question = { "192.0.2.1", "example.com", local, local, NULL, 0 };
        Checked checked = check_question(&question, rows, DNS_NXDOMAIN);
        g_assert_cmpint(checked.result->result, !=, RESULT_UNKNOWN);
        done(&checked);
        g_string_free(record, TRUE);
    }
    g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_TIME_SPAN_SECOND);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spf/simple", test_simple);
    g_test_add_func("/spf/several", test_several);
    g_test_add_func("/spf/question", test_question);
    g_test_add_func("/spf/lookup-limit", test_lookup_limit);
    g_test_add_func("/spf/match-before-limit", test_match_before_limit);
    g_test_add_func("/spf/void-limit", test_void_limit);
    g_test_add_func("/spf/loops", test_loops);
    g_test_add_func("/spf/mx-limit", test_mx_limit);
    g_test_add_func("/spf/record-lookups", test_record_lookups);
    g_test_add_func("/spf/trouble", test_trouble);
    g_test_add_func("/spf/unknown", test_unknown);
    g_test_add_func("/spf/decided-anyway", test_decided_anyway);
    g_test_add_func("/spf/validated-name", test_validated_name);
    g_test_add_func("/spf/mx-order", test_mx_order);
    g_test_add_func("/spf/reverse-trouble", test_reverse_trouble);
    g_test_add_func("/spf/reverse-limit", test_reverse_limit);
    g_test_add_func("/spf/local-part-beyond-ascii", test_local_part_beyond_ascii);
    g_test_add_func("/spf/explanation", test_explanation);
    g_test_add_func("/spf/notes", test_notes);
    g_test_add_func("/spf/trace", test_trace);
    g_test_add_func("/spf/words", test_words);
    g_test_add_func("/spf/huge", test_huge);
    return g_test_run();
}
