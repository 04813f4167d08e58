/* zone.c: a store of names and record sets, linear in the size of its files.
 * SPDX-License-Identifier: MIT */
#include "dns/zone.h"

#include <string.h>

#include "base/translate.h"

struct Zone {
    GHashTable *names;      /* key -> ZoneName, owned */
    GHashTable *sets;       /* Place -> ZoneSet, owned */
    GPtrArray  *listed;     /* keys of listed names; sorted by zone_close() */
    GPtrArray  *sources;    /* base names, owned */
    GString    *all_sources;
};

/* What a set is found by. */
typedef struct {
    const ZoneName *name;
    guint           type;
} Place;

typedef struct {
    ZoneSet set;
    Place   place;          /* its key in `sets`; without a name for that of a name as a whole */
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

static void
set_free(gpointer data)
{
    ZoneSet *set = data;

    if (!set)
        return;
    for (guint i = 0; set->records && i < set->records->len; i++)
        record_free(&dns_record_type, set->records->pdata[i]);
    g_clear_pointer(&set->records, g_ptr_array_unref);
    g_free(set->target);
    g_free(set);
}

static void
name_free(gpointer data)
{
    ZoneName *name = data;

    set_free(name->rest);
    g_free(name->key);
    g_free(name);
}

Zone *
zone_new(void)
{
    Zone *zone = g_new0(Zone, 1);

    zone->names = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, name_free);
    zone->sets = g_hash_table_new_full(place_hash, place_equal, NULL, set_free);
    zone->listed = g_ptr_array_new();
    zone->sources = g_ptr_array_new_with_free_func(g_free);
    zone->all_sources = g_string_new(NULL);
    return zone;
}

void
zone_free(Zone *zone)
{
    if (!zone)
        return;
    g_ptr_array_unref(zone->listed);
    g_hash_table_unref(zone->sets);
    g_hash_table_unref(zone->names);
    g_ptr_array_unref(zone->sources);
    g_string_free(zone->all_sources, TRUE);
    g_free(zone);
}

/* One label in presentation format (RFC 1035, 5.1), so that a dot or a NUL
 * inside a label cannot be taken for something else. */
static void
append_label(GString *key, const guint8 *label, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        const guint8 octet = label[i];

        if (octet == '.' || octet == '\\')
            g_string_append_printf(key, "\\%c", octet);
        else if (octet > 0x20 && octet < 0x7F)
            g_string_append_c(key, g_ascii_tolower((char)octet));
        else
            g_string_append_printf(key, "\\%03u", octet);
    }
    g_string_append_c(key, '.');
}

char *
zone_key_wire(const guint8 *wire, gsize length)
{
    gsize starts[128];      /* 255 octets hold no more labels */
    gsize labels = 0;
    GString *key = g_string_new(NULL);

    for (gsize at = 0; at < length && wire[at] != 0 && labels < G_N_ELEMENTS(starts);) {
        if (wire[at] >= length - at)
            break;
        starts[labels++] = at;
        at += (gsize)wire[at] + 1;
    }
    while (labels-- > 0)
        append_label(key, wire + starts[labels] + 1, wire[starts[labels]]);
    return g_string_free(key, FALSE);
}

char *
zone_key_name(const char *name)
{
    GString *key = g_string_new(NULL);
    const char *end = name + strlen(name);

    while (end > name) {
        const char *start = end;

        while (start > name && start[-1] != '.')
            start--;
        append_label(key, (const guint8 *)start, (gsize)(end - start));
        end = start > name ? start - 1 : name;
    }
    return g_string_free(key, FALSE);
}

/* A dot inside a label stands behind an odd number of backslashes. */
static gboolean
is_escaped(const char *key, gsize at)
{
    gsize slashes = 0;

    while (slashes < at && key[at - slashes - 1] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

gsize
zone_key_up(const char *key, gsize length)
{
    for (gsize at = length - 1; at > 0; at--)
        if (key[at - 1] == '.' && !is_escaped(key, at - 1))
            return at;
    return 0;
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

static ZoneName *
name_at(Zone *zone, const char *key)
{
    ZoneName *name = g_hash_table_lookup(zone->names, key);

    if (!name) {
        name = g_new0(ZoneName, 1);
        name->key = g_strdup(key);
        g_hash_table_insert(zone->names, name->key, name);
    }
    return name;
}

static ZoneSet *
set_new(DnsStatus status, const char *source)
{
    PlacedSet *placed = g_new0(PlacedSet, 1);
    ZoneSet *set = &placed->set;

    set->status = status;
    set->ttl = RECORD_UNSET;
    set->source = source;
    return set;
}

static ZoneSet *
set_at(const Zone *zone, const ZoneName *name, guint type)
{
    return g_hash_table_lookup(zone->sets, &(const Place){ name, type });
}

/* A new one. */
static ZoneSet *
set_put(Zone *zone, const ZoneName *name, guint type, DnsStatus status, const char *source)
{
    ZoneSet *set = set_new(status, source);
    PlacedSet *placed = (PlacedSet *)set;

    placed->place = (Place){ name, type };
    g_hash_table_insert(zone->sets, &placed->place, set);
    return set;
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

gboolean
zone_add_record(Zone *zone, const char *key, guint type, gint64 ttl, DnsRecord *record,
                const char *target, const char *source, GError **error)
{
    ZoneName *name = name_at(zone, key);
    ZoneSet *set = set_at(zone, name, type);

    if (!set) {
        set = set_put(zone, name, type, DNS_NOERROR, source);
        set->records = g_ptr_array_new();
        set->target = g_strdup(target);
    } else if (!set_accepts(set, target, error)) {
        record_free(&dns_record_type, record);
        return FALSE;
    }
    g_ptr_array_add(set->records, record);
    set->ttl = set->ttl == RECORD_UNSET ? ttl : MIN(set->ttl, ttl);
    if (!name->listed)
        g_ptr_array_add(zone->listed, name->key);
    name->listed = TRUE;
    return TRUE;
}

gboolean
zone_add_status(Zone *zone, const char *key, guint type, DnsStatus status, const char *source,
                GError **error)
{
    ZoneName *name = name_at(zone, key);
    const ZoneSet *set = type ? set_at(zone, name, type) : name->rest;

    if (set && set->status != status)
        return contradiction(error, set->status == DNS_NOERROR ? _("records")
                                                               : dns_status_words[set->status]);
    name->named = name->named || status == DNS_NODATA;
    if (set)
        return TRUE;
    if (type)
        set_put(zone, name, type, status, source);
    else
        name->rest = set_new(status, source);
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

static int
compare_keys(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
zone_close(Zone *zone)
{
    g_ptr_array_sort(zone->listed, compare_keys);
}

const ZoneSet *
zone_set(const Zone *zone, const char *key, guint type)
{
    const ZoneName *name = g_hash_table_lookup(zone->names, key);

    return name ? set_at(zone, name, type) : NULL;
}

const ZoneName *
zone_name(const Zone *zone, const char *key, gsize length)
{
    g_autofree char *name = g_strndup(key, length);

    return g_hash_table_lookup(zone->names, name);
}

gboolean
zone_exists(const Zone *zone, const char *key, gsize length)
{
    const ZoneName *name = zone_name(zone, key, length);
    guint low = 0;
    guint high = zone->listed->len;

    if (name && (name->listed || name->named))
        return TRUE;
    while (low < high) {        /* the first listed key that is not before ours */
        const guint middle = low + (high - low) / 2;

        if (strncmp(zone->listed->pdata[middle], key, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < zone->listed->len && strncmp(zone->listed->pdata[low], key, length) == 0;
}
