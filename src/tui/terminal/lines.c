/* lines.c: a text in pieces of bounded length, so that no line is too long to scroll through.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/lines.h"

#include <string.h>

#include "base/text.h"

/* A longer line is cut into pieces of about this many bytes; each begins a row. */
enum { PIECE_MAX = 4096, TAB_STOP = 8 };

typedef struct {
    gsize start;
    gsize number;       /* 0: continues the line of the piece before */
} Piece;

struct Lines {
    const char *text;
    gsize       length;
    gsize       count;
    int         mode;           /* GlyphMode */
    guint       width;
    GArray     *pieces; /* Piece */
};

static gsize
piece_start(const Lines *lines, guint piece)
{
    return piece < lines->pieces->len ? g_array_index(lines->pieces, Piece, piece).start
                                      : lines->length;
}

/* Pieces of one line; cut before the first byte of a character, not inside it. */
static void
add_line(Lines *lines, gsize start, gsize end)
{
    lines->count++;
    for (Piece piece = { start, lines->count };; piece.number = 0) {
        g_array_append_val(lines->pieces, piece);
        if (end - piece.start <= PIECE_MAX)
            return;
        piece.start += text_cut(lines->text + piece.start, end - piece.start, PIECE_MAX);
    }
}

Lines *
lines_new(GBytes *bytes, int mode)
{
    Lines *lines = g_new0(Lines, 1);

    lines->text = g_bytes_get_data(bytes, &lines->length);
    lines->mode = mode | GLYPH_EXACT;
    lines->width = 1;
    lines->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    for (gsize start = 0; start < lines->length;) {
        const char *newline = memchr(lines->text + start, '\n', lines->length - start);
        const gsize end = newline ? (gsize)(newline - lines->text) + 1 : lines->length;
        add_line(lines, start, end);
        start = end;
    }
    if (lines->pieces->len == 0)
        add_line(lines, 0, 0);
    return lines;
}

void
lines_free(Lines *lines)
{
    if (!lines)
        return;
    g_array_unref(lines->pieces);
    g_free(lines);
}

gsize
lines_count(const Lines *lines)
{
    return lines->count;
}

void
lines_fit(Lines *lines, guint width)
{
    lines->width = MAX(width, 8);       /* the widest mark, "<U+E0100>", is cut at worst */
}

gboolean
lines_glyph(const Lines *lines, const char **cursor, const char *end, guint column, Glyph *glyph)
{
    if (*cursor < end && **cursor == '\t') {
        (*cursor)++;
        *glyph = (Glyph) { .text = " ", .blank = TRUE, .mark = TRUE };
        glyph->width = TAB_STOP - column % TAB_STOP;
        memset(glyph->text, ' ', glyph->width);
        glyph->text[glyph->width] = '\0';
        return TRUE;
    }
    return glyph_next(cursor, end, lines->mode, glyph);
}

/* Without the line end: LF or CRLF. A CR elsewhere is shown. */
static gsize
content_end(const Lines *lines, guint piece)
{
    gsize end = piece_start(lines, piece + 1);

    if (end > piece_start(lines, piece) && lines->text[end - 1] == '\n') {
        end--;
        if (end > piece_start(lines, piece) && lines->text[end - 1] == '\r')
            end--;
    }
    return end;
}

/* Walks the rows of a piece until row `row`, or the row that holds `offset`; gives that row's
 * bytes and its number. Bounded by PIECE_MAX. */
static Span
walk_rows(const Lines *lines, guint piece, guint row, gsize offset, guint *found)
{
    const char *end = lines->text + content_end(lines, piece);
    const char *cursor = lines->text + piece_start(lines, piece);
    Span span = { piece_start(lines, piece), 0 };
    guint column = 0;
    guint at = 0;
    Glyph glyph;

    for (const char *start = cursor; lines_glyph(lines, &cursor, end, column, &glyph);
         start = cursor) {
        if (column > 0 && column + glyph.width > lines->width) {
            span.end = (gsize)(start - lines->text);
            if (at == row || offset < span.end)
                break;
            span.start = span.end;
            at++;
            column = 0;
            cursor = start;         /* a tab is as wide as its place makes it */
            continue;
        }
        column += glyph.width;
        span.end = (gsize)(cursor - lines->text);
    }
    span.end = MAX(span.end, span.start);
    *found = at;
    return span;
}

static guint
rows_in(const Lines *lines, guint piece)
{
    guint last;

    walk_rows(lines, piece, G_MAXUINT, G_MAXSIZE, &last);
    return last + 1;
}

LineRow
lines_row(const Lines *lines, LinePlace place)
{
    guint found;
    LineRow row = { .span = walk_rows(lines, place.piece, place.row, G_MAXSIZE, &found) };

    if (place.row == 0)
        row.number = g_array_index(lines->pieces, Piece, place.piece).number;
    return row;
}

gboolean
lines_next(const Lines *lines, LinePlace *place)
{
    if (place->row + 1 < rows_in(lines, place->piece)) {
        place->row++;
        return TRUE;
    }
    if (place->piece + 1 >= lines->pieces->len)
        return FALSE;
    *place = (LinePlace) { place->piece + 1, 0 };
    return TRUE;
}

gboolean
lines_previous(const Lines *lines, LinePlace *place)
{
    if (place->row > 0) {
        place->row--;
        return TRUE;
    }
    if (place->piece == 0)
        return FALSE;
    place->piece--;
    place->row = rows_in(lines, place->piece) - 1;
    return TRUE;
}

LinePlace
lines_last(const Lines *lines)
{
    const guint piece = lines->pieces->len - 1;

    return (LinePlace) { piece, rows_in(lines, piece) - 1 };
}

LinePlace
lines_find(const Lines *lines, gsize offset)
{
    guint low = 0;
    guint high = lines->pieces->len;
    LinePlace place;

    while (low + 1 < high) {
        const guint middle = low + (high - low) / 2;
        if (piece_start(lines, middle) <= offset)
            low = middle;
        else
            high = middle;
    }
    place.piece = low;
    walk_rows(lines, low, G_MAXUINT, offset, &place.row);
    return place;
}

LinePlace
lines_clamp(const Lines *lines, LinePlace place)
{
    place.row = MIN(place.row, rows_in(lines, place.piece) - 1);
    return place;
}
