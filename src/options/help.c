/* help.c: GLib's help of the command line, in the reader's language and folded to 80 columns.
 * SPDX-License-Identifier: MIT */
#include "options/help.h"

#include <string.h>

#include "base/linebreak.h"
#include "base/translate.h"

enum { WIDTH = 80 };

gboolean
help_wanted(char **argv)
{
    for (char **arg = argv; *arg && !g_str_equal(*arg, "--"); arg++)
        if (g_str_equal(*arg, "--help") || g_str_equal(*arg, "-h") || g_str_equal(*arg, "-?"))
            return TRUE;
    return FALSE;
}

static guint
char_columns(const char *at)
{
    const gunichar code = g_utf8_get_char(at);

    return g_unichar_iszerowidth(code) ? 0 : g_unichar_iswide(code) ? 2 : 1;
}

/* Where the part of `text` that fits into `room` columns ends; more where no place allows it. */
static const char *
part_end(const char *text, guint room)
{
    const char *end = NULL;
    guint columns = 0;

    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const char *before = at > text ? g_utf8_prev_char(at) : NULL;
        if (before &&
            (*at == ' ' || linebreak_between(g_utf8_get_char(before), g_utf8_get_char(at))))
            end = at;
        columns += char_columns(at);
        if (columns > room && end)
            return end;
    }
    return text + strlen(text);
}

/* "  --ip=ADDRESS      client IP": where what is said of an option or command begins; else the
 * start of the line. */
static const char *
description(const char *line)
{
    const gboolean named = g_str_has_prefix(line, "  ") && strlen(line) > 2 && line[2] != ' ';
    const char *at = named ? strstr(line + 3, "  ") : NULL;

    return at ? at + strspn(at, " ") : line;
}

static void
append_folded(GString *out, const char *line)
{
    const char *at = description(line);
    guint indent = 0;

    g_string_append_len(out, line, at - line);
    for (const char *c = line; c < at; c = g_utf8_next_char(c))
        indent += char_columns(c);
    for (;;) {
        const char *end = part_end(at, WIDTH - indent);
        g_string_append_len(out, at, end - at);
        g_string_append_c(out, '\n');
        at = end + strspn(end, " ");
        if (!*at)
            return;
        g_string_append_printf(out, "%*s", (int)indent, "");
    }
}

/* GLib's own words: its catalogue is often not installed. */
static char *
own_words(const char *help)
{
    static const char *const words[] = { N_("Usage:"), N_("Help Options:"), N_("Show help options"),
                                         N_("Application Options:"), N_("[OPTION…]") };
    char *text = g_strdup(help);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_auto(GStrv) parts = g_strsplit(text, g_dgettext("glib20", words[i]), 2);
        g_free(text);
        text = g_strjoinv(translate(words[i]), parts);
    }
    return text;
}

char *
help_text(GOptionContext *context)
{
    if (!g_get_prgname())
        g_set_prgname("fromscope");
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    g_autofree char *text = own_words(help);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    GString *out = g_string_new(NULL);

    for (char **line = lines; *line; line++)
        append_folded(out, *line);
    return g_string_free(out, FALSE);
}
