/* treewalk.h: the DNS tree walk of RFC 9989, 4.10, and plain record fetching, which both RFCs share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-record.h"
#include "auth/step.h"
#include "dns/resolver.h"

typedef enum {
    FETCH_FOUND,
    FETCH_NONE,         /* no DMARC record here */
    FETCH_SEVERAL,      /* more than one: none of them counts here */
    FETCH_TROUBLE,      /* DNS did not answer */
    FETCH_UNKNOWN       /* nobody knows: offline, not in the snapshot */
} FetchState;

/* Asks _dmarc.`domain` and writes a step "policy-query" under `parent`. The name is appended to `queries` when it is
 * new there. `record` is set for FETCH_FOUND only. (transfer full) */
FetchState dmarc_fetch(const char *domain, const char *rule, Resolver *resolver, GPtrArray *queries,
                       Step *parent, DmarcRecord **record);

typedef struct {
    char        *domain;
    DmarcRecord *record;
} WalkHit;

typedef struct {
    char      *start;
    GPtrArray *hits;        /* WalkHit, longest name first */
    FetchState state;       /* FETCH_NONE: walked to its end; FETCH_TROUBLE, FETCH_UNKNOWN: it stopped at `stopped` */
    char      *stopped;
    gboolean   several;     /* some name had several records */
} Walk;

/* At most 8 questions (4.10). (transfer full) */
Walk       *treewalk(const char *domain, Resolver *resolver, GPtrArray *queries, Step *parent);
void        treewalk_free(Walk *walk);

/* The organizational domain by 4.10.2; NULL where the walk could not be finished. (transfer none) */
const char *treewalk_org_domain(const Walk *walk);
/* The record at that name, or NULL. */
const WalkHit *treewalk_hit(const Walk *walk, const char *domain);
/* The record of the public suffix (psd=y) above the start, or NULL. */
const WalkHit *treewalk_psd_hit(const Walk *walk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, treewalk_free)
