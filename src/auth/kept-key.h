/* kept-key.h: what of a report stands in the key of something that is kept for the next message (base/again-key.h).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* A record that whoever keeps something under this key holds as well: it is the very same one, then, and unchanged. FALSE: nobody
 * else holds it, so that it has never come before. */
gboolean kept_key_held(GString *key, gconstpointer record, const RecordShared *shared);
/* The fields of the header that a value was read from, with the places where they stand. FALSE: it comes from elsewhere. */
gboolean kept_key_fields(GString *key, const GPtrArray *evidence);
