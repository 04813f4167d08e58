/* from-word.h: the name of From: where it begins no field: in running text, behind marks.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* What sets a name apart. */
#define FROM_EMPHASIS "*_`"

/* Where in a value the name of the next field may stand. */
typedef enum {
    FROM_LINE,          /* at the beginning of one of its lines */
    FROM_MARKED,        /* and behind a mark */
    FROM_ANYWHERE
} FromPlace;

/* Behind "From:", "From :", "From:**" or "From**:"; NULL where `at` begins none of these. */
const char *from_word_behind(const char *at);
/* The same for the first one in such a place of `value`, from `at` on. */
const char *from_word_find(const char *value, const char *at, FromPlace place);
/* The first address in a text, or NULL, as for a text that is NULL. (transfer full) */
char       *from_word_address(const char *text);
