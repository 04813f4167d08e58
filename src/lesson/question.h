/* question.h: what can be asked about one message before its outcomes are seen.
 * SPDX-License-Identifier: MIT
 *
 * Each step of the tree that decides asks how it comes out; behind some of them stands a
 * question about what follows. The right answer is the tree's own, so question and verdict
 * cannot disagree. The same message asks the same questions. No screen in it. */
#pragma once

#include "facts/report.h"
#include "lesson/answer.h"

typedef enum {
    /* Outcomes of a step: */
    QUESTION_POLICY,        /* what the record that governs asks */
    QUESTION_SPF,
    QUESTION_SPF_ALIGNED,
    QUESTION_DKIM,
    QUESTION_DKIM_ALIGNED,
    QUESTION_ARC,
    QUESTION_DMARC,
    QUESTION_ASKED,         /* what is asked for this mail */
    /* What follows; asked when the outcome is known: */
    QUESTION_REFUSED,       /* SPF fail by -all, and yet a pass */
    QUESTION_FORGED,        /* what a failed signature proves */
    QUESTION_BELIEVE,       /* somebody's Authentication-Results */
    QUESTION_MUST,          /* the policy and the receiver */
    QUESTION_HARMLESS,      /* p=none, and nothing vouches */
    QUESTION_SAFE,          /* after a pass */
    QUESTION_HELPS,         /* what would make it pass */
    QUESTION_KINDS
} QuestionKind;

/* Choices are keys a to f. */
enum { QUESTION_CHOICES_MAX = 6, QUESTIONS_MAX = 40 };

typedef struct {
    QuestionKind kind;
    const Step  *step;      /* of the report's tree (borrowed) */
    char        *item;      /* its place in this message: "alignment#2", "dmarc/asked" */
    int          after;     /* the question that must have been answered first; -1: none */
    guint        choices;
    guint        right;     /* from 0 */
    guint        mistakes[QUESTION_CHOICES_MAX];    /* the Belief that a choice shows; BELIEF_NONE: nothing is known */
    GPtrArray   *args;      /* char *: {0} {1} of its texts */
    /* StepInput, with free function: what there is to go by. Names are ids of words_input(), or
     * what a stranger wrote. */
    GPtrArray   *inputs;
} Question;

/* In the order of a walk. The report must outlive them. (transfer full: GPtrArray of Question, with
 * free function) */
GPtrArray  *questions_of(const Report *report);
/* What this message is called where answers are kept: of its questions and what they show.
 * (transfer full) */
char       *questions_key(const GPtrArray *questions);

/* FALSE: it asks how a step comes out. */
gboolean    question_is_about_meaning(const Question *question);
/* The misconception that it is there for: that of the first wrong choice that shows one, or 0. */
guint       question_misconception(const Question *question);
/* What stands in records: "pass" …, "quarantine", of others the letter. (transfer full) */
char       *question_word(const Question *question, guint choice);

/* ---- question-words.c ---- */
/* In the reader's language; may hold bytes of a stranger. (transfer full) */
char       *question_text(const Question *question);
char       *question_choice(const Question *question, guint choice);
/* Why the right answer is right. */
char       *question_why(const Question *question);
char       *question_rule(const Question *question);
/* A step's title as it may be seen while its outcome may not. */
char       *question_title(const Step *step);
/* Whether not even the existence of the step may be seen. */
gboolean    question_step_tells(const Step *step);
