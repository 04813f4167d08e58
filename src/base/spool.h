/* spool.h: bytes that come piece by piece, nobody knows how many: a pipe, something unpacked.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Spool Spool;

/* No more than `limit` bytes are taken. (transfer full) */
Spool   *spool_new(guint64 limit);
void     spool_free(Spool *spool);

/* What is few stays in memory; what is much goes into a temporary file that has no name. FALSE and `error`
 * (G_FILE_ERROR_NOSPC) where the limit is reached: what fits is taken, the rest is not. */
gboolean spool_add(Spool *spool, const void *bytes, gsize length, GError **error);
guint64  spool_size(const Spool *spool);
/* What was taken; the spool is empty afterwards. NULL and `error`. (transfer full) */
GBytes  *spool_finish(Spool *spool, GError **error);

/* The same as a descriptor that can be read. -1 and `error`. */
int      spool_finish_open(Spool *spool, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_free)
