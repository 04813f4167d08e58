/* received-parts.h: what one Received field tells the search for the border besides the hop.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/received.h"

typedef struct {
    gboolean ip_stated;     /* the address stands in a comment: the server wrote it */
    gboolean ptr_unknown;   /* the server says that the client has no verified name */
    char    *by_ip;         /* the server's own address */
} ReceivedParts;

/* received_parse(), telling more. (transfer full) */
Hop *received_parse_parts(const char *value, ReceivedParts *parts);
void received_parts_clear(ReceivedParts *parts);
