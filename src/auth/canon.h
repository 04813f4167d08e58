/* canon.h: canonicalisation of header fields and bodies, shared by DKIM and ARC (RFC 6376, 3.4).
 * SPDX-License-Identifier: MIT
 *
 * Files often hold bare LF where the wire had CRLF: both are read as a line end
 * and written as CRLF. A lone CR stays an ordinary octet. */
#pragma once

#include <glib.h>

typedef enum { CANON_SIMPLE, CANON_RELAXED } Canon;

/* WSP (RFC 6376, 2.8). */
static inline gboolean
canon_is_wsp(char c)
{
    return c == ' ' || c == '\t';
}

/* Appends one header field as it is hashed, CRLF at its end. `field` is name, colon, value and
 * folding, its last line end optional. */
void canon_field(Canon mode, const char *field, gsize length, GString *out);

typedef void (*CanonSink)(const void *bytes, gsize length, gpointer data);

/* Streams the canonical body to `sink` in pieces; nothing is kept. Returns its length in octets. */
gsize canon_body(Canon mode, const char *body, gsize length, CanonSink sink, gpointer data);
/* The same; `*alike`: simple gives the same octets (relaxed found nothing that it changes). FALSE where nobody looked. The
 * sink may look at it: as long as it is TRUE, simple would have come to the same. */
gsize canon_body_alike(Canon mode, const char *body, gsize length, CanonSink sink, gpointer data,
                       gboolean *alike);
