/* test-hash.c: texts as keys: nobody can choose them so that they fall together.
 * SPDX-License-Identifier: MIT */
#include <glib.h>
#include <string.h>

#include "base/hash.h"

/* All words of `pieces` pieces, each one of two that are alike to g_str_hash(). (transfer full) */
static GPtrArray *
words_alike(guint pieces)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < 1u << pieces; i++) {
        GString *word = g_string_new(NULL);
        for (guint k = 0; k < pieces; k++)
            g_string_append(word, i >> k & 1 ? "az" : "c8");
        g_ptr_array_add(words, g_string_free(word, FALSE));
    }
    return words;
}

/* Of 16,384 texts some two or three share a place among 2^32; in a table of as many rows no row has twenty. */
static void
test_spread(void)
{
    g_autoptr(GPtrArray) words = words_alike(14);
    g_autoptr(GHashTable) different = g_hash_table_new(NULL, NULL);
    guint rows[1 << 14] = { 0 }, most = 0;

    for (guint i = 0; i < words->len; i++) {
        const guint hash = hash_text(words->pdata[i]);
        g_assert_cmpuint(g_str_hash(words->pdata[i]), ==, g_str_hash(words->pdata[0]));
        g_hash_table_add(different, GUINT_TO_POINTER(hash));
        most = MAX(most, ++rows[hash % G_N_ELEMENTS(rows)]);
    }
    g_assert_cmpuint(g_hash_table_size(different), >, words->len - 10);
    g_assert_cmpuint(most, <, 20);
}

/* Every length, wherever it stands, goes by all of its bytes and by nothing behind it. */
static void
test_bytes(void)
{
    char text[64], other[64];

    for (gsize length = 0; length < 40; length++) {
        for (gsize at = 0; at < 8; at++) {
            memset(text, 'x', sizeof text);
            memset(other, 'y', sizeof other);
            memcpy(other + at, text, length);
            text[length] = other[at + length] = '\0';
            g_assert_cmpuint(hash_text(text), ==, hash_text(other + at));
        }
        for (gsize i = 0; i < length; i++) {
            memcpy(other, text, length + 1);
            other[i] = 'z';
            g_assert_cmpuint(hash_text(text), !=, hash_text(other));
        }
    }
    g_assert_cmpuint(hash_text("x"), !=, hash_text("xx"));
    g_assert_cmpuint(hash_text(""), !=, hash_text("\x01"));
    g_assert_cmpuint(hash_text("\x81\x02"), !=, hash_text("\x01\x03"));
}

/* The next run has another key. */
static void
test_key(void)
{
    g_autofree char *here = g_strdup_printf("hash %u.\n", hash_text("example.com")),
                    *there = g_strconcat("*", here, "*", NULL);

    if (g_test_subprocess()) {
        g_print("%s", here);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stdout("*hash *");
    g_test_trap_assert_stdout_unmatched(there);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hash/spread", test_spread);
    g_test_add_func("/hash/bytes", test_bytes);
    g_test_add_func("/hash/key", test_key);
    return g_test_run();
}
