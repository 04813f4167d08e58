/* form.h: what was found out about a web form that writes its visitors into From:.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* One kind of visitor. */
typedef struct {
    const char *id;         /* "p-none" …: words.h has its words */
    Report     *report;
} FormCase;

typedef struct {
    GPtrArray *cases;       /* FormCase */
    gboolean   own_envelope;/* the form has a MAIL FROM of its own; else it uses the visitor's */
    char      *own_address; /* what the form could write into From: instead; NULL: not known */
    Report    *own;         /* the same mail with that From:; NULL: not known */
} FormAnswer;

FormAnswer *form_answer_new(void);
void        form_answer_add(FormAnswer *answer, const char *id, Report *report);
void        form_answer_free(FormAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FormAnswer, form_answer_free)
