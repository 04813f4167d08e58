/* authres-kept.c: results fields that were read before.
 * SPDX-License-Identifier: MIT */
#include "headers/authres-kept.h"

#include <string.h>

#include "base/again.h"
#include "headers/authres.h"

/* So many fields in fours, some 2 KB each. */
#define ROWS       32
#define LENGTH_MAX 1024

static void
free_header(gpointer header)
{
    record_free(&reported_header_type, header);
}

AuthresKept *
authres_kept_new(void)
{
    return again_new(ROWS, free_header);
}

void
authres_kept_free(AuthresKept *kept)
{
    again_free(kept);
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

ReportedHeader *
authres_kept_read(AuthresKept *kept, const char *name, const char *value)
{
    if (!kept || strlen(value) > LENGTH_MAX)
        return read_anew(name, value);
    ReportedHeader *known = again_find(kept, value);
    if (known && g_str_equal(known->header, name))
        return record_copy_sharing(&reported_header_type, known);
    ReportedHeader *header = read_anew(name, value);
    /* A field of its own in each message is not worth a copy. */
    if (again_came(kept, value))
        again_keep(kept, value, record_copy_sharing(&reported_header_type, header));
    return header;
}
