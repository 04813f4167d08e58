/* bash.c: the program's tables for the completion of bash, as branches of `case`.
 * SPDX-License-Identifier: MIT */
#include "options/options.h"
#include "tables/table.h"

/* `command`: those that are offered behind it. What wants a value ends in "=". */
static void
append_options(GString *out, const GOptionEntry *table, const char *command)
{
    g_string_append_printf(out, "    %s)\n        echo --help", *command ? command : "*");
    for (const GOptionEntry *option = table; option->long_name; option++)
        if (*option->long_name && table_belongs(option, command))
            g_string_append_printf(out, " \\\n            --%s%s", option->long_name,
                                   table_takes(option) == TAKES_NOTHING ? "" : "=");
    g_string_append(out, " ;;\n");
}

/* The one without a command stands last: its pattern fits everything. */
static void
fill_options(GString *out, const GOptionEntry *table)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (*entry->word)
            append_options(out, table, entry->word);
    append_options(out, table, "");
}

static void
fill_values(GString *out, const GOptionEntry *table)
{
    for (const GOptionEntry *option = table; option->long_name; option++) {
        const char *const *values = options_values(option->long_name);
        g_autofree char *words = values ? g_strjoinv(" ", (char **)values) : NULL;
        if (words)
            g_string_append_printf(out, "    --%s) echo %s ;;\n", option->long_name, words);
    }
}

/* A pattern: the options that take this. */
static void
fill_kind(GString *out, const GOptionEntry *table, Takes takes)
{
    const char *bar = "";

    for (const GOptionEntry *option = table; option->long_name; option++) {
        if (*option->long_name && table_takes(option) == takes) {
            g_string_append_printf(out, "%s--%s", bar, option->long_name);
            bar = " | ";
        }
    }
}

static void
fill_commands(GString *out)
{
    const char *space = "";

    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        if (*entry->word) {
            g_string_append_printf(out, "%s%s", space, entry->word);
            space = " ";
        }
    }
}

/* A pattern: the commands that take no file. */
static void
fill_fileless(GString *out)
{
    const char *bar = "";

    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        if (!table_takes_files(entry->arguments)) {
            g_string_append_printf(out, "%s%s", bar, entry->word);
            bar = " | ";
        }
    }
}

gboolean
bash_fill(GString *out, const char *name)
{
    g_autofree GOptionEntry *table = options_table();

    if (g_str_equal(name, "commands"))
        fill_commands(out);
    else if (g_str_equal(name, "fileless"))
        fill_fileless(out);
    else if (g_str_equal(name, "options"))
        fill_options(out, table);
    else if (g_str_equal(name, "values"))
        fill_values(out, table);
    else if (g_str_equal(name, "with-words"))
        fill_kind(out, table, TAKES_WORD);
    else if (g_str_equal(name, "with-files"))
        fill_kind(out, table, TAKES_FILE);
    else if (g_str_equal(name, "with-text"))
        fill_kind(out, table, TAKES_TEXT);
    else
        return FALSE;
    return TRUE;
}
