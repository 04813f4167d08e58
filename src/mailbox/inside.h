/* inside.h: messages inside a message: returned by a bounce, forwarded as attachment, reported.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "mailbox/bounce.h"

typedef struct {
    char    *kind;          /* message/rfc822, attachment, bounce-text … (doc/ids.md) */
    gint64   index;         /* from 1 */
    char    *from;          /* decoded; or NULL */
    char    *subject;
    Message *message;       /* kind "part", index as here; its path is the outer's */
} InsideMessage;

/* In the order in which they stand; at most `limit`. Messages inside those are found by asking
 * again. Reads the whole body where the message is of a kind that carries others. (transfer full:
 * GPtrArray with free function) */
GPtrArray *inside_find(const Message *message, guint limit);

/* The same for a list: of a part that is encoded only the beginning is decoded, so that its message
 * lacks the end. To `notes` (Finding) is added which limit was hit. Unless `bounce` is NULL, `*bounce` is what
 * bounce_read() says, since that needs the same parts (transfer full). (transfer full: GPtrArray with free function) */
GPtrArray *inside_list(const Message *message, guint limit, GPtrArray *notes, Bounce **bounce);
