/* host.h: who can analyse a lesson's messages; this layer cannot.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "lesson/lesson.h"
#include "whatif/edit.h"

typedef struct {
    /* The message at `path` as the lesson judges it, with the changed inputs `edits` (or NULL).
     * NULL and `error` where it cannot be opened, or a change cannot be made to it. (transfer full)
     */
    Report *(*analyse)(gpointer data, const Lesson *lesson, const char *path, const Edits *edits,
                       GError **error);
    gpointer data;
} LessonHost;
