/* canonical.h: the canonical header and body of one signature, to be looked at.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/hashed.h"
#include "message/message.h"

/* Of the DKIM-Signature or ARC-Message-Signature whose first byte stands at `signature`. NULL where
 * there is none, or one that cannot be used. Decides nothing. (transfer full) */
Hashed *canonical_of(const Message *message, gsize signature);
