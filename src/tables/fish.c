/* fish.c: the program's tables for the completion of fish, as its `complete` lines.
 * SPDX-License-Identifier: MIT */
#include "options/options.h"
#include "tables/shell.h"
#include "tables/table.h"

/* The commands behind which an option is, or is not, offered. (transfer full) */
static char *
commands_of(const GOptionEntry *option, gboolean belongs)
{
    GString *out = g_string_new(NULL);

    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (*entry->word && table_belongs(option, entry->word) == belongs)
            g_string_append_printf(out, " %s", entry->word);
    return g_string_free(out, FALSE);
}

static void
append_condition(GString *out, const GOptionEntry *option)
{
    g_autofree char *others = commands_of(option, FALSE), *own = commands_of(option, TRUE);

    if (!*others)
        return;
    if (table_belongs(option, ""))
        g_string_append_printf(out, " -n 'not __fish_seen_subcommand_from%s'", others);
    else
        g_string_append_printf(out, " -n '__fish_seen_subcommand_from%s'", own);
}

static void
append_option(GString *out, const GOptionEntry *option)
{
    const Takes takes = table_takes(option);
    g_autofree char *text = shell_quote_fish(option->description);

    g_string_append(out, "complete -c fromscope");
    append_condition(out, option);
    g_string_append_printf(out, " -l %s", option->long_name);
    if (takes == TAKES_FILE)
        g_string_append(out, " -rF");
    else if (takes != TAKES_NOTHING)
        g_string_append(out, " -x");
    if (takes == TAKES_WORD) {
        g_autofree char *words = g_strjoinv(" ", (char **)options_values(option->long_name));
        g_string_append_printf(out, " -a '%s'", words);
    }
    g_string_append_printf(out, " -d %s\n", text);
}

static void
fill_options(GString *out)
{
    g_autofree GOptionEntry *table = options_table();

    for (const GOptionEntry *option = table; option->long_name; option++)
        if (*option->long_name)
            append_option(out, option);
}

static void
fill_commands(GString *out)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        g_autofree char *text = shell_quote_fish(entry->about);
        if (*entry->word)
            g_string_append_printf(out,
                                   "complete -c fromscope -n __fromscope_first_word -a %s -d %s\n",
                                   entry->word, text);
    }
}

static void
fill_fileless(GString *out)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (!table_takes_files(entry->arguments))
            g_string_append_printf(
                out, "complete -c fromscope -n '__fish_seen_subcommand_from %s' -f\n", entry->word);
}

/* A pattern: the options that want a word behind them. */
static void
fill_valued(GString *out)
{
    g_autofree GOptionEntry *table = options_table();
    const char *space = "";

    for (const GOptionEntry *option = table; option->long_name; option++) {
        if (*option->long_name && table_takes(option) != TAKES_NOTHING) {
            g_string_append_printf(out, "%s--%s", space, option->long_name);
            space = " ";
        }
    }
}

gboolean
fish_fill(GString *out, const char *name)
{
    if (g_str_equal(name, "commands"))
        fill_commands(out);
    else if (g_str_equal(name, "options"))
        fill_options(out);
    else if (g_str_equal(name, "valued"))
        fill_valued(out);
    else if (g_str_equal(name, "fileless"))
        fill_fileless(out);
    else
        return FALSE;
    return TRUE;
}
