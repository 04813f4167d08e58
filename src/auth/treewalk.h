/* treewalk.h: the DNS tree walk of RFC 9989, 4.10, and plain record fetching, which both RFCs share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-notes.h"
#include "auth/dmarc-record.h"
#include "auth/step.h"

typedef enum {
    FETCH_FOUND,
    FETCH_NONE,         /* no DMARC record here */
    FETCH_SEVERAL,      /* more than one: none of them counts here */
    FETCH_INVALID,      /* one, with a repeated tag: no valid list, so no valid record (RFC 6376, 3.2) */
    FETCH_TROUBLE,      /* DNS did not answer */
    FETCH_UNKNOWN       /* nobody knows: offline, not in the snapshot */
} FetchState;

/* Asks _dmarc.`domain` and writes a step "policy-query" under `parent`. `record` is set for FETCH_FOUND and
 * FETCH_INVALID only. (transfer full) */
FetchState dmarc_fetch(const char *domain, const char *rule, const DmarcLog *log, Step *parent,
                       DmarcRecord **record);

typedef struct {
    char        *domain;
    DmarcRecord *record;
} WalkHit;

typedef struct {
    char      *start;
    GPtrArray *hits;        /* WalkHit, longest name first */
    FetchState state;       /* FETCH_NONE: walked to its end; FETCH_TROUBLE, FETCH_UNKNOWN: it stopped at `stopped` */
    char      *stopped;
} Walk;

/* At most 8 questions (4.10). (transfer full) */
Walk       *treewalk(const char *domain, const DmarcLog *log, Step *parent);
void        treewalk_free(Walk *walk);

/* The organizational domain by 4.10.2; NULL where the walk could not be finished. (transfer none) */
const char *treewalk_org_domain(const Walk *walk);
/* The record at that name, or NULL. */
const WalkHit *treewalk_hit(const Walk *walk, const char *domain);
/* The record of the public suffix (psd=y) above the start, or NULL. */
const WalkHit *treewalk_psd_hit(const Walk *walk);
/* Notes the record whose psd=y or psd=n ended the walk, and so drew the border of the organization. */
void treewalk_note_border(const Walk *walk, const DmarcLog *log);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, treewalk_free)
