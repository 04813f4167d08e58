/* over.c: glyphs that curses counts otherwise than the terminal, written past it.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/over.h"

#include "tui/terminal/shade.h"

/* ECMA-48, 8.3.117: SGR, and xterm's 38 and 48 for more colors. */
static void
append_color(GString *out, int shade, int depth, guint base)
{
    const guint value = (guint)MAX(shade, 0);

    if (shade < 0)
        return;
    if (value < 8)
        g_string_append_printf(out, ";%u", base + value);
    else if (depth > 256)
        g_string_append_printf(out, ";%u;2;%u;%u;%u", base + 8, value >> 16 & 0xFF,
                               value >> 8 & 0xFF, value & 0xFF);
    else if (depth == 256)
        g_string_append_printf(out, ";%u;5;%u", base + 8, value);
    else
        g_string_append_printf(out, ";%u", base + 60 + value - 8);
}

void
over_add(GString *out, guint x, guint y, const Style *style, int depth, const char *text)
{
    enum { FOREGROUND = 30, BACKGROUND = 40 };

    g_string_append_printf(out, "\x1B[%u;%uH\x1B[0%s%s%s%s", y + 1, x + 1,
                           style->flags & STYLE_BOLD ? ";1" : "",
                           style->flags & STYLE_DIM ? ";2" : "",
                           style->flags & STYLE_UNDERLINE ? ";4" : "",
                           style->flags & STYLE_REVERSE ? ";7" : "");
    append_color(out, style->foreground, depth, FOREGROUND);
    append_color(out, style->background, depth, BACKGROUND);
    g_string_append_printf(out, "m%s", text);
}

char *
over_take(GString *out)
{
    if (out->len == 0)
        return NULL;
    char *sequence = g_strdup_printf("\x1B" "7%s\x1B" "8", out->str);
    g_string_truncate(out, 0);
    return sequence;
}
