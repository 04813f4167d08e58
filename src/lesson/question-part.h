/* question-part.h: questions while they are collected.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/question.h"

/* One message, looked at for its questions. */
typedef struct {
    const Report      *report;
    const DmarcResult *dmarc;       /* the verdict that counts */
    GPtrArray         *questions;   /* Question */
    guint              identifiers; /* branches met so far */
    guint              signatures;  /* checks of signatures met so far */
} Collect;

/* What it is about, beside the step: */
typedef struct {
    const Identifier *identifier;   /* of an alignment; or NULL */
    const DkimResult *signature;    /* or NULL */
    const char       *author;       /* domain; or NULL */
} About;

/* question.c: what p= can ask for, in the order of the choices (RFC 9989, 4.7). */
enum { QUESTION_POLICIES = 3 };
extern const char *const question_policies[QUESTION_POLICIES];

/* question-inputs.c: fills `question->inputs`. */
void question_add_inputs(Question *question, const Collect *collect, const About *about);
/* The first TXT record there that begins with `start`, in one piece; or NULL. (transfer full) */
char *question_record(const Report *report, const char *name, const char *start);

/* question-mistake.c: fills `question->mistakes`. */
void question_add_mistakes(Question *question, const Collect *collect, const About *about);
