/* ini.c: settings files, line by line.
 * SPDX-License-Identifier: MIT */
#include "base/ini.h"

#include <string.h>

#include "base/disk.h"
#include "base/text.h"
#include "base/translate.h"

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

/* Without the blanks around it. */
static char *
trim(char *start, char *end)
{
    while (start < end && g_ascii_isspace(*start))
        start++;
    while (end > start && g_ascii_isspace(end[-1]))
        end--;
    *end = '\0';
    return start;
}

/* Of a value that nobody would read to its end, the beginning. */
static char *
shorter(char *fault, const char *value)
{
    enum { SHOWN = 80 };

    if (!fault || strlen(value) <= SHOWN)
        return fault;
    g_autofree char *cut = g_strdup_printf("%.*s..", (int)text_cut(value, strlen(value), SHOWN), value);
    g_autoptr(GString) text = g_string_new(fault);
    g_string_replace(text, value, cut, 0);
    g_free(fault);
    return g_strdup(text->str);
}

static void
read_setting(Reader *reader, char *line, char *end)
{
    char *equals = memchr(line, '=', (gsize)(end - line));

    if (!equals) {
        add_fault(reader, _("neither [section] nor key = value"));
        return;
    }
    const char *section = reader->section ? reader->section : "", *key = trim(line, equals);
    const char *value = trim(equals + 1, end);
    g_autofree char *fault = reader->set(section, key, value, reader->data);
    fault = shorter(shorter(shorter(fault, value), key), section);
    if (fault)
        add_fault(reader, fault);
}

static void
read_line(Reader *reader, char *line, char *end)
{
    line = trim(line, end);
    if (*line == '#' || *line == ';' || !*line)
        return;
    end = line + strlen(line);
    if (*line != '[') {
        read_setting(reader, line, end);
        return;
    }
    if (end[-1] != ']') {
        add_fault(reader, _("the section's ] is missing"));
        return;
    }
    g_free(reader->section);
    reader->section = g_strdup(trim(line + 1, end - 1));
}

static void
read_text(Reader *reader, char *text, gsize length)
{
    /* Some editors begin a file with a byte order mark. */
    char *line = text + (g_str_has_prefix(text, "\xEF\xBB\xBF") ? 3 : 0);
    char *const end = text + length;

    while (line) {
        char *newline = memchr(line, '\n', (gsize)(end - line));
        reader->line++;
        read_line(reader, line, newline ? newline : end);
        line = newline ? newline + 1 : NULL;
    }
}

char *
ini_file(const char *path, gsize *length, char **fault)
{
    g_autoptr(GError) error = NULL;
    char *text = disk_text(path, (gsize)2 * INI_BYTES_MAX, length, &error);

    if (!text && !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        *fault = g_strdup(error->message);
    return text;
}

GPtrArray *
ini_read_text(const char *path, char *text, gsize length, IniSet set, gpointer data)
{
    Reader reader = { path, 0, NULL, g_ptr_array_new_with_free_func(g_free), set, data };

    if (length > INI_BYTES_MAX || strlen(text) != length)
        add_fault(&reader, _("no settings file: too large, or not text"));
    else
        read_text(&reader, text, length);
    g_free(reader.section);
    return reader.faults;
}

GPtrArray *
ini_read(const char *path, IniSet set, gpointer data)
{
    char *fault = NULL;
    gsize length = 0;
    g_autofree char *text = ini_file(path, &length, &fault);

    if (text)
        return ini_read_text(path, text, length, set, data);
    GPtrArray *faults = g_ptr_array_new_with_free_func(g_free);
    if (fault)
        g_ptr_array_add(faults, fault);
    return faults;
}

static gsize
count(const char *text, char wanted)
{
    gsize found = 0;

    for (; *text; text++)
        found += *text == wanted;
    return found;
}

char **
ini_list(const char *value)
{
    char **words = g_new(char *, count(value, ',') + 2);
    gsize found = 0;

    while (value) {
        const char *comma = strchr(value, ','), *end = comma ? comma : value + strlen(value);
        while (value < end && g_ascii_isspace(*value))
            value++;
        while (end > value && g_ascii_isspace(end[-1]))
            end--;
        if (end > value)
            words[found++] = g_strndup(value, (gsize)(end - value));
        value = comma ? comma + 1 : NULL;
    }
    words[found] = NULL;
    return words;
}
