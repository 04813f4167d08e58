/* language.c: the language in which the program speaks: --lang, else the locale's.
 * SPDX-License-Identifier: MIT
 *
 * gettext goes by the locale, and fewer are installed than people name: a container knows C.UTF-8
 * alone, a service has none at all. So the language is read from the environment here, and told to
 * gettext. */
#include "options/language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/translate.h"

#ifndef LOCALE_DIR
#define LOCALE_DIR "/usr/local/share/locale"
#endif

const char *const language_words[] = { "en", "ja", NULL };

/* "ja" of "ja_JP.UTF-8"; NULL where it is none of ours. */
static const char *
known(const char *name, gsize length)
{
    for (gsize i = 0; language_words[i]; i++) {
        const gsize own = strlen(language_words[i]);
        if (length >= own && strncmp(name, language_words[i], own) == 0 &&
            (length == own || strchr("_.@", name[own])))
            return language_words[i];
    }
    return NULL;
}

/* The last --lang of the command line, good or bad, or NULL. */
static const char *
asked(char **argv)
{
    const char *word = NULL;

    for (char **arg = argv; *arg && !g_str_equal(*arg, "--"); arg++) {
        if (g_str_has_prefix(*arg, "--lang="))
            word = *arg + strlen("--lang=");
        else if (g_str_equal(*arg, "--lang") && arg[1])
            word = arg[1];
    }
    return word;
}

/* What the environment names as the locale of a category (setlocale(3)). */
static const char *
locale_named(const char *category)
{
    const char *const variables[] = { "LC_ALL", category, "LANG" };

    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return "C";
}

/* As gettext reads it: $LANGUAGE is a list of wishes that counts in every locale but C. */
static const char *
from_environment(void)
{
    const char *locale = locale_named("LC_MESSAGES");
    const char *wishes = g_getenv("LANGUAGE");

    if (g_str_equal(locale, "C") || g_str_equal(locale, "POSIX"))
        return "en";
    for (const char *at = wishes ? wishes : ""; *at;) {
        const gsize length = strcspn(at, ":");
        const char *word = known(at, length);
        if (word)
            return word;
        at += length + (at[length] == ':');
    }
    const char *word = known(locale, strlen(locale));
    return word ? word : "en";
}

static gboolean
speaks_utf8(const char *locale)
{
    const char *dot = strchr(locale, '.');

    return dot && (g_ascii_strncasecmp(dot, ".UTF-8", 6) == 0 ||
                   g_ascii_strncasecmp(dot, ".utf8", 5) == 0);
}

/* A locale that is not installed leaves everything at C, but its character set is known. Numbers and dates are written
 * in one way everywhere, so the other categories, a file each, are not read; nor is that of messages where they are English. */
static void
set_locale(void)
{
    if (!setlocale(LC_CTYPE, "") && speaks_utf8(locale_named("LC_CTYPE")))
        setlocale(LC_CTYPE, "C.UTF-8");
}

/* Beside the program as it was built, below its prefix, or where it was meant to be installed. */
static void
bind_catalogues(void)
{
    g_autofree char *self = disk_program();
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
    g_autofree char *built = g_build_filename(folder, "locale", NULL);
    g_autofree char *installed = g_build_filename(folder, "..", "share", "locale", NULL);
    const char *const places[] = { built, installed };
    const char *place = LOCALE_DIR;

    for (gsize i = 0; i < G_N_ELEMENTS(places) && place; i++) {
        g_autofree char *catalogue = g_build_filename(places[i], "ja", "LC_MESSAGES",
                                                      TRANSLATE_DOMAIN ".mo", NULL);
        if (disk_exists(catalogue)) {
            place = places[i];
            break;
        }
    }
    bindtextdomain(TRANSLATE_DOMAIN, place);
    bind_textdomain_codeset(TRANSLATE_DOMAIN, "UTF-8");
}

/* gettext is silent in the locale C, and in newer C libraries in C.UTF-8, too: it needs a real one,
 * whichever. Asking for a text also loads the catalogue, which a confined process could not. */
static gboolean
wake_gettext(void)
{
    static const char *const locales[] = { NULL, "C.UTF-8", "ja_JP.UTF-8", "en_US.UTF-8",
                                           "en_GB.UTF-8" };

    for (gsize i = 0; i < G_N_ELEMENTS(locales); i++)
        if (setlocale(LC_MESSAGES, locales[i]) && !translate_is_english())
            return TRUE;
    return FALSE;
}

void
language_use_english(void)
{
    g_setenv("LANGUAGE", "en", TRUE);
    setlocale(LC_MESSAGES, "C");    /* gettext forgets what it remembered */
}

void
language_choose(char **argv)
{
    const char *wish = asked(argv);

    set_locale();
    const char *language = wish ? known(wish, strlen(wish)) : from_environment();
    /* Texts that the terminal cannot show are worse than English ones, unless somebody asks. */
    if (!wish && !g_get_charset(NULL))
        language = "en";
    if (!language || g_str_equal(language, "en")) {
        language_use_english();
        return;
    }
    g_setenv("LANGUAGE", language, TRUE);
    setlocale(LC_MESSAGES, "");
    if (!g_get_charset(NULL))
        setlocale(LC_CTYPE, "C.UTF-8");
    bind_catalogues();
    if (!wake_gettext())
        language_use_english();
}
