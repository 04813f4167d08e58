/* misconception.h: what learners believe about the names of a message, and what is true.
 * SPDX-License-Identifier: MIT
 *
 * They are numbered from 1 (doc/lessons.md lists them); questions, lessons, the score and class
 * files name them by these numbers. */
#pragma once

#include "lesson/script.h"

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
