/* test-wordset.c: a set of texts answers as a table does, however many they are.
 * SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "base/wordset.h"

static void
test_against_table(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(1);

    for (guint round = 0; round < 400; round++) {
        const gint32 many = g_rand_int_range(dice, 1, 30);
        g_autoptr(GHashTable) table = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
        WordSet set = { .free = round % 2 ? g_free : NULL };
        g_autoptr(GPtrArray) ours = g_ptr_array_new_with_free_func(g_free);
        for (gint32 i = g_rand_int_range(dice, 0, 40); i >= 0; i--) {
            char *text = g_strdup_printf("%d", g_rand_int_range(dice, 0, many));
            g_assert_true(wordset_has(&set, text) == g_hash_table_contains(table, text));
            if (!set.free)
                g_ptr_array_add(ours, text);
            g_autofree char *copy = g_strdup(text);
            g_assert_true(wordset_add(&set, text) == g_hash_table_add(table, g_strdup(copy)));
            g_assert_true(wordset_has(&set, copy));
        }
        g_assert_false(wordset_has(&set, "none"));
        wordset_clear(&set);
        g_assert_false(wordset_has(&set, "0"));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wordset/table", test_against_table);
    return g_test_run();
}
