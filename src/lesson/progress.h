/* progress.h: what a learner has done so far: one file, safe against a sudden end.
 * SPDX-License-Identifier: MIT
 *
 * Every change is written aside and renamed, so the file is always whole; it is read anew before,
 * so that two lessons played at the same time keep both their answers. */
#pragma once

#include "lesson/answer.h"
#include "lesson/script.h"

typedef struct {
    char      *lesson;          /* "02-web-form" */
    char      *done;            /* when it was finished, as 2026-11-22T09:00:00Z; or NULL */
    gint64     page;            /* where it was left, from 1; 0: at its beginning */
    guint      right[MISCONCEPTIONS + 1];   /* answers by misconception; 0: by none */
    guint      wrong[MISCONCEPTIONS + 1];
    GPtrArray *missed;          /* char *: items whose last answer was wrong */
} ProgressLesson;

typedef struct Progress Progress;

/* An empty one where there is no file. What cannot be read in it is left out and added to `faults`
 * (may be NULL). (transfer full) */
Progress             *progress_load(GPtrArray *faults);
void                  progress_free(Progress *progress);
/* NULL where nothing is known of it. (transfer none) */
const ProgressLesson *progress_of(const Progress *progress, const char *lesson);
guint                 progress_right(const ProgressLesson *lesson);
guint                 progress_wrong(const ProgressLesson *lesson);
/* Where the file stands. (transfer full) */
char                 *progress_path(void);

/* FALSE and `error` where the file cannot be written. */
gboolean progress_answer(const char *lesson, const char *item, const Answer *answer,
                         GError **error);
gboolean progress_page(const char *lesson, guint page, GError **error);
gboolean progress_done(const char *lesson, gint64 now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)
