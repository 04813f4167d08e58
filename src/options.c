/* options.c: the command line.
 * SPDX-License-Identifier: MIT */
#include "options.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/fault.h"
#include "base/name.h"
#include "base/nearest.h"
#include "base/translate.h"
#include "dns/live.h"
#include "facts/record.h"
#include "headers/received.h"
#include "lesson/class-file.h"
#include "help.h"
#include "language.h"
#include "session.h"
#include "tui/theme.h"

const CommandEntry options_commands[] = {
    { COMMAND_VIEW, "", "[FILE|DIR|-]...", N_("open a message or a mailbox in the terminal UI") },
    { COMMAND_REPORT, "report", "FILE...", N_("print the analysis") },
    { COMMAND_CHECK, "check", "--from ...", N_("the same for a message that does not exist yet") },
    { COMMAND_SURVEY, "survey", "MAILBOX...",
      N_("count mailboxes: who sends as whom, and what passes or fails") },
    { COMMAND_SNAPSHOT, "snapshot", "FILE...",
      N_("ask live DNS what the analysis needs, print a snapshot") },
    { COMMAND_REPAIR, "repair", "[FILE|-]", N_("pasted or damaged text in, the message out") },
    { COMMAND_LESSON, "lesson", "[NAME|DIR]", N_("list the lessons, or open one") },
    { COMMAND_INFO, "info", "", N_("versions and paths") },
    { COMMAND_VIEW, NULL, NULL, NULL }
};
static const char *const format_words[] = { "text", "json", "markdown", "html", "steps", "csv", NULL };
static const char *const color_words[] = { "auto", "always", "never", NULL };
static const char *const ambiguous_words[] = { "auto", "1", "2", NULL };
/* Those that are installed; people have their own, too. */
static const char *const theme_words[] = { "dark", "light", "high-contrast", "color-blind", "mono",
                                           "default", NULL };
/* In the order of LessonForm, without the first. */
static const char *const handout_words[] = { "blanks", "key", NULL };
static const char *const opinion_words[] = { "auto", "on", "off", NULL };

#define USAGE_DNS                                                                            \
    N_("DNS answers come from FILE.dns beside the message, or from --dns; else DNS is asked.")
#define USAGE_EXIT                                                                               \
    N_("Exit status: 0 done; 2 usage or unreadable file. With --exit-code, by DMARC result:\n"   \
       "0 pass, 1 fail, 3 none, 4 temperror, permerror or unknown.")

/* More processes than that help nobody. */
#define JOBS_MAX 1024

typedef struct {
    char *format, *color, *second_opinions, *lang, *ambiguous, *handout;
} Raw;

static GOptionEntry *
entries(Options *o, Raw *raw)
{
    const GOptionEntry table[] = {
        { "format", 0, 0, G_OPTION_ARG_STRING, &raw->format,
          N_("report, check, survey: text, json, markdown, html or steps (survey: text, json or csv)"),
          "FORMAT" },
        { "dns", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->dns,
          N_("take DNS answers from this snapshot (repeatable)"), "FILE" },
        { "offline", 0, 0, G_OPTION_ARG_NONE, &o->offline, N_("ask no DNS at all"), NULL },
        { "dns-server", 0, 0, G_OPTION_ARG_STRING, &o->dns_server,
          N_("ask this server live, instead of the system's"), "ADDR[@PORT]" },
        { "dns-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &o->dns_timeout,
          N_("time for all live questions of a message (5)"), "SECONDS" },
        { "trust-anchor", 0, 0, G_OPTION_ARG_FILENAME, &o->trust_anchor,
          N_("DNSSEC key of the root, instead of the system's"), "FILE" },
        { "no-beside", 0, 0, G_OPTION_ARG_NONE, &o->no_beside,
          N_("do not use a snapshot that lies beside the message"), NULL },
        { "ip", 0, 0, G_OPTION_ARG_STRING, &o->ip, N_("client IP, instead of the message's"),
          "ADDRESS" },
        { "helo", 0, 0, G_OPTION_ARG_STRING, &o->helo, N_("HELO name, instead of the message's"),
          "NAME" },
        { "mail-from", 0, 0, G_OPTION_ARG_STRING, &o->mail_from,
          N_("envelope From, instead of the message's; <> is the null sender"), "ADDRESS" },
        { "from", 0, 0, G_OPTION_ARG_STRING, &o->from, N_("check: who stands in From:"),
          "ADDRESS|DOMAIN" },
        { "dkim", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->dkim,
          N_("check: a signature, and how it comes out (pass); repeatable"), "DOMAIN[:RESULT]" },
        { "spf", 0, 0, G_OPTION_ARG_STRING, &o->spf,
          N_("check: how SPF comes out, instead of asking"), "RESULT" },
        { "author-exists", 0, 0, G_OPTION_ARG_STRING, &o->author_exists,
          N_("check: whether From:'s domain exists (matters for np=)"), "yes|no" },
        { "form", 0, 0, G_OPTION_ARG_NONE, &o->form,
          N_("check: From: is any visitor of a web form; several policies at once"), NULL },
        { "merge", 0, 0, G_OPTION_ARG_NONE, &o->merge,
          N_("survey: the files are surveys (--format json) of parts: add them up"), NULL },
        { "list", 0, 0, G_OPTION_ARG_NONE, &o->list,
          N_("survey: one line for each message, without analysis: index, date, From, Subject, with tabs between"), NULL },
        { "domain", 0, 0, G_OPTION_ARG_STRING, &o->domain,
          N_("survey: only messages with this domain, or one below it, in From:"), "DOMAIN" },
        { "trust", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->trust,
          N_("count this host's reported results as evidence (repeatable)"), "AUTHSERV-ID" },
        { "at", 0, 0, G_OPTION_ARG_STRING, &o->at_text,
          N_("judge t= and x= as of this time (RFC 3339); else the receipt time"), "TIME" },
        { "psl", 0, 0, G_OPTION_ARG_FILENAME, &o->psl, N_("public suffix list"), "FILE" },
        { "what-if", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->what_if,
          N_("change an input and see what follows (repeatable); --what-if help lists the keys"),
          "KEY=VALUE" },
        { "second-opinions", 0, 0, G_OPTION_ARG_STRING, &raw->second_opinions,
          N_("ask libspf2 and OpenDMARC, too: auto (for one message), on or off"), "WHEN" },
        { "inner", 0, 0, G_OPTION_ARG_NONE, &o->inner,
          N_("report: the messages inside a message, too"), NULL },
        { "index", 0, 0, G_OPTION_ARG_INT, &o->index,
          N_("only the N-th message of a mailbox (from 1)"), "N" },
        { "count", 0, 0, G_OPTION_ARG_INT, &o->count,
          N_("report, survey: only this many messages, from --index on"), "N" },
        { "files-from", 0, 0, G_OPTION_ARG_FILENAME, &o->files_from,
          N_("report, survey: read the names of the files from this one, one on each line (-: standard input)"), "FILE" },
        { "null", '0', 0, G_OPTION_ARG_NONE, &o->nul,
          N_("report, survey: names in --files-from end with NUL, not with the line"), NULL },
        { "jobs", 'j', 0, G_OPTION_ARG_INT, &o->jobs,
          N_("report, survey: number of confined worker processes (as many as there are processors)"), "N" },
        { "isolate", 0, 0, G_OPTION_ARG_NONE, &o->isolate,
          N_("report, survey: a process of its own for each message; slower"), NULL },
        { "redact", 0, 0, G_OPTION_ARG_NONE, &o->redact,
          N_("mask names of people, what stands before the @, and subjects"), NULL },
        { "exit-code", 0, 0, G_OPTION_ARG_NONE, &o->exit_code,
          N_("make the verdict the exit status"), NULL },
        { "color", 0, 0, G_OPTION_ARG_STRING, &raw->color, N_("auto, always or never"), "WHEN" },
        { "lang", 0, 0, G_OPTION_ARG_STRING, &raw->lang,
          N_("en or ja; else as the locale has it"), "LANGUAGE" },
        { "theme", 0, 0, G_OPTION_ARG_STRING, &o->theme,
          N_("colors of the screen: dark, light, high-contrast, color-blind, mono, or a file"),
          "NAME" },
        { "ascii", 0, 0, G_OPTION_ARG_NONE, &o->ascii, N_("draw with ASCII only"), NULL },
        { "ambiguous", 0, 0, G_OPTION_ARG_STRING, &raw->ambiguous,
          N_("columns of characters that terminals disagree about: auto (it is asked), 1 or 2"),
          "COLUMNS" },
        { "plain", 0, 0, G_OPTION_ARG_NONE, &o->plain,
          N_("line by line, for screen readers and slow lines; commands are typed"), NULL },
        { "no-mouse", 0, 0, G_OPTION_ARG_NONE, &o->no_mouse,
          N_("leave the mouse to the terminal"), NULL },
        { "check", 0, 0, G_OPTION_ARG_NONE, &o->check,
          N_("lesson: say what is wrong with a lesson, or a folder of lessons"), NULL },
        { "handout", 0, 0, G_OPTION_ARG_STRING, &raw->handout,
          N_("lesson: print it on paper: blanks (to fill in) or key (with the answers)"), "WHICH" },
        { "class", 0, 0, G_OPTION_ARG_FILENAME, &o->class_file,
          N_("write the answers to questions to this file, too: FILE.csv or FILE.json"), "FILE" },
        { "version", 0, 0, G_OPTION_ARG_NONE, &o->version, N_("print the version"), NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->files, NULL, "[FILE...]" },
        { NULL, 0, 0, 0, NULL, NULL, NULL }
    };

    return g_memdup2(table, sizeof table);
}

/* Those of --spf and --author-exists are read in analysis/hypothesis-read.c. */
const char *const *
options_values(const char *option)
{
    static const char *const yes_words[] = { "yes", "no", NULL };
    static const char *const spf_words[] = { "pass", "fail", "softfail", "neutral", "none",
                                             "temperror", "permerror", NULL };
    static const struct { const char *option; const char *const *words; } table[] = {
        { "format", format_words }, { "color", color_words }, { "second-opinions", opinion_words },
        { "lang", language_words }, { "ambiguous", ambiguous_words },
        { "theme", theme_words },
        { "handout", handout_words },
        { "author-exists", yes_words }, { "spf", spf_words },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_str_equal(table[i].option, option))
            return table[i].words;
    return NULL;
}

static const char *
nearest_option(const GOptionEntry *table, const char *word)
{
    const char *best = "help";
    guint least = nearest_distance(word, best);

    for (; table->long_name; table++) {
        if (!*table->long_name)
            continue;
        const guint d = nearest_distance(word, table->long_name);
        if (d < least) {
            least = d;
            best = table->long_name;
        }
    }
    return best;
}

static void
explain(GError **error, char *message)
{
    g_free((*error)->message);
    (*error)->message = message;
}

/* GLib's own catalogue is often not installed. */
static void
explain_value(GError **error)
{
    const char *option = g_strrstr((*error)->message, "--");

    if (translate_is_english() || !option)
        return;
    g_autofree char *name = g_strndup(option, strcspn(option, " "));
    explain(error, g_strdup_printf(_("%s: its value is missing, or cannot be read"), name));
}

/* GOption says "Unknown option --fo"; we add what was probably meant. */
static void
explain_fault(GError **error, const GOptionEntry *table)
{
    if (!g_error_matches(*error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)) {
        explain_value(error);
        return;
    }
    const char *dashes = strstr((*error)->message, "-");
    g_autofree char *word = g_strdup(dashes ? dashes : "");
    word[strcspn(word, " ")] = '\0';    /* GLib may have spoken another language */
    if (disk_exists(word)) {
        explain(error, g_strdup_printf(_("unknown option %s; if the file of that name is meant, write ./%s"), word, word));
        return;
    }
    explain(error, g_strdup_printf(_("unknown option %s; the nearest is --%s"), word,
                                   nearest_option(table, word + strspn(word, "-"))));
}

#define usage_error(error, ...) \
    fault_set(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, __VA_ARGS__)

static const CommandEntry *
find_command(const char *word)
{
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (*word && g_str_equal(entry->word, word))
            return entry;
    return NULL;
}

static gboolean
read_word(const char *text, const char *const *words, int *index)
{
    for (int i = 0; words[i]; i++) {
        if (g_str_equal(words[i], text)) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
read_time(Options *o, GError **error)
{
    o->at = RECORD_UNSET;
    if (!o->at_text)
        return TRUE;
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(o->at_text, utc);
    if (!time)
        return usage_error(error, _("--at %s: not a time like 2026-11-22T04:00:00Z"), o->at_text);
    o->at = g_date_time_to_unix(time);
    return TRUE;
}

static gboolean
read_color(Options *o, const char *when, GError **error)
{
    const char *no_color = g_getenv("NO_COLOR");
    enum { AUTO, ALWAYS, NEVER };
    int word = AUTO;

    if (when && !read_word(when, color_words, &word))
        return usage_error(error, _("--color %s: not auto, always or never"), when);
    o->no_color = word == NEVER || (word == AUTO && no_color && *no_color);
    o->color = word == ALWAYS || (word == AUTO && !o->no_color && isatty(STDOUT_FILENO));
    return TRUE;
}

/* Before the configuration's: a word from there may be wrong and is said where a theme is read. */
static gboolean
read_theme(const Options *o, GError **error)
{
    g_autofree char *path = o->theme ? theme_path(o->theme) : NULL;

    if (!o->theme || path)
        return TRUE;
    g_auto(GStrv) names = theme_names();
    g_autofree char *known = g_strjoinv(", ", names);
    return usage_error(error, _("--theme %s: there is no such theme; there are %s"), o->theme, known);
}

static gboolean
read_ambiguous(Options *o, const char *columns, GError **error)
{
    if (columns && !read_word(columns, ambiguous_words, &o->ambiguous))
        return usage_error(error, _("--ambiguous %s: not auto, 1 or 2"), columns);
    return TRUE;
}

static gboolean
read_ip(Options *o, GError **error)
{
    if (!o->ip)
        return TRUE;
    g_autofree char *canonical = ip_canonical(o->ip);
    if (!canonical)
        return usage_error(error, _("--ip %s: not an IP address"), o->ip);
    return TRUE;
}

/* What `check` needs, and what nobody else takes. */
static gboolean
read_check(const Options *o, GError **error)
{
    const struct { const char *name; gboolean given; } own[] = {
        { "from", o->from != NULL }, { "dkim", o->dkim != NULL }, { "spf", o->spf != NULL },
        { "author-exists", o->author_exists != NULL }, { "form", o->form },
    };

    for (gsize i = 0; o->command != COMMAND_CHECK && i < G_N_ELEMENTS(own); i++)
        if (own[i].given)
            return usage_error(error, _("--%s belongs to the command check"), own[i].name);
    if (o->command == COMMAND_CHECK && o->files[0])
        return usage_error(error, _("check takes no FILE, but there is %s"), o->files[0]);
    if (o->command == COMMAND_INFO && o->files[0])
        return usage_error(error, _("info takes no FILE, but there is %s"), o->files[0]);
    if (o->command == COMMAND_CHECK && !o->from && !o->form)
        return usage_error(error, _("check: --from is missing (or --form for any visitor)"));
    return TRUE;
}

/* Takes `text` over. */
G_GNUC_NORETURN static void
print_and_leave(char *text)
{
    const gboolean printed = session_print(text);

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

static gboolean
read_edits(Options *o, GError **error)
{
    if (!o->what_if)
        return TRUE;
    if (o->command != COMMAND_REPORT && o->command != COMMAND_CHECK && o->command != COMMAND_VIEW)
        return usage_error(error, _("--%s belongs to the commands report and check"), "what-if");
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

/* What only `lesson` takes, and how much of it. */
static gboolean
read_lesson(Options *o, const char *handout, GError **error)
{
    int which = 0;

    if (o->command != COMMAND_LESSON && (o->check || handout))
        return usage_error(error, _("--%s belongs to the command lesson"),
                           o->check ? "check" : "handout");
    if (o->class_file && o->command != COMMAND_LESSON && o->command != COMMAND_VIEW)
        return usage_error(error, _("--class belongs to the screen and to the command lesson"));
    if (o->class_file && !class_file_known(o->class_file, error))
        return FALSE;
    if (o->command != COMMAND_LESSON)
        return TRUE;
    if (handout && !read_word(handout, handout_words, &which))
        return usage_error(error, _("--handout %s: not blanks or key"), handout);
    if (handout && !o->files[0])
        return usage_error(error, _("--handout: which lesson?"));
    if (!o->check && o->files[0] && o->files[1])
        return usage_error(error, _("lesson opens one lesson, but there is %s, too"), o->files[1]);
    o->handout = handout ? which + 1 : LESSON_PLAYED;
    return TRUE;
}

static gboolean
read_index(Options *o, GError **error)
{
    if (o->index == G_MININT)
        o->index = 0;
    else if (o->index < 1)
        return usage_error(error, _("--index %d: messages count from 1"), o->index);
    if (o->count == G_MININT)
        o->count = 0;
    else if (o->count < 1)
        return usage_error(error, _("--count %d: not a number from 1"), o->count);
    if (o->count > 0)
        o->index = MAX(o->index, 1);
    return TRUE;
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
    }
    if (!read_check(o, error))
        return FALSE;
    if ((o->command == COMMAND_REPORT || o->command == COMMAND_SNAPSHOT || o->command == COMMAND_SURVEY) &&
        !o->files[0] && !o->files_from)
        return usage_error(error, _("%s: no FILE given"), entry->word);
    return TRUE;
}

/* How many messages are shared out, which only two commands do. */
static gboolean
read_batch(Options *o, GError **error)
{
    const struct { const char *name; gboolean given; } own[] = {
        { "files-from", o->files_from != NULL }, { "null", o->nul }, { "jobs", o->jobs != G_MININT },
        { "isolate", o->isolate }, { "count", o->count > 0 },
    };

    for (gsize i = 0; o->command != COMMAND_REPORT && o->command != COMMAND_SURVEY && i < G_N_ELEMENTS(own); i++)
        if (own[i].given)
            return usage_error(error, _("--%s belongs to the commands report and survey"), own[i].name);
    if (o->nul && !o->files_from)
        return usage_error(error, _("-0: there is no --files-from whose names could end with NUL"));
    if (o->files_from && g_str_equal(o->files_from, "-") && g_strv_contains((const char *const *)o->files, "-"))
        return usage_error(error, _("--files-from -: standard input cannot be a message, too"));
    if (o->jobs != G_MININT && (o->jobs < 1 || o->jobs > JOBS_MAX))
        return usage_error(error, _("-j %d: not a number from 1 to %d"), o->jobs, JOBS_MAX);
    if (o->jobs == G_MININT)
        o->jobs = 0;
    return TRUE;
}

/* What only `survey` takes, and the formats that it has. */
static gboolean
read_survey(Options *o, GError **error)
{
    const gboolean survey = o->command == COMMAND_SURVEY;

    if (!survey && (o->merge || o->domain))
        return usage_error(error, _("--%s belongs to the command survey"), o->merge ? "merge" : "domain");
    if (!survey && o->format == FORMAT_CSV)
        return usage_error(error, _("--format csv belongs to the command survey"));
    if (survey && o->format != FORMAT_TEXT && o->format != FORMAT_JSON && o->format != FORMAT_CSV)
        return usage_error(error, _("--format %s: survey knows text, json and csv"), format_words[o->format]);
    if (o->merge && o->domain)
        return usage_error(error, _("--domain cannot be given with --merge"));
    if (o->list && !survey)
        return usage_error(error, _("--%s belongs to the command survey"), "list");
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

    if (when && !read_word(when, opinion_words, &word))
        return usage_error(error, _("--second-opinions %s: not auto, on or off"), when);
    /* About assumed inputs only where somebody asks for that. */
    if (word == AUTO)
        o->second_opinions = g_strv_length(o->files) < 2 && !o->files_from && !o->edits ? TRI_UNKNOWN : TRI_FALSE;
    else
        o->second_opinions = word == ON ? TRI_TRUE : TRI_FALSE;
    return TRUE;
}

static gboolean
check(Options *o, const Raw *raw, GError **error)
{
    int format = FORMAT_TEXT;

    if (raw->format && !read_word(raw->format, format_words, &format))
        return usage_error(error, _("--format %s: not text, json, markdown, html, steps or csv"), raw->format);
    o->format = (Format)format;
    int language = 0;
    if (raw->lang && !read_word(raw->lang, language_words, &language))
        return usage_error(error, _("--lang %s: not en or ja"), raw->lang);
    return read_time(o, error) && read_color(o, raw->color, error) && read_ip(o, error) &&
           read_ambiguous(o, raw->ambiguous, error) &&
           read_index(o, error) && read_command(o, error) && read_batch(o, error) && read_survey(o, error) &&
           read_lesson(o, raw->handout, error) && read_edits(o, error) && read_dns(o, error) && read_redact(o, error) &&
           read_second_opinions(o, raw->second_opinions, error);
}

static void
settle_text(char **target, const char *value)
{
    if (!*target)
        *target = g_strdup(value);
}

/* What the command line leaves open is as the configuration has it. (Its DNS server is no
 * --dns-server: session_live_options().) */
static void
settle(Options *o, Raw *raw, const Config *config)
{
    settle_text(&o->trust_anchor, config->trust_anchor);
    settle_text(&o->psl, config->psl);
    settle_text(&raw->color, config->color);
    settle_text(&raw->second_opinions, config->second_opinions);
    settle_text(&raw->ambiguous, config->ambiguous);
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

GOptionEntry *
options_table(void)
{
    Options nowhere = { 0 };
    Raw raw = { NULL };

    /* For readers of the table: the addresses in it are never written to. */
    GOptionEntry *table = entries(&nowhere, &raw);
    for (GOptionEntry *entry = table; entry->long_name; entry++)
        entry->arg_data = NULL;
    return table;
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

Options *
options_parse(int argc, char **argv, const Config *config, GError **error)
{
    g_autoptr(Options) options = g_new0(Options, 1);
    Raw raw = { NULL };

    options->dns_timeout = config->dns_timeout > 0 ? config->dns_timeout : LIVE_TIMEOUT_DEFAULT;
    options->ascii = config->ascii;
    options->no_mouse = config->no_mouse;
    options->index = options->count = options->jobs = G_MININT;
    g_autofree GOptionEntry *table = entries(options, &raw);
    g_autoptr(GOptionContext) context = g_option_context_new(_("- who stood behind this From:?"));

    g_autofree char *summary = usage_summary();
    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, _(USAGE_EXIT));
    g_option_context_add_main_entries(context, table, NULL);
    g_option_group_set_translate_func(g_option_context_get_main_group(context), translated, NULL,
                                      NULL);
    if (help_wanted(argv))
        print_and_leave(help_text(context));    /* as GLib does where it prints its own */
    GStringChunk *own = g_string_chunk_new(64);
    g_autofree char **parted = part_numbers(argc, argv, own);
    char **words = parted;
    gboolean good = g_option_context_parse(context, &argc, &words, error);
    g_string_chunk_free(own);
    if (good)
        help_with_edits(options);
    good = good && read_theme(options, error);
    if (good) {
        settle(options, &raw, config);
        good = check(options, &raw, error);
    } else {
        explain_fault(error, table);
    }
    g_free(raw.format);
    g_free(raw.color);
    g_free(raw.second_opinions);
    g_free(raw.lang);
    g_free(raw.ambiguous);
    g_free(raw.handout);
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
    g_free(options->files_from);
    g_free(options);
}
