/* task.h: changes of a lesson tried: those of a what-if, and those that a learner proposes for a
 * goal. SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/host.h"

/* The changes of a what-if section; NULL and `error` where one cannot be read. (transfer full) */
Edits   *task_edits(const ScriptSection *section, GError **error);

/* Why the learner could not make this change, in words; NULL: it may be tried. (transfer full) */
char    *task_refused(const ScriptSection *section, const Edits *edits, const Report *before);
/* With the change in it the analysis says so. */
gboolean task_reached(const Report *before, const Report *after);
/* What came of a change that was tried. (transfer full) */
char    *task_words(const Report *before, const Report *after);
/* What to write somewhere, ready to copy; or NULL. (transfer full) */
char    *task_record(const Report *before, const Report *after);

/* The same of KEY=VALUE, at once. */
typedef struct {
    gboolean reached;           /* it passes, and the actor could do it */
    char    *words;             /* what came of it, in the reader's language */
    Report  *report;            /* the analysis with the change; NULL where it was refused */
} TaskTry;

/* `text` is KEY=VALUE; `before`: the message as it is. (transfer full) */
TaskTry *task_try(const ScriptSection *section, const char *text, const Report *before,
                  const Lesson *lesson, const char *path, const LessonHost *host);
void     task_try_free(TaskTry *tried);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TaskTry, task_try_free)
