/* test-again.c: what came twice is kept, and the first few at once; what comes once drives nothing out, and the table never
 * grows.
 * SPDX-License-Identifier: MIT */
#include "base/again.h"

#include <string.h>

#include "base/again-key.h"

static guint alive;

static void
thing_free(gpointer thing)
{
    alive--;
    g_free(thing);
}

/* As whoever uses it does. TRUE where it was known. */
static gboolean
see(Again *again, const char *text)
{
    const char *known = again_find(again, text);

    if (known) {
        g_assert_cmpstr(known, ==, text);
        return TRUE;
    }
    if (again_came(again, text)) {
        alive++;
        again_keep(again, text, g_strdup(text));
    }
    return FALSE;
}

/* In which nothing is kept at once any more. */
static Again *
no_longer_new(guint rows)
{
    Again *again = again_new(rows, thing_free);

    for (guint i = 0; i < AGAIN_EARLY; i++) {
        g_autofree char *text = g_strdup_printf("early %u", i);
        g_assert_true(again_came(again, text));
    }
    return again;
}

/* As many as that, and not what is there already; in so many rows that no five share one. */
static void
test_early(void)
{
    Again *again = again_new(1024, thing_free);

    alive = 0;
    for (guint i = 0; i < 2 * AGAIN_EARLY; i++) {
        g_autofree char *text = g_strdup_printf("%u", i / 2);
        g_assert_true(see(again, text) == (i % 2 > 0));
    }
    g_assert_cmpuint(alive, ==, AGAIN_EARLY);
    g_assert_false(see(again, "later"));
    g_assert_false(see(again, "later"));
    g_assert_true(see(again, "later"));
    again_free(again);
    g_assert_cmpuint(alive, ==, 0);
}

static void
test_twice(void)
{
    Again *again = no_longer_new(8);

    alive = 0;
    g_assert_false(see(again, "a"));
    g_assert_null(again_find(again, "a"));
    g_assert_false(see(again, "a"));
    g_assert_true(see(again, "a"));
    g_assert_null(again_find(again, "b"));
    again_keep(again, "a", NULL);
    g_assert_cmpuint(alive, ==, 0);
    g_assert_null(again_find(again, "a"));
    g_assert_false(see(again, "a"));
    g_assert_cmpuint(alive, ==, 1);
    alive++;
    again_keep(again, "a", g_strdup("other"));      /* in its place */
    g_assert_cmpuint(alive, ==, 1);
    g_assert_cmpstr(again_find(again, "a"), ==, "other");
    again_free(again);
    g_assert_cmpuint(alive, ==, 0);
}

/* In whatever order they take turns. */
static void
test_turns(void)
{
    Again *again = no_longer_new(1);

    for (guint round = 0; round < 4; round++)
        for (guint i = 0; i < 4; i++) {
            const char text[] = { (char)('a' + i), '\0' };
            g_assert_true(see(again, text) == (round > 1));
        }
    again_free(again);
}

/* More of them than there are places, one after the other again and again. */
static void
test_too_many_turns(void)
{
    Again *again = no_longer_new(1);
    guint known = 0;

    for (guint i = 0; i < 6000; i++) {
        const char text[] = { (char)('a' + i % 6), '\0' };
        known += see(again, text) ? 1 : 0;
    }
    g_assert_cmpuint(known, >, 2000);
    again_free(again);
}

static void
test_once(void)
{
    Again *again = no_longer_new(8);

    alive = 0;
    for (guint i = 0; i < 3; i++)
        see(again, "a");
    for (guint i = 0; i < 5000; i++) {
        g_autofree char *text = g_strdup_printf("%u", i);
        see(again, text);
    }
    g_assert_true(see(again, "a"));
    g_assert_cmpuint(alive, ==, 1);
    again_free(again);
}

static void
test_bounded(void)
{
    Again *again = no_longer_new(8);
    guint known = 0;

    alive = 0;
    for (guint i = 0; i < 9000; i++) {
        g_autofree char *text = g_strdup_printf("%u", i / 3);
        known += see(again, text) ? 1 : 0;
        g_assert_cmpuint(alive, <=, 8 * 4);
    }
    g_assert_cmpuint(known, ==, 3000);
    g_assert_cmpuint(alive, ==, 8 * 4);
    for (guint i = 0; i < 3000; i++) {
        g_autofree char *text = g_strdup_printf("%u", i);
        known += again_find(again, text) ? 1 : 0;
    }
    g_assert_cmpuint(known, ==, 3000 + 8 * 4);
    again_free(again);
    g_assert_cmpuint(alive, ==, 0);
}

/* ---- keys ---- */

/* Texts that begin and end as marks of numbers do, and numbers that do as texts. Which kinds follow each
 * other is known to whoever writes a key. */
static void
draw_part(GRand *random, GString *key, GString *kinds, GString *whole)
{
    static const char *const texts[] = { NULL, "", "A", "AB", "B", "@", "@@", "\x7f", "\x80\x41", "a longer one than sixteen bytes" };
    static const gint64 numbers[] = { 0, 1, -1, 2, 63, 64, 65, 127, 128, 4096, G_MAXINT64, G_MININT64 };

    if (g_rand_boolean(random)) {
        const gint64 number = numbers[g_rand_int_range(random, 0, G_N_ELEMENTS(numbers))];
        again_key_number(key, number);
        g_string_append_c(kinds, 'n');
        g_string_append_printf(whole, "%" G_GINT64_FORMAT ";", number);
    } else {
        const char *text = texts[g_rand_int_range(random, 0, G_N_ELEMENTS(texts))];
        again_key_text(key, text);
        g_string_append_c(kinds, 't');
        g_string_append_printf(whole, "%s%s;", text ? "=" : "none", text ? text : "");
    }
}

/* Other parts of the same kinds make another key. */
static void
test_keys(void)
{
    g_autoptr(GHashTable) parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < 100000; i++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(i);
        g_autoptr(GString) key = g_string_new(NULL), whole = g_string_new(NULL), kinds = g_string_new(NULL);
        for (gint32 left = g_rand_int_range(random, 1, 5); left > 0; left--)
            draw_part(random, key, kinds, whole);
        g_assert_cmpuint(strlen(key->str), ==, key->len);
        g_string_append(kinds, key->str);
        const char *known = g_hash_table_lookup(parts, kinds->str);
        if (known)
            g_assert_cmpstr(known, ==, whole->str);
        else
            g_hash_table_insert(parts, g_strdup(kinds->str), g_strdup(whole->str));
    }
    g_assert_cmpuint(g_hash_table_size(parts), >, 5000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/again/early", test_early);
    g_test_add_func("/again/twice", test_twice);
    g_test_add_func("/again/turns", test_turns);
    g_test_add_func("/again/too-many-turns", test_too_many_turns);
    g_test_add_func("/again/once", test_once);
    g_test_add_func("/again/bounded", test_bounded);
    g_test_add_func("/again/keys", test_keys);
    return g_test_run();
}
