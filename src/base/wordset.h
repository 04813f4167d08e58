/* wordset.h: a set of texts: a handful side by side, a table where strangers name more.
 * SPDX-License-Identifier: MIT
 *
 * Nearly all messages speak of two or three hosts and methods: a GHashTable of these costs more than all that is asked of it. */
#pragma once

#include <glib.h>

#define WORDSET_FEW 8

/* Begins as zeros, but for `free`. */
typedef struct {
    const char    *few[WORDSET_FEW];
    guint          count;       /* of these */
    GHashTable    *table;       /* all of them, once they are more; or NULL */
    GDestroyNotify free;        /* of each text; NULL: they live as long as the set */
} WordSet;

gboolean wordset_has(const WordSet *set, const char *text);
/* FALSE where it was there already. (transfer full: text, where there is a `free`) */
gboolean wordset_add(WordSet *set, char *text);
void     wordset_clear(WordSet *set);
