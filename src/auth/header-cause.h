/* header-cause.h: why a header signature does not fit: the change that, undone, makes it fit.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/body-cause.h"
#include "auth/key-fetch.h"

/* `own` is the index of the signature's field. Explains, never judges. The id is "cause-untold"
 * where nothing fits, "cause-field-untold" where the key is known to be the right one, "cause-other-key" where it is known not
 * to be. */
Cause header_cause_find(const Message *message, const DkimSig *sig, guint own,
                        const FieldIndex *fields, const KeyFetch *key, Effort *effort);
