/* escapes.h: what a backslash in a string of a programming language stands for.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Appends one character of such a string, or what is written there with a backslash. Behind it. */
const char *escapes_next(GString *out, const char *at, const char *end);
/* The quote that ends the string whose quote stands at `at`; `end` or behind it: there is none. */
const char *escapes_close(const char *at, const char *end);
