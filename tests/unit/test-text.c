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

/* What shows nothing, or changes how its neighbors look: some of each kind (Unicode's list is longer). */
static void
test_ignorable(void)
{
    static const gunichar codes[] = { 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
                                      0x202E, 0x2028, 0x2029, 0x2060, 0x2066, 0x206F, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0,
                                      0xFFF0, 0x1BCA0, 0x1D173, 0xE0001, 0xE0041, 0xE01EF, 0xE0FFF, 0xE000, 0x10FFFF };

    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        char raw[8] = "";
        const int length = g_unichar_to_utf8(codes[i], raw);
        g_autofree char *got = text_visible(raw, length);
        g_autofree char *want = g_strdup_printf("<U+%04X>", codes[i]);
        g_assert_cmpstr(got, ==, want);
    }
}

/* Of a process that may have been taken over: colors at most. */
static void
test_terminal(void)
{
    static const struct { const char *raw, *plain, *styled; } cases[] = {
        { "a\tb\n", "a\tb\n", "a\tb\n" },
        { "\x1b[1;31mred\x1b[0m\n", "\\x1B[1;31mred\\x1B[0m\n", "\x1b[1;31mred\x1b[0m\n" },
        { "\x1b[2J", "\\x1B[2J", "\\x1B[2J" },
        { "\x1b[31", "\\x1B[31", "\\x1B[31" },
        { "\x1b]0;x\x07\r", "\\x1B]0;x\\x07\\x0D", "\\x1B]0;x\\x07\\x0D" },
        { "\x1b[?1m\x1b", "\\x1B[?1m\\x1B", "\\x1B[?1m\\x1B" },
        { "\xe3\x81\x82\xe3\n", "\xe3\x81\x82\\xE3\n", "\xe3\x81\x82\\xE3\n" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) plain = g_string_new(NULL);
        g_autoptr(GString) styled = g_string_new(NULL);
        text_append_terminal(plain, cases[i].raw, strlen(cases[i].raw), FALSE);
        text_append_terminal(styled, cases[i].raw, strlen(cases[i].raw), TRUE);
        g_assert_cmpstr(plain->str, ==, cases[i].plain);
        g_assert_cmpstr(styled->str, ==, cases[i].styled);
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

/* Short names are read in another way than long ones: a long label in front shall change nothing else. */
static void
test_short_names(void)
{
    static const char letters[] = "aZz09-_.@[`{A/ \x7F\t!~";
    static const char front[] = "a2345678901234567890123456789012345678901234567890123456789012";
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    guint good = 0;

    for (guint i = 0; i < 200000; i++) {
        char text[72] = "";
        const gint32 length = g_rand_int_range(random, 1, i % 4 == 0 ? 70 : 20);
        /* Most letters of most names are plain, so that some names are good. */
        for (gint32 k = 0; k < length; k++)
            text[k] = g_rand_int_range(random, 0, 8) ? 'b' : letters[g_rand_int_range(random, 0, sizeof letters - 1)];
        g_autofree char *longer = g_strconcat(front, ".", text, NULL);
        g_autofree char *wanted = name_normalise(longer);
        g_autofree char *got = name_normalise(text);
        if (g_str_equal(text, "."))
            continue;           /* the root is no name; in front of it there would be one */
        g_assert_cmpstr(got, ==, wanted ? wanted + strlen(front) + 1 : NULL);
        good += got ? 1 : 0;
    }
    g_assert_cmpuint(good, >, 20000);
}

/* Wherever a text is cut, no half of a character is left, and no more than that is left out. */
static void
test_cut(void)
{
    static const char text[] = "a\303\251\343\201\202\360\237\230\200z", garbage[] = "\200\200\200\200\200\200\200\200";

    for (gsize most = 0; most <= strlen(text) + 1; most++) {
        const gsize length = text_cut(text, strlen(text), most);
        g_assert_cmpuint(length, <=, most);
        g_assert_true(g_utf8_validate(text, (gssize)length, NULL));
        g_assert_true(length == strlen(text) || length + (gsize)g_utf8_skip[(guchar)text[length]] > most);
    }
    g_assert_cmpuint(text_cut(garbage, 8, 6), ==, 2);
    g_assert_cmpuint(text_cut(garbage, 8, 2), ==, 0);
    g_assert_cmpuint(text_cut(garbage, 8, 8), ==, 8);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/visible", test_visible);
    g_test_add_func("/text/ignorable", test_ignorable);
    g_test_add_func("/text/terminal", test_terminal);
    g_test_add_func("/text/json", test_json);
    g_test_add_func("/text/cut", test_cut);
    g_test_add_func("/text/names", test_names);
    g_test_add_func("/text/short-names", test_short_names);
    return g_test_run();
}
