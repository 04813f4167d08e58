/* table.c: how an option of the table is read.
 * SPDX-License-Identifier: MIT */
#include "tables/table.h"

#include <string.h>

#include "options/options.h"

Takes
table_takes(const GOptionEntry *option)
{
    if (option->arg == G_OPTION_ARG_NONE)
        return TAKES_NOTHING;
    if (options_values(option->long_name))
        return TAKES_WORD;
    if (option->arg == G_OPTION_ARG_FILENAME || option->arg == G_OPTION_ARG_FILENAME_ARRAY)
        return TAKES_FILE;
    return TAKES_TEXT;
}

gboolean
table_repeatable(const GOptionEntry *option)
{
    return option->arg == G_OPTION_ARG_FILENAME_ARRAY || option->arg == G_OPTION_ARG_STRING_ARRAY;
}

static gboolean
is_command(const char *word)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (*entry->word && g_str_equal(entry->word, word))
            return TRUE;
    return FALSE;
}

char *
table_about(const GOptionEntry *option, char ***commands)
{
    const char *text = option->description ? option->description : "";
    const char *colon = strstr(text, ": ");
    g_autofree char *front = colon ? g_strndup(text, (gsize)(colon - text)) : g_strdup("");
    g_auto(GStrv) words = g_strsplit(front, ", ", -1);
    gboolean known = words[0] != NULL;

    for (guint i = 0; words[i]; i++)
        known = known && is_command(words[i]);
    *commands = known ? g_steal_pointer(&words) : NULL;
    return g_strdup(known ? colon + strlen(": ") : text);
}

gboolean
table_belongs(const GOptionEntry *option, const char *command)
{
    g_auto(GStrv) commands = NULL;
    g_autofree char *about = table_about(option, &commands);

    /* Files opened without a command are reported where there is no terminal. */
    return !commands ||
           g_strv_contains((const char *const *)commands, *command ? command : "report");
}

gboolean
table_takes_files(const char *arguments)
{
    return strstr(arguments, "FILE") != NULL || strstr(arguments, "DIR") != NULL ||
           strstr(arguments, "MAILBOX") != NULL;
}
