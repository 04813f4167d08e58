/* paste.c: a text that grows at its end, seen from its end, and what is recognised in it.
 * SPDX-License-Identifier: MIT */
#include "tui/paste.h"

#include <string.h>

#include "base/disk.h"
#include "base/translate.h"
#include "mailbox/form.h"
#include "repair/repair.h"
#include "tui/terminal/input.h"
#include "tui/terminal/lines.h"

enum { NAME_MAX_BYTES = 4096 };

struct Paste {
    int         mode;       /* GlyphMode */
    GString    *text;
    GBytes     *bytes;      /* the same, as `lines` reads it; NULL where it changed since */
    Lines      *lines;
    RepairCount count;
    char       *file;
    gboolean    counted;
    guint       above;      /* rows that were scrolled up from the end */
    guint       width, height;
};

Paste *
paste_new(int mode)
{
    Paste *paste = g_new0(Paste, 1);

    paste->mode = mode;
    paste->text = g_string_new(NULL);
    return paste;
}

void
paste_free(Paste *paste)
{
    if (!paste)
        return;
    g_clear_pointer(&paste->lines, lines_free);
    g_clear_pointer(&paste->bytes, g_bytes_unref);
    g_string_free(paste->text, TRUE);
    g_free(paste->file);
    g_free(paste);
}

static void
changed(Paste *paste)
{
    g_clear_pointer(&paste->lines, lines_free);
    g_clear_pointer(&paste->bytes, g_bytes_unref);
    paste->counted = FALSE;
    paste->above = 0;
}

gboolean
paste_add(Paste *paste, const char *text, gsize length)
{
    const gsize room = INPUT_TEXT_MAX - MIN(paste->text->len, INPUT_TEXT_MAX);

    g_string_append_len(paste->text, text, (gssize)MIN(length, room));
    changed(paste);
    return length <= room;
}

void
paste_remove(Paste *paste, gboolean line)
{
    GString *text = paste->text;
    gsize end = text->len;

    if (end == 0)
        return;
    end--;
    while (line ? end > 0 && text->str[end - 1] != '\n'
                : end > 0 && ((guchar)text->str[end] & 0xC0) == 0x80)
        end--;
    g_string_truncate(text, end);
    changed(paste);
}

gboolean
paste_is_empty(const Paste *paste)
{
    return paste->text->len == 0;
}

guint
paste_lines(const Paste *paste)
{
    const char *end = paste->text->str + paste->text->len;
    guint count = paste->text->len > 0 && end[-1] != '\n';

    for (const char *at = paste->text->str; (at = memchr(at, '\n', (gsize)(end - at))); at++)
        count++;
    return count;
}

static void
make_bytes(Paste *paste)
{
    if (!paste->bytes)
        paste->bytes = g_bytes_new(paste->text->str, paste->text->len);
}

GBytes *
paste_bytes(Paste *paste)
{
    make_bytes(paste);
    return g_bytes_ref(paste->bytes);
}

char *
paste_file(const Paste *paste)
{
    if (paste->text->len == 0 || paste->text->len > NAME_MAX_BYTES ||
        strlen(paste->text->str) != paste->text->len)
        return NULL;
    g_autofree char *name = g_strstrip(g_strdup(paste->text->str));
    if (strchr(name, '\n'))
        return NULL;
    g_autofree char *plain = g_str_has_prefix(name, "file://")
                                 ? g_filename_from_uri(name, NULL, NULL)
                                 : g_shell_unquote(name, NULL);
    const char *candidates[] = { name, plain };
    for (guint i = 0; i < G_N_ELEMENTS(candidates); i++)
        if (candidates[i] && disk_exists(candidates[i]))
            return g_strdup(candidates[i]);
    return NULL;
}

/* ---- what is recognised ---- */

gboolean
paste_busy(const Paste *paste)
{
    return !paste->counted;
}

void
paste_work(Paste *paste)
{
    make_bytes(paste);
    g_free(paste->file);
    paste->file = paste_file(paste);
    if (!paste->file && paste->text->len > 0)
        paste->count = repair_count(paste->bytes);
    paste->counted = TRUE;
}

char *
paste_count(const Paste *paste)
{
    const RepairCount *count = &paste->count;

    if (paste->text->len == 0)
        return NULL;
    if (!paste->counted)
        return g_strdup(_("counting .."));
    if (paste->file)
        return g_strdup(_("the name of a file: Ctrl-D opens the file"));
    if (count->fields == 0) {
        const Form *form = form_of(paste->text->str, paste->text->len);
        return form ? g_strdup_printf(_("no header field recognized: it seems to be %s"), translate(form->what))
                    : g_strdup(_("no header field recognized so far"));
    }
    g_autofree char *repairs =
        count->repairs == 0
            ? g_strdup(_("no repair needed"))
            : g_strdup_printf(count->repairs == 1 ? _("%u repair needed") : _("%u repairs needed"),
                              count->repairs);
    return g_strdup_printf(count->fields == 1 ? _("%u header field, %s, body: %s")
                                              : _("%u header fields, %s, body: %s"),
                           count->fields, repairs, count->body ? _("yes") : _("no"));
}

/* ---- what is seen ---- */

void
paste_fit(Paste *paste, guint width, guint height)
{
    paste->width = width;
    paste->height = MAX(height, 1);
    make_bytes(paste);
    if (!paste->lines)
        paste->lines = lines_new(paste->bytes, paste->mode);
    lines_fit(paste->lines, MAX(width, 1));
}

/* The row at the top: so many above the end that the window is filled. */
static LinePlace
first_row(const Paste *paste)
{
    LinePlace place = lines_last(paste->lines);

    for (guint i = 1; i < paste->height + paste->above; i++)
        if (!lines_previous(paste->lines, &place))
            break;
    return place;
}

void
paste_scroll(Paste *paste, gboolean up)
{
    const guint page = MAX(paste->height, 2) - 1;

    if (!paste->lines)          /* the window is too small to show it */
        return;
    LinePlace top = first_row(paste);
    if (!up)
        paste->above -= MIN(paste->above, page);
    else
        for (guint i = 0; i < page && lines_previous(paste->lines, &top); i++)
            paste->above++;
}

static guint
draw_line(const Paste *paste, Canvas *canvas, const LineRow *row, guint x, guint y)
{
    const char *text = g_bytes_get_data(paste->bytes, NULL);
    const char *cursor = text + row->span.start;
    const char *end = text + row->span.end;
    const guint left = x;
    Glyph glyph;

    while (lines_glyph(paste->lines, &cursor, end, x - left, &glyph)) {
        if (glyph.mark && glyph.blank) {
            canvas_fill(canvas, x, y, x + glyph.width, ROLE_TEXT, ' ');
            x += glyph.width;
        } else {
            x = canvas_put_glyph(canvas, x, y, canvas->width, ROLE_TEXT, &glyph);
        }
    }
    return x;
}

/* Behind the last character stands the mark of where the next one goes. */
void
paste_draw(const Paste *paste, Canvas *canvas, Rect area)
{
    guint x = area.x, y = 0;

    if (paste->text->len > 0) {
        LinePlace place = first_row(paste);
        for (;; y++) {
            const LineRow row = lines_row(paste->lines, place);
            x = draw_line(paste, canvas, &row, area.x, area.y + y);
            if (y + 1 >= area.height || !lines_next(paste->lines, &place))
                break;
        }
        if (paste->text->str[paste->text->len - 1] == '\n' && y + 1 < area.height) {
            x = area.x;
            y++;
        }
    }
    if (paste->above == 0)
        canvas_put(canvas, MIN(x, area.x + area.width - 1), area.y + y, canvas->width, ROLE_CURSOR,
                   " ");
}
