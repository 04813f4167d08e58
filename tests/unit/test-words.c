/* test-words.c: ids and arguments become sentences.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include <string.h>

#include "auth/step.h"

static void
test_fill(void)
{
    static const struct { const char *template, *want; } cases[] = {
        { "{0} asks {1}", "a asks b" },
        { "{1}{0}{1}", "bab" },
        { "all: {*}.", "all: a, b." },
        { "none: {7}!", "none: !" },
        { "a brace: {{0}", "a brace: {0}" },
        { "loose { and } and {x} and {12}", "loose { and } and {x} and {12}" },
        { "ends in {", "ends in {" },
        { "", "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = words_fill(cases[i].template, "a", "b", NULL);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_number(void)
{
    static const struct { gint64 number; const char *want; } cases[] = {
        { 0, "0" }, { 7, "7" }, { 999, "999" }, { 1000, "1,000" }, { 85330, "85,330" }, { 123456, "123,456" },
        { 1234567, "1,234,567" }, { -12, "-12" }, { -123, "-123" }, { -1234, "-1,234" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = words_number(cases[i].number);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* In a cell a number gets shorter, and never another one. */
static void
test_number_within(void)
{
    static const struct { gint64 number; guint room; const char *want; } cases[] = {
        { 0, 1, "0" }, { 999999, 8, "999,999" }, { 1234567, 9, "1,234,567" }, { 1234567, 8, "1234567" },
        { 12345678, 8, "12345678" }, { 1234567890, 8, "1234567k" }, { 123456, 5, "123k" }, { 999999999, 4, "999M" },
        { G_MAXINT64, 2, "9E" }, { 123456, 2, ".." }, { 12, 1, ".." },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = words_number_within(cases[i].number, cases[i].room);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* What a stranger wrote is never read as a template. */
static void
test_argument_is_no_template(void)
{
    g_autofree char *got = words_fill("{0}|{1}", "{1}", "{0}{*}{{", NULL);

    g_assert_cmpstr(got, ==, "{1}|{0}{*}{{");
}

static void
test_finding(void)
{
    Finding *finding = record_new(&finding_type);

    finding->id = g_strdup("dmarc-report-differs");
    g_ptr_array_add(finding->args, g_strdup("mx.example.com"));
    g_ptr_array_add(finding->args, g_strdup("pass"));
    g_ptr_array_add(finding->args, g_strdup("fail"));
    g_autofree char *text = words_finding(finding);
    g_assert_true(g_str_has_prefix(text, "mx.example.com said DMARC pass, here it is fail."));
    record_free(&finding_type, finding);
}

static void
test_unknown_ids(void)
{
    Step *step = step_add(NULL, "no-such-step", NULL, NULL);
    g_autofree char *title = words_title(step);
    g_autofree char *question = words_question(step);
    g_autofree char *plain = words_plain(step);
    g_autofree char *text = words_text("no-such-reason", NULL);

    g_assert_cmpstr(title, ==, "no-such-step");
    g_assert_cmpstr(question, ==, "no-such-step");
    g_assert_cmpstr(plain, ==, "");
    g_assert_cmpstr(text, ==, "no-such-reason");
    record_free(&step_type, step);
}

/* "body-hash" is a reason of a failed signature and the name of an input. */
static void
test_input_is_no_reason(void)
{
    g_autofree char *input = words_input("body-hash");
    g_autofree char *reason = words_text("body-hash", NULL);

    g_assert_cmpstr(input, ==, "body hash, signed (bh=)");
    g_assert_cmpstr(reason, ==, "the body was altered after signing");
}

/* A signature that came too late was not altered: each result says its own reason. */
static void
test_signature_says_why(void)
{
    static const struct { Result result; const char *reason, *want; } cases[] = {
        { RESULT_FAIL, "expired",
          "No: the signature had expired (x=). It counts as if it were not there." },
        { RESULT_FAIL, "body-hash",
          "No: the body was altered after signing. It counts as if it were not there." },
        { RESULT_PERMERROR, "no-key", "The signature or its key cannot be used: DNS has no key under that "
                                      "name. It counts as if it were not there." },
        { RESULT_UNKNOWN, "offline",
          "This cannot be settled with what is at hand: DNS was not asked (offline)." },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Step *step = step_add(NULL, "dkim-check", NULL, "example.com", "s1", cases[i].reason, NULL);
        step_decide(step, cases[i].result, PROVENANCE_RECOMPUTED);
        g_autofree char *plain = words_plain(step);
        g_assert_cmpstr(plain, ==, cases[i].want);
        record_free(&step_type, step);
    }
}

/* Values of inputs, rules and repairs: as the Report has them, where the language is English. */
static void
test_values(void)
{
    static const char *const values[] = { "3 of 10", "relaxed", "relaxed (assumed)", "10 of", "of 10",
                                          "3 of 10 of 2", "", "a of b" };

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *got = words_value(values[i]);
        g_assert_cmpstr(got, ==, values[i]);
    }
    g_autofree char *rule = words_rule("RFC 6376, 3.5 and 6.1.1");
    g_assert_cmpstr(rule, ==, "RFC 6376, 3.5 and 6.1.1");
    g_assert_cmpstr(words_provenance("mixed"), ==, "mixed");
    g_assert_cmpstr(words_provenance("no such word"), ==, "no such word");
}

static void
test_repair(void)
{
    static const struct { gint64 count; const char *text; } cases[] = {
        { 1, "1 line number removed" },
        { 12, "12 line numbers removed" },
        { 12, "the 12 fences around 12 texts" },
        { 3, "characters that are no base64 were left out" },
        { 2, "a %s of 2" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Repair *repair = record_new(&repair_type);
        repair->count = cases[i].count;
        repair->text = g_strdup(cases[i].text);
        g_autofree char *got = words_repair(repair);
        g_assert_cmpstr(got, ==, cases[i].text);
        record_free(&repair_type, repair);
    }
}

static void
test_results(void)
{
    g_assert_cmpstr(words_result(RESULT_PASS), ==, "pass");
    g_assert_cmpstr(words_result(RESULT_YES), ==, "yes");
    g_assert_cmpstr(words_result(RESULT_NO), ==, "NO");
    for (int result = RESULT_UNKNOWN; result <= RESULT_SKIPPED; result++)
        g_assert_true(*words_result((Result)result));
}

/* Of each outcome its own words; the last line of a step may hold for all others. */
static void
test_plain_words(void)
{
    const StepWords *const tables[] = { words_spf, words_dkim, words_dmarc, words_arc, words_check,
                                       words_peers };

    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++) {
        for (const StepWords *words = tables[t]; words->id; words++) {
            Step *step = step_add(NULL, words->id, NULL, "a", "b", "c", "d", NULL);
            for (gsize i = 0; i < G_N_ELEMENTS(words->plain) && words->plain[i].text; i++) {
                step->result = (int)words->plain[i].result;
                g_autofree char *got = words_plain(step);
                g_autofree char *want = words_fill_list(words->plain[i].text, step->args);
                g_assert_cmpstr(got, ==, want);
            }
            record_free(&step_type, step);
        }
    }
}

static guint
count_id(const TextWords *table, const char *id)
{
    guint count = 0;

    for (; table->id; table++)
        count += g_str_equal(table->id, id);
    return count;
}

/* An id that stands twice would hide one of its texts. */
static void
test_ids_are_unique(void)
{
    const TextWords *const tables[] = { words_findings, words_reasons, words_inputs,
                                        words_advices, words_advice_pass, words_effects, words_form, words_peer_reasons,
                                       words_source, words_what_if, words_delivery, words_repairs,
                                       words_chart, words_receivers };

    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const TextWords *words = tables[t]; words->id; words++)
            g_assert_cmpuint(count_id(tables[t], words->id), ==, 1);
}

/* INTERFACE.md's table of reasons: none of them is shown as a bare id. */
static void
test_every_dkim_reason_has_words(void)
{
    static const char *const reasons[] = {
        "ok", "ok-unsigned-tail", "ok-future", "body-hash", "signature", "both", "expired",
        "l-exceeds-body", "syntax", "missing-tag", "version", "i-outside-d", "from-unsigned",
        "no-key", "key-syntax", "key-revoked", "key-weak", "key-mismatch", "algorithm-historic",
        "algorithm-unknown", "key-dns", "body-unavailable", "not-in-snapshot", "offline",
        "text-repaired", NULL
    };

    for (gsize i = 0; reasons[i]; i++)
        g_assert_cmpuint(count_id(words_reasons, reasons[i]), ==, 1);
}

static void
assert_listed(const char *list, const char *id)
{
    g_autofree char *row = g_strdup_printf("| `%s` |", id);

    if (!strstr(list, row))
        g_test_message("doc/ids.md lacks %s", id);
    g_assert_nonnull(strstr(list, row));
}

/* INTERFACE.md: ids are listed in doc/ids.md. */
static void
test_ids_are_listed(void)
{
    const StepWords *const steps[] = { words_spf, words_dkim, words_dmarc, words_arc, words_check,
                                       words_peers };
    const TextWords *const texts[] = { words_findings, words_reasons, words_inputs,
                                       words_advices, words_advice_pass, words_effects, words_form, words_peer_reasons,
                                       words_source, words_what_if, words_delivery, words_repairs,
                                       words_chart, words_receivers };
    g_autofree char *list = NULL;

    if (!g_file_get_contents("doc/ids.md", &list, NULL, NULL)) {
        g_test_skip("not run from the project's folder");
        return;
    }
    for (gsize t = 0; t < G_N_ELEMENTS(steps); t++)
        for (const StepWords *words = steps[t]; words->id; words++)
            assert_listed(list, words->id);
    for (gsize t = 0; t < G_N_ELEMENTS(texts); t++)
        for (const TextWords *words = texts[t]; words->id; words++)
            assert_listed(list, words->id);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/fill", test_fill);
    g_test_add_func("/words/number", test_number);
    g_test_add_func("/words/number-within", test_number_within);
    g_test_add_func("/words/argument-is-no-template", test_argument_is_no_template);
    g_test_add_func("/words/finding", test_finding);
    g_test_add_func("/words/unknown-ids", test_unknown_ids);
    g_test_add_func("/words/input-is-no-reason", test_input_is_no_reason);
    g_test_add_func("/words/signature-says-why", test_signature_says_why);
    g_test_add_func("/words/values", test_values);
    g_test_add_func("/words/repair", test_repair);
    g_test_add_func("/words/results", test_results);
    g_test_add_func("/words/plain", test_plain_words);
    g_test_add_func("/words/ids-are-unique", test_ids_are_unique);
    g_test_add_func("/words/ids-are-listed", test_ids_are_listed);
    g_test_add_func("/words/dkim-reasons", test_every_dkim_reason_has_words);
    return g_test_run();
}
