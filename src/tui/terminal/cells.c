/* cells.c: rows of cells written as bytes, and read with mistrust.
 * SPDX-License-Identifier: MIT
 *
 * A piece is a head and cells that stand side by side. A cell is its role and, where it is one plain character, that;
 * else 0x80 with its columns, the length of its text, and the text. */
#include "tui/terminal/cells.h"

#include <string.h>

enum { LONG = 0x80, COLUMNS = 0x7F };

/* Both ends are one program: no byte order is translated. */
typedef struct {
    guint16 x, y, count;
} Head;

/* ---- giving ---- */

/* Most texts are one character. */
static gboolean
is_same(const Cell *a, const Cell *b)
{
    return a->role == b->role && a->width == b->width && a->text[0] == b->text[0] &&
           (a->text[0] == '\0' || (a->text[1] == b->text[1] && (a->text[1] == '\0' || strcmp(a->text, b->text) == 0)));
}

static gsize
put_cell(guint8 *out, const Cell *cell)
{
    out[0] = (guint8)cell->role;
    if (cell->width == 1 && cell->text[0] >= ' ' && cell->text[0] < 0x7F && cell->text[1] == '\0') {
        out[1] = (guint8)cell->text[0];
        return 2;
    }
    const gsize length = strlen(cell->text);
    out[1] = (guint8)(LONG | MIN(cell->width, COLUMNS));
    out[2] = (guint8)length;
    memcpy(out + 3, cell->text, length);
    return 3 + length;
}

enum { RUN = 256, CLUSTER = 32 };

/* Cells that stand side by side, in pieces that cut no glyph. */
static void
give_run(const Canvas *now, guint x, guint end, guint y, CellsPiece piece, gpointer data)
{
    guint8 bytes[sizeof(Head) + (RUN + CLUSTER) * (3 + sizeof ((Cell *)NULL)->text)];

    while (x < end) {
        guint last = MIN(x + RUN, end);
        gsize length = sizeof(Head);
        while (last < end && last < x + RUN + CLUSTER && canvas_cell(now, last, y)->width == 0)
            last++;
        const Head head = { (guint16)x, (guint16)y, (guint16)(last - x) };
        memcpy(bytes, &head, sizeof head);
        for (; x < last; x++)
            length += put_cell(bytes + length, canvas_cell(now, x, y));
        piece(bytes, length, data);
    }
}

/* From the first cell that changed to the last one. A wide glyph goes with all its columns. */
static void
give_row(const Canvas *before, const Canvas *now, guint y, CellsPiece piece, gpointer data)
{
    const Cell *a = before ? canvas_cell(before, 0, y) : &canvas_blank, *b = canvas_cell(now, 0, y);
    const gsize step = before ? 1 : 0;
    guint start = 0, end = now->width;

    while (start < end && is_same(a + start * step, b + start))
        start++;
    while (end > start && is_same(a + (end - 1) * step, b + end - 1))
        end--;
    if (start == end)
        return;
    while (start > 0 && b[start].width == 0)
        start--;
    while (end < now->width && b[end].width == 0)
        end++;
    give_run(now, start, end, y, piece, data);
}

void
cells_give(const Canvas *before, const Canvas *now, CellsPiece piece, gpointer data)
{
    for (guint y = 0; now->width > 0 && y < now->height; y++)
        give_row(before, now, y, piece, data);
}

/* ---- taking ---- */

static void
set_plain(Cell *cell, Role role, char text)
{
    *cell = (Cell){ .text = { text }, .role = role, .width = 1 };
}

/* The text as a terminal may have it: what a joiner held together comes without it, as several glyphs. FALSE: it has not these
 * columns, or is more than a cell has room for. */
static gboolean
read_text(const char *text, gsize length, int mode, Cell *cell)
{
    const char *at = text;
    guint columns = 0;
    gsize done = 0;
    Glyph glyph;

    while (at < text + length && glyph_next(&at, text + length, mode, &glyph)) {
        const gsize size = strlen(glyph.text);
        if (glyph.mark || done + size >= sizeof cell->text)
            return FALSE;
        memcpy(cell->text + done, glyph.text, size + 1);
        done += size;
        columns += glyph.width;
    }
    return columns > 0 && columns == cell->width;
}

static gsize
take_text(Cell *cell, Role role, const guint8 *bytes, gsize length, int mode)
{
    const gsize size = bytes[2];

    if (3 + size > length || size >= sizeof cell->text)
        return 0;
    *cell = (Cell){ .role = role, .width = bytes[1] & COLUMNS };
    if ((cell->width > 0 || size > 0) && !read_text((const char *)bytes + 3, size, mode, cell))
        set_plain(cell, role, '?');
    return 3 + size;
}

/* The bytes that a cell took; 0: it is none. */
static gsize
take_cell(Cell *cell, const guint8 *bytes, gsize length, int mode)
{
    if (length < 2 || bytes[0] >= ROLES)
        return 0;
    const Role role = bytes[0];
    if (bytes[1] >= ' ' && bytes[1] < 0x7F) {
        set_plain(cell, role, (char)bytes[1]);
        return 2;
    }
    return length >= 3 && bytes[1] & LONG ? take_text(cell, role, bytes, length, mode) : 0;
}

/* Whether the glyph at `x` has exactly its columns. */
static gboolean
is_whole(const Canvas *canvas, guint x, guint y, guint *next)
{
    const Cell *row = canvas_cell(canvas, 0, y);
    const guint width = row[x].width;

    *next = x + 1;
    while (*next < canvas->width && row[*next].width == 0)
        ++*next;
    return width > 0 && *next - x == width;
}

/* A wide glyph of which a part is missing, or a further column of none, would shift what stands behind it. */
static void
mend_row(Canvas *canvas, guint y)
{
    Cell *row = canvas->cells + (gsize)y * canvas->width;
    guint next;

    for (guint x = 0; x < canvas->width; x = next) {
        if (row[x].width == 1 && x + 1 < canvas->width && row[x + 1].width > 0) {    /* nearly always */
            next = x + 1;
            continue;
        }
        if (!is_whole(canvas, x, y, &next))
            for (guint i = x; i < next; i++)
                set_plain(&row[i], row[i].role, '?');
    }
}

gboolean
cells_take(Canvas *canvas, const guint8 *bytes, gsize length, int mode)
{
    Head head;

    if (length < sizeof head)
        return FALSE;
    memcpy(&head, bytes, sizeof head);
    if (head.y >= canvas->height || head.x >= canvas->width || head.count == 0 ||
        head.count > canvas->width - head.x)
        return FALSE;
    Cell *cell = canvas->cells + (gsize)head.y * canvas->width + head.x;
    gsize at = sizeof head;
    for (guint i = 0; i < head.count; i++, cell++) {
        const gsize took = take_cell(cell, bytes + at, length - at, mode);
        if (took == 0)
            return FALSE;
        at += took;
    }
    return at == length;
}

void
cells_settle(Canvas *canvas)
{
    for (guint y = 0; y < canvas->height; y++)
        mend_row(canvas, y);
}
