/* wordset.c: a set of texts.
 * SPDX-License-Identifier: MIT */
#include "base/wordset.h"

#include "base/hash.h"

gboolean
wordset_has(const WordSet *set, const char *text)
{
    if (set->table)
        return g_hash_table_contains(set->table, text);
    for (guint i = 0; i < set->count; i++)
        if (g_str_equal(set->few[i], text))
            return TRUE;
    return FALSE;
}

gboolean
wordset_add(WordSet *set, char *text)
{
    if (wordset_has(set, text)) {
        if (set->free)
            set->free(text);
        return FALSE;
    }
    if (!set->table && set->count < WORDSET_FEW) {
        set->few[set->count++] = text;
        return TRUE;
    }
    if (!set->table)
        set->table = g_hash_table_new_full(hash_text, g_str_equal, set->free, NULL);
    for (; set->count > 0; set->count--)
        g_hash_table_add(set->table, (gpointer)set->few[set->count - 1]);
    g_hash_table_add(set->table, text);
    return TRUE;
}

void
wordset_clear(WordSet *set)
{
    for (; set->count > 0; set->count--)
        if (set->free)
            set->free((gpointer)set->few[set->count - 1]);
    g_clear_pointer(&set->table, g_hash_table_unref);
}
