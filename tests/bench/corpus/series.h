/* series.h: one message with much of one thing, to see how cost grows; and very large messages.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <stdio.h>

#include "keys.h"

/* A message with `count` of `kind` (fields, signatures, arc-sets, …); FALSE: no such kind. */
gboolean series_write(Keys *keys, const char *kind, guint count, FILE *out);

/* A signed message of at least `size` bytes: `kind` is text or base64; `lf`: lines end as Unix
 * files do. */
gboolean series_write_large(Keys *keys, const char *kind, gsize size, gboolean lf, FILE *out);
