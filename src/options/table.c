/* table.c: the options and commands there are: what parses, and what --help, manual and completions print.
 * SPDX-License-Identifier: MIT */
#include "options/part.h"

#include "base/translate.h"
#include "options/language.h"

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

const char *const options_formats[] = { "text", "json", "markdown", "html", "steps", "csv", NULL };
const char *const options_colors[] = { "auto", "always", "never", NULL };
const char *const options_widths[] = { "auto", "1", "2", NULL };
const char *const options_handouts[] = { "blanks", "key", NULL };
const char *const options_opinions[] = { "auto", "on", "off", NULL };

/* An option, and where in a Draft it goes. */
typedef struct {
    const char *name;
    char        letter;     /* or 0 */
    GOptionArg  kind;
    gsize       place;
    guint       commands;   /* those that it belongs to; elsewhere it is refused */
    const char *about, *value;
} Row;

#define GIVEN(field) offsetof(Draft, given.field)
#define WORD(field) offsetof(Draft, field)

#define BIT(command) (1u << COMMAND_##command)
/* What the configuration may settle, too, what leaves something out, how things look: a script may pass it to any command. */
#define ANY 0u
#define JUDGING (BIT(VIEW) | BIT(REPORT) | BIT(CHECK) | BIT(SURVEY))    /* a verdict is printed */
#define ASKING (JUDGING | BIT(SNAPSHOT))                                /* a message is looked at with DNS */
#define MANY (BIT(REPORT) | BIT(SURVEY))                                /* messages are shared out */

static const Row rows[] = {
    { "format", 0, G_OPTION_ARG_STRING, WORD(format), JUDGING,
      N_("text, json, markdown, html or steps (survey: text, json or csv)"), "FORMAT" },
    { "dns", 0, G_OPTION_ARG_FILENAME_ARRAY, GIVEN(dns), ANY,
      N_("take DNS answers from this snapshot (repeatable)"), "FILE" },
    { "offline", 0, G_OPTION_ARG_NONE, GIVEN(offline), ANY, N_("ask no DNS at all"), NULL },
    { "dns-server", 0, G_OPTION_ARG_STRING, GIVEN(dns_server), ANY,
      N_("ask this server live, instead of the system's"), "ADDR[@PORT]" },
    { "dns-timeout", 0, G_OPTION_ARG_DOUBLE, GIVEN(dns_timeout), ANY,
      N_("time for all live questions of a message (5)"), "SECONDS" },
    { "trust-anchor", 0, G_OPTION_ARG_FILENAME, GIVEN(trust_anchor), ANY,
      N_("DNSSEC key of the root, instead of the system's"), "FILE" },
    { "no-beside", 0, G_OPTION_ARG_NONE, GIVEN(no_beside), ANY,
      N_("do not use a snapshot that lies beside the message"), NULL },
    { "ip", 0, G_OPTION_ARG_STRING, GIVEN(ip), ASKING, N_("client IP, instead of the message's"), "ADDRESS" },
    { "helo", 0, G_OPTION_ARG_STRING, GIVEN(helo), ASKING, N_("HELO name, instead of the message's"), "NAME" },
    { "mail-from", 0, G_OPTION_ARG_STRING, GIVEN(mail_from), ASKING,
      N_("envelope From, instead of the message's; <> is the null sender"), "ADDRESS" },
    { "from", 0, G_OPTION_ARG_STRING, GIVEN(from), BIT(CHECK), N_("who stands in From:"), "ADDRESS|DOMAIN" },
    { "dkim", 0, G_OPTION_ARG_STRING_ARRAY, GIVEN(dkim), BIT(CHECK),
      N_("a signature, and how it comes out (pass); repeatable"), "DOMAIN[:RESULT]" },
    { "spf", 0, G_OPTION_ARG_STRING, GIVEN(spf), BIT(CHECK), N_("how SPF comes out, instead of asking"), "RESULT" },
    { "author-exists", 0, G_OPTION_ARG_STRING, GIVEN(author_exists), BIT(CHECK),
      N_("whether From:'s domain exists (matters for np=)"), "yes|no" },
    { "form", 0, G_OPTION_ARG_NONE, GIVEN(form), BIT(CHECK),
      N_("From: is any visitor of a web form; several policies at once"), NULL },
    { "merge", 0, G_OPTION_ARG_NONE, GIVEN(merge), BIT(SURVEY),
      N_("the files are surveys (--format json) of parts: add them up"), NULL },
    { "list", 0, G_OPTION_ARG_NONE, GIVEN(list), BIT(SURVEY),
      N_("one line for each message, without analysis: index, date, From, Subject, with tabs between"), NULL },
    { "domain", 0, G_OPTION_ARG_STRING, GIVEN(domain), BIT(SURVEY),
      N_("only messages with this domain, or one below it, in From:"), "DOMAIN" },
    { "trust", 0, G_OPTION_ARG_STRING_ARRAY, GIVEN(trust), ANY,
      N_("count this host's reported results as evidence (repeatable)"), "AUTHSERV-ID" },
    { "at", 0, G_OPTION_ARG_STRING, GIVEN(at_text), ASKING,
      N_("judge t= and x= as of this time (RFC 3339); else the receipt time"), "TIME" },
    { "psl", 0, G_OPTION_ARG_FILENAME, GIVEN(psl), ANY, N_("public suffix list"), "FILE" },
    { "what-if", 0, G_OPTION_ARG_STRING_ARRAY, GIVEN(what_if), BIT(VIEW) | BIT(REPORT) | BIT(CHECK),
      N_("change an input and see what follows (repeatable); --what-if help lists the keys"), "KEY=VALUE" },
    { "second-opinions", 0, G_OPTION_ARG_STRING, WORD(second_opinions), ANY,
      N_("ask libspf2 and OpenDMARC, too: auto (for one message), on or off"), "WHEN" },
    { "inner", 0, G_OPTION_ARG_NONE, GIVEN(inner), BIT(VIEW) | BIT(REPORT) | BIT(SNAPSHOT),
      N_("the messages inside a message, too"), NULL },
    { "index", 0, G_OPTION_ARG_INT, GIVEN(index), BIT(VIEW) | MANY | BIT(SNAPSHOT) | BIT(REPAIR),
      N_("only the N-th message of a mailbox (from 1)"), "N" },
    { "count", 0, G_OPTION_ARG_INT, GIVEN(count), MANY, N_("only this many messages, from --index on"), "N" },
    { "files-from", 0, G_OPTION_ARG_FILENAME_ARRAY, GIVEN(files_from), MANY,
      N_("read the names of the files from this one, one on each line (-: standard input; repeatable)"), "FILE" },
    { "null", '0', G_OPTION_ARG_NONE, GIVEN(nul), MANY, N_("names in --files-from end with NUL, not with the line"), NULL },
    { "jobs", 'j', G_OPTION_ARG_INT, GIVEN(jobs), MANY,
      N_("number of confined worker processes (as many as there are processors)"), "N" },
    { "isolate", 0, G_OPTION_ARG_NONE, GIVEN(isolate), MANY, N_("a process of its own for each message; slower"), NULL },
    { "redact", 0, G_OPTION_ARG_NONE, GIVEN(redact), ANY,
      N_("mask names of people, what stands before the @, and subjects"), NULL },
    { "exit-code", 0, G_OPTION_ARG_NONE, GIVEN(exit_code), JUDGING, N_("make the verdict the exit status"), NULL },
    { "color", 0, G_OPTION_ARG_STRING, WORD(color), ANY, N_("auto, always or never"), "WHEN" },
    { "lang", 0, G_OPTION_ARG_STRING, WORD(lang), ANY, N_("en or ja; else as the locale has it"), "LANGUAGE" },
    { "theme", 0, G_OPTION_ARG_STRING, GIVEN(theme), ANY,
      N_("colors of the screen: dark, light, high-contrast, color-blind, mono, or a file"), "NAME" },
    { "ascii", 0, G_OPTION_ARG_NONE, GIVEN(ascii), ANY, N_("draw with ASCII only"), NULL },
    { "ambiguous", 0, G_OPTION_ARG_STRING, WORD(ambiguous), ANY,
      N_("columns of characters that terminals disagree about: auto (it is asked), 1 or 2"), "COLUMNS" },
    { "plain", 0, G_OPTION_ARG_NONE, GIVEN(plain), ANY,
      N_("line by line, for screen readers and slow lines; commands are typed"), NULL },
    { "no-mouse", 0, G_OPTION_ARG_NONE, GIVEN(no_mouse), ANY, N_("leave the mouse to the terminal"), NULL },
    { "check", 0, G_OPTION_ARG_NONE, GIVEN(check), BIT(LESSON),
      N_("say what is wrong with a lesson, or a folder of lessons"), NULL },
    { "handout", 0, G_OPTION_ARG_STRING, WORD(handout), BIT(LESSON),
      N_("print it on paper: blanks (to fill in) or key (with the answers)"), "WHICH" },
    { "class", 0, G_OPTION_ARG_FILENAME, GIVEN(class_file), ANY,
      N_("write the answers to questions to this file, too: FILE.csv or FILE.json"), "FILE" },
    { "version", 0, G_OPTION_ARG_NONE, GIVEN(version), ANY, N_("print the version"), NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_ARG_FILENAME_ARRAY, GIVEN(files), ANY, NULL, "[FILE...]" },
};

static const Row *
row_of(const char *option)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(rows[i].name, option))
            return &rows[i];
    return NULL;
}

char **
options_belongs(const char *option)
{
    const Row *row = row_of(option);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    if (!row || row->commands == ANY)
        return NULL;
    for (const CommandEntry *entry = options_commands; entry->word; entry++)
        if (*entry->word && row->commands & 1u << entry->command)
            g_strv_builder_add(words, entry->word);
    return g_strv_builder_end(words);
}

static gboolean
is_given(const Draft *draft, const Row *row)
{
    const char *place = (const char *)draft + row->place;

    switch (row->kind) {
    case G_OPTION_ARG_NONE:
        return *(const gboolean *)place;
    case G_OPTION_ARG_INT:
        return *(const int *)place != G_MININT;
    default:
        return *(char *const *)place != NULL;      /* a text, or a list of them; the number of seconds goes with any command */
    }
}

const char *
options_stray(const Draft *draft)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].commands != ANY && !(rows[i].commands & 1u << draft->given.command) && is_given(draft, &rows[i]))
            return rows[i].name;
    return NULL;
}

GOptionEntry *
options_entries(Draft *draft)
{
    GOptionEntry *entries = g_new0(GOptionEntry, G_N_ELEMENTS(rows) + 1);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        entries[i] = (GOptionEntry){ .long_name = rows[i].name, .short_name = rows[i].letter, .arg = rows[i].kind,
                                     .arg_data = draft ? (char *)draft + rows[i].place : NULL,
                                     .description = rows[i].about, .arg_description = rows[i].value };
    return entries;
}

GOptionEntry *
options_table(void)
{
    return options_entries(NULL);
}

/* Those of --spf and --author-exists are read in analysis/hypothesis-read.c. */
const char *const *
options_values(const char *option)
{
    static const char *const yes_words[] = { "yes", "no", NULL };
    static const char *const spf_words[] = { "pass", "fail", "softfail", "neutral", "none",
                                             "temperror", "permerror", NULL };
    /* Those that are installed; people have their own, too. */
    static const char *const theme_words[] = { "dark", "light", "high-contrast", "color-blind", "mono",
                                               "default", NULL };
    static const struct { const char *option; const char *const *words; } table[] = {
        { "format", options_formats }, { "color", options_colors }, { "second-opinions", options_opinions },
        { "lang", language_words }, { "ambiguous", options_widths }, { "theme", theme_words },
        { "handout", options_handouts }, { "author-exists", yes_words }, { "spf", spf_words },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_str_equal(table[i].option, option))
            return table[i].words;
    return NULL;
}
