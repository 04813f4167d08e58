/* A whole analysis: the same inputs give the same Report, and a Report travels unchanged.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"
#include "report/printer.h"

static const char *const samples[] = { "webform", "webform-fixed", "campaign", "ses-default",
                                       "ses-custom", "bounce" };

static Report *
analyse(const char *sample)
{
    g_autofree char *path = g_strdup_printf("samples/%s.eml", sample);
    g_autofree char *zone = snapshot_path_beside(path);
    const char *const zones[] = { zone, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Message) message = message_load(path, &error);
    g_assert_no_error(error);
    g_autoptr(Resolver) resolver = resolver_snapshot(zones, TRUE, &error);
    g_assert_no_error(error);
    g_autoptr(Psl) psl = psl_open(NULL, &error);
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl };
    Report *report = analysis_run(message, resolver, &options);

    for (guint i = 0; i < report->dns->len; i++)
        ((DnsAnswer *)report->dns->pdata[i])->ms = 0;
    return report;
}

/* The Report outlives message, resolver and list: it borrows nothing from them. */
static void
test_travels(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        Report *report = analyse(samples[i]);
        g_autoptr(GBytes) bytes = record_save(&report_type, report);
        Report *back = record_load(&report_type, bytes);
        g_autoptr(GString) before = g_string_new(NULL);
        g_autoptr(GString) after = g_string_new(NULL);

        g_assert_nonnull(back);
        g_assert_true(record_equal(&report_type, report, back));
        printer_json(before, report);
        printer_json(after, back);
        g_assert_cmpstr(before->str, ==, after->str);
        report_free(report);
        report_free(back);
    }
}

static void
test_pure(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        Report *once = analyse(samples[i]);
        Report *again = analyse(samples[i]);

        g_assert_true(record_equal(&report_type, once, again));
        report_free(once);
        report_free(again);
    }
}

/* A results field that names thousands of domains costs a hundred walks, and says so. */
static void
test_many_reported(void)
{
    g_autoptr(GString) text = g_string_new("Authentication-Results: mx.example");
    for (int i = 0; i < 3000; i++)
        g_string_append_printf(text, "; dkim=pass header.d=a%d.example", i);
    g_string_append(text, "\r\nFrom: a@b.example\r\n\r\n");
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);
    g_autoptr(Resolver) resolver = resolver_offline();
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl };
    Report *report = analysis_run(message, resolver, &options);

    g_assert_true(report_has_finding(report, "identifiers-too-many"));
    g_assert_cmpuint(report->dmarc->rfc9989->identifiers->len, ==, 101);
    report_free(report);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/analysis/travels", test_travels);
    g_test_add_func("/analysis/pure", test_pure);
    g_test_add_func("/analysis/many-reported", test_many_reported);
    return g_test_run();
}
