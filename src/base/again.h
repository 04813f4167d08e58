/* again.h: things kept by a text for when it comes again, in a table that never grows.
 * SPDX-License-Identifier: MIT
 *
 * Strangers choose what comes: a thing is kept when its text came twice, and takes the place of
 * another in its row, which is chosen by the hash. What comes once drives nothing out. The first few
 * are kept at once: in most folders they are of senders that come again. */
#pragma once

#include <glib.h>

typedef struct Again Again;

/* So many are kept although they came only once. */
#define AGAIN_EARLY 16

/* For four times as many things. (transfer full) */
Again   *again_new(guint rows, GDestroyNotify free);
void     again_free(Again *again);

/* What is kept for this text; or NULL. (transfer none, until the next again_keep()) */
gpointer again_find(const Again *again, const char *text);
/* Whether it is worth keeping: it came before, as far as is remembered, or is one of the first. Asked once each time. */
gboolean again_came(Again *again, const char *text);
/* `thing` (transfer full) in the place of what was kept for this text. NULL: nothing any more. */
void     again_keep(Again *again, const char *text, gpointer thing);
