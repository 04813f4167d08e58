/* zone.h: what zone files say, by name and type: the store behind a snapshot.
 * SPDX-License-Identifier: MIT
 *
 * Names are kept as keys (dns/zone-key.h). */
#pragma once

#include <glib.h>

#include "facts/report.h"

typedef struct Zone Zone;

/* All that is said about one name and type: records, or a status without any. */
typedef struct {
    DnsStatus   status;
    gint64      ttl;        /* the smallest; unset without records */
    const char *target;     /* CNAME: key of the name it points to */
    const char *source;     /* base name of the file */
} ZoneSet;

/* What is said about a name as a whole. */
typedef struct {
    const char *key;
    guint       hash;       /* of the key */
    gboolean    listed;     /* has records */
    gboolean    named;      /* by `nodata`: it exists too */
    ZoneSet    *first;      /* of its types, or NULL */
    ZoneSet    *rest;       /* directive for every type that is not listed, or NULL */
    const char *complete;   /* the file that says so, or NULL */
    const char *dnssec;     /* "secure", "insecure" or NULL */
} ZoneName;

Zone       *zone_new(void);
void        zone_free(Zone *zone);

/* Keeps the bytes of a file as long as itself. */
void        zone_keep(Zone *zone, GBytes *bytes);
/* Registers a file; the returned name is what `source` below expects. (transfer none) */
const char *zone_add_source(Zone *zone, const char *path);
const char *zone_sources(const Zone *zone);

/* Each gives FALSE and `error` where the file contradicts what was said before.
 * `record` is taken. `type` 0 means the name as a whole; `target` is for CNAMEs only. */
gboolean    zone_add_record(Zone *zone, const char *key, guint type, gint64 ttl,
                            DnsRecord *record, const char *target, const char *source,
                            GError **error);
/* A TXT record by its plain data (zonetext.h), which is read when it is asked for; in what zone_keep() was told of. */
gboolean    zone_add_text(Zone *zone, const char *key, gint64 ttl, const char *data, gsize length,
                          const char *source, GError **error);
gboolean    zone_add_status(Zone *zone, const char *key, guint type, DnsStatus status,
                            const char *source, GError **error);
gboolean    zone_add_dnssec(Zone *zone, const char *key, const char *word, GError **error);
void        zone_add_complete(Zone *zone, const char *key, const char *source);

/* Ends the adding; what follows may be asked only then. */
void        zone_close(Zone *zone);

/* DnsRecord, in the order of the files. (transfer full, elements too) */
GPtrArray      *zone_set_records(const ZoneSet *set);
const ZoneSet  *zone_set(const Zone *zone, const char *key, guint type);
const ZoneName *zone_name(const Zone *zone, const char *key, gsize length);
/* Listed, with a listed name below it, or named by `nodata`. */
gboolean        zone_exists(const Zone *zone, const char *key, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zone, zone_free)
