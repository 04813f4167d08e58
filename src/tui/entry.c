/* entry.c: characters put to a line, taken away, and shown.
 * SPDX-License-Identifier: MIT */
#include "tui/entry.h"

#include <string.h>

void
entry_add(GString *line, const char *text, gsize length, gsize most)
{
    g_autofree char *copy = g_strndup(text, MIN(length, most));
    g_autofree char *valid = g_utf8_make_valid(copy, -1);

    for (const char *at = valid; *at && *at != '\n' && line->len < most; at = g_utf8_next_char(at))
        if (!g_unichar_iscntrl(g_utf8_get_char(at)))
            g_string_append_unichar(line, g_utf8_get_char(at));
}

gboolean
entry_erase(GString *line)
{
    const char *last = g_utf8_find_prev_char(line->str, line->str + line->len);

    if (last)
        g_string_truncate(line, (gsize)(last - line->str));
    return last != NULL;
}

/* Twice through it, however long a stranger's name is. */
const char *
entry_end(const char *text, guint room, int mode)
{
    const char *const end = text + strlen(text);
    gsize columns = 0;
    Glyph glyph;

    for (const char *at = text; glyph_next(&at, end, mode, &glyph);)
        columns += glyph.width;
    while (columns > room && glyph_next(&text, end, mode, &glyph))
        columns -= glyph.width;
    return text;
}
