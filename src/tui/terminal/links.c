/* links.c: references to an RFC as links.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/links.h"

#include <stdlib.h>
#include <string.h>

#include "tui/terminal/glyph.h"
#include "tui/terminal/over.h"

#define PAGES "https://www.rfc-editor.org/rfc/rfc"

/* "3.4" and above. */
static gboolean
is_version(const char *version, int major, int minor)
{
    char *rest = NULL;
    const long first = version ? strtol(version, &rest, 10) : 0;
    const long second = rest && *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;

    return first > major || (first == major && second >= minor);
}

gboolean
links_known(void)
{
    static const char *const terms[] = { "xterm-kitty", "alacritty", "foot", "wezterm", "contour",
                                         "xterm-ghostty" };
    static const char *const programs[] = { "iTerm.app", "WezTerm", "vscode", "ghostty", NULL };
    static const char *const variables[] = { "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION" };
    const char *term = g_getenv("TERM"), *program = g_getenv("TERM_PROGRAM");
    const char *vte = g_getenv("VTE_VERSION");

    if (!term || g_str_equal(term, "dumb") || g_str_equal(term, "linux"))
        return FALSE;
    /* What is outside of tmux and screen counts for nothing there; tmux knows them since 3.4. */
    if (g_str_has_prefix(term, "tmux") || g_str_has_prefix(term, "screen") || g_getenv("TMUX"))
        return g_strcmp0(program, "tmux") == 0 &&
               is_version(g_getenv("TERM_PROGRAM_VERSION"), 3, 4);
    for (guint i = 0; i < G_N_ELEMENTS(terms); i++)
        if (g_str_has_prefix(term, terms[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(variables); i++)
        if (g_getenv(variables[i]))
            return TRUE;
    return (program && g_strv_contains(programs, program)) || is_version(vte, 5000, 0);
}

static gsize
digits(const char *text, const char *accept)
{
    return strspn(text, accept);
}

char *
links_page(const char *text, gsize *length)
{
    static const char number[] = "0123456789", section[] = "0123456789.";
    const char *at = text;

    if (!g_str_has_prefix(at, "RFC "))
        return NULL;
    at += strlen("RFC ");
    const gsize name = digits(at, number);
    if (name == 0 || name > 5)
        return NULL;
    const char *end = at + name;
    const char *place = *end == ',' ? end + 1 : end;
    place += *place == ' ';
    gsize more = place > end ? digits(place, section) : 0;
    while (more > 0 && place[more - 1] == '.')
        more--;
    *length = (gsize)((more > 0 ? place + more : end) - text);
    return g_strdup_printf(PAGES "%.*s.html%s%.*s", (int)name, at, more > 0 ? "#section-" : "",
                           (int)more, place);
}

/* ECMA-48 has no links; the sequence is the one that terminals agreed upon: OSC 8, parameters,
 * address, and the same without an address behind the text. */
gboolean
links_add(GString *out, guint x, guint y, const Style *style, int depth, const char *text, int mode)
{
    gboolean any = FALSE;

    for (const char *at = text; (at = strstr(at, "RFC "));) {
        gsize length = 0;
        g_autofree char *page = links_page(at, &length);
        if (page) {
            g_autofree char *link = g_strdup_printf("\x1B]8;;%s\x1B\\%.*s\x1B]8;;\x1B\\", page,
                                                    (int)length, at);
            g_autofree char *before = g_strndup(text, (gsize)(at - text));
            over_add(out, x + glyph_columns(before, mode), y, style, depth, link);
            any = TRUE;
        }
        at += MAX(length, 1);
    }
    return any;
}
