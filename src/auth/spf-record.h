/* spf-record.h: one SPF record taken apart (RFC 7208, 4.5, 4.6 and 12), with no DNS in it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/memo.h"
#include "facts/report.h"

typedef enum {
    SPF_ALL, SPF_INCLUDE, SPF_A, SPF_MX, SPF_PTR, SPF_IP4, SPF_IP6, SPF_EXISTS,
    SPF_REDIRECT, SPF_EXP, SPF_OTHER_MODIFIER
} SpfKind;

/* One term of a record. */
typedef struct {
    SpfKind kind;
    Result  outcome;        /* of a match, by its qualifier: pass, fail, softfail, neutral */
    char   *text;           /* as it stands in the record */
    char   *target;         /* domain-spec with its macros; NULL: the domain itself */
    guint8  network[16];    /* ip4: 4 octets, ip6: 16 */
    guint   prefix4;        /* ip4, a, mx */
    guint   prefix6;        /* ip6, a, mx */
} SpfClause;

typedef struct {
    guint      refs;
    char      *text;
    GPtrArray *mechanisms;  /* SpfClause, in order */
    SpfClause *redirect;    /* NULL where there is none */
    SpfClause *exp;
    char      *fault;       /* the first term that is not SPF; NULL: the record is sound */
} SpfRecord;

/* The TXT record claims to be SPF: "v=spf1", then a blank or the end (4.5). */
gboolean   spf_record_is_ours(const char *bytes, gsize length);

/* Reads all of it before anything is evaluated (4.6); a broken one has a `fault`.
 * (transfer full) */
SpfRecord *spf_record_parse(const char *bytes, gsize length);
/* The same, but what was read from these bytes before is used again; nobody changes it. (transfer full) */
SpfRecord *spf_record_of(Memo *memo, GBytes *text);
void       spf_record_free(SpfRecord *record);      /* gives up one reference */

/* include, a, mx, ptr, exists and redirect ask DNS and count for the limit of 10 (4.6.4). */
gboolean   spf_clause_looks_up(const SpfClause *clause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpfRecord, spf_record_free)
