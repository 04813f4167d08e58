/* roff.c: text as mdoc(7) source.
 * SPDX-License-Identifier: MIT */
#include "tables/roff.h"

#include <string.h>

/* mandoc's style: no line of source is longer than 80. */
#define COLUMN_MAX 78

static void
append_escaped(GString *out, const char *text)
{
    for (const char *c = text; *c; c = g_utf8_next_char(c)) {
        const gunichar letter = g_utf8_get_char(c);
        if (letter == '\\')
            g_string_append(out, "\\e");
        else if (letter == '-')
            g_string_append(out, "\\-");
        else if (letter == '"')
            g_string_append(out, "\\(dq");
        else if (letter == '\'')
            g_string_append(out, "\\(aq");
        else if (letter == '`')
            g_string_append(out, "\\(ga");
        else if (letter == '^')
            g_string_append(out, "\\(ha");
        else if (letter == '~')
            g_string_append(out, "\\(ti");
        else if (letter < 0x80)
            g_string_append_c(out, (char)letter);
        else
            g_string_append_printf(out, "\\[u%04X]", letter);
    }
}

char *
roff_word(const char *text)
{
    GString *out = g_string_new("\\&");

    append_escaped(out, text);
    return g_string_free(out, FALSE);
}

/* Only in text does a hyphen divide a word; a name keeps the minus that can be copied. */
static char *
text_word(const char *word)
{
    GString *out = g_string_new(*word == '.' || *word == '\'' ? "\\&" : NULL);

    append_escaped(out, word);
    return g_string_free(out, FALSE);
}

void
roff_text(GString *out, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    gsize column = 0;

    for (guint i = 0; words[i]; i++) {
        g_autofree char *word = text_word(words[i]);
        const gsize length = strlen(word);
        const gboolean new_sentence = i > 0 && g_str_has_suffix(words[i - 1], ".");
        if (column > 0 && (new_sentence || column + 1 + length > COLUMN_MAX)) {
            g_string_append_c(out, '\n');
            column = 0;
        }
        if (column > 0) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, word);
        column += length;
    }
    g_string_append_c(out, '\n');
}
