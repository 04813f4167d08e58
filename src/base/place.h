/* place.h: where files that are not messages stand: the user's own, and the program's.
 * SPDX-License-Identifier: MIT
 *
 * The user's are where the XDG Base Directory specification puts them: $XDG_CONFIG_HOME and its
 * siblings, else below the home directory; what is not an absolute path is ignored, as it asks. */
#pragma once

#include "base/disk.h"

/* PLACE/fromscope/NAME; the folder itself where `name` is "". There or not. (transfer full) */
char *place_config(const char *name);
char *place_state(const char *name);
char *place_cache(const char *name);
char *place_home_data(const char *name);    /* $XDG_DATA_HOME: lessons, tables of their own */

/* A file or folder that comes with the program ("themes", "samples"): of the tree that the program
 * was built in, beside the installed program wherever that was moved to, or below the prefix it was
 * built for. NULL where it is nowhere. (transfer full) */
char *place_data(const char *name);

/* Where an installed program has it, for those who miss it: there or not. (transfer full) */
char *place_installed(const char *name);

/* A table of data ("glossary.en.txt", "receivers/gmail.ini"): the user's own in the configuration or
 * data folder, else the one of src/data that comes with the program. NULL where it is nowhere. (transfer full) */
char *place_table(const char *name);
/* The same, but only what came with the program. */
char *place_shipped_table(const char *name);

/* Whether a file may be as it was when the program was put there, by their times: it was not written since; nor did it come
 * later with the time that it had, as by `cp -p` or `mv` (no installation puts its files so far apart). */
gboolean place_came_with(const DiskFact *program, const DiskFact *file);

/* All files and folders that the functions above may lead to, there or not; what is the user's own first, without what is
 * state or cache. Ended by NULL. (transfer full) */
char **place_all(void);
