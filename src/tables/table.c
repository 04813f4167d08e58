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

gboolean
table_belongs(const GOptionEntry *option, const char *command)
{
    g_auto(GStrv) commands = options_belongs(option->long_name);

    /* Files opened without a command are reported where there is no terminal. */
    return !commands || g_strv_contains((const char *const *)commands, *command ? command : "report");
}

gboolean
table_takes_files(const char *arguments)
{
    return strstr(arguments, "FILE") != NULL || strstr(arguments, "DIR") != NULL ||
           strstr(arguments, "MAILBOX") != NULL;
}
