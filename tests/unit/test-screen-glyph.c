/* test-screen-glyph.c: characters as readers see them, in the columns that a terminal takes.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "tui/terminal/canvas.h"

#define WOMAN "\xF0\x9F\x91\xA9"
#define MAN "\xF0\x9F\x91\xA8"
#define GIRL "\xF0\x9F\x91\xA7"
#define TONE "\xF0\x9F\x8F\xBD"         /* U+1F3FD */
#define JOINER "\xE2\x80\x8D"
#define SELECTOR "\xEF\xB8\x8F"
#define HEART "\xE2\x9D\xA4"
#define KEYCAP "\xE2\x83\xA3"
#define REGION_J "\xF0\x9F\x87\xAF"
#define REGION_P "\xF0\x9F\x87\xB5"
#define ACUTE "\xCC\x81"
#define THAI "\xE0\xB8\x99\xE0\xB9\x89\xE0\xB8\xB3"      /* with a tone and SARA AM */
#define HINDI "\xE0\xA4\x95\xE0\xA4\xBE"                 /* with a spacing vowel */
#define KANA "\xEF\xBD\xB6\xEF\xBE\x9E"                  /* half-width, with its mark */
#define HANGUL "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8"    /* a syllable in three letters */
#define STAR "\xE2\x98\x85"             /* U+2605, ambiguous */
#define ALPHA "\xCE\xB1"                /* ambiguous */

/* The glyphs of a text with bars between, and their widths. */
static char *
cut(const char *text, int mode, char **widths)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GString) columns = g_string_new(NULL);
    const char *cursor = text;
    Glyph glyph;

    while (glyph_next(&cursor, text + strlen(text), mode, &glyph)) {
        g_string_append_printf(out, "%s%s", out->len > 0 ? "|" : "", glyph.text);
        g_string_append_printf(columns, "%u", glyph.width);
    }
    *widths = g_strdup(columns->str);
    return g_string_free(out, FALSE);
}

static void
test_clusters(void)
{
    static const struct { const char *text; int mode; const char *glyphs, *widths; } cases[] = {
        { "ab", 0, "a|b", "11" },
        { "e" ACUTE "x", 0, "e" ACUTE "|x", "11" },
        { ACUTE, 0, " " ACUTE, "1" },
        { "\xE6\xBC\xA2", 0, "\xE6\xBC\xA2", "2" },
        /* Families, tones and hearts: without what terminals disagree about. */
        { MAN JOINER WOMAN JOINER GIRL "x", 0, MAN WOMAN GIRL "|x", "61" },
        { WOMAN TONE "x", 0, WOMAN "|x", "21" },
        { HEART SELECTOR "x", 0, HEART "|x", "11" },
        { HEART SELECTOR JOINER WOMAN, 0, HEART WOMAN, "3" },
        { "1" SELECTOR KEYCAP "2", 0, "1" KEYCAP "|2", "11" },
        /* The same where nothing may be left out. */
        { WOMAN TONE, GLYPH_EXACT, WOMAN "|<U+1F3FD>", "29" },
        { HEART SELECTOR, GLYPH_EXACT, HEART "|<U+FE0F>", "18" },
        { MAN JOINER GIRL, GLYPH_EXACT, MAN "|<U+200D>|" GIRL, "282" },
        /* Two letters are a flag, the third begins another. */
        { REGION_J REGION_P REGION_J, 0, REGION_J REGION_P "|" REGION_J, "21" },
        { REGION_J REGION_P REGION_J REGION_P, 0, REGION_J REGION_P "|" REGION_J REGION_P, "22" },
        /* The same characters where they are no emoji stay marks. */
        { "a" JOINER "b", 0, "a|<U+200D>|b", "181" },
        { "a" SELECTOR, 0, "a|<U+FE0F>", "18" },
        { "1" SELECTOR "2", 0, "1|<U+FE0F>|2", "181" },
        { WOMAN JOINER "x", 0, WOMAN "|<U+200D>|x", "281" },
        { HEART SELECTOR SELECTOR "x", 0, HEART "|<U+FE0F>|x", "181" },
        { JOINER WOMAN, 0, "<U+200D>|" WOMAN, "82" },
        { WOMAN SELECTOR JOINER JOINER GIRL, 0, WOMAN "|<U+200D>|<U+200D>|" GIRL, "2882" },
        /* Marks with columns of their own. */
        { THAI ".", 0, THAI "|.", "21" },
        { HINDI "\xE0\xA4\x95", 0, HINDI "|\xE0\xA4\x95", "21" },
        { KANA "\xEF\xBD\xB6", 0, KANA "|\xEF\xBD\xB6", "21" },
        { HANGUL "x", 0, HANGUL "|x", "21" },
        /* Ambiguous: as the terminal has it. Mind what combines: no column of its own. */
        { STAR ALPHA "a", 0, STAR "|" ALPHA "|a", "111" },
        { STAR ALPHA "a" ACUTE, GLYPH_WIDE, STAR "|" ALPHA "|a" ACUTE, "221" },
        { "\xE2\x80\xAE\x1B\x80", 0, "<U+202E>|\\x1B|\\x80", "844" },
        { "e" ACUTE HEART, GLYPH_ASCII, "e|<U+0301>|<U+2764>", "188" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *widths = NULL;
        g_autofree char *glyphs = cut(cases[i].text, cases[i].mode, &widths);
        g_test_message("case %u", i);
        g_assert_cmpstr(glyphs, ==, cases[i].glyphs);
        g_assert_cmpstr(widths, ==, cases[i].widths);
    }
}

/* What is cut is cut between characters as readers see them. */
static void
test_cut(void)
{
    static const struct { const char *text; guint width; const char *shown; } cases[] = {
        { "ab" MAN JOINER WOMAN, 5, "ab" },
        { "ab" MAN JOINER WOMAN, 6, "ab" MAN WOMAN },
        { "a" REGION_J REGION_P, 2, "a" },
        { KANA, 1, "" },
        { "e" ACUTE ACUTE "x", 1, "e" ACUTE ACUTE },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Canvas) canvas = canvas_new(20, 1);
        canvas_put(canvas, 0, 0, cases[i].width, ROLE_TEXT, cases[i].text);
        g_autofree char *text = canvas_text(canvas);
        g_autofree char *expected = g_strconcat(cases[i].shown, "\n", NULL);
        g_assert_cmpstr(text, ==, expected);
    }
}

static void
test_wrap(void)
{
    const char *text = "aaaa" MAN JOINER WOMAN JOINER GIRL "bb";
    g_autoptr(GArray) lines = glyph_wrap(text, 8, 0);

    g_assert_cmpuint(lines->len, ==, 2);
    g_assert_cmpuint(g_array_index(lines, Span, 1).start, ==, 4);
}

/* The columns of the cells are the canvas, whatever is painted over what. */
static void
check_cells(const Canvas *canvas)
{
    guint x = 0;

    while (x < canvas->width) {
        const Cell *cell = canvas_cell(canvas, x, 0);
        g_assert_cmpuint(cell->width, >=, 1);
        g_assert_cmpuint(x + cell->width, <=, canvas->width);
        for (guint i = 1; i < cell->width; i++)
            g_assert_cmpuint(canvas_cell(canvas, x + i, 0)->width, ==, 0);
        x += cell->width;
    }
}

static void
test_paint_over(void)
{
    static const char *const texts[] = { MAN JOINER WOMAN JOINER GIRL, "x", "\xE6\xBC\xA2",
                                         REGION_J REGION_P, "e" ACUTE, "\xE2\x80\xAE" };
    g_autoptr(Canvas) canvas = canvas_new(17, 1);
    GRand *rand = g_rand_new_with_seed(5);

    for (guint i = 0; i < 5000; i++) {
        const guint x = (guint)g_rand_int_range(rand, 0, 17);
        const char *text = texts[g_rand_int_range(rand, 0, G_N_ELEMENTS(texts))];
        if (i % 7 == 0)
            canvas_fill(canvas, x, 0, x + 2, ROLE_RULE, '-');
        else
            canvas_put(canvas, x, 0, (guint)g_rand_int_range(rand, 1, 20), ROLE_TEXT, text);
        check_cells(canvas);
    }
    g_rand_free(rand);
}

/* Anything: nothing is lost or read twice, texts are whole and short, widths add up. */
static void
test_random(void)
{
    static const gunichar codes[] = { 'a', 0x301, 0x200D, 0xFE0F, 0x1F469, 0x1F3FD, 0x1F1EF, 0x1100,
                                      0x1161, 0x11A8, 0xE33, 0xFF9E, 0x20E3, 0x5D0, 0x202E, 0x903,
                                      0x600, 0x1F468, 0x2764, '1', ' ', 0x3000, 0xE0061, 0x0D4E };
    GRand *rand = g_rand_new_with_seed(9);

    for (guint round = 0; round < 3000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < 40; i++) {
            const gunichar code = codes[g_rand_int_range(rand, 0, G_N_ELEMENTS(codes))];
            if (g_rand_int_range(rand, 0, 30) == 0)
                g_string_append_c(text, (char)0xF0);
            else
                g_string_append_unichar(text, code);
        }
        const int mode = g_rand_int_range(rand, 0, 8);
        const char *cursor = text->str, *end = text->str + text->len;
        Glyph glyph;
        for (const char *at = cursor; glyph_next(&cursor, end, mode, &glyph); at = cursor) {
            g_assert_true(cursor > at && cursor <= end);
            g_assert_true(g_utf8_validate(glyph.text, -1, NULL));
            g_assert_cmpuint(strlen(glyph.text), <, sizeof glyph.text);
            g_assert_cmpuint(glyph.width, >=, 1);
            g_assert_cmpuint(glyph.width, <=, 16);
        }
        g_assert_true(cursor == end);
    }
    g_rand_free(rand);
}

/* A character with a million marks, a family of a million: one pass. */
static void
test_giant(void)
{
    static const char *const units[] = { ACUTE, JOINER WOMAN, "\xE0\xA4\xBE", SELECTOR, TONE };

    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new(WOMAN);
        while (text->len < 4000000)
            g_string_append(text, units[i]);
        const gint64 start = g_get_monotonic_time();
        g_autoptr(GArray) lines = glyph_wrap(text->str, 80, 0);
        g_test_message("%" G_GINT64_FORMAT " us, %u lines", g_get_monotonic_time() - start,
                       lines->len);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 60 * G_TIME_SPAN_SECOND);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/glyph/clusters", test_clusters);
    g_test_add_func("/glyph/cut", test_cut);
    g_test_add_func("/glyph/wrap", test_wrap);
    g_test_add_func("/glyph/paint-over", test_paint_over);
    g_test_add_func("/glyph/random", test_random);
    g_test_add_func("/glyph/giant", test_giant);
    return g_test_run();
}
