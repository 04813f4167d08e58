/* hashed.h: what a signature was made over, as plain bytes.
 * SPDX-License-Identifier: MIT
 *
 * Not part of a Report: made when somebody wants to see it (analysis/canonical.h). */
#pragma once

#include "base/span.h"

/* One field of the header input. */
typedef struct {
    gsize start;        /* in Hashed.header */
    Span  field;        /* the bytes of the message that it was made of */
} HashedPiece;

typedef struct {
    GBytes *header;     /* the fields in the order of h=, then its own with b= emptied */
    GArray *pieces;     /* HashedPiece, in order */
    GBytes *body;       /* the beginning of the canonical body, up to l=; or NULL */
    gsize   length;     /* octets of the body that were hashed */
    gsize   tail;       /* where the octets behind l= begin in the message; its end: nowhere */
} Hashed;

static inline void
hashed_free(Hashed *hashed)
{
    if (!hashed)
        return;
    g_bytes_unref(hashed->header);
    g_array_unref(hashed->pieces);
    g_clear_pointer(&hashed->body, g_bytes_unref);
    g_free(hashed);
}
