/* script.c: reads the text of a lesson, line by line.
 * SPDX-License-Identifier: MIT */
#include "lesson/script.h"

#include <string.h>

#include "base/disk.h"
#include "base/nearest.h"
#include "base/translate.h"
#include "lesson/script-text.h"

/* Lessons are written by hand: more is none. */
enum { BYTES_MAX = 1 << 20, SECTIONS_MAX = 200 };

#define ITEMS (1u << SECTION_PREDICT | 1u << SECTION_ASK | 1u << SECTION_GOAL)

/* ---- faults ---- */

void
script_fault(GPtrArray *faults, const char *path, guint line, const char *format, ...)
{
    va_list args;

    if (!faults)
        return;
    va_start(args, format);
    g_autofree char *fault = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(faults, line > 0 ? g_strdup_printf(_("%s, line %u: %s"), path, line, fault)
                                     : g_strdup_printf("%s: %s", path, fault));
}

/* ---- life ---- */

static void
free_setting(gpointer data)
{
    ScriptSetting *setting = data;

    g_free(setting->key);
    g_free(setting->value);
    g_free(setting);
}

static void
free_choice(gpointer data)
{
    g_free(((ScriptChoice *)data)->text);
    g_free(data);
}

static void
free_section(gpointer data)
{
    ScriptSection *section = data;

    g_free(section->argument);
    g_ptr_array_unref(section->settings);
    g_ptr_array_unref(section->choices);
    g_clear_pointer(&section->text, g_ptr_array_unref);
    g_clear_pointer(&section->why, g_ptr_array_unref);
    g_free(section);
}

static ScriptSection *
new_section(SectionKind kind, const char *argument, guint line)
{
    ScriptSection *section = g_new0(ScriptSection, 1);

    section->kind = kind;
    section->line = line;
    section->argument = g_strdup(argument);
    section->settings = g_ptr_array_new_with_free_func(free_setting);
    section->choices = g_ptr_array_new_with_free_func(free_choice);
    return section;
}

void
script_free(Script *script)
{
    if (!script)
        return;
    g_free(script->path);
    g_ptr_array_unref(script->head);
    g_ptr_array_unref(script->sections);
    g_free(script);
}

/* ---- reading ---- */

typedef struct {
    Script        *script;
    GPtrArray     *faults;
    guint          line;
    ScriptSection *section;     /* NULL in the head */
    gboolean       settings;    /* the lines right behind the opening one */
    ScriptText    *text;        /* of the section: its text, then its why */
    gboolean       why;
    GString       *choice;      /* being collected; or NULL */
    gboolean       right;
} Reader;

#define fault(reader, ...) \
    script_fault((reader)->faults, (reader)->script->path, (reader)->line, __VA_ARGS__)

static guint
place_of(const Reader *reader)
{
    return reader->section ? 1u << reader->section->kind : SCRIPT_HEAD;
}

static const ScriptKey *
find_key(const char *key, gsize length, guint place)
{
    for (const ScriptKey *row = script_keys; row->key; row++)
        if ((row->places & place) && strlen(row->key) == length &&
            strncmp(row->key, key, length) == 0)
            return row;
    return NULL;
}

static const char *
nearest_key(const char *key, guint place)
{
    const char *best = "";
    guint least = G_MAXUINT;

    for (const ScriptKey *row = script_keys; row->key; row++) {
        const guint distance = row->places & place ? nearest_distance(key, row->key) : G_MAXUINT;
        if (distance < least) {
            least = distance;
            best = row->key;
        }
    }
    return best;
}

/* The length of "key" in "key: value", or 0. Keys are small letters, so "From: is …" is text. */
static gsize
key_length(const char *line)
{
    const gsize length = strspn(line, "abcdefghijklmnopqrstuvwxyz-");

    if (length == 0 || line[length] != ':' || (line[length + 1] && line[length + 1] != ' '))
        return 0;
    return length;
}

static void
add_setting(Reader *reader, const ScriptKey *row, const char *value)
{
    GPtrArray *settings = reader->section ? reader->section->settings : reader->script->head;

    for (guint i = 0; i < settings->len && !row->repeatable; i++) {
        if (g_str_equal(((const ScriptSetting *)settings->pdata[i])->key, row->key)) {
            fault(reader, _("%s: stands here twice"), row->key);
            return;
        }
    }
    if (*value == '\0')
        fault(reader, _("%s: needs a value: %s"), row->key, row->value);
    ScriptSetting *setting = g_new0(ScriptSetting, 1);
    setting->key = g_strdup(row->key);
    setting->value = g_strdup(value);
    setting->line = reader->line;
    g_ptr_array_add(settings, setting);
}

/* A line `key: value`: TRUE where it is one. */
static gboolean
take_setting(Reader *reader, const char *line)
{
    const gsize length = key_length(line);
    const guint place = place_of(reader);

    if (length == 0)
        return FALSE;
    const ScriptKey *row = find_key(line, length, place);
    if (row) {
        g_autofree char *value = g_strstrip(g_strdup(line + length + 1));
        add_setting(reader, row, value);
        return TRUE;
    }
    if (!reader->settings)
        return FALSE;
    g_autofree char *key = g_strndup(line, length);
    if (reader->section && *nearest_key(key, place) == '\0')
        fault(reader,
              _("%s: has no place in a section `%s`; text that begins so needs a blank line "
                "before it"),
              key, script_kinds[reader->section->kind].word);
    else
        fault(reader, _("there is no key %s: here; the nearest is %s:"), key,
              nearest_key(key, place));
    return TRUE;
}

static void
close_choice(Reader *reader)
{
    if (!reader->choice)
        return;
    ScriptChoice *choice = g_new0(ScriptChoice, 1);
    choice->text = g_string_free(g_steal_pointer(&reader->choice), FALSE);
    choice->right = reader->right;
    g_ptr_array_add(reader->section->choices, choice);
}

static void
close_text(Reader *reader)
{
    close_choice(reader);
    if (!reader->text)
        return;
    GPtrArray *done = script_text_end(g_steal_pointer(&reader->text));
    if (reader->why)
        reader->section->why = done;
    else
        reader->section->text = done;
}

static void
close_section(Reader *reader)
{
    ScriptSection *section = reader->section;

    close_text(reader);
    if (section && !section->why)
        section->why = script_paragraphs_new();
}

static int
find_kind(const char *word)
{
    for (int i = 0; i < SECTION_KINDS; i++)
        if (g_str_equal(script_kinds[i].word, word))
            return i;
    return -1;
}

static const char *
nearest_kind(const char *word)
{
    const char *best = script_kinds[0].word;

    for (guint i = 1; i < SECTION_KINDS; i++)
        if (nearest_distance(word, script_kinds[i].word) < nearest_distance(word, best))
            best = script_kinds[i].word;
    return best;
}

/* "--- predict spf-vouches". A section of an unknown kind is read as text, so that what stands in
 * it is looked through, too. */
static void
open_section(Reader *reader, const char *line)
{
    g_autofree char *rest = g_strstrip(g_strdup(line + 3));
    const gsize length = strcspn(rest, " \t");
    g_autofree char *word = g_strndup(rest, length);
    const char *argument = g_strchug(rest + length);
    const int kind = find_kind(word);

    close_section(reader);
    if (reader->script->sections->len >= SECTIONS_MAX)
        fault(reader, _("more than %d sections"), SECTIONS_MAX);
    if (kind < 0)
        fault(reader, _("there is no section `%s`; the nearest is `%s`"), word, nearest_kind(word));
    else if (script_kinds[kind].required && *argument == '\0')
        fault(reader, _("`%s` needs %s"), word, script_kinds[kind].arguments);
    else if (*script_kinds[kind].arguments == '\0' && *argument)
        fault(reader, _("`%s` takes nothing behind it, but there is: %s"), word, argument);
    reader->section = new_section(kind < 0 ? SECTION_READ : (SectionKind)kind, argument,
                                  reader->line);
    g_ptr_array_add(reader->script->sections, reader->section);
    reader->text = script_text_new();
    reader->settings = kind >= 0;
    reader->why = FALSE;
}

/* "why:" begins what is told afterwards; text may follow on its line. */
static gboolean
take_why(Reader *reader, const char *line)
{
    if (reader->why || !(place_of(reader) & ITEMS) || !g_str_has_prefix(line, "why:") ||
        (line[4] && line[4] != ' '))
        return FALSE;
    close_text(reader);
    reader->why = TRUE;
    reader->settings = FALSE;
    reader->text = script_text_new();
    script_text_line(reader->text, line + 4 + strspn(line + 4, " "));
    return TRUE;
}

/* "* right", "- wrong"; a line that begins with a blank goes on with it. */
static gboolean
take_choice(Reader *reader, const char *line)
{
    if (reader->section->kind != SECTION_ASK || reader->why)
        return FALSE;
    if ((*line == '*' || *line == '-') && line[1] == ' ') {
        g_autofree char *bare = g_strstrip(g_strdup(line + 2));
        close_choice(reader);
        reader->choice = g_string_new(bare);
        reader->right = *line == '*';
        return TRUE;
    }
    if (!reader->choice)
        return FALSE;
    g_autofree char *bare = g_strstrip(g_strdup(line));
    if (*bare && (*line == ' ' || *line == '\t'))
        script_join(reader->choice, bare);
    else if (*bare)
        fault(reader, _("text behind a choice: a line that goes on with it begins with a blank"));
    return TRUE;
}

static void
read_head(Reader *reader, const char *line)
{
    g_autofree char *bare = g_strstrip(g_strdup(line));

    if (*bare && !take_setting(reader, bare))
        fault(reader, _("before the first section there are only lines like `title: TEXT`"));
}

static void
read_line(Reader *reader, const char *line)
{
    if (*line == '#')
        return;
    if (g_str_has_prefix(line, "---") && line[3] != '-') {
        open_section(reader, line);
        return;
    }
    if (!reader->section) {
        read_head(reader, line);
        return;
    }
    if (take_why(reader, line) || (!reader->why && take_setting(reader, line)))
        return;
    reader->settings = FALSE;
    if (!take_choice(reader, line))
        script_text_line(reader->text, line);
}

Script *
script_parse(const char *text, gsize length, const char *path, GPtrArray *faults)
{
    Script *script = g_new0(Script, 1);
    Reader reader = { .script = script, .faults = faults, .settings = TRUE };

    script->path = g_strdup(path);
    script->head = g_ptr_array_new_with_free_func(free_setting);
    script->sections = g_ptr_array_new_with_free_func(free_section);
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    g_autofree char *copy = g_strndup(text, length);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
    for (char **line = lines; *line; line++) {
        reader.line++;
        g_autofree char *valid = g_utf8_make_valid(g_strchomp(*line), -1);
        if (!g_utf8_validate(*line, -1, NULL))
            fault(&reader, _("this line is not UTF-8"));
        read_line(&reader, valid);
        if (script->sections->len > SECTIONS_MAX)
            break;
    }
    close_section(&reader);
    return script;
}

char *
script_file(const char *path, const char *otherwise, GPtrArray *faults, gsize *length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = disk_text(path, 2UL * BYTES_MAX, length, &error);

    if (text && *length <= BYTES_MAX && !memchr(text, '\0', *length))
        return g_steal_pointer(&text);
    if (text)
        script_fault(faults, path, 0, "%s", otherwise);
    else if (faults)
        g_ptr_array_add(faults, g_strdup(error->message));
    return NULL;
}

Script *
script_read(const char *path, GPtrArray *faults)
{
    gsize length = 0;
    g_autofree char *text = script_file(path, _("this is no text of a lesson"), faults, &length);

    return text ? script_parse(text, length, path, faults) : NULL;
}
