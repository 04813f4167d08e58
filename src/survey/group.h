/* group.h: messages that a survey does not tell apart: sent as the same, by the same, judged alike.
 * SPDX-License-Identifier: MIT
 *
 * All that is kept of its messages is the same in whatever order they come, and however they were
 * split over several runs: the newest one is the example, and of lists that are too long the first
 * by name stay. */
#pragma once

#include "survey/row.h"

typedef struct {
    char *path;
    gint64 index;
} SurveyPlace;

/* The first four and the verdicts make the group; its keys in the JSON are in this order. */
typedef struct {
    char *author_domain, *envelope_domain;
    GPtrArray *signers;
    char *network;
    gint64 count;
    gint64 first, last;   /* seconds since 1970; unset where no message has a date */
    SurveyPlace *example; /* the newest; of several the first by path and index */
    SurveyVerdicts *verdicts;
    GPtrArray *advice;     /* SurveyAdvice, by pattern and who acts */
    char *service, *term;  /* of several the first by name */
    GPtrArray *unverified; /* names of d= whose signatures did not verify */
    /* not in the table: */
    ChartCount chart;
    guint id; /* survey.h */
} SurveyGroup;

extern const RecordType survey_group_type, survey_place_type;

/* A group of one. (transfer full) */
SurveyGroup *survey_group_new(const SurveyRow *row);
/* Of the same kind, without messages. (transfer full) */
SurveyGroup *survey_group_blank(const SurveyGroup *like);
void survey_group_free(SurveyGroup *group);
/* Makes a span of dates as long as it has to be to hold another one; both may be unset. */
void survey_take_dates(gint64 *first, gint64 *last, gint64 from, gint64 to);
/* Takes in a message of the same group. */
void survey_group_add(SurveyGroup *group, const SurveyRow *row);
/* Takes in another part of the same group. */
void survey_group_join(SurveyGroup *group, const SurveyGroup *part);

/* By what makes the group; 0 where both are the same. */
int survey_group_compare(const SurveyGroup *a, const SurveyGroup *b);
/* The same with a row, as one that is not there yet would be. */
int survey_group_compare_row(const SurveyGroup *group, const SurveyRow *row);
/* How they are listed: the most messages first, then by name. */
int survey_group_order(const SurveyGroup *a, const SurveyGroup *b);
/* Its advice, the most frequent first. (transfer container) */
GPtrArray *survey_group_advice(const SurveyGroup *group);
