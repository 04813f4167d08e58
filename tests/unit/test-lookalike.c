/* test-lookalike.c: names that look like others, and ordinary ones that do not.
 * SPDX-License-Identifier: MIT */
#include "headers/lookalike-kept.h"
#include "headers/lookalike-list.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/name.h"
#include "headers/script.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

static Lookalikes *
shipped(void)
{
    const char *const confusables[] = { "src/data/confusables.ini", NULL };
    const char *const brands[] = { "src/data/brands.ini", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    Lookalikes *data = lookalikes_load(confusables, brands, faults);

    for (guint i = 0; i < faults->len; i++)
        g_test_message("%s", (const char *)faults->pdata[i]);
    g_assert_cmpuint(faults->len, ==, 0);
    return data;
}

static void
test_compare(void)
{
    static const struct { const char *name, *model; Likeness want; } cases[] = {
        { "exarnple-mail.example", "example-mail.example", LIKENESS_CONFUSABLE },
        { "examp1e.example", "example.example", LIKENESS_CONFUSABLE },
        { "g00dshop.example", "goodshop.example", LIKENESS_CONFUSABLE },
        { "vvidget.example", "widget.example", LIKENESS_CONFUSABLE },
        { "clelivery.example", "delivery.example", LIKENESS_CONFUSABLE },
        { "exаmple.example", "example.example", LIKENESS_CONFUSABLE },     /* Cyrillic a */
        { "exámple.example", "example.example", LIKENESS_CONFUSABLE },
        { "delivry.example", "delivery.example", LIKENESS_TYPO },
        { "delivvery.example", "delivery.example", LIKENESS_TYPO },
        { "deliverx.example", "delivery.example", LIKENESS_TYPO },
        { "delievry.example", "delivery.example", LIKENESS_TYPO },
        { "delivery.co.jp", "delivary.co.jp", LIKENESS_TYPO },
        { "widget-support.example", "widget.example", LIKENESS_ADDED },
        { "secure-widget-login.example", "widget.example", LIKENESS_ADDED },
        { "www.widget.example.login.example", "widget.example", LIKENESS_SUBDOMAIN },
        /* one organization, and ordinary neighbors */
        { "widget.example", "widget.example", LIKENESS_NONE },
        { "mail.widget.example", "widget.example", LIKENESS_NONE },
        { "a.widget.example", "b.widget.example", LIKENESS_NONE },
        { "widget.example", "widget.test", LIKENESS_NONE },
        { "widget.co.jp", "widget.example", LIKENESS_NONE },
        { "mail1.example", "mail2.example", LIKENESS_NONE },
        { "esp12.example", "esp3.example", LIKENESS_NONE },
        { "hotels.example", "hotel.example", LIKENESS_NONE },
        { "cat.example", "car.example", LIKENESS_NONE },
        { "bridge.example", "fridge.example", LIKENESS_NONE },
        { "widgetry.example", "widget.example", LIKENESS_NONE },
        { "example", "exampl", LIKENESS_NONE },
        { "", "example.com", LIKENESS_NONE },
        { "xn--eckwd4c7cu47r2wf.example", "example.example", LIKENESS_NONE },
    };
    g_autoptr(Lookalikes) data = shipped();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = name_normalise(cases[i].name);
        g_autofree char *model = name_normalise(cases[i].model);
        const Likeness got = lookalike_compare(data, name ? name : "", model);
        if (got != cases[i].want)
            g_test_message("%s and %s", cases[i].name, cases[i].model);
        g_assert_cmpint(got, ==, cases[i].want);
    }
}

/* UTS #39, 5.2: what may stand together in a label. */
static void
test_scripts(void)
{
    static const struct { const char *name, *label, *scripts; } cases[] = {
        { "example.com", NULL, NULL },
        { "ドメイン名例.example", NULL, NULL },
        { "東京タワーtokyo-1.example", NULL, NULL },
        { "ひらがなと漢字.例え", NULL, NULL },
        { "한국회사abc.example", NULL, NULL },
        { "пример.example", NULL, NULL },
        { "bücher.example", NULL, NULL },
        { "pаypal.example", "pаypal", "Latin, Cyrillic" },
        { "www.gοοd.example", "gοοd", "Latin, Greek" },
        { "кириллица漢字.example", "кириллица漢字", "Cyrillic, Han" },
        { "\xff.example", NULL, NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *scripts = NULL;
        g_autofree char *label = script_mixed_label(cases[i].name, &scripts);
        g_assert_cmpstr(label, ==, cases[i].label);
        g_assert_cmpstr(scripts, ==, cases[i].scripts);
        g_assert_cmpint(script_name_is_restrictive(cases[i].name), ==, cases[i].label == NULL);
    }
}

/* A list shows what may deceive as it is asked of DNS; all else as it was written. */
static void
test_guarded(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "", "" },
        { "Ann <ann@example.com>", "Ann <ann@example.com>" },
        { "Jörg <j@bücher.example>", "Jörg <j@bücher.example>" },
        { "東京 <a@東京.example>, b", "東京 <a@東京.example>, b" },
        { "a@пример.рф", "a@пример.рф" },
        { "é <a@pаypal.example>", "é <a@xn--pypal-4ve.example>" },
        { "\"a@pаypal.example\" <b@сорое.example>, c@example.net",
          "\"a@xn--pypal-4ve.example\" <b@xn--e1arahd.example>, c@example.net" },
        { "a@gοοd.example", "a@xn--gd-jbca.example" },
        { "pаypal", "pаypal" },
        { "@@pаypal.example@", "@@xn--pypal-4ve.example@" },
        { "a@pа..ypal", "a@pа..ypal" },
        { "a@pаypal.example\xff", "a@pаypal.example\xff" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = script_guarded(cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* ---- a whole message ---- */

static Report *
mail_from(const char *domain)
{
    Report *report = report_new();

    report->from->domain = name_normalise(domain);
    g_ptr_array_add(report->from->domains, g_strdup(report->from->domain));
    return report;
}

static const Finding *
finding_of(const Report *report, const char *id)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (g_str_equal(finding->id, id))
            return finding;
    }
    return NULL;
}

static void
test_brands(void)
{
    static const struct { const char *name, *how; } cases[] = {
        { "paypa1.com", "how-confusable" },       { "amaz0n.co.jp", "how-confusable" },
        { "rnicrosoft.com", "how-confusable" },   { "rakuten-info.example", "how-added" },
        { "mlcrosoft.example", "how-typo" },      { "paypaI.com", "how-typo" },
        { "www.amazon.co.jp.login.example", "how-subdomain" },
        { "аррӏе.com", "how-confusable" },        { "raakuten.co.jp", "how-typo" },
        { "paypal.com", NULL },                   { "mail.paypal.com", NULL },
        { "amazonses.com", NULL },                { "rakuten-card.co.jp", NULL },
        { "example.com", NULL },                  { "apples.example", NULL },
        { "ample.example", NULL },                { "chased.example", NULL },
        { "yamate.example", NULL },               { "paypal.example", NULL },
        { "pineapple.example", NULL },            { "apple-farm.example", NULL },
    };
    g_autoptr(Lookalikes) data = shipped();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Report) report = mail_from(cases[i].name);
        lookalike_find(data, report);
        const Finding *finding = finding_of(report, "lookalike-brand");
        if (!finding != !cases[i].how)
            g_test_message("%s", cases[i].name);
        g_assert_cmpint(finding != NULL, ==, cases[i].how != NULL);
        if (finding)
            g_assert_cmpstr(finding->args->pdata[3], ==, cases[i].how);
    }
}

/* ---- in lists ---- */

static void
test_imitated(void)
{
    static const struct { const char *from, *want; } cases[] = {
        { "paypa1.com <service@paypa1.com>", "paypal.com" },
        { "A <a@rnicrosoft.com>", "microsoft.com" },
        { "A <a@MAIL.RNICROSOFT.COM>", "microsoft.com" },
        { "a@amaz0n.co.jp", "amazon.com" },
        { "a@mlcrosoft.example", "microsoft.com" },
        { "a@www.amazon.co.jp.login.example", "amazon.com" },
        { "a@example.com, b@paypa1.com", "paypal.com" },
        { "\"x@paypa1.com\" <b@example.com>", "paypal.com" },
        { "a@pаypal.com", "paypal.com" },             /* Cyrillic a, and its A-label */
        { "a@xn--pypal-4ve.com", "paypal.com" },
        /* a word added may be the owner's; what a report only notes is no mark */
        { "a@rakuten-info.example", NULL },
        { "a@paypal.com", NULL },
        { "a@mail.paypal.com, b@rakuten-card.co.jp", NULL },
        { "a@s3.cn-north-1.amazonaws.com.cn", NULL },
        { "a@example.com", NULL },
        { "a@pineapple.example", NULL },
        { "paypa1.com", NULL },
        { "@", NULL },
        { "a@@b@.@..@.paypa1.com", NULL },
        { "a@paypa1..com", NULL },
        { "", NULL },
        { NULL, NULL },
    };
    g_autoptr(Lookalikes) data = shipped();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *got = lookalike_imitated_in(data, cases[i].from);
        if (g_strcmp0(got, cases[i].want) != 0)
            g_test_message("%s", cases[i].from);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_assert_null(lookalike_imitated_in(NULL, "a@paypa1.com"));
}

/* "from of": each time a name of `from` is asked for. */
static const char *
like_among(const Lookalikes *data, const char *const *list, const char *name)
{
    LookalikeNames *names = lookalike_names_new(data);

    for (; *list; list++) {
        g_auto(GStrv) words = g_strsplit(*list, " ", 2);
        lookalike_names_add(names, words[0], g_ascii_strtoll(words[1], NULL, 10));
    }
    const char *like = lookalike_names_like(names, name);
    const char *kept = like ? g_intern_string(like) : NULL;
    lookalike_names_free(names);
    return kept;
}

static void
test_names(void)
{
    static const struct { const char *list[5], *name, *want; } cases[] = {
        { { "example.com 9", "exarnple.com 1" }, "exarnple.com", "example.com" },
        { { "example.com 9", "exarnple.com 1" }, "example.com", NULL },
        { { "exarnple.com 1", "example.com 9" }, "exarnple.com", "example.com" },
        { { "mail.example.com 9", "a.b.exarnple.com 1" }, "a.b.exarnple.com", "example.com" },
        { { "exarnple.com 9", "example.com 1" }, "example.com", "exarnple.com" },
        /* as many: who is written otherwise than it reads */
        { { "exarnple.com 2", "example.com 2" }, "exarnple.com", "example.com" },
        { { "exarnple.com 2", "example.com 2" }, "example.com", NULL },
        { { "exarnple.com 2", "examp1e.com 2" }, "examp1e.com", NULL },
        { { "exarnple.com 1", "examp1e.com 2", "example.com 3" }, "exarnple.com", "example.com" },
        { { "exarnple.com 1", "example.com 3", "examp1e.com 2" }, "exarnple.com", "example.com" },
        { { "a.exarnple.com 1", "b.exarnple.com 1", "example.com 2" }, "a.exarnple.com", "example.com" },
        { { "paypa1.com 5", "paypall.com 9" }, "paypa1.com", "paypal.com" },
        /* … but who is often imitated never is one, nor is an imitation imitated */
        { { "paypa1.com 9", "paypal.com 1" }, "paypal.com", NULL },
        { { "paypa1.example 9", "aaypal.example 9", "paypai.example 1" }, "paypai.example", "paypal.com" },
        /* no look-alikes */
        { { "example.com 9", "example.net 1" }, "example.net", NULL },
        { { "example.com 9", "exampel.com 1" }, "exampel.com", NULL },
        { { "mail1.example 9", "maill.example 1" }, "maill.example", "mail1.example" },
        { { "mail1.example 9", "mail2.example 1" }, "mail2.example", NULL },
        { { "example 9", "examp1e 1" }, "examp1e", NULL },
        { { "m.example 9", "rn.example 1" }, "rn.example", NULL },
        { { "me.example 9", "rne.example 1" }, "rne.example", NULL },
        { { "net.example 9", "ne1.example 1", "nel.example 5" }, "ne1.example", "nel.example" },
        { { "example.com 9" }, "exarnple.com", NULL },
    };
    g_autoptr(Lookalikes) data = shipped();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *got = like_among(data, cases[i].list, cases[i].name);
        if (g_strcmp0(got, cases[i].want) != 0)
            g_test_message("case %u: %s", (guint)i, cases[i].name);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* A sender can write as many names as he likes that all read the same: 2^16 ways of one. */
static void
test_names_many(void)
{
    enum { NAMES = 65536 };
    g_autoptr(Lookalikes) data = shipped();
    LookalikeNames *names = lookalike_names_new(data);
    const gint64 begin = g_get_monotonic_time();

    lookalike_names_add(names, "olololololololol.example", 3);
    for (guint i = 1; i < NAMES; i++) {
        char name[] = "olololololololol.example";
        for (guint bit = 0; bit < 16; bit++)
            if (i >> bit & 1)
                name[bit] = name[bit] == 'o' ? '0' : '1';
        lookalike_names_add(names, name, 1);
        const char *like = lookalike_names_like(names, name);
        g_assert_true(!like || g_str_equal(like, "olololololololol.example"));
    }
    g_assert_cmpstr(lookalike_names_like(names, "0lololololololol.example"), ==, "olololololololol.example");
    lookalike_names_free(names);
    g_assert_cmpint((int)(g_get_monotonic_time() - begin), <, 60 * G_USEC_PER_SEC);
}

static void
test_where(void)
{
    g_autoptr(Lookalikes) data = shipped();
    g_autoptr(Report) report = mail_from("delivry.example");
    Mailbox *author = record_new(&mailbox_type);

    author->name = g_strdup("Widgets (widgets-shop.example)");
    g_ptr_array_add(report->from->addresses, author);
    g_ptr_array_add(report->source->recipients, g_strdup("taro@delivery.example"));
    lookalike_find(data, report);
    g_assert_cmpuint(report->findings->len, ==, 1);
    const Finding *finding = report->findings->pdata[0];
    g_assert_cmpstr(finding->id, ==, "lookalike-domain");
    g_assert_cmpstr(finding->args->pdata[1], ==, "delivery.example");
    g_assert_cmpstr(finding->args->pdata[2], ==, "where-to");
    g_assert_cmpint(finding->severity, ==, SEVERITY_WARNING);
}

static void
test_mixed(void)
{
    static const struct { const char *name, *id; } cases[] = {
        { "pаypal.example", "mixed-script" },    { "сорое.example", "whole-script" },
        { "ドメイン名例.example", NULL },        { "пример.example", NULL },
        { "東京ticket.example", NULL },          { "example.com", NULL },
    };
    g_autoptr(Lookalikes) data = shipped();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Report) report = mail_from(cases[i].name);
        lookalike_find(data, report);
        g_assert_cmpint(finding_of(report, "mixed-script") != NULL, ==,
                        g_strcmp0(cases[i].id, "mixed-script") == 0);
        g_assert_cmpint(finding_of(report, "whole-script") != NULL, ==,
                        g_strcmp0(cases[i].id, "whole-script") == 0);
    }
}

/* ---- how often it is wrong ---- */

static char *
random_name(GRand *random)
{
    static const char *const syllables[] = { "ya", "ma", "da", "ta", "na", "ka", "ko", "shi", "to",
                                             "mi", "ro", "su", "ki", "no", "ha", "ra", "en", "shop" };
    static const char *const ends[] = { ".co.jp", ".jp", ".com", ".net", ".ne.jp" };
    GString *name = g_string_new(NULL);

    for (int i = g_rand_int_range(random, 2, 5); i > 0; i--)
        g_string_append(name, syllables[g_rand_int_range(random, 0, G_N_ELEMENTS(syllables))]);
    g_string_append(name, ends[g_rand_int_range(random, 0, G_N_ELEMENTS(ends))]);
    return g_string_free(name, FALSE);
}

/* Ordinary names of a few syllables, two that have nothing to do with each other in each mail. */
static void
test_false_alarms(void)
{
    enum { MAILS = 20000 };
    g_autoptr(Lookalikes) data = shipped();
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    guint alarms = 0;

    for (guint i = 0; i < MAILS; i++) {
        g_autofree char *name = random_name(random);
        g_autofree char *other = random_name(random);
        g_autoptr(Report) report = mail_from(name);
        g_ptr_array_add(report->source->recipients, g_strdup(other));
        lookalike_find(data, report);
        if (report->findings->len > 0)
            g_test_message("%s, %s", name, other);
        alarms += report->findings->len > 0 ? 1 : 0;
    }
    g_test_message("%u false alarms in %u mails", alarms, (guint)MAILS);
    g_assert_cmpuint(alarms * 1000, <=, MAILS);
}

static void
test_faults(void)
{
    static const struct { const char *text, *fault; } cases[] = {
        { "[characters]\nab = c\n", ", line 2: a character = what it looks like (ASCII) is needed" },
        { "[sequences]\nabc = d\n", ", line 2: two letters = one letter is needed" },
        { "[others]\na = b\n", ", line 2: the sections are [sequences] and [characters]" },
    };
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "test-lookalike-XXXXXX", NULL);
    const int file = g_mkstemp(path);

    g_assert_cmpint(file, >=, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const paths[] = { path, "src/data/confusables.ini", NULL }, *const none[] = { NULL };
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        g_autoptr(Lookalikes) data = lookalikes_load(paths, none, faults);
        g_assert_cmpuint(faults->len, ==, 1);
        g_assert_true(g_str_has_suffix(faults->pdata[0], cases[i].fault));
        g_autofree char *skeleton = lookalike_skeleton(data, "rn1");
        g_assert_cmpstr(skeleton, ==, "ml");
    }
    g_close(file, NULL);
    g_remove(path);
}

/* Of a character that comes several times the last line counts, whatever stands between. */
static void
test_again(void)
{
    const char text[] = "[characters]\nб = b\nω = w\nб = x\nd = a\nб = y\nd = c\n";
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "test-lookalike-XXXXXX", NULL);
    const int file = g_mkstemp(path);
    const char *const paths[] = { path, NULL }, *const none[] = { NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    g_assert_cmpint(file, >=, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Lookalikes) data = lookalikes_load(paths, none, faults);
    g_assert_cmpuint(faults->len, ==, 0);
    g_autofree char *skeleton = lookalike_skeleton(data, "бωd");
    g_assert_cmpstr(skeleton, ==, "ywc");
    g_close(file, NULL);
    g_remove(path);
}

/* ---- kept ---- */

static const char *const kept_names[] = { "delivery.example", "delivry.example", "widget.example", "widget-support.example", "shop.example",
                                          "xn--delivry-chg.example", "mail.delivery.example", "paypa1.example" };

static const char *
drawn(GRand *dice)
{
    return kept_names[g_rand_int_range(dice, 0, G_N_ELEMENTS(kept_names))];
}

static gboolean
heads(GRand *dice)
{
    return g_rand_int_range(dice, 0, 4) == 0;
}

/* The same for the same dice. */
static Report *
drawn_report(guint32 seed)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
    Report *report = mail_from(drawn(dice));
    Mailbox *author = record_new(&mailbox_type);

    author->name = heads(dice) ? g_strdup_printf("Ann (%s)", drawn(dice)) : heads(dice) ? g_strdup("Ann") : NULL;
    g_ptr_array_add(report->from->addresses, author);
    if (heads(dice))
        g_ptr_array_add(report->from->domains, g_strdup(drawn(dice)));
    if (heads(dice)) {
        report->reply_to = record_new(&other_sender_type);
        report->reply_to->domain = g_strdup(drawn(dice));
    }
    if (heads(dice)) {
        report->sender = record_new(&other_sender_type);
        report->sender->domain = g_strdup(drawn(dice));
    }
    report->envelope->mail_from->domain = heads(dice) ? g_strdup(drawn(dice)) : NULL;
    for (gint32 i = g_rand_int_range(dice, 0, 3); i > 0; i--) {
        DkimResult *result = record_new(&dkim_result_type);
        result->domain = g_strdup(report->from->domain);
        g_ptr_array_add(report->dkim, result);
    }
    for (gint32 i = g_rand_int_range(dice, 0, 3); i > 0; i--)
        g_ptr_array_add(report->source->recipients, heads(dice) ? g_strdup("shop.example") : g_strconcat("taro@", drawn(dice), NULL));
    return report;
}

/* Whatever came before, a report has the findings that it has alone. */
static void
test_kept(void)
{
    g_autoptr(Lookalikes) data = shipped();
    LookalikeKept *kept = lookalike_kept_new();
    g_autoptr(GRand) dice = g_rand_new_with_seed(1);
    guint found = 0, quiet = 0;

    for (guint i = 0; i < 20000; i++) {
        const guint32 seed = (guint32)g_rand_int_range(dice, 0, 2000);
        g_autoptr(Report) report = drawn_report(seed), alone = drawn_report(seed);
        lookalike_find_kept(data, kept, report);
        lookalike_find(data, alone);
        g_assert_true(record_equal(&report_type, report, alone));
        found += report->findings->len > 0 ? 1 : 0;
        quiet += report->findings->len > 0 ? 0 : 1;
    }
    g_assert_cmpuint(found, >, 1000);
    g_assert_cmpuint(quiet, >, 1000);
    lookalike_kept_free(kept);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!g_file_test("src/data/brands.ini", G_FILE_TEST_EXISTS))
        return 77;
    g_test_add_func("/lookalike/compare", test_compare);
    g_test_add_func("/lookalike/scripts", test_scripts);
    g_test_add_func("/lookalike/guarded", test_guarded);
    g_test_add_func("/lookalike/brands", test_brands);
    g_test_add_func("/lookalike/imitated", test_imitated);
    g_test_add_func("/lookalike/names", test_names);
    g_test_add_func("/lookalike/names/many", test_names_many);
    g_test_add_func("/lookalike/where", test_where);
    g_test_add_func("/lookalike/mixed", test_mixed);
    g_test_add_func("/lookalike/false-alarms", test_false_alarms);
    g_test_add_func("/lookalike/faults", test_faults);
    g_test_add_func("/lookalike/again", test_again);
    g_test_add_func("/lookalike/kept", test_kept);
    return g_test_run();
}
