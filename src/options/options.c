/* options.c: the command line, read.
 * SPDX-License-Identifier: MIT */
#include "options/options.h"

#include <stdlib.h>

#include "base/standard.h"
#include "base/translate.h"
#include "dns/live.h"
#include "options/help.h"
#include "options/part.h"

#define USAGE_DNS                                                                            \
    N_("DNS answers come from FILE.dns beside the message, or from --dns; else DNS is asked.")
#define USAGE_EXIT                                                                               \
    N_("Exit status: 0 done; 2 usage or unreadable file. With --exit-code, by DMARC result:\n"   \
       "0 pass, 1 fail, 3 none, 4 temperror, permerror or unknown.")

static void
settle_text(char **target, const char *value)
{
    if (!*target)
        *target = g_strdup(value);
}

/* What the command line leaves open is as the configuration has it. (Its DNS server is no
 * --dns-server: session_live_options().) */
static void
settle(Draft *draft, const Config *config)
{
    Options *o = &draft->given;

    settle_text(&o->trust_anchor, config->trust_anchor);
    settle_text(&o->psl, config->psl);
    settle_text(&draft->color, config->color);
    settle_text(&draft->second_opinions, config->second_opinions);
    settle_text(&draft->ambiguous, config->ambiguous);
    settle_text(&o->theme, config->theme);
}

static const char *
translated(const char *text, gpointer data)
{
    (void)data;
    /* What stands behind a "=", such as NAME, is the same in every language and in the manual. */
    for (const char *letter = text; *letter; letter++)
        if (g_ascii_islower(*letter))
            return translate(text);
    return text;
}

/* The commands, as --help lists them. (transfer full) */
static char *
usage_summary(void)
{
    GString *text = g_string_new(NULL);

    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        g_autofree char *call = g_strjoin(*entry->word && *entry->arguments ? " " : "", entry->word,
                                          entry->arguments, NULL);
        g_string_append_printf(text, "  fromscope %-19s%s\n", call, translate(entry->about));
    }
    g_string_append_printf(text, "\n%s", translate(USAGE_DNS));
    return g_string_free(text, FALSE);
}

/* Takes `text` over. */
G_GNUC_NORETURN static void
print_and_leave(char *text)
{
    const gboolean printed = standard_print(text);

    g_free(text);
    exit(printed ? EXIT_PASS : EXIT_TROUBLE);
}

/* The list is all that is asked for: as GLib does with --help. */
static void
help_with_edits(const Options *o)
{
    for (char **text = o->what_if; text && *text; text++) {
        if (!g_str_equal(*text, "help"))
            continue;
        print_and_leave(edit_help());
    }
}

/* "-j4", as other programs take it: GOption wants a blank. (transfer full: g_free, what is in it is argv's or in `own`) */
static char **
part_numbers(int argc, char **argv, GStringChunk *own)
{
    char **parted = g_new0(char *, argc + 1);
    gboolean names = FALSE;

    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        g_autofree char *whole = !names && g_str_has_prefix(word, "-j") && g_ascii_isdigit(word[2])
                                     ? g_strconcat("--jobs=", word + 2, NULL)
                                     : NULL;
        names = names || g_str_equal(word, "--");
        parted[i] = whole ? g_string_chunk_insert(own, whole) : argv[i];
    }
    return parted;
}

/* "report, check: …" is said of an option that no other command takes. */
static void
name_commands(GOptionEntry *entries)
{
    for (; entries->long_name; entries++) {
        g_auto(GStrv) commands = options_belongs(entries->long_name);
        if (!commands)
            continue;
        g_autofree char *list = g_strjoinv(_(", "), commands);
        g_autofree char *text = g_strconcat(list, ": ", translate(entries->description), NULL);
        entries->description = g_intern_string(text);
    }
}

/* (transfer full) */
static GOptionContext *
new_context(const GOptionEntry *entries)
{
    GOptionContext *context = g_option_context_new(_("- who stood behind this From:?"));
    g_autofree char *summary = usage_summary();

    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, _(USAGE_EXIT));
    g_option_context_add_main_entries(context, entries, NULL);
    g_option_group_set_translate_func(g_option_context_get_main_group(context), translated, NULL, NULL);
    return context;
}

static gboolean
read_words(GOptionContext *context, int argc, char **argv, GError **error)
{
    GStringChunk *own = g_string_chunk_new(64);
    g_autofree char **parted = part_numbers(argc, argv, own);
    char **words = parted;
    const gboolean good = g_option_context_parse(context, &argc, &words, error);

    g_string_chunk_free(own);
    return good;
}

/* What the words mean: where nothing is said the configuration has its say, but a theme that it names is told where themes are
 * read. */
static gboolean
read_draft(Draft *draft, const Config *config, GError **error)
{
    help_with_edits(&draft->given);
    if (!options_choose_command(draft, error) || !options_read_theme(&draft->given, error))
        return FALSE;
    settle(draft, config);
    return options_read_values(draft, error) && options_read_command(draft, error);
}

static void
clear_words(Draft *draft)
{
    g_free(draft->format);
    g_free(draft->color);
    g_free(draft->second_opinions);
    g_free(draft->lang);
    g_free(draft->ambiguous);
    g_free(draft->handout);
}

Options *
options_parse(int argc, char **argv, const Config *config, GError **error)
{
    Draft draft = { .given = { .dns_timeout = config->dns_timeout > 0 ? config->dns_timeout : LIVE_TIMEOUT_DEFAULT,
                               .ascii = config->ascii, .no_mouse = config->no_mouse,
                               .index = G_MININT, .count = G_MININT, .jobs = G_MININT } };
    g_autofree GOptionEntry *entries = options_entries(&draft);
    const gboolean helps = help_wanted(argv);
    gboolean good = FALSE;

    if (helps)
        name_commands(entries);
    g_autoptr(GOptionContext) context = new_context(entries);
    if (helps)
        print_and_leave(help_text(context));    /* as GLib does where it prints its own */
    const gboolean sound = options_bear_values(argv + MIN(argc, 1), entries, error);
    if (sound && read_words(context, argc, argv, error))
        good = read_draft(&draft, config, error);
    else if (sound)
        options_explain(error, entries);
    clear_words(&draft);
    g_autoptr(Options) options = g_memdup2(&draft.given, sizeof draft.given);
    return good ? g_steal_pointer(&options) : NULL;
}

void
options_free(Options *options)
{
    if (!options)
        return;
    g_strfreev(options->files);
    g_strfreev(options->dns);
    g_strfreev(options->trust);
    g_strfreev(options->dkim);
    g_strfreev(options->what_if);
    g_strfreev(options->files_from);
    edits_free(options->edits);
    g_free(options->from);
    g_free(options->domain);
    g_free(options->spf);
    g_free(options->author_exists);
    g_free(options->ip);
    g_free(options->helo);
    g_free(options->mail_from);
    g_free(options->at_text);
    g_free(options->dns_server);
    g_free(options->trust_anchor);
    g_free(options->psl);
    g_free(options->theme);
    g_free(options->class_file);
    g_free(options);
}
