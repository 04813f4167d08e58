/* test-snapshot-writer.c: what is written is read again as it was.
 * SPDX-License-Identifier: MIT */
#include "dns/snapshot-writer.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dns/resolver.h"
#include "dns/rrdata.h"

static const struct {
    const char *name;
    DnsType     type;
    DnsStatus   status;
    const char *dnssec;
    const char *data[3];        /* octets of the records, a dot for a NUL */
    gsize       length[2];
} cases[] = {
    { "example.com", DNS_TXT, DNS_NOERROR, "secure", { "\4ab\"c\2;!", "\3a\\\n" }, { 8, 4 } },
    { "example.com", DNS_A, DNS_NOERROR, "insecure", { "\300\0\2\1" }, { 4 } },
    { "example.com", DNS_AAAA, DNS_NODATA, "secure", { NULL }, { 0 } },
    { "ghost.example.com", DNS_TXT, DNS_NXDOMAIN, "secure", { NULL }, { 0 } },
    { "ghost.example.com", DNS_A, DNS_NODATA, "secure", { NULL }, { 0 } },
    { "broken.example.com", DNS_TXT, DNS_SERVFAIL, "unknown", { NULL }, { 0 } },
    { "slow.example.com", DNS_MX, DNS_TIMEOUT, "unknown", { NULL }, { 0 } },
    { "forged.example.com", DNS_TXT, DNS_BOGUS, "bogus", { NULL }, { 0 } },
    { "*.example.com", DNS_TXT, DNS_NOERROR, "unknown", { "\1x" }, { 2 } },
    { "a b;c\"d(e)f\\g@h$i.example.com", DNS_A, DNS_NXDOMAIN, "insecure", { NULL }, { 0 } },
    { ";! complete", DNS_A, DNS_NXDOMAIN, "insecure", { NULL }, { 0 } },
    { "null.example.com", DNS_MX, DNS_NOERROR, "insecure", { "\0\0\0" }, { 3 } },
    { "empty.example.com", DNS_TXT, DNS_NOERROR, "secure", { "\0" }, { 1 } },
    { "1.2.0.192.in-addr.arpa", DNS_PTR, DNS_NOERROR, "insecure", { "\1a\0" }, { 3 } },
    /* A name of a name, which ldns writes without marking what begins a string. */
    { "odd.example.com", DNS_MX, DNS_NOERROR, "insecure", { "\0\1\4a\";(\2\\@\0" }, { 11 } },
    { "2.2.0.192.in-addr.arpa", DNS_PTR, DNS_NOERROR, "insecure", { "\1\"\0" }, { 3 } },
};

static DnsAnswer *
answer_new(gsize i)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->name = g_strdup(cases[i].name);
    answer->type = g_strdup(dns_type_word(cases[i].type));
    answer->status = (int)cases[i].status;
    answer->dnssec = g_strdup(cases[i].dnssec);
    answer->ttl = cases[i].status == DNS_NOERROR ? 7 + (gint64)i : RECORD_UNSET;
    for (gsize j = 0; cases[i].data[j]; j++)
        g_ptr_array_add(answer->records, rrdata_record_wire(cases[i].type, cases[i].data[j],
                                                            cases[i].length[j]));
    return answer;
}

static GPtrArray *
all_answers(void)
{
    GPtrArray *answers = g_ptr_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_ptr_array_add(answers, answer_new(i));
    return answers;
}

static void
free_answers(GPtrArray *answers)
{
    for (guint i = 0; i < answers->len; i++)
        record_free(&dns_answer_type, answers->pdata[i]);
    g_ptr_array_unref(answers);
}

static Resolver *
read_text(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("snapshot-XXXXXX", &path, &error);

    g_assert_no_error(error);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    const char *const paths[] = { path, NULL };
    Resolver *resolver = resolver_snapshot(paths, FALSE, &error);
    g_unlink(path);
    g_assert_no_error(error);
    return resolver;
}

static void
test_round_trip(void)
{
    GPtrArray *answers = all_answers();
    g_autofree char *text = snapshot_text(answers, 1795233600);
    g_autoptr(Resolver) resolver = read_text(text);

    g_assert_true(g_str_has_prefix(text, ";! snapshot 1\n;! taken 2026-11-21T"));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const DnsAnswer *wanted = answers->pdata[i];
        const DnsAnswer *got = resolver_ask(resolver, cases[i].name, cases[i].type);
        g_assert_cmpint(got->status, ==, wanted->status);
        g_assert_cmpint(got->ttl, ==, wanted->ttl);
        g_assert_cmpuint(got->records->len, ==, wanted->records->len);
        for (guint j = 0; j < got->records->len; j++)
            g_assert_true(record_equal(&dns_record_type, got->records->pdata[j],
                                       wanted->records->pdata[j]));
    }
    /* Nobody asked for these. */
    g_assert_cmpint(resolver_ask(resolver, "example.com", DNS_MX)->status, ==, DNS_NOT_IN_SNAPSHOT);
    g_assert_cmpint(resolver_ask(resolver, "example.net", DNS_A)->status, ==, DNS_NOT_IN_SNAPSHOT);
    free_answers(answers);
}

/* Where the types of one name differ, the weaker word holds; bogus stays. */
static void
test_dnssec(void)
{
    GPtrArray *answers = all_answers();
    g_autofree char *text = snapshot_text(answers, 0);
    g_autoptr(Resolver) resolver = read_text(text);

    g_assert_cmpstr(resolver_ask(resolver, "example.com", DNS_TXT)->dnssec, ==, "insecure");
    g_assert_cmpstr(resolver_ask(resolver, "ghost.example.com", DNS_TXT)->dnssec, ==, "secure");
    g_assert_cmpstr(resolver_ask(resolver, "forged.example.com", DNS_TXT)->dnssec, ==, "bogus");
    g_assert_cmpstr(resolver_ask(resolver, "broken.example.com", DNS_TXT)->dnssec, ==, "unknown");
    free_answers(answers);
}

/* Of two messages' answers to one question: trouble gives way; what nobody knows is left out. */
static void
test_twice(void)
{
    static const struct { DnsStatus first, second, want; } pairs[] = {
        { DNS_TIMEOUT, DNS_NXDOMAIN, DNS_NXDOMAIN },
        { DNS_NXDOMAIN, DNS_TIMEOUT, DNS_NXDOMAIN },
        { DNS_SERVFAIL, DNS_OFFLINE, DNS_SERVFAIL },
        { DNS_OFFLINE, DNS_NODATA, DNS_NODATA },
        { DNS_OFFLINE, DNS_OFFLINE, DNS_NOT_IN_SNAPSHOT },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        GPtrArray *answers = g_ptr_array_new();
        for (int j = 0; j < 2; j++) {
            DnsAnswer *answer = record_new(&dns_answer_type);
            answer->name = g_strdup(j == 0 ? "Example.com" : "example.com");
            answer->type = g_strdup("TXT");
            answer->status = (int)(j == 0 ? pairs[i].first : pairs[i].second);
            g_ptr_array_add(answers, answer);
        }
        g_autofree char *text = snapshot_text(answers, 0);
        g_autoptr(Resolver) resolver = read_text(text);
        g_assert_cmpint(resolver_ask(resolver, "example.com", DNS_TXT)->status, ==, pairs[i].want);
        free_answers(answers);
    }
}

/* Octets of a packet that are no record of their type. */
static void
test_wire(void)
{
    g_assert_null(rrdata_record_wire(DNS_A, "\1\2\3", 3));
    g_assert_null(rrdata_record_wire(DNS_A, "\1\2\3\4\5", 5));
    g_assert_null(rrdata_record_wire(DNS_TXT, "\5abc", 4));
    g_assert_null(rrdata_record_wire(DNS_MX, "\0", 1));
    g_assert_null(rrdata_record_wire(DNS_PTR, "\300\13", 2));     /* a pointer to itself */
    g_assert_null(rrdata_record_wire(DNS_PTR, "\77x", 2));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/snapshot-writer/round-trip", test_round_trip);
    g_test_add_func("/snapshot-writer/dnssec", test_dnssec);
    g_test_add_func("/snapshot-writer/twice", test_twice);
    g_test_add_func("/snapshot-writer/wire", test_wire);
    return g_test_run();
}
