/* arc-set.h: the ARC fields of a message, sorted into sets and judged for structure (RFC 8617, 4 and 5.2).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/taglist.h"
#include "message/message.h"

#define ARC_INSTANCES_MAX 50    /* 4.2.1 */

typedef struct {
    int      aar, ams, seal;    /* indexes of the fields; -1: none */
    gboolean repeated;          /* one of the three stands twice */
    TagList *seal_tags;
    char    *cv;                /* as written; or NULL */
    char    *sealer;            /* d= of the seal, normalised; or NULL */
} ArcSet;

typedef struct {
    ArcSet      set[ARC_INSTANCES_MAX + 1];     /* by instance, from 1 */
    int         highest;                        /* 0: no instance could be read */
    gboolean    any;                            /* there is some ARC field */
    const char *problem;                        /* "structure", "cv-fail", or NULL: sound so far */
} ArcChain;

/* Steps 1 to 3 of 5.2. */
void arc_chain_read(const Message *message, ArcChain *chain);
void arc_chain_clear(ArcChain *chain);
