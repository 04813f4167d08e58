/* glyph.c: hostile text becomes glyphs of a known width.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/glyph.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>

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

/* Columns of one character, 0 for those that combine. */
static guint
character_width(gunichar code, int mode)
{
    if (is_combining(code))
        return 0;
    if (g_unichar_iswide(code))
        return 2;
    return mode & GLYPH_WIDE && code >= 0xA0 && g_unichar_iswide_cjk(code) ? 2 : 1;
}

/* ---- grapheme clusters ---- */

enum {
    SELECTOR = 0xFE0F,      /* "as an emoji" */
    JOINER = 0x200D,
    KEYCAP = 0x20E3,
    REGION_FIRST = 0x1F1E6, REGION_LAST = 0x1F1FF,
    CLUSTER_COLUMNS = 16    /* a longer one is cut: somebody plays */
};

/* A cluster being read. */
typedef struct {
    gunichar before;        /* its last character */
    gunichar base;          /* the last one that is no mark */
    guint    regions;       /* letters of flags at its end */
    guint    marks;         /* on the last character */
    gsize    length;        /* of the glyph's text */
} Cluster;

static gboolean
is_region(gunichar code)
{
    return code >= REGION_FIRST && code <= REGION_LAST;
}

static gunichar
peek(const char *at, const char *end)
{
    gunichar code = 0;

    return at < end && text_next(&at, end, &code) != TEXT_INVALID ? code : 0;
}

/* Invisible parts of an emoji, which some terminals draw as one picture and others not. One of a
 * kind: a row of them hides something. */
static gboolean
is_silent(const Cluster *cluster, gunichar code, const char *behind, const char *end)
{
    switch (code) {
    case SELECTOR:
        return cluster->before == cluster->base &&
               (uc_is_property_extended_pictographic(cluster->base) ||
                peek(behind, end) == KEYCAP);
    case JOINER:
        return uc_is_property_extended_pictographic(cluster->base) &&
               uc_is_property_extended_pictographic(peek(behind, end));
    default:
        return cluster->before == cluster->base && uc_is_property_emoji_modifier(code) &&
               uc_is_property_emoji_modifier_base(cluster->base);
    }
}

/* UAX 29, 3.1: GB11 (pictures that are joined), GB12 and GB13 (two letters make a flag), which
 * libunistring leaves to whoever asks about pairs; it answers the others. */
static gboolean
is_joined(const Cluster *cluster, gunichar code)
{
    if (cluster->before == JOINER)
        return uc_is_property_extended_pictographic(code);
    if (is_region(cluster->before) && is_region(code))
        return cluster->regions % 2 == 1;
    return !uc_is_grapheme_break(cluster->before, code);
}

/* FALSE: there is no room for another character. */
static gboolean
append(Glyph *glyph, Cluster *cluster, gunichar code, int mode)
{
    const guint width = character_width(code, mode);
    const gsize length = (gsize)g_unichar_to_utf8(code, NULL);
    const gboolean room = cluster->length + length < sizeof glyph->text;

    if (width > 0 && (!room || glyph->width + width > CLUSTER_COLUMNS))
        return FALSE;
    if (width > 0 || (room && cluster->marks < MARKS_MAX)) {
        g_unichar_to_utf8(code, glyph->text + cluster->length);
        cluster->length += length;
        glyph->text[cluster->length] = '\0';
        glyph->width += width;
        cluster->marks = width > 0 ? 0 : cluster->marks + 1;
    }
    return TRUE;
}

/* Up to the border of the cluster. One pass: what is read is never read again. */
static void
take_cluster(const char **cursor, const char *end, int mode, Cluster *cluster, Glyph *glyph)
{
    while (*cursor < end && (guchar)**cursor >= 0x80) {
        const char *next = *cursor;
        gunichar code;
        const TextClass class = text_next(&next, end, &code);
        const gboolean silent = is_silent(cluster, code, next, end);
        if (class != TEXT_PLAIN && !silent)
            return;
        if (!silent && !is_joined(cluster, code))
            return;
        if (silent && mode & GLYPH_EXACT)
            return;
        if (!silent && !append(glyph, cluster, code, mode))
            return;
        cluster->regions = is_region(code) ? cluster->regions + 1 : 0;
        cluster->before = code;
        if (!silent && !is_combining(code))
            cluster->base = code;
        *cursor = next;
    }
}

/* Most text: a letter that the next one cannot join. */
static inline gboolean
is_alone(const char *at, const char *end)
{
    return *at >= ' ' && *at < 0x7F && (at + 1 == end || (guchar)at[1] < 0x80);
}

static gboolean
next_cluster(const char **cursor, const char *end, int mode, Glyph *glyph)
{
    gunichar code;
    const TextClass class = text_next(cursor, end, &code);
    const gboolean tone = mode & GLYPH_EXACT && uc_is_property_emoji_modifier(code);
    glyph->mark = FALSE;
    glyph->blank = code == ' ';
    if (class != TEXT_PLAIN || tone || (mode & GLYPH_ASCII && code >= 0x80)) {
        set_mark(glyph, tone ? TEXT_FORMAT : class, code);
        return TRUE;
    }
    Cluster cluster = { .before = code, .base = code, .regions = is_region(code) ? 1 : 0 };
    glyph->width = 0;
    /* A mark without a character gets a blank to stand on. */
    if (is_combining(code))
        append(glyph, &cluster, ' ', mode);
    append(glyph, &cluster, code, mode);
    if (!(mode & GLYPH_ASCII))
        take_cluster(cursor, end, mode, &cluster, glyph);
    return TRUE;
}

gboolean
glyph_next(const char **cursor, const char *end, int mode, Glyph *glyph)
{
    if (*cursor >= end)
        return FALSE;
    if (!is_alone(*cursor, end))
        return next_cluster(cursor, end, mode, glyph);
    glyph->blank = **cursor == ' ';
    glyph->mark = FALSE;
    glyph->width = 1;
    glyph->text[0] = *(*cursor)++;
    glyph->text[1] = '\0';
    return TRUE;
}

guint
glyph_columns(const char *text, int mode)
{
    const char *cursor = text;
    const char *end = text + strlen(text);
    guint columns = 0;
    Glyph glyph;

    while (columns < GLYPH_COLUMNS_MAX && glyph_next(&cursor, end, mode, &glyph))
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
glyph_wrap(const char *text, guint width, int mode)
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

    for (const char *at = cursor; glyph_next(&cursor, end, mode, &glyph); at = cursor) {
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
