/* canvas.c: painting text into cells.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/canvas.h"

#include <string.h>

static Cell *
cell_at(const Canvas *canvas, guint x, guint y)
{
    return &canvas->cells[(gsize)y * canvas->width + x];
}

static void
set_cell(Cell *cell, const char *text, gsize length, Role role, guint width)
{
    memcpy(cell->text, text, length);
    cell->text[length] = '\0';
    cell->role = role;
    cell->width = width;
}

const Cell canvas_blank = { .text = " ", .role = ROLE_TEXT, .width = 1 };

Canvas *
canvas_new(guint width, guint height)
{
    const gsize count = MAX((gsize)width * height, 1);
    Canvas *canvas = g_new0(Canvas, 1);

    canvas->width = width;
    canvas->height = height;
    canvas->cells = g_new(Cell, count);
    for (gsize i = 0; i < count; i++)
        canvas->cells[i] = canvas_blank;
    return canvas;
}

Canvas *
canvas_copy(const Canvas *canvas)
{
    Canvas *copy = g_memdup2(canvas, sizeof *canvas);

    copy->cells = g_memdup2(canvas->cells, MAX((gsize)canvas->width * canvas->height, 1) * sizeof *canvas->cells);
    return copy;
}

void
canvas_keep(Canvas **slot, const Canvas *canvas)
{
    Canvas *kept = *slot;

    if (!kept || kept->width != canvas->width || kept->height != canvas->height) {
        canvas_free(kept);
        *slot = canvas_copy(canvas);
        return;
    }
    Cell *cells = kept->cells;
    memcpy(cells, canvas->cells, (gsize)canvas->width * canvas->height * sizeof *cells);
    *kept = *canvas;
    kept->cells = cells;
}

void
canvas_free(Canvas *canvas)
{
    if (!canvas)
        return;
    g_free(canvas->cells);
    g_free(canvas);
}

const Cell *
canvas_cell(const Canvas *canvas, guint x, guint y)
{
    return cell_at(canvas, x, y);
}

/* A glyph that is painted over in one of its columns is gone in all. */
static void
clear_wide(Canvas *canvas, guint x, guint y)
{
    guint start = x;

    while (start > 0 && cell_at(canvas, start, y)->width == 0)
        start--;
    const guint end = MIN(start + cell_at(canvas, start, y)->width, canvas->width);
    for (guint i = start; i < end && end - start > 1; i++)
        set_cell(cell_at(canvas, i, y), " ", 1, cell_at(canvas, i, y)->role, 1);
}

guint
canvas_put_glyph(Canvas *canvas, guint x, guint y, guint limit, Role role, const Glyph *glyph)
{
    limit = MIN(limit, canvas->width);
    if (y >= canvas->height || x >= limit || glyph->width > limit - x)
        return x;
    if (glyph->mark) {
        for (guint i = 0; i < glyph->width; i++) {
            clear_wide(canvas, x + i, y);
            set_cell(cell_at(canvas, x + i, y), glyph->text + i, 1,
                     role == ROLE_TEXT ? ROLE_MARK : role, 1);
        }
        return x + glyph->width;
    }
    Cell *cell = cell_at(canvas, x, y);
    if (glyph->width == 1 && cell->width == 1) {     /* nearly always */
        set_cell(cell, glyph->text, strlen(glyph->text), role, 1);
        return x + 1;
    }
    for (guint i = 0; i < glyph->width; i++)
        clear_wide(canvas, x + i, y);
    for (guint i = 1; i < glyph->width; i++)
        set_cell(cell_at(canvas, x + i, y), "", 0, role, 0);
    set_cell(cell, glyph->text, strlen(glyph->text), role, glyph->width);
    return x + glyph->width;
}

guint
canvas_put_span(Canvas *canvas, guint x, guint y, guint limit, Role role, const char *text,
                gsize length)
{
    const char *cursor = text;
    Glyph glyph;

    while (x < limit && glyph_next(&cursor, text + length, canvas->mode, &glyph)) {
        const guint next = canvas_put_glyph(canvas, x, y, limit, role, &glyph);
        if (next == x)
            break;
        x = next;
    }
    return x;
}

guint
canvas_put(Canvas *canvas, guint x, guint y, guint limit, Role role, const char *text)
{
    return canvas_put_span(canvas, x, y, limit, role, text, strlen(text));
}

guint
canvas_put_cut(Canvas *canvas, guint x, guint y, guint limit, Role role, const char *text)
{
    if (x >= limit || glyph_columns(text, canvas->mode) <= limit - x)
        return canvas_put(canvas, x, y, limit, role, text);
    if (limit - x > 2)
        x = canvas_put(canvas, x, y, limit - 2, role, text);
    return canvas_put(canvas, x, y, limit, role, "..");
}

void
canvas_fill(Canvas *canvas, guint x, guint y, guint limit, Role role, char fill)
{
    for (; y < canvas->height && x < MIN(limit, canvas->width); x++) {
        clear_wide(canvas, x, y);
        set_cell(cell_at(canvas, x, y), &fill, 1, role, 1);
    }
}

void
canvas_tint(Canvas *canvas, guint x, guint y, guint limit, Role role)
{
    for (; y < canvas->height && x < MIN(limit, canvas->width); x++)
        cell_at(canvas, x, y)->role = role;
}

gboolean
canvas_within(Rect area, guint x, guint y)
{
    return x >= area.x && x - area.x < area.width && y >= area.y && y - area.y < area.height;
}

void
canvas_button(Canvas *canvas, guint x, guint y, guint limit, guint code)
{
    for (; y < canvas->height && x < MIN(limit, canvas->width); x++)
        cell_at(canvas, x, y)->code = code;
}

char *
canvas_text(const Canvas *canvas)
{
    GString *out = g_string_new(NULL);

    for (guint y = 0; y < canvas->height; y++) {
        for (guint x = 0; x < canvas->width; x++)
            g_string_append(out, canvas_cell(canvas, x, y)->text);
        while (out->len > 0 && out->str[out->len - 1] == ' ')
            g_string_truncate(out, out->len - 1);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}
