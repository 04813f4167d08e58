/* values.c: values of the command line: what each means by itself.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/place.h"
#include "base/translate.h"
#include "base/instant.h"
#include "facts/record.h"
#include "headers/identities.h"
#include "headers/ip.h"
#include "options/language.h"
#include "options/part.h"
#include "tui/terminal/theme.h"

gboolean
options_word(const char *text, const char *const *words, int *index)
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
    if (!instant_read(o->at_text, &o->at))
        return usage_error(error, _("--at %s: not a time like 2026-11-22T04:00:00Z"), o->at_text);
    return TRUE;
}

static gboolean
read_color(Options *o, const char *when, GError **error)
{
    const char *no_color = g_getenv("NO_COLOR");
    enum { AUTO, ALWAYS, NEVER };
    int word = AUTO;

    if (when && !options_word(when, options_colors, &word))
        return usage_error(error, _("--color %s: not auto, always or never"), when);
    o->no_color = word == NEVER || (word == AUTO && no_color && *no_color);
    o->color = word == ALWAYS || (word == AUTO && !o->no_color && isatty(STDOUT_FILENO));
    return TRUE;
}

static gboolean
read_ambiguous(Options *o, const char *columns, GError **error)
{
    if (columns && !options_word(columns, options_widths, &o->ambiguous))
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

/* What the analysis cannot read it would take from the message instead, and nobody would notice. */
static gboolean
read_envelope(const Options *o, GError **error)
{
    const IdentityOverrides given = { .helo = o->helo, .mail_from = o->mail_from };

    if (!o->helo && !o->mail_from)
        return TRUE;
    Report *tried = report_new();
    identities_envelope(NULL, &given, tried);
    const gboolean path = !o->mail_from || tried->envelope->mail_from->provenance != PROVENANCE_UNKNOWN;
    const gboolean name = !o->helo || tried->envelope->helo->provenance != PROVENANCE_UNKNOWN;
    report_free(tried);
    if (!path)
        return usage_error(error, _("--mail-from %s: not an address, a domain or <>"), o->mail_from);
    return name || usage_error(error, _("--helo: a name is missing"));
}

/* No field names a host so: a word is one that a shell made of an unset variable, or two. */
static gboolean
read_trust(const Options *o, GError **error)
{
    for (guint i = 0; o->trust && o->trust[i]; i++)
        if (!*o->trust[i] || strpbrk(o->trust[i], " \t\r\n"))
            return usage_error(error, _("--trust \"%s\": not the name of a host"), o->trust[i]);
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

static gboolean
read_format(Draft *draft, GError **error)
{
    int format = FORMAT_TEXT, language = 0;

    if (draft->format && !options_word(draft->format, options_formats, &format))
        return usage_error(error, _("--format %s: not text, json, markdown, html, steps or csv"), draft->format);
    if (draft->lang && !options_word(draft->lang, language_words, &language))
        return usage_error(error, _("--lang %s: not en or ja"), draft->lang);
    draft->given.format = (Format)format;
    return TRUE;
}

gboolean
options_read_values(Draft *draft, GError **error)
{
    Options *o = &draft->given;

    return read_format(draft, error) && read_time(o, error) && read_color(o, draft->color, error) && read_ip(o, error) &&
           read_envelope(o, error) && read_trust(o, error) &&
           read_ambiguous(o, draft->ambiguous, error) && read_index(o, error);
}

gboolean
options_read_theme(const Options *o, GError **error)
{
    g_autofree char *path = o->theme ? theme_path(o->theme) : NULL;

    if (!o->theme || path)
        return TRUE;
    g_auto(GStrv) names = theme_names();
    if (!names[0]) {
        g_autofree char *folder = place_installed("themes");
        return usage_error(error, _("--theme %s: there are no themes here: %s is not there"), o->theme, folder);
    }
    g_autofree char *known = g_strjoinv(", ", names);
    return usage_error(error, _("--theme %s: there is no such theme; there are %s"), o->theme, known);
}
