/* paint.c: cells become bytes for a terminal, as few as are needed.
 * SPDX-License-Identifier: MIT
 *
 * A cell's columns are the canvas's. Where the C library counts a glyph otherwise, terminals may, too: what stands
 * behind it would shift. Such a glyph is written onto blanks, and the cursor is moved behind it, where the reason is
 * known (an ambiguous character on a terminal that gives these two columns); else it is not written at all. */
#include "tui/terminal/paint.h"

#include <string.h>
#include <wchar.h>

/* Moving over so many cells that stay takes no more bytes than writing them. */
enum { GAP_MIN = 10, ERASE_MIN = 4 };

typedef struct {
    GString      *out;
    const Paint  *paint;
    const Canvas *now;
    const char   *style;    /* what is switched on; empty: plain */
    gboolean      lost;     /* the cursor stands elsewhere */
} Painter;

/* What a click there presses is not seen. */
static gboolean
same_cell(const Cell *a, const Cell *b)
{
    return a->role == b->role && a->width == b->width && strcmp(a->text, b->text) == 0;
}

gboolean
paint_changes(const Canvas *before, const Canvas *now, guint y)
{
    const Cell *a = before ? canvas_cell(before, 0, y) : NULL, *b = canvas_cell(now, 0, y);

    if (a && memcmp(a, b, now->width * sizeof *a) == 0)
        return FALSE;
    for (guint x = 0; a && x < now->width; x++)
        if (!same_cell(a + x, b + x))
            return TRUE;
    return !a;
}

static void
switch_to(Painter *painter, const char *style)
{
    if (strcmp(painter->style, style) == 0)
        return;
    if (*painter->style)
        g_string_append(painter->out, painter->paint->plain);
    g_string_append(painter->out, style);
    painter->style = style;
}

static gboolean
is_plain_blank(const Painter *painter, const Cell *cell)
{
    return cell->text[0] == ' ' && cell->text[1] == '\0' && !*painter->paint->roles[cell->role];
}

/* Columns by the C library; 0 where it knows none. */
static guint
library_columns(const char *text)
{
    guint total = 0;

    for (guint own = 0; *text; text = g_utf8_next_char(text), own++) {
        const int width = wcwidth((wchar_t)g_utf8_get_char(text));
        if (width < 0 || (width == 0 && own == 0))
            return 0;
        total += (guint)width;
    }
    return total;
}

static void
put_blanks(GString *out, guint count, char blank)
{
    while (count-- > 0)
        g_string_append_c(out, blank);
}

static void
put_glyph(Painter *painter, const Cell *cell, guint x, guint y)
{
    GString *out = painter->out;
    const gboolean ascii = (guchar)cell->text[0] < 0x80 && !cell->text[1];
    const guint columns = ascii ? 1 : library_columns(cell->text);

    if (ascii && cell->width == 1) {        /* nearly always */
        g_string_append_c(out, cell->text[0]);
    } else if (columns == cell->width) {
        g_string_append(out, cell->text);
    } else if (columns == 0 || !(painter->now->mode & GLYPH_WIDE) ||
               glyph_columns(cell->text, GLYPH_WIDE) != cell->width) {
        put_blanks(out, cell->width, '?');
    } else {
        put_blanks(out, cell->width, ' ');
        painter->paint->move(out, x, y);
        g_string_append(out, cell->text);
        painter->lost = TRUE;
    }
}

/* Cells from `x` on that stay, up to `end`. */
static guint
unchanged(const Cell *before, const Cell *now, guint x, guint end)
{
    guint count = 0;

    while (before && x + count < end && same_cell(before + x + count, now + x + count))
        count++;
    return count;
}

/* From a column that changes up to the last one that does. */
static void
put_cells(Painter *painter, const Cell *before, guint x, guint end, guint y)
{
    const Cell *now = canvas_cell(painter->now, 0, y);

    painter->lost = TRUE;
    while (x < end) {
        const guint stays = unchanged(before, now, x, end);
        if (stays >= GAP_MIN || now[x].width == 0) {
            x += MAX(stays, 1);
            painter->lost = TRUE;
            continue;
        }
        if (painter->lost)
            painter->paint->move(painter->out, x, y);
        painter->lost = FALSE;
        switch_to(painter, painter->paint->roles[now[x].role]);
        put_glyph(painter, &now[x], x, y);
        x += now[x].width;
    }
}

/* Behind the last one that can be written. */
static guint
last_column(const Painter *painter, guint y)
{
    const guint width = painter->now->width;
    const gboolean whole = painter->paint->corner || y + 1 < painter->now->height;

    return whole ? width : width - (canvas_cell(painter->now, width - 1, y)->width == 1 ? 1 : MIN(width, 2));
}

/* Where the blanks begin that reach to the end of the row. */
static guint
blank_from(const Painter *painter, const Cell *now)
{
    guint x = painter->now->width;

    while (x > 0 && is_plain_blank(painter, &now[x - 1]))
        x--;
    return x;
}

static void
put_row(Painter *painter, const Cell *before, guint y)
{
    const Cell *now = canvas_cell(painter->now, 0, y);
    guint start = 0, end = last_column(painter, y);

    while (start < end && before && same_cell(before + start, now + start))
        start++;
    while (end > start && before && same_cell(before + end - 1, now + end - 1))
        end--;
    while (start > 0 && now[start].width == 0)
        start--;
    const guint blank = MAX(blank_from(painter, now), start);
    if (!painter->paint->erase || end < blank + ERASE_MIN) {
        put_cells(painter, before, start, end, y);
        return;
    }
    put_cells(painter, before, start, blank, y);
    if (painter->lost || blank == start)
        painter->paint->move(painter->out, blank, y);
    switch_to(painter, "");
    g_string_append(painter->out, painter->paint->erase);
}

/* On a screen that was cleared, what is blank stays so. */
static void
put_onto_blank(Painter *painter, guint y)
{
    const Cell *now = canvas_cell(painter->now, 0, y);
    guint x = 0;
    const guint end = blank_from(painter, now);

    while (x < end && is_plain_blank(painter, &now[x]))
        x++;
    put_cells(painter, NULL, x, MIN(end, last_column(painter, y)), y);
}

void
paint_frame(GString *out, const Paint *paint, const Canvas *before, const Canvas *now)
{
    Painter painter = { .out = out, .paint = paint, .now = now, .style = "" };

    if (!before) {
        g_string_append(out, paint->plain);
        g_string_append(out, paint->clear);
    }
    for (guint y = 0; now->width > 0 && y < now->height; y++) {
        if (!before)
            put_onto_blank(&painter, y);
        else if (paint_changes(before, now, y))
            put_row(&painter, canvas_cell(before, 0, y), y);
    }
    switch_to(&painter, "");
}
