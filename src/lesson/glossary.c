/* glossary.c: reads the glossary, and finds words in it.
 * SPDX-License-Identifier: MIT */
#include "lesson/glossary.h"

#include <string.h>

#include "base/hash.h"
#include "base/place.h"
#include "base/translate.h"
#include "lesson/script-text.h"

enum { ENTRIES_MAX = 2000 };

struct Glossary {
    GPtrArray  *entries;        /* GlossaryEntry, by title */
    GHashTable *names;          /* folded spelling (owned) to GlossaryEntry */
};

/* ---- life ---- */

static void
free_entry(gpointer data)
{
    GlossaryEntry *entry = data;

    g_free(entry->id);
    g_free(entry->title);
    g_strfreev(entry->also);
    g_strfreev(entry->see);
    g_clear_pointer(&entry->text, g_ptr_array_unref);
    g_free(entry);
}

static Glossary *
glossary_new(void)
{
    Glossary *glossary = g_new0(Glossary, 1);

    glossary->entries = g_ptr_array_new_with_free_func(free_entry);
    glossary->names = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    return glossary;
}

void
glossary_free(Glossary *glossary)
{
    if (!glossary)
        return;
    g_hash_table_unref(glossary->names);
    g_ptr_array_unref(glossary->entries);
    g_free(glossary);
}

/* ---- reading ---- */

typedef struct {
    Glossary      *glossary;
    const char    *path;
    GPtrArray     *faults;
    guint          line;
    GlossaryEntry *entry;       /* NULL before the first */
    ScriptText    *text;
    gboolean       settings;
} Reader;

#define fault(reader, ...) \
    script_fault((reader)->faults, (reader)->path, (reader)->line, __VA_ARGS__)

/* Case, width and composition of letters do not matter. */
static char *
fold(const char *name)
{
    g_autofree char *normal = g_utf8_normalize(name, -1, G_NORMALIZE_ALL);

    return g_utf8_casefold(normal ? normal : name, -1);
}

static char **
list(const char *value)
{
    g_auto(GStrv) words = g_strsplit(value, ",", -1);
    GPtrArray *out = g_ptr_array_new();

    for (char **word = words; *word; word++)
        if (*g_strstrip(*word))
            g_ptr_array_add(out, g_strdup(*word));
    g_ptr_array_add(out, NULL);
    return (char **)g_ptr_array_free(out, FALSE);
}

static void
close_entry(Reader *reader)
{
    GlossaryEntry *entry = reader->entry;

    if (!entry)
        return;
    entry->text = script_text_end(g_steal_pointer(&reader->text));
    if (entry->text->len == 0)
        script_fault(reader->faults, reader->path, entry->line, _("%s: has no text"), entry->id);
    if (!entry->title)
        entry->title = g_strdup(entry->id);
    if (!entry->also)
        entry->also = g_new0(char *, 1);
    if (!entry->see)
        entry->see = g_new0(char *, 1);
    reader->entry = NULL;
}

static void
open_entry(Reader *reader, const char *line)
{
    g_autofree char *id = g_strstrip(g_strdup(line + 3));
    g_autofree char *folded = fold(id);

    close_entry(reader);
    if (*id == '\0')
        fault(reader, _("an entry needs a name: --- relay"));
    if (g_hash_table_contains(reader->glossary->names, folded))
        fault(reader, _("%s: stands here twice"), id);
    reader->entry = g_new0(GlossaryEntry, 1);
    reader->entry->id = g_steal_pointer(&id);
    reader->entry->line = reader->line;
    reader->text = script_text_new();
    reader->settings = TRUE;
    g_ptr_array_add(reader->glossary->entries, reader->entry);
    g_hash_table_insert(reader->glossary->names, g_steal_pointer(&folded), reader->entry);
}

/* "title: …", "also: a, b", "see: a, b" */
static gboolean
take_setting(Reader *reader, const char *line)
{
    static const char *const keys[] = { "title:", "also:", "see:" };
    gsize key = 0;

    while (key < G_N_ELEMENTS(keys) && !g_str_has_prefix(line, keys[key]))
        key++;
    if (!reader->settings || key == G_N_ELEMENTS(keys))
        return FALSE;
    g_autofree char *value = g_strstrip(g_strdup(line + strlen(keys[key])));
    GlossaryEntry *entry = reader->entry;
    if ((key == 0 && entry->title) || (key == 1 && entry->also) || (key == 2 && entry->see)) {
        fault(reader, _("%s stands here twice"), keys[key]);
        return TRUE;
    }
    if (key == 0)
        entry->title = g_steal_pointer(&value);
    else
        *(key == 1 ? &entry->also : &entry->see) = list(value);
    return TRUE;
}

static void
read_line(Reader *reader, const char *line)
{
    if (*line == '#')
        return;
    if (g_str_has_prefix(line, "---") && line[3] != '-') {
        open_entry(reader, line);
    } else if (!reader->entry) {
        if (*line)
            fault(reader, _("text before the first entry (--- relay)"));
    } else if (!take_setting(reader, line)) {
        reader->settings = FALSE;
        script_text_line(reader->text, line);
    }
}

/* Spellings lead to the entry that says so first; ids come before all of them. */
static void
add_names(Glossary *glossary, GlossaryEntry *entry)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    g_ptr_array_add(names, entry->title);
    for (char **also = entry->also; *also; also++)
        g_ptr_array_add(names, *also);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *folded = fold(names->pdata[i]);
        if (!g_hash_table_contains(glossary->names, folded))
            g_hash_table_insert(glossary->names, g_steal_pointer(&folded), entry);
    }
}

static int
by_title(gconstpointer a, gconstpointer b)
{
    const GlossaryEntry *left = *(const GlossaryEntry *const *)a;
    const GlossaryEntry *right = *(const GlossaryEntry *const *)b;
    g_autofree char *one = fold(left->title), *other = fold(right->title);

    return strcmp(one, other);
}

static void
check_see(Reader *reader)
{
    for (guint i = 0; i < reader->glossary->entries->len; i++) {
        const GlossaryEntry *entry = reader->glossary->entries->pdata[i];
        for (char **see = entry->see; *see; see++)
            if (!glossary_find(reader->glossary, *see))
                script_fault(reader->faults, reader->path, entry->line,
                             _("%s: see: there is no entry %s"), entry->id, *see);
    }
}

static Glossary *
parse(char *text, const char *path, GPtrArray *faults)
{
    Reader reader = { .glossary = glossary_new(), .path = path, .faults = faults };
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line && reader.glossary->entries->len < ENTRIES_MAX; line++) {
        reader.line++;
        g_autofree char *valid = g_utf8_make_valid(g_strchomp(*line), -1);
        if (!g_utf8_validate(*line, -1, NULL))
            fault(&reader, _("this line is not UTF-8"));
        read_line(&reader, valid);
    }
    close_entry(&reader);
    for (guint i = 0; i < reader.glossary->entries->len; i++)
        add_names(reader.glossary, reader.glossary->entries->pdata[i]);
    g_ptr_array_sort(reader.glossary->entries, by_title);
    check_see(&reader);
    return reader.glossary;
}

Glossary *
glossary_read(const char *path, GPtrArray *faults)
{
    gsize length = 0;
    g_autofree char *text = script_file(path, _("this is no glossary"), faults, &length);

    return text ? parse(text, path, faults) : NULL;
}

/* NULL where nothing is to be found in it. Takes `path` over; it may be NULL. */
static Glossary *
read_filled(char *path, GPtrArray *faults)
{
    g_autofree char *given = path;
    Glossary *glossary = given ? glossary_read(given, faults) : NULL;

    if (glossary && glossary->entries->len == 0)
        g_clear_pointer(&glossary, glossary_free);
    return glossary;
}

Glossary *
glossary_open(const char *language, GPtrArray *faults)
{
    g_autofree char *name = g_strdup_printf("glossary.%s.txt", language);
    Glossary *glossary = read_filled(place_table(name), faults);

    /* A person's own that is of no use does not take away the other. */
    if (!glossary)
        glossary = read_filled(place_shipped_table(name), NULL);
    if (!glossary)
        glossary = read_filled(place_table("glossary.en.txt"), NULL);
    return glossary ? glossary : glossary_new();
}

/* ---- finding ---- */

guint
glossary_length(const Glossary *glossary)
{
    return glossary->entries->len;
}

const GlossaryEntry *
glossary_entry(const Glossary *glossary, guint index)
{
    return glossary->entries->pdata[index];
}

const GlossaryEntry *
glossary_find(const Glossary *glossary, const char *term)
{
    g_autofree char *folded = fold(term);

    return g_hash_table_lookup(glossary->names, g_strstrip(folded));
}

guint
glossary_index(const Glossary *glossary, const GlossaryEntry *entry)
{
    guint index = 0;

    g_ptr_array_find(glossary->entries, entry, &index);
    return index;
}

/* Whether a name of the entry holds the folded text. */
static gboolean
named(const GlossaryEntry *entry, const char *folded)
{
    g_autofree char *id = fold(entry->id), *title = fold(entry->title);

    if (strstr(id, folded) || strstr(title, folded))
        return TRUE;
    for (char **also = entry->also; *also; also++) {
        g_autofree char *name = fold(*also);
        if (strstr(name, folded))
            return TRUE;
    }
    return FALSE;
}

static gboolean
says(const GlossaryEntry *entry, const char *folded)
{
    for (guint i = 0; i < entry->text->len; i++) {
        g_autofree char *text = fold(((const ScriptParagraph *)entry->text->pdata[i])->text);
        if (strstr(text, folded))
            return TRUE;
    }
    return FALSE;
}

GPtrArray *
glossary_search(const Glossary *glossary, const char *text)
{
    GPtrArray *found = g_ptr_array_new();
    g_autofree char *folded = fold(text);

    g_strstrip(folded);
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < glossary->entries->len; i++) {
            GlossaryEntry *entry = glossary->entries->pdata[i];
            const gboolean name = named(entry, folded);
            if (pass == 0 ? name : !name && says(entry, folded))
                g_ptr_array_add(found, entry);
        }
    }
    return found;
}

/* ---- words of a text ---- */

static gboolean
is_letter(const char *text, const char *at)
{
    const gunichar code = at >= text && *at ? g_utf8_get_char(at) : 0;

    return code < 0x3000 && code != 0 && (g_unichar_isalnum(code) || code == '-');
}

/* Japanese writes no blanks: only Latin letters end a word. */
static gboolean
has_word(const char *text, const char *word)
{
    const gsize length = strlen(word);

    for (const char *at = text; length > 1 && (at = strstr(at, word)); at++) {
        const char *before = g_utf8_find_prev_char(text, at);
        if (!(before && is_letter(text, before) && is_letter(word, word)) &&
            !(is_letter(text, at + length) && is_letter(word, word + length - 1)))
            return TRUE;
    }
    return FALSE;
}

GPtrArray *
glossary_in(const Glossary *glossary, const char *text)
{
    GPtrArray *found = g_ptr_array_new();
    g_autofree char *folded = fold(text);
    GHashTableIter iter;
    gpointer name = NULL, entry = NULL;

    g_hash_table_iter_init(&iter, glossary->names);
    while (g_hash_table_iter_next(&iter, &name, &entry))
        if (has_word(folded, name) && !g_ptr_array_find(found, entry, NULL))
            g_ptr_array_add(found, entry);
    g_ptr_array_sort(found, by_title);
    return found;
}
