/* service-cache.c: a table of answers that does not grow without end.
 * SPDX-License-Identifier: MIT */
#include "dns/service-cache.h"

#include <string.h>

#include "base/hash.h"

/* A mailbox may name a domain in each message, and an answer may have 64 KB. */
#define ENTRIES_MAX 10000
#define OCTETS_MAX  (32u << 20)
#define TROUBLE_FOR ((gint64)30 * G_USEC_PER_SEC)

typedef struct {
    GBytes *answer;
    gint64  until;
} Entry;

struct ServiceCache {
    GHashTable *entries;    /* key -> Entry */
    gsize       octets;
};

static void
entry_free(gpointer data)
{
    Entry *entry = data;

    g_bytes_unref(entry->answer);
    g_free(entry);
}

ServiceCache *
service_cache_new(void)
{
    ServiceCache *cache = g_new0(ServiceCache, 1);

    cache->entries = g_hash_table_new_full(hash_text, g_str_equal, g_free, entry_free);
    return cache;
}

void
service_cache_free(ServiceCache *cache)
{
    g_hash_table_unref(cache->entries);
    g_free(cache);
}

void
service_cache_put(ServiceCache *cache, const char *key, GBytes *answer, gboolean trouble,
                  gint64 now)
{
    const gsize octets = strlen(key) + g_bytes_get_size(answer);
    Entry *entry = g_new(Entry, 1);

    if (cache->octets + octets > OCTETS_MAX ||
        g_hash_table_size(cache->entries) >= ENTRIES_MAX) {
        g_hash_table_remove_all(cache->entries);
        cache->octets = 0;
    }
    *entry = (Entry){ g_bytes_ref(answer), trouble ? now + TROUBLE_FOR : G_MAXINT64 };
    cache->octets += octets;    /* one that is replaced is counted twice: it only forgets earlier */
    g_hash_table_replace(cache->entries, g_strdup(key), entry);
}

GBytes *
service_cache_get(const ServiceCache *cache, const char *key, gint64 now)
{
    const Entry *entry = g_hash_table_lookup(cache->entries, key);

    return entry && now < entry->until ? g_bytes_ref(entry->answer) : NULL;
}
