/* mime.h: the MIME structure of a message, read by GMime and only when asked for.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"

/* The media type of the Content-Type field in lower case, from the header block alone; "text/plain" where there is
 * none or none that can be read (RFC 2045, 5.2). (transfer full) */
char *mime_type(const Message *message);

typedef struct {
    char *type;         /* media type in lower case */
    guint depth;        /* 0: the message itself */
    char *from;         /* of a message inside (message/rfc822, text/rfc822-headers): decoded; else NULL */
    char *subject;
} MimePart;

/* Every part in document order, the message itself first; at most `limit`. Reads the whole body: not on the way to a
 * verdict. (transfer full: GPtrArray with free function) */
GPtrArray *mime_parts(const Message *message, guint limit);
