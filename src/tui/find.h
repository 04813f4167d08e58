/* find.h: searching texts of any origin, whatever the case of their letters.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct {
    const char *needle;     /* folded by find_fold() */
    gboolean    backward;
    gboolean    wrapped;    /* answer: it was found beyond the end */
} Find;

/* The same number of bytes, capitals made small. (transfer full) */
char    *find_fold(const char *text, gsize length);
gboolean find_in(const char *text, const char *needle);     /* `text` may be NULL */
/* The next match that begins at `from` or behind it (backward: before it), around the end; `at`:
 * where. Linear in `length`. */
gboolean find_bytes(const char *bytes, gsize length, gsize from, Find *find, gsize *at);
