/* escapes.h: what a backslash in a string of a programming language stands for.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Appends what the backslash before `at` stands for; bytes read behind it, 0 where it is only a backslash. */
gsize escapes_append(GString *out, const char *at, const char *end);
