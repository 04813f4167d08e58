/* row.h: what a survey keeps of one message.
 * SPDX-License-Identifier: MIT
 *
 * Rows are made where the message is analyzed, and travel to the process that counts (survey.h), by
 * the hundred thousand: they are small, plain, and whoever receives one may be sent anything. */
#pragma once

#include "advice/chart.h"
#include "advice/provider.h"
#include "facts/report.h"

/* Whose verdicts a survey tells apart. */
typedef enum {
    SURVEY_DMARC,
    SURVEY_GMAIL,
    SURVEY_YAHOO,
    SURVEY_MICROSOFT,
    SURVEY_JUDGES
} SurveyJudge;
/* "dmarc", then the profiles of receivers' rules: keys of the JSON. */
extern const char *const survey_judge_words[];

typedef struct {
    int result[SURVEY_JUDGES]; /* Result; RESULT_UNKNOWN where nobody was asked */
} SurveyVerdicts;

/* An advice without what only its message needs. Pointers of an Advice that is made of it are
 * borrowed. */
typedef struct {
    char *pattern, *who;
    GPtrArray *args;
    char *record, *turns;
    int proved; /* Tri */
    char *provider, *console, *console_ja, *tried;
    GPtrArray *effects;
    gint64 count; /* messages that have it */
} SurveyAdvice;

/* Signing domains are those whose signature verifies: only these say who sent a message. Every name
 * of d= that did not verify, for whatever reason, stands apart. Both are sorted, each name once. */
typedef struct {
    char *path;       /* as the message's report has it */
    gint64 index;     /* from 1 */
    char *fault;      /* why it cannot be read: nothing below is set then; or NULL */
    gint64 own, told; /* ChartSpot */
    gint64 date; /* seconds since 1970: when it was received, else its Date; unset where neither is
                    known */
    char *author_domain;   /* NULL where there is none, or several */
    char *envelope_domain; /* of MAIL FROM; NULL where it is not known, or names nobody (<>) */
    GPtrArray *signers, *unverified;
    char *network; /* "192.0.2.0/24", "2001:db8:7::/48" of the client that brought it; NULL where
                      unknown */
    char *service; /* id of the recognized service (advice/provider.h), or NULL */
    char *term;    /* the term of the SPF record that matched, or NULL */
    SurveyVerdicts *verdicts;
    SurveyAdvice *advice; /* the one that leads, or NULL */
} SurveyRow;

extern const RecordType survey_row_type, survey_verdicts_type, survey_advice_type;

/* Names in one row at most: a message may carry hundreds of signatures. */
enum { SURVEY_NAMES_MAX = 12 };

/* (transfer full: survey_row_free) */
SurveyRow *survey_row_new(const Report *report, const Providers *providers);
/* Of a message that cannot be read. (transfer full) */
SurveyRow *survey_row_unreadable(const SourceInfo *source, const char *fault);
void survey_row_free(SurveyRow *row);

/* To bytes, appended to `out`, and back. What does not fit, or is more than a row can be, gives
 * NULL. (transfer full) */
void survey_row_pack(const SurveyRow *row, GString *out);
SurveyRow *survey_row_unpack(const char *bytes, gsize length);

/* The network of an IP address: its /24 or /48. NULL where `ip` is none. (transfer full) */
char *survey_network(const char *ip);
/* As advice/told.h and tree/words.h take it; its pointers are `advice`'s. */
Advice survey_advice_view(const SurveyAdvice *advice, GPtrArray *empty);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyRow, survey_row_free)
