/* Canonicalisation, by the examples of RFC 6376, 3.4.5, and the traps around them.
 * SPDX-License-Identifier: MIT */
#include "auth/canon.h"

#include <string.h>

static void
collect(const void *bytes, gsize length, gpointer data)
{
    g_string_append_len(data, bytes, (gssize)length);
}

static char *
body(Canon mode, const char *text)
{
    GString *out = g_string_new(NULL);
    const gsize length = canon_body(mode, text, strlen(text), collect, out);

    g_assert_cmpuint(length, ==, out->len);
    return g_string_free(out, FALSE);
}

static void
test_fields(void)
{
    static const struct { Canon mode; const char *raw, *want; } cases[] = {
        { CANON_RELAXED, "A: X\r\n", "a:X\r\n" },                          /* 3.4.5 */
        { CANON_RELAXED, "B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n" },            /* 3.4.5 */
        { CANON_SIMPLE, "A: X\r\n", "A: X\r\n" },
        { CANON_SIMPLE, "B : Y\t\r\n\tZ  \r\n", "B : Y\t\r\n\tZ  \r\n" },
        { CANON_RELAXED, "B : Y\t\n\tZ  ", "b:Y Z\r\n" },                  /* bare LF, no last line end */
        { CANON_SIMPLE, "B : Y\t\n\tZ  ", "B : Y\t\r\n\tZ  \r\n" },
        { CANON_RELAXED, "Empty:\r\n", "empty:\r\n" },
        { CANON_RELAXED, "Empty: \r\n \r\n", "empty:\r\n" },
        { CANON_RELAXED, "Cr: a\rb\r\n", "cr:a\rb\r\n" },                  /* a lone CR is an octet */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        canon_field(cases[i].mode, cases[i].raw, strlen(cases[i].raw), out);
        g_assert_cmpstr(out->str, ==, cases[i].want);
    }
}

static void
test_bodies(void)
{
    static const struct { Canon mode; const char *raw, *want; } cases[] = {
        { CANON_RELAXED, " C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n" },   /* 3.4.5 */
        { CANON_SIMPLE, " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n" },
        { CANON_SIMPLE, "", "\r\n" },                                      /* 3.4.3 */
        { CANON_RELAXED, "", "" },                                         /* 3.4.4 */
        { CANON_RELAXED, "\r\n \t\r\n\r\n", "" },
        { CANON_SIMPLE, "\r\n\r\n", "\r\n" },
        { CANON_SIMPLE, " \r\n\r\n", " \r\n" },
        { CANON_SIMPLE, "a\nb", "a\r\nb\r\n" },
        { CANON_RELAXED, "a  \nb\t", "a\r\nb\r\n" },
        { CANON_RELAXED, "\r\n\r\na\r\n", "\r\n\r\na\r\n" },               /* leading empty lines stay */
        { CANON_RELAXED, "a\r\rb \r\n", "a\r\rb\r\n" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = body(cases[i].mode, cases[i].raw);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* Longer than any buffer: what comes in pieces is what goes in. */
static void
test_long_lines(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int line = 0; line < 40; line++) {
        for (int i = 0; i < 9000; i++)
            g_string_append_c(text, (char)('a' + (i + line) % 26));
        g_string_append(text, "\r\n");
    }
    g_autofree char *simple = body(CANON_SIMPLE, text->str);
    g_autofree char *relaxed = body(CANON_RELAXED, text->str);
    g_assert_cmpstr(simple, ==, text->str);
    g_assert_cmpstr(relaxed, ==, text->str);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canon/fields", test_fields);
    g_test_add_func("/canon/bodies", test_bodies);
    g_test_add_func("/canon/long-lines", test_long_lines);
    return g_test_run();
}
