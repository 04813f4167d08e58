/* header-undo.h: what happens to signed header fields on their way, undone: guesses at what was
 * signed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dkim-sig.h"

/* One field taken away, or read differently. */
typedef struct {
    const char *cause;      /* "cause-…" */
    char       *detail;
    int         field;      /* its index */
    GString    *text;       /* the whole field as it may have been; NULL: it was not there */
} FieldGuess;

/* All of them, likely ones first, at most `limit`. (transfer full: GPtrArray with free function) */
GPtrArray *header_undo_list(const Message *message, const DkimSig *sig, const FieldIndex *fields,
                            guint limit);

/* What z= says the fields were at the signer (RFC 6376, 3.5): one guess for each that reads
 * otherwise today; empty where there is no z=. (transfer full: GPtrArray with free function) */
GPtrArray *header_undo_copied(const Message *message, const DkimSig *sig, const FieldIndex *fields);
