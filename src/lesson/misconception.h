/* misconception.h: what learners believe about the names of a message, and what is true.
 * SPDX-License-Identifier: MIT
 *
 * They are numbered from 1 (doc/lessons.md lists them); questions, lessons, the score and class
 * files name them by these numbers. */
#pragma once

#include <glib.h>

/* Their numbers, which stand in lessons, class files and the file of progress: a new one comes at the end. */
typedef enum {
    BELIEF_NONE,
    BELIEF_SPF_CHECKS_FROM,
    BELIEF_TWO_PASSES_SUFFICE,
    BELIEF_BOTH_MUST_PASS,
    BELIEF_PASS_IS_SAFE,
    BELIEF_NONE_IS_OFF,
    BELIEF_REJECT_IS_AN_ORDER,
    BELIEF_SENDER_WRITES_RETURN_PATH,
    BELIEF_REPLY_TO_COUNTS,
    BELIEF_INCLUDE_ALIGNS,
    BELIEF_IDENTITY_COUNTS,
    BELIEF_FIRST_SIGNATURE_DECIDES,
    BELIEF_SOFTFAIL_IS_HALF_A_PASS,
    BELIEF_HELO_COUNTS,
    BELIEF_ALL_IN_INCLUDE_COUNTS,
    BELIEF_FAIL_IS_SAFER,
    BELIEF_RELAXED_IS_PARENT_AND_CHILD,
    BELIEF_TWO_LABELS,
    BELIEF_SRS_PASSES,
    BELIEF_ARC_PASSES,
    BELIEF_RESULTS_ARE_TRUE,
    BELIEF_FAIL_IS_FORGED,
    BELIEF_PCT_IS_A_SHARE,
    BELIEF_MY_RECORD_DECIDES,
    BELIEF_SPF_IS_INHERITED,
    BELIEF_NONE_CHANGES_NOTHING,
    BELIEF_NAMES_MUST_BE_THE_SAME,
    BELIEF_VISITOR_SOFTENS,
    BELIEFS_END,
    MISCONCEPTIONS = BELIEFS_END - 1
} Belief;

typedef struct {
    const char *belief;         /* marked for translation, as `truth` is */
    const char *truth;
    const char *reference;      /* "RFC 7208, 2.4" */
} Misconception;

/* NULL where there is no such number. (transfer none) */
const Misconception *misconception_get(guint number);
/* In the reader's language; "" where there is no such number. (transfer none) */
const char          *misconception_belief(guint number);
const char          *misconception_truth(guint number);
