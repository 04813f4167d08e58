/* test-advice.c: records changed as text, services by name, letters, and advice as lines.
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "advice/dmarc-text.h"
#include "advice/letter-text.h"
#include "advice/letter.h"
#include "advice/pattern.h"
#include "advice/told.h"
#include "example-report.h"
#include "tree/words.h"

static void
test_record_text(void)
{
    static const struct { const char *record, *tag, *value, *want; } cases[] = {
        { "v=DMARC1; p=none; aspf=s", "aspf", NULL, "v=DMARC1; p=none" },
        { "v=DMARC1;p=none;ASPF = s;", "aspf", NULL, "v=DMARC1; p=none" },
        { "v=DMARC1; p=none", "p", "reject", "v=DMARC1; p=reject" },
        { "v=DMARC1; p=none", "psd", "n", "v=DMARC1; p=none; psd=n" },
        { "v=DMARC1", "aspf", NULL, "v=DMARC1" },
        { ";; =; x", "p", "none", "=; x; p=none" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = dmarc_text_with(cases[i].record, cases[i].tag, cases[i].value);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_autofree char *tag = dmarc_text_tag("v=DMARC1; PSD = y ; p=none", "psd");
    g_autofree char *none = dmarc_text_tag("v=DMARC1; p=none", "psd");
    g_assert_cmpstr(tag, ==, "y");
    g_assert_null(none);
}

/* ---- services ---- */

static char *
write_file(const char *text)
{
    char *path = NULL;
    const int file = g_file_open_tmp("advice-XXXXXX", &path, NULL);

    g_assert_cmpint(file, >=, 0);
    g_close(file, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static void
test_provider_faults(void)
{
    g_autofree char *path = write_file("[a]\nname = A\nenvelope = a.example, b..example\n"
                                       "color = red\n[b]\nsigns = B.Example\n");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Providers) providers = providers_read(path, faults);

    g_assert_cmpuint(faults->len, ==, 2);
    g_assert_nonnull(strstr(faults->pdata[0], "line 3"));
    g_assert_nonnull(strstr(faults->pdata[0], "b..example"));
    g_assert_nonnull(strstr(faults->pdata[1], "line 4"));
    /* What could be read counts. */
    g_assert_cmpstr(providers_by_envelope(providers, "x.a.example")->name, ==, "A");
    g_assert_cmpstr(providers_by_signer(providers, "b.example")->id, ==, "b");
    g_assert_null(providers_by_signer(providers, "ab.example"));
    g_assert_null(providers_by_host(providers, "a.example"));
    g_assert_null(providers_by_host(NULL, "a.example"));
    g_remove(path);
}

static void
test_provider_lines(void)
{
    g_autofree char *path = write_file("[s]\nlabel = em\nregion = us-east-1\n");
    g_autoptr(Providers) providers = providers_read(path, NULL);
    static const char *const far[] = { "x.example", "a1.smtp-out.eu-west-2.s.example", NULL };
    static const char *const near[] = { "mail-7.s.example", NULL };
    const Provider *s = providers_get(providers, 0);
    g_autofree char *a = provider_line(s, "{label}.{domain} {region}", "a.example", far);
    g_autofree char *b = provider_line(s, "{label}.{domain} {region}", "a.example", near);

    g_assert_cmpstr(a, ==, "em.a.example eu-west-2");
    g_assert_cmpstr(b, ==, "em.a.example us-east-1");
    g_remove(path);
}

/* The table that comes with the program: sound, and every entry says where it is from. */
static void
test_provider_table(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Providers) providers = providers_read("src/data/providers.ini", faults);

    if (providers_count(providers) == 0) {
        g_test_skip("not run from the project's folder");
        return;
    }
    for (guint i = 0; i < faults->len; i++)
        g_test_message("%s", (char *)faults->pdata[i]);
    g_assert_cmpuint(faults->len, ==, 0);
    for (guint i = 0; i < providers_count(providers); i++) {
        const Provider *p = providers_get(providers, i);
        g_test_message("%s", p->id);
        g_assert_true(p->source && *p->source && p->date && strlen(p->date) == 10);
        g_assert_nonnull(p->console);
        g_assert_cmpuint(p->envelope->len + p->signs->len + p->hosts->len, >, 0);
        for (guint k = 0; k < p->effects->len; k++) {
            g_autofree char *words = words_text(p->effects->pdata[k], NULL);
            g_assert_cmpstr(words, !=, p->effects->pdata[k]);
        }
    }
    g_assert_cmpstr(providers_by_envelope(providers, "eu-west-1.amazonses.com")->id, ==,
                    "amazonses");
    g_assert_cmpstr(providers_by_signer(providers, "a-b.20230601.gappssmtp.com")->id, ==,
                    "google-workspace");
}

/* Amazon SES with its own envelope: its console, its records, what they bring along. */
static void
test_known_service(void)
{
    g_autoptr(Providers) providers = providers_read("src/data/providers.ini", NULL);
    const AdviceMeans means = { .providers = providers };
    Report *report = report_new();

    if (providers_count(providers) == 0) {
        g_test_skip("not run from the project's folder");
        report_free(report);
        return;
    }
    example_author(report, "a@brand.example", "brand.example");
    example_spf(report, "0100@eu-west-1.amazonses.com", "eu-west-1.amazonses.com", RESULT_PASS,
                TRI_FALSE, "amazonses.com");
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "brand.example", "reject");
    advice_find(report, &means);
    const Advice *sign = report->advice->pdata[0], *envelope = report->advice->pdata[1];
    g_assert_cmpstr(sign->pattern, ==, "sending-service");
    g_assert_cmpstr(sign->provider, ==, "amazonses");
    g_assert_nonnull(strstr(sign->console, "Easy DKIM"));
    g_assert_nonnull(strstr(sign->record, "TOKEN1._domainkey.brand.example. IN CNAME"));
    g_assert_cmpstr(envelope->pattern, ==, "own-mail-from");
    g_assert_nonnull(strstr(envelope->record, "bounce.brand.example. IN MX 10 "
                                              "feedback-smtp.eu-west-1.amazonses.com."));
    g_assert_cmpuint(envelope->effects->len, ==, 4);
    report_free(report);
}

/* ---- words and letters ---- */

/* Who acts and what to do is said of every pattern; and where a letter can be written, there is one. */
static void
test_every_pattern_has_words(void)
{
    g_autoptr(LetterText) english = letter_text_read_file("src/data/letter.en.txt", NULL);
    g_autoptr(LetterText) japanese = letter_text_read_file("src/data/letter.ja.txt", NULL);
    static const LetterPlace none[] = { { NULL, NULL } };
    static const char *const mute[] = { "nobody", "reader", "receiver", NULL };

    for (const Pattern *p = pattern_table; p->id; p++) {
        const Advice advice = { .pattern = (char *)p->id, .args = g_ptr_array_new() };
        g_autofree char *what = words_advice(&advice);
        g_autofree char *who = words_text(p->who, NULL);
        g_test_message("%s", p->id);
        g_assert_cmpstr(what, !=, p->id);
        g_assert_cmpstr(who, !=, p->who);
        g_ptr_array_unref(advice.args);
        if (!english || !japanese || g_strv_contains(mute, p->who))
            continue;
        g_autofree char *id = g_strconcat("ask.", p->id, NULL);
        g_autofree char *a = letter_text_fill(english, id, none);
        g_autofree char *b = letter_text_fill(japanese, id, none);
        g_assert_cmpint(a != NULL, ==, b != NULL);
    }
}

static void
test_letter(void)
{
    Report *report = example_webform();
    const Advice *advice = report->advice->pdata[0];

    if (!g_file_test("src/data/letter.en.txt", G_FILE_TEST_EXISTS)) {
        g_test_skip("not run from the project's folder");
        report_free(report);
        return;
    }
    for (guint i = 0; letter_languages[i]; i++) {
        g_autofree char *path = g_strdup_printf("src/data/letter.%s.txt", letter_languages[i]);
        g_autoptr(LetterText) text = letter_text_read_file(path, NULL);
        g_autofree char *letter = letter_write_with(text, report, advice);
        g_assert_nonnull(strstr(letter, "postmaster@example.com"));
        g_assert_nonnull(strstr(letter, "example.jp"));
        g_assert_nonnull(strstr(letter, "    From:     support@example.com\n"));
        g_assert_nonnull(strstr(letter, "    Reply-To: ...@example.jp\n"));
        /* A third party's local part is nobody's business. */
        g_assert_null(strstr(letter, "user@"));
        g_assert_null(strchr(letter, '{'));
    }
    report_free(report);
}

/* A stranger's braces and line ends are no places and no lines. */
/* What is said before it is what came of the mail: neither a pass nor what is not known is called a failure. */
static void
test_letter_by_verdict(void)
{
    static const struct { Result result; const char *in, *not_in; gboolean closing; } cases[] = {
        { RESULT_FAIL, "proves belongs to that name", "passed", TRUE },
        { RESULT_PASS, "reached us, and passed", "proves belongs", FALSE },
        { RESULT_NONE, "No valid DMARC record", "proves belongs", TRUE },
        { RESULT_UNKNOWN, "We could not check ourselves", "proves belongs", TRUE },
        { RESULT_TEMPERROR, "We could not check ourselves", "proves belongs", TRUE },
    };
    g_autoptr(LetterText) english = letter_text_read_file("src/data/letter.en.txt", NULL);
    g_autoptr(LetterText) japanese = letter_text_read_file("src/data/letter.ja.txt", NULL);

    if (!english || !japanese) {
        g_test_skip("not run from the project's folder");
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = example_webform();
        report->dmarc->rfc9989->result = cases[i].result;
        g_autofree char *letter = letter_write_with(english, report, report->advice->pdata[0]);
        g_autofree char *other = letter_write_with(japanese, report, report->advice->pdata[0]);
        g_assert_nonnull(strstr(letter, cases[i].in));
        g_assert_null(strstr(letter, cases[i].not_in));
        g_assert_cmpint(strstr(letter, "your name is being used") != NULL, ==, cases[i].closing);
        g_assert_cmpint(strstr(other, "名前が使われた") != NULL, ==, cases[i].closing);
        g_assert_cmpint(strstr(other, "結びつきを確認できません") != NULL, ==, cases[i].result == RESULT_FAIL);
        g_assert_null(strchr(letter, '{'));
        g_assert_null(strchr(other, '{'));
        report_free(report);
    }
}

/* The facts of a notice are not those of the mail that came back. */
static void
test_no_letter_of_a_notice(void)
{
    Advice advice = { .pattern = "bounce-own-record", .who = "domain-dns", .args = g_ptr_array_new() };

    g_ptr_array_add(advice.args, (gpointer)"example.com");
    g_assert_false(letter_fits(&advice));
    advice.pattern = "spf-lacks-sender";
    g_assert_true(letter_fits(&advice));
    g_ptr_array_unref(advice.args);
}

static void
test_letter_is_filled_once(void)
{
    g_autofree char *path = write_file("# a comment\n[letter]\n{0} {1}{2}\n\n[empty]\n");
    g_autoptr(LetterText) text = letter_text_read_file(path, NULL);
    const LetterPlace places[] = { { "0", "{1}" }, { "1", "x" }, { NULL, NULL } };
    g_autofree char *filled = letter_text_fill(text, "letter", places);
    g_autofree char *empty = letter_text_fill(text, "empty", places);
    g_autofree char *missing = letter_text_fill(text, "nothing", places);

    g_assert_cmpstr(filled, ==, "{1} x{2}");
    g_assert_cmpstr(empty, ==, "");
    g_assert_null(missing);
    g_remove(path);
}

static void
test_letter_faults(void)
{
    static const struct { const char *text, *fault; } cases[] = {
        { "# fine\nstray\n[letter]\n", "line 2" },
        { "[other]\nx\n", "[letter]" },
        { "[letter]\n\xff\n", "UTF-8" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file(cases[i].text);
        g_autoptr(GError) error = NULL;
        g_assert_null(letter_text_read_file(path, &error));
        g_assert_nonnull(strstr(error->message, cases[i].fault));
        g_assert_nonnull(strstr(error->message, path));
        g_remove(path);
    }
}

/* ---- what was tried ---- */

static gboolean
says_no(Advice *advice, gpointer data)
{
    (*(guint *)data)++;
    return !g_str_equal(advice->pattern, "web-form-visitor");
}

/* Who does not help is not heard of; then the next, and what is left, is told. */
static void
test_unproved_is_dropped(void)
{
    Report *report = example_webform();
    guint trials = 0;
    const AdviceMeans means = { .prove = says_no, .data = &trials };

    record_free(&advice_type, g_ptr_array_steal_index(report->advice, 0));
    advice_find(report, &means);
    g_assert_cmpuint(trials, ==, 2);    /* with and without a signature */
    g_assert_cmpuint(report->advice->len, ==, 1);
    g_assert_cmpstr(((Advice *)report->advice->pdata[0])->pattern, ==, "forgery-possible");
    report_free(report);
}

static void
test_told(void)
{
    Report *report = example_webform();
    Advice *advice = report->advice->pdata[0];

    advice->proved = TRI_TRUE;
    advice->tried = "tried-pass";
    g_autoptr(GPtrArray) lines = advice_told(advice);
    static const ToldKind want[] = { TOLD_WHO, TOLD_WHAT, TOLD_RECORD, TOLD_RECORD, TOLD_TRIED,
                                     TOLD_WHY, TOLD_NOT, TOLD_NOT_WHY, TOLD_EFFECT, TOLD_EFFECT };
    g_assert_cmpuint(lines->len, ==, G_N_ELEMENTS(want));
    for (guint i = 0; i < lines->len; i++)
        g_assert_cmpint((int)((Told *)lines->pdata[i])->kind, ==, (int)want[i]);
    g_assert_true(((Told *)lines->pdata[4])->good);
    report_free(report);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/advice/record-text", test_record_text);
    g_test_add_func("/advice/provider-faults", test_provider_faults);
    g_test_add_func("/advice/provider-lines", test_provider_lines);
    g_test_add_func("/advice/provider-table", test_provider_table);
    g_test_add_func("/advice/known-service", test_known_service);
    g_test_add_func("/advice/pattern-words", test_every_pattern_has_words);
    g_test_add_func("/advice/letter", test_letter);
    g_test_add_func("/advice/letter-by-verdict", test_letter_by_verdict);
    g_test_add_func("/advice/no-letter-of-a-notice", test_no_letter_of_a_notice);
    g_test_add_func("/advice/letter-filled-once", test_letter_is_filled_once);
    g_test_add_func("/advice/letter-faults", test_letter_faults);
    g_test_add_func("/advice/unproved", test_unproved_is_dropped);
    g_test_add_func("/advice/told", test_told);
    return g_test_run();
}
