/* lookalike-data.c: the files that say what looks like what, and whose names are imitated.
 * SPDX-License-Identifier: MIT */
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
        g_hash_table_insert(data->others, GUINT_TO_POINTER(code), g_strdup(to));
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

    data->others = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    data->sequences = g_ptr_array_new_with_free_func(g_free);
    data->brands = g_ptr_array_new_with_free_func(brand_free);
    data->listed = g_hash_table_new(g_str_hash, g_str_equal);
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
        g_hash_table_add(data->listed, brand->id);
        for (guint i = 0; brand->domains[i]; i++)
            g_hash_table_add(data->listed, brand->domains[i]);
    }
}

Lookalikes *
lookalikes_load(const char *const *confusables, const char *const *brands, GPtrArray *faults)
{
    Lookalikes *data = empty();

    for (; *confusables && !read_file(*confusables, set_confusable, data, faults); confusables++) {
        lookalikes_free(data);
        data = empty();
    }
    for (; *brands && !read_file(*brands, set_brand, data, faults); brands++)
        g_ptr_array_set_size(data->brands, 0);
    list_brands(data);
    return data;
}

void
lookalikes_free(Lookalikes *data)
{
    if (!data)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(data->ascii); i++)
        g_free(data->ascii[i]);
    g_hash_table_unref(data->others);
    g_hash_table_unref(data->listed);
    g_ptr_array_unref(data->sequences);
    g_ptr_array_unref(data->brands);
    g_free(data);
}
