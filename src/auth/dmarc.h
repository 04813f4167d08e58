/* dmarc.h: DMARC for a message: every author domain, both RFCs, and the alignment tree.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/psl.h"
#include "auth/step.h"
#include "dns/resolver.h"

/* What SPF and DKIM wrote down, to be hung into the tree; the tree takes the steps over. */
typedef struct {
    Step      *spf_mail_from;   /* "spf-check" */
    Step      *spf_helo;        /* "spf-helo", or NULL */
    Step      *arc;             /* "arc", or NULL */
    GPtrArray *dkim;            /* "dkim-check", one for each of report->dkim */
    gboolean   edited;          /* a person's edits are marked in the trees afterwards: they are this report's own */
    gboolean   unread;          /* a trial: of a single author's results RFC 9989's are made, and of the trees none */
} DmarcNotes;

/* Fills report->dmarc, tree and tree_7489, and marks author signatures. From, envelope, reported results, SPF and
 * DKIM must stand in the report already. */
void dmarc_check(Report *report, Resolver *resolver, const Psl *psl, DmarcNotes *notes);
