/* Points in time: what is written is what GLib's calendar says, and is read again.
 * SPDX-License-Identifier: MIT */
#include "base/instant.h"

#include <string.h>

static void
test_text(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(3339);
    char text[INSTANT_SIZE];

    for (guint i = 0; i < 40000; i++) {
        const gint64 seconds = (gint64)g_rand_double_range(dice, -62135596800.0, 253402300799.0);
        g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(seconds);
        g_autofree char *want = g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ");
        gint64 back = 0;
        g_assert_true(instant_put(seconds, text));
        g_assert_true(instant_read(text, &back));
        g_assert_cmpint(back, ==, seconds);
        if (g_date_time_get_year(when) >= 1000)
            g_assert_cmpstr(text, ==, want);
        else
            g_assert_cmpstr(text + 4, ==, strchr(want, '-'));
    }
    g_assert_false(instant_put(-62135596801, text));
    g_assert_false(instant_put(253402300800, text));
    g_assert_false(instant_put(G_MININT64, text));
    g_assert_false(instant_put(G_MAXINT64, text));
}

static void
test_shown(void)
{
    g_autofree char *shown = instant_shown(1788224400), *text = instant_text(1788224400);

    g_assert_cmpstr(shown, ==, "2026-09-01 01:00:00 UTC");
    g_assert_cmpstr(text, ==, "2026-09-01T01:00:00Z");
    g_assert_null(instant_shown(G_MININT64));
    g_assert_null(instant_text(253402300800));
}

static void
test_read(void)
{
    static const struct { const char *text; gint64 seconds; } cases[] = {
        { "2026-09-01T01:00:00Z", 1788224400 }, { "2026-09-01T10:00:00+09:00", 1788224400 },
        { "2026-09-01T01:00:00", 1788224400 },  { "20260901T010000Z", 1788224400 },
        { "2026-09-01", 1 }, { "", 1 }, { "2026-09-01T25:00:00Z", 1 }, { "tomorrow", 1 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 seconds = 1;
        g_assert_cmpint(instant_read(cases[i].text, &seconds), ==, cases[i].seconds != 1);
        g_assert_cmpint(seconds, ==, cases[i].seconds);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/instant/text", test_text);
    g_test_add_func("/instant/shown", test_shown);
    g_test_add_func("/instant/read", test_read);
    return g_test_run();
}
