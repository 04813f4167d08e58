/* suffixes.h: the part of a public suffix list that can matter for a few names.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The list as text that stands for `source` (psl_source): a compiled list's text lies beside it.
 * NULL where there is none. (transfer full) */
char *suffixes_text_path(const char *source);

/* A file that holds the lines of `path` that OpenDMARC could apply to `names`. It lives as long as
 * this process. NULL where it cannot be made. (transfer full) */
char *suffixes_for(const char *path, const GPtrArray *names);

/* The lines themselves. (transfer full) */
GString *suffixes_select(const char *text, const GPtrArray *names);
