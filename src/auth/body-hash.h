/* body-hash.h: the body of a message against the hashes that its signatures hold (RFC 6376,
 * 3.7), for DKIM and ARC.
 * SPDX-License-Identifier: MIT
 *
 * All hashes of one canonicalisation come from one pass over the body, however many signatures
 * want one and wherever
 * l= cuts it: a hundred signatures on a large message cost no more than two. */
#pragma once

#include "auth/dkim-sig.h"

#define BODY_DIGEST 32      /* SHA-256, the only hash in use (RFC 8301, 3.1) */

typedef struct {
    const char *outcome;    /* "ok", "mismatch", "l-exceeds-body", "unavailable" (nobody knows) */
    char       *computed;   /* base64; NULL where unavailable */
    gint64      tail;       /* octets behind l=, unsigned */
} BodyHash;

typedef struct BodyHashes BodyHashes;

BodyHashes *body_hashes_new(const Message *message);
void        body_hashes_free(BodyHashes *hashes);

/* Announces what will be asked. A signature that was not announced costs a pass of its own. */
void body_hashes_want(BodyHashes *hashes, const DkimSig *sig);
void body_hashes_check(BodyHashes *hashes, const DkimSig *sig, BodyHash *out);
void body_hash_clear(BodyHash *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BodyHashes, body_hashes_free)
