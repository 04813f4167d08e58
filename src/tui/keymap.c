/* keymap.c: keys that a person chose.
 * SPDX-License-Identifier: MIT */
#include "tui/keymap.h"

#include <string.h>

#include "base/nearest.h"
#include "base/translate.h"

typedef struct {
    char    *command;
    char    *keys;      /* as the table has them: "h, Left" */
    gboolean refused;
} Wish;

struct Keymap {
    GArray  *wishes;    /* Wish, in the order of the file */
    Binding *bindings;  /* the table, with the wishes in it */
};

enum { WISHES_MAX = 500 };

static void
clear_wish(gpointer wish)
{
    g_free(((Wish *)wish)->command);
    g_free(((Wish *)wish)->keys);
}

static guint
count_bindings(void)
{
    guint count = 0;

    while (bindings[count].keys)
        count++;
    return count;
}

Keymap *
keymap_new(void)
{
    Keymap *keymap = g_new0(Keymap, 1);

    keymap->wishes = g_array_new(FALSE, FALSE, sizeof(Wish));
    g_array_set_clear_func(keymap->wishes, clear_wish);
    keymap->bindings = g_memdup2(bindings, sizeof(Binding) * (count_bindings() + 1));
    return keymap;
}

void
keymap_free(Keymap *keymap)
{
    if (!keymap)
        return;
    g_array_unref(keymap->wishes);
    g_free(keymap->bindings);
    g_free(keymap);
}

/* A modal row's keys are those of its dialog: letters there are text. */
static guint64
contexts_of(const char *command)
{
    guint64 contexts = 0;

    for (const Binding *binding = bindings; binding->keys; binding++)
        if (g_str_equal(binding->command, command))
            contexts |= binding->contexts;
    return contexts;
}

/* "h,Left" as "h, Left". A comma is a key, too, but not here. */
static char *
tidy(const char *keys)
{
    g_auto(GStrv) names = g_strsplit(keys, ",", -1);

    for (char **name = names; *name; name++)
        g_strstrip(*name);
    return g_strjoinv(", ", names);
}

/* NULL where all have a name. (transfer full) */
static char *
unknown_key(const char *keys, guint64 contexts)
{
    const char *cursor = keys;
    gsize length;

    if (*keys == '\0')
        return g_strdup("");
    for (const char *name; (name = keys_next(&cursor, &length));) {
        const guint code = keys_parse(name, length);
        const gboolean letter = code > ' ' && code < KEYCODE_NONE && code != 0x7F;
        if (code == KEYCODE_NONE || (letter && !(contexts & (IN_ALL | IN_QUESTION))))
            return g_strndup(name, length);
    }
    return NULL;
}

void
keymap_wish(Keymap *keymap, const char *command, const char *keys)
{
    const Wish wish = { g_strdup(command), tidy(keys), FALSE };
    const guint64 contexts = contexts_of(command);
    g_autofree char *unknown = unknown_key(wish.keys, contexts);

    if (contexts == 0 || unknown || keymap->wishes->len >= WISHES_MAX) {
        g_free(wish.command);
        g_free(wish.keys);
        return;
    }
    /* Of a setting that stands twice the last one holds. */
    for (guint i = 0; i < keymap->wishes->len; i++)
        if (g_str_equal(g_array_index(keymap->wishes, Wish, i).command, command))
            g_array_remove_index(keymap->wishes, i--);
    g_array_append_val(keymap->wishes, wish);
}

static const Wish *
find_wish(const Keymap *keymap, const char *command, const char *keys)
{
    for (guint i = 0; i < keymap->wishes->len; i++) {
        const Wish *wish = &g_array_index(keymap->wishes, Wish, i);
        if (g_str_equal(wish->command, command) && g_str_equal(wish->keys, keys))
            return wish;
    }
    return NULL;
}

static gboolean
has_key(const char *keys, guint code)
{
    const char *cursor = keys;
    gsize length;

    for (const char *name; (name = keys_next(&cursor, &length));)
        if (keys_parse(name, length) == code)
            return TRUE;
    return FALSE;
}

/* The table as the wishes that hold make it. */
static void
apply(Keymap *keymap)
{
    for (guint i = 0; bindings[i].keys; i++) {
        keymap->bindings[i].keys = bindings[i].keys;
        for (guint j = 0; j < keymap->wishes->len; j++) {
            const Wish *wish = &g_array_index(keymap->wishes, Wish, j);
            if (!wish->refused && g_str_equal(wish->command, bindings[i].command))
                keymap->bindings[i].keys = wish->keys;
        }
    }
}

/* Another command that has one of these keys in the same place. */
static const Binding *
find_rival(const Keymap *keymap, const char *command, const char *keys, char **key)
{
    const guint64 contexts = contexts_of(command);
    const char *cursor = keys;
    gsize length;

    for (const char *name; (name = keys_next(&cursor, &length));) {
        const guint code = keys_parse(name, length);
        for (const Binding *binding = keymap->bindings; binding->keys; binding++) {
            if (!(binding->contexts & contexts) || g_str_equal(binding->command, command) ||
                !has_key(binding->keys, code))
                continue;
            if (key)
                *key = g_strndup(name, length);
            return binding;
        }
    }
    return NULL;
}

/* A refused wish gives its command the default keys back, which may be another's wish: again,
 * until nothing changes. The last line gives way first. */
void
keymap_settle(Keymap *keymap)
{
    gboolean changed;

    do {
        changed = FALSE;
        apply(keymap);
        for (guint i = keymap->wishes->len; i-- > 0 && !changed;) {
            Wish *wish = &g_array_index(keymap->wishes, Wish, i);
            if (!wish->refused && find_rival(keymap, wish->command, wish->keys, NULL))
                wish->refused = changed = TRUE;
        }
    } while (changed);
}

static const char *
nearest_command(const char *word)
{
    const char *best = bindings[0].command;
    guint least = G_MAXUINT;

    for (const Binding *binding = bindings; binding->keys; binding++) {
        const guint d = nearest_distance(word, binding->command);
        best = d < least ? binding->command : best;
        least = MIN(d, least);
    }
    return best;
}

char *
keymap_fault(const Keymap *keymap, const char *command, const char *keys)
{
    const guint64 contexts = contexts_of(command);
    g_autofree char *wanted = tidy(keys);
    g_autofree char *unknown = unknown_key(wanted, contexts);
    g_autofree char *key = NULL;

    if (contexts == 0)
        return g_strdup_printf(_("there is no command \"%s\"; is it \"%s\"?"), command,
                               nearest_command(command));
    if (unknown)
        return *unknown ? g_strdup_printf(_("\"%s\" is no key for %s"), unknown, command)
                        : g_strdup_printf(_("\"%s\" has no key"), command);
    const Wish *wish = find_wish(keymap, command, wanted);
    if (!wish || !wish->refused)
        return NULL;
    const Binding *rival = find_rival(keymap, command, wanted, &key);
    return rival ? g_strdup_printf(_("%s is a key of %s already"), key, rival->command)
                 : g_strdup_printf(_("another line has these keys"));
}

const Binding *
keymap_bindings(const Keymap *keymap)
{
    return keymap->bindings;
}

gboolean
keymap_is_usual(const Keymap *keymap)
{
    return keymap->wishes->len == 0;
}
