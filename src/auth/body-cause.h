/* body-cause.h: why a body hash does not fit: the change that, undone, makes it fit.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/body-hash.h"
#include "auth/effort.h"

typedef struct {
    const char *id;         /* "cause-…": words.h has its sentence */
    char       *detail;     /* how much or what, {0} of that sentence; or NULL */
} Cause;

/* Explains, never judges: a body is hashed as it would have to be, and told apart only where that hash is bh=. `bodies`: what
 * is known of it already. The id is "cause-untold" where nothing fits and "cause-untried" where `effort` was used up, or the
 * body is so large that each guess would take as long as the check. */
Cause body_cause_find(const Message *message, const DkimSig *sig, const BodyHashes *bodies, Effort *effort);
void  cause_clear(Cause *cause);
