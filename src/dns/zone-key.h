/* zone-key.h: names of DNS as keys under which a zone keeps them.
 * SPDX-License-Identifier: MIT
 *
 * Labels from the top, each closed by a dot, in lower case ("com.example.www."; the root is ""). So the names below a name are
 * exactly the keys that begin with its key, and lie side by side when sorted. */
#pragma once

#include <glib.h>

/* The key of a name in wire format. (transfer full) */
char *zone_key_wire(const guint8 *wire, gsize length);
/* The key of a normalised name (base/name.h). (transfer full) */
char *zone_key_name(const char *name);
/* Length of the key of the name above; `length` must not be 0. */
gsize zone_key_up(const char *key, gsize length);
