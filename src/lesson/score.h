/* score.h: what a learner's answers come to.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/answer.h"
#include "lesson/script.h"

typedef struct {
    guint asked, right;
    /* By how sure the learner was: SURE_MIN to SURE_MAX. */
    guint sure_asked[SURE_MAX + 1], sure_right[SURE_MAX + 1];
    /* By misconception; 0: by none. */
    guint wrong_by[MISCONCEPTIONS + 1], right_by[MISCONCEPTIONS + 1];
    guint sure_wrong_by[MISCONCEPTIONS + 1];    /* … and sure of it */
} Score;

/* `answers`: Answer. */
Score score_of(const GPtrArray *answers);
/* The misconceptions that showed, those of which the learner was sure first, then the most
 * frequent.
 * (transfer full: GArray of guint) */
GArray *score_misconceptions(const Score *score);
