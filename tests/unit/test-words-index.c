/* Words are found by their id, and what has none is not found.
 * SPDX-License-Identifier: MIT */
#include "tree/words-index.h"

#include "tree/words.h"

static void
test_found(void)
{
    enum { ROWS = 1000 };
    char ids[ROWS][16];
    WordsIndex *index = words_index_new(ROWS);

    g_assert_null(words_index_find(index, "0"));
    for (gsize i = 0; i < ROWS; i++) {
        g_snprintf(ids[i], sizeof ids[i], "id-%zu", i);
        words_index_add(index, ids[i], &ids[i]);
    }
    for (gsize i = 0; i < ROWS; i++) {
        g_autofree char *id = g_strdup(ids[i]);
        g_assert_true(words_index_find(index, id) == &ids[i]);
        g_assert_true(words_index_find(index, ids[i]) == &ids[i]);
    }
    g_assert_null(words_index_find(index, "id-1000"));
    g_assert_null(words_index_find(index, ""));
    words_index_add(index, "id-7", "another");
    g_assert_true(words_index_find(index, "id-7") == &ids[7]);
    g_assert_true(words_index_find(index, ids[7]) == &ids[7]);
    words_index_free(index);
}

/* Each row of the tables is the one that its id finds, the first of several. */
static void
test_rules(void)
{
    for (const TextWords *words = words_receivers; words->id; words++) {
        if (!g_str_has_prefix(words->id, "rule-"))
            continue;
        ReceiverRule rule = { .reason = words->id };
        g_autofree char *text = words_rule_evidence(&rule);
        g_autofree char *same = words_fill(words->text, NULL);
        g_assert_cmpstr(text, ==, same);
    }
}

static void
test_steps(void)
{
    const StepWords *const tables[] = { words_dmarc, words_dkim, words_spf, words_arc, words_check, words_peers };

    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const StepWords *words = tables[t]; words->id; words++) {
            g_autoptr(GPtrArray) args = g_ptr_array_new();
            const Step step = { .id = words->id, .args = args };
            g_autofree char *title = words_title(&step);
            g_autofree char *same = words_fill(words->title, NULL);
            g_assert_cmpstr(title, ==, same);
        }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words-index/found", test_found);
    g_test_add_func("/words-index/rules", test_rules);
    g_test_add_func("/words-index/steps", test_steps);
    return g_test_run();
}
