/* received-parts.h: what one Received field tells the search for the border besides the hop.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/received.h"

typedef struct {
    gboolean ip_stated;     /* the address stands in a comment: the server wrote it */
    gboolean ip_bracketed;
    gboolean ptr_unknown;   /* the server says that the client has no verified name */
    gboolean ptr_unchecked; /* its name is what reverse DNS says, and nobody asked whether it leads back */
    gboolean authenticated; /* the server says that the client logged in */
    gboolean local;         /* handed in on the host itself, by a user or a program */
    char    *by_ip;         /* the server's own address */
} ReceivedParts;

/* received_parse(), telling more. (transfer full) */
Hop *received_parse_parts(const char *value, ReceivedParts *parts);
void received_parts_clear(ReceivedParts *parts);
/* Of what stands before " id …": what a whole field would get from that. FALSE in `*whole`: what follows could be taken for
 * something else than an id. (transfer full) */
Hop *received_parse_head(const char *head, ReceivedParts *parts, gboolean *whole);
/* received_parse_parts() of many messages (received-kept.c). `kept` may be NULL. (transfer full) */
Hop *received_parse_kept(ReceivedKept *kept, const char *value, ReceivedParts *parts);

/* ---- the `from` clause (received-client.c) ---- */

/* The address in "[192.0.2.1]", "[192.0.2.1]:4711", "192.0.2.1:25", "user@192.0.2.1" or
 * "192.0.2.1"; NULL where there is none. (transfer full) */
char *received_ip(const char *word);
/* The first word behind `from`, a later one, a comment, and the end of the field. */
void  received_client_name(Hop *hop, const char *word);
void  received_client_word(Hop *hop, ReceivedParts *parts, const char *word);
void  received_client_comment(Hop *hop, ReceivedParts *parts, char *comment);       /* cut into words */
void  received_client_done(Hop *hop, ReceivedParts *parts, gboolean exim);
/* The word behind `with` begins like one of `protocols` (NULL-terminated). */
gboolean received_speaks(const Hop *hop, const char *const *protocols);
