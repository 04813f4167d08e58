/* handout.h: a lesson on paper: with blanks to fill in, or with the answers.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/host.h"
#include "report/paper.h"

/* Appends it to the paper. With `key` all that the lesson says; without, what can be asked only.
 * The names of each message are told where `host` can analyse it (may be NULL). */
void handout_print(Paper *paper, const Lesson *lesson, gboolean key, const LessonHost *host);
