/* test-lower.c: ASCII in lower case, against GLib's way, byte by byte.
 * SPDX-License-Identifier: MIT */
#include <glib.h>

#include "base/lower.h"

/* Letters, what stands beside them in ASCII, and the same with the eighth bit, which is no letter. */
static const char odd[] = "AZaz@[`{MnKs \t.-_09\x01\x7F\xC1\xDA\xE1\xFA\xC0\xDB\x80\xFF";

static void
fill(GRand *dice, char *text, gsize length)
{
    for (gsize i = 0; i < length; i++)
        text[i] = odd[g_rand_int_range(dice, 0, (gint32)sizeof odd - 1)];
    text[length] = '\0';
}

static void
test_same_as_glib(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(11);
    char text[100];

    for (guint round = 0; round < 50; round++) {
        for (gsize length = 0; length < 80; length++) {
            fill(dice, text, length);
            g_autofree char *want = g_ascii_strdown(text, (gssize)length);
            g_autofree char *got = lower_bytes(text, length);
            g_autofree char *whole = lower_text(text);
            g_assert_true(memcmp(got, want, length + 1) == 0);
            g_assert_cmpstr(whole, ==, want);
        }
    }
}

/* Nothing is written beside what was asked for. */
static void
test_writes_no_more(void)
{
    char from[80], to[120];

    memset(from, 'Q', sizeof from);
    for (gsize length = 0; length < sizeof from; length++) {
        memset(to, '.', sizeof to);
        lower_into(to + 7, from, length);
        for (gsize i = 0; i < sizeof to; i++)
            g_assert_cmpint(to[i], ==, i >= 7 && i < 7 + length ? 'q' : '.');
    }
}

/* One byte differs, at each place: by its case, or by more. */
static void
test_same(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(12);
    char one[100], other[100];

    for (gsize length = 0; length < 70; length++) {
        for (gsize at = 0; at <= length; at++) {
            fill(dice, one, length);
            memcpy(other, one, sizeof other);
            if (at < length)
                other[at] = (char)(other[at] ^ (at % 3 == 0 ? 0x20 : at % 3 == 1 ? 0x80 : 1));
            if (memchr(other, '\0', length))
                continue;
            g_assert_cmpint(lower_same(one, other, length), ==, g_ascii_strncasecmp(one, other, length) == 0);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lower/same-as-glib", test_same_as_glib);
    g_test_add_func("/lower/writes-no-more", test_writes_no_more);
    g_test_add_func("/lower/same", test_same);
    return g_test_run();
}
