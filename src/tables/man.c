/* man.c: the program's tables as lists of manual pages, in mdoc(7).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "options/config.h"
#include "options/options.h"
#include "tables/contexts.h"
#include "tables/roff.h"
#include "tables/table.h"
#include "tui/terminal/theme.h"

/* "[FILE|DIR|-]...": brackets, bars and dots are marks, the rest is the reader's. */
static void
append_argument(GString *out, const char *argument)
{
    g_autofree char *text = g_strdup(argument);
    const gboolean dots = g_str_has_suffix(text, "...");
    const gboolean optional = *text == '[';

    if (dots)
        text[strlen(text) - strlen("...")] = '\0';
    char *start = optional ? text + 1 : text;
    if (optional && g_str_has_suffix(start, "]"))
        start[strlen(start) - 1] = '\0';
    g_auto(GStrv) choices = g_strsplit(start, "|", -1);
    g_string_append(out, optional ? ".Oo\n" : "");
    for (guint i = 0; choices[i] && *choices[i]; i++) {
        g_autofree char *word =
            roff_word(choices[i] + (g_str_has_prefix(choices[i], "--") ? 1 : 0));
        g_string_append(out, i > 0 ? "|\n" : "");
        g_string_append_printf(out, "%s %s\n", g_str_has_prefix(choices[i], "--") ? ".Fl" : ".Ar",
                               word);
    }
    if (optional)
        g_string_append_printf(out, ".Oc%s\n", dots ? " ..." : "");
    else if (dots)
        g_string_append(out, ".Ar ...\n");
}

static void
append_arguments(GString *out, const char *arguments)
{
    g_auto(GStrv) words = g_strsplit(arguments, " ", -1);

    for (guint i = 0; words[i]; i++)
        if (*words[i])
            append_argument(out, words[i]);
}

static void
fill_synopsis(GString *out)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        g_string_append(out, ".Nm fromscope\n");
        if (*entry->word)
            g_string_append_printf(out, ".Cm %s\n", entry->word);
        g_string_append(out, ".Op Ar OPTION ...\n");
        append_arguments(out, entry->arguments);
    }
}

/* A table's text is a sentence but for its end. */
static void
append_sentence(GString *out, const char *text)
{
    const gboolean ended = g_str_has_suffix(text, ".") || g_str_has_suffix(text, ":");
    g_autofree char *sentence = g_strconcat(text, ended ? "" : ".", NULL);

    roff_text(out, sentence);
}

static void
fill_commands(GString *out)
{
    g_string_append(out, ".Bl -tag -width Ds\n");
    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        if (*entry->word)
            g_string_append_printf(out, ".It Cm %s\n", entry->word);
        else
            g_string_append(out, ".It no command\n");
        append_sentence(out, entry->about);
    }
    g_string_append(out, ".El");
}

/* Named where the text itself does not. */
static void
append_values(GString *out, const char *option, const char *about)
{
    const char *const *words = options_values(option);
    gboolean named = TRUE;

    for (guint i = 0; words && words[i]; i++)
        named = named && strstr(about, words[i]);
    if (named)
        return;
    g_autofree char *list = g_strjoinv(", ", (char **)words);
    g_autofree char *sentence = g_strdup_printf("One of %s.", list);
    roff_text(out, sentence);
}

static void
append_option(GString *out, const GOptionEntry *option)
{
    g_auto(GStrv) commands = options_belongs(option->long_name);
    g_autofree char *name = roff_word(option->long_name);

    g_string_append(out, ".It ");
    if (option->short_name)
        g_string_append_printf(out, "Fl %c , ", option->short_name);
    g_string_append_printf(out, "Fl \\-%s", name + strlen("\\&"));
    if (option->arg != G_OPTION_ARG_NONE) {
        g_autofree char *argument = roff_word(option->arg_description);
        g_string_append_printf(out, " Ns = Ns Ar %s", argument);
    }
    g_string_append_c(out, '\n');
    for (guint i = 0; commands && commands[i]; i++)
        g_string_append_printf(out, "%s.Cm %s", i > 0 ? " ,\n" : "", commands[i]);
    g_string_append(out, commands ? " :\n" : "");
    append_sentence(out, option->description);
    append_values(out, option->long_name, option->description);
}

static void
fill_options(GString *out)
{
    g_autofree GOptionEntry *table = options_table();

    g_string_append(out, ".Bl -tag -width Ds\n");
    for (const GOptionEntry *option = table; option->long_name; option++)
        if (*option->long_name)
            append_option(out, option);
    g_string_append(out, ".It Fl h , Fl \\-help\nPrint the options.\n.El");
}

static void
append_keys(GString *out, const char *names, const char *help)
{
    g_auto(GStrv) keys = g_strsplit(names, ", ", -1);

    g_string_append(out, ".It");
    for (guint i = 0; keys[i]; i++) {
        g_autofree char *key = roff_word(keys[i]);
        g_string_append_printf(out, "%s Ic %s", i > 0 ? " ," : "", key);
    }
    g_string_append_c(out, '\n');
    append_sentence(out, help);
}

static void
append_context(GString *out, const ContextTitle *context)
{
    g_autofree char *title = roff_word(context->title);

    g_string_append_printf(out, ".Ss %s\n.Bl -tag -width Backspace -compact\n", title);
    for (const Binding *binding = bindings; binding->keys; binding++)
        if (context_holds(context, binding))
            append_keys(out, binding->keys, binding->help);
    for (const TerminalKey *key = terminal_keys; key->keys && context->context == IN_ALL; key++)
        append_keys(out, key->keys, key->help);
    g_string_append(out, ".El\n");
}

static gboolean
fill_keys(GString *out)
{
    if (!contexts_complete())
        return FALSE;
    for (const ContextTitle *context = context_titles; context->title; context++)
        if (context_used(context))
            append_context(out, context);
    return TRUE;
}

static const char *
kind_text(SettingKind kind)
{
    switch (kind) {
    case SETTING_LIST:
        return "words with commas between";
    case SETTING_WORD:
        return "a word";
    case SETTING_SERVER:
        return "an address";
    case SETTING_FILE:
        return "a file";
    case SETTING_THEME:
        return "a name or a file";
    case SETTING_SECONDS:
        return "seconds";
    case SETTING_YES:
        return "yes or no";
    }
    return "";
}

static void
append_setting(GString *out, const Setting *setting)
{
    g_autofree char *key = roff_word(setting->key);

    g_string_append_printf(out, ".It Cm %s No = Ar %s\n", key, kind_text(setting->kind));
    append_sentence(out, setting->about);
    if (setting->kind == SETTING_WORD)
        append_values(out, setting->option, "");
    if (setting->option) {
        g_autofree char *option = roff_word(setting->option);
        g_string_append_printf(out, "For one run:\n.Fl \\-%s .\n", option + strlen("\\&"));
    }
}

static void
fill_settings(GString *out)
{
    const char *section = NULL;

    for (const Setting *setting = config_settings; setting->key; setting++) {
        if (g_strcmp0(section, setting->section) != 0)
            g_string_append_printf(out, "%s.Ss \\&[%s]\\&\n.Bl -tag -width Ds\n",
                                   section ? ".El\n" : "", setting->section);
        section = setting->section;
        append_setting(out, setting);
    }
    g_string_append(out, section ? ".El" : "");
}

static void
fill_roles(GString *out)
{
    g_string_append(out, ".Bl -tag -width verdict.unknown -offset indent -compact\n");
    for (guint role = 0; theme_role_name(role); role++) {
        g_autofree char *name = roff_word(theme_role_name(role));
        g_string_append_printf(out, ".It Li %s\n", name);
        roff_text(out, theme_role_about(role));
    }
    g_string_append(out, ".El");
}

gboolean
man_fill(GString *out, const char *name)
{
    if (g_str_equal(name, "synopsis"))
        fill_synopsis(out);
    else if (g_str_equal(name, "commands"))
        fill_commands(out);
    else if (g_str_equal(name, "options"))
        fill_options(out);
    else if (g_str_equal(name, "settings"))
        fill_settings(out);
    else if (g_str_equal(name, "roles"))
        fill_roles(out);
    else if (!lessons_fill(out, name) && (!g_str_equal(name, "keys") || !fill_keys(out)))
        return FALSE;
    /* The template's own line end follows. */
    if (out->len > 0 && out->str[out->len - 1] == '\n')
        g_string_truncate(out, out->len - 1);
    return TRUE;
}
