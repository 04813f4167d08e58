/* palette-rows.c: what can be typed behind the ":", as rows, and which of it a word means.
 * SPDX-License-Identifier: MIT */
#include "tui/palette-rows.h"

#include <string.h>

#include "base/hash.h"
#include "base/nearest.h"
#include "base/translate.h"

Context
palette_context(const App *app)
{
    return app->doc->views[app->doc->current]->class->context;
}

const Binding *
palette_binding(const App *app, const char *name, guint64 contexts)
{
    for (const Binding *binding = app->bindings; binding->keys; binding++)
        if ((binding->contexts & contexts & IN_ALL) && g_str_equal(binding->command, name))
            return binding;
    return NULL;
}

/* What is typed is the beginning of the name, or stands in it, or in what is said of it. */
static gboolean
matches(const char *word, const char *name, const char *help)
{
    g_autofree char *folded = find_fold(word, strlen(word));

    return find_in(name, folded) || (strlen(word) > 2 && find_in(help, folded));
}

static void
add_row(GArray *rows, GHashTable *seen, const PaletteRow *row)
{
    if (g_hash_table_add(seen, (gpointer)row->name))
        g_array_append_val(rows, *row);
}

static int
by_fit(gconstpointer a, gconstpointer b, gpointer word)
{
    const PaletteRow *left = a, *right = b;
    const int l = g_str_has_prefix(left->name, word), r = g_str_has_prefix(right->name, word);

    return l != r ? r - l : strcmp(left->name, right->name);
}

/* What can be done in this view, and begins with `word`, then what has it elsewhere. (transfer
 * full: GArray of PaletteRow) */
static GArray *
list_rows(const App *app, const char *word)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PaletteRow));
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_text, g_str_equal);

    for (const Verb *command = verbs; command->name; command++) {
        const Binding *binding = palette_binding(app, command->name, IN_ALL);
        const PaletteRow row = { command->name, command->argument, binding ? binding->keys : NULL,
                                 command->help };
        if (matches(word, command->name, translate(command->help)))
            add_row(rows, seen, &row);
    }
    for (const Binding *binding = app->bindings; binding->keys; binding++) {
        const PaletteRow row = { binding->command, NULL, binding->keys, binding->help };
        if ((binding->contexts & palette_context(app)) &&
            !g_str_equal(binding->command, "command") &&
            matches(word, binding->command, translate(binding->help)))
            add_row(rows, seen, &row);
    }
    g_array_sort_with_data(rows, by_fit, (gpointer)word);
    return rows;
}

/* `name` is taken over by `words`. */
static void
add_word(GArray *rows, const char *typed, GStrv *words, char *name, const PaletteRow *about)
{
    const guint had = g_strv_length(*words);
    PaletteRow row = *about;

    *words = g_renew(char *, *words, had + 2);
    (*words)[had] = name;
    (*words)[had + 1] = NULL;
    row.name = name;
    if (g_str_has_prefix(name, typed) && !g_str_equal(name, typed))
        g_array_append_val(rows, row);
}

/* The inputs that can be changed, and behind the "=" the values, where there are few. The table's "dkim.N.d" stands for
 * the first signature's. */
static void
add_edits(GArray *rows, const char *typed, GStrv *words)
{
    for (const EditKey *key = edit_keys; key->key; key++) {
        g_auto(GStrv) parts = g_strsplit(key->key, "N", 2);
        g_autofree char *name = g_strjoinv("1", parts);
        const PaletteRow row = { NULL, NULL, key->value, key->about };
        const PaletteRow value = { NULL, NULL, NULL, "" };
        add_word(rows, typed, words, g_strconcat(name, "=", NULL), &row);
        for (guint i = 0; key->words && key->words[i] && strchr(typed, '='); i++)
            add_word(rows, typed, words, g_strconcat(name, "=", key->words[i], NULL), &value);
    }
}

/* The words that an argument can be, as rows. */
static GArray *
list_arguments(const Verb *command, const char *word, GStrv *words)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PaletteRow));
    const gboolean edits = g_str_has_prefix(command->argument, "KEY=VALUE");

    *words = g_strsplit(strchr(command->argument, '|') ? command->argument : "", "|", -1);
    for (char **at = *words; *at; at++) {
        const PaletteRow row = { *at, NULL, NULL, "" };
        if (g_str_has_prefix(*at, word) && !g_str_equal(*at, "KEY=VALUE"))
            g_array_append_val(rows, row);
    }
    if (edits)
        add_edits(rows, word, words);
    return rows;
}

GArray *
palette_rows(const App *app, const char *line, GStrv *words)
{
    const char *blank = strchr(line, ' ');
    g_autofree char *name = blank ? g_strndup(line, (gsize)(blank - line)) : NULL;
    const Verb *command = name ? verbs_find(name) : NULL;

    *words = NULL;
    if (!blank)
        return list_rows(app, line);
    if (command)
        return list_arguments(command, blank + 1, words);
    return g_array_new(FALSE, FALSE, sizeof(PaletteRow));
}

const char *
palette_nearest(const App *app, const char *word)
{
    const char *best = "help";
    guint least = nearest_distance(word, best);

    for (const Verb *command = verbs; command->name; command++) {
        const guint d = nearest_distance(word, command->name);
        best = d < least ? command->name : best;
        least = MIN(d, least);
    }
    for (const Binding *binding = app->bindings; binding->keys; binding++) {
        const guint d =
            binding->contexts & IN_ALL ? nearest_distance(word, binding->command) : least;
        best = d < least ? binding->command : best;
        least = MIN(d, least);
    }
    return best;
}

const Binding *
palette_digit(const App *app, const char *word)
{
    if (!g_ascii_isdigit(word[0]) || word[1])
        return NULL;
    return keys_find_in(app->bindings, (guint)word[0], palette_context(app));
}

const char *
palette_only(const App *app, const char *word)
{
    g_autoptr(GArray) rows = list_rows(app, word);
    const char *only = NULL;

    for (guint i = 0; i < rows->len; i++) {
        const char *name = g_array_index(rows, PaletteRow, i).name;
        if (!g_str_has_prefix(name, word))
            continue;
        if (only)
            return NULL;
        only = name;
    }
    return only;
}
