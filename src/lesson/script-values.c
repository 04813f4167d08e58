/* script-values.c: what a lesson's text says, by its keys.
 * SPDX-License-Identifier: MIT */
#include "lesson/script.h"

static const char *
find_value(const GPtrArray *settings, const char *key)
{
    for (guint i = 0; i < settings->len; i++) {
        const ScriptSetting *setting = settings->pdata[i];
        if (g_str_equal(setting->key, key))
            return setting->value;
    }
    return NULL;
}

const char *
script_value(const Script *script, const char *key)
{
    return find_value(script->head, key);
}

const char *
section_value(const ScriptSection *section, const char *key)
{
    return find_value(section->settings, key);
}

static guint
number(const char *text)
{
    guint64 value = 0;

    return text && g_ascii_string_to_unsigned(text, 10, 0, 10000, &value, NULL) ? (guint)value : 0;
}

guint
script_minutes(const Script *script)
{
    return number(script_value(script, "minutes"));
}

guint
script_hour(const Script *script)
{
    return number(script_value(script, "hour"));
}

gboolean
script_numbers(const char *text, guint last, guint32 *bits)
{
    g_auto(GStrv) words = g_strsplit_set(text ? text : "", ", ", -1);

    *bits = 0;
    for (char **word = words; *word; word++) {
        if (**word == '\0')
            continue;
        const guint value = number(*word);
        if (value == 0 || value > last)
            return FALSE;
        *bits |= 1u << value;
    }
    return TRUE;
}

guint32
script_teaches(const Script *script)
{
    guint32 bits = 0;

    script_numbers(script_value(script, "teaches"), MISCONCEPTIONS, &bits);
    return bits;
}

const char *
section_item(const ScriptSection *section)
{
    return section->kind == SECTION_PREDICT || section->kind == SECTION_ASK ||
                   section->kind == SECTION_GOAL
               ? section_value(section, "id") : NULL;
}

guint
section_misconception(const ScriptSection *section)
{
    const guint value = number(section_value(section, "misconception"));

    return value <= MISCONCEPTIONS ? value : 0;
}

const ScriptSection *
script_find_item(const Script *script, const char *item)
{
    for (guint i = 0; i < script->sections->len; i++) {
        const ScriptSection *section = script->sections->pdata[i];
        if (g_strcmp0(section_item(section), item) == 0 && *item)
            return section;
    }
    return NULL;
}
