/* options.c: the command line.
 * SPDX-License-Identifier: MIT */
#include "options.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "dns/live.h"
#include "facts/record.h"
#include "headers/received.h"

static const char *const command_words[] = { "", "report", "check", "info", "snapshot", NULL };
/* Commands of the contract that this version does not have yet. */
static const char *const later_words[] = { "survey", "repair", "lesson", NULL };
static const char *const format_words[] = { "text", "json", NULL };

#define USAGE_SUMMARY                                                                        \
    "  fromscope [FILE|-]          open a message in the terminal UI\n"                      \
    "  fromscope report FILE...    print the analysis\n"                                     \
    "  fromscope check --from ...  the same for a message that does not exist yet\n"         \
    "  fromscope snapshot FILE...  ask live DNS what the analysis needs, print a snapshot\n"   \
    "  fromscope info              versions and paths\n\n"                                   \
    "DNS answers come from FILE.dns beside the message, or from --dns; else DNS is asked."
#define USAGE_EXIT                                                                           \
    "Exit status: 0 done; 2 usage or unreadable file. With --exit-code, by DMARC result:\n"  \
    "0 pass, 1 fail, 3 none, 4 temperror, permerror or unknown."

typedef struct {
    char *format, *color, *second_opinions;
} Raw;

static GOptionEntry *
entries(Options *o, Raw *raw)
{
    const GOptionEntry table[] = {
        { "format", 0, 0, G_OPTION_ARG_STRING, &raw->format, "report: text or json", "FORMAT" },
        { "dns", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->dns,
          "take DNS answers from this snapshot (repeatable)", "FILE" },
        { "offline", 0, 0, G_OPTION_ARG_NONE, &o->offline, "ask no DNS at all", NULL },
        { "dns-server", 0, 0, G_OPTION_ARG_STRING, &o->dns_server,
          "ask this server live, instead of the system's", "ADDR[@PORT]" },
        { "dns-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &o->dns_timeout,
          "time for all live questions of a message (5)", "SECONDS" },
        { "trust-anchor", 0, 0, G_OPTION_ARG_FILENAME, &o->trust_anchor,
          "DNSSEC key of the root, instead of the system's", "FILE" },
        { "no-beside", 0, 0, G_OPTION_ARG_NONE, &o->no_beside,
          "do not use a snapshot that lies beside the message", NULL },
        { "ip", 0, 0, G_OPTION_ARG_STRING, &o->ip, "client IP, instead of the message's", "ADDRESS" },
        { "helo", 0, 0, G_OPTION_ARG_STRING, &o->helo, "HELO name, instead of the message's", "NAME" },
        { "mail-from", 0, 0, G_OPTION_ARG_STRING, &o->mail_from,
          "envelope From, instead of the message's; <> is the null sender", "ADDRESS" },
        { "from", 0, 0, G_OPTION_ARG_STRING, &o->from, "check: who stands in From:",
          "ADDRESS|DOMAIN" },
        { "dkim", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->dkim,
          "check: a signature, and how it comes out (pass); repeatable", "DOMAIN[:RESULT]" },
        { "spf", 0, 0, G_OPTION_ARG_STRING, &o->spf, "check: how SPF comes out, instead of asking",
          "RESULT" },
        { "author-exists", 0, 0, G_OPTION_ARG_STRING, &o->author_exists,
          "check: whether From:'s domain exists (matters for np=)", "yes|no" },
        { "form", 0, 0, G_OPTION_ARG_NONE, &o->form,
          "check: From: is any visitor of a web form; several policies at once", NULL },
        { "trust", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->trust,
          "count this host's reported results as evidence (repeatable)", "AUTHSERV-ID" },
        { "at", 0, 0, G_OPTION_ARG_STRING, &o->at_text,
          "judge t= and x= as of this time (RFC 3339); else the receipt time", "TIME" },
        { "psl", 0, 0, G_OPTION_ARG_FILENAME, &o->psl, "public suffix list", "FILE" },
        { "second-opinions", 0, 0, G_OPTION_ARG_STRING, &raw->second_opinions,
          "ask libspf2 and OpenDMARC, too: auto (for one message), on or off", "WHEN" },
        { "exit-code", 0, 0, G_OPTION_ARG_NONE, &o->exit_code, "make the verdict the exit status", NULL },
        { "color", 0, 0, G_OPTION_ARG_STRING, &raw->color, "auto, always or never", "WHEN" },
        { "ascii", 0, 0, G_OPTION_ARG_NONE, &o->ascii, "draw with ASCII only", NULL },
        { "version", 0, 0, G_OPTION_ARG_NONE, &o->version, "print the version", NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->files, NULL, "[FILE...]" },
        { NULL, 0, 0, 0, NULL, NULL, NULL }
    };

    return g_memdup2(table, sizeof table);
}

/* Letters to insert, remove or replace to make one word of the other. */
static guint
distance(const char *a, const char *b)
{
    const gsize width = strlen(b) + 1;
    g_autofree guint *row = g_new(guint, width);

    for (gsize j = 0; j < width; j++)
        row[j] = (guint)j;
    for (guint i = 1; a[i - 1]; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (gsize j = 1; j < width; j++) {
            const guint above = row[j];
            row[j] = MIN(MIN(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[width - 1];
}

static const char *
nearest_option(const GOptionEntry *table, const char *word)
{
    const char *best = "help";
    guint least = distance(word, best);

    for (; table->long_name; table++) {
        if (!*table->long_name)
            continue;
        const guint d = distance(word, table->long_name);
        if (d < least) {
            least = d;
            best = table->long_name;
        }
    }
    return best;
}

/* GOption says "Unknown option --fo"; we add what was probably meant. */
static void
explain_unknown(GError **error, const GOptionEntry *table)
{
    if (!g_error_matches(*error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        return;
    const char *dashes = strstr((*error)->message, "-");
    g_autofree char *word = g_strdup(dashes ? dashes : "");
    char *name = word;
    while (*name == '-')
        name++;
    g_autofree char *message = g_strdup_printf("unknown option --%s; the nearest is --%s", name,
                                               nearest_option(table, name));
    g_free((*error)->message);
    (*error)->message = g_steal_pointer(&message);
}

#define usage_error(error, ...) \
    fault_set(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, __VA_ARGS__)

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
        return usage_error(error, "--at %s: not a time like 2026-11-22T04:00:00Z", o->at_text);
    o->at = g_date_time_to_unix(time);
    return TRUE;
}

static gboolean
read_color(Options *o, const char *when, GError **error)
{
    const char *no_color = g_getenv("NO_COLOR");

    if (!when || g_str_equal(when, "auto")) {
        o->no_color = no_color && *no_color;
        o->color = !o->no_color && isatty(STDOUT_FILENO);
    } else if (g_str_equal(when, "always")) {
        o->color = TRUE;
    } else if (g_str_equal(when, "never")) {
        o->no_color = TRUE;
    } else {
        return usage_error(error, "--color %s: not auto, always or never", when);
    }
    return TRUE;
}

static gboolean
read_ip(Options *o, GError **error)
{
    if (!o->ip)
        return TRUE;
    g_autofree char *canonical = ip_canonical(o->ip);
    if (!canonical)
        return usage_error(error, "--ip %s: not an IP address", o->ip);
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
            return usage_error(error, "--%s belongs to the command check", own[i].name);
    if (o->command == COMMAND_CHECK && o->files[0])
        return usage_error(error, "check takes no FILE, but there is %s", o->files[0]);
    if (o->command == COMMAND_CHECK && !o->from && !o->form)
        return usage_error(error, "check: --from is missing (or --form for any visitor)");
    return TRUE;
}

/* The first word is a command where it is one; a file of that name opens as ./report. */
static gboolean
read_command(Options *o, GError **error)
{
    int index = 0;

    if (!o->files)
        o->files = g_new0(char *, 1);
    if (!o->files[0])
        return TRUE;
    if (g_strv_contains(later_words, o->files[0]))
        return usage_error(error, "the command %s is not part of this version yet", o->files[0]);
    if (*o->files[0] && read_word(o->files[0], command_words, &index)) {
        o->command = (Command)index;
        g_free(o->files[0]);
        memmove(o->files, o->files + 1, g_strv_length(o->files + 1) * sizeof(char *) + sizeof(char *));
    }
    if (!read_check(o, error))
        return FALSE;
    if ((o->command == COMMAND_REPORT || o->command == COMMAND_SNAPSHOT) && !o->files[0])
        return usage_error(error, "%s: no FILE given", command_words[o->command]);
    return TRUE;
}

static gboolean
read_dns(const Options *o, GError **error)
{
    const gboolean stored = o->offline || o->dns;

    if (stored && o->command == COMMAND_SNAPSHOT)
        return usage_error(error, "snapshot: asks live DNS, so %s cannot be given with it",
                           o->offline ? "--offline" : "--dns");
    if (stored && o->dns_server)
        return usage_error(error, "--dns-server %s: cannot be given with %s", o->dns_server,
                           o->offline ? "--offline" : "--dns");
    return TRUE;
}

/* INTERFACE.md: auto is on for one message, off from two. */
static gboolean
read_second_opinions(Options *o, const char *when, GError **error)
{
    if (!when || g_str_equal(when, "auto"))
        o->second_opinions = g_strv_length(o->files) < 2;
    else if (g_str_equal(when, "on"))
        o->second_opinions = TRUE;
    else if (!g_str_equal(when, "off"))
        return usage_error(error, "--second-opinions %s: not auto, on or off", when);
    return TRUE;
}

static gboolean
check(Options *o, const Raw *raw, GError **error)
{
    int format = FORMAT_TEXT;

    if (raw->format && !read_word(raw->format, format_words, &format))
        return usage_error(error, "--format %s: not text or json", raw->format);
    o->format = (Format)format;
    return read_time(o, error) && read_color(o, raw->color, error) && read_ip(o, error) &&
           read_command(o, error) && read_dns(o, error) &&
           read_second_opinions(o, raw->second_opinions, error);
}

Options *
options_parse(int argc, char **argv, GError **error)
{
    g_autoptr(Options) options = g_new0(Options, 1);
    Raw raw = { NULL, NULL, NULL };

    options->dns_timeout = LIVE_TIMEOUT_DEFAULT;
    g_autofree GOptionEntry *table = entries(options, &raw);
    g_autoptr(GOptionContext) context = g_option_context_new("- who stood behind this From:?");

    g_option_context_set_summary(context, USAGE_SUMMARY);
    g_option_context_set_description(context, USAGE_EXIT);
    g_option_context_add_main_entries(context, table, NULL);
    gboolean good = g_option_context_parse(context, &argc, &argv, error);
    if (good)
        good = check(options, &raw, error);
    else
        explain_unknown(error, table);
    g_free(raw.format);
    g_free(raw.color);
    g_free(raw.second_opinions);
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
    g_free(options->from);
    g_free(options->spf);
    g_free(options->author_exists);
    g_free(options->ip);
    g_free(options->helo);
    g_free(options->mail_from);
    g_free(options->at_text);
    g_free(options->dns_server);
    g_free(options->trust_anchor);
    g_free(options->psl);
    g_free(options);
}
