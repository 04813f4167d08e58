/* newfile.h: a file that was not there before, or takes the place of one: whole, or not at all.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct NewFile NewFile;

/* Begins a new file at `path`. It appears under its name when it is complete, so that whoever is killed on the way leaves
 * nothing behind. NULL and an errno where one is there already (EEXIST), or none can be made. (transfer full) */
NewFile *newfile_begin(const char *path, int *number);
/* What cannot be written is told at the end. */
void     newfile_add(NewFile *file, const char *bytes, gsize length);
/* Gives it its name: 0, or an errno. `file` is gone. */
int      newfile_finish(NewFile *file);
/* Forgets it. */
void     newfile_drop(NewFile *file);

/* Takes the place of what is there, if anything is: 0, or an errno, and what was there is there still. `mode`: the rights of a
 * file that is new, as of open(2); one that replaces another has that one's, as far as `mode` has them. */
int      newfile_replace(const char *path, const char *bytes, gsize length, int mode);
