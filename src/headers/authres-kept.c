/* authres-kept.c: results fields that were read before.
 * SPDX-License-Identifier: MIT */
#include "headers/authres-kept.h"

#include <string.h>

#include "base/hash.h"
#include "headers/authres.h"

/* A field has one place, by its hash, and who comes later gets it: strangers choose what comes, and it never grows. */
#define PLACES     512
#define LENGTH_MAX 1024

typedef struct {
    guint           hash;       /* of the value that came last */
    ReportedHeader *header;     /* as it was read when it came again; NULL: it came once */
} Place;

struct AuthresKept {
    Place places[PLACES];
};

AuthresKept *
authres_kept_new(void)
{
    return g_new0(AuthresKept, 1);
}

void
authres_kept_free(AuthresKept *kept)
{
    if (!kept)
        return;
    for (gsize i = 0; i < PLACES; i++)
        record_free(&reported_header_type, kept->places[i].header);
    g_free(kept);
}

static ReportedHeader *
read_anew(const char *name, const char *value)
{
    ReportedHeader *header = g_ascii_strcasecmp(name, "Received-SPF") == 0 ? authres_parse_received_spf(value)
                                                                           : authres_parse(name, value);

    g_free(header->header);
    header->header = g_strdup(name);
    return header;
}

static gboolean
is_field(const ReportedHeader *header, const char *name, const char *value)
{
    return header && g_str_equal(header->raw, value) && g_str_equal(header->header, name);
}

ReportedHeader *
authres_kept_read(AuthresKept *kept, const char *name, const char *value)
{
    if (!kept || strlen(value) > LENGTH_MAX)
        return read_anew(name, value);
    const guint hash = hash_text(value);
    Place *place = &kept->places[hash % PLACES];
    if (is_field(place->header, name, value))
        return record_copy_sharing(&reported_header_type, place->header);
    ReportedHeader *header = read_anew(name, value);
    record_free(&reported_header_type, place->header);
    /* A field of its own in each message is not worth a copy. */
    place->header = place->hash == hash ? record_copy_sharing(&reported_header_type, header) : NULL;
    place->hash = hash;
    return header;
}
