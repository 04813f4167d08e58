/* question-walk.h: a person goes through a message's questions: guess, how sure, what is right.
 * SPDX-License-Identifier: MIT
 *
 * What was missed is asked once more when all was asked. No screen in it, and no clock. */
#pragma once

#include "lesson/question.h"

typedef enum {
    ASKING_CLOSED,      /* others come first */
    ASKING_OPEN,        /* it waits for a guess */
    ASKING_SURE,        /* … and for how sure it is */
    ASKING_TOLD         /* what is right may be seen */
} QuestionPhase;

typedef struct QuestionWalk QuestionWalk;

/* Keeps a borrowed `report`, until question_walk_renew(). (transfer full) */
QuestionWalk   *question_walk_new(const Report *report);
void            question_walk_free(QuestionWalk *walk);
/* The report is another one: questions that are the same as before keep their answers. */
void            question_walk_renew(QuestionWalk *walk, const Report *report);
/* What was answered so far, as lines; and what such lines say, of the questions that there are (anything may stand in
 * them). (transfer full) */
char           *question_walk_save(const QuestionWalk *walk);
void            question_walk_recall(QuestionWalk *walk, const char *saved);
/* Counts reports and answers: what was made of an earlier state is to be made anew. */
guint           question_walk_serial(const QuestionWalk *walk);
/* See questions_key(). (transfer none) */
const char     *question_walk_key(const QuestionWalk *walk);

guint           question_walk_length(const QuestionWalk *walk);
const Question *question_walk_get(const QuestionWalk *walk, guint index);
QuestionPhase   question_walk_phase(const QuestionWalk *walk, guint index);
/* The one that waits at this step, else the last one that was answered there; -1: none. */
int             question_walk_at(const QuestionWalk *walk, const Step *step);
/* The next one that can be answered, behind `index` (-1: from the start) and around; -1: there is
 * none. */
int             question_walk_next(const QuestionWalk *walk, int index);
/* All was asked: what was missed, and was not asked twice yet, waits once more. FALSE: there is
 * nothing. */
gboolean        question_walk_again(QuestionWalk *walk);
/* It is asked once more. */
gboolean        question_walk_repeats(const QuestionWalk *walk, guint index);
/* It was missed when this message was asked about before. */
void            question_walk_set_missed(QuestionWalk *walk, const char *item);
gboolean        question_walk_was_missed(const QuestionWalk *walk, guint index);

/* Something is to be guessed still, so that no outcome is seen but those that were told. */
gboolean        question_walk_hides(const QuestionWalk *walk);
/* Of those that can be asked so far, how many have been told. */
guint           question_walk_told(const QuestionWalk *walk, guint *of);
/* Every question at this step has been told. */
gboolean        question_walk_step_told(const QuestionWalk *walk, const Step *step);

/* FALSE where it waits for no guess, or has no such choice. */
gboolean        question_walk_guess(QuestionWalk *walk, guint index, guint choice);
/* -1: it was not guessed yet, or skipped. */
int             question_walk_guessed(const QuestionWalk *walk, guint index);
/* Takes back a guess that is not sure yet. */
gboolean        question_walk_forget(QuestionWalk *walk, guint index);
/* Tells; the answer is also of the walk. NULL where no guess waits for it. (transfer none) */
const Answer   *question_walk_sure(QuestionWalk *walk, guint index, guint sure, double seconds);
/* Tells without a guess; it is asked again. */
gboolean        question_walk_skip(QuestionWalk *walk, guint index);
/* The last answer to it, or NULL. (transfer none) */
const Answer   *question_walk_answer(const QuestionWalk *walk, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(QuestionWalk, question_walk_free)
