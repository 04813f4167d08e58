/* memo.c: what was made of bytes, kept for when the same bytes come again.
 * SPDX-License-Identifier: MIT */
#include "base/memo.h"

typedef struct {
    const char    *kind;
    GBytes        *bytes;
    gpointer       thing;
    GDestroyNotify free;
} Entry;

struct Memo {
    GHashTable *entries;    /* Entry, as its own key */
    guint       max;
    guint       refs;
};

static guint
entry_hash(gconstpointer key)
{
    const Entry *entry = key;

    return g_direct_hash(entry->bytes) ^ g_direct_hash(entry->kind);
}

static gboolean
entry_equal(gconstpointer a, gconstpointer b)
{
    const Entry *left = a, *right = b;

    return left->bytes == right->bytes && left->kind == right->kind;
}

static void
entry_free(gpointer data)
{
    Entry *entry = data;

    entry->free(entry->thing);
    g_bytes_unref(entry->bytes);
    g_free(entry);
}

Memo *
memo_new(guint max)
{
    Memo *memo = g_new0(Memo, 1);

    memo->entries = g_hash_table_new_full(entry_hash, entry_equal, entry_free, NULL);
    memo->max = max;
    memo->refs = 1;
    return memo;
}

Memo *
memo_ref(Memo *memo)
{
    memo->refs++;
    return memo;
}

void
memo_unref(Memo *memo)
{
    if (!memo || --memo->refs > 0)
        return;
    g_hash_table_unref(memo->entries);
    g_free(memo);
}

gpointer
memo_find(const Memo *memo, const char *kind, GBytes *bytes)
{
    const Entry wanted = { .kind = kind, .bytes = bytes };
    const Entry *found = g_hash_table_lookup(memo->entries, &wanted);

    return found ? found->thing : NULL;
}

void
memo_keep(Memo *memo, const char *kind, GBytes *bytes, gpointer thing, GDestroyNotify free)
{
    Entry *entry = g_new(Entry, 1);

    /* All at once: what is needed again comes back by itself. */
    if (g_hash_table_size(memo->entries) >= memo->max)
        g_hash_table_remove_all(memo->entries);
    *entry = (Entry){ kind, g_bytes_ref(bytes), thing, free };
    g_hash_table_add(memo->entries, entry);
    /* cppcheck-suppress memleak */
}
