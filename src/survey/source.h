/* source.h: groups put together as people ask for them: who sends as which domain, and how that
 * goes. SPDX-License-Identifier: MIT
 *
 * A large service sends from dozens of networks, each of them a group of its own. Here they are one
 * source: its recognized name, or else the name that was proved. */
#pragma once

#include "survey/survey.h"

typedef struct {
    const char *author_domain; /* or NULL, as all names; borrowed from groups and providers */
    const char *
        name; /* "Amazon SES", "bounce.example.net", "192.0.2.0/24"; NULL: nothing is known of it */
    gboolean proved; /* SPF or a signature says that it sent at least one of the groups */
    gint64 messages;
    gint64 results[SURVEY_JUDGES][SURVEY_RESULTS];
    gint64 first, last;
    GPtrArray *groups; /* SurveyGroup, the most messages first */
} SurveySource;

/* What DMARC says is no pass, and no open question. */
gint64 survey_failures(const SurveySource *source);

typedef enum { SURVEY_BY_MESSAGES, SURVEY_BY_FAILURES } SurveyOrder;

/* In that order; BY_FAILURES leaves out those without any. `providers` may be NULL. (transfer full)
 */
GPtrArray *survey_sources(const Survey *survey, const Providers *providers, SurveyOrder order);

/* The group with the most messages among those that fail, or among all where none does. */
const SurveyGroup *survey_worst_group(const SurveySource *source);
/* Who sent it: a recognized service, or the name that was proved, or the network; NULL: nothing is
 * known. Borrowed from `group` and `providers` (may be NULL). */
const char *survey_group_sender(const SurveyGroup *group, const Providers *providers);
gboolean survey_group_fails(const SurveyGroup *group);
/* SPF or a signature says who sent it: for whom else that may be. */
gboolean survey_group_proved(const SurveyGroup *group);
