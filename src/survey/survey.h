/* survey.h: many messages counted: on the chart, by verdict, and in groups of those that were sent
 * as the same, by the same. SPDX-License-Identifier: MIT
 *
 * Counts only; nothing here prints. A sender can make every message a group of its own, so there
 * are never more than SURVEY_GROUPS_MAX: then the smaller half is let go, and its messages are
 * counted as `other`. Chart, verdicts and totals are exact all the same. Adding costs a walk down a
 * balanced tree of at most that many groups. */
#pragma once

#include "headers/lookalike-list.h"
#include "survey/group.h"

enum { SURVEY_GROUPS_MAX = 50000, SURVEY_FAULTS_MAX = 10, SURVEY_RESULTS = RESULT_SKIPPED + 1 };
/* No group: the message is unreadable. */
#define SURVEY_NO_GROUP G_MAXUINT

/* A message that could not be read. */
typedef struct {
    SurveyPlace *place;
    char *text;
} SurveyFault;

extern const RecordType survey_fault_type;

typedef struct {
    gint64 messages; /* those that were read, and counted */
    gint64 unreadable;
    gint64 elsewhere;   /* read, but of another domain than was asked for: not counted */
    gint64 other;       /* counted, but in none of the groups that are left */
    gint64 first, last; /* seconds since 1970, unset where unknown */
    ChartCount chart;
    gint64 results[SURVEY_JUDGES][SURVEY_RESULTS];
    GPtrArray *faults; /* SurveyFault: the first by path and index */
    gboolean part;     /* somebody stopped before the end */
} SurveyTotals;

typedef struct Survey Survey;

Survey *survey_new(void);
/* From here on (nothing was added yet) names are compared with those that are often imitated, and with each other. `data` is
 * borrowed. */
void survey_compare_names(Survey *survey, const Lookalikes *data);
void survey_free(Survey *survey);

/* Counts a message, and answers with the group that it is in: a number that stays, whatever is
 * added later, and is never used for another. SURVEY_NO_GROUP for an unreadable one. */
guint survey_add(Survey *survey, const SurveyRow *row);
/* One more that was left out for its domain. */
void survey_add_elsewhere(Survey *survey);
/* Adds up: the same as if the messages of both had been added to `survey`, in any order. */
void survey_merge(Survey *survey, const Survey *part);
/* Parts of another survey, as they are read: a group (taken over; its count counts as messages),
 * and totals without those that groups bring (messages but for `other`, chart, dates). */
void survey_take_group(Survey *survey, SurveyGroup *group);
void survey_take_totals(Survey *survey, const SurveyTotals *totals);
void survey_set_part(Survey *survey);

/* (transfer none, all of them; until the next message is added) */
const SurveyTotals *survey_totals(const Survey *survey);
guint survey_groups(const Survey *survey);
/* NULL where it was let go. */
const SurveyGroup *survey_group_at(const Survey *survey, guint id);
/* Whom the domain of its From: looks like (headers/lookalike-list.h); NULL: nobody, or names are not compared. */
const char *survey_looks_like(const Survey *survey, const char *author_domain);
/* In the order of a list. (transfer container) */
GPtrArray *survey_sorted(const Survey *survey);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Survey, survey_free)
