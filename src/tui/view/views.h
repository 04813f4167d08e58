/* views.h: what one view, a command or the reader without a screen asks of another view.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* view/lessons.c: the list, the cursor on the lesson of that name (NULL: where it is). */
void  lessons_show(App *app, const char *name);

gboolean source_masks(const App *app, Span bytes);      /* the same in Source */
void  command_score(App *app, const char *argument);    /* view/score.c */

/* view/overview.c: what is missing can be had by one key, which the sender may notice. NULL: it cannot. (transfer none) */
const char *overview_way_to_know(const App *app);

/* view/source.c: shows these spans (Span; copied). */
void  source_jump(App *app, const GArray *spans);
/* The text that is shown, and the bytes of it that were jumped to (Span). (transfer none) */
GBytes *source_text(App *app);
const GArray *source_jumped(App *app);
/* tree-detail.c: the step under the cursor as a page, with blank lines between its parts where
 * `airy`. (transfer full) */
Page *tree_detail(const App *app, guint width, gboolean airy);
/* The same of any step. (transfer full) */
Page *tree_step_page(const App *app, const Step *step, guint width);
Page *tree_step_detail(const App *app, guint width);    /* never a question */
/* view/tree.c: shows the tree with the cursor on this step of it. */
void  tree_show_step(App *app, const Step *step);
/* Appends what a step and all below it rest on: Evidence, borrowed. */
void  tree_evidence(const Step *step, GPtrArray *evidence);
gboolean tree_row_shown(const CursorRow *row);
/* As it may be seen where its outcome may not. (transfer full) */
char    *tree_row_title(const CursorRow *row);
/* advice.c: why there is no letter. (transfer none) */
const char *advice_no_letter(const App *app);
/* tree-other.c: the other RFC's tree, once more. */
void     tree_other_again(App *app);
/* The row's title, the root's with the RFC where it is the other one; and the note then, else NULL.
 * (transfer full) */
char    *tree_other_title(const App *app, const CursorRow *row);
char    *tree_other_note(const App *app);
gboolean tree_other_can(const App *app);        /* there is one, and it may be seen */
const char *tree_row_open(const CursorRow *row);
gboolean tree_row_cause(const App *app, const CursorRow *row);  /* the verdict turns there, and that may be seen */
gboolean tree_row_has(const CursorRow *row, gconstpointer needle);   /* a CursorMatch; folded */
/* view/tree.c: the title bar's "step 5 of 9", or NULL. (transfer full) */
char *tree_progress(const App *app);
/* The places of views that handlers elsewhere ask for: NULL or 0 where there is none. (transfer
 * none) */
const ReportedHeader *results_header(App *app);
guint          route_hop(App *app);             /* from 1, topmost first */
const Repair  *repairs_repair(App *app);
void           inside_open_at(App *app, guint index);      /* the message there, counted from 0 */

/* chart-many.c: "SPF other domain, DKIM none". (transfer full) */
char          *chart_cell_name(guint cell);
/* view/survey.c: "Amazon SES as brand.example". (transfer full) */
char          *survey_group_title(const App *app, guint group);
/* survey-page.c: the survey of a list, group by group, for those who cannot see it. (transfer full) */
Page          *survey_as_page(const View *view, guint width);
guint          survey_shown(const App *app);            /* how many groups it shows */
guint          survey_order_serial(const App *app);     /* another one: other groups, or in another order */
/* The chart of a list, cell by cell, for those who cannot see it. (transfer full) */
Page          *chart_many_read(const View *view, guint width);

void  app_tree(App *app);
void  app_survey(App *app);
void  app_glossary(App *app);
void  tree_step(App *app);
