/* target-cells.c: what a core that was taken over paints: nothing but cells of this size gets into the canvas, and nothing but their
 * text, colors and moves to the terminal.
 * SPDX-License-Identifier: MIT */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "fuzz.h"
#include "tui/terminal/cells.h"
#include "tui/terminal/paint.h"

enum { WIDTH_MAX = 40, HEIGHT_MAX = 4 };

/* ---- a terminal of our own ---- */

typedef struct {
    guint    width, height, x, y, style;
    gunichar codes[WIDTH_MAX * HEIGHT_MAX];
    guint    styles[WIDTH_MAX * HEIGHT_MAX];
} Screen;

static void
blank(Screen *screen, guint from, guint end)
{
    for (guint i = from; i < end; i++) {
        screen->codes[i] = ' ';
        screen->styles[i] = screen->style;
    }
}

static void
move_to(GString *out, guint x, guint y)
{
    g_string_append_printf(out, "\x1b[%u;%uH", y + 1, x + 1);
}

/* The only sequences that the paint below has: "H", "J", "K" and "m". */
static const char *
obey(Screen *screen, const char *at)
{
    char *next;
    const guint number = (guint)strtoul(at, &next, 10);
    const guint first = next == at ? 1 : number;
    const guint second = *next == ';' ? (guint)strtoul(next + 1, &next, 10) : 1;
    const guint row = screen->y * screen->width;

    switch (*next) {
    case 'H':
        FUZZ_REQUIRE(first >= 1 && first <= screen->height && second >= 1 && second <= screen->width);
        screen->y = first - 1;
        screen->x = second - 1;
        break;
    case 'J':
        FUZZ_REQUIRE(screen->style == 0);
        blank(screen, 0, screen->width * screen->height);
        break;
    case 'K':
        FUZZ_REQUIRE(screen->style == 0 && screen->x < screen->width);
        blank(screen, row + screen->x, row + screen->width);
        break;
    default:
        FUZZ_REQUIRE(*next == 'm');
        screen->style = number;
    }
    return next + 1;
}

static gboolean
is_harmless(gunichar code)
{
    const GUnicodeType type = g_unichar_type(code);

    return code >= 0x20 && code != 0x7F && !(code >= 0x80 && code < 0xA0) && type != G_UNICODE_CONTROL &&
           type != G_UNICODE_FORMAT && type != G_UNICODE_SURROGATE && type != G_UNICODE_LINE_SEPARATOR &&
           type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void
show(Screen *screen, const GString *out)
{
    const char *at = out->str;

    FUZZ_REQUIRE(strlen(at) == out->len && g_utf8_validate(at, -1, NULL));
    while (*at) {
        if (at[0] == '\x1b') {
            FUZZ_REQUIRE(at[1] == '[');
            at = obey(screen, at + 2);
            continue;
        }
        const gunichar code = g_utf8_get_char(at);
        const int columns = wcwidth((wchar_t)code);
        FUZZ_REQUIRE(is_harmless(code) && columns >= 0 && screen->x + (guint)columns <= screen->width);
        for (int i = 0; i < columns; i++, screen->x++) {
            screen->codes[screen->y * screen->width + screen->x] = i == 0 ? code : 0;
            screen->styles[screen->y * screen->width + screen->x] = screen->style;
        }
        at = g_utf8_next_char(at);
    }
    FUZZ_REQUIRE(screen->style == 0);
}

/* ---- what must hold ---- */

static void
check_cell(const Canvas *canvas, const Cell *cell, guint x)
{
    FUZZ_REQUIRE(cell->role < ROLES && memchr(cell->text, '\0', sizeof cell->text));
    FUZZ_REQUIRE(cell->width >= 1 && x + cell->width <= canvas->width);
    FUZZ_REQUIRE(*cell->text && g_utf8_validate(cell->text, -1, NULL));
    FUZZ_REQUIRE(glyph_columns(cell->text, canvas->mode) == cell->width);
    for (const char *at = cell->text; *at; at = g_utf8_next_char(at))
        FUZZ_REQUIRE(is_harmless(g_utf8_get_char(at)) && (!(canvas->mode & GLYPH_ASCII) || (guchar)*at < 0x80));
    for (guint i = 1; i < cell->width; i++)
        FUZZ_REQUIRE(cell[i].width == 0 && !*cell[i].text && cell[i].role < ROLES);
}

static void
check_canvas(const Canvas *canvas, const Screen *screen)
{
    for (guint y = 0; y < canvas->height; y++)
        for (guint x = 0; x < canvas->width; x += canvas_cell(canvas, x, y)->width) {
            const Cell *cell = canvas_cell(canvas, x, y);
            const guint at = y * canvas->width + x;
            check_cell(canvas, cell, x);
            FUZZ_REQUIRE(screen->styles[at] == (cell->role == ROLE_TEXT ? 0 : cell->role + 1));
            if ((guchar)*cell->text < 0x80 && !cell->text[1])
                FUZZ_REQUIRE(screen->codes[at] == (gunichar)*cell->text);
        }
}

static void
take_again(const guint8 *bytes, gsize length, gpointer canvas)
{
    FUZZ_REQUIRE(cells_take(canvas, bytes, length, ((Canvas *)canvas)->mode));
}

/* What is sound is taken as it is. */
static void
check_again(const Canvas *canvas)
{
    g_autoptr(Canvas) copy = canvas_new(canvas->width, canvas->height);

    copy->mode = canvas->mode;
    cells_give(NULL, canvas, take_again, copy);
    cells_settle(copy);
    for (guint y = 0; y < canvas->height; y++)
        FUZZ_REQUIRE(!paint_changes(canvas, copy, y));
}

static const Paint *
paint_of_screen(void)
{
    static Paint paint = { "\x1b[H\x1b[J", "\x1b[K", "\x1b[m", TRUE, { NULL }, move_to };

    for (guint i = 0; !paint.roles[ROLES - 1] && i < ROLES; i++)
        paint.roles[i] = i == ROLE_TEXT ? g_strdup("") : g_strdup_printf("\x1b[%um", i + 1);
    return &paint;
}

static void
show_frame(Screen *screen, Canvas **before, Canvas *canvas)
{
    g_autoptr(GString) out = g_string_new(NULL);

    cells_settle(canvas);
    paint_frame(out, paint_of_screen(), *before, canvas);
    show(screen, out);
    check_canvas(canvas, screen);
    check_again(canvas);
    canvas_free(*before);
    *before = canvas_copy(canvas);
}

/* Width, height, mode; then pieces, each behind its length; where that is 0 what is there is shown. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    Screen screen = { .width = 1 };
    Canvas *before = NULL;

    if (size < 3 || !setlocale(LC_CTYPE, "C.UTF-8"))
        return 0;
    screen.width = 1 + data[0] % WIDTH_MAX;
    screen.height = 1 + data[1] % HEIGHT_MAX;
    Canvas *canvas = canvas_new(screen.width, screen.height);
    canvas->mode = data[2] & (GLYPH_ASCII | GLYPH_WIDE);
    for (gsize at = 3; at < size;) {
        const gsize length = MIN(data[at], size - at - 1);
        g_autofree guint8 *piece = g_memdup2(data + at + 1, length);
        at += 1 + length;
        if (length == 0)
            show_frame(&screen, &before, canvas);
        else if (!cells_take(canvas, piece, length, canvas->mode))
            break;
    }
    /* What was there when nonsense came is sound, too. */
    show_frame(&screen, &before, canvas);
    canvas_free(canvas);
    canvas_free(before);
    return 0;
}
