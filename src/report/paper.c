/* paper.c: wrapping, measuring and colouring of text that goes to paper.
 * SPDX-License-Identifier: MIT */
#include "report/paper.h"

#include <string.h>

#include "base/linebreak.h"
#include "base/text.h"
#include "base/translate.h"

/* Nobody reads on in a value longer than this; a stranger may have made it as long as a file. */
#define TEXT_MAX 4000

/* Narrower paper than this cannot hold an indent and a word. */
#define ROOM_MIN 16

const char *
paper_mark(const Paper *paper, PaperRole role)
{
    switch (role) {
    case PAPER_PASS:
        return paper->ascii ? "+" : "\342\234\223";         /* U+2713 */
    case PAPER_FAIL: case PAPER_OTHER:
        return paper->ascii ? "x" : "\342\234\227";         /* U+2717 */
    case PAPER_UNKNOWN:
        return "?";
    default:
        return "-";
    }
}

static guint
char_columns(gunichar code)
{
    if (g_unichar_iszerowidth(code))
        return 0;
    return g_unichar_iswide(code) ? 2 : 1;
}

guint
paper_columns(const char *visible)
{
    guint columns = 0;

    for (const char *c = visible; *c; c = g_utf8_next_char(c))
        columns += char_columns(g_utf8_get_char(c));
    return columns;
}

static void
append_ascii(GString *out, const char *visible)
{
    for (const char *c = visible; *c; c = g_utf8_next_char(c)) {
        const gunichar code = g_utf8_get_char(c);
        if (code < 0x80)
            g_string_append_c(out, (char)code);
        else
            g_string_append_printf(out, "<U+%04X>", code);
    }
}

char *
paper_visible(const Paper *paper, const char *text)
{
    const gsize length = strlen(text), shown = text_cut(text, length, TEXT_MAX);
    GString *out = g_string_new(NULL);

    text_append_visible(out, text, (gssize)shown);
    /* ASCII drawing around texts that have other letters: those stay. */
    if (paper->ascii && translate_is_english()) {
        g_autofree char *wide = g_string_free(out, FALSE);
        out = g_string_new(NULL);
        append_ascii(out, wide);
    }
    if (shown < length)
        g_string_append_printf(out, _(" [%u more bytes]"), (guint)(length - shown));
    return g_strchomp(g_string_free(out, FALSE));
}

static const char *
sgr(PaperRole role)
{
    static const char *const codes[] = {
        [PAPER_PLAIN] = "", [PAPER_PASS] = "1;32", [PAPER_FAIL] = "1;31", [PAPER_OTHER] = "1;35",
        [PAPER_NONE] = "1", [PAPER_UNKNOWN] = "1;33", [PAPER_DIM] = "2", [PAPER_BOLD] = "1",
    };

    return codes[role];
}

/* Colour begins and ends on one line, so that a cut output colours nothing else. */
static void
append_colored(Paper *paper, PaperRole role, const char *text, gsize length)
{
    const gboolean colored = paper->color && *sgr(role) && length > 0;

    if (colored)
        g_string_append_printf(paper->out, "\033[%sm", sgr(role));
    g_string_append_len(paper->out, text, (gssize)length);
    if (colored)
        g_string_append(paper->out, "\033[0m");
}

static void
append_spaces(Paper *paper, guint count)
{
    g_string_append_printf(paper->out, "%*s", (int)count, "");
}

/* Where the line that begins at `text` ends: at the last place that fits and allows it, else in the
 * word. */
static const char *
line_end(const char *text, guint room)
{
    const char *end = NULL;
    guint columns = 0;
    gunichar before = ' ';

    for (const char *c = text; *c; c = g_utf8_next_char(c)) {
        const gunichar code = g_utf8_get_char(c);
        if (*c == ' ' ? c > text && c[-1] != ' ' : c > text && linebreak_between(before, code))
            end = c;
        columns += char_columns(code);
        before = code;
        if (columns > room) {
            if (end)
                return end;
            return c > text ? c : g_utf8_next_char(c);
        }
    }
    return text + strlen(text);
}

/* `indent`: where the lines after the first begin. */
static void
append_wrapped(Paper *paper, guint indent, PaperRole role, const char *visible)
{
    const guint room = paper->width > indent + ROOM_MIN ? paper->width - indent : ROOM_MIN;
    const char *at = visible;

    for (;;) {
        const char *end = line_end(at, room);
        append_colored(paper, role, at, (gsize)(end - at));
        g_string_append_c(paper->out, '\n');
        at = end;
        while (*at == ' ')
            at++;
        if (!*at)
            return;
        append_spaces(paper, indent);
    }
}

void
paper_paragraph(Paper *paper, const char *label, PaperRole label_role, guint indent, PaperRole role,
                const char *text)
{
    g_autofree char *visible = paper_visible(paper, text);
    g_autofree char *head = label ? paper_visible(paper, label) : g_strdup("");
    const guint columns = label ? 1 + paper_columns(head) : 0;

    if (label) {
        append_spaces(paper, 1);
        append_colored(paper, label_role, head, strlen(head));
    }
    if (columns >= indent && indent > 0) {
        g_string_append_c(paper->out, '\n');
        append_spaces(paper, indent);
    } else if (*visible) {
        append_spaces(paper, indent - columns);
    }
    append_wrapped(paper, indent, role, visible);
}

void
paper_section(Paper *paper, const char *title)
{
    paper_blank(paper);
    paper_paragraph(paper, title, PAPER_BOLD, 0, PAPER_PLAIN, "");
}

void
paper_setting(Paper *paper, guint indent, PaperRole role, const char *line)
{
    g_autofree char *visible = paper_visible(paper, line);
    const gboolean fits = indent + paper_columns(visible) <= paper->width;

    append_spaces(paper, indent);
    append_wrapped(paper, fits ? indent : indent + linebreak_hang(visible), role, visible);
}

void
paper_cells(Paper *paper, const char *const *cells, const guint *columns, gsize count,
            PaperRole role)
{
    guint at = 0;

    for (gsize i = 0; i < count; i++) {
        g_autofree char *visible = paper_visible(paper, cells[i]);
        if (*visible)
            append_spaces(paper, columns[i] > at ? columns[i] - at : 1);
        append_colored(paper, i + 1 == count ? role : PAPER_PLAIN, visible, strlen(visible));
        at = MAX(at, columns[i]) + paper_columns(visible);
    }
    g_string_append_c(paper->out, '\n');
}

void
paper_row(Paper *paper, const PaperCell *cells, gsize count)
{
    guint at = 0;

    for (gsize i = 0; i < count; i++) {
        g_autofree char *visible = paper_visible(paper, cells[i].text ? cells[i].text : "");
        if (!*visible)
            continue;
        append_spaces(paper, cells[i].column >= at ? cells[i].column - at : 1);
        append_colored(paper, cells[i].role, visible, strlen(visible));
        at = (cells[i].column >= at ? cells[i].column : at + 1) + paper_columns(visible);
    }
    g_string_append_c(paper->out, '\n');
}

/* The longest beginning that takes at most `room` columns, marks that belong to its last character included. */
static const char *
begin_fitting(const char *text, guint room)
{
    guint columns = 0;

    for (; *text; text = g_utf8_next_char(text)) {
        columns += char_columns(g_utf8_get_char(text));
        if (columns > room)
            break;
    }
    return text;
}

/* The same from the end. */
static const char *
end_fitting(const char *text, guint room)
{
    const guint columns = paper_columns(text);
    guint skipped = 0;

    while (*text && columns - skipped > room) {
        skipped += char_columns(g_utf8_get_char(text));
        text = g_utf8_next_char(text);
    }
    while (*text && char_columns(g_utf8_get_char(text)) == 0)
        text = g_utf8_next_char(text);
    return text;
}

char *
paper_cut(const Paper *paper, const char *text, guint room, gboolean tail)
{
    g_autofree char *visible = paper_visible(paper, text);

    if (paper_columns(visible) <= room)
        return g_steal_pointer(&visible);
    const guint left = room > 2 ? room - 2 : 0, head = tail ? 0 : left / 2;
    g_autofree char *begin = g_strndup(visible, (gsize)(begin_fitting(visible, head) - visible));
    return g_strdup_printf("%s..%s", begin, end_fitting(visible, left - head));
}

void
paper_rule(Paper *paper)
{
    for (guint i = 0; i < paper->width; i++)
        g_string_append_c(paper->out, '-');
    g_string_append_c(paper->out, '\n');
}

void
paper_blank(Paper *paper)
{
    g_string_append_c(paper->out, '\n');
}
