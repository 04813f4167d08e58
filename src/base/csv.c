/* csv.c: quotation marks, and formulas that are none.
 * SPDX-License-Identifier: MIT */
#include "base/csv.h"

#include <string.h>

#include "base/text.h"

/* A spreadsheet calculates what begins like this, whatever quotation marks are around it; an apostrophe makes it text. Control
 * characters cannot stand there: text_visible() writes them as `\xHH`. */
static gboolean
is_formula(const char *visible)
{
    /* The wide forms of = + - @, which some take for the same. */
    static const char *const wide[] = { "\357\274\235", "\357\274\213", "\357\274\215", "\357\274\240" };

    for (gsize i = 0; i < G_N_ELEMENTS(wide); i++)
        if (g_str_has_prefix(visible, wide[i]))
            return TRUE;
    return *visible && strchr("=+-@", *visible);
}

/* Some programs take a semicolon for the end of a cell, and blanks at the ends of one away. */
static gboolean
needs_quotes(const char *visible, const char *quoted)
{
    return strpbrk(visible, "\",;") || strpbrk(visible, quoted) || *visible == ' ' || g_str_has_suffix(visible, " ");
}

void
csv_append_cell(GString *out, const char *text, const char *quoted)
{
    g_autofree char *visible = text_visible(text ? text : "", -1);
    const gboolean formula = is_formula(visible);

    if (!formula && !needs_quotes(visible, quoted)) {
        g_string_append(out, visible);
        return;
    }
    g_string_append(out, formula ? "\"'" : "\"");
    for (const char *at = visible; *at; at++) {
        if (*at == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}
