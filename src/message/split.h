/* split.h: raw bytes into header fields and body. No copying, no decoding.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"

typedef struct {
    GArray    *fields;      /* Field, topmost first */
    GArray    *faults;      /* MessageFault */
    Span       body;
    gboolean   has_body;
    MessageEol eol;
    gboolean   binary;      /* a NUL before the first field: where none follows, this is no message */
} Split;

/* NULs at the very beginning, as a disk leaves them of what was not written: no part of the first line. */
gsize split_nuls(const char *bytes, gsize length);
/* Never fails; a source without any field gives none. */
void split_message(const char *bytes, gsize length, Split *out);
void split_clear(Split *split);
