/* linestart.h: the next line that begins with one of a few characters; those between are not looked at.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* What lines may begin with: not zero where a line is wanted. */
typedef guint8 LineStarts[256];

/* The first line that begins in [at, end), right behind a line end at `at` or later, as `wanted` says; NULL: there is
 * none. `lines` counts those that were passed over. */
const char *linestart_find(const char *at, const char *end, const LineStarts wanted, guint *lines);
/* The first line in there that begins with "From ". */
const char *linestart_from(const char *at, const char *end);
/* The first "From " in there behind a ">", which need not begin a line. */
const char *linestart_marked(const char *at, const char *end);
/* Behind the first empty line (LF or CRLF) that follows another one: where a message's body begins. NULL: there is none. */
const char *linestart_body(const char *at, const char *end);
