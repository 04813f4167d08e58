/* survey-part.h: the view of a survey, as its own files see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "survey/source.h"
#include "tui/list/group-order.h"
#include "tui/ui.h"

typedef struct {
    View view;
    GroupOrder *order;
    guint id;      /* of the group under the cursor: it stays there while others come */
    guint at, top; /* positions */
    gboolean chosen; /* somebody moved; before that the cursor stays on the first */
    Page *detail;
    PagePlace place;
    guint shown, shown_width, shown_serial; /* what `detail` speaks of */
    gint64 mark;                            /* when `marked` were judged, in microseconds */
    guint marked;
    guint rate; /* messages a second; 0: not known yet */
    guint width, height;
} SurveyView;

/* Two lines above the groups: verdicts of all, and headings. */
enum { SURVEY_HEADS = 2 };

const Survey *survey_of(const SurveyView *self);
/* NULL where none is there, or it was let go. */
const SurveyGroup *survey_at(const SurveyView *self, guint position);

/* survey-words.c: how a group is named and judged. (transfer none) */
const char *survey_author(const SurveyGroup *group);
const char *survey_sender(const App *app, const SurveyGroup *group);
/* (transfer full, all of these) */
char *survey_title(const App *app, const SurveyGroup *group);
char *survey_signers(const SurveyGroup *group);
char *survey_verdict(const SurveyGroup *group, SurveyJudge judge, gboolean glyphs);
char *survey_sums(const SurveyView *self, gboolean glyphs);
Role survey_verdict_role(int result);
const char *survey_mark(int result, gboolean glyphs);

/* survey-table.c */
void survey_table_draw(const SurveyView *self, Canvas *canvas, Rect pane);
/* survey-page.c: what is told about a group. (transfer full) */
Page *survey_page(const SurveyView *self, const SurveyGroup *group, guint width);
