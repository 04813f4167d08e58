/* parts.h: the parts of a message and where their bytes stand.
 * SPDX-License-Identifier: MIT
 *
 * GMime writes parts anew when asked for them, and takes a message/rfc822 in base64 for a file; a
 * signature wants the bytes as they are. So this walks over the boundary lines itself, once, in
 * linear time, and leaves only media types to GMime. What is broken (no end, a boundary that begins
 * like another, a part cut off, mixed line ends) is read as far as it goes. A message inside is one
 * part: its own parts are found by asking about it. */
#pragma once

#include "message/mime.h"

typedef struct {
    MimeHead *head;
    guint     depth;        /* 0: the message itself */
    int       parent;       /* place in the list, -1 for the message itself */
    Span      header;       /* of the message itself: empty */
    Span      body;         /* without the line end of the boundary (RFC 2046, 5.1.1) */
    gboolean  cut;          /* the source ends before a boundary ended it */
} Part;

typedef struct {
    GPtrArray *list;        /* Part, in document order, the message itself first */
    gboolean   too_deep;    /* below PARTS_DEPTH_MAX a multipart is taken as one part */
    gboolean   too_many;    /* there are more than PARTS_MAX: those behind are not listed */
} Parts;

#define PARTS_DEPTH_MAX 100
#define PARTS_MAX 2000

/* (transfer full) */
Parts *parts_new(const Message *message);
void   parts_free(Parts *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Parts, parts_free)
