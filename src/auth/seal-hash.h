/* seal-hash.h: what the seals of an ARC chain were made over, as hashes.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/arc-set.h"
#include "auth/key.h"

typedef struct {
    gboolean there[ARC_INSTANCES_MAX + 1];      /* a seal without b= has none */
    guint8   digest[ARC_INSTANCES_MAX + 1][KEY_DIGEST];
} SealHashes;

/* RFC 8617, 5.1.1: each seal was made over the sets 1 to its own in ascending order, so one pass serves all of a sound
 * chain. */
void seal_hashes_make(const Message *message, const ArcChain *chain, SealHashes *hashes);
