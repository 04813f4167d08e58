/* snapshot.c: a Resolver that answers from zone files (INTERFACE.md, "Snapshot file").
 * SPDX-License-Identifier: MIT
 *
 * What no file speaks of is "not in the snapshot": only `complete` makes silence an
 * answer, since a missing name taken for NXDOMAIN would invent verdicts. */
#include <string.h>

#include "base/hash.h"
#include "dns/resolver.h"
#include "base/disk.h"
#include "dns/zone-key.h"
#include "dns/zonefile.h"

/* A chain of CNAMEs longer than resolvers follow is as useless as a loop. */
#define CNAME_MAX 16

typedef struct {
    gint     users;         /* atomic: resolvers that share it */
    Zone    *zone;
    gboolean beside;
} Snapshot;

typedef struct {
    DnsStatus      status;
    const ZoneSet *set;     /* with records, or NULL */
    const char    *source;
    gboolean       alias;   /* `set` is a CNAME to follow */
} Found;

/* What is said at exactly this name: the type, an alias, then all other types. */
static gboolean
find_at(const Zone *zone, const char *key, DnsType type, Found *found)
{
    const ZoneSet *set = zone_set(zone, key, type);
    const ZoneSet *alias = set || type == DNS_CNAME ? NULL : zone_set(zone, key, DNS_CNAME);
    const ZoneName *name = zone_name(zone, key, strlen(key));

    found->alias = alias && alias->status == DNS_NOERROR;
    if (found->alias)
        set = alias;
    if (!set && name)
        set = name->rest;
    if (!set)
        return FALSE;
    found->status = set->status;
    found->set = set->status == DNS_NOERROR ? set : NULL;
    found->source = set->source;
    return TRUE;
}

/* The wildcard that covers a name which does not exist: `*` right below the closest
 * encloser and nowhere higher (RFC 4592, 3.3.1). NULL where there is none. */
static char *
covering_wildcard(const Zone *zone, const char *key)
{
    gsize length = strlen(key);

    while (length > 0) {
        length = zone_key_up(key, length);
        if (zone_exists(zone, key, length)) {
            char *wildcard = g_strdup_printf("%.*s*.", (int)length, key);

            if (zone_name(zone, wildcard, strlen(wildcard)))
                return wildcard;
            g_free(wildcard);
            return NULL;
        }
    }
    return NULL;
}

/* The file that calls this name or one above complete, or NULL. */
static const char *
complete_by(const Zone *zone, const char *key)
{
    for (gsize length = strlen(key);; length = zone_key_up(key, length)) {
        const ZoneName *name = zone_name(zone, key, length);

        if (name && name->complete)
            return name->complete;
        if (length == 0)
            return NULL;
    }
}

/* Precedence: name and type, the name, a wildcard, the nearest `complete`. */
static Found
find(const Zone *zone, const char *key, DnsType type)
{
    Found found = { .status = DNS_NOT_IN_SNAPSHOT, .source = zone_sources(zone) };

    if (find_at(zone, key, type, &found))
        return found;
    gboolean exists = zone_exists(zone, key, strlen(key));
    if (!exists) {
        g_autofree char *wildcard = covering_wildcard(zone, key);

        if (wildcard && find_at(zone, wildcard, type, &found))
            return found;
        exists = wildcard && zone_exists(zone, wildcard, strlen(wildcard));
    }
    const char *complete = complete_by(zone, key);
    if (complete) {
        found.status = exists ? DNS_NODATA : DNS_NXDOMAIN;
        found.source = complete;
    }
    return found;
}

/* `secure` and `insecure` hold at and below a name, the nearest wins. A file that came with
 * the message may not vouch for itself. */
static const char *
dnssec_of(const Snapshot *snapshot, const char *key)
{
    for (gsize length = strlen(key);; length = zone_key_up(key, length)) {
        const ZoneName *name = zone_name(snapshot->zone, key, length);

        if (name && name->dnssec)
            return snapshot->beside && g_str_equal(name->dnssec, "secure") ? "unknown"
                                                                          : name->dnssec;
        if (length == 0)
            return "unknown";
    }
}

/* A chain is as secure as its weakest part. */
static const char *
weaker(const char *a, const char *b)
{
    if (!a || g_str_equal(a, b))
        return b;
    if (g_str_equal(a, "insecure") || g_str_equal(b, "insecure"))
        return "insecure";
    return "unknown";
}

/* Takes the records, each once: two files may list the same. */
static void
add_records(DnsAnswer *answer, const ZoneSet *set)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_text, g_str_equal);
    g_autoptr(GPtrArray) records = zone_set_records(set);

    for (guint i = 0; i < records->len; i++) {
        DnsRecord *record = records->pdata[i];

        if (g_hash_table_add(seen, record->text))
            g_ptr_array_add(answer->records, record);
        else
            record_free(&dns_record_type, record);
    }
}

static gint64
smaller_ttl(gint64 a, gint64 b)
{
    return a == RECORD_UNSET ? b : MIN(a, b);
}

static DnsAnswer *
snapshot_lookup(gpointer self, const char *name, DnsType type)
{
    const Snapshot *snapshot = self;
    DnsAnswer *answer = record_new(&dns_answer_type);
    g_autofree char *first = zone_key_name(name);
    const char *key = first;
    const char *dnssec = weaker(NULL, dnssec_of(snapshot, key));
    Found found = find(snapshot->zone, key, type);
    guint hops = 0;

    for (; found.alias && hops < CNAME_MAX; hops++) {
        answer->ttl = smaller_ttl(answer->ttl, found.set->ttl);
        key = found.set->target;
        dnssec = weaker(dnssec, dnssec_of(snapshot, key));
        found = find(snapshot->zone, key, type);
    }
    if (found.alias)
        found.status = DNS_SERVFAIL;
    if (found.status == DNS_NOERROR) {
        answer->ttl = smaller_ttl(answer->ttl, found.set->ttl);
        add_records(answer, found.set);
    } else {
        answer->ttl = RECORD_UNSET;
    }
    answer->status = (int)found.status;
    answer->source = g_strdup(found.source);
    answer->beside = snapshot->beside;
    if (found.status == DNS_BOGUS)
        dnssec = "bogus";
    else if (found.status != DNS_NOERROR && found.status != DNS_NODATA &&
             found.status != DNS_NXDOMAIN)      /* no answer, so nothing that was secured */
        dnssec = "unknown";
    answer->dnssec = g_strdup(dnssec);
    return answer;
}

static void
snapshot_close(gpointer self)
{
    Snapshot *snapshot = self;

    if (!g_atomic_int_dec_and_test(&snapshot->users))
        return;
    zone_free(snapshot->zone);
    g_free(snapshot);
}

static gpointer
snapshot_share(gpointer self)
{
    g_atomic_int_inc(&((Snapshot *)self)->users);
    return self;
}

static gboolean
is_readable_file(const char *path)
{
    const DiskFact fact = disk_look(path);

    return fact.kind == DISK_FILE && fact.readable;
}

char *
snapshot_path_beside(const char *message_path)
{
    g_autofree char *full = g_strconcat(message_path, ".dns", NULL);
    const char *slash = strrchr(message_path, '/');
    const char *base = slash ? slash + 1 : message_path;
    const char *dot = strrchr(base, '.');

    if (is_readable_file(full))
        return g_steal_pointer(&full);
    if (!dot || dot == base || g_str_equal(dot, ".dns"))    /* ".eml" is a name, not an extension; nothing lies beside itself */
        return NULL;
    g_autofree char *stem = g_strndup(message_path, (gsize)(dot - message_path));
    g_autofree char *path = g_strconcat(stem, ".dns", NULL);
    return is_readable_file(path) ? g_steal_pointer(&path) : NULL;
}

static const ResolverClass snapshot_class = {
    .name = "snapshot",
    .lookup = snapshot_lookup,
    .close = snapshot_close,
    .share = snapshot_share,
};

static const ResolverClass beside_class = {
    .name = "snapshot-beside",
    .lookup = snapshot_lookup,
    .close = snapshot_close,
    .share = snapshot_share,
};

static Resolver *
resolver_of(Zone *zone, gboolean beside)
{
    Snapshot *snapshot = g_new0(Snapshot, 1);

    zone_close(zone);
    snapshot->users = 1;
    snapshot->zone = zone;
    snapshot->beside = beside;
    return resolver_new(beside ? &beside_class : &snapshot_class, snapshot);
}

Resolver *
resolver_snapshot_bytes(GBytes *bytes, const char *path, GError **error)
{
    g_autoptr(Zone) zone = zone_new();

    if (!zonefile_read_bytes(zone, bytes, path, error))
        return NULL;
    return resolver_of(g_steal_pointer(&zone), TRUE);
}

Resolver *
resolver_snapshot(const char *const *paths, gboolean beside, GError **error)
{
    g_autoptr(Zone) zone = zone_new();

    for (; *paths; paths++)
        if (!zonefile_read(zone, *paths, error))
            return NULL;
    return resolver_of(g_steal_pointer(&zone), beside);
}
