/* answer.h: what a learner answered, and what was right.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* The four answers to "how does this step come out?", keys a to d. */
typedef enum { GUESS_PASS, GUESS_FAIL, GUESS_NONE, GUESS_UNKNOWN, GUESSES } Guess;
extern const char *const guess_words[];     /* "pass" "fail" "none" "unknown", NULL */

enum { SURE_MIN = 1, SURE_MAX = 3 };        /* guessing, fairly sure, sure */

typedef struct {
    char    *item;              /* "02-web-form/dmarc", or the step's place in a message */
    char    *guess;             /* one of guess_words; of choices their letter: "b" */
    char    *answer;            /* what is right, in the same words */
    gint64   sure;              /* SURE_MIN to SURE_MAX */
    gboolean right;
    gint64   misconception;     /* its number in doc/lessons.md; 0: none */
    double   seconds;           /* from the question to the guess */
} Answer;

extern const RecordType answer_type;

Answer *answer_new(const char *item, const char *guess, const char *right, guint sure,
                   guint misconception, double seconds);
void    answer_free(Answer *answer);

/* Under which of the four an outcome counts; GUESSES: a fact that is no outcome. */
Guess   answer_of_result(Result result);
/* The words of the four for such an outcome: "pass" or "yes" … (transfer none) */
const char *answer_label(Guess guess, Result result);
const char *answer_sure_label(guint sure);
