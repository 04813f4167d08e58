/* file.h: the bytes of a file or a pipe.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Maps a regular file; reads a pipe, a device or standard input ("-") to its end, which limits bound. NULL and `error`,
 * which names the file and the fault. (transfer full) */
GBytes     *file_bytes(const char *path, GError **error);
/* As errors and reports call it: "-" is "standard input". (transfer none) */
const char *file_shown(const char *path);
/* The first bytes of a regular file, at most `length`; anything else (a folder, a pipe, a device) is an error. (transfer full) */
GBytes     *file_head(const char *path, gsize length, GError **error);
