/* record.c: tags of a DMARC record, changed in its text.
 * SPDX-License-Identifier: MIT */
#include "whatif/record.h"

#include <string.h>

#include "base/hash.h"
#include "headers/taglist.h"

static const char *const tag_keys[] = { "p", "sp", "np", "aspf", "adkim", "psd", "t", "pct", NULL };

gboolean
record_is_tag(const char *key)
{
    return g_strv_contains(tag_keys, key);
}

gboolean
record_tags_edited(const Edits *edits)
{
    for (guint i = 0; tag_keys[i]; i++)
        if (edits_value(edits, tag_keys[i]))
            return TRUE;
    return FALSE;
}

/* A tag that stands twice makes a record invalid; the edit leaves one. */
static void
append_tag(GString *out, const Tag *tag, const Edits *edits, GHashTable *seen)
{
    const char *value = g_strv_contains(tag_keys, tag->name) ? edits_value(edits, tag->name) : NULL;

    if (value && (!*value || !g_hash_table_add(seen, tag->name)))
        return;
    g_string_append_printf(out, "%s%s=%s", out->len ? "; " : "", tag->name,
                           value ? value : tag->value);
}

char *
record_edit_tags(const char *text, const Edits *edits)
{
    const char *p = edits_value(edits, "p");

    if (!text && (!p || !*p))
        return NULL;
    g_autoptr(TagList) tags = taglist_parse(text ? text : "v=DMARC1", strlen(text ? text : "v=DMARC1"));
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_text, g_str_equal);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; i < tags->count; i++) {
        append_tag(out, &tags->tags[i], edits, seen);
        /* RFC 7489, 6.3 wants p right behind v. */
        if (i == 0 && p && *p && !taglist_find(tags, "p"))
            g_string_append_printf(out, "; p=%s", p);
    }
    for (guint i = 1; tag_keys[i]; i++) {
        const char *value = edits_value(edits, tag_keys[i]);
        if (value && *value && !taglist_find(tags, tag_keys[i]))
            g_string_append_printf(out, "; %s=%s", tag_keys[i], value);
    }
    return g_string_free(out, FALSE);
}
