/* palette-history.c: reads and writes the file of typed commands.
 * SPDX-License-Identifier: MIT */
#include "tui/palette-history.h"

#include <string.h>

#include "base/disk.h"
#include "base/place.h"
#include "tui/keys.h"

/* More is no file of ours. */
#define FILE_MAX (256UL * 1024)

void
history_add(GPtrArray *history, const char *line)
{
    guint same = 0;

    if (g_ptr_array_find_with_equal_func(history, line, g_str_equal, &same))
        g_ptr_array_remove_index(history, same);
    else if (history->len >= HISTORY_MAX)
        g_ptr_array_remove_index(history, 0);
    g_ptr_array_add(history, g_strdup(line));
}

/* ---- what may be kept ---- */

static gboolean
is_command(const char *name)
{
    for (const Binding *binding = bindings; binding->keys; binding++)
        if (g_str_equal(binding->command, name))
            return TRUE;
    return verbs_find(name) != NULL;
}

static gboolean
is_one_of(const char *word, const char *words)
{
    g_auto(GStrv) each = g_strsplit(words, "|", -1);

    return g_strv_contains((const char *const *)each, word);
}

/* A number, or a name that the program or its lessons gave: no address, host or file looks so. */
static gboolean
is_plain(const char *word)
{
    for (const char *at = word; *at; at++)
        if (!g_ascii_isalnum(*at) && *at != '-' && *at != ' ')
            return FALSE;
    return TRUE;
}

/* It may stand in the file. */
static gboolean
names_nobody(const char *line)
{
    const char *blank = strchr(line, ' ');
    g_autofree char *name = blank ? g_strndup(line, (gsize)(blank - line)) : g_strdup(line);
    const char *argument = blank ? blank + strspn(blank, " ") : "";
    const Verb *verb = verbs_find(name);

    if (!*argument)
        return is_command(name);
    return verb && (is_one_of(argument, verb->argument) ||
                    (is_one_of(verb->argument, "HOP|NAME|WORD|PROGRAM") && is_plain(argument)));
}

/* ---- the file ---- */

static char *
read_file(const char *path)
{
    return disk_is_file(path) ? disk_text(path, FILE_MAX, NULL, NULL) : NULL;
}

/* A line that this program would not have written is left out. */
GPtrArray *
history_load(void)
{
    GPtrArray *history = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = place_state("history"), *text = read_file(path);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

    for (char **line = lines; *line; line++)
        if (**line && strlen(*line) <= HISTORY_LINE_MAX && names_nobody(*line))
            history_add(history, *line);
    return history;
}

void
history_keep(const char *line)
{
    if (!names_nobody(line))
        return;
    g_autofree char *path = place_state("history");
    g_autoptr(GPtrArray) history = history_load();
    g_autoptr(GString) text = g_string_new(NULL);

    history_add(history, line);
    for (guint i = 0; i < history->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)history->pdata[i]);
    disk_replace(path, text->str, text->len, TRUE, NULL);
}
