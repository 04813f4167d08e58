/* dmarc-policy.h: which DMARC record governs an Author Domain, and what it asks
 * (RFC 9989, 4.10.1; RFC 7489, 6.6.3).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-notes.h"
#include "auth/psl.h"
#include "auth/step.h"

typedef enum {
    DISCOVERY_FOUND,
    DISCOVERY_NONE,
    DISCOVERY_UNUSABLE,    /* a record without valid policy and without rua, or no valid list: no DMARC */
    DISCOVERY_TROUBLE,     /* DNS did not answer */
    DISCOVERY_OPEN         /* nobody knows */
} Discovery;

typedef struct {
    Discovery state;
    char       *record_text;
    char       *record_domain;
    char       *org;            /* the Author Domain's organizational domain; NULL where it is open */
    gboolean    org_temporary;  /* … for DNS trouble */
    const char *tag;            /* "p", "sp", "np"; "forced" where a bad policy counts as none */
    const char *published;      /* none quarantine reject; NULL: np differs from sp, and nobody knows whether the name exists */
    const char *applied;        /* after t (RFC 9989) or for the sampled part of pct (RFC 7489) */
    const char *applied_sampled;/* RFC 7489: for the part that pct leaves out; else NULL */
    gboolean    strict_spf, strict_dkim;
    gboolean    several;        /* RFC 7489: several records, which end the search */
    Tri         assumed_exists;
} DmarcPolicy;

/* Writes its steps under `step` and decides it; asked names and findings go to `log`. Unless `assumed_exists` is
 * unknown it answers whether the Author Domain exists, which DNS is then not asked. (transfer full) */
DmarcPolicy *dmarc_policy_find(const char *author, gboolean legacy, const Psl *psl,
                               Tri assumed_exists, const DmarcLog *log, Step *step);
void         dmarc_policy_free(DmarcPolicy *policy);
