/* Canonicalisation, by the examples of RFC 6376, 3.4.5, and the traps around them.
 * SPDX-License-Identifier: MIT */
#include "auth/canon.h"

#include <string.h>

static void
collect(const void *bytes, gsize length, gpointer data)
{
    /* What is hashed is still in the processor's cache. */
    g_assert_cmpuint(length, <=, 33000);
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

/* ---- against a reading of the RFC line by line ---- */

static void
reference_line(Canon mode, const char *line, gsize length, GString *out)
{
    gboolean blank = FALSE;

    for (gsize i = 0; i < length; i++) {
        const gboolean wsp = mode == CANON_RELAXED && (line[i] == ' ' || line[i] == '\t');
        if (!wsp && blank)
            g_string_append_c(out, ' ');
        if (!wsp)
            g_string_append_c(out, line[i]);
        blank = wsp;
    }
}

static void
reference(Canon mode, const GString *text, GString *out)
{
    guint empty = 0;
    gboolean any = FALSE;

    for (gsize at = 0; at < text->len;) {
        const char *lf = memchr(text->str + at, '\n', text->len - at);
        const gsize next = lf ? (gsize)(lf - text->str) + 1 : text->len;
        gsize end = lf ? next - 1 : next;
        end -= lf && end > at && text->str[end - 1] == '\r';
        g_autoptr(GString) line = g_string_new(NULL);
        reference_line(mode, text->str + at, end - at, line);
        at = next;
        if (line->len == 0) {
            empty++;
            continue;
        }
        for (; empty > 0; empty--)
            g_string_append(out, "\r\n");
        g_string_append_len(out, line->str, (gssize)line->len);
        g_string_append(out, "\r\n");
        any = TRUE;
    }
    if (!any && mode == CANON_SIMPLE)
        g_string_append(out, "\r\n");
}

static GString *
random_body(GRand *dice)
{
    static const char *const pieces[] = {
        "a", "word", " ", "  ", "\t", "\r", "\n", "\r\n", "\r\n\r\n", "\n\n", " \r\n", "\t\n", "x\r\r\n", "\x01", " \x01",
        "a b c d e f g h i j k l m n o p q r s t", "0123456789abcdef0123456789abcdef", "\xC2\xA0",
    };
    GString *text = g_string_new(NULL);

    /* Over the size of a piece, with what changes just where one ends. */
    if (g_rand_int_range(dice, 0, 40) == 0)
        for (gint32 more = g_rand_int_range(dice, 32700, 32768); more > 0; more--)
            g_string_append_c(text, "word \n"[g_rand_int_range(dice, 0, 40) ? more % 4 : more % 6]);
    for (gint32 i = g_rand_int_range(dice, 0, 50); i > 0; i--) {
        g_string_append(text, pieces[g_rand_int_range(dice, 0, G_N_ELEMENTS(pieces))]);
        if (g_rand_int_range(dice, 0, 100) == 0)
            g_string_append_c(text, '\0');
    }
    return text;
}

static void
test_random_bodies(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(6376);
    guint alikes = 0;

    for (guint i = 0; i < 8000; i++) {
        g_autoptr(GString) text = random_body(dice);
        /* Without a byte behind it: what reads too far is seen by the sanitizers. */
        g_autofree char *bare = g_memdup2(text->str, MAX(text->len, 1));
        GString *got[2], *want[2];
        gboolean alike[2];
        for (Canon mode = CANON_SIMPLE; mode <= CANON_RELAXED; mode++) {
            got[mode] = g_string_new(NULL);
            want[mode] = g_string_new(NULL);
            reference(mode, text, want[mode]);
            const gsize total = canon_body_alike(mode, bare, text->len, collect, got[mode], &alike[mode]);
            g_assert_cmpuint(total, ==, want[mode]->len);
            g_assert_true(g_string_equal(got[mode], want[mode]));
        }
        g_assert_false(alike[CANON_SIMPLE]);
        g_assert_false(alike[CANON_RELAXED] && !g_string_equal(got[0], got[1]));
        alikes += alike[CANON_RELAXED] ? 1 : 0;
        for (guint k = 0; k < 2; k++) {
            g_string_free(got[k], TRUE);
            g_string_free(want[k], TRUE);
        }
    }
    g_assert_cmpuint(alikes, >, 100);
}

/* What both leave alone is told to be so: then one hash is enough. */
static void
test_alike(void)
{
    static const struct { const char *text; gboolean alike; } cases[] = {
        { "one two\r\nthree\r\n", TRUE }, { "one two\nthree\n\n\n", TRUE }, { "one", TRUE }, { "one  two\n", FALSE },
        { "one\ttwo\n", FALSE }, { "one \n", FALSE }, { "one\n \n", FALSE }, { "", FALSE }, { "\n", FALSE },
        { "one\n \ntwo\n", FALSE }, { " one\n", TRUE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        gboolean alike;
        g_test_message("%s", cases[i].text);
        canon_body_alike(CANON_RELAXED, cases[i].text, strlen(cases[i].text), collect, out, &alike);
        g_assert_cmpint(alike, ==, cases[i].alike);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canon/fields", test_fields);
    g_test_add_func("/canon/bodies", test_bodies);
    g_test_add_func("/canon/long-lines", test_long_lines);
    g_test_add_func("/canon/random-bodies", test_random_bodies);
    g_test_add_func("/canon/alike", test_alike);
    return g_test_run();
}
