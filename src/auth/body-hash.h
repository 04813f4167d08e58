/* body-hash.h: the body of a message against the hashes that its signatures hold (RFC 6376,
 * 3.7), for DKIM and ARC.
 * SPDX-License-Identifier: MIT
 *
 * All hashes of one canonicalisation come from one pass over the body, however many signatures want one and wherever l= cuts
 * it: a hundred signatures on a large message cost no more than two, and those of ARC no more than those of DKIM. */
#pragma once

#include "auth/body-pass.h"
#include "auth/dkim-sig.h"

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
/* What `sig` covers of the body, hashed by `canon`, where no pass is needed to tell; else NULL. (transfer none, until the
 * next is wanted) */
const guint8 *body_hashes_known(const BodyHashes *hashes, const DkimSig *sig, Canon canon);
void body_hash_clear(BodyHash *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BodyHashes, body_hashes_free)
