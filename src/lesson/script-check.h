/* script-check.h: what is wrong with a lesson, before learners find it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/host.h"

typedef struct {
    GPtrArray *faults;          /* char *: "FILE, line N: fault" */
    GPtrArray *warnings;        /* likewise: what may be meant so */
    guint      lessons, texts, analyses;    /* looked at */
} ScriptCheck;

ScriptCheck *script_check_new(void);
void         script_check_free(ScriptCheck *check);
/* The lesson in `folder`, in all its languages; its claims are tried by `host`. */
void         script_check_lesson(ScriptCheck *check, const char *folder, const LessonHost *host);

/* The views that `look` knows; NULL-terminated. */
extern const char *const script_views[];

/* script-check-text.c: without the analysis. */
void         script_check_text(ScriptCheck *check, const Lesson *lesson);
void         script_check_same(ScriptCheck *check, const Script *first, const Script *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScriptCheck, script_check_free)
