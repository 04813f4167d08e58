/* body-hash.h: the body of a message against the hash that a signature holds (RFC 6376, 3.7), for DKIM and ARC.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dkim-sig.h"

typedef struct {
    const char *outcome;    /* "ok", "mismatch", "l-exceeds-body", or "unavailable": nobody knows the body */
    char       *computed;   /* base64; NULL where unavailable */
    gint64      tail;       /* octets behind l=, unsigned */
} BodyHash;

void body_hash_check(const Message *message, const DkimSig *sig, BodyHash *out);
void body_hash_clear(BodyHash *hash);
