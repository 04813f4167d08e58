/* choice.h: a question's choices and what came of an answer, as lessons and predict mode show them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/answer.h"
#include "tui/terminal/theme.h"
#include "tui/ui.h"

typedef struct {
    gboolean told;          /* what is right may be seen */
    gboolean right;         /* this one is */
    gboolean taken;         /* by the learner */
} ChoiceState;

/* "> b" before there is an answer, "+ b" or "x b" then; `index` from 0. (transfer full) */
char *choice_key(ChoiceState state, guint index, gboolean glyphs);
Role  choice_role(ChoiceState state);

/* "How sure are you?  1 a guess …" (transfer full) */
char *choice_sure_text(void);
/* "x Not this time. (fairly sure)"; read line by line, where nobody sees the mark before the right choice, also which that is
 * (`right`, from 0), whether somebody guessed or not (`answer` NULL). NULL: nothing is to be said. (transfer full) */
char *choice_verdict(const App *app, const Answer *answer, guint right);
Role  choice_verdict_role(const Answer *answer);
