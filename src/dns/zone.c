/* zone.c: a store of names and record sets, linear in the size of its files.
 * SPDX-License-Identifier: MIT */
#include "dns/zone.h"

#include <ldns/ldns.h>
#include <string.h>

#include "base/hash.h"
#include "base/translate.h"
#include "dns/zone-listing.h"
#include "dns/zonetext.h"

/* What is freed at once, when the zone is: most snapshots are one message's. */
enum { FIRST_OCTETS = 2048, BLOCK_OCTETS = 16384 };

struct Zone {
    GHashTable  *names;     /* ZoneName, by its key */
    GHashTable  *sets;      /* Place -> ZoneSet: of names with several types, all but the first */
    ZoneListing *listing;   /* keys of names with records */
    GPtrArray   *sources;   /* base names, owned */
    GString     *all_sources;
    GPtrArray   *kept;      /* GBytes */
    GPtrArray   *records;   /* DnsRecord, owned: those that are not plain */
    GPtrArray   *blocks;    /* owned: names, sets, entries, keys */
    char        *room;      /* of the last block */
    gsize        left;
};

/* What a set is found by. */
typedef struct {
    const ZoneName *name;
    guint           type;
} Place;

/* A record, or the data that it is made of (zonetext.h). */
typedef struct Entry Entry;
struct Entry {
    const Entry *next;
    DnsRecord   *record;
    const char  *data;
    gsize        length;
};

typedef struct {
    ZoneSet set;
    Place   place;          /* its key in `sets`; without a name for that of a name as a whole */
    Entry  *first, *last;
} PlacedSet;

static guint
place_hash(gconstpointer key)
{
    const Place *place = key;

    /* Types are a stranger's choice: neighbors must not fall together. */
    return g_direct_hash(place->name) ^ (place->type * 2654435761u);
}

static gboolean
place_equal(gconstpointer a, gconstpointer b)
{
    const Place *one = a, *other = b;

    return one->name == other->name && one->type == other->type;
}

static guint
name_hash(gconstpointer name)
{
    return ((const ZoneName *)name)->hash;
}

static gboolean
name_equal(gconstpointer a, gconstpointer b)
{
    return strcmp(((const ZoneName *)a)->key, ((const ZoneName *)b)->key) == 0;
}

Zone *
zone_new(void)
{
    Zone *zone = g_new0(Zone, 1);

    zone->names = g_hash_table_new(name_hash, name_equal);
    zone->sets = g_hash_table_new(place_hash, place_equal);
    zone->listing = zone_listing_new();
    zone->sources = g_ptr_array_new_with_free_func(g_free);
    zone->all_sources = g_string_new(NULL);
    zone->kept = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    zone->records = g_ptr_array_new();
    zone->blocks = g_ptr_array_new_with_free_func(g_free);
    return zone;
}

void
zone_free(Zone *zone)
{
    if (!zone)
        return;
    zone_listing_free(zone->listing);
    g_hash_table_unref(zone->sets);
    g_hash_table_unref(zone->names);
    g_ptr_array_unref(zone->sources);
    g_string_free(zone->all_sources, TRUE);
    for (guint i = 0; i < zone->records->len; i++)
        record_free(&dns_record_type, zone->records->pdata[i]);
    g_ptr_array_unref(zone->records);
    g_ptr_array_unref(zone->blocks);
    g_ptr_array_unref(zone->kept);
    g_free(zone);
}

void
zone_keep(Zone *zone, GBytes *bytes)
{
    g_ptr_array_add(zone->kept, g_bytes_ref(bytes));
}

/* Zeroed, and freed with the zone. */
static gpointer
room_for(Zone *zone, gsize size)
{
    size = (size + 15) & ~(gsize)15;
    if (zone->left < size) {
        zone->left = MAX(size, (gsize)(zone->blocks->len == 0 ? FIRST_OCTETS : BLOCK_OCTETS));
        zone->room = g_malloc0(zone->left);
        g_ptr_array_add(zone->blocks, zone->room);
    }
    char *taken = zone->room;
    zone->room += size;
    zone->left -= size;
    return taken;
}

static char *
keep_text(Zone *zone, const char *text)
{
    const gsize size = strlen(text) + 1;

    return memcpy(room_for(zone, size), text, size);
}

const char *
zone_add_source(Zone *zone, const char *path)
{
    char *name = g_path_get_basename(path);

    g_ptr_array_add(zone->sources, name);
    if (zone->all_sources->len > 0)
        g_string_append(zone->all_sources, ", ");
    g_string_append(zone->all_sources, name);
    return name;
}

const char *
zone_sources(const Zone *zone)
{
    return zone->all_sources->str;
}

/* By a key whose hash is `hash`; or NULL. */
static ZoneName *
name_of(const Zone *zone, const char *key, guint hash)
{
    return g_hash_table_lookup(zone->names, &(const ZoneName){ .key = key, .hash = hash });
}

static ZoneName *
name_at(Zone *zone, const char *key)
{
    const guint hash = hash_text(key);
    ZoneName *name = name_of(zone, key, hash);

    if (!name) {
        name = room_for(zone, sizeof *name);
        name->key = keep_text(zone, key);
        name->hash = hash;
        g_hash_table_add(zone->names, name);
    }
    return name;
}

static PlacedSet *
set_new(Zone *zone, DnsStatus status, const char *source)
{
    PlacedSet *placed = room_for(zone, sizeof *placed);
    ZoneSet *set = &placed->set;

    set->status = status;
    set->ttl = RECORD_UNSET;
    set->source = source;
    return placed;
}

static PlacedSet *
set_at(const Zone *zone, const ZoneName *name, guint type)
{
    PlacedSet *first = (PlacedSet *)name->first;

    if (!first || first->place.type == type)
        return first;
    return g_hash_table_lookup(zone->sets, &(const Place){ name, type });
}

/* A new one. */
static PlacedSet *
set_put(Zone *zone, ZoneName *name, guint type, DnsStatus status, const char *source)
{
    PlacedSet *placed = set_new(zone, status, source);

    placed->place = (Place){ name, type };
    if (name->first)
        g_hash_table_insert(zone->sets, &placed->place, placed);
    else
        name->first = &placed->set;
    return placed;
}

static gboolean
contradiction(GError **error, const char *what)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                _("contradicts %s for the same name and type"), what);
    return FALSE;
}

static gboolean
set_accepts(const ZoneSet *set, const char *target, GError **error)
{
    if (set->status != DNS_NOERROR)
        return contradiction(error, dns_status_words[set->status]);
    if (set->target && g_strcmp0(set->target, target) != 0)
        return contradiction(error, _("another CNAME"));
    return TRUE;
}

static gboolean
add_entry(Zone *zone, const char *key, guint type, gint64 ttl, const char *target, const char *source,
          const Entry *entry, GError **error)
{
    ZoneName *name = name_at(zone, key);
    PlacedSet *placed = set_at(zone, name, type);

    if (!placed) {
        placed = set_put(zone, name, type, DNS_NOERROR, source);
        placed->set.target = target ? keep_text(zone, target) : NULL;
    } else if (!set_accepts(&placed->set, target, error)) {
        return FALSE;
    }
    ZoneSet *set = &placed->set;
    Entry *kept = room_for(zone, sizeof *kept);
    *kept = *entry;
    if (placed->last)
        placed->last->next = kept;
    else
        placed->first = kept;
    placed->last = kept;
    set->ttl = set->ttl == RECORD_UNSET ? ttl : MIN(set->ttl, ttl);
    if (!name->listed)
        zone_listing_add(zone->listing, name->key);
    name->listed = TRUE;
    return TRUE;
}

gboolean
zone_add_record(Zone *zone, const char *key, guint type, gint64 ttl, DnsRecord *record,
                const char *target, const char *source, GError **error)
{
    g_ptr_array_add(zone->records, record);
    return add_entry(zone, key, type, ttl, target, source, &(Entry){ .record = record }, error);
}

gboolean
zone_add_text(Zone *zone, const char *key, gint64 ttl, const char *data, gsize length,
              const char *source, GError **error)
{
    return add_entry(zone, key, LDNS_RR_TYPE_TXT, ttl, NULL, source,
                     &(Entry){ .data = data, .length = length }, error);
}

GPtrArray *
zone_set_records(const ZoneSet *set)
{
    GPtrArray *records = g_ptr_array_new();

    for (const Entry *entry = ((const PlacedSet *)set)->first; entry; entry = entry->next) {
        DnsRecord *record = entry->record ? record_copy(&dns_record_type, entry->record)
                                          : zonetext_record(entry->data, entry->length);
        if (record)
            g_ptr_array_add(records, record);
    }
    return records;
}

gboolean
zone_add_status(Zone *zone, const char *key, guint type, DnsStatus status, const char *source,
                GError **error)
{
    ZoneName *name = name_at(zone, key);
    const PlacedSet *placed = type ? set_at(zone, name, type) : NULL;
    const ZoneSet *set = placed ? &placed->set : type ? NULL : name->rest;

    if (set && set->status != status)
        return contradiction(error, set->status == DNS_NOERROR ? _("records")
                                                               : dns_status_words[set->status]);
    name->named = name->named || status == DNS_NODATA;
    if (set)
        return TRUE;
    if (type)
        set_put(zone, name, type, status, source);
    else
        name->rest = &set_new(zone, status, source)->set;
    return TRUE;
}

gboolean
zone_add_dnssec(Zone *zone, const char *key, const char *word, GError **error)
{
    ZoneName *name = name_at(zone, key);

    if (name->dnssec && !g_str_equal(name->dnssec, word)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("contradicts %s for the same name"),
                    name->dnssec);
        return FALSE;
    }
    name->dnssec = word;
    return TRUE;
}

void
zone_add_complete(Zone *zone, const char *key, const char *source)
{
    name_at(zone, key)->complete = source;
}

void
zone_close(Zone *zone)
{
    zone_listing_close(zone->listing);
}

const ZoneSet *
zone_set(const Zone *zone, const char *key, guint type)
{
    const ZoneName *name = name_of(zone, key, hash_text(key));
    const PlacedSet *placed = name ? set_at(zone, name, type) : NULL;

    return placed ? &placed->set : NULL;
}

const ZoneName *
zone_name(const Zone *zone, const char *key, gsize length)
{
    g_autofree char *name = g_strndup(key, length);

    return name_of(zone, name, hash_text(name));
}

gboolean
zone_exists(const Zone *zone, const char *key, gsize length)
{
    const ZoneName *name = zone_name(zone, key, length);

    return (name && (name->listed || name->named)) || zone_listing_begins(zone->listing, key, length);
}
