/* class-file.h: answers in a file that a trainer collects: CSV or JSON, by the file's name.
 * SPDX-License-Identifier: MIT
 *
 * No names are needed: a session is a made-up word. The file is written aside and renamed, so it
 * is always whole; what stands in it already stays. doc/teaching.md describes its columns. */
#pragma once

#include "lesson/answer.h"

/* Adds `answers` (Answer). `session` says whose they are, `about` what they are of ("webform.eml",
 * "02-web-form"). FALSE and `error` where the file is no class file, or cannot be written; it is
 * then as it was. */
gboolean class_file_add(const char *path, const char *session, const char *about,
                        const GPtrArray *answers, GError **error);
/* Whether the name says which of the two it is. */
gboolean class_file_known(const char *path, GError **error);
