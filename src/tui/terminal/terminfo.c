/* terminfo.c: the one file that speaks to curses, of which only the descriptions of terminals are used.
 * SPDX-License-Identifier: MIT
 *
 * Curses' own windows are not: what it does for a first screen takes five times what our few kinds of cells need
 * (paint.c; doc/benchmarks.md, "Where a start goes"). */
#include "tui/terminal/terminfo.h"

#include <stdio.h>
#include <string.h>

#include <curses.h>
#include <term.h>

/* A capability without the pauses of old terminals ("$<50>"), which made up for slow lines; NULL: there is none.
 * (transfer full) */
static char *
capability(const char *name)
{
    const char *value = tigetstr(name);

    if (!value || value == (char *)-1 || !*value)
        return NULL;
    GString *out = g_string_new(NULL);
    while (*value) {
        const char *pause = strstr(value, "$<"), *behind = pause ? strchr(pause, '>') : NULL;
        g_string_append_len(out, value, behind ? pause - value : (gssize)strlen(value));
        value = behind ? behind + 1 : "";
    }
    return g_string_free(out, FALSE);
}

static void
append(GString *out, const char *name)
{
    g_autofree char *value = capability(name);

    if (value)
        g_string_append(out, value);
}

static char *
joined(const char *const *names)
{
    GString *out = g_string_new(NULL);

    for (; *names; names++)
        append(out, *names);
    return g_string_free(out, FALSE);
}

/* Where the cursor waits behind the last column, and goes to the next line with the next character only ("xenl"), or
 * stays, nothing is scrolled. */
static gboolean
keeps_corner(void)
{
    return tigetflag("am") <= 0 || tigetflag("xenl") > 0;
}

Terminfo *
terminfo_open(const char *name, int fd)
{
    static const char *const begin[] = { "smcup", "smkx", "civis", NULL };
    static const char *const end[] = { "sgr0", "op", "rmkx", "rmcup", "cnorm", NULL };
    int found = 0;

    if (setupterm(name, fd, &found) != OK)
        return NULL;
    g_autofree char *move = capability("cup");
    Terminfo *terminfo = g_new0(Terminfo, 1);
    terminfo->clear = capability("clear");
    if (!move || !terminfo->clear) {
        terminfo_free(terminfo);
        return NULL;
    }
    terminfo->erase = capability("el");
    terminfo->plain = joined((const char *const[]){ "sgr0", NULL });
    terminfo->begin = joined(begin);
    terminfo->end = joined(end);
    terminfo->colors = MAX(tigetnum("colors"), 0);
    g_autofree char *own = capability("op");
    terminfo->own_colors = own != NULL;
    terminfo->corner = keeps_corner();
    terminfo->width = (guint)MAX(tigetnum("cols"), 0);
    terminfo->height = (guint)MAX(tigetnum("lines"), 0);
    return terminfo;
}

void
terminfo_free(Terminfo *terminfo)
{
    if (!terminfo)
        return;
    g_free(terminfo->clear);
    g_free(terminfo->erase);
    g_free(terminfo->plain);
    g_free(terminfo->begin);
    g_free(terminfo->end);
    g_free(terminfo);
    del_curterm(cur_term);
}

const char *
terminfo_key(const Terminfo *terminfo, const char *name)
{
    const char *value = tigetstr(name);

    (void)terminfo;
    return value && value != (char *)-1 && *value ? value : NULL;
}

/* ECMA-48's own way (CUP, 8.3.21) is nearly every terminal's; parameters go by their value, not by their place. */
void
terminfo_move(GString *out, guint x, guint y)
{
    static const char ecma[] = "\x1B[%i%p1%d;%p2%dH";

    if (g_str_has_prefix(cursor_address, ecma)) {
        g_string_append_printf(out, "\x1B[%u;%uH", y + 1, x + 1);
        return;
    }
    g_autofree char *bare = capability("cup");
    g_string_append(out, tiparm(bare, (int)y, (int)x));
}

/* Older descriptions count red and blue the other way round (terminfo(5), "Color Handling"). */
static int
swapped(int color)
{
    return (color & ~5) | (color & 1) << 2 | (color & 4) >> 2;
}

static void
append_color(GString *out, int color, const char *ansi, const char *older)
{
    g_autofree char *first = capability(ansi);
    g_autofree char *second = first ? NULL : capability(older);

    if (color < 0 || (!first && !second))
        return;
    g_string_append(out, first ? tiparm(first, color) : tiparm(second, color < 8 ? swapped(color) : color));
}

char *
terminfo_style(const Terminfo *terminfo, const Style *style)
{
    /* What some terminals cannot show together with colors, by bits of "ncv". */
    static const struct { guint flag; const char *name; int bit; } attributes[] = {
        { STYLE_BOLD, "bold", 32 }, { STYLE_DIM, "dim", 16 }, { STYLE_UNDERLINE, "smul", 2 },
        { STYLE_REVERSE, "rev", 4 },
    };
    GString *out = g_string_new(NULL);
    const gboolean colored = terminfo->colors > 0 && (style->foreground >= 0 || style->background >= 0);
    const int never = colored ? MAX(tigetnum("ncv"), 0) : 0;

    for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++)
        if (style->flags & attributes[i].flag && !(never & attributes[i].bit))
            append(out, attributes[i].name);
    if (colored) {
        append_color(out, style->foreground, "setaf", "setf");
        append_color(out, style->background, "setab", "setb");
    }
    return g_string_free(out, FALSE);
}
