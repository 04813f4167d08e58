/* pattern.h: the patterns of advice, as a table.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/advice.h"

/* One message as the patterns look at it. */
typedef struct {
    const Report      *report;
    const DmarcResult *dmarc;
    const GPtrArray   *identifiers;     /* advice_identifiers() */
    const char        *author;          /* the Author Domain */
    const char        *author_address;
    const Identifier  *spf;             /* NULL where MAIL FROM is not known */
    GPtrArray         *dkim;            /* Identifier */
    GPtrArray         *others;          /* names that were proved, but are not the author's */
    gboolean           believe;
    gboolean           vouched;         /* something aligned passed */
} Case;

/* A pattern fills arguments and record into `advice` and says whether it fits. */
typedef struct {
    const char *id;
    const char *who;
    const char *turns;      /* the step that comes out otherwise once this is done, or NULL */
    gboolean  (*fits)(const Case *c, Advice *advice);
} Pattern;

/* Likely ones first, ended by an entry without id; the fallback is for when none of them fits. */
extern const Pattern pattern_table[];
extern const Pattern pattern_fallback;

/* Three arguments for the words; NULL stands as "". */
void     pattern_args(Advice *advice, const char *a, const char *b, const char *d);
/* A line of a setting to copy: `label` and what a stranger wrote, made visible. */
void     pattern_record(Advice *advice, const char *label, const char *value);
/* A line of a zone file. */
void     pattern_record_txt(Advice *advice, const char *owner, const char *text);
/* MAIL FROM is an address that a forwarder rewrote (SRS). */
gboolean pattern_is_rewritten(const Case *c);
/* MAIL FROM would vouch for From:, but SPF did not pass. */
gboolean pattern_spf_failed(const Case *c);

/* pattern-failed.c */
gboolean pattern_altered(const Case *c, Advice *advice);
gboolean pattern_header_altered(const Case *c, Advice *advice);
gboolean pattern_forwarder(const Case *c, Advice *advice);
gboolean pattern_dkim_key(const Case *c, Advice *advice);
gboolean pattern_key_gone(const Case *c, Advice *advice);
gboolean pattern_expired(const Case *c, Advice *advice);
gboolean pattern_spf_lacks(const Case *c, Advice *advice);
gboolean pattern_spf_missing(const Case *c, Advice *advice);
gboolean pattern_spf_broken(const Case *c, Advice *advice);
