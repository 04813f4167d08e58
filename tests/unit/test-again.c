/* test-again.c: what came twice is kept, what comes once drives nothing out, and the table never grows.
 * SPDX-License-Identifier: MIT */
#include "base/again.h"

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

static void
test_twice(void)
{
    Again *again = again_new(8, thing_free);

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
    Again *again = again_new(1, thing_free);

    for (guint round = 0; round < 4; round++)
        for (guint i = 0; i < 4; i++) {
            const char text[] = { (char)('a' + i), '\0' };
            g_assert_true(see(again, text) == (round > 1));
        }
    again_free(again);
}

static void
test_once(void)
{
    Again *again = again_new(8, thing_free);

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
    Again *again = again_new(8, thing_free);
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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/again/twice", test_twice);
    g_test_add_func("/again/turns", test_turns);
    g_test_add_func("/again/once", test_once);
    g_test_add_func("/again/bounded", test_bounded);
    return g_test_run();
}
