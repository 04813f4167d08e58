/* script.c: the scripts of each label of a name.
 * SPDX-License-Identifier: MIT */
#include "headers/script.h"

#include <string.h>

#include "base/name.h"

/* More scripts than these in one label are mixed in any case. */
#define SCRIPTS_MAX 8

typedef struct {
    GUnicodeScript all[SCRIPTS_MAX];
    guint          count;
} Scripts;

static void
add_script(Scripts *scripts, GUnicodeScript script)
{
    for (guint i = 0; i < scripts->count; i++)
        if (scripts->all[i] == script)
            return;
    if (scripts->count < SCRIPTS_MAX)
        scripts->all[scripts->count++] = script;
}

/* Digits, hyphens, the long-vowel mark and combining marks go with every script. */
static Scripts
scripts_of(const char *label, const char *end)
{
    Scripts scripts = { .count = 0 };

    for (; label < end; label = g_utf8_next_char(label)) {
        const GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(label));
        if (script != G_UNICODE_SCRIPT_COMMON && script != G_UNICODE_SCRIPT_INHERITED)
            add_script(&scripts, script);
    }
    return scripts;
}

static gboolean
all_among(const Scripts *scripts, const GUnicodeScript *allowed, gsize count)
{
    for (guint i = 0; i < scripts->count; i++) {
        gboolean found = FALSE;
        for (gsize k = 0; k < count; k++)
            found = found || scripts->all[i] == allowed[k];
        if (!found)
            return FALSE;
    }
    return TRUE;
}

/* UTS #39, 5.2: Japanese, Chinese and Korean, each with Latin. */
static gboolean
is_usual(const Scripts *scripts)
{
    static const GUnicodeScript japanese[] = { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_HAN,
                                               G_UNICODE_SCRIPT_HIRAGANA,
                                               G_UNICODE_SCRIPT_KATAKANA };
    static const GUnicodeScript chinese[] = { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_HAN,
                                              G_UNICODE_SCRIPT_BOPOMOFO };
    static const GUnicodeScript korean[] = { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_HAN,
                                             G_UNICODE_SCRIPT_HANGUL };

    return scripts->count < 2 || all_among(scripts, japanese, G_N_ELEMENTS(japanese)) ||
           all_among(scripts, chinese, G_N_ELEMENTS(chinese)) ||
           all_among(scripts, korean, G_N_ELEMENTS(korean));
}

/* GLib has no names of scripts for people: those that are met in names. */
static const char *
script_name(GUnicodeScript script)
{
    static const struct { GUnicodeScript script; const char *name; } names[] = {
        { G_UNICODE_SCRIPT_LATIN, "Latin" },       { G_UNICODE_SCRIPT_CYRILLIC, "Cyrillic" },
        { G_UNICODE_SCRIPT_GREEK, "Greek" },       { G_UNICODE_SCRIPT_ARMENIAN, "Armenian" },
        { G_UNICODE_SCRIPT_HAN, "Han" },           { G_UNICODE_SCRIPT_HIRAGANA, "Hiragana" },
        { G_UNICODE_SCRIPT_KATAKANA, "Katakana" }, { G_UNICODE_SCRIPT_HANGUL, "Hangul" },
        { G_UNICODE_SCRIPT_BOPOMOFO, "Bopomofo" }, { G_UNICODE_SCRIPT_ARABIC, "Arabic" },
        { G_UNICODE_SCRIPT_HEBREW, "Hebrew" },     { G_UNICODE_SCRIPT_THAI, "Thai" },
        { G_UNICODE_SCRIPT_CHEROKEE, "Cherokee" }, { G_UNICODE_SCRIPT_GEORGIAN, "Georgian" },
        { G_UNICODE_SCRIPT_DEVANAGARI, "Devanagari" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].script == script)
            return names[i].name;
    return "?";
}

static char *
list_of(const Scripts *scripts)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < scripts->count; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", script_name(scripts->all[i]));
    return g_string_free(out, FALSE);
}

char *
script_mixed_label(const char *name, char **scripts)
{
    if (!g_utf8_validate(name, -1, NULL))
        return NULL;
    for (const char *label = name; *label;) {
        const char *end = label + strcspn(label, ".");
        const Scripts found = scripts_of(label, end);
        if (!is_usual(&found)) {
            if (scripts)
                *scripts = list_of(&found);
            return g_strndup(label, (gsize)(end - label));
        }
        label = *end ? end + 1 : end;
    }
    return NULL;
}

gboolean
script_name_is_restrictive(const char *name)
{
    g_autofree char *label = script_mixed_label(name, NULL);

    return label == NULL;
}

/* ---- names in lists ---- */

/* Scripts with letters that look like Latin ones; each other is seen to be another. */
static gboolean
looks_latin(GUnicodeScript script)
{
    return script == G_UNICODE_SCRIPT_CYRILLIC || script == G_UNICODE_SCRIPT_GREEK ||
           script == G_UNICODE_SCRIPT_ARMENIAN || script == G_UNICODE_SCRIPT_CHEROKEE;
}

static gboolean
may_deceive(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (!script_name_is_restrictive(name))
        return TRUE;
    if (!g_str_is_ascii(dot ? dot : name))
        return FALSE;
    for (const char *at = name; *at; at = g_utf8_next_char(at))
        if (looks_latin(g_unichar_get_script(g_utf8_get_char(at))))
            return TRUE;
    return FALSE;
}

static void
append_guarded(GString *out, const char *domain, gsize length)
{
    g_autofree char *name = g_strndup(domain, length);
    const gboolean deceives = !g_str_is_ascii(name) && may_deceive(name);
    g_autofree char *plain = deceives ? name_normalise(name) : NULL;

    g_string_append(out, plain ? plain : name);
}

char *
script_guarded(const char *text)
{
    if (g_str_is_ascii(text) || !g_utf8_validate(text, -1, NULL))
        return g_strdup(text);
    GString *out = g_string_new(NULL);
    for (const char *at = text; *at;) {
        const gsize before = strcspn(at, "@") + (strchr(at, '@') ? 1 : 0);
        const gsize domain = strcspn(at + before, "@ \t\r\n<>()[],;:\"\\");
        g_string_append_len(out, at, (gssize)before);
        append_guarded(out, at + before, at[before - 1] == '@' ? domain : 0);
        at += before + domain;
    }
    return g_string_free(out, FALSE);
}
