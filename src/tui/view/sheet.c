/* sheet.c: filling, scrolling and painting a sheet.
 * SPDX-License-Identifier: MIT */
#include "tui/view/sheet.h"

#include <string.h>

#include "tui/terminal/lines.h"

enum { MARGIN = 2 };

typedef struct {
    SheetEntry entry;
    gsize      start;       /* in the sheet's text */
} Placed;

struct Sheet {
    guint     width;
    int       mode;         /* of GlyphMode */
    guint     height;
    GString  *text;         /* until sheet_fit() */
    GBytes   *bytes;
    Lines    *lines;
    GArray   *entries;      /* Placed, top to bottom */
    LinePlace top, at;
};

Sheet *
sheet_new(guint width, int mode)
{
    Sheet *sheet = g_new0(Sheet, 1);

    sheet->width = width;
    sheet->mode = mode;
    sheet->height = 1;
    sheet->text = g_string_new(NULL);
    sheet->entries = g_array_new(FALSE, FALSE, sizeof(Placed));
    return sheet;
}

void
sheet_free(Sheet *sheet)
{
    if (!sheet)
        return;
    if (sheet->text)
        g_string_free(sheet->text, TRUE);
    g_clear_pointer(&sheet->lines, lines_free);
    g_clear_pointer(&sheet->bytes, g_bytes_unref);
    g_array_unref(sheet->entries);
    g_free(sheet);
}

guint
sheet_width(const Sheet *sheet)
{
    return sheet->width;
}

void
sheet_add(Sheet *sheet, const SheetEntry *entry, const char *bytes, gsize length)
{
    const Placed placed = { *entry, sheet->text->len };

    g_array_append_val(sheet->entries, placed);
    g_string_append_len(sheet->text, bytes, (gssize)length);
    if (length == 0 || bytes[length - 1] != '\n')
        g_string_append_c(sheet->text, '\n');
}

void
sheet_note(Sheet *sheet, Role role, const char *text)
{
    const SheetEntry entry = { SHEET_NOTE, role, ' ', role, { 0, 0 } };
    const guint room = sheet->width > MARGIN + 2 ? sheet->width - MARGIN - 2 : 1;
    g_autoptr(GArray) lines = glyph_wrap(text, room, sheet->mode);

    for (guint i = 0; i < lines->len; i++) {
        const Span span = g_array_index(lines, Span, i);
        g_autofree char *line = g_strdup_printf("%s %.*s", i == 0 ? "^" : " ",
                                                (int)span_length(span), text + span.start);
        sheet_add(sheet, &entry, line, strlen(line));
    }
}

/* ---- places ---- */

static gboolean
is_before(LinePlace a, LinePlace b)
{
    return a.piece != b.piece ? a.piece < b.piece : a.row < b.row;
}

/* The cursor is seen, and the sheet ends at the bottom of the window where it is long enough. */
static void
show_cursor(Sheet *sheet)
{
    LinePlace latest = lines_last(sheet->lines);
    LinePlace lowest = sheet->at;

    for (guint i = 1; i < sheet->height; i++) {
        lines_previous(sheet->lines, &latest);
        lines_previous(sheet->lines, &lowest);
    }
    if (is_before(sheet->at, sheet->top))
        sheet->top = sheet->at;
    if (is_before(sheet->top, lowest))
        sheet->top = lowest;
    if (is_before(latest, sheet->top))
        sheet->top = latest;
}

void
sheet_fit(Sheet *sheet, guint height)
{
    sheet->height = MAX(height, 1);
    if (sheet->text) {
        sheet->bytes = g_string_free_to_bytes(g_steal_pointer(&sheet->text));
        sheet->lines = lines_new(sheet->bytes, sheet->mode);
        lines_fit(sheet->lines, sheet->width > MARGIN ? sheet->width - MARGIN : 1);
    }
    show_cursor(sheet);
}

static void
walk(Sheet *sheet, guint rows, gboolean (*go)(const Lines *, LinePlace *), gboolean page)
{
    for (guint i = 0; i < rows; i++) {
        if (!go(sheet->lines, &sheet->at))
            break;
        if (page)
            go(sheet->lines, &sheet->top);
    }
}

void
sheet_move(Sheet *sheet, Move move)
{
    const guint page = MAX(sheet->height, 2) - 1;

    switch (move) {
    case MOVE_UP:
        walk(sheet, 1, lines_previous, FALSE);
        break;
    case MOVE_DOWN:
        walk(sheet, 1, lines_next, FALSE);
        break;
    case MOVE_PAGE_UP:
        walk(sheet, page, lines_previous, TRUE);
        break;
    case MOVE_PAGE_DOWN:
        walk(sheet, page, lines_next, TRUE);
        break;
    case MOVE_FIRST:
        sheet->at = sheet->top = (LinePlace) { 0, 0 };
        break;
    case MOVE_LAST:
        sheet->at = lines_last(sheet->lines);
        break;
    }
    show_cursor(sheet);
}

void
sheet_go(Sheet *sheet, gsize offset)
{
    enum { ABOVE = 3 };

    for (guint i = 0; i < sheet->entries->len; i++) {
        const Placed *placed = &g_array_index(sheet->entries, Placed, i);
        const Span target = placed->entry.target;
        if (offset < target.start || offset >= target.end)
            continue;
        const gsize into = placed->entry.kind == SHEET_SAME ? offset - target.start : 0;
        sheet->top = sheet->at = lines_find(sheet->lines, placed->start + into);
        for (guint j = 0; j < MIN(ABOVE, sheet->height - 1); j++)
            lines_previous(sheet->lines, &sheet->top);
        show_cursor(sheet);
        return;
    }
}

gboolean
sheet_find(Sheet *sheet, Find *find)
{
    gsize length = 0, at = 0;
    const char *text = g_bytes_get_data(sheet->bytes, &length);
    const Span row = lines_row(sheet->lines, sheet->at).span;

    if (!find_bytes(text, length, find->backward ? row.start : MIN(row.end, length), find, &at))
        return FALSE;
    sheet->at = lines_find(sheet->lines, at);
    show_cursor(sheet);
    return TRUE;
}

gboolean
sheet_click(Sheet *sheet, guint row)
{
    LinePlace place = sheet->top;

    for (guint i = 0; i < row; i++)
        if (!lines_next(sheet->lines, &place))
            break;
    const gboolean moved = place.piece != sheet->at.piece || place.row != sheet->at.row;
    sheet->at = place;
    return moved;
}

char *
sheet_value(const Sheet *sheet)
{
    const char *text = g_bytes_get_data(sheet->bytes, NULL);
    const Span row = lines_row(sheet->lines, sheet->at).span;

    return g_strndup(text + row.start, span_length(row));
}

/* ---- what stands where ---- */

static const Placed *
entry_at(const Sheet *sheet, gsize offset)
{
    guint low = 0;
    guint high = sheet->entries->len;

    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(sheet->entries, Placed, middle).start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &g_array_index(sheet->entries, Placed, low - 1) : NULL;
}

/* The line of `raw` that has as many line ends before it. */
static Span
same_line(const Sheet *sheet, const Placed *placed, gsize offset, const char *raw)
{
    const char *text = g_bytes_get_data(sheet->bytes, NULL);
    const char *at = text + placed->start;
    Span span = placed->entry.target;

    for (const char *lf; (lf = memchr(at, '\n', (gsize)(text + offset - at))); at = lf + 1) {
        const char *next = memchr(raw + span.start, '\n', span_length(span));
        if (!next)
            break;
        span.start = (gsize)(next - raw) + 1;
    }
    const char *end = memchr(raw + span.start, '\n', span_length(span));
    return (Span) { span.start, end ? (gsize)(end - raw) + 1 : span.end };
}

Span
sheet_target(const Sheet *sheet, const char *raw)
{
    const Span row = lines_row(sheet->lines, sheet->at).span;
    const Placed *placed = entry_at(sheet, row.start);

    if (!placed || placed->entry.kind == SHEET_NOTE)
        return (Span) { 0, 0 };
    const Span target = placed->entry.target;
    if (placed->entry.kind == SHEET_WHOLE)
        return target;
    if (placed->entry.kind == SHEET_LINES)
        return same_line(sheet, placed, row.start, raw);
    const gsize start = target.start + (row.start - placed->start);
    return (Span) { start, MIN(MAX(start + span_length(row), start + 1), target.end) };
}

/* ---- painting ---- */

static void
draw_row(const Sheet *sheet, Canvas *canvas, Span row, guint x, guint y, guint limit)
{
    const Placed *placed = entry_at(sheet, row.start);

    if (!placed)
        return;
    const char mark[2] = { placed->entry.mark, '\0' };
    const char *text = g_bytes_get_data(sheet->bytes, NULL);
    const char *cursor = text + row.start;
    const guint start = x + MARGIN;
    Glyph glyph;
    canvas_put(canvas, x, y, limit, placed->entry.mark_role, mark);
    for (x = start; lines_glyph(sheet->lines, &cursor, text + row.end, x - start, &glyph);) {
        if (glyph.mark && glyph.blank)          /* a tab */
            x += glyph.width;
        else
            x = canvas_put_glyph(canvas, x, y, limit, placed->entry.role, &glyph);
        if (x >= limit)
            break;
    }
}

void
sheet_draw(const Sheet *sheet, Canvas *canvas, Rect area, gboolean cursor)
{
    LinePlace place = sheet->top;
    const guint limit = area.x + area.width;

    for (guint y = 0; y < area.height; y++) {
        const LineRow row = lines_row(sheet->lines, place);
        draw_row(sheet, canvas, row.span, area.x, area.y + y, limit);
        if (cursor && place.piece == sheet->at.piece && place.row == sheet->at.row)
            canvas_tint(canvas, area.x, area.y + y, limit, ROLE_CURSOR);
        if (!lines_next(sheet->lines, &place))
            break;
    }
}
