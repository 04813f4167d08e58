/* authres-kept.h: results fields that were read before, for the next message that has the very same.
 * SPDX-License-Identifier: MIT
 *
 * A host stamps thousands of messages of one domain with one text. What such a field says follows from its name and its value
 * alone: the results are read, and printed as JSON, once, and each report holds them. */
#pragma once

#include "facts/report.h"

/* base/again.h, of ReportedHeader by value. */
typedef struct Again AuthresKept;

/* (transfer full) */
AuthresKept    *authres_kept_new(void);
void            authres_kept_free(AuthresKept *kept);

/* The field of that name and value, as its parser reads it: nothing is said yet of where it stands. What comes for the second
 * time is kept. `kept` may be NULL. (transfer full) */
ReportedHeader *authres_kept_read(AuthresKept *kept, const char *name, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuthresKept, authres_kept_free)
