/* No byte of a stranger reaches a terminal as it is.
 * SPDX-License-Identifier: MIT */
#include "base/name.h"
#include "base/text.h"

#include <string.h>

static void
test_visible(void)
{
    static const struct { const char *raw; gssize length; const char *want; } cases[] = {
        { "plain", -1, "plain" },
        { "\x1b[31mred", -1, "\\x1B[31mred" },
        { "a\0b", 3, "a\\x00b" },
        { "\xc2\x9b" "31m", -1, "\\x9B31m" },              /* C1 CSI in UTF-8 */
        { "\xff\xfe", -1, "\\xFF\\xFE" },
        { "\xe2\x80\xae" "gpj", -1, "<U+202E>gpj" },       /* right-to-left override */
        { "a\xe2\x80\x8b" "b", -1, "a<U+200B>b" },         /* zero width space */
        { "日本語", -1, "日本語" },
        { "\xc0\xaf", -1, "\\xC0\\xAF" },                  /* overlong */
        { "\xed\xa0\x80", -1, "\\xED\\xA0\\x80" },         /* a surrogate */
        { "cut \xe3\x81", -1, "cut \\xE3\\x81" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = text_visible(cases[i].raw, cases[i].length);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_json(void)
{
    static const struct { const char *raw; const char *want; } cases[] = {
        { "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "\x1b\n\t\x7f", "\"\\u001B\\n\\t\\u007F\"" },
        { "\xff", "\"\\\\xFF\"" },
        { "\xe2\x80\xae", "\"\\u202E\"" },
        { "\xf3\xa0\x81\x81", "\"\\uDB40\\uDC41\"" },      /* a tag character */
        { NULL, "null" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        text_append_json(out, cases[i].raw, -1);
        g_assert_cmpstr(out->str, ==, cases[i].want);
    }
}

static void
test_names(void)
{
    static const struct { const char *raw, *want; } cases[] = {
        { "Example.COM.", "example.com" },
        { "bücher.example", "xn--bcher-kva.example" },
        { "a..b", NULL },
        { "", NULL },
        { ".", NULL },
        { "a b.example", NULL },
        { "_dmarc.example.com", "_dmarc.example.com" },
        { "a234567890123456789012345678901234567890123456789012345678901234.example", NULL },
        { "\xff.example", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = name_normalise(cases[i].raw);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_assert_cmpstr(name_parent("a.b.c"), ==, "b.c");
    g_assert_null(name_parent("c"));
    g_assert_cmpstr(name_tail("a.b.c.d", 2), ==, "c.d");
    g_assert_true(name_is_within("a.example.com", "example.com"));
    g_assert_false(name_is_within("xexample.com", "example.com"));
    g_assert_true(name_same_top("a.com", "b.com"));
    g_assert_false(name_same_top("a.com", "a.co"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/visible", test_visible);
    g_test_add_func("/text/json", test_json);
    g_test_add_func("/text/names", test_names);
    return g_test_run();
}
