/* Dates: the quick reading of the usual form says what the slow one says, or nothing.
 * SPDX-License-Identifier: MIT */
#include "headers/maildate-plain.h"

#include <string.h>

#include "base/instant.h"
#include "headers/maildate.h"

static void
test_plain(void)
{
    static const struct { const char *date, *utc; } cases[] = {
        { "Tue, 1 Sep 2026 10:00:00 +0900", "2026-09-01T01:00:00Z" },
        { "Tue,  1 Sep 2026 10:00:00 +0900 (JST)", "2026-09-01T01:00:00Z" },
        { "29 Feb 2024 23:59 -0030", "2024-03-01T00:29:00Z" },
        { "Sat, 31 Dec 0001 00:00:00 -0000", "0001-12-31T00:00:00Z" },
        { "Fri, 31 Dec 9999 23:59:59 +0000", "9999-12-31T23:59:59Z" },
        { "Thu, 01 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z" },
        { "Mon, 1 Mar 1900 00:00:00 +0000", "1900-03-01T00:00:00Z" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[INSTANT_SIZE];
        gint64 seconds = 0;
        g_assert_true(maildate_plain(cases[i].date, &seconds));
        g_assert_true(instant_put(seconds, text));
        g_assert_cmpstr(text, ==, cases[i].utc);
    }
}

static void
test_left_to_others(void)
{
    static const char *const dates[] = {
        "", "Tue", "Tue, 1 Sep 2026", "Tue, 31 Sep 2026 10:00:00 +0900", "Tue, 29 Feb 2023 10:00:00 +0900", "1 Mar 1900 10:00:00 JST", "29 Feb 1900 10:00:00 +0000", "1 Sep 26 10:00:00 +0900",
        "1 Sep 2026 24:00:00 +0900", "1 Sep 2026 10:60:00 +0900", "1 Sep 2026 10:00:60 +0900", "1 Sep 2026 10:00:00", "0 Sep 2026 10:00:00 +0900",
        "1 Sep 2026 10:00:00 JST", "1 Sep 2026 10:00:00 +09000", "1 Sep 2026 10:00:00 +2400", "1 Sep 2026 10:00:00 +0960",
        "1 Sep 2026 10:00:00 +0900 (a (b))", "1 Sep 2026 10:00:00 +0900 x", "1\tSep 2026 10:00:00 +0900", "001 Sep 2026 10:00:00 +0900",
        "1 Sep 0000 10:00:00 +0900", "2026-09-01T10:00:00+09:00", "Tue Sep  1 10:00:00 2026",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        gint64 seconds;
        g_test_message("%s", dates[i]);
        g_assert_false(maildate_plain(dates[i], &seconds));
    }
}

/* As programs wrote it by their user's locale. */
static void
test_half_days(void)
{
    static const struct { const char *date, *want; } cases[] = {
        { "Wed 29 May 2019 06:09:22 PM EDT", "2019-05-29T18:09:22-04:00" },
        { "Wed 29 May 2019 06:09:22 AM EDT", "2019-05-29T06:09:22-04:00" },
        { "29 May 2019 12:30:00 pm +0900", "2019-05-29T12:30:00+09:00" },
        { "29 May 2019 12:30:00 am +0900", "2019-05-29T00:30:00+09:00" },
        { "29 May 2019 18:09:22 PM +0900", "2019-05-29T18:09:22+09:00" },
        { "29 May 2019 06:09:22 PM PM PM +0900", "2019-05-29T18:09:22+09:00" },
        { "29 May 2019 06:09:22 +0900 PM", "2019-05-29T18:09:22+09:00" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = NULL;
        gint64 seconds;
        g_test_message("%s", cases[i].date);
        g_assert_true(maildate_parse(cases[i].date, &seconds, &text));
        g_assert_cmpstr(text, ==, cases[i].want);
    }
}

/* Some bytes of a good date changed. */
static void
test_random(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(5322);
    guint read = 0;

    for (guint i = 0; i < 40000; i++) {
        g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(
            (gint64)g_rand_double_range(dice, -60e9, 250e9));
        g_autofree char *good = g_date_time_format(when, "%a, %d %b %Y %H:%M:%S +0000");
        g_autoptr(GString) date = g_string_new(good);
        for (gint32 k = g_rand_int_range(dice, 0, 3); k > 0; k--)
            date->str[g_rand_int_range(dice, 0, (gint32)date->len)] = "0123456789 :,+-()SepMz"[g_rand_int_range(dice, 0, 22)];
        gint64 quick = 0, slow = 0;
        g_autofree char *text = NULL;
        if (!maildate_plain(date->str, &quick))
            continue;
        g_test_message("%s", date->str);
        g_assert_true(maildate_parse(date->str, &slow, &text));
        g_assert_cmpint(quick, ==, slow);
        read++;
    }
    g_assert_cmpuint(read, >, 10000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/maildate/plain", test_plain);
    g_test_add_func("/maildate/left-to-others", test_left_to_others);
    g_test_add_func("/maildate/random", test_random);
    g_test_add_func("/maildate/half-days", test_half_days);
    return g_test_run();
}
