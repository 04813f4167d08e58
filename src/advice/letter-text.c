/* letter-text.c: reads a letter's file and fills in places.
 * SPDX-License-Identifier: MIT */
#include "advice/letter-text.h"

#include <string.h>

#include "base/disk.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/place.h"
#include "base/translate.h"

#define BYTES_MAX (1u << 20)
/* Without it there is no letter. */
#define WHOLE "letter"

struct LetterText {
    GHashTable *sections;   /* name: text */
};

void
letter_text_free(LetterText *text)
{
    if (!text)
        return;
    g_hash_table_unref(text->sections);
    g_free(text);
}

static gboolean
is_heading(const char *line)
{
    const gsize length = strlen(line);

    return length > 2 && *line == '[' && line[length - 1] == ']' &&
           strspn(line + 1, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length - 2;
}

static void
end_section(LetterText *text, char **name, GString *lines)
{
    const char *start = lines->str + strspn(lines->str, "\n");    /* the first line's blanks count */

    if (*name)
        g_hash_table_replace(text->sections, *name, g_strchomp(g_strdup(start)));
    *name = NULL;
    g_string_truncate(lines, 0);
}

/* The number of the first line that belongs nowhere; 0: all do. */
static guint
take_lines(LetterText *text, char **lines)
{
    g_autoptr(GString) part = g_string_new(NULL);
    char *name = NULL;

    for (guint i = 0; lines[i]; i++) {
        char *line = g_strchomp(lines[i]);
        if (is_heading(line)) {
            end_section(text, &name, part);
            name = g_strndup(line + 1, strlen(line) - 2);
        } else if (name) {
            g_string_append_printf(part, "%s\n", line);
        } else if (*line && *line != '#') {
            return i + 1;
        }
    }
    end_section(text, &name, part);
    return 0;
}

LetterText *
letter_text_read_file(const char *path, GError **error)
{
    gsize length = 0;
    g_autofree char *bytes = disk_text(path, (gsize)2 * BYTES_MAX, &length, error);

    if (!bytes)
        return NULL;
    if (length > BYTES_MAX || !g_utf8_validate(bytes, (gssize)length, NULL)) {
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s: not a text in UTF-8"), path);
        return NULL;
    }
    LetterText *text = g_new0(LetterText, 1);
    text->sections = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    const guint stray = take_lines(text, lines);
    if (stray == 0 && g_hash_table_contains(text->sections, WHOLE))
        return text;
    if (stray > 0)
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                  _("%s, line %u: text before the first [section]"), path, stray);
    else
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s: there is no [letter] in it"),
                  path);
    letter_text_free(text);
    return NULL;
}

LetterText *
letter_text_read(const char *language, GError **error)
{
    g_autofree char *name = g_strdup_printf("letter.%s.txt", language);
    g_autofree char *path = place_table(name);

    if (!path) {
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("%s is not installed"), name);
        return NULL;
    }
    return letter_text_read_file(path, error);
}

static const LetterPlace *
place_at(const char *at, const LetterPlace *places)
{
    for (; places->name; places++) {
        const gsize length = strlen(places->name);
        if (strncmp(at, places->name, length) == 0 && at[length] == '}')
            return places;
    }
    return NULL;
}

char *
letter_text_fill(const LetterText *text, const char *section, const LetterPlace *places)
{
    const char *at = g_hash_table_lookup(text->sections, section);

    if (!at)
        return NULL;
    GString *out = g_string_new(NULL);
    while (*at) {
        const LetterPlace *place = *at == '{' ? place_at(at + 1, places) : NULL;
        if (!place) {
            g_string_append_c(out, *at++);
            continue;
        }
        g_string_append(out, place->value ? place->value : "");
        at += strlen(place->name) + 2;
    }
    return g_string_free(out, FALSE);
}
