/* test-screen-cells.c: what is painted arrives as it was; what nobody of ours would send is refused, or becomes a mark.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/terminal/cells.h"

static void
take_piece(const guint8 *bytes, gsize length, gpointer data)
{
    Canvas *canvas = data;

    g_assert_true(cells_take(canvas, bytes, length, canvas->mode));
}

static void
same(const Canvas *a, const Canvas *b)
{
    for (gsize i = 0; i < (gsize)a->width * a->height; i++) {
        if (strcmp(a->cells[i].text, b->cells[i].text) != 0)
            g_error("column %u of row %u: \"%s\", not \"%s\"", (guint)(i % a->width), (guint)(i / a->width), a->cells[i].text,
                    b->cells[i].text);
        g_assert_cmpuint(a->cells[i].role, ==, b->cells[i].role);
        g_assert_cmpuint(a->cells[i].width, ==, b->cells[i].width);
    }
}

/* Texts of all kinds, at places and over each other as dice have it. */
static void
roundtrip(void)
{
    static const char *const texts[] = {
        "plain", "\xe6\xbc\xa2\xe5\xad\x97 wide", "a\xcc\x81\xcc\x82 marks", "\xe2\x9c\x93 tick", "\x1b[31m", "",
        "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 four", "\xf0\x9f\x87\xaf\xf0\x9f\x87\xb5 flag",
        "\xe2\x9d\xa4\xef\xb8\x8f heart", "1\xef\xb8\x8f\xe2\x83\xa3", "\xe0\xb8\x81\xe0\xb8\xb3", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xab",
        "\xef\xbd\xb6\xef\xbe\x9e", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xe2\x80\xae evil", "\xe2\x98\x85 star",
        "\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d\xe0\xa4\xa6\xe0\xa5\x80", "zalgo\xcc\x96\xcc\x82\xcc\x83\xd2\x89\xd2\x89\xd2\x89",
    };
    static const int modes[] = { 0, GLYPH_ASCII, GLYPH_WIDE, GLYPH_EXACT };

    for (guint m = 0; m < G_N_ELEMENTS(modes); m++) {
        g_autoptr(GRand) dice = g_rand_new_with_seed(7 + m);
        g_autoptr(Canvas) copy = canvas_new(600, 4);
        g_autoptr(Canvas) before = canvas_new(600, 4);
        copy->mode = before->mode = modes[m];
        for (guint round = 0; round < 2000; round++) {
            Canvas *now = canvas_copy(before);
            for (guint i = (guint)g_rand_int_range(dice, 0, 4); i > 0; i--)
                canvas_put(now, (guint)g_rand_int_range(dice, 0, 600), (guint)g_rand_int_range(dice, 0, 4), 600,
                           (Role)g_rand_int_range(dice, 0, ROLES), texts[g_rand_int_range(dice, 0, G_N_ELEMENTS(texts))]);
            cells_give(before, now, take_piece, copy);
            cells_settle(copy);
            same(copy, now);
            if (round % 100 == 0) {
                g_autoptr(Canvas) fresh = canvas_new(600, 4);
                fresh->mode = modes[m];
                cells_give(NULL, now, take_piece, fresh);
                cells_settle(fresh);
                same(fresh, now);
            }
            canvas_free(before);
            before = now;
        }
    }
}

static void
count_piece(const guint8 *bytes, gsize length, gpointer data)
{
    (void)bytes;
    *(gsize *)data += length;
}

/* What stands on a new canvas is not sent; what is kept is the same, in the memory that it had. */
static void
kept(void)
{
    g_autoptr(Canvas) canvas = canvas_new(80, 24);
    g_autoptr(Canvas) large = canvas_new(81, 24);
    Canvas *slot = NULL;
    gsize bytes = 0;

    cells_give(NULL, canvas, count_piece, &bytes);
    g_assert_cmpuint(bytes, ==, 0);
    canvas_put(canvas, 3, 2, 80, ROLE_LINK, "ab");
    cells_give(NULL, canvas, count_piece, &bytes);
    g_assert_cmpuint(bytes, >, 0);
    g_assert_cmpuint(bytes, <, 16);
    canvas_keep(&slot, canvas);
    same(slot, canvas);
    const Cell *cells = slot->cells;
    canvas_put(canvas, 70, 23, 80, ROLE_TEXT, "\xe6\xbc\xa2");
    canvas->mode = GLYPH_WIDE;
    canvas_keep(&slot, canvas);
    same(slot, canvas);
    g_assert_true(slot->cells == cells && slot->cells != canvas->cells);
    g_assert_cmpint(slot->mode, ==, GLYPH_WIDE);
    canvas_keep(&slot, large);
    g_assert_cmpuint(slot->width, ==, 81);
    same(slot, large);
    canvas_free(slot);
}

/* The bytes of a piece, made by hand. */
static GByteArray *
piece(guint16 x, guint16 y, guint16 count, const char *cells, gsize length)
{
    const guint16 head[] = { x, y, count };
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_append(bytes, (const guint8 *)head, sizeof head);
    g_byte_array_append(bytes, (const guint8 *)cells, (guint)length);
    return bytes;
}

static gboolean
takes(Canvas *canvas, guint16 x, guint16 y, guint16 count, const char *cells, gsize length)
{
    g_autoptr(GByteArray) bytes = piece(x, y, count, cells, length);

    return cells_take(canvas, bytes->data, bytes->len, canvas->mode);
}

static void
nonsense(void)
{
    g_autoptr(Canvas) canvas = canvas_new(10, 3);
    g_autoptr(GByteArray) whole = piece(0, 0, 2, "\0a\0\x82\x03\xe6\xbc\xa2", 8);

    for (guint i = 0; i < whole->len; i++)
        g_assert_false(cells_take(canvas, whole->data, i, 0));
    g_assert_true(takes(canvas, 0, 0, 1, "\0a", 2));
    g_assert_false(takes(canvas, 0, 0, 0, "", 0));
    g_assert_false(takes(canvas, 10, 0, 1, "\0a", 2));
    g_assert_false(takes(canvas, 65535, 0, 1, "\0a", 2));
    g_assert_false(takes(canvas, 0, 3, 1, "\0a", 2));
    g_assert_false(takes(canvas, 9, 0, 2, "\0a\0b", 4));
    g_assert_false(takes(canvas, 0, 0, 65535, "\0a", 2));
    g_assert_false(takes(canvas, 0, 0, 1, "\x19" "a", 2));      /* ROLES and above */
    g_assert_false(takes(canvas, 0, 0, 1, "\xff" "a", 2));
    g_assert_false(takes(canvas, 0, 0, 1, "\0a\0", 3));
    g_assert_false(takes(canvas, 0, 0, 1, "\0\x1b", 2));        /* plain ones are printable */
    g_assert_false(takes(canvas, 0, 0, 1, "\0\x7f", 2));
    g_assert_false(takes(canvas, 0, 0, 1, "\0\0", 2));
    g_assert_false(takes(canvas, 0, 0, 1, "\0\x81\x20" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 35));
    g_assert_false(takes(canvas, 0, 0, 1, "\0\x81\xff" "a", 4));
    G_STATIC_ASSERT(ROLES == 25);
}

/* Where a cell holds what no cell of ours holds, a question mark stands there, and columns stay columns. */
static void
mended(void)
{
    static const struct {
        const char *cells;
        gsize length;
        guint16 count;
        const char *shown;
    } rows[] = {
        { "\0\x81\x01\x1b", 4, 1, "?" },
        { "\0\x81\x02\xc2\x9b", 5, 1, "?" },
        { "\0\x84\x01\x1b\0\x80\0\0\x80\0\0\x80\0", 13, 4, "????" },    /* as wide as its mark would be */
        { "\0\x81\x03\xe2\x80\xae", 6, 1, "?" },
        { "\0\x81\x03\xe2\x80\x8b", 6, 1, "?" },
        { "\0\x81\x01\xff", 4, 1, "?" },
        { "\0\x81\x01\n", 4, 1, "?" },
        { "\0\x81\x02" "ab", 5, 1, "?" },
        { "\0\x82\x01" "a\0\x80\0", 7, 2, "??" },
        { "\0\x81\x03\xe6\xbc\xa2", 6, 1, "?" },
        { "\0\x82\x03\xe6\xbc\xa2\0b", 8, 2, "?b" },
        { "\0\x80\0\0b", 5, 2, "?b" },
        { "\0\x80\x01" "a\0b", 6, 2, "?b" },
        { "\0\x81\x02" "a\0\0b", 7, 2, "?b" },
        { "\0a\0\x80\0\0b", 7, 3, "??b" },
        { "\0\x82\x03\xe6\xbc\xa2\0\x80\0\0\x80\0", 12, 3, "???" },
        { "\0\xff\x03\xe6\xbc\xa2\0\x80\0", 9, 2, "??" },
        { "\0\x82\x03\xe6\xbc\xa2\0\x80\0\0b", 11, 3, "\xe6\xbc\xa2" "b" },
        { "\0\x81\x03" "a\xcc\x81", 6, 1, "a\xcc\x81" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Canvas) canvas = canvas_new(10, 1);
        g_assert_true(takes(canvas, 0, 0, rows[i].count, rows[i].cells, rows[i].length));
        cells_settle(canvas);
        g_autofree char *text = canvas_text(canvas);
        g_autofree char *wanted = g_strconcat(rows[i].shown, "\n", NULL);
        g_assert_cmpstr(text, ==, wanted);
    }
}

/* A wide glyph of which one half is painted over by a piece that does not say so. */
static void
halves(void)
{
    g_autoptr(Canvas) canvas = canvas_new(6, 1);

    canvas_put(canvas, 0, 0, 6, ROLE_TEXT, "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2");
    g_assert_true(takes(canvas, 3, 0, 1, "\0a", 2));
    cells_settle(canvas);
    g_autofree char *text = canvas_text(canvas);
    g_assert_cmpstr(text, ==, "\xe6\xbc\xa2?a\xe6\xbc\xa2\n");
}

/* Whatever the bytes are, nothing but text is in the cells, and each row has its columns. */
static void
random_bytes(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(42);

    for (guint round = 0; round < 20000; round++) {
        g_autoptr(Canvas) canvas = canvas_new(20, 2);
        guint8 bytes[64];
        const guint length = (guint)g_rand_int_range(dice, 6, sizeof bytes);
        for (guint i = 0; i < length; i++)
            bytes[i] = (guint8)(g_rand_boolean(dice) ? g_rand_int_range(dice, 0, 5) : g_rand_int_range(dice, 0, 256));
        bytes[1] = bytes[3] = bytes[5] = 0;
        if (!cells_take(canvas, bytes, length, 0))
            continue;
        cells_settle(canvas);
        for (guint y = 0; y < 2; y++) {
            guint columns = 0;
            for (guint x = 0; x < 20; x++) {
                const Cell *cell = canvas_cell(canvas, x, y);
                const char *at = cell->text, *end = at + strlen(at);
                Glyph glyph;
                columns += cell->width;
                g_assert_cmpuint(cell->role, <, ROLES);
                while (glyph_next(&at, end, 0, &glyph))
                    g_assert_false(glyph.mark);
            }
            g_assert_cmpuint(columns, ==, 20);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cells/roundtrip", roundtrip);
    g_test_add_func("/cells/kept", kept);
    g_test_add_func("/cells/nonsense", nonsense);
    g_test_add_func("/cells/mended", mended);
    g_test_add_func("/cells/halves", halves);
    g_test_add_func("/cells/random", random_bytes);
    return g_test_run();
}
