/* part.h: predict mode, as its own parts see it.
 * SPDX-License-Identifier: MIT
 *
 * The tree asks: the question about the step under the cursor stands where its details else are.
 * Until the last question about a message is answered app_hides() holds, and no view tells how
 * anything came out. */
#pragma once

#include "lesson/question-walk.h"
#include "tui/ui.h"

/* Of the whole session. */
struct Predict {
    gboolean leaving;       /* Esc was pressed once */
    gboolean told_fault;    /* that progress cannot be kept was said */
};

/* Of one message. */
struct Guessing {
    QuestionWalk *walk;
    guint         serial;   /* of the walk, when the tree was concealed */
    const Cursor *cursor;   /* likewise: the tree's */
    const Step   *step;     /* the one that `at` is about */
    int           at;       /* the question that is shown; -1: the step asks nothing */
    gint64        asked;    /* when it was shown, monotonic */
    gint64        guessed;
};

/* predict.c */
QuestionPhase guess_phase(const App *app);  /* of the question that is shown */
void guess_show(App *app, int index);       /* goes to its step; -1: none */
void guess_conceal(App *app);               /* the tree, as far as nothing was told */
void guess_keep(App *app, const QuestionWalk *walk, const Answer *answer);
