/* body-pass.h: one pass over a body, for all hashes of one canonicalisation, or of both.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/canon.h"

#define BODY_DIGEST 32      /* SHA-256, the only hash in use (RFC 8301, 3.1) */

/* The hash of the first `limit` octets of the canonical body. */
typedef struct {
    Canon    canon;
    guint64  limit;         /* G_MAXUINT64: all */
    gboolean done;
    guint8   digest[BODY_DIGEST];
} BodyWanted;

typedef struct {
    const char *body;
    gsize       length;
    GArray     *wanted;     /* BodyWanted, shortest limit first */
    gsize       total[2];   /* length of the canonical body, by Canon, once it was walked */
    gboolean    alike;      /* relaxed was walked, and found nothing that it changes */
} BodyPass;

/* Computes what is wanted of `canon`, and of the other one on the way: in the same pass where both give the same octets, at
 * the same time by another thread where the body is large, else not at all. Of a large body a thread of its own hashes what
 * is canonicalised. */
void body_pass(BodyPass *pass, Canon canon);
