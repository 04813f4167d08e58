/* A whole analysis: the same inputs give the same Report, and a Report travels unchanged.
 * SPDX-License-Identifier: MIT */
#include "advice/advice.h"
#include "analysis/prove.h"
#include "report/printer.h"

static const char *const samples[] = { "webform", "webform-fixed", "campaign", "ses-default",
                                       "ses-custom", "bounce" };

/* `later`: advice is announced first, and tried afterwards; `announced`: what was said meanwhile, or NULL. */
static Report *
analyse_file(const char *path, gboolean later, Report **announced)
{
    g_autofree char *zone = snapshot_path_beside(path);
    const char *const zones[] = { zone, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Message) message = message_load(path, &error);
    g_assert_no_error(error);
    g_autoptr(Resolver) resolver = resolver_snapshot(zones, TRUE, &error);
    g_assert_no_error(error);
    g_autoptr(Psl) psl = psl_open(NULL, &error);
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl, .proofs_later = later };
    Report *report = analysis_run(message, resolver, &options);

    if (announced)
        *announced = record_copy(&report_type, report);
    if (later)
        analysis_prove(message, resolver, &options, report);
    for (guint i = 0; i < report->dns->len; i++)
        ((DnsAnswer *)report->dns->pdata[i])->ms = 0;
    return report;
}

static Report *
analyse(const char *sample)
{
    g_autofree char *path = g_strdup_printf("samples/%s.eml", sample);

    return analyse_file(path, FALSE, NULL);
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

static guint
tried_with(const Report *report, const char *id)
{
    guint count = 0;

    for (guint i = 0; i < report->advice->len; i++)
        count += g_strcmp0(((const Advice *)report->advice->pdata[i])->tried, id) == 0;
    return count;
}

/* Tried later is as tried at once; until then everything else stands already. */
static guint
check_later(const char *path)
{
    Report *announced = NULL;
    Report *once = analyse_file(path, FALSE, NULL);
    Report *later = analyse_file(path, TRUE, &announced);
    const guint waiting = tried_with(announced, ADVICE_ANNOUNCED);

    g_test_message("%s: %u announced", path, waiting);
    g_assert_true(record_equal(&report_type, once, later));
    g_assert_cmpuint(tried_with(announced, "tried-pass"), ==, 0);
    g_assert_cmpuint(waiting, >=, tried_with(once, "tried-pass"));
    g_assert_cmpint(advice_is_announced(announced), ==, waiting > 0);
    g_assert_false(advice_is_announced(later));
    g_assert_cmpint(report_dmarc(announced)->result, ==, report_dmarc(once)->result);
    g_assert_cmpuint(announced->findings->len, ==, once->findings->len);
    report_free(announced);
    report_free(once);
    report_free(later);
    return waiting;
}

static guint
check_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    guint announced = 0;

    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *beside = snapshot_path_beside(path);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            announced += check_folder(path);
        else if (g_str_has_suffix(name, ".eml") && beside)
            announced += check_later(path);
    }
    return announced;
}

static void
test_proofs_later(void)
{
    g_assert_cmpuint(check_folder("samples"), >, 20);
}

/* ---- by turns ---- */

static void
free_message(gpointer message)
{
    message_free(message);
}

static void
add_messages(const char *folder, GPtrArray *messages)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        Message *message = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            add_messages(path, messages);
        else if (g_str_has_suffix(name, ".eml") && (message = message_load(path, NULL)))
            g_ptr_array_add(messages, message);
    }
}

static Resolver *
answers_of(const char *sample)
{
    g_autofree char *path = g_strdup_printf("samples/%s.eml", sample);
    g_autofree char *zone = snapshot_path_beside(path);
    const char *const zones[] = { zone, NULL };

    return resolver_snapshot(zones, TRUE, NULL);
}

/* With answers that nobody else asked for. */
static void
is_as_alone(const Message *message, const char *sample, const AnalysisOptions *options, Report *report)
{
    g_autoptr(Resolver) resolver = answers_of(sample);
    Report *alone = analysis_run(message, resolver, options);

    if (!record_equal(&report_type, alone, report))
        g_test_message("%s, answers of %s", message_path(message), sample);
    g_assert_true(record_equal(&report_type, alone, report));
    report_free(alone);
    report_free(report);
}

/* All messages with the answers of one, a few at a time and some of them again: each report is as it is alone. */
static void
check_turns(const GPtrArray *messages, const char *sample, const AnalysisOptions *options)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    g_autoptr(Resolver) resolver = answers_of(sample);

    for (guint i = 0; i < 2 * messages->len;) {
        const guint n = 1 + (guint)g_rand_int_range(random, 0, ANALYSIS_TURNS + 1);
        g_autofree const Message **some = g_new(const Message *, n);
        g_autofree Report **reports = g_new0(Report *, n);
        for (guint k = 0; k < n; k++, i++) {
            const gboolean again = k > 0 && g_rand_boolean(random);
            some[k] = again ? some[k - 1] : messages->pdata[g_rand_int_range(random, 0, (int)messages->len)];
        }
        analysis_run_several(some, n, resolver, options, reports);
        for (guint k = 0; k < n; k++)
            is_as_alone(some[k], sample, options, reports[k]);
    }
}

static void
test_turns(void)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(free_message);
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    g_autoptr(Edits) edits = edits_new();
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl };
    AnalysisOptions edited = options;

    add_messages("samples", messages);
    g_assert_cmpuint(messages->len, >, 20);
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
        check_turns(messages, samples[i], &options);
    edited.edits = edits;
    g_assert_true(edits_add_text(edits, "mail-from=bounce@other.example", NULL));
    g_assert_true(edits_add_text(edits, "rfc=7489", NULL));
    check_turns(messages, samples[0], &edited);
}

/* Whatever is changed, it fails. */
static Report *
fails_still(const AnalysisOptions *options, gboolean *looked, gpointer data)
{
    guint *runs = data;

    g_assert_false(options->proofs_later);
    g_assert_true(options->trial);
    *looked = TRUE;
    ++*runs;
    return analyse("webform");
}

/* What was announced and does not help is gone, and something else is said in its place. */
static void
test_dropped_later(void)
{
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .proofs_later = TRUE };
    g_autoptr(Resolver) resolver = resolver_offline();
    Report *report = NULL;
    guint runs = 0;

    report_free(analyse_file("samples/webform.eml", TRUE, &report));
    g_assert_true(advice_is_announced(report));
    g_autofree char *first = g_strdup(((const Advice *)report->advice->pdata[0])->pattern);
    g_assert_true(prove_announced(report, &options, resolver, fails_still, &runs));
    g_assert_cmpuint(runs, >, 0);
    g_assert_false(advice_is_announced(report));
    g_assert_cmpuint(report->advice->len, >, 0);
    g_assert_cmpstr(((const Advice *)report->advice->pdata[0])->pattern, !=, first);
    g_assert_false(prove_announced(report, &options, resolver, fails_still, &runs));
    report_free(report);
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
    g_test_add_func("/analysis/turns", test_turns);
    g_test_add_func("/analysis/proofs-later", test_proofs_later);
    g_test_add_func("/analysis/dropped-later", test_dropped_later);
    g_test_add_func("/analysis/many-reported", test_many_reported);
    return g_test_run();
}
