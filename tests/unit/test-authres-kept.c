/* test-authres-kept.c: a results field reads alike whether it came before or not, and nobody's marks are another's.
 * SPDX-License-Identifier: MIT */
#include "headers/authres-kept.h"

#include <string.h>

#include "headers/authres.h"

static const char *const names[] = { "Authentication-Results", "ARC-Authentication-Results", "Received-SPF" };
static const char *const values[] = {
    "mx.example.net; spf=pass smtp.mailfrom=a.example; dkim=pass (good) reason=\"fine\" header.d=a.example",
    "i=1; mx.example.net; dmarc=fail header.from=b.example",
    "pass (mx.example.net: domain of a@a.example designates 192.0.2.1 as permitted sender) receiver=mx.example.net;",
    "mx.example.net; none", "=?utf-8?q?mx?=; spf=pass", "", "spf=pass smtp.mailfrom=a.example dkim=nobody", ";;",
};

/* As the parser reads it, whatever was kept. */
static ReportedHeader *
expect(AuthresKept *kept, const char *name, const char *value)
{
    ReportedHeader *wanted = authres_kept_read(NULL, name, value), *got = authres_kept_read(kept, name, value);

    g_assert_cmpstr(wanted->header, ==, name);
    g_assert_cmpstr(wanted->raw, ==, value);
    g_assert_true(record_equal(&reported_header_type, wanted, got));
    record_free(&reported_header_type, wanted);
    return got;
}

/* What judges a field writes into it; the next message's is as it was read. */
static void
mark(ReportedHeader *header)
{
    header->line = 7;
    header->trusted = header->suspicious = header->topmost_block = TRUE;
    g_ptr_array_add(header->deviations, g_strdup("of-this-message"));
    g_ptr_array_add(header->evidence, evidence_option("--x"));
    for (guint i = header->results->len; i > 0; i--)
        record_free(&reported_result_type, g_ptr_array_remove_index(header->results, i - 1));
}

static void
test_alike(void)
{
    g_autoptr(AuthresKept) kept = authres_kept_new();
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (guint i = 0; i < 3000; i++) {
        const guint32 name = (guint32)g_rand_int_range(random, 0, G_N_ELEMENTS(names));
        const guint32 value = (guint32)g_rand_int_range(random, 0, G_N_ELEMENTS(values));
        ReportedHeader *header = expect(kept, names[name], values[value]);
        mark(header);
        record_free(&reported_header_type, header);
    }
}

/* What comes again is kept, by its name, too; what is long is not. */
static void
test_kept(void)
{
    g_autoptr(AuthresKept) kept = authres_kept_new();
    g_autofree char *filler = g_strnfill(2000, 'x');
    g_autofree char *length = g_strconcat(values[0], " (", filler, ")", NULL);
    const struct { const char *name, *value; gboolean same; } cases[] = {
        { names[0], values[0], FALSE }, { names[0], values[0], TRUE }, { names[0], values[0], TRUE },
        { names[0], values[0], TRUE }, { names[1], values[0], FALSE }, { names[1], values[0], TRUE },
        { names[0], length, FALSE }, { names[0], length, FALSE }, { names[0], length, FALSE },
    };
    gpointer before = NULL;
    ReportedHeader *read[G_N_ELEMENTS(cases)];

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        read[i] = expect(kept, cases[i].name, cases[i].value);
        gpointer first = read[i]->results->pdata[0];
        g_assert_true((((ReportedResult *)first)->shared.others > 0) == (i < 6));
        g_assert_true(!cases[i].same || first == before);
        before = first;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        record_free(&reported_header_type, read[i]);
}

/* Many more than there are places: what a report holds stays. */
static void
test_many(void)
{
    AuthresKept *kept = authres_kept_new();
    g_autoptr(GPtrArray) held = g_ptr_array_new();

    for (guint round = 0; round < 3; round++)
        for (guint i = 0; i < 2000; i++) {
            g_autofree char *value = g_strdup_printf("mx.example.net; spf=pass smtp.mailfrom=a%u.example", i);
            g_ptr_array_add(held, expect(kept, names[0], value));
            g_ptr_array_add(held, expect(kept, names[0], value));
        }
    authres_kept_free(kept);
    for (guint i = 0; i < held->len; i++) {
        ReportedHeader *header = held->pdata[i];
        g_autofree char *domain = g_strdup_printf("a%u.example", i / 2 % 2000);
        const ReportedResult *result = header->results->pdata[0];
        g_assert_cmpstr(pairs_get(result->properties, "smtp.mailfrom"), ==, domain);
        record_free(&reported_header_type, header);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/authres-kept/alike", test_alike);
    g_test_add_func("/authres-kept/kept", test_kept);
    g_test_add_func("/authres-kept/many", test_many);
    return g_test_run();
}
