/* zoneline.h: a zone file cut into its entries (RFC 1035, 5.1).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct {
    const char *cursor, *end;   /* the text still to read; borrowed */
    guint       next_line;      /* line at the cursor, from 1 */

    /* The entry read last. */
    guint       line;           /* where it begins */
    GString    *text;           /* without comments, parentheses and line ends */
    gboolean    directive;      /* it is what stands behind `;!` */
    gboolean    glued;          /* a comment begins right behind an unquoted word */
    gboolean    behind_word;    /* the same, or with blanks between */
} ZoneLines;

/* The bytes of a file or pipe; NULL and `error` where it cannot be read or is larger than
 * 64 MiB. (transfer full) */
GBytes  *zonelines_load(const char *path, GError **error);

/* `data` must outlive it. */
void     zonelines_init(ZoneLines *lines, const char *data, gsize length);
void     zonelines_clear(ZoneLines *lines);
/* FALSE at the end, and with `error` where a quotation mark or a parenthesis stays
 * open: `line` is then the line at fault. */
gboolean zonelines_next(ZoneLines *lines, GError **error);

/* The octets of the line at the cursor, where no entry is begun, without its end; 0 for an empty one and at the end of all.
 * Whoever has read them as an entry passes over them with their line end: `line` is then theirs. */
gsize    zonelines_peek(const ZoneLines *lines);
void     zonelines_pass(ZoneLines *lines, gsize length);
