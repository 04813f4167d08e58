/* plain.c: the program's tables as text, one row a line with tabs between: for tests and scripts.
 * SPDX-License-Identifier: MIT */
#include "options/config.h"
#include "options/options.h"
#include "tables/contexts.h"
#include "tables/table.h"

static void
append_options(GString *out)
{
    g_autofree GOptionEntry *table = options_table();

    for (const GOptionEntry *option = table; option->long_name; option++) {
        const char *const *values = options_values(option->long_name);
        g_autofree char *words = values ? g_strjoinv(" ", (char **)values) : g_strdup("");
        g_auto(GStrv) commands = options_belongs(option->long_name);
        g_autofree char *front = commands ? g_strjoinv(", ", commands) : NULL;
        if (*option->long_name)
            g_string_append_printf(out, "option\t--%s\t%s\t%s\t%s%s%s\n", option->long_name,
                                   option->arg_description ? option->arg_description : "", words,
                                   front ? front : "", front ? ": " : "", option->description);
    }
}

gboolean
plain_fill(GString *out, const char *name)
{
    if (!g_str_equal(name, "all") || !contexts_complete())
        return FALSE;
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        g_string_append_printf(out, "command\t%s\t%s\t%s\n", entry->word, entry->arguments,
                               entry->about);
    append_options(out);
    for (const Setting *setting = config_settings; setting->key; setting++)
        g_string_append_printf(out, "setting\t[%s]\t%s\t%s\t%s\n", setting->section, setting->key,
                               setting->option ? setting->option : "", setting->about);
    for (const ContextTitle *context = context_titles; context->title; context++)
        for (const Binding *binding = bindings; binding->keys; binding++)
            if (context_holds(context, binding))
                g_string_append_printf(out, "key\t%s\t%s\t%s\t%s\n", context->title, binding->keys,
                                       binding->command, binding->help);
    return TRUE;
}
