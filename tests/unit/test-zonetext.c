/* Text and address records read by us and by ldns are the same record.
 * SPDX-License-Identifier: MIT */
#include "dns/zonetext.h"

#include <string.h>

#include "dns/rrdata.h"

static DnsRecord *
by_ldns(const char *type, const char *data)
{
    g_autofree char *entry = g_strdup_printf(". 0 IN %s %s", type, data);
    ldns_rr *rr = NULL;

    if (ldns_rr_new_frm_str(&rr, entry, 0, NULL, NULL) != LDNS_STATUS_OK || !rr)
        return NULL;
    DnsRecord *record = rrdata_record(rr);
    ldns_rr_free(rr);
    return record;
}

/* Whether we read it; then ldns reads the same. Takes `ours`. */
static gboolean
is_same(DnsRecord *ours, const char *type, const char *data)
{
    DnsRecord *theirs = by_ldns(type, data);
    const gboolean read = ours != NULL;

    if (ours) {
        g_test_message("%s", data);
        g_assert_nonnull(theirs);
        g_assert_cmpstr(ours->text, ==, theirs->text);
        g_assert_true(g_bytes_equal(ours->data, theirs->data));
        g_assert_true(record_equal(&dns_record_type, ours, theirs));
    }
    record_free(&dns_record_type, ours);
    record_free(&dns_record_type, theirs);
    return read;
}

static gboolean
same(const char *data)
{
    return is_same(zonetext_record(data, strlen(data)), "TXT", data);
}

static gboolean
same_address(const char *data)
{
    return is_same(zonetext_address(data, strlen(data)), "A", data);
}

static void
test_plain(void)
{
    g_autofree char *longest = g_strnfill(255, 'x'), *fits = g_strdup_printf("\"%s\"", longest);
    g_autofree char *too_long = g_strdup_printf("\"%sx\"", longest);

    g_assert_true(same("\"v=spf1 ip4:192.0.2.0/24 -all\""));
    g_assert_true(same("  \"a\"  \t \"b c\" ") == FALSE);      /* blanks before are the caller's */
    g_assert_true(same("\"a\"  \t \"b c\" "));
    g_assert_true(same("\"v=DMARC1; p=reject\""));
    g_assert_true(same("\"\""));
    g_assert_true(same("\"a\" \"\" \"b\""));
    g_assert_true(same(fits));
    g_assert_false(same(too_long));
    g_assert_false(same("\"a\\\"b\""));
    g_assert_false(same("\"a\\065b\""));
    g_assert_false(same("\"a\"\"b\""));
    g_assert_false(same("\"a"));
    g_assert_false(same("a"));
    g_assert_false(same("\"a\" b"));
    g_assert_false(same("\"caf\xC3\xA9\""));
    g_assert_false(same("\"a\tb\""));
    g_assert_false(same(""));
}

/* Wherever it stands in a text of whatever length. */
static void
test_strange(void)
{
    static const char strange[] = "\\\t\x1F\x7F\x80\xFF\"";

    for (gsize length = 1; length < 70; length++) {
        g_autofree char *text = g_strnfill(length, 'x'), *sound = g_strdup_printf("\"%s\"", text);
        g_assert_true(same(sound));
        for (gsize at = 0; at < length; at++) {
            g_autofree char *data = g_strdup(sound);
            data[1 + at] = strange[at % (sizeof strange - 1)];
            g_assert_null(zonetext_record(data, strlen(data)));
        }
    }
}

static void
test_random(void)
{
    static const char letters[] = "ab \"\"  \\;=()\t\x7F\xC3\"1";
    g_autoptr(GRand) random = g_rand_new_with_seed(1035);
    guint read = 0;

    for (guint i = 0; i < 20000; i++) {
        char data[16] = "";
        const int length = g_rand_int_range(random, 1, (int)sizeof data - 1);
        for (int k = 0; k < length; k++)
            data[k] = letters[g_rand_int_range(random, 0, (int)sizeof letters - 1)];
        data[0] = '"';
        read += same(data) ? 1 : 0;
    }
    g_assert_cmpuint(read, >, 200);
}

static void
test_address(void)
{
    static const char *const others[] = { "", "192.0.2", "192.0.2.", "192.0.2.1.", "192.0.2.1 ", " 192.0.2.1", "192.0.2.256", "192.0.2.01",
                                          "192.0.2.00", "192.0..1", ".192.0.2.1", "192.0.2.1a", "192.0.2.1.5", "192.0.2.1111",
                                          "192.0.2.-1", "192.0.2.+1", "0x10.0.0.1", "\"192.0.2.1\"", "2001:db8::1", "192,0,2,1" };
    static const char letters[] = "0123456789.25.";
    g_autoptr(GRand) random = g_rand_new_with_seed(1034);
    guint read = 0;

    g_assert_true(same_address("192.0.2.1"));
    g_assert_true(same_address("0.0.0.0"));
    g_assert_true(same_address("255.255.255.255"));
    g_assert_true(same_address("10.100.0.99"));
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_false(same_address(others[i]));
    for (guint i = 0; i < 50000; i++) {
        char data[12] = "1.";
        const int length = g_rand_int_range(random, 3, (int)sizeof data - 1);
        for (int k = 2; k < length; k++)
            data[k] = letters[g_rand_int_range(random, 0, (int)sizeof letters - 1)];
        read += same_address(data) ? 1 : 0;
    }
    g_assert_cmpuint(read, >, 500);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/zonetext/plain", test_plain);
    g_test_add_func("/zonetext/strange", test_strange);
    g_test_add_func("/zonetext/random", test_random);
    g_test_add_func("/zonetext/address", test_address);
    return g_test_run();
}
