/* ui.h: the running terminal program, as its own parts see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/summary.h"
#include "tree/cursor.h"
#include "tui/app.h"
#include "tui/view.h"

typedef enum { VIEW_OVERVIEW, VIEW_TREE, VIEW_RESULTS, VIEW_SOURCE, VIEW_HELP, VIEWS } ViewId;

struct App {
    const AppInput *input;
    const Report   *report;     /* an empty one where nothing could be opened */
    Summary        *summary;    /* NULL where nothing could be opened */
    Cursor         *cursor;
    View           *views[VIEWS];   /* made when first opened */
    ViewId          current;
    GArray         *back;       /* ViewId: where Esc leads, the nearest last */
    char           *status;     /* one line until the next key; or NULL */
    gboolean        ascii;      /* the locale has no UTF-8 */
    gboolean        glyphs;     /* it has, and --ascii was not given */
    gboolean        quit;
    int             exit_status;
    guint           width, height;
};

/* Everything but the terminal, so that tests can press keys without one. `utf8`: of the locale. */
App  *app_new(const AppInput *input, gboolean utf8);
void  app_free(App *app);
void  app_resize(App *app, guint width, guint height);
void  app_press(App *app, guint code);
/* (transfer full) */
Canvas *app_paint(const App *app);

View *app_view(App *app);                       /* the one that is shown */
void  app_show(App *app, ViewId view);          /* Esc leads back from it */
void  app_status(App *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Shows the first bytes that `evidence` (Evidence) stands for, or says that there are none. */
void  app_jump(App *app, const GPtrArray *evidence);

/* frame.c: title bar, row of views, rules and footer around the view. */
Rect  frame_body(guint width, guint height);
gboolean frame_fits(guint width, guint height);
void  frame_draw(const App *app, Canvas *canvas);

/* marks.c: how verdicts and outcomes look: mark, word, role. */
const char *mark_tone(SummaryTone tone, gboolean glyphs);
Role        mark_tone_role(SummaryTone tone);
Role        mark_result_role(const Step *step, gboolean root);
/* "x NO", "pass"; "" where the outcome says nothing. (transfer full) */
char       *mark_outcome(const Step *step, gboolean root, gboolean glyphs);

/* view-source.c: shows these spans (Span; copied). */
void  source_jump(App *app, const GArray *spans);
/* tree-detail.c: the step under the cursor as a page, with blank lines between its parts where
 * `airy`. (transfer full) */
Page *tree_detail(const App *app, guint width, gboolean airy);
/* Appends what a step and all below it rest on: Evidence, borrowed. */
void  tree_evidence(const Step *step, GPtrArray *evidence);
gboolean tree_row_shown(const CursorRow *row);
/* view-tree.c: the title bar's "step 5 of 9", or NULL. (transfer full) */
char *tree_progress(const App *app);

/* Handlers of the table of keys. */
void  app_overview(App *app);
void  app_tree(App *app);
void  app_results(App *app);
void  app_source(App *app);
void  app_help(App *app);
void  app_back(App *app);
void  app_quit(App *app);
void  app_up(App *app);
void  app_down(App *app);
void  app_page_up(App *app);
void  app_page_down(App *app);
void  app_first(App *app);
void  app_last(App *app);
void  app_enter(App *app);
void  app_save(App *app);     /* save.c */
void  overview_walk(App *app);
void  tree_step(App *app);
void  tree_step_back(App *app);
void  tree_finish(App *app);
void  tree_restart(App *app);
void  tree_fold(App *app);
void  tree_unfold(App *app);
void  tree_cause(App *app);
void  tree_next_failing(App *app);
void  tree_previous_failing(App *app);
void  tree_pane(App *app);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(App, app_free)
