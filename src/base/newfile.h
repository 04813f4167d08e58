/* newfile.h: a file that was not there before: whole, or not at all.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Writes `length` bytes to a new file at `path`. It appears under its name when it is complete, so
 * that whoever is killed on the way leaves nothing behind. FALSE and `error` (G_FILE_ERROR) where
 * one is there already (G_FILE_ERROR_EXIST), or it cannot be written. */
gboolean newfile_write(const char *path, const char *bytes, gsize length, GError **error);
