/* question-walk-part.h: what a walk through questions keeps of each.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/question-walk.h"

/* Of one question. */
typedef struct {
    char *mark; /* item and inputs: by this it is known in another report */
    int guess;
    gboolean told;
    gboolean missed;   /* the last answer was wrong, or it was skipped */
    gboolean again;    /* it waits once more */
    gboolean repeated; /* … or did */
    gboolean before;   /* it was missed on another day */
    Answer *answer;
} Place;

struct QuestionWalk {
    GPtrArray *questions; /* Question */
    GPtrArray *places;    /* Place, likewise */
    GPtrArray *elsewhere; /* Place: of reports before this one, the newest first */
    char *key;
    guint serial;
};

/* What a choice says of who made it. (transfer full) */
Answer *question_walk_answer_of(const Question *question, guint choice, guint sure, double seconds);
