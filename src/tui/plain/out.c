/* out.c: paragraphs wrapped to the width of the terminal, a screen at a time.
 * SPDX-License-Identifier: MIT */
#include "tui/plain/out.h"

#include <string.h>

#include "tui/terminal/glyph.h"

/* Lines longer than this are hard to read, however wide the window is. */
enum { WIDTH = 80, WIDTH_MIN = 40, WIDTH_MAX = 110, HEIGHT = 24, HEIGHT_MIN = 5, HANGING = 2 };

struct PlainOut {
    PlainTie *tie;
    int       mode;         /* GlyphMode */
    PlainMore more;
    gpointer  data;
    guint     lines;        /* since the last question */
    gboolean  all;
    gboolean  stopped;
    char     *filter;       /* case folded; or NULL */
    guint     shown;        /* paragraphs */
};

PlainOut *
plain_out_new(PlainTie *tie, int mode, PlainMore more, gpointer data)
{
    PlainOut *out = g_new0(PlainOut, 1);

    out->tie = tie;
    out->mode = mode;
    out->more = more;
    out->data = data;
    return out;
}

void
plain_out_free(PlainOut *out)
{
    g_free(out->filter);
    g_free(out);
}

void
plain_out_begin(PlainOut *out)
{
    out->lines = 0;
    out->all = out->stopped = FALSE;
}

guint
plain_out_width(const PlainOut *out)
{
    const guint width = plain_tie_seat(out->tie)->width;

    return CLAMP(width > 0 ? width : WIDTH, WIDTH_MIN, WIDTH_MAX);
}

static guint
height_of(const PlainOut *out)
{
    const guint height = plain_tie_seat(out->tie)->height;

    return MAX(height > 0 ? height : HEIGHT, HEIGHT_MIN);
}

gboolean
plain_out_room(const PlainOut *out)
{
    enum { SHORT = 2, BELOW = 2 };

    return !out->more || out->lines + SHORT + BELOW < height_of(out);
}

/* ---- what is shown of bytes ---- */

static void
append_visible(const PlainOut *out, GString *line, const char *text, gsize length)
{
    const char *end = text + length;
    Glyph glyph;

    while (glyph_next(&text, end, out->mode, &glyph))
        g_string_append(line, glyph.text);
}

static gboolean
passes_filter(const PlainOut *out, const char *text)
{
    if (!out->filter)
        return TRUE;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *folded = g_utf8_casefold(valid, -1);
    return strstr(folded, out->filter) != NULL;
}

static void
ask_for_more(PlainOut *out)
{
    if (!out->more || out->all || out->lines + 1 < height_of(out))
        return;
    out->lines = 0;
    out->stopped = !out->more(out->data, &out->all);
}

static void
put_line(PlainOut *out, const char *line)
{
    ask_for_more(out);
    if (out->stopped)
        return;
    plain_tie_say(out->tie, line, strlen(line));
    plain_tie_say(out->tie, "\n", 1);
    out->lines++;
}

/* Tabs are blanks to whoever reads line by line. */
static char *
readable(const char *text)
{
    return g_strdelimit(g_strdup(text), "\t", ' ');
}

void
plain_out_text(PlainOut *out, guint indent, const char *bar, const char *text)
{
    if (out->stopped || !passes_filter(out, text))
        return;
    g_autofree char *blank = readable(text);
    const guint lost = indent + HANGING + (bar ? (guint)strlen(bar) + 1 : 0);
    g_autoptr(GArray) rows = glyph_wrap(blank, plain_out_width(out) - lost, out->mode);

    out->shown++;
    for (guint i = 0; i < rows->len && !out->stopped; i++) {
        const Span *row = &g_array_index(rows, Span, i);
        g_autoptr(GString) line = g_string_new(NULL);
        g_string_append_printf(line, "%*s%s%s", (int)(i == 0 ? indent : indent + HANGING), "",
                               bar ? bar : "", bar ? " " : "");
        append_visible(out, line, blank + row->start, span_length(*row));
        put_line(out, line->str);
    }
}

void
plain_out_say(PlainOut *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    plain_out_text(out, 0, NULL, text);
}

void
plain_out_prompt(PlainOut *out, const char *text)
{
    g_autoptr(GString) line = g_string_new(NULL);

    append_visible(out, line, text, strlen(text));
    plain_tie_say(out->tie, line->str, line->len);
}

void
plain_out_echo(PlainOut *out, const char *text)
{
    plain_out_prompt(out, text);
    plain_tie_say(out->tie, "\n", 1);
}

gboolean
plain_out_stopped(const PlainOut *out)
{
    return out->stopped;
}

guint
plain_out_filter(PlainOut *out, const char *text)
{
    const guint shown = out->shown;

    g_clear_pointer(&out->filter, g_free);
    if (text)
        out->filter = g_utf8_casefold(text, -1);
    out->shown = 0;
    return shown;
}
