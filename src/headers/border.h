/* border.h: which hop crossed from outside into the receiver's organization.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/received-parts.h"

typedef struct {
    const Message *message;
    Hop     *outside;       /* the topmost client of somebody else */
    Hop     *own;           /* the lowest public client of our own, above that */
    gboolean done;
    guint    looked;        /* results fields read so far */
} Border;

/* Goes down the hops, topmost first. `index` is the field's, `above` that of the Received field
 * over it (-1: none). TRUE where the client is of the same organization as the server. */
gboolean border_see(Border *border, Hop *hop, const ReceivedParts *parts, int index, int above);
/* NULL where none of them came from outside. */
Hop     *border_found(const Border *border);

/* Handed in by somebody who logged in, by a program on the host, or over the web. */
gboolean border_is_submission(const Hop *hop, const ReceivedParts *parts);
