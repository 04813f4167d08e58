/* Plain lines of a snapshot are read as the same lines would be that are written in another way.
 * SPDX-License-Identifier: MIT */
#include "dns/zoneplain.h"

#include <ldns/ldns.h>
#include <string.h>

#include "dns/zone.h"
#include "dns/zonefile.h"

static Zone *
read_zone(const char *text, char **fault)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    Zone *zone = zone_new();

    *fault = NULL;
    if (zonefile_read_bytes(zone, bytes, "a.dns", &error)) {
        zone_close(zone);
        return zone;
    }
    *fault = g_strdup(error->message);
    zone_free(zone);
    return NULL;
}

static void
free_record(gpointer record)
{
    record_free(&dns_record_type, record);
}

/* A pair of parentheses changes nothing but who reads the line (RFC 1035, 5.1): `at` is where it stands. */
static char *
roundabout(const char *line)
{
    const char *blank = line + strcspn(line, " \t");

    return g_strdup_printf("%.*s ( )%s", (int)(blank - line), line, blank);
}

static GPtrArray *
records_of(const Zone *zone, const char *key)
{
    GPtrArray *records = zone_set_records(zone_set(zone, key, LDNS_RR_TYPE_TXT));

    g_ptr_array_set_free_func(records, free_record);
    return records;
}

static void
same_sets(const Zone *one, const Zone *other, const char *key, const char *line)
{
    const ZoneSet *a = zone_set(one, key, LDNS_RR_TYPE_TXT), *b = zone_set(other, key, LDNS_RR_TYPE_TXT);

    g_test_message("%s", line);
    g_assert_nonnull(a);
    g_assert_nonnull(b);
    g_assert_cmpint(a->ttl, ==, b->ttl);
    g_autoptr(GPtrArray) ours = records_of(one, key), theirs = records_of(other, key);
    g_assert_cmpuint(ours->len, ==, theirs->len);
    for (guint i = 0; i < ours->len; i++)
        g_assert_true(record_equal(&dns_record_type, ours->pdata[i], theirs->pdata[i]));
    g_assert_true(zone_exists(one, key, strlen(key)));
}

/* Whether it is plain; then it means the same as when it is not. */
static gboolean
same(const char *line)
{
    ZonePlain plain;

    if (!zoneplain_read(line, strlen(line), &plain))
        return FALSE;
    g_autofree char *other = roundabout(line);
    g_autofree char *fault_a = NULL, *fault_b = NULL;
    g_assert_false(zoneplain_read(other, strlen(other), &(ZonePlain){ .ttl = 0 }));
    g_autoptr(Zone) a = read_zone(line, &fault_a);
    g_autoptr(Zone) b = read_zone(other, &fault_b);
    g_assert_cmpstr(fault_a, ==, NULL);
    g_assert_cmpstr(fault_b, ==, NULL);
    same_sets(a, b, plain.key, line);
    return TRUE;
}

static void
test_plain(void)
{
    g_autofree char *label = g_strnfill(63, 'a');
    g_autofree char *longest = g_strdup_printf("%s.%s.%s.%.61s. TXT \"x\"", label, label, label, label);
    g_autofree char *too_long = g_strdup_printf("%s.%s.%s.%.62s. TXT \"x\"", label, label, label, label);
    g_autofree char *long_label = g_strdup_printf("a%s.example. TXT \"x\"", label);

    g_assert_true(same("s1._domainkey.Example.COM. 300 IN TXT \"v=DKIM1; p=ab\" \"cd\""));
    g_assert_true(same("example.com.\t300\tIN\tTXT\t\"a\" "));
    g_assert_true(same("example.com. IN TXT \"a\""));
    g_assert_true(same("example.com. 0 TXT \"a\""));
    g_assert_true(same("example.com. TXT \"a\" \"\""));
    g_assert_true(same("a-b._c.d. 999999999 IN TXT \"0123456789abcdef\""));
    g_assert_true(same(longest));
    g_assert_false(same(too_long));
    g_assert_false(same(long_label));
}

static void
test_left(void)
{
    static const char *const lines[] = {
        "", ".", ". TXT \"a\"", "example.com TXT \"a\"", "@ TXT \"a\"", " TXT \"a\"", "a..b. TXT \"a\"",
        "example.com. 1h TXT \"a\"", "example.com. 2147483648 TXT \"a\"", "example.com. IN 300 TXT \"a\"",
        "example.com. txt \"a\"", "example.com. TXT a", "example.com. TXT", "example.com. TXT ",
        "example.com. TXT \"a\" ; b", "example.com. TXT \"a", "example.com. TXT\"a\"", "example.com. A 192.0.2.1",
        "a\\.b.com. TXT \"a\"", ";! complete .", "$TTL 5", "example.com. TXT \"\\\"\"", "caf\xC3\xA9.example. TXT \"a\"",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_test_message("%s", lines[i]);
        g_assert_false(same(lines[i]));
    }
}

/* Each octet at each place of a string: eight are looked at together. */
static void
test_octets(void)
{
    for (guint place = 0; place < 20; place++)
        for (guint octet = 1; octet < 256; octet++) {
            char line[] = "example.com. TXT \"aaaaaaaaaaaaaaaaaaaa\"";
            line[18 + place] = (char)octet;
            const gboolean plain = octet >= 0x20 && octet < 0x7F && octet != '"' && octet != '\\';
            if (plain || octet != '"')
                g_assert_cmpint(same(line), ==, plain);
        }
}

static void
test_random(void)
{
    static const char *const pieces[] = { "a.", "B-1.", "_x.", " ", " ", "\t", "300", "IN", "TXT", "\"a\"", "\"b c\"",
                                          "\"\"", ".", "7", ";", "in", "\\", "(", "A" };
    g_autoptr(GRand) random = g_rand_new_with_seed(1035);
    guint read = 0;

    for (guint i = 0; i < 50000; i++) {
        g_autoptr(GString) line = g_string_new("a. ");
        for (int k = g_rand_int_range(random, 1, 8); k > 0; k--)
            g_string_append(line, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        if (g_rand_boolean(random))
            g_string_append(line, "TXT \"a\"");
        read += same(line->str) ? 1 : 0;
    }
    g_assert_cmpuint(read, >, 200);
}

/* Both ways of reading in one file know of each other: the owner, the TTL, the number of the line. */
static void
test_together(void)
{
    g_autofree char *fault = NULL;
    g_autoptr(Zone) zone = read_zone("a.example. 77 IN TXT \"1\"\r\n"
                                     " TXT \"2\"\n"
                                     "\n; nothing\n"
                                     "b.example. TXT \"3\"\n"
                                     "$TTL 5\n"
                                     "c.example. 900 TXT \"4\"\n"
                                     "d.example. TXT \"5\"", &fault);

    g_assert_cmpstr(fault, ==, NULL);
    g_autoptr(GPtrArray) records = records_of(zone, "example.a.");
    g_assert_cmpuint(records->len, ==, 2);
    g_assert_cmpstr(((DnsRecord *)records->pdata[0])->text, ==, "\"1\"");
    g_assert_cmpstr(((DnsRecord *)records->pdata[1])->text, ==, "\"2\"");
    g_assert_cmpint(zone_set(zone, "example.a.", LDNS_RR_TYPE_TXT)->ttl, ==, 77);
    g_assert_cmpint(zone_set(zone, "example.b.", LDNS_RR_TYPE_TXT)->ttl, ==, 77);
    g_assert_cmpint(zone_set(zone, "example.c.", LDNS_RR_TYPE_TXT)->ttl, ==, 900);
    g_assert_cmpint(zone_set(zone, "example.d.", LDNS_RR_TYPE_TXT)->ttl, ==, 5);
    g_assert_null(zone_set(zone, "example.", LDNS_RR_TYPE_TXT));
    g_assert_null(zone_set(zone, "example.a.", LDNS_RR_TYPE_A));
}

static void
test_faults(void)
{
    g_autofree char *first = NULL, *second = NULL;

    g_assert_null(read_zone("a.example. TXT \"1\"\nb.example. TXT \"1\nc.example. TXT \"1\"\n", &first));
    g_assert_true(g_str_has_prefix(first, "a.dns:2: "));
    g_assert_null(read_zone("a.example. CNAME b.example.\n;! nodata b.example. TXT\n"
                            "b.example. TXT \"1\"\n", &second));
    g_assert_true(g_str_has_prefix(second, "a.dns:3: "));
}

/* Few names and few questions are not worth sorting; what is told stays the same before and after. */
static void
test_above(void)
{
    static const struct { const char *key; gboolean exists; } cases[] = {
        { "", TRUE }, { "example.", TRUE }, { "example.n7.", TRUE }, { "example.n7.b.", TRUE }, { "example.n7.b.a.", TRUE },
        { "example.n7.b.a.c.", FALSE }, { "example.n7.c.", FALSE }, { "exam", TRUE }, { "a.", FALSE }, { "zz.", FALSE },
    };

    for (guint names = 10; names <= 5000; names += 4990) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autofree char *fault = NULL;
        for (guint i = names; i-- > 0;)
            g_string_append_printf(text, "a.b.n%u.example. TXT \"%u\"\n", i, i);
        g_autoptr(Zone) zone = read_zone(text->str, &fault);
        for (guint round = 0; round < 5; round++)
            for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
                g_assert_cmpint(zone_exists(zone, cases[i].key, strlen(cases[i].key)), ==, cases[i].exists);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/zoneplain/plain", test_plain);
    g_test_add_func("/zoneplain/left", test_left);
    g_test_add_func("/zoneplain/octets", test_octets);
    g_test_add_func("/zoneplain/random", test_random);
    g_test_add_func("/zoneplain/together", test_together);
    g_test_add_func("/zoneplain/faults", test_faults);
    g_test_add_func("/zoneplain/above", test_above);
    return g_test_run();
}
