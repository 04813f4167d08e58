/* world.h: who sends mail in a corpus, and what they publish in DNS.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "keys.h"

/* Organizations that write, services that send for them, lists that pass mail on. */
enum { WORLD_AUTHORS = 200, WORLD_SERVICES = 8, WORLD_LISTS = 10 };

typedef enum { WORLD_AUTHOR, WORLD_SERVICE, WORLD_LIST } WorldRole;
typedef struct {
    WorldRole role;
    guint number;
} WorldWho;

/* Domain, selector and key of one of them. */
char *world_domain(WorldWho who);
const char *world_selector(WorldWho who);
EVP_PKEY *world_key(Keys *keys, WorldWho who);
/* The service that sends for this author. */
guint world_service_of(guint author);
/* Where it sends from; `which` chooses among several. (transfer full) */
char *world_address(WorldWho who, guint which);
gboolean world_has_spf(guint author);
/* "none", "quarantine", "reject"; NULL: publishes no policy. */
const char *world_policy(guint author);

/* All that they publish, as lines of a zone file with absolute names. (transfer full) */
char *world_zone(Keys *keys);
