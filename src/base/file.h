/* file.h: the bytes of a file or a pipe.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/disk.h"

/* Maps a regular file; reads a pipe, a device or standard input ("-") to its end, which limits bound. NULL and `error`,
 * which names the file and the fault. (transfer full) */
GBytes     *file_bytes(const char *path, GError **error);
/* As errors and reports call it: "-" is "standard input". (transfer none) */
const char *file_shown(const char *path);
/* The first bytes of a regular file, at most `length`; anything else (a folder, a pipe, a device) is an error. (transfer full) */
GBytes     *file_head(const char *path, gsize length, GError **error);

/* For a process that opens what another one reads (base/mapped.h): a descriptor of the file, or of a copy of what a pipe,
 * a device or standard input ("-") gives until its end, and how much that is. -1 with `*folder` set: it is a folder; -1 and
 * `error` as above. */
int         file_open(const char *path, gboolean *folder, guint64 *size, GError **error);
/* A copy of what `fd`, just opened by that name and no regular file, gives until its end. -1 and `error`. */
int         file_copy(int fd, const char *path, const DiskFact *fact, GError **error);
