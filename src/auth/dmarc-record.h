/* dmarc-record.h: one DMARC policy record (RFC 9989, 4.7 and 4.8; RFC 7489, 6.3).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "base/memo.h"

typedef enum { POLICY_ABSENT, POLICY_NONE, POLICY_QUARANTINE, POLICY_REJECT, POLICY_INVALID } Policy;
extern const char *const policy_words[];        /* NULL for absent and invalid */

typedef struct {
    guint      refs;
    char      *text;            /* as published, strings joined */
    Policy     p, sp, np;
    gboolean   strict_dkim, strict_spf;
    gboolean   testing;         /* t=y */
    char       psd;             /* 'y', 'n' or 'u' */
    int        pct;             /* 0..100; 100 where absent or not a number */
    gboolean   has_rua;         /* at least one URI that can be one */
    char      *bad_policy;      /* "sp=bogus": the first policy that does not exist, or NULL */
    char      *repeated;        /* the tag that stands twice, or NULL: such a list is not valid (RFC 6376, 3.2) */
    GPtrArray *faults;          /* what was passed over or replaced by a default, as published */
    GPtrArray *historic;        /* names of pct, rf and ri, where they stand */
} DmarcRecord;

/* NULL where the text is no DMARC record: it does not begin with the tag v=DMARC1, compared to the letter.
 * (transfer full) */
DmarcRecord *dmarc_record_parse(const char *text, gsize length);
/* The same, but what was read from these bytes before is used again; nobody changes it. (transfer full) */
DmarcRecord *dmarc_record_of(Memo *memo, GBytes *text);
void         dmarc_record_free(DmarcRecord *record);    /* gives up one reference */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(DmarcRecord, dmarc_record_free)
