/* glyph.c: hostile text becomes glyphs of a known width.
 * SPDX-License-Identifier: MIT */
#include "tui/glyph.h"

#include <string.h>

#include "base/linebreak.h"
#include "base/text.h"

/* A cell of curses takes four marks behind its character; more are an attack on the eyes. */
enum { MARKS_MAX = 4 };

static void
set_mark(Glyph *glyph, TextClass class, gunichar code)
{
    if (class == TEXT_PLAIN || class == TEXT_FORMAT)
        g_snprintf(glyph->text, sizeof glyph->text, "<U+%04X>", code);
    else
        g_snprintf(glyph->text, sizeof glyph->text, "\\x%02X", code);
    glyph->width = (guint)strlen(glyph->text);
    glyph->mark = TRUE;
}

static gboolean
is_combining(gunichar code)
{
    return code >= 0x300 && g_unichar_iszerowidth(code);
}

/* Combining marks belong to the cell of the character before them. */
static void
take_marks(const char **cursor, const char *end, Glyph *glyph)
{
    gsize length = strlen(glyph->text);

    for (guint marks = 0; *cursor < end && (guchar)**cursor >= 0x80; marks++) {
        const char *next = *cursor;
        gunichar code;
        if (text_next(&next, end, &code) != TEXT_PLAIN || !is_combining(code))
            return;
        if (marks < MARKS_MAX) {
            length += (gsize)g_unichar_to_utf8(code, glyph->text + length);
            glyph->text[length] = '\0';
        }
        *cursor = next;
    }
}

gboolean
glyph_next(const char **cursor, const char *end, gboolean ascii, Glyph *glyph)
{
    gunichar code;

    if (*cursor >= end)
        return FALSE;
    const TextClass class = text_next(cursor, end, &code);
    glyph->mark = FALSE;
    glyph->blank = code == ' ';
    if (class != TEXT_PLAIN || (ascii && code >= 0x80)) {
        set_mark(glyph, class, code);
        return TRUE;
    }
    /* A mark without a character gets a blank to stand on. */
    gsize length = 0;
    if (is_combining(code))
        glyph->text[length++] = ' ';
    length += (gsize)g_unichar_to_utf8(code, glyph->text + length);
    glyph->text[length] = '\0';
    glyph->width = g_unichar_iswide(code) ? 2 : 1;
    if (!ascii)
        take_marks(cursor, end, glyph);
    return TRUE;
}

guint
glyph_columns(const char *text, gboolean ascii)
{
    const char *cursor = text;
    const char *end = text + strlen(text);
    guint columns = 0;
    Glyph glyph;

    while (columns < GLYPH_COLUMNS_MAX && glyph_next(&cursor, end, ascii, &glyph))
        columns += glyph.width;
    return MIN(columns, GLYPH_COLUMNS_MAX);
}

static void
add_line(GArray *lines, gsize start, gsize end)
{
    const Span span = { start, end };

    g_array_append_val(lines, span);
}

/* Glyph by glyph, remembering the last blank of the line, or the last place between wide characters
 * where it may end: one pass, whatever the text. */
GArray *
glyph_wrap(const char *text, guint width, gboolean ascii)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Span));
    const char *end = text + strlen(text);
    const char *cursor = text;
    gsize start = 0;            /* of the line */
    gsize stop = 0;             /* where the words before the last blank end */
    gsize resume = 0;           /* where the words behind it begin; 0: no blank yet */
    guint column = 0, resume_column = 0;
    const guint limit = MAX(width, 1);
    gunichar before = 0;        /* 0: a blank or a mark */
    Glyph glyph;

    for (const char *at = cursor; glyph_next(&cursor, end, ascii, &glyph); at = cursor) {
        const gunichar code = glyph.blank || glyph.mark ? 0 : g_utf8_get_char(glyph.text);
        if (before && code && linebreak_between(before, code)) {
            stop = resume = (gsize)(at - text);
            resume_column = column;
        }
        before = code;
        if (glyph.blank) {
            if (resume != (gsize)(at - text))
                stop = (gsize)(at - text);
            resume = (gsize)(cursor - text);
            resume_column = column + 1;
        } else if (column + glyph.width > limit && column > 0) {
            const gboolean word = resume > start;
            const gsize next = word ? resume : (gsize)(at - text);
            add_line(lines, start, word ? stop : next);
            start = next;
            column = word && column > resume_column ? column - resume_column : 0;
            resume_column = 0;
        }
        column += glyph.width;
    }
    add_line(lines, start, (gsize)(end - text));
    return lines;
}
