/* command.c: which command it is, and what goes with it and with what else.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/disk.h"
#include "base/name.h"
#include "base/nearest.h"
#include "base/translate.h"
#include "facts/record.h"
#include "lesson/class-file.h"
#include "options/part.h"

/* More processes than that help nobody. */
#define JOBS_MAX 1024

static const CommandEntry *
find_command(const char *word)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (*word && g_str_equal(entry->word, word))
            return entry;
    return NULL;
}

/* How many files a command takes, and what check cannot do without. */
static gboolean
read_files(const Options *o, const char *word, GError **error)
{
    if (o->command == COMMAND_CHECK && o->files[0])
        return usage_error(error, _("check takes no FILE, but there is %s"), o->files[0]);
    if (o->command == COMMAND_INFO && o->files[0])
        return usage_error(error, _("info takes no FILE, but there is %s"), o->files[0]);
    if (o->command == COMMAND_REPAIR && o->files[0] && o->files[1])
        return usage_error(error, _("repair takes one FILE, but there is %s, too"), o->files[1]);
    if (o->command == COMMAND_CHECK && !o->from && !o->form)
        return usage_error(error, _("check: --from is missing (or --form for any visitor)"));
    if ((o->command == COMMAND_REPORT || o->command == COMMAND_SNAPSHOT || o->command == COMMAND_SURVEY) &&
        !o->files[0] && !o->files_from)
        return usage_error(error, _("%s: no FILE given (-: standard input); --help lists what there is"), word);
    return TRUE;
}

static gboolean
read_edits(Options *o, GError **error)
{
    if (!o->what_if)
        return TRUE;
    if (o->form)
        return usage_error(error, _("--what-if cannot be given with --form"));
    o->edits = edits_new();
    for (char **text = o->what_if; *text; text++) {
        if (!edits_add_text(o->edits, *text, error)) {
            const gboolean named = g_str_has_prefix((*error)->message, *text);     /* what of it was wrong follows */
            g_prefix_error(error, named ? "--what-if " : "--what-if %s: ", *text);
            return FALSE;
        }
    }
    return TRUE;
}

/* How much of a lesson is asked for. */
static gboolean
read_lesson(Options *o, const char *handout, GError **error)
{
    int which = 0;

    if (o->class_file && o->command != COMMAND_LESSON && o->command != COMMAND_VIEW)
        return usage_error(error, _("--class belongs to the screen and to the command lesson"));
    if (o->class_file && !class_file_known(o->class_file, error))
        return FALSE;
    if (o->command != COMMAND_LESSON)
        return TRUE;
    if (handout && !options_word(handout, options_handouts, &which))
        return usage_error(error, _("--handout %s: not blanks or key"), handout);
    if (handout && !o->files[0])
        return usage_error(error, _("--handout: which lesson?"));
    if (!o->check && o->files[0] && o->files[1])
        return usage_error(error, _("lesson opens one lesson, but there is %s, too"), o->files[1]);
    o->handout = handout ? which + 1 : LESSON_PLAYED;
    return TRUE;
}

/* The one that was probably meant, or NULL: a file of that name may be missing as well. */
static const char *
mistyped_command(const char *word)
{
    enum { FAR = 3 };           /* two letters that changed places are two changes */
    const char *best = NULL;
    guint least = FAR;

    for (const CommandEntry *entry = options_commands; entry->word; entry++) {
        const guint distance = *entry->word ? nearest_distance(word, entry->word) : FAR;
        if (distance < least) {
            least = distance;
            best = entry->word;
        }
    }
    return best && !disk_exists(word) ? best : NULL;
}

/* Other programs have commands of these names. */
static const char *
option_of_that_name(const char *word)
{
    static const char *const words[] = { "help", "version" };
    static const char *const options[] = { "--help", "--version" };

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(word, words[i]) && !disk_exists(word))
            return options[i];
    return NULL;
}

/* The first word is a command where it is one; a file of that name opens as ./report. */
static gboolean
read_command(Options *o, GError **error)
{
    if (!o->files)
        o->files = g_new0(char *, 1);
    if (!o->files[0])
        return TRUE;
    const CommandEntry *entry = find_command(o->files[0]);
    if (entry) {
        o->command = entry->command;
        g_free(o->files[0]);
        memmove(o->files, o->files + 1, g_strv_length(o->files + 1) * sizeof(char *) + sizeof(char *));
    } else if (option_of_that_name(o->files[0])) {
        return usage_error(error, _("%s: there is no such file; is %s meant?"), o->files[0], option_of_that_name(o->files[0]));
    } else if (mistyped_command(o->files[0])) {
        return usage_error(error, _("%s: there is no such file; is the command %s meant?"), o->files[0],
                           mistyped_command(o->files[0]));
    }
    return TRUE;
}

/* How messages are shared out. */
static gboolean
read_batch(Options *o, GError **error)
{
    if (o->nul && !o->files_from)
        return usage_error(error, _("-0: there is no --files-from whose names could end with NUL"));
    if (o->files_from && g_strv_contains((const char *const *)o->files_from, "-") && g_strv_contains((const char *const *)o->files, "-"))
        return usage_error(error, _("--files-from -: standard input cannot be a message, too"));
    if (o->jobs != G_MININT && (o->jobs < 1 || o->jobs > JOBS_MAX))
        return usage_error(error, _("-j %d: not a number from 1 to %d"), o->jobs, JOBS_MAX);
    if (o->jobs == G_MININT)
        o->jobs = 0;
    return TRUE;
}

/* The formats that `survey` has, and what of its own goes together. */
static gboolean
read_survey(Options *o, GError **error)
{
    const gboolean survey = o->command == COMMAND_SURVEY;

    if (!survey && o->format == FORMAT_CSV)
        return usage_error(error, _("--format csv belongs to the command survey"));
    if (survey && o->format != FORMAT_TEXT && o->format != FORMAT_JSON && o->format != FORMAT_CSV)
        return usage_error(error, _("--format %s: survey knows text, json and csv"), options_formats[o->format]);
    if (o->merge && o->domain)
        return usage_error(error, _("--domain cannot be given with --merge"));
    if (o->list && (o->merge || o->domain || o->format != FORMAT_TEXT))
        return usage_error(error, _("--list goes with none of --merge, --domain and --format"));
    if (!o->domain)
        return TRUE;
    char *name = name_normalise(o->domain);
    if (!name)
        return usage_error(error, _("--domain %s: not a domain name"), o->domain);
    g_free(o->domain);
    o->domain = name;
    return TRUE;
}

/* A masked message is another message, masked questions are others. */
static gboolean
read_redact(const Options *o, GError **error)
{
    if (o->redact && (o->command == COMMAND_REPAIR || o->command == COMMAND_SNAPSHOT))
        return usage_error(error, _("%s: --redact masks reports; this command prints the message or its DNS answers as they are"),
                           o->command == COMMAND_REPAIR ? "repair" : "snapshot");
    return TRUE;
}

static gboolean
read_dns(const Options *o, GError **error)
{
    const gboolean stored = o->offline || o->dns;

    if (stored && o->command == COMMAND_SNAPSHOT)
        return usage_error(error, _("snapshot: asks live DNS, so %s cannot be given with it"),
                           o->offline ? "--offline" : "--dns");
    if (stored && o->dns_server)
        return usage_error(error, _("--dns-server %s: cannot be given with %s"), o->dns_server,
                           o->offline ? "--offline" : "--dns");
    return TRUE;
}

/* INTERFACE.md: auto is on for one message, off from two. */
static gboolean
read_second_opinions(Options *o, const char *when, GError **error)
{
    enum { AUTO, ON, OFF };
    int word = AUTO;

    if (when && !options_word(when, options_opinions, &word))
        return usage_error(error, _("--second-opinions %s: not auto, on or off"), when);
    /* About assumed inputs only where somebody asks for that. */
    if (word == AUTO)
        o->second_opinions = g_strv_length(o->files) < 2 && !o->files_from && !o->edits ? TRI_UNKNOWN : TRI_FALSE;
    else
        o->second_opinions = word == ON ? TRI_TRUE : TRI_FALSE;
    return TRUE;
}

static const char *
command_word(Command command)
{
    const CommandEntry *entry = options_commands;

    while (entry->word && entry->command != command)
        entry++;
    return entry->word;
}

/* Passed over, it would seem to have counted. */
static gboolean
read_stray(const Draft *draft, GError **error)
{
    const char *stray = options_stray(draft), *word = command_word(draft->given.command);
    g_auto(GStrv) commands = stray ? options_belongs(stray) : NULL;

    if (!stray)
        return TRUE;
    g_autofree char *list = g_strjoinv(_(", "), commands), *front = *word ? g_strconcat(word, ": ", NULL) : g_strdup("");
    return commands[1] ? usage_error(error, _("%s--%s belongs to the commands %s"), front, stray, list)
                       : usage_error(error, _("%s--%s belongs to the command %s"), front, stray, list);
}

gboolean
options_choose_command(Draft *draft, GError **error)
{
    return read_command(&draft->given, error) && read_dns(&draft->given, error) && read_stray(draft, error);
}

gboolean
options_read_command(Draft *draft, GError **error)
{
    Options *o = &draft->given;

    return read_files(o, command_word(o->command), error) && read_batch(o, error) && read_survey(o, error) &&
           read_lesson(o, draft->handout, error) && read_edits(o, error) && read_redact(o, error) &&
           read_second_opinions(o, draft->second_opinions, error);
}
