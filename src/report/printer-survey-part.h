/* printer-survey-part.h: what the sections of a survey's text share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "report/paper.h"
#include "survey/source.h"

/* Where text begins behind a label. */
enum {
    SURVEY_INDENT = 11,
    SURVEY_NARROW = 66,
    SURVEY_SOURCES_SHOWN = 20,
    SURVEY_FIXES_SHOWN = 5,
    SURVEY_OTHERS_SHOWN = 15
};

/* How a verdict is counted for people. */
typedef enum { TALLY_PASS, TALLY_FAIL, TALLY_NONE, TALLY_OPEN, TALLIES } Tally;
typedef struct {
    gint64 count[TALLIES];
    gint64 all;
} Tallies;

Tallies survey_tally(const gint64 *results);
PaperRole survey_tally_role(Tally tally);
/* The worst that there is of it: a fail, an open question, none, a pass. */
Tally survey_tally_worst(const Tallies *tallies);
/* What there is most of; of equals the worst. */
Tally survey_tally_most(const Tallies *tallies);

/* "2026-10-01 to 2026-11-22", "2026-10-01"; NULL where there is no date. (transfer full) */
char *survey_dates(gint64 first, gint64 last);
/* A translated result carries its English word behind it, "X (pass)": where one of `words` does not
 * fit into a column, all stand without it. `texts` belong to the caller. */
void survey_heads(const char *const *words, guint count, guint column, char **texts);
/* A number or its heading, which ends at a column. */
PaperCell survey_right(const char *text, guint end, PaperRole role);
/* What a source is called; a domain that is not known. (transfer none) */
const char *survey_source_name(const SurveySource *source);
const char *survey_author_name(const SurveySource *source);

/* The domain of its From:, cut to that many columns, with "! " before it where it looks like another. (transfer full) */
char *survey_marked_name(const Paper *paper, const Survey *survey, const SurveySource *source, guint room);
/* A line for each of these: whom it looks like. */
void survey_print_alike(Paper *paper, const Survey *survey, const GPtrArray *sources, guint indent);

/* Who makes most failures, and what each must change; nothing where there are none. */
void survey_print_fixes(Paper *paper, const GPtrArray *failing);
/* In a sentence each: the next ones, and of all `sources` those who fail nowhere and still have
 * something to do. */
void survey_print_others(Paper *paper, const GPtrArray *failing, const GPtrArray *sources);
void survey_print_chart(Paper *paper, const ChartCount *chart);
void survey_print_faults(Paper *paper, const SurveyTotals *totals);
