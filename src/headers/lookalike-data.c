/* lookalike-data.c: the files that say what looks like what, and whose names are imitated.
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/name.h"
#include "base/translate.h"
#include "headers/lookalike-part.h"

static void
brand_free(gpointer data)
{
    Brand *brand = data;

    g_free(brand->id);
    g_strfreev(brand->domains);
    g_free(brand->label);
    g_free(brand);
}

static void
other_free(gpointer data)
{
    Other *other = data;

    g_free(other->like);
    g_free(other);
}

/* ---- looking up ---- */

static int
by_code(gconstpointer a, gconstpointer b)
{
    const Other *one = *(Other *const *)a, *two = *(Other *const *)b;

    return one->code < two->code ? -1 : one->code > two->code;
}

const Other *
lookalike_other(const Lookalikes *data, gunichar code)
{
    const Other wanted = { code, NULL }, *const key = &wanted;
    const gpointer *found = data->others->len == 0 ? NULL
        : bsearch(&key, data->others->pdata, data->others->len, sizeof key, by_code);

    return found ? *found : NULL;
}

static int
by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

gboolean
lookalike_listed(const Lookalikes *data, const char *name)
{
    return data->listed->len > 0 &&
           bsearch(&name, data->listed->pdata, data->listed->len, sizeof name, by_text) != NULL;
}

/* ---- what looks like what ---- */

static char *
set_sequence(Lookalikes *data, const char *from, const char *to)
{
    if (strlen(from) != 2 || strlen(to) != 1 || !g_str_is_ascii(from) || !g_str_is_ascii(to))
        return g_strdup(_("two letters = one letter is needed"));
    Sequence *sequence = g_new0(Sequence, 1);
    memcpy(sequence->from, from, 2);
    sequence->to[0] = to[0];
    g_ptr_array_add(data->sequences, sequence);
    return NULL;
}

static void
add_other(Lookalikes *data, gunichar code, const char *to)
{
    Other *other = g_new0(Other, 1);

    other->code = code;
    other->like = g_strdup(to);
    g_ptr_array_add(data->others, other);
}

/* Of a character that comes several times the last line counts. */
static void
sort_others(const Lookalikes *data)
{
    g_ptr_array_sort(data->others, by_code);
    for (guint i = data->others->len; i > 1; i--) {
        Other *other = data->others->pdata[i - 2];
        const Other *next = data->others->pdata[i - 1];
        if (other->code != next->code)
            continue;
        g_free(other->like);
        other->like = g_strdup(next->like);
    }
}

static char *
set_character(Lookalikes *data, const char *from, const char *to)
{
    if (!g_utf8_validate(from, -1, NULL) || g_utf8_strlen(from, -1) != 1 || !*to ||
        !g_str_is_ascii(to))
        return g_strdup(_("a character = what it looks like (ASCII) is needed"));
    const gunichar code = g_utf8_get_char(from);
    if (code < G_N_ELEMENTS(data->ascii)) {
        g_free(data->ascii[code]);
        data->ascii[code] = g_strdup(to);
    } else {
        add_other(data, code, to);
    }
    return NULL;
}

static char *
set_confusable(const char *section, const char *key, const char *value, gpointer user)
{
    if (g_str_equal(section, "sequences"))
        return set_sequence(user, key, value);
    if (g_str_equal(section, "characters"))
        return set_character(user, key, value);
    return g_strdup(_("the sections are [sequences] and [characters]"));
}

/* ---- whose names ---- */

static Brand *
brand_named(Lookalikes *data, const char *id)
{
    Brand *last = data->brands->len > 0 ? data->brands->pdata[data->brands->len - 1] : NULL;

    if (last && g_str_equal(last->id, id))
        return last;
    Brand *brand = g_new0(Brand, 1);
    brand->id = g_strdup(id);
    brand->domains = g_new0(char *, 1);
    brand->label = lookalike_skeleton(data, id);
    brand->length = strlen(brand->label);
    g_ptr_array_add(data->brands, brand);
    return brand;
}

static char *
set_domains(Brand *brand, const char *value)
{
    char **list = ini_list(value);
    guint good = 0, given = 0;

    for (; list[given]; given++) {
        char *name = name_normalise(list[given]);
        g_free(list[given]);
        if (name)
            list[good++] = name;
    }
    list[good] = NULL;
    g_strfreev(brand->domains);
    brand->domains = list;
    return good == given && good > 0 ? NULL : g_strdup(_("names of domains are needed"));
}

static char *
set_brand(const char *section, const char *key, const char *value, gpointer user)
{
    if (!*section)
        return g_strdup(_("a [section] with the name comes first"));
    Brand *brand = brand_named(user, section);
    if (g_str_equal(key, "domains"))
        return set_domains(brand, value);
    if (!g_str_equal(key, "ordinary"))
        return g_strdup_printf(_("there is no setting \"%s\" here"), key);
    brand->ordinary = g_str_equal(value, "yes");
    return brand->ordinary || g_str_equal(value, "no") ? NULL : g_strdup(_("yes or no is needed"));
}

/* ---- both ---- */

static Lookalikes *
empty(void)
{
    Lookalikes *data = g_new0(Lookalikes, 1);

    data->others = g_ptr_array_new_with_free_func(other_free);
    data->sequences = g_ptr_array_new_with_free_func(g_free);
    data->brands = g_ptr_array_new_with_free_func(brand_free);
    data->listed = g_ptr_array_new();
    return data;
}

/* TRUE where the file had no fault. */
static gboolean
read_file(const char *path, IniSet set, Lookalikes *data, GPtrArray *faults)
{
    g_autoptr(GPtrArray) own = ini_read(path, set, data);

    for (guint i = 0; i < own->len; i++)
        g_ptr_array_add(faults, g_strdup(own->pdata[i]));
    return own->len == 0;
}

static void
list_brands(Lookalikes *data)
{
    for (guint b = 0; b < data->brands->len; b++) {
        const Brand *brand = data->brands->pdata[b];
        g_ptr_array_add(data->listed, brand->id);
        for (guint i = 0; brand->domains[i]; i++)
            g_ptr_array_add(data->listed, brand->domains[i]);
    }
    g_ptr_array_sort(data->listed, by_text);
}

Lookalikes *
lookalikes_load(const char *const *confusables, const char *const *brands, GPtrArray *faults)
{
    Lookalikes *data = empty();

    for (; *confusables && !read_file(*confusables, set_confusable, data, faults); confusables++) {
        lookalikes_free(data);
        data = empty();
    }
    sort_others(data);
    for (; *brands && !read_file(*brands, set_brand, data, faults); brands++)
        g_ptr_array_set_size(data->brands, 0);
    list_brands(data);
    return data;
}

void
lookalikes_free(Lookalikes *data)
{
    if (!data || data->baked)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(data->ascii); i++)
        g_free(data->ascii[i]);
    g_ptr_array_unref(data->others);
    g_ptr_array_unref(data->listed);
    g_ptr_array_unref(data->sequences);
    g_ptr_array_unref(data->brands);
    g_free(data);
}
