/* shell.c: text in the quotes of a shell.
 * SPDX-License-Identifier: MIT */
#include "tables/shell.h"

static char *
quote(const char *text, const char *apostrophe, gboolean escape)
{
    GString *out = g_string_new("'");

    for (; *text; text++) {
        if (*text == '\'')
            g_string_append(out, apostrophe);
        else if (*text == '\\' && escape)
            g_string_append(out, "\\\\");
        else
            g_string_append_c(out, *text);
    }
    g_string_append_c(out, '\'');
    return g_string_free(out, FALSE);
}

char *
shell_quote(const char *text)
{
    return quote(text, "'\\''", FALSE);
}

char *
shell_quote_fish(const char *text)
{
    return quote(text, "\\'", TRUE);
}
