/* test-receivers.c: files of rules and of mail programs: what is read, which fault is told, which file counts.
 * SPDX-License-Identifier: MIT */
#include "receivers/receivers.h"

#include <glib/gstdio.h>
#include <string.h>

#include "receivers/check.h"
#include "receivers/presentation.h"
#include "tree/words.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

#define HEAD "[profile]\nas-of = 2026-07-02\nsource = https://example.com/rules\n"

/* A folder below a new one, with one file in it. (transfer full) */
static char *
folder_with(const char *file, const char *text)
{
    g_autofree char *root = g_dir_make_tmp("receivers-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(root, file, NULL);

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return g_steal_pointer(&root);
}

static void
forget_folder(const char *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);

    g_remove(path);
    g_rmdir(folder);
}

/* The rules of one file, and its only fault (NULL: none). */
static ReceiverRules *
load(const char *text, char **fault)
{
    g_autofree char *folder = folder_with("own.ini", text);
    const char *const folders[] = { folder, NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    ReceiverRules *rules = receiver_rules_load(folders, faults);

    g_assert_cmpuint(faults->len, <=, 1);
    *fault = faults->len > 0 ? g_strdup(faults->pdata[0]) : NULL;
    forget_folder(folder, "own.ini");
    return rules;
}

static void
test_reads(void)
{
    g_autofree char *fault = NULL;
    g_autoptr(ReceiverRules) rules =
        load(HEAD "name = Our own\norder = 3\n[spf]\neffect = reject\ncode = 5.7.1\n"
                  "[long-key]\ncheck = dkim-key\nat-least = 2048\ntitle = A long key\n"
                  "[ours]\ncheck = own-domain\ndomains = example.com, example.net\nclash = arc\n", &fault);

    g_assert_null(fault);
    g_assert_cmpuint(rules->profiles->len, ==, 1);
    const Profile *profile = rules->profiles->pdata[0];
    g_assert_cmpstr(profile->id, ==, "own");
    g_assert_cmpstr(profile->name, ==, "Our own");
    g_assert_cmpuint(profile->rules->len, ==, 3);
    const RuleSpec *spf = profile->rules->pdata[0], *key = profile->rules->pdata[1];
    const RuleSpec *ours = profile->rules->pdata[2];
    g_assert_cmpstr(spf->check->name, ==, "spf");
    g_assert_cmpint(spf->effect, ==, EFFECT_REJECT);
    g_assert_cmpstr(spf->code, ==, "5.7.1");
    g_assert_cmpuint(key->least, ==, 2048);
    g_assert_cmpint(key->effect, ==, EFFECT_ADVICE);
    g_assert_cmpstr(ours->domains[1], ==, "example.net");
    g_assert_cmpuint(rules->slots, ==, 3);
}

/* A letter more than a report holds of such a text. */
#define TEN "abcdefghij"
#define FIFTY TEN TEN TEN TEN TEN
#define LONG FIFTY FIFTY FIFTY FIFTY FIFTY "abcdefg"

static void
test_faults(void)
{
    static const struct { const char *text, *fault; } cases[] = {
        { HEAD "[spf]\neffect = explode\n",
          "own.ini, line 5: no effect \"explode\": reject, spam, support or advice" },
        { HEAD "[spf]\nnonsense\n", "own.ini, line 5: neither [section] nor key = value" },
        { HEAD "[spf]\ncolor = red\n", "own.ini, line 5: there is no setting \"color\" here" },
        { HEAD "[spf\n", "own.ini, line 4: the section's ] is missing" },
        { HEAD "[spf]\ncheck = spv\n", "own.ini, line 5: there is no check \"spv\"" },
        { HEAD "[spf]\nsince = yesterday\n", "own.ini, line 5: a date as 2026-01-31 is needed" },
        { HEAD "[dkim-key]\nat-least = many\n", "own.ini, line 5: a number is needed" },
        { HEAD "[spf]\nclash = spf\n", "own.ini, line 5: no meaning \"spf\": null-mx, arc or requiretls" },
        { HEAD "[Some Rule]\ncheck = spf\n",
          "own.ini, line 5: a section is a word of small letters, digits and hyphens" },
        { HEAD "[spf]\nsource = " LONG "\n", "own.ini, line 5: the text is longer than 256 bytes" },
        { HEAD "[spf]\ncode = " LONG "\n", "own.ini, line 5: the text is longer than 256 bytes" },
        { HEAD "[" LONG "]\ncheck = spf\n", "own.ini, line 5: a section is a word of small letters, digits and hyphens" },
        { HEAD "[mine]\neffect = spam\n", "own.ini: [mine] names no check" },
        { HEAD "[dkim-key]\neffect = spam\n", "own.ini: [dkim-key] lacks at-least" },
        { HEAD "[own-domain]\neffect = spam\n", "own.ini: [own-domain] lacks domains" },
        { HEAD "[spf]\ninstead = dkim\n", "own.ini: [spf] instead of a rule that is not there" },
        { HEAD "[spf]\ninstead = spf\n", "own.ini: [spf] instead of a rule that is not there" },
        { HEAD, "own.ini: there is no rule in it" },
        { "[profile]\nsource = x\n[spf]\neffect = spam\n",
          "own.ini: [profile] lacks as-of, the day on which it was true" },
        { "[profile]\nas-of = 2026-07-02\n[spf]\neffect = spam\n", "own.ini: [profile] lacks source" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fault = NULL;
        g_autoptr(ReceiverRules) rules = load(cases[i].text, &fault);
        g_assert_cmpuint(rules->profiles->len, ==, 0);
        g_assert_nonnull(fault);
        if (!g_str_has_suffix(fault, cases[i].fault))
            g_test_message("%s", fault);
        g_assert_true(g_str_has_suffix(fault, cases[i].fault));
    }
}

/* A user's file takes the place of the shipped one; where it is broken, the shipped one counts. */
static void
test_which_counts(void)
{
    g_autofree char *good = folder_with("own.ini", HEAD "[spf]\neffect = reject\n");
    g_autofree char *shipped = folder_with("own.ini", HEAD "[dkim]\neffect = reject\n");
    g_autofree char *bad = folder_with("own.ini", HEAD "[spf]\neffect = explode\n");
    const char *const users[] = { good, bad }, *const first[] = { "spf", "dkim" };

    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        const char *const folders[] = { "/nonexistent", users[i], shipped, NULL };
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(ReceiverRules) rules = receiver_rules_load(folders, faults);
        g_assert_cmpuint(faults->len, ==, i);
        g_assert_cmpuint(rules->profiles->len, ==, 1);
        const Profile *profile = rules->profiles->pdata[0];
        g_assert_cmpstr(((const RuleSpec *)profile->rules->pdata[0])->id, ==, first[i]);
    }
    forget_folder(good, "own.ini");
    forget_folder(shipped, "own.ini");
    forget_folder(bad, "own.ini");
}

/* The files that are shipped: no fault, the contract's profiles in its order, words for each rule. */
static void
test_shipped(void)
{
    static const char *const names[] = { "gmail", "gmail-bulk", "yahoo-bulk", "microsoft-bulk",
                                         "icloud" };
    const char *const folders[] = { "src/data/receivers", NULL };
    const char *const programs[] = { "src/data/programs.ini", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(ReceiverRules) rules = receiver_rules_load(folders, faults);
    g_autoptr(Programs) shown = programs_load(programs, faults);

    if (!g_file_test(folders[0], G_FILE_TEST_IS_DIR)) {
        g_test_skip("not run from the project's folder");
        return;
    }
    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_cmpuint(shown->all->len, >=, 4);
    g_assert_cmpuint(rules->profiles->len, ==, G_N_ELEMENTS(names));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const Profile *profile = rules->profiles->pdata[i];
        g_assert_cmpstr(profile->id, ==, names[i]);
        for (guint r = 0; r < profile->rules->len; r++) {
            const RuleSpec *rule = profile->rules->pdata[r];
            ReceiverRule like = { .id = rule->id, .check = rule->check->name };
            g_autofree char *title = words_rule_title(&like);
            g_autofree char *remedy = words_rule_remedy(&like);
            g_assert_cmpstr(title, !=, rule->id);
            g_assert_cmpstr(remedy, !=, rule->check->name);
        }
    }
}

/* They are looked up by halving. */
static void
test_words_in_order(void)
{
    for (const TextWords *words = words_receivers; words[1].id; words++)
        g_assert_cmpstr(words[0].id, <, words[1].id);
}

static void
test_programs(void)
{
    static const struct { const char *text, *fault; } cases[] = {
        { "[a]\nas-of = 2026\nsource = x\nvia = differs\nquestion-mark = neither\nshows = name\n", NULL },
        { "[a]\nas-of = 2026\nsource = x\nvia = sometimes\n",
          ", line 4: one of these is needed: never, unproved, differs" },
        { "[a]\nas-of = 2026\nsource = x\nknown = perhaps\n", ", line 4: yes or no is needed" },
        { "[a]\nas-of = 2026\n", ": [a] lacks as-of or source" },
        { "via = never\n", ", line 1: a [section] with the name comes first" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *folder = folder_with("programs.ini", cases[i].text);
        g_autofree char *path = g_build_filename(folder, "programs.ini", NULL);
        const char *const paths[] = { path, "src/data/programs.ini", NULL };
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(Programs) programs = programs_load(paths, faults);
        g_assert_cmpuint(faults->len, ==, cases[i].fault ? 1 : 0);
        g_assert_true(!cases[i].fault || g_str_has_suffix(faults->pdata[0], cases[i].fault));
        g_assert_cmpint(programs->all->len == 1, ==, cases[i].fault == NULL);
        forget_folder(folder, "programs.ini");
    }
}

/* Without a message only what was assumed is judged; no rules, no verdicts. */
static void
test_nothing(void)
{
    g_autoptr(Report) report = report_new();
    g_autofree char *fault = NULL;
    g_autoptr(ReceiverRules) rules = load(HEAD "[tls]\neffect = reject\n[spf]\neffect = reject\n", &fault);

    receivers_judge(NULL, NULL, report);
    presentation_tell(NULL, report);
    g_assert_cmpuint(report->receivers->len + report->shown->len, ==, 0);
    receivers_judge(rules, NULL, report);
    const ReceiverVerdict *verdict = report->receivers->pdata[0];
    const ReceiverRule *tls = verdict->rules->pdata[0], *spf = verdict->rules->pdata[1];
    g_assert_cmpint(tls->result, ==, RESULT_SKIPPED);
    g_assert_cmpint(spf->result, ==, RESULT_UNKNOWN);
    g_assert_cmpint(verdict->result, ==, RESULT_UNKNOWN);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/receivers/reads", test_reads);
    g_test_add_func("/receivers/faults", test_faults);
    g_test_add_func("/receivers/which-counts", test_which_counts);
    g_test_add_func("/receivers/shipped", test_shipped);
    g_test_add_func("/receivers/words-in-order", test_words_in_order);
    g_test_add_func("/receivers/programs", test_programs);
    g_test_add_func("/receivers/nothing", test_nothing);
    return g_test_run();
}
