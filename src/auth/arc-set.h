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
    gboolean    beyond;                         /* a field has a number above that limit */
    const char *problem;                        /* "structure", "cv-fail", or NULL: sound so far */
} ArcChain;

/* Steps 1 to 3 of 5.2. */
void arc_chain_read(const Message *message, ArcChain *chain);
void arc_chain_clear(ArcChain *chain);

typedef struct {
    char   *domain, *selector, *key_type;
    guint8 *signature;
    gsize   length;
} ArcSeal;

/* 4.1.3: the tags of a seal. FALSE where it cannot be one; to be cleared either way. */
gboolean arc_seal_read(const TagList *tags, ArcSeal *seal);
void     arc_seal_clear(ArcSeal *seal);
