/* zone-listing.h: the keys of names that have records, and whether one of them lies below another name.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct ZoneListing ZoneListing;

ZoneListing *zone_listing_new(void);
void         zone_listing_free(ZoneListing *listing);

/* `key` (dns/zone-key.h) is borrowed for good. */
void         zone_listing_add(ZoneListing *listing, const char *key);
/* Ends the adding; what follows may be asked only then, by several threads, too. */
void         zone_listing_close(ZoneListing *listing);
/* Whether a key begins with the first `length` octets of this one: the name itself, or one below it. */
gboolean     zone_listing_begins(ZoneListing *listing, const char *key, gsize length);
