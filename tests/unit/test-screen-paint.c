/* What is written shows exactly the canvas, whatever stood there before.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/paint.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

/* A terminal that is told in single bytes: each stands for what a description would say. */
enum { CLEAR = 1, ERASE, PLAIN, ROLE, MOVE };

static void
move(GString *out, guint x, guint y)
{
    g_string_append_c(out, MOVE);
    g_string_append_unichar(out, 0x100 + x);
    g_string_append_unichar(out, 0x100 + y);
}

static Paint *
paint_new(gboolean corner, gboolean erase)
{
    Paint *paint = g_new0(Paint, 1);

    paint->clear = "\x01";
    paint->erase = erase ? "\x02" : NULL;
    paint->plain = "\x03";
    paint->corner = corner;
    paint->move = move;
    for (Role role = 0; role < ROLES; role++)
        paint->roles[role] = role == ROLE_TEXT ? g_strdup("") : g_strdup_printf("\x04%c", 'A' + (char)role);
    return paint;
}

static void
paint_free(Paint *paint)
{
    for (Role role = 0; role < ROLES; role++)
        g_free(paint->roles[role]);
    g_free(paint);
}

typedef struct {
    guint    width, height, x, y;
    Role     role;
    Canvas  *cells;
    gboolean corner, scrolled;
} Screen;

static gunichar
take(const char **at)
{
    const gunichar code = g_utf8_get_char(*at);

    *at = g_utf8_next_char(*at);
    return code;
}

/* A character in its columns; marks join the one before. What is half covered is gone. */
static void
put(Screen *screen, gunichar code)
{
    char text[8] = "";
    const int columns = wcwidth((wchar_t)code);

    text[g_unichar_to_utf8(code, text)] = '\0';
    if (columns == 0) {
        Cell *before = (Cell *)canvas_cell(screen->cells, screen->x - 1, screen->y);
        before = before->width == 0 ? before - 1 : before;
        g_strlcat(before->text, text, sizeof before->text);
        return;
    }
    g_assert_cmpuint(screen->x + (guint)columns, <=, screen->width);
    Glyph glyph = { .width = (guint)columns };
    g_strlcpy(glyph.text, text, sizeof glyph.text);
    canvas_put_glyph(screen->cells, screen->x, screen->y, screen->width, screen->role, &glyph);
    screen->x += (guint)columns;
    screen->scrolled = screen->scrolled ||
                       (!screen->corner && screen->x == screen->width && screen->y + 1 == screen->height);
}

static void
show(Screen *screen, const char *bytes)
{
    for (const char *at = bytes; *at;) {
        const gunichar code = take(&at);
        if (code == CLEAR) {
            canvas_free(screen->cells);
            screen->cells = canvas_new(screen->width, screen->height);
        } else if (code == ERASE) {
            g_assert_cmpint(screen->role, ==, ROLE_TEXT);
            canvas_fill(screen->cells, screen->x, screen->y, screen->width, ROLE_TEXT, ' ');
        } else if (code == PLAIN) {
            screen->role = ROLE_TEXT;
        } else if (code == ROLE) {
            g_assert_cmpint(screen->role, ==, ROLE_TEXT);     /* attributes add up */
            screen->role = (Role)(take(&at) - 'A');
        } else if (code == MOVE) {
            screen->x = take(&at) - 0x100;
            screen->y = take(&at) - 0x100;
        } else {
            put(screen, code);
        }
    }
    g_assert_cmpint(screen->role, ==, ROLE_TEXT);
}

static void
compare(const Screen *screen, const Canvas *canvas)
{
    for (guint y = 0; y < canvas->height; y++) {
        for (guint x = 0; x < canvas->width; x++) {
            const Cell *want = canvas_cell(canvas, x, y), *got = canvas_cell(screen->cells, x, y);
            /* What ends in the corner is left out where it would scroll. */
            if (!screen->corner && y + 1 == canvas->height && x + MAX(want->width, 1) >= canvas->width)
                continue;
            g_assert_cmpstr(got->text, ==, want->text);
            g_assert_cmpint(got->role, ==, want->role);
        }
    }
    g_assert_false(screen->scrolled);
}

/* Few words, so that much stays between two frames. */
static Canvas *
random_canvas(GRand *random, guint width, guint height, const Canvas *before)
{
    static const char *const words[] = { "pass", " ", "        ", "fail fail fail", "\xE6\xA4\x9C\xE8\xA8\xBC",
                                         "e\xCC\x81t\xC3\xA9", "\xEF\xBC\xA1", "-", "x", "              " };
    Canvas *canvas = canvas_new(width, height);

    if (before)
        memcpy(canvas->cells, before->cells, sizeof(Cell) * width * height);
    for (int i = g_rand_int_range(random, 0, 30); i > 0; i--) {
        const char *word = words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))];
        canvas_put(canvas, (guint)g_rand_int_range(random, 0, (int)width), (guint)g_rand_int_range(random, 0, (int)height),
                   width, (Role)g_rand_int_range(random, 0, 4), word);
    }
    return canvas;
}

static void
test_random(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (guint run = 0; run < 300; run++) {
        const guint width = (guint)g_rand_int_range(random, 2, 50), height = (guint)g_rand_int_range(random, 1, 12);
        Paint *paint = paint_new(run % 3 != 0, run % 2 != 0);
        Screen screen = { .width = width, .height = height, .corner = paint->corner };
        g_autoptr(Canvas) before = NULL;
        screen.cells = canvas_new(width, height);
        canvas_fill(screen.cells, 0, 0, width, ROLE_FAIL, '#');
        for (guint frame = 0; frame < 12; frame++) {
            Canvas *now = random_canvas(random, width, height, before);
            g_autoptr(GString) out = g_string_new(NULL);
            paint_frame(out, paint, before, now);
            show(&screen, out->str);
            compare(&screen, now);
            canvas_free(before);
            before = now;
        }
        canvas_free(screen.cells);
        paint_free(paint);
    }
}

static gsize
bytes_of(const Paint *paint, const Canvas *before, const Canvas *now)
{
    g_autoptr(GString) out = g_string_new(NULL);

    paint_frame(out, paint, before, now);
    return out->len;
}

/* What is the same is not written again, nor are blanks one by one. */
static void
test_little(void)
{
    Paint *paint = paint_new(TRUE, TRUE);
    g_autoptr(Canvas) before = canvas_new(200, 60), now = canvas_new(200, 60);

    g_assert_cmpuint(bytes_of(paint, NULL, now), <, 8);
    for (guint y = 0; y < 60; y++)
        canvas_fill(before, 0, y, 200, ROLE_TEXT, 'a');
    memcpy(now->cells, before->cells, sizeof(Cell) * 200 * 60);
    canvas_button(now, 0, 0, 200, 'q');
    g_assert_cmpuint(bytes_of(paint, before, now), ==, 0);
    canvas_put(now, 7, 30, 200, ROLE_TEXT, "b");
    g_assert_cmpuint(bytes_of(paint, before, now), <, 8);
    canvas_put(now, 190, 30, 200, ROLE_TEXT, "b");
    g_assert_cmpuint(bytes_of(paint, before, now), <, 16);
    canvas_fill(now, 0, 31, 200, ROLE_TEXT, ' ');
    g_assert_cmpuint(bytes_of(paint, before, now), <, 24);
    paint_free(paint);
}

/* The C library gives it one column, this terminal two: it is written onto blanks, and the cursor goes on behind it.
 * What nobody can explain is not written. */
static void
test_widths(void)
{
    Paint *paint = paint_new(TRUE, FALSE);
    g_autoptr(Canvas) canvas = canvas_new(6, 1);
    g_autoptr(GString) out = g_string_new(NULL), want = g_string_new("\x03\x01");

    canvas->mode = GLYPH_WIDE;
    canvas_put(canvas, 0, 0, 6, ROLE_TEXT, "a\xCE\xB1z");
    g_assert_cmpuint(canvas_cell(canvas, 1, 0)->width, ==, 2);
    paint_frame(out, paint, NULL, canvas);
    move(want, 0, 0);
    g_string_append(want, "a  ");
    move(want, 1, 0);
    g_string_append(want, "\xCE\xB1");
    move(want, 3, 0);
    g_string_append(want, "z");
    g_assert_cmpstr(out->str, ==, want->str);
    canvas->mode = 0;
    g_string_truncate(out, 0);
    paint_frame(out, paint, NULL, canvas);
    g_assert_nonnull(strstr(out->str, "a??z"));
    paint_free(paint);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 77;
    g_test_add_func("/paint/random", test_random);
    g_test_add_func("/paint/little", test_little);
    g_test_add_func("/paint/widths", test_widths);
    return g_test_run();
}
