/* zonefile.h: reads a zone file with this program's `;!` directives into a store.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/zone.h"

/* Adds what the file says. FALSE and `error` ("FILE:LINE: fault") where it cannot be
 * read as a snapshot (INTERFACE.md); `zone` is then good for freeing only. */
gboolean zonefile_read(Zone *zone, const char *path, GError **error);
/* The same where the bytes are there already. */
gboolean zonefile_read_bytes(Zone *zone, GBytes *bytes, const char *path, GError **error);
