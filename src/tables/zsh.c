/* zsh.c: the program's tables for the completion of zsh, as specifications for _arguments and
 * _describe. SPDX-License-Identifier: MIT */
#include <string.h>

#include "options/options.h"
#include "tables/shell.h"
#include "tables/table.h"

/* _arguments ends a description at "]" and a message at ":". */
static char *
escape(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; *text; text++) {
        if (strchr("\\]:", *text))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *text);
    }
    return g_string_free(out, FALSE);
}

static char *
action(const GOptionEntry *option)
{
    const Takes takes = table_takes(option);

    if (takes == TAKES_FILE)
        return g_strdup("_files");
    if (takes != TAKES_WORD)
        return g_strdup(" ");
    g_autofree char *words = g_strjoinv(" ", (char **)options_values(option->long_name));
    return g_strdup_printf("(%s)", words);
}

static void
append_option(GString *out, const GOptionEntry *option, const char *indent)
{
    g_autofree char *text = escape(option->description);
    g_autoptr(GString) spec = g_string_new(table_repeatable(option) ? "*" : "");

    g_string_append_printf(spec, "--%s", option->long_name);
    if (table_takes(option) == TAKES_NOTHING) {
        g_string_append_printf(spec, "[%s]", text);
    } else {
        g_autofree char *argument = escape(option->arg_description), *does = action(option);
        g_string_append_printf(spec, "=[%s]:%s:%s", text, argument, does);
    }
    g_autofree char *quoted = shell_quote(spec->str);
    g_string_append_printf(out, "%s%s\n", indent, quoted);
}

/* Options of all commands, or those that only some have. */
static gboolean
is_common(const GOptionEntry *option)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (!table_belongs(option, entry->word))
            return FALSE;
    return TRUE;
}

static void
fill_options(GString *out, const GOptionEntry *table)
{
    for (const GOptionEntry *option = table; option->long_name; option++)
        if (*option->long_name && is_common(option))
            append_option(out, option, "        ");
}

static void
append_own(GString *out, const GOptionEntry *table, const char *command)
{
    g_autoptr(GString) own = g_string_new(NULL);

    for (const GOptionEntry *option = table; option->long_name; option++)
        if (*option->long_name && !is_common(option) && table_belongs(option, command))
            append_option(own, option, "            ");
    if (own->len > 0)
        g_string_append_printf(out, "    %s)\n        options+=(\n%s        ) ;;\n",
                               *command ? command : "''", own->str);
}

static void
fill_own(GString *out, const GOptionEntry *table)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        append_own(out, table, entry->word);
}

static void
fill_commands(GString *out)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        g_autofree char *row = g_strconcat(entry->word, ":", entry->about, NULL);
        g_autofree char *quoted = shell_quote(row);
        if (*entry->word)
            g_string_append_printf(out, "        %s\n", quoted);
    }
}

gboolean
zsh_fill(GString *out, const char *name)
{
    g_autofree GOptionEntry *table = options_table();

    if (g_str_equal(name, "commands"))
        fill_commands(out);
    else if (g_str_equal(name, "options"))
        fill_options(out, table);
    else if (g_str_equal(name, "own-options"))
        fill_own(out, table);
    else
        return bash_fill(out, name);
    return TRUE;
}
