/* ini.c: settings files, line by line.
 * SPDX-License-Identifier: MIT */
#include "base/ini.h"

#include <string.h>

#include "base/translate.h"

/* Settings are written by hand: more is no settings file. */
#define INI_BYTES_MAX (1u << 20)

typedef struct {
    const char *path;
    guint       line;
    char       *section;
    GPtrArray  *faults;
    IniSet      set;
    gpointer    data;
} Reader;

static void
add_fault(Reader *reader, const char *fault)
{
    g_ptr_array_add(reader->faults, reader->line > 0
                        ? g_strdup_printf("%s, line %u: %s", reader->path, reader->line, fault)
                        : g_strdup_printf("%s: %s", reader->path, fault));
}

static void
read_setting(Reader *reader, char *line)
{
    char *equals = strchr(line, '=');

    if (!equals) {
        add_fault(reader, _("neither [section] nor key = value"));
        return;
    }
    *equals = '\0';
    g_autofree char *fault = reader->set(reader->section ? reader->section : "", g_strstrip(line),
                                         g_strstrip(equals + 1), reader->data);
    if (fault)
        add_fault(reader, fault);
}

static void
read_line(Reader *reader, char *line)
{
    while (g_ascii_isspace(*line))
        line++;
    if (*line == '#' || *line == ';')
        return;
    g_strchomp(line);
    const gsize length = strlen(line);

    if (length == 0)
        return;
    if (*line != '[') {
        read_setting(reader, line);
        return;
    }
    if (line[length - 1] != ']') {
        add_fault(reader, _("the section's ] is missing"));
        return;
    }
    g_free(reader->section);
    reader->section = g_strstrip(g_strndup(line + 1, length - 2));
}

static void
read_text(Reader *reader, char *text)
{
    /* Some editors begin a file with a byte order mark. */
    char *line = text + (g_str_has_prefix(text, "\xEF\xBB\xBF") ? 3 : 0);

    while (line) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        reader->line++;
        read_line(reader, line);
        line = end ? end + 1 : NULL;
    }
}

GPtrArray *
ini_read(const char *path, IniSet set, gpointer data)
{
    Reader reader = { path, 0, NULL, g_ptr_array_new_with_free_func(g_free), set, data };
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &text, &length, &error)) {
        if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            add_fault(&reader, error->message);
    } else if (length > INI_BYTES_MAX || strlen(text) != length) {
        add_fault(&reader, _("no settings file: too large, or not text"));
    } else {
        read_text(&reader, text);
    }
    g_free(reader.section);
    return reader.faults;
}

char **
ini_list(const char *value)
{
    GPtrArray *words = g_ptr_array_new();

    while (value) {
        const char *end = strchr(value, ',');
        char *word = end ? g_strndup(value, (gsize)(end - value)) : g_strdup(value);
        if (*g_strstrip(word))
            g_ptr_array_add(words, word);
        else
            g_free(word);
        value = end ? end + 1 : NULL;
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(words, FALSE);
}
