/* zone-listing.c: keys in a list that is sorted where that pays.
 * SPDX-License-Identifier: MIT */
#include "dns/zone-listing.h"

#include <string.h>

/* More keys than this are sorted at once, fewer when they were asked as often: whoever reads one report asks a few of the
 * questions that need it. */
enum { UNSORTED_MAX = 4096, ASKED_MAX = 16 };

struct ZoneListing {
    GPtrArray *keys;
    GMutex     mutex;       /* of what stands below, and of the order of the keys: threads may share a snapshot */
    gboolean   sorted;
    guint      asked;
};

ZoneListing *
zone_listing_new(void)
{
    ZoneListing *listing = g_new0(ZoneListing, 1);

    listing->keys = g_ptr_array_new();
    g_mutex_init(&listing->mutex);
    return listing;
}

void
zone_listing_free(ZoneListing *listing)
{
    g_ptr_array_unref(listing->keys);
    g_mutex_clear(&listing->mutex);
    g_free(listing);
}

void
zone_listing_add(ZoneListing *listing, const char *key)
{
    g_ptr_array_add(listing->keys, (gpointer)key);
}

static int
compare_keys(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort(ZoneListing *listing)
{
    g_ptr_array_sort(listing->keys, compare_keys);
    listing->sorted = TRUE;
}

void
zone_listing_close(ZoneListing *listing)
{
    if (listing->keys->len > UNSORTED_MAX)
        sort(listing);
}

/* In an order that is none. */
static gboolean
any_begins(const GPtrArray *keys, const char *key, gsize length)
{
    for (guint i = 0; i < keys->len; i++)
        if (strncmp(keys->pdata[i], key, length) == 0)
            return TRUE;
    return FALSE;
}

/* The same in order: the first that is not before ours. */
static gboolean
first_begins(const GPtrArray *keys, const char *key, gsize length)
{
    guint low = 0, high = keys->len;

    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (strncmp(keys->pdata[middle], key, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < keys->len && strncmp(keys->pdata[low], key, length) == 0;
}

gboolean
zone_listing_begins(ZoneListing *listing, const char *key, gsize length)
{
    g_mutex_lock(&listing->mutex);
    const gboolean few = !listing->sorted && listing->asked++ < ASKED_MAX;
    const gboolean any = few && any_begins(listing->keys, key, length);
    if (!few && !listing->sorted)
        sort(listing);
    g_mutex_unlock(&listing->mutex);
    return few ? any : first_begins(listing->keys, key, length);
}
